"""Queries on many contacts at once: kept whole with who sent them, known again, taken out again."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from matcher.answers.connected import NewContact, company_sign, person_keys, person_signs
from matcher.answers.whose import Whose
from matcher.facts import Business, Import, Partnership, Person, Referral
from matcher.names import fold
from matcher.store import contacts, leaving, made_one
from matcher.store.clients import CHUNK
from matcher.store.partnerships import keep


def add(session: Session, done: Import, new: Sequence[NewContact], on: date) -> None:
    """Keep the people whom an import brings, and a referral received for each whose source we know by name.

    Who was known before is meant rather than somebody whom the same list brings.
    """
    known = _by_name(session) if any(one.referred_by for one in new) else {}
    found = [_person(done, one, on) for one in new]
    session.add_all(found)
    session.flush()
    brought: dict[str, list[Whose]] = defaultdict(list)
    for person in found:
        brought[fold(person.name)].append(Whose(None, person.id))
    for person, one in zip(found, new, strict=True):
        name = fold(one.referred_by)
        sources = (known.get(name) or brought.get(name, [])) if name else []
        if len(sources) == 1 and sources[0].person_id != person.id:
            if sources[0].business_id is not None:
                keep(session, sources[0].business_id)
            session.add(_referral(done, sources[0], person, one.known_since or on))
    session.flush()


def known_keys(session: Session) -> set[str]:
    """The keys by which everybody of the session's network is known again, clients too: a name with each sign."""
    columns = (Person.name, Person.email, Person.phone, Person.website, Person.company)
    found: set[str] = set()
    for row in session.execute(select(*columns, Person.other_emails, Person.other_phones)):
        signs = person_signs((row.email, *row.other_emails), (row.phone, *row.other_phones), row.website)
        found.update(person_keys(row.name, (*signs, company_sign(row.company))))
        found.update(person_keys(row.name, ()))
    return found


def known_names(session: Session) -> Callable[[str], int]:
    """Tells how many people and partners the session's network knows by a name."""
    counts = Counter({name: len(those) for name, those in _by_name(session).items()})
    return lambda name: counts[fold(name)]


def remove_import(session: Session, done: Import) -> None:
    """Take out all people whom one import brought, with all that is theirs, links to them and referrals it noted.

    Conflict when one of them was made one with somebody else since.
    """
    made_one.refuse_undo_of_import(session, done.id)
    gone = session.scalars(select(Person.id).where(Person.import_id == done.id)).all()
    for start in range(0, len(gone), CHUNK):
        several = gone[start : start + CHUNK]
        leaving.let_go(session, done.network_id, several)
        noted = (Referral.prospect_person_id.in_(several), Referral.note == _origin(done))
        for statement in (delete(Referral).where(*noted), delete(Person).where(Person.id.in_(several))):
            session.execute(statement, execution_options={"synchronize_session": False})


def _person(done: Import, one: NewContact, on: date) -> Person:
    contacts.check(one.told)
    person = Person(network_id=done.network_id, name="", import_id=done.id, added_on=on)
    contacts.write(person, one.told)
    person.other_emails, person.other_phones = list(one.other_emails), list(one.other_phones)
    person.website, person.street, person.city = one.website, one.street, one.city
    person.region, person.postcode, person.country = one.region, one.postcode, one.country
    return person


def _by_name(session: Session) -> dict[str, list[Whose]]:
    """Everybody whom a list may name as a source, by folded name: our people, and partners we have not parted from."""
    found: dict[str, list[Whose]] = defaultdict(list)
    for row in session.execute(select(Person.id, Person.name)):
        found[fold(row.name)].append(Whose(None, row.id))
    partners = select(Partnership.business_id).where(Partnership.stage != "ended")
    for row in session.execute(select(Business.id, Business.name).where(Business.id.in_(partners))):
        found[fold(row.name)].append(Whose(row.id))
    return found


def _referral(done: Import, source: Whose, person: Person, on: date) -> Referral:
    return Referral(
        network_id=done.network_id,
        given=False,
        business_id=source.business_id,
        person_id=source.person_id,
        prospect=person.name,
        prospect_person_id=person.id,
        referred_on=on,
        note=_origin(done),
    )


def _origin(done: Import) -> str:
    """By which note a referral of an import is told from one that the owner wrote down."""
    return f"From the list “{done.file_name}”."
