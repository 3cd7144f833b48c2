"""What every reader of a list shares: cells by field, problems by line, and each thing once however often it occurs."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Generic, Protocol, TypeVar

from matcher.answers.imported import Problem
from matcher.exchange.clean import clean, shorten
from matcher.exchange.tables import Table

LISTED = 30  # texts read from one cell; nobody needs more, and each look-up takes half a millisecond
UNKNOWN_SHOWN = 100  # kinds of unknown text that are listed, commonest first
PROGRESS_EVERY = 1_000  # rows between two calls of `progress`
SPLIT = re.compile(r"\s*[;|,\n]\s*")


class Row(Protocol):
    """What one line of a list is about; `key` is equal for the same thing told twice."""

    @property
    def key(self) -> str:
        """The form under which it is known again."""

    def shown(self) -> Mapping[str, str]:
        """Field -> text, as a preview shows what would be stored."""


Found = TypeVar("Found", bound=Row)


class Reader(Generic[Found]):
    """Reads one line after the other and remembers by key what it found."""

    kinds: Mapping[str, str] = {"markets": "market"}  # field -> what a text in it should have named

    def __init__(self, table: Table, columns: Mapping[int, str]) -> None:
        self.found: dict[str, Found] = {}
        self.problems: list[Problem] = list(table.problems)
        self.unknown: Counter[tuple[str, str]] = Counter()  # (field, text) for which nothing could be found
        self._width = len(table.header)
        self._at: dict[str, list[int]] = {}
        for position in sorted(columns):
            if columns[position] and position < self._width:
                self._at.setdefault(columns[position], []).append(position)
        self._line = 0

    def read(self, line: int, row: tuple[str, ...]) -> None:
        """Keep what one line is about, or the reason why it stays out."""
        self._line = line
        reason = self._too_wide(row) or self.why_out(row)
        if reason:
            self._problem("name", reason, keeps_out=True)
            return
        found = self.read_row(row)
        earlier = self.found.setdefault(found.key, found)
        if earlier is not found:
            self._problem("name", self.repeat(earlier, found), keeps_out=True)

    def why_out(self, row: tuple[str, ...]) -> str:
        """Why a line cannot be stored; empty when it can."""
        raise NotImplementedError

    def read_row(self, row: tuple[str, ...]) -> Found:
        """What a line says that can be stored."""
        raise NotImplementedError

    def repeat(self, earlier: Found, later: Found) -> str:
        """Add to what is kept what the same thing tells once more, and say so in a sentence."""
        raise NotImplementedError

    def finish(self) -> None:
        """Look once more at what was found, now that every line is read."""

    def unknown_problems(self) -> Iterator[Problem]:
        """One problem for each kind of text that nothing could be found for, commonest first."""
        for (field, text), count in self.unknown.most_common(UNKNOWN_SHOWN):
            rows = "1 row" if count == 1 else f"{count:,} rows"
            kind, code = self.kinds.get(field, "service"), "the industry code " if field == "naics" else ""
            sentence = f"We know no {kind} for {code}“{shorten(text, 120)}” ({rows})."
            yield Problem(line=0, field=field, sentence=sentence)
        rest = list(self.unknown.most_common())[UNKNOWN_SHOWN:]
        if rest:
            field = rest[0][0][0]
            kind = self.kinds.get(field, "service")
            yield Problem(line=0, field=field, sentence=f"We know no {kind} for {len(rest):,} further kinds of text.")

    def _too_wide(self, row: tuple[str, ...]) -> str:
        if not any(cell.strip() for cell in row[self._width :]):
            return ""
        return (
            f"This line has {len(row)} cells where the heading has {self._width}: they are in the wrong columns. "
            "Put cells that hold a separator in quotation marks."
        )

    def _listed(self, field: str, cell: str, split: re.Pattern[str] = SPLIT) -> list[str]:
        """The texts that a cell lists, each once, as many as we read."""
        texts = list(dict.fromkeys(filter(None, map(clean, split.split(cell)))))
        if len(texts) > LISTED:
            self._note(field, f"One cell of this line lists {len(texts):,} things; we read the first {LISTED}.")
        return texts[:LISTED]

    def _get(self, field: str, row: tuple[str, ...]) -> str:
        """The cell of a field that has one column."""
        at = self._at.get(field)
        return row[at[0]] if at else ""

    def _cells(self, field: str, row: tuple[str, ...]) -> list[str]:
        """The cells of a field that may have several columns, cleaned, those that hold something."""
        return [text for i in self._at.get(field, ()) if (text := clean(row[i]))]

    def _joined(self, field: str, row: tuple[str, ...]) -> str:
        return " ".join(self._cells(field, row))

    def _note(self, field: str, sentence: str) -> None:
        self._problem(field, sentence, keeps_out=False)

    def _problem(self, field: str, sentence: str, *, keeps_out: bool) -> None:
        self.problems.append(Problem(line=self._line, field=field, sentence=sentence, keeps_out=keeps_out))


def read_all(
    reader: Reader[Found], table: Table, limit: int | None = None, progress: Callable[[int], None] | None = None
) -> Iterator[Found | Problem]:
    """What a table is about, then its problems; `limit` counts rows read.

    Rows read = what was found + problems that keep a row out. The whole table is read first, because a later line about
    the same thing may add to it; `progress` is told the rows read so far.
    """
    for count, (line, row) in enumerate(islice(table.rows(), limit), start=1):
        reader.read(line, row)
        if progress and count % PROGRESS_EVERY == 0:
            progress(count)
    reader.finish()
    yield from reader.found.values()
    yield from sorted(reader.problems, key=lambda problem: problem.line)
    yield from reader.unknown_problems()
