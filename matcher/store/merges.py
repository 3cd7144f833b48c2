"""Several people made one: their fields, and everything that any table says of them; and parted again."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import UniqueConstraint, inspect, or_, select, update
from sqlalchemy.orm import Session

from matcher.answers.merged import MERGED_MOST, Merged
from matcher.answers.told import NOTE_CHARACTERS
from matcher.errors import Conflict, Invalid, NotFound
from matcher.facts import Merge, NotSame, Person, Private, TaskMark, Tie
from matcher.store import clock
from matcher.store.duplicates import seen_of
from matcher.store.journal import TABLES, Journal, Row, key_names, rows, take_back

ADDRESS = ("street", "city", "region", "postcode", "country")
CHOICES: Mapping[str, tuple[str, ...]] = {  # what the owner chooses -> the columns that go with it
    **{name: (name,) for name in ("name", "email", "phone", "company", "position", "website")},
    "address": ADDRESS,
    "business": ("business_id",),
}
PAIRED: Mapping[type[Private], tuple[str, str]] = {  # between two people, the lower number first; never of one alone
    Tie: ("from_person_id", "to_person_id"),
    NotSame: ("one_id", "other_id"),
}
UNIQUE: Mapping[type[Private], tuple[str, ...]] = {
    Tie: ("from_business_id", "from_person_id", "to_business_id", "to_person_id")
}  # beside the tables' own
TWO_SIDES = "They are the two sides of an introduction or a referral. If they are one person, take that out first."


def merge(
    session: Session, network_id: int, ids: Sequence[int], choices: Mapping[str, int], *, seen: str, at: datetime
) -> Merge:
    """Make people one: the newest number stays, with the values chosen or else the first told, and all is moved to it.

    The newest number stays since a database may give a higher one that is free to somebody else, and undoing needs
    all others back. Conflict when one of them is gone or has changed since `seen`.
    """
    people = rows(session, Person, Person.id.in_(ids))
    _check(people, ids, choices)
    if seen and seen_of(people) != seen:
        raise Conflict("One of them has changed in the meantime. Please look at them again before you make them one.")
    *others, kept = people
    gone, number = {int(row["id"]) for row in others}, int(kept["id"])
    into = dict.fromkeys(gone, number)
    journal = Journal(session)
    journal.change(Person, kept, _united(people, choices))
    for table, columns in _referring():
        for row in rows(session, table, or_(*(getattr(table, name).in_(gone) for name in columns))):
            _move(session, journal, table, row, _moved(table, row, columns, into))
    _move_marks(session, journal, gone, number)
    for row in others:
        journal.drop(Person, row)
    done = Merge(network_id=network_id, kept_id=number, before={"steps": journal.steps}, merged_at=at)
    session.add(done)
    session.flush()
    return done


def undo(session: Session, merge_id: int, at: datetime) -> None:
    """Part people again, exactly as they were, with what has been told of them since left with who stayed."""
    done = _find(session, merge_id)
    if done.undone_at is not None:
        return
    later = select(Merge.id).where(Merge.kept_id == done.kept_id, Merge.id > merge_id, Merge.undone_at.is_(None))
    if session.scalar(later) is not None:
        raise Conflict("They have been made one with somebody else since. Please undo that first.")
    take_back(session, done.before["steps"])
    session.execute(update(Merge).where(Merge.id == merge_id).values(undone_at=at, before={}))
    session.expire_all()


def answer(session: Session, merge_id: int) -> Merged:
    """One merge; NotFound for one that the session's network does not have."""
    return _answer(session, _find(session, merge_id))


def overview(session: Session, limit: int) -> list[Merged]:
    """The last merges that are not undone, the newest first."""
    query = select(Merge).where(Merge.undone_at.is_(None)).order_by(Merge.id.desc()).limit(limit)
    return [_answer(session, done) for done in session.scalars(query)]


def _find(session: Session, merge_id: int) -> Merge:
    done = session.scalar(select(Merge).where(Merge.id == merge_id))
    if done is None:
        raise NotFound("There is no such merge.")
    return done


def _answer(session: Session, done: Merge) -> Merged:
    name = session.scalar(select(Person.name).where(Person.id == done.kept_id))
    return Merged(
        merge_id=done.id,
        person_id=done.kept_id,
        name=name or "",
        people=1 + sum(step.get("drop") == Person.__tablename__ for step in done.before.get("steps", ())),
        merged_on=clock.iso_day(session, done.merged_at),
        undone=done.undone_at is not None,
    )


def _check(people: list[Row], ids: Sequence[int], choices: Mapping[str, int]) -> None:
    if not 2 <= len(set(ids)) <= MERGED_MOST:
        raise Invalid("ids", f"Please choose from 2 to {MERGED_MOST} people who are one.")
    if len(people) != len(set(ids)):
        raise Conflict("One of them is not here any more. Please look at them again before you make them one.")
    for field, number in choices.items():
        if field not in CHOICES or number not in ids:
            raise Invalid(f"choices.{field}", "Please choose a value of one of the people who are made one.")


def _united(people: list[Row], choices: Mapping[str, int]) -> Row:
    """The fields of the one person: as chosen, else the first that was told; what else there is is kept beside it."""
    by_id = {row["id"]: row for row in people}
    values: Row = {}
    for field, columns in CHOICES.items():
        told = [row for row in people if any(row[name] for name in columns)]
        chosen = by_id[choices[field]] if field in choices else (told or people)[0]
        values |= {name: chosen[name] for name in columns}
    for main, others in (("email", "other_emails"), ("phone", "other_phones")):
        every = dict.fromkeys(value for row in people for value in (row[main], *row[others]) if value)
        values[others] = [value for value in every if value != values[main]]
    for name in ("offers", "serves"):
        values[name] = list(dict.fromkeys(code for row in people for code in row[name]))
    notes = "\n".join(dict.fromkeys(row["note"] for row in people if row["note"]))
    if len(notes) > NOTE_CHARACTERS:
        raise Invalid(
            "note", f"Their notes together are longer than {NOTE_CHARACTERS:,} characters. Shorten one first."
        )
    added = [row["added_on"] for row in people if row["added_on"]]
    tagged = [row["tagged_on"] for row in people if row["tagged_on"]]
    imports = {row["import_id"] for row in people}
    return values | {
        "note": notes,
        "standing": next((row["standing"] for row in people if row["standing"]), ""),
        "added_on": min(added, default=None),
        "tagged_on": max(tagged, default=None),
        "import_id": imports.pop() if len(imports) == 1 else None,  # an undone import does not take older people along
    }


def _referring() -> Iterator[tuple[type[Private], list[str]]]:
    """Every table with columns that name a person, as the tables' own foreign keys say."""
    for table in TABLES.values():
        columns = inspect(table).columns
        found = [
            str(column.key) for column in columns for key in column.foreign_keys if key.column.table.name == "person"
        ]
        if found:
            yield table, found


def _moved(table: type[Private], row: Row, columns: list[str], into: Mapping[int, int]) -> Row:
    """The columns of a row that name somebody, naming who stays; Conflict when it would name one person twice."""
    values = {name: into.get(row[name], row[name]) for name in columns}
    named = [value for value in values.values() if value is not None]
    if len(set(named)) < len(named) and table not in PAIRED:
        raise Conflict(TWO_SIDES)
    if table in PAIRED and None not in values.values():
        values = dict(zip(PAIRED[table], sorted(named), strict=True))
    return values


def _move(session: Session, journal: Journal, table: type[Private], row: Row, values: Row) -> None:
    """Let a row name who stays; where a row of theirs stands already, that one is filled up and this one goes."""
    if table in PAIRED and len(values) > 1 and len(set(values.values())) == 1:
        return journal.drop(table, row)
    same = _same(session, table, row, values)
    if same is None:
        return journal.change(table, row, values)
    if "told_on" in row and row["told_on"] > same["told_on"]:
        journal.drop(table, same)
        return journal.change(table, row, values)
    journal.drop(table, row)
    return journal.change(table, same, _filled(table, same, row))


def _same(session: Session, table: type[Private], row: Row, values: Row) -> Row | None:
    """Another row that stands where this one would: with the same key, or the same unique columns."""
    new, key = row | values, key_names(table)
    constraints = (
        one for one in Private.metadata.tables[table.__tablename__].constraints if isinstance(one, UniqueConstraint)
    )
    unique = [[column.key for column in one.columns] for one in constraints]
    for names in (key, UNIQUE.get(table, ()), *unique):
        if set(names).isdisjoint(values) or all(new[name] is None for name in names if name in values):
            continue
        where = [getattr(table, name).is_not_distinct_from(new[name]) for name in names if name != "network_id"]
        for found in rows(session, table, *where):
            if any(found[name] != row[name] for name in key):
                return found
    return None


def _filled(table: type[Private], same: Row, row: Row) -> Row:
    """What a row says where the other says nothing; lists are put together, and a yes goes before a plain no."""
    values: Row = {}
    for column in inspect(table).columns:
        name = str(column.key)
        ours, theirs = same[name], row[name]
        if name in key_names(table) or column.foreign_keys or name in ("network_id", "id"):
            continue
        if isinstance(ours, list) and isinstance(theirs, list):
            values[name] = list(dict.fromkeys((*ours, *theirs)))
        elif ours in (None, "") or (ours is False and not column.nullable):
            values[name] = theirs
    return values


def _move_marks(session: Session, journal: Journal, gone: set[int], kept: int) -> None:
    """Tasks are marked under keys that name a person in words: `rule:person:7`."""
    named = re.compile(rf"(?<=\bperson:)({'|'.join(map(str, gone))})(?![0-9])")
    for row in rows(session, TaskMark, TaskMark.key.contains("person:")):
        key = named.sub(str(kept), row["key"])
        if key != row["key"]:
            _move(session, journal, TaskMark, row, {"key": key})
