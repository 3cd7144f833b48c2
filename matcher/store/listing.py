"""Queries on the list of people: names in, tags in, who is next; what somebody may lack is a need of theirs."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from matcher.answers.connected import OWNER, TieTold
from matcher.answers.programme import Lack, TagsTold
from matcher.answers.told import WORDING_CHARACTERS
from matcher.answers.whose import Whose
from matcher.errors import Invalid, NotFound
from matcher.facts import Client, JoggerMark, Merge, Need, Person
from matcher.lines import few_lines, one_line
from matcher.store import leaving, made_one, programmes, ties
from matcher.store.tables import columns_of, points_at, private_tables
from matcher.taxonomy import taxonomy

CITY_CHARACTERS = 100  # as the column holds
STANDINGS = ("", "cold", "no")
BARE = frozenset(("id", "network_id", "name", "added_on"))  # columns of somebody of whom only the name was told


def size(session: Session) -> int:
    """How many people the owner knows."""
    return session.scalar(select(func.count(Person.id))) or 0


def tagged(session: Session) -> int:
    """How many of them were gone through."""
    return session.scalar(select(func.count(Person.id)).where(Person.tagged_on.is_not(None))) or 0


def names(session: Session) -> Sequence[str]:
    """The names of all people on the list, the newest last."""
    return session.scalars(select(Person.name).order_by(Person.id)).all()


def newest(session: Session, count: int) -> Sequence[str]:
    """The names of the people who were added last, the newest first."""
    return session.scalars(select(Person.name).order_by(Person.id.desc()).limit(count)).all()


def add(session: Session, network_id: int, told: Collection[str], on: date) -> tuple[int, ...]:
    """Keep people of whom nothing but the name is known, and give their numbers."""
    people = [Person(network_id=network_id, name=name, added_on=on) for name in told]
    session.add_all(people)
    session.flush()
    return tuple(person.id for person in people)


def remove(session: Session, network_id: int, ids: Collection[int]) -> int:
    """Take people off the list again of whom nothing but the name was told, and give how many those were.

    Conflict when somebody else was merged into one of them.
    """
    made_one.refuse_undo(session, ids)
    named = _named(session, ids)
    bare = [
        one for one in session.scalars(select(Person).where(Person.id.in_(ids), Person.id.not_in(named))) if _bare(one)
    ]
    leaving.let_go(session, network_id, [one.id for one in bare])
    for one in bare:
        session.delete(one)
    return len(bare)


def _bare(person: Person) -> bool:
    """Whether nothing stands on a card but a name."""
    return not any(getattr(person, column.name) for column in columns_of(Person) if column.name not in BARE)


def _named(session: Session, ids: Collection[int]) -> set[int]:
    """Those of these people of whom any table says something: clients, what they lack, whom they know.

    A merge that was undone says nothing any more.
    """
    found: set[int] = set()
    for table in (one for one in private_tables() if one is not Merge):
        for name, (to, _) in points_at(table).items():
            if to == Person.__tablename__:
                column = getattr(table, name)
                found.update(session.scalars(select(column).where(column.in_(ids))))
    return found


def next_untagged(session: Session, after: int = 0) -> int | None:
    """The number of the next person to go through, beginning again when the end is reached; None: all are done."""
    untagged = select(Person.id).where(Person.tagged_on.is_(None)).order_by(Person.id).limit(1)
    return session.scalar(untagged.where(Person.id > after)) or session.scalar(untagged)


# -- tags --------------------------------------------------------------------------------------------
def tag(session: Session, network_id: int, person_id: int, told: TagsTold, on: date) -> None:
    """Keep the tags of somebody, in place of what was told before; what they lack is kept by `add_lack`."""
    person, _ = _find(session, person_id)
    if not {*taxonomy().services, *programmes.added_services(session), *person.offers} >= set(told.offers):
        raise Invalid("offers", "Please choose what they do from the services that we know.")
    if not taxonomy().markets.keys() >= set(told.serves):
        raise Invalid("serves", "Please choose whom they serve from the list.")
    if told.standing not in STANDINGS:
        raise Invalid("standing", "Please say whether they said no, or never talked business with you.")
    person.offers, person.serves, person.standing = list(told.offers), list(told.serves), told.standing
    if told.city is not None:
        person.city = one_line("city", told.city, CITY_CHARACTERS)
    if told.tie is not None and told.tie != TieTold():
        ties.save(session, network_id, OWNER, Whose(person_id=person_id), told.tie, on=on)
    person.tagged_on = on


def untag(session: Session, person_id: int) -> None:
    """Put somebody back into the queue; what was told of them stays until it is told anew."""
    _find(session, person_id)[0].tagged_on = None


def add_lack(session: Session, network_id: int, person_id: int, wording: str, *, service: str, on: date) -> None:
    """Keep what somebody may lack, in their words; the same words twice are one need."""
    words = " ".join(few_lines("lacks", wording, WORDING_CHARACTERS).split())
    same = select(Need.id).where(Need.person_id == person_id, func.lower(Need.wording) == words.lower())
    if words and session.scalar(same) is None:
        need = Need(network_id=network_id, person_id=person_id, service=service, wording=words, heard_on=on)
        session.add(need)
        session.flush()


def remove_lack(session: Session, person_id: int, need_id: int) -> None:
    """Take back that somebody lacks something; NotFound for what is no need of theirs."""
    found = session.scalar(select(Need).where(Need.id == need_id, Need.person_id == person_id))
    if found is None:
        raise NotFound("There is no such note. It may have been taken back already.")
    session.delete(found)


def open_lacks(session: Session) -> Mapping[int, tuple[Lack, ...]]:
    """Person -> what they need and nobody has seen to, as far as we know which service it calls for."""
    found: dict[int, list[Lack]] = defaultdict(list)
    query = select(Need).where(Need.status == "open", Need.service != "", Need.person_id.is_not(None))
    for need in session.scalars(query.order_by(Need.id)):
        lack = Lack(need_id=need.id, service=need.service, wording=need.wording, heard_on=need.heard_on)
        found[need.person_id or 0].append(lack)
    return {person: tuple(lacks) for person, lacks in found.items()}


def useful(session: Session) -> Sequence[tuple[Person, Client | None]]:
    """The people of whom the owner has told anything, or who lack something; clients with what makes them one."""
    lacking = select(Need.person_id).where(Need.status == "open", Need.service != "", Need.person_id.is_not(None))
    return _people(session, or_(Person.tagged_on.is_not(None), Person.id.in_(lacking)))


def in_groups(session: Session) -> Sequence[tuple[Person, Client | None]]:
    """The people who hear from us now and then: clients, and those of whom the owner has told how they stand."""
    return _people(session, or_(Person.standing != "", Client.person_id.is_not(None)))


def _people(session: Session, which: ColumnElement[bool]) -> Sequence[tuple[Person, Client | None]]:
    query = select(Person, Client).outerjoin(Client, Client.person_id == Person.id).where(which).order_by(Person.id)
    return [(person, client) for person, client in session.execute(query)]


# -- joggers -----------------------------------------------------------------------------------------
def jogged(session: Session) -> Mapping[str, date]:
    """Jogger -> the day on which it was thought through."""
    return {mark.code: mark.done_on for mark in session.scalars(select(JoggerMark))}


def mark_jogger(session: Session, network_id: int, code: str, done_on: date | None) -> None:
    """Keep that a jogger was thought through on a day; None takes that back."""
    found = session.scalar(select(JoggerMark).where(JoggerMark.code == code))
    if found is not None and done_on is None:
        session.delete(found)
    elif found is None and done_on is not None:
        session.add(JoggerMark(network_id=network_id, code=code, done_on=done_on))


def _find(session: Session, person_id: int) -> tuple[Person, Client | None]:
    query = select(Person, Client).outerjoin(Client, Client.person_id == Person.id).where(Person.id == person_id)
    found = session.execute(query).first()
    if found is None:
        raise NotFound("There is nobody with this number on your list.")
    return found[0], found[1]
