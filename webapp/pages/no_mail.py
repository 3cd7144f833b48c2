"""Addresses that get no mail: who they are, one more, and mail again."""

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue

from matcher.errors import Conflict, Invalid
from webapp.access import access
from webapp.pages import go, page, say

pages = Blueprint("no_mail", __name__, url_prefix="/settings/mail/none")


@pages.get("")
@access(GET="member")
def show() -> ResponseReturnValue:
    """Who gets no mail, since when and why."""
    return _page()


@pages.post("")
@access(POST="member")
def add() -> ResponseReturnValue:
    """Send an address nothing any more; the next page offers to undo it."""
    email = request.form.get("email", "")
    try:
        g.network.suppress(email)
    except Invalid as problem:
        return _page(email, problem.sentence, 400)
    say("They get no mail from you any more.", undo=url_for("no_mail.allow"), fields={"email": email})
    return go("no_mail.show")


@pages.post("/allow")
@access(POST="member")
def allow() -> ResponseReturnValue:
    """Let an address have mail again that we have kept from it ourselves."""
    email = request.form.get("email", "")
    try:
        g.network.allow_mail(email)
    except Invalid as problem:
        return _page(email, problem.sentence, 400)
    except Conflict as problem:
        return _page(email, problem.sentence, 409)
    say("They may have mail from you again.", undo=url_for("no_mail.add"), fields={"email": email})
    return go("no_mail.show")


def _page(typed: str = "", problem: str = "", status: int = 200) -> ResponseReturnValue:
    return page(
        "no_mail.html", status=status, title="No mail to", cards=g.network.no_mail(), typed=typed, problem=problem
    )
