"""Settings: the home business, the network, the account."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, g, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user, logout_user

from matcher.answers.introduced import OPEN_MOST
from matcher.answers.partners import Home
from matcher.errors import Invalid, NotFound
from matcher.taxonomy import taxonomy
from matcher.zones import zone_names
from webapp import forms
from webapp.access import access, accounts, membership, own_memberships
from webapp.pages import go, page, say
from webapp.pages.first_run import describe

pages = Blueprint("settings", __name__, url_prefix="/settings")

TIERS = (("", "I would rather not say"), ("1", "Plain"), ("2", "Middle"), ("3", "Premium"))
CLIENTS_MAX = 1_000_000  # a year
ORDER_MAX = 10_000_000  # dollars from one client


@pages.get("")
@access(GET="member")
def show() -> ResponseReturnValue:
    """Everything that can be set, on one page."""
    return _page()


@pages.post("/figures")
@access(POST="owner")
def figures() -> ResponseReturnValue:
    """Keep the owner's own figures; what is left empty stays the service's usual figure."""
    home = g.network.home()
    if home is None:
        return go("first_run.show")
    try:
        clients = forms.number(request.form, "clients_a_year", 0.1, CLIENTS_MAX)
        order = forms.number(request.form, "order_value", 1, ORDER_MAX)
    except Invalid as problem:
        return _page({problem.field: problem.sentence}, status=400)
    tier = forms.one_of(request.form, "tier", ("1", "2", "3"))
    g.network.settle(
        replace(
            home,
            clients_a_year=clients,
            order_value_cents=None if order is None else round(100 * order),
            tier=int(tier) if tier else None,
        )
    )
    say("Your figures are saved.")
    return go("settings.show")


@pages.post("/network")
@access(POST="owner")
def rename() -> ResponseReturnValue:
    """Give the network another name."""
    try:
        accounts().rename_network(g.network.id, forms.text(request.form, "name", limit=1000))
    except Invalid as problem:
        return _page({problem.field: problem.sentence}, status=400)
    say("The network has its new name.")
    return go("settings.show")


@pages.post("/introductions")
@access(POST="owner")
def limit_introductions() -> ResponseReturnValue:
    """Keep how many introductions may be open at a time; the next page offers to undo it."""
    before, told = g.network.open_introductions().own, request.form.get("open_introductions", "").strip()
    number = int(told) if told.isascii() and told.isdigit() and len(told) < 4 else 0
    try:
        g.network.set_open_introductions(number if told else None)
    except Invalid as problem:
        return _page({problem.field: problem.sentence}, status=400)
    fields = {"open_introductions": "" if before is None else str(before)}
    say("Your limit is saved.", undo=url_for("settings.limit_introductions"), fields=fields)
    return go("settings.show")


@pages.post("/zone")
@access(POST="owner")
def choose_zone() -> ResponseReturnValue:
    """Keep in which time zone the owner is; the next page offers to undo it."""
    before = g.network.zone() or ""
    try:
        g.network.set_zone(forms.text(request.form, "zone"))
    except Invalid as problem:
        return _page({problem.field: problem.sentence}, status=400)
    say("Your time zone is saved.", undo=url_for("settings.choose_zone"), fields={"zone": before})
    return go("settings.show")


@pages.post("/switch")
@access(POST="signed in")
def switch() -> ResponseReturnValue:
    """Work in another network of this account."""
    wanted = request.form.get("network", "")
    mine = {str(member.network_id): member.network_id for member in own_memberships()}
    if wanted not in mine:
        raise NotFound("There is no such network.")
    session["network"] = mine[wanted]
    return go("home.show")


@pages.post("/sign-out-everywhere")
@access(POST="signed in")
def sign_out_everywhere() -> ResponseReturnValue:
    """End every session of this account, this one included."""
    accounts().sign_out_everywhere(current_user.id)
    logout_user()
    return go("security.login")


def _page(problems: dict[str, str] | None = None, status: int = 200) -> ResponseReturnValue:
    home, member, clock = g.network.home(), membership(), g.network.owners_clock()
    names = {m.network_id: accounts().network_name(m.network_id) for m in own_memberships()}
    return page(
        "settings.html",
        status=status,
        title="Settings",
        home=home,
        stored=describe(home).query(),
        usual=_usual(home),
        tiers=TIERS,
        clock=clock,
        zones=_zones(clock.zone),
        open_introductions=g.network.open_introductions(),
        open_most=OPEN_MOST,
        is_owner=member is not None and member.role == "owner",
        networks=names if len(names) > 1 else {},
        current=g.network.id,
        second_step=bool(current_user.tf_primary_method),
        problems=problems or {},
    )


def _zones(chosen: str) -> list[tuple[str, str]]:
    """The zones to choose from, as they are read; one of no city stands among them when it is the one."""
    others = [chosen] if chosen and chosen not in zone_names() else []
    return [("", "Not told"), *((zone, zone.replace("_", " ")) for zone in (*zone_names(), *others))]


def _usual(home: Home | None) -> dict[str, Any]:
    """The usual figures of the main service, shown where the owner has not said theirs."""
    main = taxonomy().services.get(next(iter(home.services), "")) if home else None
    if main is None:
        return {}
    return {
        "clients": f"{main.clients_low:,}–{main.clients_high:,}",
        "order": f"${main.order_low_usd:,}–{main.order_high_usd:,}",
    }
