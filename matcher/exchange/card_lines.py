"""The lines of address book cards, vCard 2.1, 3.0 and 4.0, as programs really write them.

Our own: the library vobject reads three of four real cards as they are, and each repair needs a look at the lines
that is half of this reader. Folded lines, quoted-printable with its own way to go on, bare types (2.1), groups of
Apple's address book, cards within cards and every encoding are read; a line that is none is passed over.
"""

import io
import quopri
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from matcher.exchange.encodings import find_encoding
from matcher.exchange.grid import CELL_CHARACTERS, refuse

BEGIN = "BEGIN:VCARD"
CARDS_MOST = 50_000  # of one file; ten times a large address book
LINES_MOST = 20 * CARDS_MOST  # a card with pictures and all has fewer once its lines are whole
DEPTH_MOST = 3  # cards within a card; real ones hold one, an assistant
PROPERTIES_MOST = 200  # of a card; real ones have up to 40
BINARY = frozenset(("PHOTO", "LOGO", "SOUND", "KEY", "X-MS-OL-DESIGN", "X-MS-CARDPICTURE"))
LINE = re.compile(r"([^\r\n]*)(?:\r\n?|\n|\Z)")
HEAD = re.compile(r'(?:[\w-]+\.)?([A-Za-z][\w-]{0,60})((?:;(?:[^":;]|"[^"]*")*)*):')
PARAMETER = re.compile(r';\s*([\w-]+)\s*(?:=((?:"[^"]*"|[^";])*))?')
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
PART = re.compile(r"((?:\\.?|[^;\\])*)(?:;|$)", re.DOTALL)  # up to a semicolon that is no text
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


def read_cards(content: bytes) -> list[Card]:
    """The whole cards of a file in the order in which they begin; a card within a card is one of its own."""
    codec, _ = find_encoding(io.BytesIO(content))
    return _cards(content.decode(codec, "replace"), DEPTH_MOST)


def _cards(text: str, depth: int) -> list[Card]:
    begun: list[Card] = []
    opened: list[Card] = []
    whole: set[int] = set()
    inner: list[Card] = []
    before = ""
    for name, head, value in _properties(text):
        mark = (name, value.strip().upper())
        if mark == ("BEGIN", "VCARD"):
            if opened and before != "AGENT":
                whole.add(id(opened.pop()))  # somebody forgot its end
            opened.append(Card())
            begun.append(opened[-1])
            if len(begun) > CARDS_MOST:
                raise refuse(TOO_MANY)
        elif mark == ("END", "VCARD") and opened:
            whole.add(id(opened.pop()))
        elif name == "AGENT" and BEGIN in value.upper() and depth:
            inner += _cards(Property(value).text, depth - 1)
        elif opened and name not in ("BEGIN", "END"):
            opened[-1].keep(name, _property(head, value))
        before = name
    return [card for card in begun if id(card) in whole] + inner


def _properties(text: str) -> Iterator[tuple[str, str, str]]:
    """Name, parameters and value of each line, folded lines made whole; pictures and keys left out."""
    for count, line in enumerate(_whole_lines(text)):
        if count >= LINES_MOST:
            raise refuse(TOO_MANY)
        if (head := HEAD.match(line)) and head[1].upper() not in BINARY:
            yield head[1].upper(), head[2], line[head.end() :]


def _whole_lines(text: str) -> Iterator[str]:
    """Lines with what was folded, cut where they are longer than any cell that we keep."""
    parts: list[str] = []
    size, goes_on, quoted = 0, False, False
    for found in LINE.finditer(text.lstrip("\ufeff")):
        line = found[1]
        if not line:
            goes_on = False  # an empty line ends what an unfinished one has begun
        elif parts and (goes_on or line[0] in " \t"):
            piece = line if goes_on else line[1:]
            goes_on = quoted and line.endswith("=")
            if size < 2 * CELL_CHARACTERS:
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
    """A line with its value decoded and its types, however its version writes them."""
    kinds: list[str] = []
    charset, quoted = "", False
    for name, told in PARAMETER.findall(head[:1_000]):
        key, given = name.lower(), told.strip('" ').lower()
        if key == "charset":
            charset = given
        elif "quoted-printable" in (key, given):
            quoted = True
        elif not given:
            kinds.append(key)
        elif key in ("type", "pref"):
            kinds += given.replace('"', "").split(",") if key == "type" else ["pref"]
    return Property(_decoded(value, charset) if quoted else value, sys.intern(" ".join(kinds)))


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
