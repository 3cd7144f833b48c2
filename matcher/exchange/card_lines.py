"""The lines of address book cards, vCard 2.1, 3.0 and 4.0, as programs really write them.

Our own: the library vobject reads three of four real cards as they are, and each repair needs a look at the lines
that is half of this reader. Folded lines, quoted-printable with its own way to go on, bare types (2.1), groups of
Apple's address book, cards within cards and every encoding are read; a line that is none is passed over.
"""

import io
import quopri
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache

from matcher.exchange.encodings import find_encoding
from matcher.exchange.grid import CELL_CHARACTERS, refuse

BEGIN = "BEGIN:VCARD"
CARDS_MOST = 50_000  # of one file; ten times a large address book
LINES_MOST = 20 * CARDS_MOST  # a card with pictures and all has fewer once its lines are whole
DEPTH_MOST = 3  # cards within a card; real ones hold one, an assistant
LINE_CHARACTERS = 2 * CELL_CHARACTERS  # of a line made whole; what is written may be longer than what it says
PROPERTIES_MOST = 200  # of a card; real ones have up to 40
BINARY = frozenset(("PHOTO", "LOGO", "SOUND", "KEY", "X-MS-OL-DESIGN", "X-MS-CARDPICTURE"))
HEAD = re.compile(r'(?:[\w-]+\.)?([A-Za-z][\w-]{0,60})((?:;(?:[^":;]++|"[^"]*+")*+)*+):')
PARAMETER = re.compile(r';\s*([\w-]+)\s*(?:=((?:"[^"]*"|[^";])*))?')
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
PART = re.compile(r"((?:\\.?|[^;\\]++)*+)(?:;|$)", re.DOTALL)  # up to a semicolon that is no text
TOO_MANY = f"We read {CARDS_MOST:,} cards at a time. Save them in several files and import each."


@dataclass(frozen=True, slots=True)
class Property:
    """One line of a card: its value as it was written, and its parameters in lower case."""

    value: str
    kinds: str = ""  # types and preferences with blanks between: home, work, cell, fax, pref

    @property
    def text(self) -> str:
        """The whole value as text."""
        if "\\" not in self.value:
            return self.value
        return ESCAPED.sub(lambda sign: "\n" if sign[1] in "nN" else sign[1], self.value)

    @property
    def parts(self) -> list[str]:
        """The parts between semicolons, a semicolon behind a backslash being part of the text."""
        if "\\" not in self.value:
            return self.value.split(";")
        return [Property(part).text for part in PART.findall(self.value)]


@dataclass(slots=True)
class Card:
    """A card: its properties by name in capitals, each in the order of the file."""

    properties: dict[str, list[Property]] = field(default_factory=dict)
    size: int = 0
    whole: bool = False  # its end was found, or somebody forgot it before another began

    def first(self, name: str) -> Property:
        """The first property of this name; an empty one when there is none."""
        return self.properties.get(name, [Property("")])[0]

    def all(self, name: str) -> list[Property]:
        """All properties of this name that say something."""
        return [one for one in self.properties.get(name, ()) if one.value.strip("; \t")]

    def keep(self, name: str, told: Property) -> None:
        """Add a property, unless there are more than any real card has."""
        if self.size < PROPERTIES_MOST:
            self.properties.setdefault(name, []).append(told)
            self.size += 1


def recognises(content: bytes) -> bool:
    """Whether a file is one of cards, in any encoding."""
    begin = content[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return begin[: len(BEGIN)].upper() == BEGIN.encode()


def read_cards(content: bytes) -> Iterator[Card]:
    """The whole cards of a file in the order in which they begin, a card within a card as one of its own.

    Those that are written within a property come last.
    """
    codec, _ = find_encoding(io.BytesIO(content))
    return _cards(io.TextIOWrapper(io.BytesIO(content), codec, "replace"), DEPTH_MOST)


def _cards(lines: Iterable[str], depth: int) -> Iterator[Card]:
    """Cards are given away once none is open, so that a long file is never held as cards."""
    begun: list[Card] = []
    opened: list[Card] = []
    inner: list[Card] = []
    count, before = 0, ""
    for name, head, value in _properties(lines):
        if name in ("BEGIN", "END"):
            if value.strip().upper() != "VCARD":
                continue
            if opened and (name == "END" or before != "AGENT"):
                opened.pop().whole = True
            if not opened:
                yield from (card for card in begun if card.whole)
                begun = []
            if name == "BEGIN":
                opened.append(Card())
                begun.append(opened[-1])
                count += 1
        elif name == "AGENT" and BEGIN in value.upper() and depth:
            inner += _cards(io.StringIO(Property(value).text, None), depth - 1)
        elif opened:
            opened[-1].keep(name, _property(head, value))
        before = name
        if count + len(inner) > CARDS_MOST:
            raise refuse(TOO_MANY)
    yield from (card for card in (*begun, *inner) if card.whole)


def _properties(lines: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Name, parameters and value of each line, folded lines made whole; pictures and keys left out."""
    for count, line in enumerate(_whole_lines(lines)):
        if count >= LINES_MOST:
            raise refuse(TOO_MANY)
        if (head := HEAD.match(line)) and head[1].upper() not in BINARY:
            yield head[1].upper(), head[2], line[head.end() :]


def _whole_lines(lines: Iterable[str]) -> Iterator[str]:
    """Lines with what was folded, as far as LINE_CHARACTERS."""
    parts: list[str] = []
    size, goes_on, quoted = 0, False, False
    for written in lines:
        line = written.strip("\n\ufeff")
        if not line:
            goes_on = False  # an empty line ends what an unfinished one has begun
        elif parts and (goes_on or line[0] in " \t"):
            piece = line if goes_on else line[1:]
            goes_on = quoted and line.endswith("=")
            if size < LINE_CHARACTERS:
                parts.append(piece[:-1] if goes_on else piece)
                size += len(piece)
        else:
            if parts:
                yield "".join(parts)
            quoted = "QUOTED-PRINTABLE" in line[:200].partition(":")[0].upper()
            goes_on = quoted and line.endswith("=")
            parts, size = [line[:-1] if goes_on else line], len(line)
    if parts:
        yield "".join(parts)


def _property(head: str, value: str) -> Property:
    """A line with its value decoded, cut where it is longer than any cell that we keep, and its types."""
    kinds, charset, quoted = _parameters(head[:1_000])
    written = value[:LINE_CHARACTERS]
    return Property(_decoded(written, charset) if quoted else written, kinds)


@lru_cache(maxsize=1_000)
def _parameters(head: str) -> tuple[str, str, bool]:
    """Types, encoding and whether a value is quoted-printable, in any version's way; few differ in a file."""
    kinds: list[str] = []
    charset, quoted = "", False
    for name, told in PARAMETER.findall(head):
        key, given = name.lower(), told.strip('" ').lower()
        if key == "charset":
            charset = given
        elif "quoted-printable" in (key, given):
            quoted = True
        elif not given:
            kinds.append(key)
        elif key in ("type", "pref"):
            kinds += given.replace('"', "").split(",") if key == "type" else ["pref"]
    return " ".join(kinds), charset, quoted


def _decoded(value: str, charset: str) -> str:
    """Quoted-printable as text, in the encoding that the line names if there is such a one."""
    content = quopri.decodestring(value.encode("utf-8", "replace"))
    with suppress(LookupError, ValueError):
        if charset:
            return content.decode(charset, "replace").replace("\ufffd", "").replace("\r\n", "\n")
    codec = "utf-8" if _is_utf8(content) else "cp1252"
    return content.decode(codec, "replace").replace("\r\n", "\n")


def _is_utf8(content: bytes) -> bool:
    with suppress(UnicodeDecodeError):
        return bool(content.decode("utf-8")) or not content
    return False
