"""An open call, for a business without an account: who looks for whom, what is in it, and a form to answer."""

from dataclasses import fields

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from matcher.answers.invited import TEXT_CHARACTERS, ApplicationTold
from matcher.errors import Conflict, Invalid, NotFound
from matcher.visitors import answering
from webapp.access import access, store
from webapp.pages import go, page
from webapp.public import STALE, gone, remember_whom, whom

pages = Blueprint("join", __name__)
pages.register_error_handler(NotFound, gone)


@pages.get("/call/<token>")
@access(GET="anyone")
def show(token: str) -> ResponseReturnValue:
    """Who looks for whom, and the form to answer."""
    return _page(token)


@pages.post("/call/<token>")
@access(POST="anyone")
def apply(token: str) -> ResponseReturnValue:
    """Keep an answer for the owner to read."""
    business = answering.read_call(store(), token).business
    try:
        answering.apply(store(), token, _told())
    except Invalid as problem:
        return _page(token, problems={problem.field: problem.sentence}, status=400)
    except Conflict as full:
        return _page(token, problems={"page": full.sentence}, status=409)
    remember_whom(business)
    return go("join.thanks")


@pages.get("/thanks/call")
@access(GET="anyone")
def thanks() -> ResponseReturnValue:
    """What happens next."""
    return page("thanks.html", title="Thank you", business=whom(), kind="call")


@pages.errorhandler(CSRFError)
def stale(_: CSRFError) -> ResponseReturnValue:
    """A page that was open for too long comes back as it was, with a new token."""
    token = (request.view_args or {}).get("token", "")
    try:
        return _page(token, problems={"page": STALE}, status=400)
    except NotFound as missing:
        return gone(missing)


def _told() -> ApplicationTold:
    return ApplicationTold(**{field.name: request.form.get(field.name, "") for field in fields(ApplicationTold)})


def _page(token: str, *, problems: dict[str, str] | None = None, status: int = 200) -> ResponseReturnValue:
    call = answering.read_call(store(), token)
    return page(
        "join.html",
        status=status,
        title=f"{call.business} looks for {call.what}",
        token=token,
        call=call,
        told=_told(),
        text_length=TEXT_CHARACTERS,
        problems=problems or {},
    )
