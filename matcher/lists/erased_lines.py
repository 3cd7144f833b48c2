"""Lines of a list about somebody who was erased: they stay out until the owner says otherwise."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from matcher.answers.imported import About, Problem
from matcher.erasing import ERASING, signs_in, signs_of
from matcher.exchange.reader import Row
from matcher.exchange.tables import Table
from matcher.keys import derived
from matcher.lists.list_kinds import Read
from matcher.store import Session, Store, erasures

AGAIN = "To store the line all the same, say so under “Erased people”."


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
        """See `matcher.lists.list_kinds.Read`."""
        kept_out: list[Problem] = []
        later: list[Problem] = []
        for found in self.read(table, columns, limit=limit, progress=progress):
            if isinstance(found, Problem):
                later.append(found)
            elif sentence := self._why_out(found):
                line = getattr(found, "line", 0)
                kept_out.append(Problem(line=line, field="name", sentence=sentence, keeps_out=True))
            else:
                yield found
        lines = {problem.line for problem in kept_out}  # what else was noticed on them may say a name or an address
        told = [problem for problem in later if problem.keeps_out or problem.line not in lines]
        yield from sorted(kept_out + told, key=lambda problem: problem.line)

    def _why_out(self, row: Row) -> str:
        """Why a line stays out: whom it is about was erased, or who sent them; empty when neither was."""
        shown = row.shown()
        if day := self._erased_on(signs_in(shown, self.key)):
            return f"You erased this person on {day.day} {day:%B %Y}. {AGAIN}"
        if day := self._erased_on(signs_of(shown.get("referred_by", ""), "", (), self.key)):
            return f"You erased whoever referred this person, on {day.day} {day:%B %Y}. {AGAIN}"
        return ""

    def _erased_on(self, signs: Collection[str]) -> date | None:
        return max((self.erased_on[sign] for sign in signs if sign in self.erased_on), default=None)
