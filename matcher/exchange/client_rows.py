"""A table of clients as clients: who they are, where, what they go through and what they need."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from typing import TypeVar

from matcher.answers.imported import Problem
from matcher.answers.partners import Place
from matcher.answers.told import NOTE_CHARACTERS, WORDING_CHARACTERS, ClientTold, NeedTold, NewClient
from matcher.coach_kit.services import NOTHING_ADDED, Added, meant, name_of, named
from matcher.exchange import cells
from matcher.exchange.clean import clean, shorten
from matcher.exchange.client_cells import cents_of, client_email_of, day_of, grade_of
from matcher.exchange.reader import Reader, read_all
from matcher.exchange.tables import Table
from matcher.knowledge.choices import journeys_like
from matcher.knowledge.meaning import Corrections, understand
from matcher.names import fold, lookup_key
from matcher.taxonomy import taxonomy

SPLIT = re.compile(r"\s*[;|\n]\s*")  # between needs; a comma stands within one as well
REMEMBERED = 10_000  # texts kept with what they mean: a preview is made anew at every correction (2 MB at most)
PICTURES = 0x2FFF  # characters after this one are letters of the East and pictures, not dashes
NOTED = {  # field -> what stands before its text in the note
    "grade": "Grade",
    "value": "Worth a year",
    "email": "E-mail",
    "needed_by": "Needed by",
    "since": "Since",
}
Value = TypeVar("Value")
FindPlace = Callable[[str], Place | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRow:
    """A client as a file tells it."""

    line: int
    new: NewClient

    @property
    def key(self) -> str:
        """Equal for the same name and e-mail."""
        return self.new.told.key

    def shown(self) -> dict[str, str]:
        """Field -> text, as a preview shows what would be stored."""
        told, known = self.new.told, taxonomy()
        days = sorted({need.needed_by.isoformat() for need in self.new.needs if need.needed_by})
        texts = {
            "name": told.name,
            "email": told.email,
            "phone": told.phone,
            "place": told.place.name if told.place else "",
            "grade": told.grade,
            "markets": "; ".join(known.markets[code].name for code in told.markets),
            "value": "" if told.value_cents is None else f"${told.value_cents / 100:,.0f}",
            "journey": known.journeys[self.new.journey].name if self.new.journey else "",
            "since": self.new.since.isoformat() if self.new.since else "",
            "need": "; ".join(_need_words(need) for need in self.new.needs),
            "needed_by": "; ".join(days),
            "note": told.note,
        }
        return {field: text for field, text in texts.items() if text}


def _need_words(need: NeedTold) -> str:
    name = name_of(need.service)
    return f"{name} (“{need.wording}”)" if name and fold(name) != fold(need.wording) else name or f"“{need.wording}”?"


def read_clients(
    table: Table,
    columns: Mapping[int, str],
    corrections: Corrections,
    find_place: FindPlace,
    *,
    added: Added = NOTHING_ADDED,
    limit: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Iterator[ClientRow | Problem]:
    """The clients of a table, then its problems; `columns` is position -> field. More in `read_all`.

    `added`: services beside ours.
    A later line of the same client may add needs. What a cell says and we cannot use stands in the client's note.
    """
    return read_all(_Reader(table, columns, corrections, find_place, added), table, limit, progress)


class _Reader(Reader[ClientRow]):
    """Reads clients."""

    kinds: Mapping[str, str] = {"markets": "kind of client"}

    def __init__(
        self, table: Table, columns: Mapping[int, str], corrections: Corrections, find_place: FindPlace, added: Added
    ) -> None:
        super().__init__(table, columns)
        self._corrections, self._find_place, self._added = frozenset(corrections.items()), find_place, added
        self._kept: list[str] = []  # what the line says and no column of ours can hold, for the note

    def why_out(self, row: tuple[str, ...]) -> str:
        """Why a line cannot be stored; empty when it can."""
        names = "".join(self._get(field, row) for field in ("name", "first_name", "last_name"))
        named = any(c.isalnum() or ord(c) > PICTURES for c in names)
        return "" if named else "This line has no name of a client."

    def read_row(self, row: tuple[str, ...]) -> ClientRow:
        """The client of one line."""
        self._kept = []
        needed_by = self._used("needed_by", row, partial(day_of, "needed_by"))
        needs = tuple(self._needs(row, needed_by))
        journey, since = self._journey(row), self._used("since", row, partial(day_of, "since"))
        if since and not journey:
            self._kept.append(f"Since: {since}")
            self._note("since", "The line does not say what they go through since this day; it stands in the note.")
        told = ClientTold(
            name=self._name(row),
            grade=self._used("grade", row, grade_of),
            markets=self._markets(row),
            place=self._place(row),
            value_cents=self._used("value", row, cents_of),
            email=self._used("email", row, client_email_of),
            phone=cells.phone_of(self._get("phone", row), self._note),
        )
        new = NewClient(
            told=replace(told, note=self._noted(row)), needs=needs, journey=journey, since=since if journey else None
        )
        return ClientRow(line=self._line, new=new)

    def repeat(self, earlier: ClientRow, later: ClientRow) -> str:
        """The same client once more: one is stored, with the needs of either line."""
        known = {(need.service, fold(need.wording)) for need in earlier.new.needs}
        more = tuple(need for need in later.new.needs if (need.service, fold(need.wording)) not in known)
        if not more:
            return f"The same client as line {earlier.line}; stored once."
        new = replace(earlier.new, needs=earlier.new.needs + more)
        self.found[earlier.key] = replace(earlier, new=new)
        return f"The same client as line {earlier.line}; stored once, with the needs of both lines."

    def _name(self, row: tuple[str, ...]) -> str:
        """The name of the person; a firm beside it goes to the note."""
        person = " ".join(filter(None, (clean(self._get("first_name", row)), clean(self._get("last_name", row)))))
        name = clean(self._get("name", row))
        if person and not set(fold(person).split()) <= set(fold(name).split()):
            self._kept += [name] if name else []
            name = person
        return cells.text_of("name", name, self._note)

    def _used(self, field: str, row: tuple[str, ...], read: Callable[[str, cells.Note], Value]) -> Value:
        """What a cell says, as it was read; a text that could not be read goes to the note."""
        cell = self._get(field, row)
        found = read(cell, self._note)
        if clean(cell) and (found is None or found == ""):
            self._kept.append(f"{NOTED[field]}: {clean(cell)}")
        return found

    def _markets(self, row: tuple[str, ...]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for text in self._listed("markets", "; ".join(self._cells("markets", row))):
            if market := _market_meant(text):
                found[market] = None
            else:
                self.unknown["markets", text] += 1
                self._kept.append(f"Kind of client: {text}")
        return tuple(found)

    def _place(self, row: tuple[str, ...]) -> Place | None:
        """The place by its ZIP code, else by town and state, else as it is written."""
        city, region, postcode = (clean(self._get(field, row)) for field in ("city", "region", "postcode"))
        written, country = clean(self._get("place", row)), cells.country_of(self._get("country", row))
        town = ", ".join(filter(None, (city, region)))
        given = cells.postcode_of(postcode, region, country, self._note) if postcode else ""
        texts = [text for text in (given, town, written) if text]
        for text in texts if country in ("", "US") else ():
            if found := self._find_place(text):
                return found
        if texts:
            whole = ", ".join(dict.fromkeys(filter(None, (written, town, postcode, country))))
            self._kept.append(f"Place: {whole}")
            self._note("place", f"We do not know the place “{shorten(whole, 80)}”; it stands in the note.")
        return None

    def _journey(self, row: tuple[str, ...]) -> str:
        text = clean(self._get("journey", row))
        found = _journey_meant(text)
        if text and not found:
            self._kept.append(f"Going through: {text}")
            self._note(
                "journey", f"“{shorten(text, 80)}” is nothing we know that clients go through; it stands in the note."
            )
        elif found and fold(taxonomy().journeys[found].name) != fold(text):
            name = taxonomy().journeys[found].name
            self._note("journey", f"We take “{shorten(text, 80)}” to be “{name}”.")
        return found

    def _needs(self, row: tuple[str, ...], needed_by: date | None) -> Iterator[NeedTold]:
        for text, service in self._wordings(row, self._services(row)):
            wording = shorten(text, WORDING_CHARACTERS)
            if wording != text:
                self._note("need", f"What they need was cut at {WORDING_CHARACTERS} characters.")
            called_for = service or meant(wording, self._added, _service_meant(wording, self._corrections))
            if not called_for:
                self._note("need", f"We are not sure what “{shorten(text, 80)}” calls for. It is kept in these words.")
            yield NeedTold(service=called_for, wording=wording, needed_by=needed_by)

    def _services(self, row: tuple[str, ...]) -> list[str]:
        """The services that the line names; a name that is none of ours is noted."""
        texts = self._listed("service", self._get("service", row), SPLIT)
        found = [named(text, self._added) or _service_named(text) for text in texts]
        for text, service in zip(texts, found, strict=True):
            if not service:
                self._note("service", f"“{shorten(text, 80)}” is not a service that we know; we go by the words.")
        return found

    def _wordings(self, row: tuple[str, ...], services: list[str]) -> list[tuple[str, str]]:
        """Each need in its words with the service that the line names for it, "" where it names none."""
        cell = ";".join(row[i] for i in self._at.get("need", ()))
        if len(services) == 1 and clean(cell):
            return [(clean(cell), services[0])]  # one service: these are the words for it, whatever signs they hold
        texts = self._listed("need", cell, SPLIT)
        if not texts:
            return [("", service) for service in services if service]
        return list(zip(texts, services if len(services) == len(texts) else [""] * len(texts), strict=True))

    def _noted(self, row: tuple[str, ...]) -> str:
        note = "\n".join((*self._cells("note", row), *self._kept))
        if len(note) > NOTE_CHARACTERS:
            self._note("note", f"The note was cut at {NOTE_CHARACTERS:,} characters.")
        return shorten(note, NOTE_CHARACTERS)


@lru_cache(maxsize=REMEMBERED)
def _market_meant(text: str) -> str:
    return taxonomy().find_market(text) or ""


@lru_cache(maxsize=REMEMBERED)
def _journey_meant(text: str) -> str:
    return next(iter(journeys_like(text, 1)), "")


@lru_cache(maxsize=REMEMBERED)
def _service_named(text: str) -> str:
    """The service of this very name, or near it; empty when there is none."""
    return next((guess.service for guess in taxonomy().spelled(text, 1)), "")


@lru_cache(maxsize=REMEMBERED)
def _service_meant(wording: str, corrections: frozenset[tuple[str, str]]) -> str:
    """The service that words surely mean; empty when it is not sure."""
    if not lookup_key(wording):
        return ""
    found = understand(wording, dict(corrections))
    return found.guesses[0].service if found.sure else ""
