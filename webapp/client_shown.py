"""How a client reads on their page: what they need and what can be done about it, and what is only expected."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.answers.covered import ClientCard, ClientJourney, NeedCard, Status
from matcher.answers.expected import ExpectedNeed
from matcher.answers.partners import BusinessCard
from matcher.languages import language_name
from matcher.taxonomy import taxonomy
from webapp.filters import dollars, iso_day, journey_name, plain, service_name

SHOWN_CHARACTERS = 60  # of a wording that a sentence repeats
STATUSES: dict[Status, tuple[str, str]] = {  # words, tone of the chip
    "open": ("Open", "warn"),
    "introduced": ("Introduced", "accent"),
    "filled": ("Filled", "accent"),
    "dropped": ("No longer needed", ""),
}
ORDER: tuple[Status, ...] = ("open", "introduced", "filled", "dropped")
PRICES = {1: "plain prices", 2: "middle prices", 3: "premium"}
LIKELY = 0.1  # chance from which a need is expected within a horizon (prior)
EXPECTED_SHOWN = 3  # of each group; the others are folded
HORIZONS = ("Within 30 days", "Within 90 days", "Within a year", "Less likely")
Shelves = tuple[tuple[str, tuple[tuple[int, str], ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedShown:
    """One need with what can be done about it."""

    need: NeedCard
    title: str
    quote: str  # the client's words; empty where they only repeat the title
    facts: tuple[str, ...]
    status: tuple[str, str]
    partners: Shelves  # those who sell it first
    by_whom: str  # "ours", "nobody", or "" when a partner does it
    guesses: tuple[tuple[str, str], ...]  # services that it may be, as long as nobody has said
    values: dict[str, Any]  # of its form


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedGroup:
    """Needs that come up within the same time, the likeliest first."""

    title: str
    needs: tuple[ExpectedNeed, ...]
    rest: tuple[ExpectedNeed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyShown:
    """A journey with its day."""

    journey: ClientJourney
    name: str
    day_words: str  # after "the day": "they get the keys"
    needs: tuple[int, ...]  # that belong to it


def needs_shown(
    client: ClientCard, partners: Sequence[BusinessCard], guesses: Mapping[int, Sequence[str]], sold: Collection[str]
) -> list[NeedShown]:
    """The needs of a client, what has to be done first; `sold` is what we sell ourselves."""
    ordered = sorted(client.needs, key=lambda need: (ORDER.index(need.status), need.needed_by or "9999", need.need_id))
    return [_need_shown(need, partners, guesses.get(need.need_id, ()), sold) for need in ordered]


def _by_whom(need: NeedCard, partners: Sequence[BusinessCard], sold: Collection[str]) -> str:
    if need.business_id is not None or any(need.service in partner.services for partner in partners):
        return ""
    return "ours" if need.service in sold else "nobody"


def _need_shown(
    need: NeedCard, partners: Sequence[BusinessCard], guesses: Sequence[str], sold: Collection[str]
) -> NeedShown:
    name = service_name(need.service) if need.service else ""
    return NeedShown(
        need=need,
        title=name or quoted(need.wording),
        quote=need.wording if name and need.wording.casefold() != name.casefold() else "",
        facts=tuple(_facts(need)),
        status=STATUSES[need.status],
        partners=_shelves(need, partners),
        by_whom=_by_whom(need, partners, sold),
        guesses=tuple((code, service_name(code)) for code in guesses),
        values=need_values(need),
    )


def _facts(need: NeedCard) -> Iterable[str]:
    yield f"heard {iso_day(need.heard_on)}"
    if need.needed_by:
        yield f"needed by {iso_day(need.needed_by)}"
    if need.wish.tier:
        yield PRICES[need.wish.tier]
    if need.wish.language:
        yield f"speaks {language_name(need.wish.language)}"
    if need.wish.within_km is not None:
        yield f"within {need.wish.within_km:g} km"
    if need.pinned:
        yield f"you want {need.business} to do it"
    elif need.business and need.status in ("introduced", "filled"):
        yield f"{'introduced to' if need.status == 'introduced' else 'filled by'} {need.business}"


def _shelves(need: NeedCard, partners: Sequence[BusinessCard]) -> Shelves:
    """Whom the need can be handed on to: who sells it, surest first, then the others."""
    able = sorted(
        (p for p in partners if need.service in p.services), key=lambda p: (-p.services[need.service], p.name)
    )
    rest = [partner for partner in partners if need.service not in partner.services]
    known = {partner.business_id for partner in partners}
    former = ((need.business_id, need.business),) if need.business_id and need.business_id not in known else ()
    shelves = (("They do this", _named(able)), ("Your other partners", _named(rest)), ("So far", former))
    return tuple((label, found) for label, found in shelves if found)


def _named(partners: Iterable[BusinessCard]) -> tuple[tuple[int, str], ...]:
    return tuple((partner.business_id, partner.name) for partner in partners)


def expected_groups(expected: Iterable[ExpectedNeed]) -> list[ExpectedGroup]:
    """What may come up, by the first time within which it is likely."""
    by_horizon: list[list[ExpectedNeed]] = [[] for _ in HORIZONS]
    for need in sorted(expected, key=lambda n: (-n.chance_30, -n.chance_90, -n.chance_365)):
        chances = (need.chance_30, need.chance_90, need.chance_365)
        by_horizon[next((at for at, chance in enumerate(chances) if chance >= LIKELY), len(chances))].append(need)
    groups = []
    for title, needs in zip(HORIZONS, by_horizon, strict=True):
        shown = EXPECTED_SHOWN if title != HORIZONS[-1] else 0
        groups.append(ExpectedGroup(title=title, needs=tuple(needs[:shown]), rest=tuple(needs[shown:])))
    return [group for group in groups if group.needs or group.rest]


def journeys_shown(client: ClientCard) -> list[JourneyShown]:
    """What a client goes through, newest first."""
    known = taxonomy().journeys
    return [
        JourneyShown(
            journey=one,
            name=journey_name(one.journey),
            day_words=known[one.journey].day_zero if one.journey in known else "it counts from",
            needs=tuple(need.need_id for need in client.needs if need.occasion_id == one.occasion_id),
        )
        for one in client.journeys
    ]


def need_values(need: NeedCard) -> dict[str, Any]:
    """A need as its form says it, so that the same is read again."""
    return {
        "wording": need.wording,
        "service": "",
        "other": service_name(need.service) if need.service else "",
        "needed_by": need.needed_by,
        "tier": need.wish.tier or "",
        "language": need.wish.language,
        "language_was": need.wish.language,
        "within_km": plain(need.wish.within_km),
        "value": "" if need.value_assumed else dollars(need.value_cents),
        "occasion": need.occasion_id or "",
    }


def client_values(client: ClientCard) -> dict[str, Any]:
    """Who a client is as the form says it, so that the same is read again."""
    placed = client.lat is not None and client.lon is not None
    return {
        "name": client.name,
        "grade": client.grade,
        "market": list(client.markets),
        "place": client.place,
        "place_was": client.place,
        "lat": repr(client.lat) if placed else "",
        "lon": repr(client.lon) if placed else "",
        "value": dollars(client.value_cents),
        "email": client.email,
        "phone": client.phone,
        "note": client.note,
    }


def summary(client: ClientCard) -> str:
    """How things stand with what a client needs, in one sentence."""
    counts = [(sum(need.status == status for need in client.needs), status) for status in ORDER]
    words = [f"{count} {STATUSES[status][0].lower()}" for count, status in counts if count]
    return f"{len(client.needs)} needs told: {', '.join(words)}." if len(client.needs) > 1 else ""


def quoted(text: str) -> str:
    """Somebody's words within a sentence, cut when they are long."""
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= SHOWN_CHARACTERS else f"“{line[:SHOWN_CHARACTERS].rstrip()}…”"
