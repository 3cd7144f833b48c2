"""Forms on clients and their needs, read as the core takes them; every field that cannot be used is named at once."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from matcher.answers.covered import Grade, NeedCard, Wish
from matcher.answers.partners import Place
from matcher.answers.told import NAME_CHARACTERS, NOTE_CHARACTERS, WORDING_CHARACTERS, ClientTold, NeedTold, NewClient
from matcher.coach_kit.services import named
from matcher.errors import Invalid
from matcher.knowledge.choices import journeys_like
from matcher.languages import LANGUAGES
from matcher.names import fold
from matcher.store.clients import GRADES, PHONE_CHARACTERS, PLACE_CHARACTERS
from matcher.taxonomy import taxonomy
from webapp import forms
from webapp.filters import added_services

LEFT_OUT = "-"  # chosen for a need that is none
MAIL_CHARACTERS = 254
WITHIN_MOST_KM = 20_100.0  # half way round the Earth
NO_SUCH_PLACE = (
    "We only know towns and ZIP codes of the United States by name. "
    "Elsewhere, keep the name and add the coordinates below."
)
Read = TypeVar("Read")
FindPlace = Callable[[str], Place | None]
Meant = Callable[[str], str]  # the service that words surely mean; empty when it is not sure


class Fields:
    """The fields of a form, or of a part of it that repeats; it collects what cannot be used."""

    def __init__(self, form: forms.Form, prefix: str = "", problems: dict[str, str] | None = None) -> None:
        self.form = form
        self.prefix = prefix  # what stands before these names in the whole form
        self.problems = {} if problems is None else problems  # whole name of a field -> sentence

    def read(self, name: str, read: Callable[[forms.Form, str], Read], otherwise: Read) -> Read:
        """What a field says, or `otherwise` with a problem when it cannot be used."""
        try:
            return read(self.form, name)
        except Invalid as problem:
            self.problems[f"{self.prefix}{problem.field}"] = problem.sentence
            return otherwise

    def part(self, start: str) -> "Fields":
        """The fields whose names begin so, by the rest of their names."""
        own = [(name, value) for name, value in self.form.items(multi=True) if name.startswith(start)]
        inner = MultiDict([(name[len(start) :], value) for name, value in own])
        return Fields(inner, self.prefix + start, self.problems)

    def parts(self, letter: str, marker: str) -> list["Fields"]:
        """The parts of a form that repeat, in their order: "n0-wording" and "n1-wording" are of two."""
        pattern = re.compile(rf"({letter}(\d{{1,3}})-){marker}")
        found = {int(match[2]): match[1] for name in self.form if (match := pattern.fullmatch(name))}
        return [self.part(found[number]) for number in sorted(found)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A client as a form says it, and what it teaches: wordings with the service that the owner says they mean."""

    new: NewClient
    taught: tuple[tuple[str, str], ...]


def read_client(fields: Fields, find_place: FindPlace, meant: Meant) -> Typed:
    """A client with what they need and go through."""
    wish, needed_by = read_wish(fields), fields.read("needed_by", forms.day, None)
    needs, taught = [], []
    for part in fields.parts("n", "wording"):
        need = read_need(part, meant)
        if need is None:
            continue
        needs.append(NeedTold(service=need.service, wording=need.wording, wish=wish, needed_by=needed_by))
        if need.wording and need.service and need.service != part.form.get("read", ""):
            taught.append((need.wording, need.service))
    new = NewClient(
        told=read_told(fields, find_place),
        needs=tuple(needs),
        journey=fields.read("journey", _journey, ""),
        since=fields.read("day_zero", forms.day, None),
    )
    return Typed(new=new, taught=tuple(taught))


def read_told(fields: Fields, find_place: FindPlace) -> ClientTold:
    """Who a client is; a line that they were typed in stands for a note that nobody was asked for."""

    def place(form: forms.Form, name: str) -> Place | None:
        return _place(form, name, find_place)

    noted = "note" if "note" in fields.form else "line"
    return ClientTold(
        name=fields.read("name", _text(NAME_CHARACTERS), ""),
        grade=fields.read("grade", _grade, ""),
        markets=fields.read("market", _markets, ()),
        place=fields.read("place", place, None),
        value_cents=fields.read("value", forms.cents, None),
        email=fields.read("email", _text(MAIL_CHARACTERS), ""),
        phone=fields.read("phone", _text(PHONE_CHARACTERS), ""),
        note=fields.read(noted, lambda form, name: forms.lines(form, name, limit=NOTE_CHARACTERS), ""),
    )


def read_need(fields: Fields, meant: Meant) -> NeedTold | None:
    """A need without wish and day; None where there is none. Words typed by hand mean what they surely mean."""
    wording = fields.read("wording", _text(WORDING_CHARACTERS), "")
    chosen = fields.form.get("service", "")
    other = fields.read("other", service_named, "")
    if chosen == LEFT_OUT or not (wording or chosen or other):
        return None
    service = other or (chosen if chosen in taxonomy().services or chosen in added_services() else "")
    if not service and "service" not in fields.form:
        service = meant(wording)
    return NeedTold(service=service, wording=wording)


def read_whole_need(fields: Fields, meant: Meant) -> NeedTold:
    """A need with wish, day, worth and the journey that it belongs to."""
    need = read_need(fields, meant) or NeedTold()
    return replace(
        need,
        needed_by=fields.read("needed_by", forms.day, None),
        wish=read_wish(fields),
        value_cents=fields.read("value", forms.cents, None),
        occasion_id=forms.row(fields.form, "occasion"),
    )


def told_of(need: NeedCard) -> NeedTold:
    """A need as it was told: `edit_need` keeps the same again."""
    return NeedTold(
        service=need.service,
        wording=need.wording,
        needed_by=date.fromisoformat(need.needed_by) if need.needed_by else None,
        wish=need.wish,
        value_cents=None if need.value_assumed else need.value_cents,
        occasion_id=need.occasion_id,
    )


def read_wish(fields: Fields) -> Wish:
    """What a client wants of whoever helps."""

    def tier(form: forms.Form, name: str) -> int | None:
        return forms.row(form, name) if form.get(name) in ("1", "2", "3") else None

    def language(form: forms.Form, name: str) -> str:
        return forms.one_of(form, name, {*LANGUAGES, form.get("language_was", "")}) or ""

    def within_km(form: forms.Form, name: str) -> float | None:
        return forms.number(form, name, 0.1, WITHIN_MOST_KM)

    return Wish(
        tier=fields.read("tier", tier, None),
        language=fields.read("language", language, ""),
        within_km=fields.read("within_km", within_km, None),
    )


def _text(limit: int) -> Callable[[forms.Form, str], str]:
    return lambda form, name: forms.text(form, name, limit=limit)


def _grade(form: forms.Form, name: str) -> Grade:
    return forms.one_of(form, name, GRADES) or ""  # type: ignore[return-value]


def _markets(form: forms.Form, name: str) -> tuple[str, ...]:
    """Kinds of clients: those that are ticked, and one more by name."""
    known, written = taxonomy(), forms.text(form, "more_market")
    more = known.find_market(written) if written else None
    if written and more is None:
        raise Invalid("more_market", f"“{written}” is no kind of client that we know. Try “first-time home buyers”.")
    return tuple(dict.fromkeys((*forms.codes(form, name, known.markets), *([more] if more else []))))


def _place(form: forms.Form, name: str, find_place: FindPlace) -> Place | None:
    """A place by its name, or by its name and coordinates; one that was not touched stays exactly where it was."""
    written, typed = (
        forms.text(form, name, limit=PLACE_CHARACTERS),
        forms.text(form, "coordinates", limit=60),
    )
    if point := forms.coordinates(typed):
        return Place(name=written or typed, lat=point[0], lon=point[1])
    if not written:
        return None
    lat, lon = forms.number(form, "lat", -90, 90), forms.number(form, "lon", -180, 180)
    if written == form.get("place_was") and lat is not None and lon is not None:
        return Place(name=written, lat=lat, lon=lon)
    found = find_place(written)
    if found is None:
        raise Invalid(name, NO_SUCH_PLACE)
    return found


def _journey(form: forms.Form, name: str) -> str:
    written = forms.text(form, name)
    found = journeys_like(written, 1) if written else []
    if written and not found:
        raise Invalid(name, f"“{written}” is nothing we know that clients go through. Try “buying a first home”.")
    exact = (code for code, journey in taxonomy().journeys.items() if fold(journey.name) == fold(written))
    return next(exact, found[0] if found else "")


def service_named(form: forms.Form, name: str) -> str:
    """The service that a text names, also one that the programme adds; empty for an empty field."""
    written = forms.text(form, name)
    if code := named(written, added_services()):
        return code
    found = taxonomy().find_service(written, 1) if written else []
    if written and not found:
        raise Invalid(name, f"“{written}” is not a service we know. Try other words, such as “moving company”.")
    return found[0].service if found else ""
