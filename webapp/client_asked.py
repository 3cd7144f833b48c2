"""What the owner looks at before a client is kept: what was read from a line, or what a form said that was refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from matcher.answers.quick_note import NotedNeed, QuickNote
from matcher.languages import LANGUAGES, language_name
from matcher.taxonomy import taxonomy
from webapp.client_forms import Fields
from webapp.filters import added_services, day, dollars, journey_name, market_name, percent, plain, service_name

Choices = list[tuple[str, str]]
TIERS: Choices = [("", "Does not matter"), ("1", "Plain"), ("2", "Middle"), ("3", "Premium")]
OTHERWISE = {"markets": "more_market", "since": "day_zero", "service": "other"}  # field of the core -> of the form
FOR_ALL_NEEDS = ("needed_by", "tier", "language", "within_km")  # asked once a client
KEPT = (  # fields that a form gives back as they were typed
    *("line", "name", "grade", "place", "place_was", "lat", "lon", "coordinates", "more_market", "journey", "day_zero"),
    *("value", "email", "phone", "note", "needed_by", "tier", "language", "language_was", "within_km", "skip"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedAsked:
    """A need with the services that it may mean."""

    prefix: str
    wording: str
    choices: tuple[tuple[str, str, str], ...]  # code, name, why
    chosen: str  # one of the codes; empty: not clear yet
    other: str
    read: str  # what we were sure of


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientAsked:
    """A client as a form shows them."""

    prefix: str
    questions: tuple[str, ...]
    values: Mapping[str, str]  # field -> what stands in it
    markets: tuple[tuple[str, str], ...]  # those that are ticked
    needs: tuple[NeedAsked, ...]

    @property
    def day_zero(self) -> str:
        """Which day the journey counts from, to be asked after "the day": "they get the keys"."""
        named = {journey.name: journey.day_zero for journey in taxonomy().journeys.values()}
        return named.get(self.values.get("journey", ""), "")

    @property
    def languages(self) -> Choices:
        """Languages to choose from, with the one that is chosen."""
        return language_choices(self.values.get("language", ""))

    @property
    def summary(self) -> str:
        """What was understood beside name, place and needs, in one line."""
        journey = (self.values.get("journey", ""), _after("from", self.values.get("day_zero", "")))
        return " · ".join(filter(None, (*journey, self.more)))

    @property
    def more(self) -> str:
        """The same without what they go through."""
        v = self.values
        parts = (
            *(name for _, name in self.markets),
            _after("needed by", v.get("needed_by", "")),
            dict(TIERS).get(v.get("tier", ""), "") if v.get("tier") else "",
            language_name(v.get("language", "")),
            f"within {v['within_km']} km" if v.get("within_km") else "",
            f"${v['value']} a year" if v.get("value") else "",
            v.get("email", ""),
            v.get("phone", ""),
        )
        return " · ".join(filter(None, parts))

    def has_problem_inside(self, problems: Mapping[str, str]) -> bool:
        """Whether something that is folded away needs another look."""
        folded = ("journey", "day_zero", "more_market", "needed_by", "within_km", "email", "phone", "value")
        return any(f"{self.prefix}{name}" in problems for name in folded)


def language_choices(chosen: str) -> Choices:
    """Languages by name, and one that is chosen already even if we have no name for it."""
    known = {**LANGUAGES, **({chosen: language_name(chosen)} if chosen else {})}
    return [("", "Does not matter"), *sorted(known.items(), key=lambda pair: pair[1])]


def asked_of(note: QuickNote, prefix: str) -> ClientAsked:
    """A form filled with what was read from a line."""
    place, wish = note.place, note.wish
    return ClientAsked(
        prefix=prefix,
        questions=note.questions,
        values={
            "line": note.text,
            "name": note.name,
            "grade": note.grade,
            "place": place.name if place else "",
            "place_was": place.name if place else "",
            "lat": repr(place.lat) if place else "",
            "lon": repr(place.lon) if place else "",
            "journey": journey_name(note.journey) if note.journey else "",
            "day_zero": note.day_zero,
            "value": dollars(note.value_cents),
            "email": note.email,
            "phone": note.phone,
            "note": note.text,
            "needed_by": note.needed_by,
            "tier": str(wish.tier or ""),
            "language": wish.language,
            "language_was": wish.language,
            "within_km": plain(wish.within_km),
        },
        markets=tuple((code, market_name(code)) for code in note.markets),
        needs=tuple(_need_asked(need, f"n{number}-") for number, need in enumerate(note.needs)),
    )


def _need_asked(need: NotedNeed, prefix: str) -> NeedAsked:
    first = need.guesses[0].service if need.sure and need.guesses else ""
    return NeedAsked(
        prefix=prefix,
        wording=need.wording,
        choices=tuple((g.service, service_name(g.service), f"{percent(g.confidence)} sure") for g in need.guesses),
        chosen=first,
        other="",
        read=first,
    )


def asked_again(fields: Fields) -> ClientAsked:
    """The same form with what was typed, so that nothing is lost."""
    form, known = fields.form, taxonomy()
    return ClientAsked(
        prefix=fields.prefix,
        questions=tuple(form.getlist("question")),
        values={name: form.get(name, "") for name in KEPT if name in form},
        markets=tuple((code, market_name(code)) for code in form.getlist("market") if code in known.markets),
        needs=tuple(_need_again(part, number) for number, part in enumerate(fields.parts("n", "wording"))),
    )


def _need_again(part: Fields, number: int) -> NeedAsked:
    form, known = part.form, {*taxonomy().services, *added_services()}
    return NeedAsked(
        prefix=f"n{number}-",
        wording=form.get("wording", ""),
        choices=tuple((code, service_name(code), "") for code in form.getlist("guess") if code in known),
        chosen=form.get("service", ""),
        other=form.get("other", ""),
        read=form.get("read", ""),
    )


def whole_name(field: str) -> str:
    """The name in the form of a field that the core refused: "clients.2.needs.0.wording" is "c2-n0-wording"."""
    letters = {"clients": "c", "needs": "n"}
    parts = field.split(".")
    if parts[-1] in FOR_ALL_NEEDS and "needs" in parts:
        parts = [*parts[: parts.index("needs")], parts[-1]]
    start = "".join(f"{letters[part]}{at}-" for part, at in pairwise(parts) if part in letters)
    return start + OTHERWISE.get(parts[-1], parts[-1])


def known_names() -> dict[str, Sequence[str]]:
    """Names to choose from while one types: services, journeys, kinds of clients."""
    known = taxonomy()
    return {
        "services": sorted(service_name(code) for code in (*known.services, *added_services())),
        "journeys": sorted(journey.name for journey in known.journeys.values()),
        "markets": sorted(market.name for market in known.markets.values()),
    }


def _after(words: str, text: str) -> str:
    """A day with words before it; empty when it is none."""
    try:
        return f"{words} {day(date.fromisoformat(text))}"
    except ValueError:
        return ""
