"""Lines of a list about somebody who was erased: they stay out until the owner says otherwise."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from matcher.answers.imported import About, Problem
from matcher.erasing import ERASING, signs_in
from matcher.exchange.reader import Row
from matcher.exchange.tables import Table
from matcher.keys import derived
from matcher.list_kinds import Read
from matcher.store import Session, Store, erasures


def asking_first(store: Store, session: Session, about: About, read: Read) -> Read:
    """The same reader, but a line about an erased person is a problem; lists of businesses hold no people."""
    erased_on = {} if about == "businesses" else erasures.erased_on(session)
    if not erased_on:
        return read
    return _AskingFirst(read=read, erased_on=erased_on, key=derived(store.secret, ERASING))


@dataclass(frozen=True, kw_only=True)
class _AskingFirst:
    """Reads as `read` does and keeps erased people out."""

    read: Read
    erased_on: Mapping[str, date]
    key: bytes

    def __call__(
        self,
        table: Table,
        columns: Mapping[int, str],
        *,
        limit: int | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> Iterator[Row | Problem]:
        """See `matcher.list_kinds.Read`."""
        kept_out: list[Problem] = []
        later: list[Problem] = []
        for found in self.read(table, columns, limit=limit, progress=progress):
            if isinstance(found, Problem):
                later.append(found)
            elif day := self._erased(found):
                kept_out.append(_problem(found, day))
            else:
                yield found
        yield from sorted(kept_out + later, key=lambda problem: problem.line)

    def _erased(self, row: Row) -> date | None:
        """The day on which whom a line is about was erased."""
        return max((self.erased_on[s] for s in signs_in(row.shown(), self.key) if s in self.erased_on), default=None)


def _problem(row: Row, day: date) -> Problem:
    sentence = (
        f"You erased this person on {day.day} {day:%B %Y}. To store them all the same, say so under “Erased people”."
    )
    return Problem(line=getattr(row, "line", 0), field="name", sentence=sentence, keeps_out=True)
