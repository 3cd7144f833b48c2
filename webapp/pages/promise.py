"""The promised introductions, for a client without an account: a name, how to reach them, what they may need."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from matcher.answers.agenda import MadeKnown
from matcher.errors import Conflict, Invalid, NotFound
from matcher.visitors import promising
from webapp.access import access, store
from webapp.pages import go, page
from webapp.public import STALE, gone

pages = Blueprint("promise", __name__)
pages.register_error_handler(NotFound, gone)


@pages.get("/promise/<token>")
@access(GET="anyone")
def show(token: str) -> ResponseReturnValue:
    """What was promised, and the form for the next introduction; looking changes nothing."""
    return _page(token)


@pages.post("/promise/<token>")
@access(POST="anyone")
def send(token: str) -> ResponseReturnValue:
    """Keep one introduction; the next page thanks, and offers the next."""
    try:
        promising.make_known(store(), token, _told())
    except Invalid as problem:
        return _page(token, problems={problem.field: problem.sentence}, status=400)
    except Conflict as full:
        return _page(token, problems={"page": full.sentence}, status=409)
    return go("promise.show", token=token)


@pages.errorhandler(CSRFError)
def stale(_: CSRFError) -> ResponseReturnValue:
    """A page that was open for too long comes back as it was, with a new token."""
    token = (request.view_args or {}).get("token", "")
    try:
        return _page(token, problems={"page": STALE}, status=400)
    except NotFound as missing:
        return gone(missing)


def _told() -> MadeKnown:
    told = {name: request.form.get(name, "") for name in ("name", "reach", "needs")}
    return MadeKnown(**told)


def _page(token: str, *, problems: dict[str, str] | None = None, status: int = 200) -> ResponseReturnValue:
    promise = promising.read_promise(store(), token)
    return page(
        "promise.html",
        status=status,
        title=f"Introductions for {promise.business}",
        token=token,
        promise=promise,
        left=max(promise.promised - promise.delivered, 0),
        told=_told(),
        name_length=promising.NAME_CHARACTERS,
        needs_length=promising.NEEDS_CHARACTERS,
        problems=problems or {},
    )
