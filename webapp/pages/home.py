"""The start: leads to what comes next."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from matcher.network import Network
from webapp.access import access, membership, store
from webapp.pages import page

pages = Blueprint("home", __name__)


@pages.get("/")
@access(GET="anyone")
def show() -> ResponseReturnValue:
    """Signing in, else the first run, else the suggestions."""
    if not current_user.is_authenticated:
        return redirect(url_for("security.login"), 303)
    member = membership()
    if member is None or member.role == "coach":
        return page("no_network.html", title="No network yet")
    settled = Network(store(), member.network_id).home() is not None
    return redirect(url_for("suggestions.show" if settled else "first_run.show"), 303)
