"""Where an owner who calls a reason wrong corrects the fact behind it, for the own network alone."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue

from matcher.answers.partners import RADIUS_KM, BusinessCard, Facts, Place
from matcher.errors import Invalid
from matcher.knowledge.places import find_place
from matcher.taxonomy import taxonomy
from webapp import forms
from webapp.access import access
from webapp.cards import SAYS
from webapp.filters import count, dollars, market_name, percent, plain, service_name
from webapp.pages import go, page, say
from webapp.pages.settings import CLIENTS_MAX, ORDER_MAX

pages = Blueprint("corrections", __name__)

RADIUS_MAX = 20_000.0  # km, half way round the Earth
PLACE_CHARACTERS = 100
SURE = {"1": "Yes, surely", "0.5": "Perhaps", "0": "No"}
TIERS = {"": "I do not know", "1": "Plain", "2": "Middle", "3": "Premium"}
SECTIONS = {  # field of `Facts` -> what the page says once it is saved
    "services": "what they sell",
    "markets": "to whom they sell",
    "place": "where they are",
    "radius_km": "how far their clients come from",
    "tier": "their price level",
    "clients_a_year": "how many clients they see",
    "order_value_cents": "what one client brings them",
}


@pages.get("/businesses/<int:business_id>/facts")
@access(GET="member")
def show(business_id: int) -> ResponseReturnValue:
    """Every fact behind the reasons, with who says so, to be corrected one by one."""
    return _page(g.network.business(business_id))


@pages.post("/businesses/<int:business_id>/facts")
@access(POST="member")
def save(business_id: int) -> ResponseReturnValue:
    """Keep the owner's word on one fact, or forget it; the next page offers to undo it."""
    before = g.network.business(business_id)
    section = forms.one_of(request.form, "section", SECTIONS)
    if section is None:
        raise Invalid("section", "Please choose the fact that is wrong.")
    try:
        told = None if "forget" in request.form else READERS[section](request.form)
    except Invalid as problem:
        return _page(before, {problem.field: problem.sentence}, status=400)
    g.network.correct_facts(business_id, replace(before.told, **{section: told}))
    if "undo" in request.form:
        say("Taken back.")
    else:
        fields = {"section": section, "undo": "yes", **_fields(section, before.told)}
        say(f"Saved: {SECTIONS[section]}.", undo=url_for("corrections.save", business_id=business_id), fields=fields)
    return go("business.show", business_id=business_id)


def _services(form: forms.Form) -> Mapping[str, float]:
    """What they sell and how surely; a service that they surely do not sell is left out."""
    known = taxonomy().services
    offered = {}
    for code, sure in zip(form.getlist("service"), form.getlist("sure"), strict=False):
        if code in known:
            offered[code] = forms.number(forms.Form({"services": sure}), "services", 0, 1) or 0.0
    offered |= dict.fromkeys(forms.codes(form, "add", known), 1.0)
    return {code: sure for code, sure in offered.items() if sure > 0}


def _markets(form: forms.Form) -> tuple[str, ...]:
    return tuple(
        sorted({*forms.codes(form, "market", taxonomy().markets), *forms.codes(form, "add", taxonomy().markets)})
    )


def _place(form: forms.Form) -> Place | None:
    name, typed = forms.text(form, "place", limit=PLACE_CHARACTERS), forms.text(form, "coordinates", limit=60)
    point = forms.coordinates(typed)
    if point:
        return Place(name=name or typed, lat=point[0], lon=point[1])
    found = find_place(name) if name else None
    if name and found is None:
        raise Invalid(
            "place",
            "We only know towns and ZIP codes of the United States by name. "
            "Elsewhere, keep the name and add the coordinates below.",
        )
    return found


def _tier(form: forms.Form) -> int | None:
    chosen = forms.one_of(form, "tier", ("1", "2", "3"))
    return int(chosen) if chosen else None


def _order(form: forms.Form) -> int | None:
    amount = forms.number(form, "order_value_cents", 1, ORDER_MAX)
    return None if amount is None else round(100 * amount)


READERS: Mapping[str, Callable[[forms.Form], Any]] = {
    "services": _services,
    "markets": _markets,
    "place": _place,
    "radius_km": lambda form: forms.number(form, "radius_km", 1, RADIUS_MAX),
    "tier": _tier,
    "clients_a_year": lambda form: forms.number(form, "clients_a_year", 0.1, CLIENTS_MAX),
    "order_value_cents": _order,
}


def _fields(section: str, told: Facts) -> dict[str, Any]:
    """What a form would have said for the network's own word to be this, for the button that undoes."""
    value: Any = getattr(told, section)
    if value is None:
        return {"forget": "yes"}
    if section == "services":
        return {"service": list(value), "sure": [repr(sure) for sure in value.values()]}
    if section == "markets":
        return {"market": list(value)}
    if section == "place":
        return {"place": value.name, "coordinates": f"{value.lat:.9f}, {value.lon:.9f}"}
    return {section: dollars(value) if section == "order_value_cents" else repr(value)}


def _page(card: BusinessCard, problems: dict[str, str] | None = None, status: int = 200) -> ResponseReturnValue:
    typed = request.form if problems else {}
    nameless = card.lat is not None and card.lon is not None and find_place(card.place) is None
    values = {
        "place": card.place,
        "coordinates": f"{card.lat:.5f}, {card.lon:.5f}" if nameless else "",
        "radius_km": plain(card.radius_km),
        "clients_a_year": plain(card.clients_a_year),
        "order_value_cents": dollars(card.order_value_cents),
    }
    return page(
        "facts.html",
        status=status,
        title=f"Facts of {card.name}",
        business=card,
        offered=[(code, service_name(code), _said(card, code, sure), _choices(sure)) for code, sure in _sold(card)],
        values={name: typed.get(name, value) for name, value in values.items()},
        says={section: _who_says(card, section) for section in SECTIONS},
        usual=_usual(card),
        own={section for section in SECTIONS if getattr(card.told, section) is not None},
        tiers=list(TIERS.items()),
        shelves=_shelves(card),
        problems=problems or {},
    )


def _sold(card: BusinessCard) -> list[tuple[str, float]]:
    return list(card.services.items())


def _said(card: BusinessCard, code: str, sure: float) -> str:
    who = card.said_by.get(code, "")
    return f"{percent(sure)} sure" + (f", {SAYS.get(who, who)}" if who else "")


def _choices(sure: float) -> tuple[str, list[tuple[str, str]]]:
    """What is chosen now, and how surely one may say that they sell it."""
    now = next((code for code in SURE if float(code) == sure), repr(sure))
    return now, [*([] if now in SURE else [(now, f"{percent(sure)} sure, as now")]), *SURE.items()]


def _who_says(card: BusinessCard, section: str) -> str:
    """Who says what is shown: the owner, the list that it came from, or nobody."""
    if getattr(card.told, section) is not None:
        return "You said so."
    value: Any = {"place": card.lat, "services": card.services}.get(section, getattr(card, section, None))
    return "As in the list that they came with." if value or value == 0 else "Nobody has told us."


def _usual(card: BusinessCard) -> dict[str, str]:
    """What is assumed where nobody has told us."""
    main = taxonomy().services.get(next(iter(card.services), ""))
    usual = {"radius_km": f"Assumed where nobody says: {RADIUS_KM:g} km, a metropolitan area"}
    if main:
        usual["clients_a_year"] = f"Usual: {count(main.clients_low)} to {count(main.clients_high)} a year"
        usual["order_value_cents"] = f"Usual: ${count(main.order_low_usd)} to ${count(main.order_high_usd)}"
    return usual


def _shelves(card: BusinessCard) -> dict[str, list[Any]]:
    """What can be added: services by group, and markets."""
    known = taxonomy()
    services = sorted((s for s in known.services.values() if s.code not in card.services), key=lambda s: s.name)
    groups = [(name, [(s.code, s.name) for s in services if s.group == code]) for code, name in known.groups.items()]
    markets = sorted((market_name(code), code) for code in known.markets if code not in card.markets)
    return {"services": groups, "markets": [(code, name) for name, code in markets]}
