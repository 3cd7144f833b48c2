"""The start, and the colours that somebody likes."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user
from werkzeug.utils import redirect

from webapp.access import access

pages = Blueprint("home", __name__)
THEME_SECONDS = 31_536_000  # a year


@pages.get("/")
@access(GET="anyone")
def show() -> ResponseReturnValue:
    """Lead to what comes next: signing in, else the suggestions."""
    if not current_user.is_authenticated:
        return redirect(url_for("security.login"), 303)
    return redirect(url_for("suggestions.show"), 303)
