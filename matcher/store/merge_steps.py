"""To whom the steps of a merge's journal lead, and forgetting those that lead to people who are gone."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.facts import Merge, Person, Private, TaskMark
from matcher.store.journal import TABLES, is_row, rows
from matcher.store.tables import Row, points_at

Step = Mapping[str, Any]
NAMED = re.compile(r"(?<=\bperson:)\d+")  # people in the key of a task, such as "keep_in_touch:person:7"
PARTS = ("row", "key", "old", "new")  # of a step: what was taken out, or which row was changed from what to what


def table_of(step: Step) -> type[Private]:
    """The table of which a step took out or changed a row."""
    return TABLES[step["drop"] if "drop" in step else step["change"]]


def parts_of(step: Step) -> Iterator[Row]:
    """The values of columns that a step holds."""
    return (step[name] for name in PARTS if name in step)


def people_in(table: type[Private], values: Row) -> set[int]:
    """The numbers of the people to whom values of columns lead."""
    found = {values.get(name) for name, (to, _) in points_at(table).items() if to == Person.__tablename__}
    keys = NAMED.findall(str(values.get("key", ""))) if table is TaskMark else ()
    return {int(one) for one in (*found, *keys) if one is not None}


def forget(session: Session, ids: Collection[int]) -> None:
    """Take out of all journals what leads to people who are about to go, so that undoing brings nothing of them back.

    Also what changed rows that go with them: a database may give the number of such a row to another one.
    """
    for done in session.scalars(select(Merge).where(Merge.undone_at.is_(None), Merge.kept_id.not_in(ids))):
        steps = done.before.get("steps", [])
        left = [step for step in steps if not _is_about(session, step, ids)]
        if len(left) < len(steps):
            done.before = {**done.before, "steps": left}
    session.flush()


def _is_about(session: Session, step: Step, ids: Collection[int]) -> bool:
    table = table_of(step)
    if any(not people_in(table, values).isdisjoint(ids) for values in parts_of(step)):
        return True
    beside = sum(to == Person.__tablename__ for to, _ in points_at(table).values()) > 1
    standing = rows(session, table, is_row(table, step["key"])) if beside and "key" in step else ()
    return any(not people_in(table, row).isdisjoint(ids) for row in standing)
