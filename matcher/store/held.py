"""Everything that a network holds of one person, as its owner may hand it over."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.answers.held import TABLE_WORDS, Held, HeldRows, Mention, WholeFile
from matcher.facts import Business, Person, StagedFile, Suppression
from matcher.keys import keyed_hash
from matcher.names import holds, order
from matcher.store.tables import Row, Table, bytes_of, name_of, rows_of
from matcher.store.traces import Traces, find

NOT_THEIRS = frozenset(
    {"network_id", "content_hash", "sending", "folded", "folded_city", "leased_until", "attempts", "next_at"}
)  # how we work, not whom
SHOWN_MOST = 200  # people of one list
SIDES = ("ask", "report")  # tables with a row for each side of an introduction


def people(session: Session, text: str) -> Sequence[Held]:
    """Everybody of whom a card is kept, by name, up to 200; those with every word of `text` in name or company."""
    everybody = session.execute(select(Person.id, Person.name, Person.company, Person.email, Person.phone))
    found = [row for row in everybody if not text or holds(f"{row.name} {row.company}", text)]
    found.sort(key=lambda row: (*order(row.name), row.id))
    shown = found[:SHOWN_MOST]
    return [Held(person_id=row.id, name=row.name, about=row.company or row.email or row.phone) for row in shown]


def file_of(session: Session, network_id: int, person_id: int, *, secret: str, on: date) -> WholeFile:
    """Everything of a person, each table once, and what only speaks of them; NotFound when there is no such person."""
    traces = find(session, network_id, person_id)
    names = _business_names(session, traces)
    held = []
    for table, rows in traces.theirs.items():
        own = [_shown(table, row, names) for row in rows if _is_of_theirs(traces, table, row)]
        held += [HeldRows(table=name_of(table), words=_words(table), rows=tuple(own))] if own else []
    return WholeFile(
        person_id=person_id,
        name=traces.people[0].name,
        made_on=on.isoformat(),
        held=tuple(held),
        mentions=tuple(_mentions(traces)),
        notes=tuple(_notes(session, network_id, traces, secret)),
    )


def _words(table: Table) -> str:
    return TABLE_WORDS.get(name_of(table), name_of(table).replace("_", " "))


def _is_of_theirs(traces: Traces, table: Table, row: Row) -> bool:
    """Not what the other side of an introduction was asked or said: that is not this person's."""
    if name_of(table) not in SIDES:
        return True
    introductions = (one for known, rows in traces.theirs.items() if name_of(known) == "introduction" for one in rows)
    whole = next((one for one in introductions if one["id"] == row["introduction_id"]), None)
    return whole is not None and whole[f"{row['role']}_person_id"] in traces.ids["person"]


def _shown(table: Table, row: Row, names: Mapping[int, str]) -> Mapping[str, Any]:
    """What a row says, without what it leaves open; a business by its name as well."""
    found: dict[str, Any] = {}
    for column, told in row.items():
        if column in NOT_THEIRS or column in bytes_of(table) or told in (None, "", [], {}):
            continue
        found[column] = told.isoformat() if isinstance(told, date | datetime) else told
        if column.endswith("business_id"):
            found[column.removesuffix("_id")] = names.get(told, "")
    return found


def _business_names(session: Session, traces: Traces) -> Mapping[int, str]:
    rows = (row for rows in traces.theirs.values() for row in rows)
    ids = {told for row in rows for column, told in row.items() if column.endswith("business_id") and told}
    named = select(Business.id, Business.name).where(Business.id.in_(ids))
    return {row.id: row.name for row in session.execute(named)}


def _mentions(traces: Traces) -> Iterable[Mention]:
    for one in traces.spoken:
        for column in one.columns:
            told = str(one.row[column])
            yield Mention(table=name_of(one.table), words=_words(one.table), column=column, text=told)


def _notes(session: Session, network_id: int, traces: Traces, secret: str) -> Iterable[str]:
    """What stands in no row that could be shown."""
    hashes = {row["address_hash"]: row["since_on"] for row in rows_of(session, network_id, Suppression)}
    for email in traces.marks.emails if hashes else ():
        if since := hashes.get(keyed_hash(secret, "suppression", email.strip().casefold())):
            yield f"{email} gets no mail from us since {since.isoformat()}; only a keyed hash of it is kept for that."
    waiting = session.scalar(select(func.count(StagedFile.import_id))) or 0
    if waiting:
        files = "1 file waits" if waiting == 1 else f"{waiting} files wait"
        yield f"{files} to be stored under Import. What is in it is not in this list."
