"""What goes with people who are taken out: mail not gone yet, links about them, marks of tasks, steps of merges."""

import re
from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, delete, func, or_, select
from sqlalchemy.orm import Session

from matcher.facts import Ask, Introduction, Mail, Person, PrivateLink, Report, Sale, Survey, TaskMark
from matcher.store import links, merge_steps
from matcher.store.accounts import token_hash
from matcher.store.tables import key_of, name_of, points_at, private_tables

UNSENT = ("queued", "stopped", "refused")  # states of a mail that did not go, and still could
TOKEN = re.compile(r"[\w-]{43}", re.ASCII)  # 32 bytes, as a link has them


def let_go(session: Session, network_id: int, ids: Collection[int]) -> None:
    """Close the links of these people, and take mail out of the outbox that is for them or has one of the links.

    An address that somebody shares who stays goes on getting mail. To be called before the people are deleted: SQLite
    gives the number of a deleted row again, and neither may a link open what is another's, nor a task of theirs count
    as done for another.
    """
    theirs = (PrivateLink.network_id == network_id, _theirs(ids))
    closed = set(session.scalars(select(PrivateLink.token_hash).where(*theirs)))
    session.execute(delete(PrivateLink).where(*theirs))
    waiting = session.scalars(select(Mail).where(Mail.state.in_(UNSENT))).all()
    addresses = _theirs_alone(session, set[str]().union(*map(_addresses, waiting)), ids)
    for mail in waiting:
        if _addresses(mail) & addresses or closed & set(map(token_hash, TOKEN.findall(mail.body))):
            links.close(session, network_id, "unsubscribe", mail.id)
            session.delete(mail)
    about = _about(session, ids)
    for mark in session.scalars(select(TaskMark)):
        if ":".join(mark.key.split(":")[1:3]) in about:
            session.delete(mark)
    merge_steps.forget(session, ids)
    session.flush()


def _about(session: Session, ids: Collection[int]) -> set[str]:
    """How keys of tasks name these people and what goes with them, such as "person:7" and "sale:3"."""
    found = {f"person:{number}" for number in ids}
    for table in private_tables():
        leads = [getattr(table, name) for name, (to, goes) in points_at(table).items() if goes and to == "person"]
        if leads and key_of(table) == ("id",):
            theirs = select(table.id).where(or_(*(column.in_(ids) for column in leads)))  # type: ignore[attr-defined]
            found |= {f"{name_of(table)}:{number}" for number in session.scalars(theirs)}
    sides = or_(Introduction.first_person_id.in_(ids), Introduction.target_person_id.in_(ids))
    asked = select(Ask.id).join(Introduction, Introduction.id == Ask.introduction_id).where(sides)
    return found | {f"ask:{number}" for number in session.scalars(asked)}


def _addresses(mail: Mail) -> set[str]:
    """To whom a mail goes."""
    return {email.lower() for email in (mail.to_email, mail.also_email) if email}


def _theirs(ids: Collection[int]) -> ColumnElement[bool]:
    """The links of which one of these people is one side."""
    side = or_(Introduction.first_person_id.in_(ids), Introduction.target_person_id.in_(ids))
    introductions = select(Introduction.id).where(side)
    targets = {
        "survey": select(Survey.id).where(Survey.person_id.in_(ids)),
        "promise": select(Sale.id).where(Sale.person_id.in_(ids)),
        "ask": select(Ask.id).where(Ask.introduction_id.in_(introductions)),
        "report": select(Report.id).where(Report.introduction_id.in_(introductions)),
    }
    return or_(
        *(and_(PrivateLink.purpose == name, PrivateLink.target_id.in_(found)) for name, found in targets.items())
    )


def _theirs_alone(session: Session, addresses: Collection[str], ids: Collection[int]) -> set[str]:
    """Those of the addresses that these people have, and nobody who stays."""
    going, staying = set[str](), set[str]()
    known = select(Person.id, Person.email).where(func.lower(Person.email).in_(addresses))
    for number, email in session.execute(known):
        (going if number in ids else staying).add(email.lower())
    return going - staying
