"""People who were made one since they came: what would undo their coming parts nobody and takes nobody along."""

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.errors import Conflict
from matcher.facts import Merge, Person
from matcher.store.merge_steps import parts_of, table_of

NAMED_MOST = 3  # in the sentence


def kept(session: Session) -> set[int]:
    """The numbers of all people into whom somebody else was merged, and is still."""
    return set(session.scalars(select(Merge.kept_id).where(Merge.undone_at.is_(None))))


def refuse_undo(session: Session, ids: Collection[int]) -> None:
    """Conflict when somebody else was merged into one of these people, who would go with them."""
    _refuse(session, kept(session).intersection(ids))


def refuse_undo_of_import(session: Session, import_id: int) -> None:
    """Conflict when people whom an import brought were made one with others: parting them later would bring them back.

    Where the import brought all of them, they go with it.
    """
    merged = session.scalars(select(Merge).where(Merge.undone_at.is_(None))).all()
    others = {done.kept_id for done in merged if import_id in _imports_in(done)}
    beside = select(Person.id).where(Person.id.in_(others), Person.import_id.is_distinct_from(import_id))
    _refuse(session, set(session.scalars(beside)))


def _imports_in(done: Merge) -> Iterator[int]:
    """The imports that brought the people of a merge."""
    for step in done.before.get("steps", ()):
        if table_of(step) is Person:
            yield from (values["import_id"] for values in parts_of(step) if values.get("import_id") is not None)


def _refuse(session: Session, ids: Collection[int]) -> None:
    names = session.scalars(select(Person.name).where(Person.id.in_(ids)).order_by(Person.name)).all()
    if names:
        who, they = _named(names), "was" if len(names) == 1 else "were"
        raise Conflict(
            f"{who} {they} made one with somebody else since, so nothing is taken back. "
            "Part them first, under “People who may be one”."
        )


def _named(names: Sequence[str]) -> str:
    more = len(names) - NAMED_MOST
    told = [name or "Somebody without a name" for name in names[:NAMED_MOST]] + ([f"{more:,} more"] if more > 0 else [])
    return " and ".join(filter(None, (", ".join(told[:-1]), told[-1])))
