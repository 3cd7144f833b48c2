"""Who gets what: each need with its partner and why, what to do about it, and the room of each partner."""

from collections import Counter
from typing import Any

from flask import Blueprint, Response, g, request, url_for
from flask.typing import ResponseReturnValue

from matcher.answers.coached import Limit
from matcher.answers.covered import Assignment, Served, State
from matcher.errors import Conflict, Invalid
from matcher.lists.coverage_lists import Narrowed, narrowed, partner_of
from matcher.lists.letters import Form
from matcher.taxonomy import taxonomy
from webapp import forms
from webapp.access import access, membership
from webapp.bars import STATES
from webapp.client_asked import known_names
from webapp.downloads import download
from webapp.filters import added_services, service_name
from webapp.needs_shown import groups, need_shown, ordered
from webapp.pages import page
from webapp.pages.need_acts import NAMES

pages = Blueprint("assignment", __name__)

SHOWN = 40  # needs on a page
HELD: tuple[State, ...] = ("introduced", "ready")  # states in which a need takes a partner's room


@pages.get("/coverage/needs")
@access(GET="member")
def show() -> ResponseReturnValue:
    """The needs under the filters of the URL, by state, and the room of each partner."""
    try:
        found: Assignment = g.network.assignment()
    except Conflict:
        return page("suggestions_start.html", title="Who gets what")
    to, first = read_narrowed(request.args), forms.first(request.args)
    kept = ordered(narrowed(found.needs, to))
    shown = [need_shown(one, found.slots, _guesses(one)) for one in kept[first : first + SHOWN]]
    member = membership()
    return page(
        "assignment.html",
        title="Who gets what",
        groups=groups(shown, dict(Counter(served.state for served in kept))),
        total=len(kept),
        all_needs=len(found.needs),
        first=first,
        limit=SHOWN,
        why_not=_why_not(),
        slots=found.slots,
        held=HELD,
        names_offered=found.names_offered,
        **_names(),
        names_known={"services": known_names()["services"]} if any(one.asks_service for one in shown) else {},
        is_owner=member is not None and member.role == "owner",
        query=query_of(to),
        **_choices(found, to),
    )


@pages.get("/coverage/needs.<any(csv, xlsx):form>")
@access(GET="member")
def export(form: Form) -> Response:
    """Exactly the filtered needs as a file."""
    content = g.network.export("assignment", form, needs=read_narrowed(request.args))
    return download(content, "who-gets-what", form)


def _names() -> dict[str, Any]:
    """How many names may be offered, and what the owner chose; "" for what holds otherwise."""
    limit: Limit = g.network.names_offered()
    said = {one: "One name" if one == "1" else f"{one} names" for one in NAMES}
    otherwise = f"{said[str(limit.otherwise)]}, as {'is usual' if limit.programme is None else 'your programme says'}"
    return {"names": [("", otherwise), *said.items()], "names_chosen": "" if limit.own is None else str(limit.own)}


def read_narrowed(form: forms.Form) -> Narrowed:
    """Which needs a URL asks for."""
    return Narrowed(
        service=forms.one_of(form, "service", {*taxonomy().services, *added_services()}) or "",
        states=forms.codes(form, "state", STATES),  # type: ignore[arg-type]
        business_id=forms.row(form, "partner"),
    )


def query_of(to: Narrowed) -> dict[str, Any]:
    """The URL arguments that `read_narrowed` reads back."""
    query = {"service": to.service, "state": list(to.states), "partner": to.business_id}
    return {name: value for name, value in query.items() if value}


def _guesses(served: Served) -> list[str]:
    """Services that the words of a need may mean, when nobody has said yet which it is."""
    if served.state != "unsorted":
        return []
    try:
        return [guess.service for guess in g.network.understand(served.need.wording).guesses]
    except Invalid:
        return []  # no telling word in it


def _why_not() -> dict[str, Any]:
    """The answer to “why not them?”, when the URL asks."""
    need_id, business_id = forms.row(request.args, "need"), forms.row(request.args, "why")
    if need_id is None or business_id is None:
        return {}
    return {
        "need_id": need_id,
        "name": g.network.business(business_id).name,
        "href": url_for("business.show", business_id=business_id),
        "sentence": g.network.why_not_partner(need_id, business_id),
    }


def _choices(found: Assignment, to: Narrowed) -> dict[str, Any]:
    """What the filter form offers, and what is chosen in it: only what occurs."""
    services = sorted({served.need.service for served in found.needs} - {""}, key=service_name)
    partners = {number: name for number, name in map(partner_of, found.needs) if number is not None}
    states: Counter[State] = Counter(served.state for served in found.needs)
    state = to.states[0] if len(to.states) == 1 else ""
    return {
        "services": [("", "Any service"), *((code, service_name(code)) for code in services)],
        "states": [
            ("", "Any state"),
            *((state, f"{title} ({states[state]})") for state, title in STATES.items() if states[state]),
        ],
        "partners": [("", "Any partner"), *sorted(((str(k), v) for k, v in partners.items()), key=lambda p: p[1])],
        "chosen": {"service": to.service, "state": state, "partner": to.business_id or ""},
    }
