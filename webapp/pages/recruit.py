"""Whom to recruit next: the partners who would close most of what nobody fills today, one after the other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, g, request, url_for
from flask.typing import ResponseReturnValue

from matcher.answers.covered import Introducer, NeedCard, Recruit, Recruits, ServiceToRecruit
from matcher.answers.partners import Home
from matcher.chapters.filling import RECRUITS_MOST, RECRUITS_USUAL
from matcher.errors import Conflict
from matcher.knowledge.scripts import draft, spoken
from matcher.lists.letters import Form
from webapp import forms
from webapp.access import access
from webapp.downloads import download
from webapp.filters import km, money, service_name, service_names
from webapp.next_steps import Way, headline, needs_url, ways_to_find
from webapp.pages import page
from webapp.pages.suggestions import NO_REASONS

pages = Blueprint("recruit", __name__)

COUNTS = [str(count) for count in range(1, RECRUITS_MOST + 1)]
CLOSED = 6  # needs shown of each; the others behind a fold
OFFERED = (3, RECRUITS_USUAL, 10, 15, RECRUITS_MOST)
LEFT: dict[str, tuple[str, str, str]] = {  # filter -> what is the matter, what would help, the page for it
    "service": ("nobody we know does this", "Make an open call", "calls.show"),
    "competitor": ("all who do this compete with you", "Say who does not", "overflow.show"),
    "area": ("all who do this are too far away", "Import businesses near your clients", "imports.show"),
    "price": ("all who do this have other prices", "Import more businesses", "imports.show"),
    "language": ("nobody is known to speak the language", "Import more businesses", "imports.show"),
    "trust": ("you trust those who do this too little", "Import more businesses", "imports.show"),
    "resting": ("those who do this were asked only lately", "See these needs", "assignment.show"),
    "full": ("those who do this have no room", "Ask for more room", "assignment.show"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A need that a recruit would close."""

    words: str
    value: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecruitShown:
    """A business to recruit as the page shows it."""

    one: Recruit
    services: str
    where: str
    alone: tuple[Closed, ...]
    rest: tuple[Closed, ...]  # of these, behind a fold
    adds: str  # what it adds after those before it
    alike: str  # that others could do the very same
    introducers: tuple[Introducer, ...]  # partners who may know them
    invite: str  # a message to them, in draft
    ask: str  # a message to the first of the introducers; "" without one


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceShown:
    """A service to recruit as the page shows it."""

    one: ServiceToRecruit
    name: str
    needs: str
    candidates: str
    href: str
    ways: tuple[Way, ...]


@pages.get("/coverage/recruit")
@access(GET="member")
def show() -> ResponseReturnValue:
    """The next partners in order, what each would close, and what nobody could."""
    count, prove = how_many(request.args), request.args.get("prove") == "1"
    by_service = request.args.get("by") == "service"
    try:
        found: Recruits = g.network.recruits(count, prove=prove)
    except Conflict:
        return page("suggestions_start.html", title="Whom to recruit")
    needs, home = (
        g.network.needs_of_clients({number for one in found.recruits for number in one.alone}),
        g.network.home(),
    )
    return page(
        "recruit.html",
        title="Whom to recruit",
        found=found,
        shown=[recruit_shown(one, needs, home) for one in found.recruits],
        services=[service_shown(one) for one in found.services] if by_service else [],
        left=left_words(found),
        provable=not prove and not (found.proof and found.proof.exact),
        count=count,
        counts=[(str(k), f"The next {k}") for k in sorted({*OFFERED, count})],
        no_reasons=NO_REASONS,
        by_service=by_service,
    )


@pages.get("/coverage/recruit.<any(csv, xlsx):form>")
@access(GET="member")
def export(form: Form) -> Response:
    """The same recruits as a file."""
    return download(g.network.export("recruits", form, count=how_many(request.args)), "recruits", form)


def how_many(form: forms.Form) -> int:
    """How many recruits a URL asks for."""
    return int(forms.one_of(form, "count", COUNTS) or RECRUITS_USUAL)


def recruit_shown(one: Recruit, needs: Mapping[int, NeedCard], home: Home) -> RecruitShown:
    """One recruit in words, with what the owner could write."""
    asked = {"service": spoken(one.services[0]), "place": home.place, "owner": home.name}
    closed = tuple(_closed(needs[number]) for number in one.alone if number in needs)
    return RecruitShown(
        one=one,
        services=service_names(one.services),
        where=" · ".join(part for part in (one.place, km(one.distance_km)) if part),
        alone=closed[:CLOSED],
        rest=closed[CLOSED:],
        adds=_adds(one),
        alike=headline(one.sentence)[1],  # its first sentence says what the list of needs shows
        introducers=one.introducers,
        invite=draft("recruit_invite", number=str(len(one.alone)), **asked).text,
        ask=draft("ask_introducer", candidate=one.name, **asked).text if one.introducers else "",
    )


def _closed(need: NeedCard) -> Closed:
    return Closed(
        words=f"{service_name(need.service)} for {need.client}",
        value=money(need.value_cents),
        href=needs_url(need.service, "gap", _anchor=f"n{need.need_id}"),
    )


def _adds(one: Recruit) -> str:
    if one.adds == one.alone:
        return ""
    needs = "one need" if len(one.adds) == 1 else f"{len(one.adds)} needs"
    return f"After those before: {needs} more, worth {money(one.adds_cents)}."


def service_shown(one: ServiceToRecruit) -> ServiceShown:
    """One service in words, with the ways to find somebody for it."""
    needs = len(one.need_ids)
    return ServiceShown(
        one=one,
        name=service_name(one.service),
        needs="One need" if needs == 1 else f"{needs} needs",
        candidates=_candidates(one),
        href=needs_url(one.service, "gap"),
        ways=tuple(ways_to_find(one.service)),
    )


def _candidates(one: ServiceToRecruit) -> str:
    if not one.candidates:
        return "Nobody in the directory could fill any of this."
    who = "One business" if one.candidates == 1 else f"{one.candidates:,} businesses"
    return f"{who} could fill {'it' if len(one.need_ids) == 1 else 'at least one'}."


def left_words(found: Recruits) -> list[tuple[int, str, Way]]:
    """Needs that nobody could fill: how many, what is the matter, and what would help; most of them first."""
    ordered: Iterable[tuple[str, int]] = sorted(found.left.items(), key=lambda pair: -pair[1])
    return [(count, LEFT[name][0], Way(LEFT[name][1], url_for(LEFT[name][2]))) for name, count in ordered if count]
