"""Bring a file in: staged, previewed, then stored in one transaction that can be undone."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from itertools import islice

from matcher.exchange.columns import guess_columns
from matcher.exchange.directory import BusinessRow, read_businesses
from matcher.exchange.tables import Table, read_table
from matcher.facts import Import
from matcher.imported import ColumnGuess, Preview, Problem
from matcher.store import Store, imports
from matcher.store.imports import NewBusiness

SAMPLE_ROWS = 200  # rows looked at for guessing columns and for the preview's problems
SHOWN_ROWS = 5  # rows of the preview
LABEL_LENGTH = 200  # characters of a file's name, which is only a label


def stage(store: Store, network_id: int, file_name: str, content: bytes, at: datetime) -> Preview:
    """Keep a file and say what storing it would do; Invalid with one sentence when it cannot be read."""
    label = _label(file_name)
    table = read_table(label, content)
    digest = sha256(content).hexdigest()
    new = Import(network_id=network_id, file_name=label, content_hash=digest, rows=table.row_count, staged_at=at)
    with store.session(network_id, writes=True) as session:
        import_id = imports.stage(session, new, content)
    return _preview(import_id, label, table, {})


def preview(store: Store, network_id: int, import_id: int, columns: Mapping[int, str]) -> Preview:
    """What storing a staged file would do, with columns as the user corrected them."""
    name, table = _staged(store, network_id, import_id)
    return _preview(import_id, name, table, columns)


def store_rows(store: Store, network_id: int, import_id: int, columns: Mapping[int, str], at: datetime) -> None:
    """Store a staged file. Reading comes first; then everything is written in one transaction, or nothing."""
    with store.session(network_id, writes=True) as session:
        if not imports.begin(session, import_id, at):
            return

    def note(rows_done: int) -> None:
        with store.session(network_id, writes=True) as session:
            imports.progress(session, import_id, rows_done)

    try:
        _, table = _staged(store, network_id, import_id)
        fields = {guess.position: guess.field for guess in _corrected(table, columns)}
        read = list(read_businesses(table, fields, progress=note))
        with store.session(network_id, writes=True) as session:
            known = imports.known_keys(session, network_id)
            rows = [row for row in read if isinstance(row, BusinessRow)]
            new = [
                NewBusiness(columns=r.columns(), offers=r.offers, markets=r.markets) for r in rows if r.key not in known
            ]
            problems = [row for row in read if isinstance(row, Problem)]
            done = imports.find(session, import_id)
            if done.state in ("stored", "undone"):
                return  # we were taken for stopped, and somebody else was faster
            done.same = len(rows) - len(new)
            done.problems = sum(problem.keeps_out for problem in problems)
            done.notes = len(problems) - done.problems
            imports.finish(session, done, new, problems, at)
    except BaseException:
        with store.session(network_id, writes=True) as session:
            imports.give_up(session, import_id)
        raise


def _staged(store: Store, network_id: int, import_id: int) -> tuple[str, Table]:
    with store.session(network_id) as session:
        found, content = imports.find(session, import_id), imports.content(session, import_id)
    return found.file_name, read_table(found.file_name, content)


def _preview(import_id: int, name: str, table: Table, columns: Mapping[int, str]) -> Preview:
    guesses = _corrected(table, columns)
    fields = {guess.position: guess.field for guess in guesses}
    seen = list(read_businesses(table, fields, limit=SAMPLE_ROWS))
    return Preview(
        import_id=import_id,
        file_name=name,
        form=table.form,
        rows=table.row_count,
        columns=guesses,
        sample=tuple(row.shown() for row in seen if isinstance(row, BusinessRow))[:SHOWN_ROWS],
        problems=tuple(row for row in seen if isinstance(row, Problem)),
    )


def _corrected(table: Table, columns: Mapping[int, str]) -> tuple[ColumnGuess, ...]:
    """Our guesses, with the user's own choice where there is one."""
    sample = [cells for _, cells in islice(table.rows(), SAMPLE_ROWS)]
    return tuple(
        replace(guess, field=columns[guess.position], confidence=1.0, why="You said so.")
        if columns.get(guess.position, guess.field) != guess.field
        else guess
        for guess in guess_columns(table.header, sample)
    )


def _label(file_name: str) -> str:
    name = file_name.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in name if c.isprintable())[:LABEL_LENGTH].strip() or "file"
