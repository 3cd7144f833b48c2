"""One-time sign-in links. The page changes nothing, since mail scanners look at links too; its button signs in."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_security import login_user
from flask_security.proxies import _security

from matcher.units import now_utc
from webapp.access import access, accounts
from webapp.identity import account_by_number, note_link
from webapp.pages import go, page

pages = Blueprint("sign_in", __name__)


@pages.get("/enter/<token>")
@access(GET="anyone")
def offer(token: str) -> ResponseReturnValue:
    """A page with one button, the same for every token."""
    return page("enter.html", title="Sign in", token=token, refused=False)


@pages.post("/enter/<token>")
@access(POST="anyone")
def enter(token: str) -> ResponseReturnValue:
    """Sign in once; an account with a second factor is asked for it."""
    account_id = accounts().use_link(token, now=now_utc())
    account = account_by_number(account_id) if account_id else None
    if account is None or not account.active:
        return page("enter.html", title="Sign in", token=token, refused=True, status=403)
    note_link(account.id)
    second = _security.two_factor_plugins.tf_enter(account, False, "link", next_loc=None)
    if second:
        return second
    login_user(account, authn_via=["link"])
    return go("home.show")
