"""Stub."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from webapp.access import access
from webapp.pages import page

pages = Blueprint("settings", __name__)


@pages.get("/settings")
@access(GET="member")
def show() -> ResponseReturnValue:
    """Show."""
    return page("settings.html", title="Settings")
