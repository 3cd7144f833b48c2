"""Light or dark."""

from flask import Blueprint, current_app, redirect, request
from flask.typing import ResponseReturnValue

from webapp.access import access
from webapp.forms import known_path

pages = Blueprint("theme", __name__)
SECONDS = 31_536_000  # a year


@pages.post("/theme")
@access(POST="anyone")
def choose() -> ResponseReturnValue:
    """Keep the colours that this browser wants in a cookie."""
    response = redirect(known_path(request.form.get("next")) or "/", 303)
    theme = "dark" if request.form.get("theme") == "dark" else "light"
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie("theme", theme, max_age=SECONDS, samesite="Lax", secure=secure, httponly=True)
    return response
