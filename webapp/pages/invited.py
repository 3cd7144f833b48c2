"""The page behind a coach's link: who invites, what they would see and what not. Looking changes nothing."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_security import current_user, login_user
from flask_wtf.csrf import CSRFError

from matcher.answers.coached import SEES, SEES_NOT, WHOM_CHARACTERS
from matcher.errors import Conflict, Invalid, NotAllowed, NotFound
from matcher.units import now_utc
from matcher.visitors import taking_kits
from webapp.access import access, accounts, membership, store
from webapp.identity import account_by_number, note_link
from webapp.pages import go, page, say
from webapp.public import STALE, gone

pages = Blueprint("invited", __name__)
pages.register_error_handler(NotFound, gone)


@pages.get("/invited/<token>")
@access(GET="anyone")
def show(token: str) -> ResponseReturnValue:
    """Who invites and what it means; for whoever is signed in, the yes, for others two ways to an account."""
    return _page(token)


@pages.post("/invited/<token>")
@access(POST="anyone")
def accept(token: str) -> ResponseReturnValue:
    """Take the programme into the network of whoever is signed in."""
    member = membership()
    if member is None:
        return _page(token, {"page": "Please sign in first, or make an account."}, status=401)
    if member.role != "owner":
        raise NotAllowed("Only an owner of your network can let a coach in.")
    try:
        taking_kits.accept_invite(store(), token, member.network_id, request.form.get("known_as", ""))
    except Invalid as problem:
        return _page(token, {problem.field: problem.sentence}, status=400)
    except Conflict as problem:
        return _page(token, {"page": problem.sentence}, status=409)
    say("The programme is yours. You can let your coach go at any time, here.")
    return go("coached.show")


@pages.post("/invited/<token>/account")
@access(POST="anyone")
def open_account(token: str) -> ResponseReturnValue:
    """Make an account with a network of its own for whoever has none, and sign them in; the yes comes after."""
    try:
        once = taking_kits.open_account(
            store(), token, request.form.get("email", ""), request.form.get("network_name", "")
        )
    except Invalid as problem:
        field = {"name": "network_name"}.get(problem.field, problem.field)
        return _page(token, {field: problem.sentence}, status=400)
    except Conflict as problem:
        return _page(token, {"email": problem.sentence}, status=409)
    account = account_by_number(accounts().use_link(once, now=now_utc()) or 0)
    if account is not None:
        note_link(account.id)
        login_user(account, authn_via=["link"])
    return go("invited.show", token=token)


@pages.errorhandler(CSRFError)
def stale(_: CSRFError) -> ResponseReturnValue:
    """A page that was open for too long comes back as it was, with a new token."""
    try:
        return _page((request.view_args or {}).get("token", ""), {"page": STALE}, status=400)
    except NotFound as missing:
        return gone(missing)


def _page(token: str, problems: dict[str, str] | None = None, status: int = 200) -> ResponseReturnValue:
    member = membership()
    invite = taking_kits.read_invite(store(), token, member.network_id if member else None)
    return page(
        "invited.html",
        status=status,
        title=f"{invite.coach} invites you",
        token=token,
        invite=invite,
        sees=SEES,
        sees_not=SEES_NOT,
        network=accounts().network_name(member.network_id) if member else "",
        email=current_user.email if current_user.is_authenticated else "",
        told=request.form,
        whom_length=WHOM_CHARACTERS,
        problems=problems or {},
    )
