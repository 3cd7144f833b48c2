"""Bring a file in: staged, previewed, then stored in one transaction that can be undone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from itertools import islice

from matcher.answers.imported import About, ColumnGuess, Preview, Problem
from matcher.exchange.columns import guess_columns
from matcher.exchange.reader import Row
from matcher.exchange.tables import Table, read_table
from matcher.facts import Import
from matcher.lists.erased_lines import asking_first
from matcher.lists.list_kinds import KINDS, Read, kind_of
from matcher.store import Session, Store, column_choices, imports

SAMPLE_ROWS = 200  # rows looked at for guessing columns and for the preview's problems
SHOWN_ROWS = 5  # rows of the preview
SAID, SAID_BEFORE = "You said so.", "You said so of the last such list."
LABEL_LENGTH = 200  # characters of a file's name, which is only a label


def stage(
    store: Store, network_id: int, file_name: str, content: bytes, at: datetime, *, about: About = "businesses"
) -> Preview:
    """Keep a file and say what storing it would do; Invalid with one sentence when it cannot be read."""
    label = _label(file_name)
    table = read_table(label, content, KINDS[about].layout.headings)
    new = Import(
        network_id=network_id,
        about=about,
        file_name=label,
        content_hash=sha256(content).hexdigest(),
        rows=table.row_count,
        staged_at=at,
    )
    with store.session(network_id, writes=True) as session:
        import_id = imports.stage(session, new, content)
        staged = _Staged(
            about=about,
            file_name=label,
            table=table,
            read=asking_first(store, session, about, KINDS[about].reader(session, network_id)),
            before=_chosen_before(session, about, table),
        )
    return _preview(import_id, staged, {})


def preview(store: Store, network_id: int, import_id: int, columns: Mapping[int, str]) -> Preview:
    """What storing a staged file would do, with columns as the user corrected them."""
    return _preview(import_id, _staged(store, network_id, import_id), columns)


def store_rows(store: Store, network_id: int, import_id: int, columns: Mapping[int, str], at: datetime) -> None:
    """Store a staged file. Reading comes first; then everything is written in one transaction, or nothing."""
    with store.session(network_id, writes=True) as session:
        if not imports.begin(session, import_id, at):
            return

    def note(rows_done: int) -> None:
        with store.session(network_id, writes=True) as session:
            imports.progress(session, import_id, rows_done)

    try:
        staged = _staged(store, network_id, import_id)
        guesses = staged.guesses(columns)
        read = list(staged.read(staged.table, _fields(guesses), progress=note))
        with store.session(network_id, writes=True) as session:
            done = imports.find(session, import_id)
            if done.state in ("stored", "undone"):
                return  # we were taken for stopped, and somebody else was faster
            _write(session, done, read, at)
            if staged.table.has_headings:
                header, fields = staged.table.header, staged.choice(guesses)
                column_choices.tell(session, network_id, staged.about, header, fields=fields, at=at)
    except BaseException:
        with store.session(network_id, writes=True) as session:
            imports.give_up(session, import_id)
        raise


def undo(store: Store, network_id: int, import_id: int, at: datetime) -> None:
    """Take a whole import out, in one transaction."""
    with store.session(network_id, writes=True) as session:
        found = imports.find(session, import_id)
        imports.undo(session, found, at)
        kind_of(found).remove(session, found)


@dataclass(frozen=True, kw_only=True)
class _Staged:
    """A file that waits to be stored, as a table, and how its rows are read."""

    about: About
    file_name: str
    table: Table
    read: Read
    before: Sequence[str]  # what the owner chose for such a list before, one field a column; empty: nothing

    @cached_property
    def ours(self) -> tuple[ColumnGuess, ...]:
        """What we think of the columns ourselves."""
        sample = [cells for _, cells in islice(self.table.rows(), SAMPLE_ROWS)]
        return guess_columns(self.table.header, sample, KINDS[self.about].layout)

    def guesses(self, columns: Mapping[int, str]) -> tuple[ColumnGuess, ...]:
        """Our guesses, with the user's choice of now or before; what no such list holds is left out."""
        known = KINDS[self.about].layout.fields
        chosen = {position: field if field in known else "" for position, field in columns.items()}
        before = {position: field for position, field in enumerate(self.before) if field in known or not field}
        return tuple(_said(_said(guess, before, SAID_BEFORE), chosen, SAID) for guess in self.ours)

    def choice(self, guesses: Sequence[ColumnGuess]) -> Sequence[str]:
        """The fields to remember for the next such list; none where our own guess is right."""
        fields = [guess.field for guess in guesses]
        return fields if fields != [guess.field for guess in self.ours] else ()


def _said(guess: ColumnGuess, fields: Mapping[int, str], why: str) -> ColumnGuess:
    """The guess, or what somebody has said of its column."""
    field = fields.get(guess.position, guess.field)
    return guess if field == guess.field else replace(guess, field=field, confidence=1.0, why=why)


def _chosen_before(session: Session, about: str, table: Table) -> Sequence[str]:
    return column_choices.told(session, about, table.header) if table.has_headings else ()


def _preview(import_id: int, staged: _Staged, columns: Mapping[int, str]) -> Preview:
    guesses = staged.guesses(columns)
    seen = list(staged.read(staged.table, _fields(guesses), limit=SAMPLE_ROWS))
    return Preview(
        import_id=import_id,
        about=staged.about,
        file_name=staged.file_name,
        form=staged.table.form,
        rows=staged.table.row_count,
        columns=guesses,
        sample=tuple(row.shown() for row in _rows(seen))[:SHOWN_ROWS],
        problems=_problems(seen),
    )


def _staged(store: Store, network_id: int, import_id: int) -> _Staged:
    with store.session(network_id) as session:
        found, content = imports.find(session, import_id), imports.content(session, import_id)
        kind = kind_of(found)
        about = _about(found)
        read = asking_first(store, session, about, kind.reader(session, network_id))
    table = read_table(found.file_name, content, kind.layout.headings)
    with store.session(network_id) as session:
        before = _chosen_before(session, about, table)
    return _Staged(about=about, file_name=found.file_name, table=table, read=read, before=before)


def _about(found: Import) -> About:
    return found.about  # type: ignore[return-value]


def _write(session: Session, done: Import, read: Sequence[Row | Problem], at: datetime) -> None:
    kind = kind_of(done)
    known = kind.known(session, done.network_id)
    rows, problems = _rows(read), _problems(read)
    new = [row for row in rows if known.isdisjoint(kind.keys(row))]
    done.same = len(rows) - len(new)
    done.problems = sum(problem.keeps_out for problem in problems)
    done.notes = len(problems) - done.problems
    kind.add(session, done, new, at)
    imports.finish(session, done, len(new), problems, at)


def _rows(read: Iterable[Row | Problem]) -> list[Row]:
    return [row for row in read if not isinstance(row, Problem)]


def _problems(read: Iterable[Row | Problem]) -> tuple[Problem, ...]:
    return tuple(row for row in read if isinstance(row, Problem))


def _fields(guesses: Iterable[ColumnGuess]) -> dict[int, str]:
    return {guess.position: guess.field for guess in guesses}


def _label(file_name: str) -> str:
    name = file_name.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in name if c.isprintable())[:LABEL_LENGTH].strip() or "file"
