"""Changes that can be taken back: what each row was, in the order in which rows were changed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, and_, delete, insert, inspect, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matcher.facts import Fact, Private, UtcTime
from matcher.store.tables import points_at

Row = dict[str, Any]
NO_SYNC = {"synchronize_session": False}
TABLES: Mapping[str, type[Private]] = {
    mapper.class_.__tablename__: mapper.class_ for mapper in Fact.registry.mappers if issubclass(mapper.class_, Private)
}


class Journal:
    """Changes and removals of rows, kept in `steps` as JSON, so that `take_back` can restore them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.steps: list[dict[str, Any]] = []

    def change(self, table: type[Private], row: Row, values: Row) -> None:
        """Give some columns of a row new values."""
        new = {name: value for name, value in values.items() if row[name] != value}
        if not new:
            return
        where = is_row(table, _key(table, row))
        self._session.execute(update(table).where(where).values(**new), execution_options=NO_SYNC)
        old = {name: row[name] for name in new}
        row.update(new)
        key = _key(table, row)
        self.steps.append({"change": table.__tablename__, "key": _plain(key), "old": _plain(old), "new": _plain(new)})

    def drop(self, table: type[Private], row: Row) -> None:
        """Take a row out."""
        self._session.execute(delete(table).where(is_row(table, _key(table, row))), execution_options=NO_SYNC)
        self.steps.append({"drop": table.__tablename__, "row": _plain(row)})


def rows(session: Session, table: type[Private], *where: Any) -> list[Row]:
    """Rows of a table with all their columns, by their key."""
    names = [column.key for column in inspect(table).columns]
    query = select(*(getattr(table, name) for name in names)).where(*where)
    found = session.execute(query.order_by(*(getattr(table, name) for name in key_names(table))))
    return [dict(zip(names, row, strict=True)) for row in found]


def take_back(session: Session, steps: list[dict[str, Any]]) -> None:
    """Undo the steps of a journal, the last first.

    What has been changed again since stays as it is, column by column; a row that is gone stays gone, and so does one
    that leads to what is gone and would have gone with it.
    """
    for step in reversed(steps):
        if "drop" in step:
            table = TABLES[step["drop"]]
            _bring_back(session, table, _typed(table, step["row"]))
        else:
            table = TABLES[step["change"]]
            _change_back(session, table, *(_typed(table, step[part]) for part in ("key", "old", "new")))


def key_names(table: type[Private]) -> list[str]:
    """The columns of a table's key, without the network, to which every statement is held anyway."""
    return [str(column.key) for column in inspect(table).primary_key if column.key != "network_id"]


def _change_back(session: Session, table: type[Private], key: Row, old: Row, new: Row) -> None:
    found = rows(session, table, is_row(table, key))
    same = {name: value for name, value in old.items() if found and found[0][name] == new[name]}
    values = {name: value for name, value in same.items() if _stands(session, table, name, value)}
    if values:
        session.execute(update(table).where(is_row(table, key)).values(**values), execution_options=NO_SYNC)


def _bring_back(session: Session, table: type[Private], row: Row) -> None:
    if rows(session, table, is_row(table, _key(table, row))):
        if key_names(table) != ["id"]:
            return  # somebody has told the same again
        row = {name: value for name, value in row.items() if name != "id"}  # its number went to another row
    for name, (_, goes) in points_at(table).items():
        if not _stands(session, table, name, row[name]):
            if goes:
                return
            row[name] = None
    try:
        with session.begin_nested():
            session.execute(insert(table), [row])
    except IntegrityError:  # its number went to a row of another network, which this session does not see
        session.execute(insert(table), [{name: value for name, value in row.items() if name != "id"}])


def _stands(session: Session, table: type[Private], name: str, value: Any) -> bool:
    """Whether that to which a value of a column leads is still there; true for a column that leads nowhere."""
    to, _ = points_at(table).get(name, ("", False))
    return not to or value is None or bool(rows(session, TABLES[to], TABLES[to].id == value))  # type: ignore[attr-defined]


def _key(table: type[Private], row: Row) -> Row:
    return {name: row[name] for name in key_names(table)}


def is_row(table: type[Private], key: Row) -> Any:
    """The condition that a row has this key."""
    return and_(*(getattr(table, name) == value for name, value in key.items()))


def _plain(row: Row) -> Row:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}


def _typed(table: type[Private], row: Row) -> Row:
    return {name: _value(inspect(table).columns[name].type, value) for name, value in row.items()}


def _value(kind: Any, value: Any) -> Any:
    if isinstance(kind, UtcTime):
        return value and datetime.fromisoformat(value)
    return date.fromisoformat(value) if value and isinstance(kind, Date) else value
