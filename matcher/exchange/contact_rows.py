"""A table of contacts as people: who they are, where they work, how they are reached and who sent them."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from matcher.answers.connected import ContactTold, NewContact
from matcher.answers.imported import Problem
from matcher.answers.told import NAME_CHARACTERS, NOTE_CHARACTERS, is_email
from matcher.exchange import cells
from matcher.exchange.clean import clean, shorten
from matcher.exchange.client_cells import day_of
from matcher.exchange.contact_columns import ADDRESS, addresses
from matcher.exchange.contact_notes import (
    ANOTHER,
    DEPARTMENT,
    SINCE,
    WEBSITE,
    birthday_lines,
    headed_line,
    said_of,
    together,
)
from matcher.exchange.reader import Reader, read_all
from matcher.exchange.tables import Table
from matcher.knowledge.positions import service_of_position
from matcher.names import fold
from matcher.taxonomy import taxonomy

SEVERAL = re.compile(r":::|[;\n]")  # between values of one cell; Google joins them with three colons
BETWEEN_EMAILS = re.compile(r":::|[;,\s]")
WITHIN = ("/o=", "/cn=", "/ou=")  # how a mail server of one firm calls its own people; no address elsewhere
NOT_VOICE = re.compile(r"fax|pager", re.IGNORECASE)
NEAR_LABEL = "Value"  # with what the heading of a number ends whose label stands in the column before it
COMPANY_CHARACTERS = 200  # of where somebody works, and of what they do there
QUESTIONS_MOST = 100  # on what people do, of one list; more than that nobody answers
TELLING = re.compile("[^\\W_]|[\u3000-\U0010ffff]")  # a letter, a figure, or a letter of the East or picture: no dash
NOBODY = "This line has no name, no e-mail address and no telephone number."
Names = Callable[[str], int]  # how many people and partners of a name we know


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow:
    """A person as a file tells it."""

    line: int
    new: NewContact

    @property
    def key(self) -> str:
        """Equal for the same name with the same surest sign: an address, a number, a profile, where they work."""
        return self.new.keys[0]

    def shown(self) -> dict[str, str]:
        """Field -> text, as a preview shows what would be stored."""
        told, new = self.new.told, self.new
        texts = {field: str(getattr(told, field)) for field in ("name", "company", "position", "note")}
        texts |= {field: str(getattr(new, field)) for field in (*ADDRESS, "website", "referred_by")}
        texts["email"] = "; ".join(filter(None, (told.email, *new.other_emails)))
        texts["phone"] = "; ".join(filter(None, (told.phone, *new.other_phones)))
        texts["known_since"] = new.known_since.isoformat() if new.known_since else ""
        return {field: text for field, text in texts.items() if text}


def read_contacts(
    table: Table,
    columns: Mapping[int, str],
    known: Names,
    *,
    limit: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Iterator[ContactRow | Problem]:
    """The people of a table, then its problems; `columns` is position -> field. More in `read_all`.

    What a person has no place for, such as a birthday or a second address, stands in the note.
    """
    return read_all(_Reader(table, columns, known), table, limit, progress)


class _Reader(Reader[ContactRow]):
    """Reads contacts."""

    def __init__(self, table: Table, columns: Mapping[int, str], known: Names) -> None:
        super().__init__(table, columns)
        self._header, self._known = table.header, known
        self._addresses = addresses(table.header, self._at)
        self._kept: list[str] = []  # what the line says and no column of ours can hold, for the note
        self._kinds: Counter[str] = Counter()  # of such lines, as a preview counts them
        self._asked = 0

    def why_out(self, row: tuple[str, ...]) -> str:
        """Why a line cannot be stored; empty when it can."""
        fields = ("name", "first_name", "middle_name", "last_name", "company", "email", "phone")
        return "" if any(TELLING.search(text) for field in fields for text in self._cells(field, row)) else NOBODY

    def read_row(self, row: tuple[str, ...]) -> ContactRow:
        """The person of one line."""
        self._kept = []
        emails, phones, sites = self._emails(row), self._phones(row), self._websites(row)
        address, since = self._address(row), self._known_since(row)
        company, position = (self._short(field, row) for field in ("company", "position"))
        written = (*self._cells("email", row), *self._cells("phone", row))  # what could be no address is still a sign
        name = self._name(row, (company, *emails[:1], *phones[:1], *written[:1]))
        self._keep_beside(row)
        told = ContactTold(
            name=name,
            email=next(iter(emails), ""),
            phone=next(iter(phones), ""),
            company=company,
            position=position,
            note=self._noted(row),
        )
        new = NewContact(
            told=told,
            other_emails=tuple(emails[1:]),
            other_phones=tuple(phones[1:]),
            website=next(iter(sites), ""),
            referred_by=shorten(clean(self._get("referred_by", row)), NAME_CHARACTERS),
            known_since=since,
            **address,
        )
        self._ask(name, position)
        return ContactRow(line=self._line, new=new)

    def repeat(self, earlier: ContactRow, later: ContactRow) -> str:
        """The same person once more: one is stored, with the addresses and numbers of either line."""
        first, more = earlier.new, later.new
        emails = _together((first.told.email, *first.other_emails), (more.told.email, *more.other_emails))
        phones = _together((first.told.phone, *first.other_phones), (more.told.phone, *more.other_phones))
        told = replace(
            first.told,
            email=next(iter(emails), ""),
            phone=next(iter(phones), ""),
            company=first.told.company or more.told.company,
            position=first.told.position or more.told.position,
            note=shorten(together(first.told.note, more.told.note), NOTE_CHARACTERS),
        )
        new = replace(first, told=told, other_emails=tuple(emails[1:]), other_phones=tuple(phones[1:]))
        if new == first:
            return f"The same person as line {earlier.line}; stored once."
        self.found[earlier.key] = replace(earlier, new=new)
        return f"The same person as line {earlier.line}; stored once, with what both lines say."

    def finish(self) -> None:
        """Say what stands in the notes, and of whom nobody knows who sent them; their name goes there, too."""
        self.problems += said_of(self._kinds)
        if "referred_by" not in self._at:
            return
        names = Counter(fold(row.new.told.name) for row in self.found.values())
        for key, row in self.found.items():
            by, who = row.new.referred_by, row.new.told
            if not by:
                continue
            count = self._known(by) or names[fold(by)]
            if count == 1 and fold(by) != fold(who.name):
                continue
            why = "we know nobody of this name" if not count else "we cannot tell who that is"
            self._line = row.line
            self._note("referred_by", f"“{shorten(by, 80)}” sent you {who.name}, but {why}; it stands in the note.")
            note = shorten("\n".join(filter(None, (who.note, f"Referred by: {by}"))), NOTE_CHARACTERS)
            self.found[key] = replace(row, new=replace(row.new, told=replace(who, note=note), referred_by=""))

    def _name(self, row: tuple[str, ...], instead: tuple[str, ...]) -> str:
        """The name as it is shown, or put together; who has none is called by what we know of them."""
        shown, first, middle, last, suffix = (
            clean(self._get(field, row)) for field in ("name", "first_name", "middle_name", "last_name", "suffix")
        )
        if shown and first and not last and fold(first) not in fold(shown):
            shown = f"{first} {shown}"  # “Name, First name”, where the name is the family's
        name = shown or (" ".join(filter(None, (first, middle, last, suffix))) if first or middle or last else "")
        if not TELLING.search(name):
            name = next(filter(None, instead), "")
            self._note("name", f"This line has no name; we call them “{shorten(name, 80)}” until you say better.")
        return cells.text_of("name", name, self._note)

    def _emails(self, row: tuple[str, ...]) -> list[str]:
        found: dict[str, str] = {}
        for cell in self._cells("email", row):
            for text in self._listed("email", cell, BETWEEN_EMAILS):
                address = text.removeprefix("mailto:").strip("<>")
                if is_email(address):
                    found.setdefault(address.casefold(), address)
                elif not text.lower().startswith(WITHIN):
                    self._kept.append(f"E-mail: {text}")
                    self._note("email", f"“{shorten(text, 60)}” is no e-mail address; it stands in the note.")
        return list(found.values())

    def _phones(self, row: tuple[str, ...]) -> list[str]:
        """All numbers as they are written, those for faxes and pagers last."""
        found: dict[str, bool] = {}
        for i in self._at.get("phone", ()):
            label = row[i - 1] if i and self._header[i].endswith(NEAR_LABEL) else ""
            for text in self._listed("phone", row[i], SEVERAL):
                if len(text) > cells.LIMITS["phone"]:
                    self._kept.append(f"Telephone: {text}")
                    self._note("phone", "A telephone number is too long; it stands in the note.")
                else:
                    found.setdefault(text, NOT_VOICE.search(f"{self._header[i]} {label}") is not None)
        for text in found:
            if 1 < sum(c.isdigit() for c in text) < cells.PHONE_DIGITS:
                self._note("phone", f"“{shorten(text, 40)}” is short for a telephone number; kept as it is.")
        return sorted(found, key=lambda text: found[text])

    def _websites(self, row: tuple[str, ...]) -> list[str]:
        texts = [text for cell in self._cells("website", row) for text in self._listed("website", cell, SEVERAL)]
        found = list(dict.fromkeys(site for text in texts if (site := cells.website_of(text, self._note))))
        self._keep(f"{WEBSITE}: {site}" for site in found[1:])
        return found

    def _address(self, row: tuple[str, ...]) -> dict[str, str]:
        """The first address that says anything; further ones go to the note."""
        told = [
            {field: ", ".join(filter(None, (clean(row[i]).strip(" ,") for i in at))) for field, at in one.items()}
            for one in self._addresses
        ]
        full = [one for one in told if any(one.values())]
        self._keep(f"{ANOTHER}: {', '.join(filter(None, one.values()))}" for one in full[1:])
        texts = {field: next(iter(full), {}).get(field, "") for field in ADDRESS}
        country = cells.country_of(texts["country"]) or shorten(texts["country"], 60)
        return {
            "street": cells.text_of("address", texts["street"], self._note),
            "city": cells.text_of("city", texts["city"], self._note),
            "region": cells.text_of("region", texts["region"], self._note),
            "postcode": cells.postcode_of(texts["postcode"], texts["region"], country, self._note),
            "country": country,
        }

    def _known_since(self, row: tuple[str, ...]) -> date | None:
        texts: list[str] = []
        cell = clean(self._get("known_since", row))
        found = day_of("known_since", cell, lambda _, sentence: texts.append(sentence))
        if cell:
            self._keep([f"{SINCE}: {found.isoformat() if found else cell}"])
        return found

    def _short(self, field: str, row: tuple[str, ...]) -> str:
        return shorten(clean(self._get(field, row)), COMPANY_CHARACTERS)

    def _keep_beside(self, row: tuple[str, ...]) -> None:
        """Keep what has no field here, behind what it is."""
        self._keep(birthday_lines([row[i] for i in self._at.get("birthday", ())]))
        self._keep(f"{DEPARTMENT}: {cell}" for cell in dict.fromkeys(self._cells("department", row)))
        self._keep(headed_line(self._header[i], cell) for i in self._at.get("beside", ()) if (cell := clean(row[i])))

    def _keep(self, lines: Iterable[str]) -> None:
        """Keep lines for the note, and count them by what stands before the colon."""
        for line in lines:
            self._kept.append(line)
            self._kinds[line.partition(":")[0]] += 1

    def _noted(self, row: tuple[str, ...]) -> str:
        note = "\n".join((*self._cells("note", row), *self._kept))
        if len(note) > NOTE_CHARACTERS:
            self._note("note", f"The note was cut at {NOTE_CHARACTERS:,} characters.")
        return shorten(note, NOTE_CHARACTERS)

    def _ask(self, name: str, position: str) -> None:
        """Ask whether somebody does what their position names; nothing is taken for granted."""
        service = service_of_position(position) if position and self._asked < QUESTIONS_MOST else ""
        if service:
            self._asked += 1
            called = taxonomy().services[service].name
            self._note(
                "position",
                f"Is {shorten(name, 80)} somebody for “{called}”? They are “{shorten(position, 80)}”. "
                "We take nothing for granted: say so when you go through your contacts.",
            )


def _together(first: tuple[str, ...], more: tuple[str, ...]) -> list[str]:
    found = {text.casefold(): text for text in reversed((*first, *more)) if text}
    return [found[key] for key in dict.fromkeys(text.casefold() for text in (*first, *more) if text)]
