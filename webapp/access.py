"""Who may use which route: declared beside each view, per method, and checked before anything else runs.

    @pages.route("/things/<int:number>", methods=["GET", "POST"])
    @access(GET="member", POST="owner")
    def show(number: int) -> ...

A route that says nothing keeps the app from starting. Somebody without the network gets the same 404 as for a
missing page.
"""

from collections.abc import Callable, Mapping
from typing import Literal, TypeVar

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user
from werkzeug.exceptions import Unauthorized

from matcher.errors import NotAllowed, NotFound
from matcher.facts import Membership
from matcher.network import Network
from matcher.store import Store
from matcher.store.accounts import Accounts

Who = Literal["anyone", "signed in", "member", "owner", "nobody"]
View = TypeVar("View", bound=Callable[..., ResponseReturnValue])

ROLES: Mapping[str, tuple[str, ...]] = {"member": ("member", "owner"), "owner": ("owner",)}
BORROWED: dict[str, dict[str, Who]] = {  # routes that Flask and Flask-Security bring along
    "static": {"GET": "anyone"},
    "security.login": {"GET": "anyone", "POST": "anyone"},
    "security.logout": {"POST": "anyone"},
    "security.verify": {"GET": "signed in", "POST": "signed in"},
    "security.change_password": {"GET": "signed in", "POST": "signed in"},
    "security.tf_select": {"GET": "nobody", "POST": "nobody"},  # there is one method only
    "security.two_factor_setup": {"GET": "signed in", "POST": "signed in"},
    "security.two_factor_setup_validate": {"GET": "signed in", "POST": "signed in"},
    "security.two_factor_token_validation": {"GET": "anyone", "POST": "anyone"},
    "security.two_factor_rescue": {"GET": "nobody", "POST": "nobody"},  # it would send mail
    "security.mf_recovery": {"GET": "anyone", "POST": "anyone"},
    "security.mf_recovery_codes": {"GET": "signed in", "POST": "signed in"},
}


def access(*, upload: bool = False, **who: Who) -> Callable[[View], View]:
    """Declare who may use a view, by method; `upload` lets a POST carry a file as large as the settings allow."""

    def declare(view: View) -> View:
        view.__dict__.update(access=who, upload=upload)
        return view

    return declare


def declarations(app: Flask) -> dict[str, dict[str, Who]]:
    """Endpoint -> method -> who, for every route; RuntimeError names the first method that nobody declared."""
    found = {}
    for rule in app.url_map.iter_rules():
        who = BORROWED.get(rule.endpoint) or getattr(app.view_functions[rule.endpoint], "access", {})
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            if method not in who:
                raise RuntimeError(f"{method} {rule.rule} does not declare who may use it.")
        found[rule.endpoint] = who
    return found


def guard(app: Flask) -> None:
    """Check every request against the declarations; call it after the last route is there."""
    declared = declarations(app)

    def admit() -> ResponseReturnValue | None:
        if request.endpoint is None:
            return None  # no such page: Flask answers 404
        view = app.view_functions[request.endpoint]
        if getattr(view, "upload", False):
            request.max_content_length = app.config["UPLOAD_BYTES"]
        method = {"HEAD": "GET", "OPTIONS": "GET"}.get(request.method, request.method)
        return _admit(declared[request.endpoint].get(method, "nobody"))

    app.before_request_funcs.setdefault(None, []).insert(0, admit)  # before the form's token is looked at


def _admit(who: Who) -> ResponseReturnValue | None:
    if who == "nobody":
        raise NotFound("This page does not exist.")
    if who == "anyone":
        return None
    if not current_user.is_authenticated:
        return _ask_to_sign_in()
    if who == "signed in":
        return None
    member = membership()
    if member is None or member.role not in ROLES["member"]:
        raise NotFound("This page does not exist.")
    if member.role not in ROLES[who]:
        raise NotAllowed("Only an owner of this network may do this.")
    g.network = Network(store(), member.network_id)
    return None


def _ask_to_sign_in() -> ResponseReturnValue:
    if request.path.startswith("/api/"):
        raise Unauthorized
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("security.login", next=wanted), 303)


def store() -> Store:
    """This app's database."""
    found: Store = current_app.extensions["switchboard"]
    return found


def accounts() -> Accounts:
    """Accounts and memberships of this app's database."""
    return Accounts(store())


def own_memberships() -> list[Membership]:
    """The networks in which this account works, the oldest first; a coach learns not even the name of an agent's."""
    return [one for one in accounts().memberships(current_user.id) if one.role in ROLES["member"]]


def membership() -> Membership | None:
    """The membership that this browser works in: the one chosen in this session, else the oldest."""
    if "membership" not in g:
        chosen = session.get("network")
        mine = own_memberships() if current_user.is_authenticated else []
        g.membership = next((m for m in mine if m.network_id == chosen), mine[0] if mine else None)
    found: Membership | None = g.membership
    return found
