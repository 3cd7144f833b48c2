"""Text files: CSV with any separator and encoding, also packed with gzip, read as a stream."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from matcher.exchange.dialects import LONG_QUOTE, SAMPLE_CHARACTERS, Dialect, find_dialect
from matcher.exchange.encodings import find_encoding
from matcher.exchange.formulas import restore
from matcher.exchange.grid import Grid, Line, refuse, within_limits
from matcher.exchange.packed import GZIP_MAGIC, unpacked

LINE_CHARACTERS = 2**20  # characters of one line of text; 100 cells of the largest size
ODD_SHARE = 0.02  # control characters per character above which a file is no text (text has none)
ODD_LEAST = 4  # control characters that even a short file may hold
ZERO_SHARE = 0.1  # NUL characters per character above which a file is no text (some programs pad with a few)
FIRST_CELL = re.compile('\ufeff?"(?:[^"]|"")*"([,;\t|])')
OWN_MARK = b'\xef\xbb\xbf"'  # how a file from our own export begins


def recognises(content: bytes) -> bool:
    """Whatever is not another format is taken for text; `open_grid` refuses what is none."""
    return bool(content)


def open_grid(content: bytes) -> Grid:
    """The lines of a CSV file; Invalid when it is not text."""
    packed = content.startswith(GZIP_MAGIC)

    def source() -> BinaryIO:
        return unpacked(content) if packed else io.BytesIO(content)

    with source() as stream:
        begins = stream.read(len(OWN_MARK))
    with source() as stream:
        codec, encoding = find_encoding(stream)
    with _text(source(), codec) as text:
        sample = text.read(SAMPLE_CHARACTERS)
    own = begins == OWN_MARK
    if not own:
        _check_is_text(sample)
        sample = sample.replace("\x00", "")
    dialect = Dialect(_own_separator(sample)) if own else find_dialect(sample)
    return Grid(
        form=f"CSV, {dialect.name}, {encoding}" + (", gzip" if packed else ""),
        lines=lambda: within_limits(_lines(source, codec, dialect, own)),
        heading_is_first=own,
    )


def _text(stream: BinaryIO, codec: str) -> io.TextIOWrapper:
    """The stream as text whose line ends are left as they are; broken characters become question marks."""
    return io.TextIOWrapper(stream, encoding=codec, errors="replace", newline="")


def _own_separator(sample: str) -> str:
    """What stands behind the first heading: a comma, unless another program has saved our export again."""
    found = FIRST_CELL.match(sample)
    return found[1] if found else ","


def _check_is_text(sample: str) -> None:
    """Refuse bytes that decode to something nobody can read."""
    if not sample.strip("\x00\ufeff \t\r\n"):
        raise refuse("This file is empty. Choose a file with a heading line and a line for each.")
    odd = sum((c < " " and c not in "\0\t\r\n\x0c\x1a\x1f\x01") or c == "\ufffd" for c in sample)
    if odd > max(ODD_LEAST, ODD_SHARE * len(sample)) or sample.count("\0") > ZERO_SHARE * len(sample):
        raise refuse("This is not a list that can be read. Save it as CSV, Excel (.xlsx) or OpenDocument (.ods).")


def _lines(source: Callable[[], BinaryIO], codec: str, dialect: Dialect, own: bool) -> Iterator[Line]:
    with _text(source(), codec) as text:
        reader = dialect.reader(_bounded(text))
        number = before = 0
        while True:
            number, before = number + 1, reader.line_num
            try:
                cells = next(reader, None)
            except csv.Error as error:
                raise refuse(_unclosed(number)) from error
            if cells is None:
                return
            if not any(cells):
                continue
            if reader.line_num - before > LONG_QUOTE:
                raise refuse(_unclosed(number))
            yield number, [restore(cell) for cell in cells] if own else cells


def _bounded(text: io.TextIOWrapper) -> Iterator[str]:
    """The lines of a text without NUL characters; Invalid for one too long to hold."""
    while line := text.readline(LINE_CHARACTERS):
        if len(line) == LINE_CHARACTERS:
            raise refuse("A line of this file has more than a million characters. Save the list again as CSV.")
        yield line.replace("\x00", "") if "\x00" in line else line


def _unclosed(number: int) -> str:
    return (
        f"Near line {number} a quotation mark is opened and never closed. "
        "Close it, or save the list again as CSV from your spreadsheet. (A cell may have at most 130,000 characters.)"
    )
