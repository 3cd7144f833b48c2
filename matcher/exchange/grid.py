"""What every file format gives: lines of cells that can be read again and again, within limits that have numbers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from matcher.errors import Invalid

FILE_BYTES = 50 * 2**20  # bytes of a file as sent; seven times the largest real licence list measured (7 MB, packed)
UNPACKED_BYTES = 128 * 2**20  # bytes after unpacking; five times that list unpacked (24 MB), half of a worker's 256 MB
ZIP_MEMBERS = 2_000  # files inside a spreadsheet; ordinary ones have 10-100
ROWS = 2_000_000  # rows; twice what a spreadsheet can hold
PEOPLE_MOST = 100_000  # rows of a list of people; LinkedIn, the largest, allows 30,000 connections
COLUMNS = 500  # columns; the widest contact export observed has about 100
CELL_CHARACTERS = 10_000  # characters of a cell; the longest field we keep has 2,000
SPREADSHEET_SECONDS = (
    5  # seconds of processor time for parsing a spreadsheet: the longest answer promised to a hostile file
)
SPREADSHEET_WAIT_SECONDS = 30  # seconds until we give up on it where others keep the processor busy
SPREADSHEET_BYTES = 600 * 2**20  # bytes of address space for parsing one; 150,000 rows of 16 columns take 280 MB

Line = tuple[int, list[str]]  # number as a spreadsheet counts (from 1), cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A file taken apart into cells, before anybody knows which line is the heading."""

    form: str  # "CSV, semicolon, Windows-1252"
    lines: Callable[[], Iterator[Line]]  # starts from the top each time; blank lines are counted but not given
    heading_is_first: bool = False  # written by our own export
    notes: tuple[str, ...] = ()  # sentences about the file as a whole


def refuse(sentence: str) -> Invalid:
    """The exception for a file that cannot be read; the sentence says what to do."""
    return Invalid("file", sentence)


def within_limits(lines: Iterator[Line]) -> Iterator[Line]:
    """The same lines, refused once there are too many rows or columns; cells are cut at CELL_CHARACTERS."""
    for count, (number, cells) in enumerate(lines):
        if count >= ROWS:
            raise refuse(f"This file has more than {ROWS:,} rows. Split it into smaller files and import each.")
        if len(cells) > COLUMNS:
            raise refuse(
                f"Line {number} has {len(cells):,} columns; {COLUMNS} are the most we read. "
                "Keep the columns you need and save the file again."
            )
        if len("".join(cells)) > CELL_CHARACTERS:
            cells = [cell[:CELL_CHARACTERS] for cell in cells]
        yield number, cells
