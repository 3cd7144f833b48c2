"""Merges on their way to another installation: what their journals hold gets new numbers, too.

Undoing a merge needs the numbers of the rows that it took out. So these rows are stored like all others, in the order
of the old numbers, and taken out again: their numbers are free then, and nobody gets them, as those who stayed have
higher ones.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from matcher.answers.whole import Plain
from matcher.facts import Business, Merge, Person, TaskMark
from matcher.store.merge_steps import Step, parts_of, table_of
from matcher.store.plain import plain
from matcher.store.tables import Table, by_name, name_of, points_at, private_tables

Numbers = Mapping[str, Mapping[int, int]]  # table -> old number -> new one
Renumber = Callable[[Table, Plain], Mapping[str, Any]]  # values of columns with new numbers, as the columns hold them
CHUNK = 500  # values in one IN list


def taken_out(tables: Mapping[str, Sequence[Plain]]) -> Mapping[str, Sequence[Plain]]:
    """The rows with numbers that merges took out, by table, each number once; none that stands for another row now."""
    standing = {name: {row["id"] for row in rows if "id" in row} for name, rows in tables.items()}
    found: dict[str, dict[int, Plain]] = defaultdict(dict)
    for step in _all_steps(tables):
        if "drop" in step and "id" in step["row"] and step["row"]["id"] not in standing.get(step["drop"], ()):
            found[step["drop"]][step["row"]["id"]] = step["row"]
    return {name: list(rows.values()) for name, rows in found.items()}


def businesses_in(tables: Mapping[str, Sequence[Plain]]) -> set[int]:
    """The numbers of the businesses to which steps of merges lead."""
    found: set[int] = set()
    for step in _all_steps(tables):
        columns = [name for name, (to, _) in points_at(table_of(step)).items() if to == Business.__tablename__]
        columns += ["business_id"] if table_of(step) is Person else []
        found.update(values[name] for values in parts_of(step) for name in columns if values.get(name) is not None)
    return found


def holds(table: Table, row: Plain, numbers: Numbers) -> bool:
    """Whether everything that a row needs has come along."""
    return all(row.get(name) is None or row[name] in numbers.get(to, ()) for name, (to, _) in points_at(table).items())


def let_go(session: Session, rows: Mapping[str, Sequence[Plain]], numbers: Numbers) -> int:
    """Take the rows out again that were stored for their numbers alone, and give how many that were."""
    count = 0
    for table in reversed(private_tables()):
        known = numbers.get(name_of(table), {})
        ids = [known[row["id"]] for row in rows.get(name_of(table), ()) if row["id"] in known]
        for start in range(0, len(ids), CHUNK):
            where = table.id.in_(ids[start : start + CHUNK])  # type: ignore[attr-defined]
            session.execute(delete(table).where(where), execution_options={"synchronize_session": False})
        count += len(ids)
    return count


def give_steps(session: Session, merges: Sequence[Plain], numbers: Numbers, renumber: Renumber) -> None:
    """Give merges that are stored their steps, with new numbers; ValueError or KeyError for what is no step."""
    for told in merges:
        steps = [new for step in _steps(told) if (new := _moved(step, numbers, renumber)) is not None]
        before = {**told["before"], "steps": steps} if "steps" in told["before"] else told["before"]
        where = Merge.id == numbers[Merge.__tablename__][told["id"]]
        session.execute(update(Merge).where(where).values(before=before))


def _moved(step: Step, numbers: Numbers, renumber: Renumber) -> Step | None:
    """A step with new numbers; None for one that leads to what is gone, and so would do nothing."""
    table = table_of(step)
    if table not in (Person, TaskMark) and all(to != Person.__tablename__ for to, _ in points_at(table).values()):
        raise ValueError("No merge changes this table.")
    known = numbers.get(name_of(table), {})
    for values in parts_of(step):
        if ("id" in values and values["id"] not in known) or not holds(table, values, numbers):
            return None
    new: dict[str, Any] = {"drop": name_of(table)} if "drop" in step else {"change": name_of(table)}
    for name, values in step.items():
        if isinstance(values, Mapping):
            told = {column: plain(value) for column, value in renumber(table, values).items()}
            number = {"id": known[values["id"]]} if "id" in values else {}
            new[name] = {column: value for column, value in (told | number).items() if column in values}
    if "drop" in step and not _needed(table) <= new["row"].keys():
        raise ValueError("A row is not whole.")
    return new


def _needed(table: Table) -> set[str]:
    return {column.name for column in by_name(table).values() if not column.nullable}


def _all_steps(tables: Mapping[str, Sequence[Plain]]) -> Iterator[Step]:
    for told in tables.get(Merge.__tablename__, ()):
        yield from _steps(told)


def _steps(told: Plain) -> Sequence[Step]:
    """The steps of a merge as a file holds it."""
    steps: Sequence[Step] = told["before"].get("steps", ())
    for step in steps:
        wanted = {"drop", "row"} if "drop" in step else {"change", "key", "old", "new"}
        if step.keys() != wanted or not all(isinstance(step[name], Mapping) for name in wanted - {"drop", "change"}):
            raise ValueError("A step of a merge is none.")
    return steps
