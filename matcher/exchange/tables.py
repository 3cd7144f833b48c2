"""Any list as a table: what form it had, its heading, and its rows as a stream."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from matcher.answers.imported import Problem
from matcher.exchange import archives, card_lines, contact_cards, delimited, pasted, spreadsheets, vcard
from matcher.exchange.clean import clean, shorten
from matcher.exchange.contact_columns import CONTACT_HEADINGS
from matcher.exchange.grid import FILE_BYTES, PEOPLE_MOST, Grid, Line, refuse
from matcher.exchange.headings import BUSINESSES, field_of

LABEL = 60  # characters of the file name shown in a sentence
HEADING_LINES = 40  # lines looked at for the heading; the longest preamble observed has six
NO_LIST = (
    "Choose a list with a heading line and one business, client or contact a line: CSV, Excel (.xlsx), "
    "OpenDocument (.ods) or vCard."
)
KNOWN_AS = (  # first bytes -> what such a file is; file signatures as published by their makers
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a sound or film"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
    (b"BZh", "packed with bzip2"),
    (b"7z\xbc\xaf", "packed with 7-Zip"),
    (b"Rar!", "packed with RAR"),
    (b"\xfd7zXZ", "packed with xz"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd"),
    (b"<!DOCTYPE", "a web page"),
    (b"<!doctype", "a web page"),
    (b"<html", "a web page"),
    (b"<?xml", "an XML file"),
    (b"{\\rtf", "a text document"),
    (b'[{"', "a JSON file"),
    (b'{"', "a JSON file"),
)
EXACT = 0.8  # sureness of a heading that is known word by word; parts of one reach 0.76
PLAINER = 0.2  # how much plainer a later line must be to be the heading (one in five cells)
GAPS = re.compile(r"\S {2,}\S")  # columns lined up with blanks
VALUE = re.compile(  # each part can end in one place only, so that a cell of any length is tried in linear time
    r"[-+]?[$€£]?[.,:/ %()+-]*\d[\d.,:/ %()+-]*|[^\s@]+@[^\s.]+\.\S+|(https?://|www\.)\S+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A file format: how its first bytes look and how it is taken apart."""

    recognises: Callable[[bytes], bool]
    open_grid: Callable[[bytes], Grid]


ARCHIVE = Format(recognises=archives.recognises, open_grid=archives.open_grid)
SPREADSHEET = Format(recognises=spreadsheets.recognises, open_grid=spreadsheets.open_grid)
CARDS = Format(recognises=card_lines.recognises, open_grid=vcard.open_grid)
PEOPLE = Format(recognises=card_lines.recognises, open_grid=contact_cards.open_grid)
DELIMITED = Format(recognises=delimited.recognises, open_grid=delimited.open_grid)
FORMATS = (ARCHIVE, SPREADSHEET, CARDS, DELIMITED)
CONTACT_FORMATS = (ARCHIVE, SPREADSHEET, PEOPLE, DELIMITED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A list with its heading. Every row is as wide as the heading, or wider if its line was."""

    form: str
    header: tuple[str, ...]
    row_count: int
    problems: tuple[Problem, ...]  # of the file as a whole
    grid: Grid
    first_line: int  # rows begin after this line; 0 when the list has no heading

    @property
    def has_headings(self) -> bool:
        """Whether the list says itself what its columns are."""
        return self.first_line > 0

    def rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Line number (as a spreadsheet counts) and cells of each row that is not blank, from the top each time."""
        width = len(self.header)
        for number, cells in self.grid.lines():
            if number > self.first_line:
                yield number, tuple(cells) + ("",) * (width - len(cells))


def read_table(file_name: str, content: bytes, headings: str = BUSINESSES) -> Table:
    """The table in a file, recognised by its content; `file_name` is only a label. Invalid("file", ...) otherwise.

    `headings` is the file of `data/taxonomy` by which the line with the headings is told from others.
    """
    if len(content) > FILE_BYTES:
        raise refuse(f"This file is larger than {FILE_BYTES // 2**20} MB. Split it into smaller files and import each.")
    for magic, what in KNOWN_AS:
        if content.lstrip(b"\xef\xbb\xbf \r\n\t")[: len(magic)] == magic:
            raise refuse(f"“{shorten(clean(file_name), LABEL)}” is {what}, not a list. {NO_LIST}")
    contacts = headings == CONTACT_HEADINGS
    opened = next((kind for kind in (CONTACT_FORMATS if contacts else FORMATS) if kind.recognises(content)), None)
    if opened is None:
        raise refuse(f"This file is empty. {NO_LIST}")
    grid = opened.open_grid(content)
    top = list(islice(grid.lines(), HEADING_LINES))
    if not top:
        raise refuse(f"This file is empty. {NO_LIST}")
    at = 0 if grid.heading_is_first else _heading_at(top, headings)
    if contacts and (at is None or not _is_known(top[at][1], headings)):
        return _pasted(pasted.open_grid(grid))
    first_line, header = _header(top, at)
    count = sum(number > first_line for number, _ in grid.lines())
    if contacts and count > PEOPLE_MOST:
        raise refuse(f"We read {PEOPLE_MOST:,} people at a time. Split this list into smaller files and import each.")
    if not count:
        raise refuse("This file has a heading line but no rows below it. Add a line for each and import it again.")
    _check_columns(header, top)
    problems = tuple(Problem(line=0, field="", sentence=note) for note in grid.notes) + _about_header(
        header, first_line
    )
    return Table(form=grid.form, header=header, row_count=count, problems=problems, grid=grid, first_line=first_line)


def _pasted(grid: Grid) -> Table:
    """People without headings: what each line tells stands in columns of ours."""
    count = sum(1 for _ in grid.lines())
    return Table(form=grid.form, header=pasted.HEADINGS, row_count=count, problems=(), grid=grid, first_line=0)


def _is_known(cells: list[str], headings: str) -> bool:
    """Whether enough cells of a line are headings word by word, so that no person is taken for one."""
    known = sum(field_of(cell, headings)[1] >= EXACT for cell in cells if len(cell) < 60)
    return known >= PLAINER * max(1, _filled(cells))


def _heading_at(top: list[Line], headings: str) -> int | None:
    """Which of the first lines is the heading: the first full one, or a later one with plainer headings; or none."""
    widths = sorted(_width(cells) for _, cells in top)
    usual = widths[len(widths) // 2]
    full = [i for i, (_, cells) in enumerate(top) if _filled(cells) >= max(min(2, usual), 0.5 * usual)]
    first = full[0] if full else 0
    known = {i: _known_share(top[i][1], headings) for i in full or [0]}
    best = max(known, key=lambda i: (known[i] + PLAINER * (i == first), -i))
    if known[best] < PLAINER and (usual == 1 or any(VALUE.fullmatch(cell.strip()) for cell in top[best][1])):
        return None
    return best


def _known_share(cells: list[str], headings: str) -> float:
    """How surely the cells of a line are headings (0-1, mean over those that are not blank)."""
    return sum(field_of(cell, headings)[1] for cell in cells if len(cell) < 60) / max(1, _filled(cells))


def _filled(cells: list[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _width(cells: list[str]) -> int:
    """Cells up to the last that is not blank."""
    return max((i for i, cell in enumerate(cells, start=1) if cell.strip()), default=0)


def _header(top: list[Line], at: int | None) -> tuple[int, tuple[str, ...]]:
    """The line number of the heading and its cells; "Column 1" and so on where there is no heading."""
    below = [_width(cells) for _, cells in top[(0 if at is None else at + 1) :]]
    widest = max(below, default=0)
    if at is None:
        return 0, tuple(f"Column {i}" for i in range(1, widest + 1))
    number, cells = top[at]
    header = [cell.strip().lstrip("\ufeff") for cell in cells[: max(1, _width(cells))]]
    if below and min(below) == widest == len(header) + 1:
        header.insert(0, "")  # statistics programs leave the heading of the row numbers out
    return number, tuple(header) + ("",) * (len(cells) - len(header))


def _check_columns(header: tuple[str, ...], top: list[Line]) -> None:
    """One column is fine for a list of names, not for lines that hold separators we could not make sense of."""
    if len(header) > 1:
        return
    texts = [cells[0] for _, cells in top if cells]
    if sum(bool(GAPS.search(text)) or any(text.count(c) >= 2 for c in ";|\t,") for text in texts) > 0.5 * len(
        texts
    ) or any(c in header[0] for c in ";|\t,"):
        raise refuse(
            "The columns of this file cannot be told apart. "
            "Save it again as CSV with a comma or a semicolon between the columns."
        )


def _about_header(header: tuple[str, ...], line: int) -> tuple[Problem, ...]:
    """Headings that occur twice: both columns are kept."""
    seen: dict[str, int] = {}
    for text in header:
        if text:
            seen[text] = seen.get(text, 0) + 1
    return tuple(
        Problem(
            line=line, field="", sentence=f"The heading “{text[:60]}” occurs {n} times; each is a column of its own."
        )
        for text, n in seen.items()
        if n > 1
    )
