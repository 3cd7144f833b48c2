"""How a text file separates its cells, by its own evidence: equal widths and cells that look whole."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

SAMPLE_CHARACTERS = 2**16  # characters looked at
USUAL = ",;\t|:^~"
NEVER = frozenset(" \"'.-_()@&+#/\\\r\n\x00*%$!?")  # ordinary within names, addresses, telephone numbers, prices
ALONE = "\x1f"  # a separator that does not occur: the whole line is one cell
GOOD_ENOUGH = 0.25  # score below which nothing separates anything (half of the lines agree on two whole cells)
LONG_QUOTE = 100  # line breaks within one cell from which a quotation mark has been left open
NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar", ":": "colon", ALONE: "one column"}
SEP_LINE = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)  # a spreadsheet's own note to itself on the first line


class Reader(Protocol):
    """A csv reader: lines of cells, and how many lines of text it has read."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]:
        """The lines that are left."""

    def __next__(self) -> list[str]:
        """The next line."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """Separator, quotation mark ("" for none) and escape character ("" for doubled marks)."""

    delimiter: str
    quote: str = '"'
    escape: str = ""

    @property
    def name(self) -> str:
        """The separator in plain words."""
        return NAMES.get(self.delimiter, f"separator “{self.delimiter}”")

    def reader(self, lines: Iterable[str]) -> Reader:
        """A csv reader that keeps to this dialect."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quotechar=self.quote or None,
            quoting=csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
            escapechar=self.escape or None,
            doublequote=not self.escape,
        )


def find_dialect(sample: str) -> Dialect:
    """The dialect of the beginning of a file; ALONE as delimiter when there is only one column."""
    if told := SEP_LINE.match(sample):
        return Dialect(told[1])
    quote = '"' if '"' in sample or not re.search(r"^'.*'\s*$", sample, re.MULTILINE) else "'"
    escape = "\\" if '\\"' in sample and '""' not in sample else ""
    head = sample[:4096]
    others = {c for c in head if not c.isalnum() and c not in NEVER and c not in USUAL and head.count(c) > 2}
    tries = [Dialect(c, quote, escape) for c in (*USUAL, *sorted(others))]
    scores = {dialect: _score(sample, dialect) for dialect in tries}
    best = max(tries, key=lambda dialect: scores[dialect])
    if scores[best] < GOOD_ENOUGH:
        best = Dialect(ALONE, quote, escape)
    return Dialect(best.delimiter, "") if _runs_away(sample, best) else best


def _parse(sample: str, dialect: Dialect) -> list[list[str]]:
    """The sample as lines of cells; a last line that may be cut off is dropped."""
    lines: list[list[str]] = []
    with suppress(csv.Error):  # what could be read until then is evidence enough
        lines.extend(line for line in dialect.reader(io.StringIO(sample, newline="")) if any(line))
    return lines[:-1] if len(sample) >= SAMPLE_CHARACTERS and len(lines) > 1 else lines


def _score(sample: str, dialect: Dialect) -> float:
    """Share of lines of the commonest width x (1 - 1/width) x share of whole cells (0-1).

    The first two factors are the pattern score of van den Burg, Nazabal and Sutton (2019), "Wrangling messy CSV
    files by detecting row and type patterns", for the commonest width alone.
    """
    lines = _parse(sample, dialect)
    widths = Counter(len(line) for line in lines if len(line) > 1)
    if not widths:
        return 0.0
    width, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    if width == 2 and dialect.delimiter == "," and len(lines[0]) == 1 and count < len(lines):
        return 0.0  # a list of names under one heading: "Smith, John"
    cells = [cell for line in lines if len(line) == width for cell in line if cell]
    whole = sum(_is_whole(cell, dialect.delimiter) for cell in cells) / max(1, len(cells))
    rare = 1.0 if dialect.delimiter in USUAL[:4] else 0.7
    return rare * count / len(lines) * (1 - 1 / width) * whole


def _is_whole(cell: str, delimiter: str) -> bool:
    """A cell that holds no other usual separator and no loose quotation mark."""
    if cell[0] in "\"'" or cell[-1] == '"' or cell[:2] == "//":
        return False
    return not any(c in cell for c in ";\t|" if c != delimiter)


def _runs_away(sample: str, dialect: Dialect) -> bool:
    """A quotation mark that is opened and never closed swallows the lines after it."""
    if not dialect.quote:
        return False
    return any(cell.count("\n") > LONG_QUOTE for line in _parse(sample, dialect) for cell in line)
