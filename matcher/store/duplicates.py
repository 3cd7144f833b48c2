"""Queries on people as they are compared and laid beside each other, and on who is not the same."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from matcher.answers.merged import PersonSeen
from matcher.errors import Invalid, NotFound
from matcher.facts import Business, Client, NotSame, Person
from matcher.store.journal import Row, rows

COMPARED = ("id", "name", "email", "phone", "other_emails", "other_phones", "company", "street", "city", "postcode")


@dataclass(frozen=True, slots=True)
class Compared:
    """The columns in which all people of a network are compared, in the order of their numbers."""

    ids: Sequence[int]
    columns: Mapping[str, Sequence[Any]]


def compared(session: Session) -> Compared:
    """Everybody whom the session's network knows, as plain columns: rows would take longer than comparing them."""
    found = session.execute(select(*(getattr(Person, name) for name in COMPARED)).order_by(Person.id)).all()
    columns = dict(zip(COMPARED, zip(*found, strict=True) if found else [()] * len(COMPARED), strict=True))
    return Compared(columns["id"], columns)


def seen(session: Session, ids: Collection[int]) -> Mapping[int, PersonSeen]:
    """People as we know them, by number; those who are not there are passed over."""
    query = (
        select(Person, Business.name, Client.person_id)
        .outerjoin(Client, Client.person_id == Person.id)
        .outerjoin(Business, Business.id == Person.business_id)
        .where(Person.id.in_(ids))
    )
    return {
        person.id: PersonSeen(
            person_id=person.id,
            **{name: getattr(person, name) for name in ("name", "email", "phone", "company", "position", "website")},
            other_emails=tuple(person.other_emails),
            other_phones=tuple(person.other_phones),
            address=", ".join(
                filter(None, (person.street, person.city, f"{person.region} {person.postcode}".strip(), person.country))
            ),
            business_id=person.business_id,
            business=business or "",
            note=person.note,
            is_client=client is not None,
            added_on=person.added_on.isoformat() if person.added_on else "",
        )
        for person, business, client in session.execute(query)
    }


def marks(session: Session, groups: Iterable[Sequence[int]]) -> list[str]:
    """For each group what stands for its people as they are now: another as soon as one of them changes."""
    every = [list(group) for group in groups]
    found = {row["id"]: row for row in rows(session, Person, Person.id.in_([one for group in every for one in group]))}
    return [seen_of([found[one] for one in sorted(group)]) for group in every]


def seen_of(people: Sequence[Row]) -> str:
    """A digest of people's rows, in the order of their numbers."""
    return hashlib.sha256(json.dumps(people, default=str, sort_keys=True).encode()).hexdigest()[:32]


def not_same(session: Session) -> set[tuple[int, int]]:
    """The pairs, lower number first, of whom the owner said that they are two."""
    return {(row.one_id, row.other_id) for row in session.execute(select(NotSame.one_id, NotSame.other_id))}


def tell_not_same(session: Session, network_id: int, ids: Sequence[int], on: date) -> None:
    """Keep that no two of these people are the same; told twice it is kept once."""
    pairs = _pairs(ids)
    if len(seen(session, ids)) != len(set(ids)):
        raise NotFound("There is no such person.")
    known = not_same(session)
    for one, other in pairs:
        if (one, other) not in known:
            session.add(NotSame(network_id=network_id, one_id=one, other_id=other, told_on=on))


def forget_not_same(session: Session, ids: Sequence[int]) -> None:
    """Forget that these people are not the same; nothing happens where nobody said so."""
    for one, other in _pairs(ids):
        session.execute(delete(NotSame).where(NotSame.one_id == one, NotSame.other_id == other))


def _pairs(ids: Sequence[int]) -> list[tuple[int, int]]:
    if len(set(ids)) < 2:
        raise Invalid("ids", "Please choose at least two people.")
    return list(combinations(sorted(set(ids)), 2))
