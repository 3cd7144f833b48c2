"""What the first six months rest on, put together within a session: the programme, the list, the lock, the diary."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from matcher.answers.agenda import Diary, Dripped
from matcher.answers.connected import OWNER
from matcher.answers.partners import BusinessCard
from matcher.answers.programme import Brought, Followed, Lack, Listed, Lock
from matcher.answers.whose import Somebody, Whose
from matcher.engine.introductions import answered
from matcher.engine.programme import days_locked, lock_of, steps_of
from matcher.engine.ties import one_with, web
from matcher.errors import Conflict, Invalid
from matcher.facts import Client, Person, Programme, Week
from matcher.names import fold
from matcher.readers.selling import flagged, sentence
from matcher.store import Session, diary, introductions, listing, partnerships, programmes, tasks, ties
from matcher.store.businesses import cards_of
from matcher.store.programmes import GIVERS


# -- the programme and its lock ----------------------------------------------------------------------
def followed(session: Session) -> Followed | None:
    """The programme that the session's network follows; None as long as it has not begun one."""
    found = programmes.find(session)
    return None if found is None else _followed(found, programmes.kept(session))


def _followed(found: Programme, kept: Sequence[Week]) -> Followed:
    return Followed(
        started_on=found.started_on,
        goal=int(found.kit.get("goal") or found.goal),
        steps=steps_of(found.kit),
        opens_on=found.selling_from_on or found.started_on + timedelta(days=days_locked(found.kit)),
        kept=tuple((week.number, week.kept_on) for week in kept),
        brand_words=tuple(map(str, found.kit.get("brand_words") or ())),
        scripts={str(code): str(text) for code, text in (found.kit.get("scripts") or {}).items()},
        name=str(found.kit.get("name") or ""),
    )


def lock(session: Session, today: date) -> Lock | None:
    """That selling tools are closed today; None when they are open."""
    return lock_of(followed(session), today)


def hold_selling(session: Session, today: date) -> None:
    """Conflict while selling tools are closed, with the day on which they open."""
    closed = lock(session, today)
    if closed is not None:
        raise Conflict(closed.sentence)


def hold_words(session: Session, subject: str, body: str, today: date) -> None:
    """Invalid while selling tools are closed and a message sells; the sentence says what to write instead."""
    programme = followed(session)
    if programme is None or lock_of(programme, today) is None:
        return
    for field, text in (("subject", subject), ("body", body)):
        if flags := flagged(text, programme.brand_words):
            raise Invalid(field, f"{sentence(flags)} You give first until {programme.opens_on.isoformat()}.")


# -- the agenda --------------------------------------------------------------------------------------
def whole_diary(session: Session, network_id: int) -> Diary:
    """All that the agenda is worked out from, with the programme while there is one."""
    known, programme = diary.diary(session, network_id), followed(session)
    if programme is None:
        return known
    lacks = listing.open_lacks(session)
    drip = tuple(_dripped(listing.in_groups(session), lacks))
    names = {one.whose: Somebody(whose=one.whose, name=one.name) for one in drip}
    owner = Somebody(whose=OWNER, name=known.owner or "You")
    return replace(
        known,
        people={**names, OWNER: owner, **known.people},
        programme=programme,
        drip=drip,
        deals=programmes.all_deals(session),
    )


def keep_done_week(session: Session, network_id: int, key: str, on: date) -> None:
    """Keep a week of the programme whose last step was done on the agenda; other tasks change nothing."""
    week, programme = _week_of(key), followed(session)
    if week is None or programme is None:
        return
    marks = tasks.done(session)
    numbers = range(1, 1 + sum(step.week == week for step in programme.steps))
    if all(f"programme_step:step:{week}:{number}" in marks for number in numbers):
        programmes.keep_week(session, Week(network_id=network_id, number=week, kept_on=on))


def forget_undone_week(session: Session, key: str) -> None:
    """Take back that a week was kept when one of its steps is open again."""
    week = _week_of(key)
    if week is not None:
        programmes.forget_week(session, week)


def _week_of(key: str) -> int | None:
    rule, _, about = key.partition(":")
    number = about.split(":")[1] if rule == "programme_step" and about.count(":") == 2 else ""
    return int(number) if number.isdigit() else None


def _dripped(
    people: Iterable[tuple[Person, Client | None]], lacks: Mapping[int, tuple[Lack, ...]]
) -> Iterable[Dripped]:
    for person, client in people:
        group = person.standing or ("customers" if client is not None else "")
        if group:
            services = frozenset(lack.service for lack in lacks.get(person.id, ()))
            yield Dripped(whose=Whose(person_id=person.id), name=person.name, group=group, lacks=services)


# -- who could be connected ----------------------------------------------------------------------------
def brought(session: Session) -> tuple[Brought, ...]:
    """Each two who were, or are to be, made known to each other; a business and its face are one."""
    courses, faces = introductions.courses(session), introductions.faces_of(session)
    return tuple(
        Brought(
            two=frozenset(faces.get(whose, whose) for whose in introductions.sides(one)),
            need_id=one.need_id,
            drafted_on=one.drafted_on,
            alive=one.withdrawn_on is None and not answered(courses[one.id], "no"),
        )
        for one in introductions.all_of(session)
    )


def everybody(session: Session, today: date) -> tuple[Listed, ...]:
    """Whoever of the list lacks or offers something: people, and the partners to whom one may send somebody."""
    faces, stages = ties.faces(session), partnerships.stages(session)
    strong = web(ties.every(session), faces, today).get(OWNER, {})
    lacks, people = listing.open_lacks(session), listing.useful(session)
    offering: dict[int, set[str]] = defaultdict(set)
    for person, _ in people:
        if person.id in faces:
            offering[faces[person.id]] |= set(person.offers)
    partners = [b for b, stage in stages.items() if stage in GIVERS] + [b for b in offering if b not in stages]
    found = [_business(card, offering[card.business_id]) for card in cards_of(session, partners)]
    for person, client in people:
        offers = frozenset() if person.id in faces else frozenset(person.offers)
        if offers or person.id in lacks:
            same_as = one_with(Whose(person_id=person.id), faces)
            found.append(_person(person, client, lacks.get(person.id, ()), offers, same_as))
    return tuple(replace(one, tie_share=strong.get(one.same_as, 0.0)) for one in found)


def _person(
    person: Person, client: Client | None, lacks: tuple[Lack, ...], offers: frozenset[str], same_as: Whose
) -> Listed:
    placed = client is not None and client.place
    town = client.place if client is not None and client.place else person.city
    return Listed(
        whose=Whose(person_id=person.id),
        same_as=same_as,
        name=person.name,
        lacks=lacks,
        offers=offers,
        serves=frozenset(person.serves),
        is_in=frozenset(client.markets) if client else frozenset(),
        town=_town(town),
        lat=client.lat if client is not None and placed else None,
        lon=client.lon if client is not None and placed else None,
    )


def _business(card: BusinessCard, offers: Iterable[str]) -> Listed:
    whose = Whose(business_id=card.business_id)
    return Listed(
        whose=whose,
        same_as=whose,
        name=card.name,
        offers=frozenset(card.services).union(offers),
        serves=frozenset(card.markets),
        town=_town(card.place),
        lat=card.lat,
        lon=card.lon,
        agreed=card.stage == "agreed",
    )


def _town(place: str) -> str:
    return fold(place.partition(",")[0])
