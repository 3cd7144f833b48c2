"""Whom to meet next: ranked suggestions, filters, the whole list as a file, and why somebody is not on it."""

from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, g, request, url_for
from flask.typing import ResponseReturnValue

from matcher.answers.partners import Filters, Shortlist
from matcher.errors import Conflict
from matcher.knowledge.choices import services_like
from matcher.lists.letters import Form
from matcher.taxonomy import taxonomy
from webapp import forms
from webapp.access import access
from webapp.cards import Card, card
from webapp.downloads import download, one_at_a_time
from webapp.filters import group_name, market_name, service_name
from webapp.pages import page

pages = Blueprint("suggestions", __name__)

SHOWN = 20  # cards on a page
FOUND = 30  # businesses found by name
MEANT = 3  # services offered where nobody has the name that was searched for
NEXT = 3  # named in the sentence on top
DISTANCES_KM = (2, 5, 10, 20, 40, 80, 160)
SIDES = {"both": "Both gain about as much", "us": "You gain more", "them": "They gain more"}
BUYERS = {"households": "Households", "businesses": "Businesses", "both": "Households and businesses"}
MARKET_KINDS = {"life": "Stages of life", "household": "Households", "business": "Businesses"}
NO_REASONS = (
    "I have somebody for this already",
    "They compete with me",
    "I would not recommend them",
    "They do not want to",
)


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter and the URL without it."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many businesses are not on the list for one cause, and what can be done about it."""

    count: int
    words: str
    link: str
    href: str


@pages.get("/suggestions")
@access(GET="member")
def show() -> ResponseReturnValue:
    """One page of suggestions under the filters in the URL."""
    filters, first = forms.read_filters(request.args), forms.first(request.args)
    try:
        found = g.network.suggestions(filters, first=first, limit=SHOWN)
    except Conflict:
        return page("suggestions_start.html", title="Suggestions")
    cards = [card(suggestion) for suggestion in found.suggestions]
    active = chips(filters)
    return page(
        "suggestions.html",
        title="Suggestions",
        cards=cards,
        best=[] if active or first else _next(cards),
        courted=[] if active or first else _courted(),
        chips=active,
        empty_state=_empty(found, active),
        meant=[] if cards else services_like(filters.text, MEANT),
        left_out=left_out(found, filters),
        found=found,
        first=first,
        limit=SHOWN,
        query=forms.filter_query(filters),
        no_reasons=NO_REASONS,
        **_choices(filters),
    )


@pages.get("/suggestions.<any(csv, xlsx):form>")
@access(GET="member")
def export(form: Form) -> Response:
    """Exactly the filtered list as a file."""
    return download(g.network.export("suggestions", form, forms.read_filters(request.args)), "suggestions", form)


@pages.get("/suggestions/letters.<any(csv, xlsx, vcf):form>")
@access(GET="member")
@one_at_a_time
def letters(form: Form) -> Response:
    """The businesses of the filtered list with their addresses, for letters or an address book."""
    return download(g.network.export("letters", form, forms.read_filters(request.args)), "letters", form)


@pages.get("/why-not")
@access(GET="member")
def why_not() -> ResponseReturnValue:
    """Find a business by name, to ask why it is not suggested."""
    text = forms.text(request.args, "q")
    listing = g.network.directory(Filters(text=text), limit=FOUND) if text else None
    return page("why_not.html", title="Why not …?", text=text, listing=listing)


def chips(filters: Filters) -> list[Chip]:
    """The active filters, each with the way out of it."""
    named: list[tuple[str, Any]] = [(group_name(c), _without(filters, "groups", c)) for c in filters.groups]
    named += [(service_name(c), _without(filters, "services", c)) for c in filters.services]
    named += [(market_name(c), _without(filters, "markets", c)) for c in filters.markets]
    if filters.within_km is not None:
        named.append((f"Within {filters.within_km:g} km", replace(filters, within_km=None)))
    if filters.sells_to:
        named.append((f"Sells to: {BUYERS[filters.sells_to].lower()}", replace(filters, sells_to=None)))
    if filters.side:
        named.append((SIDES[filters.side], replace(filters, side=None)))
    if filters.text:
        named.append((f"“{filters.text}”", replace(filters, text="")))
    if filters.decided:
        named.append(("With those you answered", replace(filters, decided=False)))
    return [Chip(text, url_for("suggestions.show", **forms.filter_query(rest))) for text, rest in named]


def _without(filters: Filters, name: str, code: str) -> Filters:
    kept = tuple(other for other in getattr(filters, name) if other != code)
    return replace(filters, **{name: kept})  # type: ignore[arg-type]


def left_out(found: Shortlist, filters: Filters) -> list[LeftOut]:
    """Why the others are not on the list, most of them first."""
    advice = {
        "competitors": ("sell what you sell", "Who could take work over", url_for("overflow.show")),
        "too far away": ("are too far away", "Change your area", url_for("settings.show")),
        "no clients in common": ("have no clients in common with you", "See them", url_for("one_sided.show")),
        "we do not know what they sell": ("do not say what they sell", "See the directory", url_for("directory.show")),
        "outside your filters": ("are outside your filters", "Clear the filters", url_for("suggestions.show")),
        "already decided": (
            "have your answer already",
            "Show them too",
            url_for("suggestions.show", **forms.filter_query(replace(filters, decided=True))),
        ),
    }
    ordered = sorted(found.left_out.items(), key=lambda cause: -cause[1])
    other = ("Look one up", url_for("suggestions.why_not"))
    return [LeftOut(many, *advice.get(cause, (f"are left out: {cause}", *other))) for cause, many in ordered]


def _empty(found: Shortlist, active: list[Chip]) -> str:
    """Which of the empty states to show; nothing when there are suggestions."""
    if found.suggestions:
        return ""
    if not found.considered:
        return "nobody"
    return "filtered" if active else "none"


def _next(cards: list[Card]) -> list[Card]:
    """The best of each kind, for who would meet three of a kind in one week?"""
    best: dict[str, Card] = {}
    for one in cards:
        best.setdefault(one.kind, one)
    return list(best.values())[:NEXT]


def _courted() -> list[Any]:
    return [seat for seat in g.network.picture().seats if seat.state == "courted"]


def _choices(filters: Filters) -> dict[str, Any]:
    """What the filter form offers, and what is chosen in it. A second code of a kind stays through the URL only."""
    known = taxonomy()
    shelves = {
        name: [(s.code, s.name) for s in sorted(known.services.values(), key=lambda s: s.name) if s.group == code]
        for code, name in known.groups.items()
    }
    markets = {
        name: [(m.code, m.name) for m in sorted(known.markets.values(), key=lambda m: m.name) if m.kind == kind]
        for kind, name in MARKET_KINDS.items()
    }
    distances: set[float] = {*DISTANCES_KM, *([] if filters.within_km is None else [filters.within_km])}
    return {
        "groups": list(known.groups.items()),
        "services": shelves,
        "markets": markets,
        "distances": [(f"{distance:g}", f"Within {distance:g} km") for distance in sorted(distances)],
        "sides_offered": list(SIDES.items()),
        "buyers": list(BUYERS.items()),
        "kept": {
            "group": filters.groups[1:],
            "service": filters.services[1:],
            "market": filters.markets[1:],
        },
        "chosen": {
            "group": next(iter(filters.groups), ""),
            "service": next(iter(filters.services), ""),
            "market": next(iter(filters.markets), ""),
            "within_km": f"{filters.within_km:g}" if filters.within_km is not None else "",
            "sells_to": filters.sells_to or "",
            "side": filters.side or "",
            "decided": filters.decided,
            "q": filters.text,
        },
    }
