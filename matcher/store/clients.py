"""Queries on clients: who they are, what they are going through, and how they are found again."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from matcher.answers.covered import ClientCard, ClientJourney
from matcher.answers.partners import Place
from matcher.answers.told import FIRST_DAY, LAST_DAY, NAME_CHARACTERS, NOTE_CHARACTERS, ClientTold, is_email
from matcher.errors import Invalid, NotFound
from matcher.facts import Client, Need, Occasion, Person, Survey
from matcher.names import fold, holds, order
from matcher.store import leaving
from matcher.taxonomy import taxonomy

GRADES = ("", "A", "B", "C")
VALUE_MOST_CENTS = 2**31 - 1  # what the column holds
PHONE_CHARACTERS = 40
PLACE_CHARACTERS = 100
CHUNK = 500  # ids in one IN list


def edit(session: Session, client_id: int, told: ClientTold) -> None:
    """Keep what the owner now says of a client."""
    check(told)
    person, client = _find(session, client_id)
    write(person, client, told)


def remove(session: Session, client_id: int) -> None:
    """Take a client out, with all that is theirs, the links to it, and mail to them that has not gone yet."""
    _find(session, client_id)
    remove_all(session, [client_id])


def remove_all(session: Session, ids: Iterable[int]) -> None:
    """Take several clients out with all that is theirs; those that are gone already do no harm."""
    found = session.execute(select(Client.person_id, Client.network_id)).all()
    gone = sorted({row.person_id for row in found}.intersection(ids))
    for start in range(0, len(gone), CHUNK):
        several = gone[start : start + CHUNK]
        leaving.let_go(session, found[0].network_id, several)
        going = delete(Person).where(Person.id.in_(several))
        session.execute(going, execution_options={"synchronize_session": False})


def note_interests(session: Session, client_id: int, groups: Sequence[str]) -> None:
    """Keep which groups of services a client says matter to them, beside those of before."""
    _, client = _find(session, client_id)
    client.interests = list(dict.fromkeys([*client.interests, *groups]))


def begin(session: Session, network_id: int, client_id: int, journey: str, day_zero: date) -> int:
    """Keep that a client is on a journey, and give the occasion's number."""
    _find(session, client_id)
    check_journey(journey)
    check_day("day_zero", day_zero)
    occasion = Occasion(network_id=network_id, person_id=client_id, journey=journey, began_on=day_zero, complete=False)
    session.add(occasion)
    session.flush()
    return occasion.id


def whose(session: Session, occasion_id: int) -> int:
    """The number of the client who is on a journey; NotFound for what is none of a client of ours."""
    return _occasion(session, occasion_id).person_id or 0


def complete(session: Session, occasion_id: int, done: bool) -> int:
    """Say whether all that a client needed on a journey is told, so that it teaches; gives the client's number."""
    occasion = _occasion(session, occasion_id)
    occasion.complete = done
    return occasion.person_id or 0


def set_day_zero(session: Session, occasion_id: int, day_zero: date) -> int:
    """Say from which day a journey counts, and give the client's number."""
    check_day("day_zero", day_zero)
    occasion = _occasion(session, occasion_id)
    occasion.began_on = day_zero
    return occasion.person_id or 0


def stop(session: Session, occasion_id: int) -> int:
    """Forget that a client is on a journey, but not what they told us; gives the client's number."""
    occasion = _occasion(session, occasion_id)
    session.execute(update(Need).where(Need.occasion_id == occasion_id).values(occasion_id=None))
    session.delete(occasion)
    return occasion.person_id or 0


def cards(session: Session, ids: Collection[int] | None = None) -> Mapping[int, ClientCard]:
    """Clients by number (of `ids`, or all), by name, without their needs."""
    query = select(Person, Client).join(Client, Client.person_id == Person.id).order_by(Person.name, Person.id)
    if ids is not None:
        query = query.where(Person.id.in_(ids))
    journeys, asked = _journeys(session, ids), _surveys(session)
    return {
        person.id: ClientCard(
            client_id=person.id,
            name=person.name,
            grade=client.grade,  # type: ignore[arg-type]
            markets=tuple(client.markets),
            place=client.place,
            lat=client.lat,
            lon=client.lon,
            value_cents=client.value_cents,
            email=person.email,
            phone=person.phone,
            note=person.note,
            interests=tuple(client.interests),
            surveyed_on=_iso(asked[person.id][0]) if person.id in asked else "",
            answered_on=_iso(asked[person.id][1]) if person.id in asked else "",
            survey_waits=asked[person.id][2] if person.id in asked else False,
            journeys=tuple(journeys.get(person.id, ())),
        )
        for person, client in session.execute(query)
    }


def card(session: Session, client_id: int) -> ClientCard:
    """One client of the session's network, without their needs; NotFound otherwise."""
    _find(session, client_id)
    return cards(session, [client_id])[client_id]


def find(session: Session, text: str, grade: str, *, waiting: bool) -> list[int]:
    """Numbers of clients by name, whatever its capitals and accents; `waiting`: only those with an open need."""
    conditions: list[ColumnElement[bool]] = [Client.grade == grade] if grade else []
    if waiting:
        conditions.append(Person.id.in_(select(Need.person_id).where(Need.status == "open")))
    joined = select(Person.id, Person.name, Client.place).join(Client, Client.person_id == Person.id).where(*conditions)
    found = [row for row in session.execute(joined) if holds(f"{row.name} {row.place}", text)]
    found.sort(key=lambda row: (*order(row.name), row.id))
    return [row.id for row in found]


def named(session: Session, name: str) -> int | None:
    """The number of the one client of this name, whatever its capitals and accents; None when none or several."""
    people = select(Person.id, Person.name).join(Client, Client.person_id == Person.id)
    found = [row.id for row in session.execute(people) if fold(row.name) == fold(name)]
    return found[0] if len(found) == 1 else None


def _find(session: Session, client_id: int) -> tuple[Person, Client]:
    query = select(Person, Client).join(Client, Client.person_id == Person.id).where(Person.id == client_id)
    found = session.execute(query).first()
    if found is None:
        raise NotFound("There is no such client.")
    return found


def _occasion(session: Session, occasion_id: int) -> Occasion:
    found = session.scalar(select(Occasion).where(Occasion.id == occasion_id, Occasion.person_id.is_not(None)))
    if found is None:
        raise NotFound("There is no such journey. It may have been taken back already.")
    return found


def _journeys(session: Session, ids: Collection[int] | None) -> dict[int, list[ClientJourney]]:
    found: dict[int, list[ClientJourney]] = {}
    query = select(Occasion).where(Occasion.person_id.is_not(None) if ids is None else Occasion.person_id.in_(ids))
    for occasion in session.scalars(query.order_by(Occasion.began_on.desc(), Occasion.id)):
        journey = ClientJourney(
            occasion_id=occasion.id,
            journey=occasion.journey,
            day_zero=occasion.began_on.isoformat(),
            complete=occasion.complete,
        )
        found.setdefault(occasion.person_id or 0, []).append(journey)
    return found


def _surveys(session: Session) -> dict[int, tuple[date, date | None, bool]]:
    """Client -> when they were sent the survey last, when they answered it last, and whether an answer is awaited."""
    found: dict[int, tuple[date, date | None, bool]] = {}
    for survey in session.scalars(select(Survey).order_by(Survey.sent_on, Survey.id)):
        _, answered_on, _ = found.get(survey.person_id, (None, None, False))
        found[survey.person_id] = survey.sent_on, survey.answered_on or answered_on, survey.answered_on is None
    return found


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def write(person: Person, client: Client, told: ClientTold) -> None:
    """Put into the columns what was told of a client."""
    person.name, person.email, person.phone = " ".join(told.name.split()), told.email.strip(), told.phone.strip()
    person.note = told.note.strip()
    client.grade, client.markets, client.value_cents = told.grade, list(told.markets), told.value_cents
    place = told.place or Place(name="", lat=0, lon=0)
    client.place = place.name
    client.lat, client.lon = (place.lat, place.lon) if told.place else (None, None)


def check_journey(journey: str) -> None:
    """Invalid for a journey that there is not."""
    if journey not in taxonomy().journeys:
        raise Invalid("journey", "Please choose what your client is going through from the list.")


def check_day(field: str, day: date | None) -> None:
    """Invalid for a day of another century, which nobody means."""
    if day is not None and not FIRST_DAY <= day <= LAST_DAY:
        raise Invalid(field, f"Please write a day from {FIRST_DAY.year} to {LAST_DAY.year}.")


def check(told: ClientTold) -> None:
    """Invalid for what cannot be kept."""
    if not told.name.strip():
        raise Invalid("name", "Please write the client's name.")
    if len(told.name) > NAME_CHARACTERS:
        raise Invalid("name", f"Please keep the name under {NAME_CHARACTERS} characters.")
    if told.grade not in GRADES:
        raise Invalid("grade", "A grade is A, B or C, or nothing.")
    if not taxonomy().markets.keys() >= set(told.markets):
        raise Invalid("markets", "Please choose what kind of client this is from the list.")
    if told.place and len(told.place.name) > PLACE_CHARACTERS:
        raise Invalid("place", f"Please keep the place under {PLACE_CHARACTERS} characters.")
    if told.value_cents is not None and not 0 <= told.value_cents <= VALUE_MOST_CENTS:
        raise Invalid("value", "Please write what the client is worth a year in dollars, such as 1200.")
    if len(told.note) > NOTE_CHARACTERS:
        raise Invalid("note", f"Please keep the note under {NOTE_CHARACTERS:,} characters.")
    if len(told.phone) > PHONE_CHARACTERS:
        raise Invalid("phone", f"Please keep the phone number under {PHONE_CHARACTERS} characters.")
    if told.email.strip() and not is_email(told.email.strip()):
        raise Invalid("email", "Please write an e-mail address such as ana@example.com, or nothing.")
