"""How answers about a business read on a page: which words, which numbers, and where each of them comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from flask import url_for

from matcher.answers.partners import Axis, AxisName, Explanation, Reason, Side, Standing, Suggestion, Upset
from webapp.filters import km, money, service_name, service_names

LONGEST_YEARS = 20  # between two referrals; rarer ones are not worth a number
BAR = 100.0  # half the length of a term's bar, in the bar's own units
STANDINGS: dict[Standing, tuple[str, str]] = {  # words, tone of the chip
    "suggested": ("Worth meeting", "accent"),
    "partly": ("Partly competes", "warn"),
    "competitor": ("Competes with you", "bad"),
    "one_side": ("No clients in common", "warn"),
    "out_of_area": ("Out of your area", "warn"),
    "unknown": ("We do not know what they sell", ""),
}
TERMS = {
    "our_clients_need": "Your clients need them",
    "their_clients_need": "Their clients need you",
    "touched_lives": "On how many occasions they are called",
    "their_clients": "How many clients they see",
    "their_order": "What a client brings them",
    "closeness": "How near they are",
    "price_level": "Price level",
    "sureness": "How surely they sell this",
    "apartness": "How little you compete",
    "free_seat": "Whether the seat is free",
    "personal_ties": "How well they know each client",
    "habit_of_referring": "How readily they send clients on",
    "sending": "Whether they sent you somebody",
    "closing": "Whether those they sent became clients",
    "keeping_promises": "Whether they keep promises",
    "open_needs": "Needs your clients have now",
    "vouching": "Whether you would vouch for them",
    "wish": "Whom they want to meet",
    "reputation": "How people speak of them",
    "growth": "Whether they want to grow",
    "room": "Whether they have room",
    "rest": "When you last asked them for something",
    "answers": "What they said before",
}
AXES: dict[AxisName, str] = {
    "service": "What you both sell",
    "market": "To whom",
    "area": "Where",
    "price": "At what price",
}
SAYS = {  # who says that a business sells something
    "you": "you said so",
    "owner": "you said so",
    "naics": "from its industry code",
    "category": "from its category",
    "services": "its list says so",
}
EDITED = {  # kind of a reason's source -> the fact behind it, as `Facts` calls it
    "offer": "services",
    "service": "services",
    "clients": "clients_a_year",
    "order_value": "order_value_cents",
    "tier": "tier",
    "place": "place",
    "radius": "radius_km",
}
SIDES: dict[Side, str] = {"us": "For you", "them": "For them", "both": "For both"}


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence and the page of the datum behind it; no page when it is empty."""

    sentence: str
    href: str
    wrong: str = ""  # where its datum is corrected


@dataclass(frozen=True, slots=True, kw_only=True)
class SideShown:
    """What is in it for one side."""

    title: str
    number: str  # of referrals
    words: str
    value: str  # a year
    yes_share: float  # chance that this side says yes
    lines: tuple[Line, ...]
    href: str  # where the figures come from


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A suggestion as a page shows it."""

    business_id: int
    name: str
    kind: str  # the service that it most likely sells
    services: str
    where: str
    rank: str
    shared: str  # with whom it shares the rank; empty: with nobody
    chance_share: float
    market_share: float
    sides: tuple[SideShown, SideShown]
    both: tuple[Line, ...]
    against: Line | None
    assumed: str
    partly: bool
    upsets: tuple[Line, ...]
    open_question: str  # what there is to find out, of one card in five


def card(suggestion: Suggestion) -> Card:
    """One suggestion in words."""
    s = suggestion
    return Card(
        business_id=s.business_id,
        name=s.name,
        kind=next(iter(s.services), ""),
        services=service_names(s.services[:3]),
        where=" · ".join(part for part in (s.place, km(s.distance_km)) if part),
        rank=str(s.rank) if s.rank else "",
        shared=_shared(s),
        chance_share=s.chance_share,
        market_share=s.market_share,
        sides=(
            _side(s, "us", s.to_us_a_year, s.value_to_us_cents, yes_share=s.yes_us_share),
            _side(s, "them", s.to_them_a_year, s.value_to_them_cents, yes_share=s.yes_them_share),
        ),
        both=_lines(s, "both"),
        against=_line(s.against, s.business_id) if s.against else None,
        assumed=", ".join(s.assumed),
        partly=s.partly_competes,
        upsets=upset_lines(s.upsets),
        open_question=s.open_question,
    )


def _shared(s: Suggestion) -> str:
    if not s.alike:
        return ""
    others = "one other" if s.alike == 1 else f"{s.alike:,} others"
    return f"Shares its place with {others}: nobody can tell them apart from what we know."


def _side(s: Suggestion, side: Side, referrals: float, cents: int, *, yes_share: float) -> SideShown:
    usual = url_for("knowledge.service", code=s.services[0], _anchor="usual") if s.services else ""
    number, words = referrals_words(referrals)
    return SideShown(
        title=SIDES[side],
        number=number,
        words=words,
        value=money(cents),
        yes_share=yes_share,
        lines=_lines(s, side),
        href=usual,
    )


def referrals_words(a_year: float) -> tuple[str, str]:
    """How many referrals, and the words after the number; one in so many years when they are rare."""
    if a_year >= 1.5:
        return f"about {a_year:,.0f}", "referrals a year"
    if a_year >= 1 / 1.5:
        return "about 1", "referral a year"
    return (
        ("about 1", f"referral in {1 / a_year:.0f} years")
        if a_year >= 1 / LONGEST_YEARS
        else ("hardly any", "referrals")
    )


def _lines(s: Suggestion, side: Side) -> tuple[Line, ...]:
    return tuple(_line(reason, s.business_id) for reason in s.reasons if reason.side == side)


def _line(reason: Reason, business_id: int) -> Line:
    source = reason.source
    return Line(reason.sentence, source_url(source, business_id), wrong_url(source, business_id))


def source_url(source: str, business_id: int) -> str:
    """The page that shows the datum behind a reason; `source` is such as "journey:first_home" or "place"."""
    kind, _, code = source.partition(":")
    if kind == "journey":
        return url_for("knowledge.journey", code=code)
    if kind in ("service", "clients", "order_value") or (kind == "offer" and not business_id):
        return url_for("knowledge.service", code=code, _anchor="usual")
    anchors = {"offer": "services", "place": "facts"} | {k: k for k in ("competition", "motivation", "outcomes")}
    if kind in anchors and business_id:
        return url_for("business.show", business_id=business_id, _anchor=anchors[kind])
    if kind == "needs":
        return url_for("needs.show")
    if kind == "partnerships":
        return url_for("network.show")
    return url_for("settings.show") if kind == "tier" else ""


def wrong_url(source: str, business_id: int) -> str:
    """The page on which the datum behind a reason is corrected; none for a business that is made up (number 0)."""
    kind, _, code = source.partition(":")
    if not business_id:
        return ""
    if kind in EDITED:
        return url_for("corrections.show", business_id=business_id, _anchor=f"fact-{EDITED[kind]}")
    if kind == "journey":
        return url_for("knowledge.journey", code=code)
    if kind == "competition":
        return url_for("business.show", business_id=business_id, _anchor="competition")
    if kind in ("motivation", "outcomes"):
        return url_for("business.show", business_id=business_id, _anchor=kind)
    if kind == "needs":
        return url_for("needs.show")
    if kind == "partnerships":
        return url_for("network.show")
    return url_for("settings.show") if kind == "home" else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term of a score as a row: its words, its factor, and its bar to the right (for) or left (against)."""

    title: str
    line: Line
    factor: str
    start: float
    length: float
    supports: bool


def term_groups(explanation: Explanation) -> list[tuple[str, list[Term]]]:
    """All terms, by side, the largest first; bars share one scale."""
    longest = max((abs(reason.weight) for reason in explanation.terms), default=0.0) or 1.0
    groups = []
    for side, title in SIDES.items():
        reasons = [reason for reason in explanation.terms if reason.side == side]
        shown = sorted(reasons, key=lambda reason: -abs(reason.weight))
        groups.append((title, [_term(reason, longest, explanation.business_id) for reason in shown]))
    return [(title, terms) for title, terms in groups if terms]


def _term(reason: Reason, longest: float, business_id: int) -> Term:
    length = round(BAR * abs(reason.weight) / longest, 1)
    return Term(
        title=TERMS.get(reason.term, reason.term.replace("_", " ").capitalize()),
        line=_line(reason, business_id),
        factor=factor(reason.weight),
        start=BAR if reason.weight >= 0 else BAR - length,
        length=length,
        supports=reason.weight >= 0,
    )


def factor(weight: float) -> str:
    """A term in ln units as what it multiplies the score by: “× 1.4”."""
    number = exp(min(weight, 30.0))
    return f"× {number:.2f}" if number < 9.95 else f"× {number:,.0f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AxisShown:
    """One axis of competition with its name, share, and what that rests on."""

    title: str
    share: float
    line: Line


def axes_shown(axes: Sequence[Axis], business_id: int) -> tuple[AxisShown, ...]:
    """The axes of competition in words, each with the page of what it rests on."""
    sources = {"service": "offer", "market": "offer", "area": "place", "price": "tier"}
    return tuple(
        AxisShown(
            title=AXES[axis.axis],
            share=axis.share,
            line=Line(axis.sentence, source_url(sources[axis.axis], business_id)),
        )
        for axis in axes
    )


def upset_lines(upsets: Sequence[Upset]) -> tuple[Line, ...]:
    """Warnings of partners who would be upset, each with the page of that partner."""
    return tuple(Line(u.sentence, url_for("business.show", business_id=u.business_id)) for u in upsets)


def overlap_words(services: tuple[str, ...]) -> str:
    """What both sell."""
    return ", ".join(service_name(code) for code in services)
