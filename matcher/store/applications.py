"""Queries on answers to open calls, and on the businesses that a yes has made of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.answers.invited import (
    APPLICATIONS_MOST,
    LINE_CHARACTERS,
    TEXT_CHARACTERS,
    ApplicationCard,
    ApplicationTold,
    Decision,
)
from matcher.errors import Conflict, Invalid, NotFound
from matcher.facts import Application, Business, Offer, OpenCall, Verdict
from matcher.knowledge.places import state_of
from matcher.lines import few_lines, one_line
from matcher.names import fold
from matcher.store import businesses, clock
from matcher.store.accounts import clean_email
from matcher.store.partnerships import decide, stages

LINES = {  # field of an application -> most characters: what its column holds
    "business": LINE_CHARACTERS,
    "contact": LINE_CHARACTERS,
    "email": 254,
    "phone": 40,
    "website": 300,
    "licence": LINE_CHARACTERS,
    "insurance": LINE_CHARACTERS,
}
ANSWERED = "They answered our call."
TEXTS = ("references", "note")
FULL = "They have all the answers that they can read for now. Please try again in some weeks."


def apply(session: Session, call: OpenCall, told: ApplicationTold, at: datetime) -> int:
    """Keep an answer to a call and give its number; the same twice is one, and there is an end to them."""
    clean = cleaned(told)
    given = session.scalars(select(Application).where(Application.open_call_id == call.id)).all()
    for application in given:
        if _who(_told(application)) == _who(clean):
            return application.id
    if len(given) >= APPLICATIONS_MOST:
        raise Conflict(FULL)
    application = Application(network_id=call.network_id, open_call_id=call.id, sent_at=at, **asdict(clean))
    session.add(application)
    session.flush()
    return application.id


def cleaned(told: ApplicationTold) -> ApplicationTold:
    """An answer as it is kept; Invalid with one sentence for what cannot be."""
    lines = {name: one_line(name, getattr(told, name), limit) for name, limit in LINES.items()}
    texts = {name: few_lines(name, getattr(told, name), TEXT_CHARACTERS) for name in TEXTS}
    if not fold(lines["business"]):
        raise Invalid("business", "Please write the name of your business.")
    if lines["email"]:
        lines["email"] = clean_email(lines["email"])
    elif not any(c.isdigit() for c in lines["phone"]):
        raise Invalid("email", "Please leave an e-mail address or a phone number, so that they can answer you.")
    return ApplicationTold(**lines, **texts)


def find(session: Session, application_id: int) -> Application:
    """One answer to a call of the session's network; NotFound otherwise."""
    found = session.scalar(select(Application).where(Application.id == application_id))
    if found is None:
        raise NotFound("There is no such answer.")
    return found


def join(session: Session, application: Application, call: OpenCall, key: str, at: datetime) -> int:
    """Make a business of this network of an answer, with a yes to it, and give its number; what stands is kept.

    What they say of licence, insurance and references stays a claim.
    """
    if application.answer == "yes" and application.business_id is not None:
        return application.business_id
    network_id = application.network_id
    own = (Business.network_id == network_id, Business.key == key)
    business = session.scalar(select(Business).where(*own))
    if business is None:
        business = _business(application, call, key, at)
        session.add(business)
        session.flush()
    _offer(session, business, call.service)
    businesses.changed(session, network_id)
    business.revision = businesses.revision(session, network_id)
    if stages(session, [business.id]).get(business.id) in (None, "ended"):  # else they are a partner already
        yes = Verdict(network_id=network_id, business_id=business.id, answer="yes", reason=ANSWERED, given_at=at)
        decide(session, yes)
    application.answer, application.business_id = "yes", business.id
    return business.id


def decline(application: Application) -> None:
    """Keep that an answer to a call was not what we look for; Conflict after a yes."""
    if application.answer == "yes":
        raise Conflict("You have said yes to them already. On their page you can change your mind.")
    application.answer = "no"


def claims(session: Session, business_id: int) -> ApplicationTold | None:
    """What a business said of itself when it answered a call, the last time; None when it did not."""
    query = select(Application).where(Application.business_id == business_id).order_by(Application.sent_at.desc())
    found = session.scalars(query.limit(1)).first()
    return _told(found) if found else None


def town_of(place: str) -> tuple[str, str]:
    """Town and state of a place such as "Tucson, AZ"; elsewhere the whole is the town."""
    town, _, state = place.rpartition(",")
    return (town.strip(), state_of(state)) if town and state_of(state) else (place, "")


def _business(application: Application, call: OpenCall, key: str, at: datetime) -> Business:
    town, state = town_of(call.place)
    return Business(
        network_id=application.network_id,
        key=key,
        name=application.business,
        city=town,
        region=state,
        lat=call.lat,
        lon=call.lon,
        roughly_placed=True,
        phone=application.phone,
        email=application.email,
        website=application.website,
        edited_at=at,
    )


def _offer(session: Session, business: Business, service: str) -> None:
    """Say that a business offers a service: its owner told us so."""
    key = (Offer.business_id == business.id, Offer.service == service)
    offer = session.scalar(select(Offer).where(*key))
    if offer is None:
        offer = Offer(
            network_id=business.network_id, business_id=business.id, service=service, confidence=1.0, source="owner"
        )
        session.add(offer)
    offer.confidence, offer.source = 1.0, "owner"


def cards(session: Session) -> Mapping[int, Sequence[ApplicationCard]]:
    """Call -> who answered it, the newest first."""
    found: dict[int, list[ApplicationCard]] = defaultdict(list)
    for application in session.scalars(select(Application).order_by(Application.sent_at.desc(), Application.id.desc())):
        answer: Decision = application.answer  # type: ignore[assignment]
        card = ApplicationCard(
            application_id=application.id,
            call_id=application.open_call_id,
            told=_told(application),
            sent_on=clock.iso_day(session, application.sent_at),
            answer=answer,
            business_id=application.business_id,
        )
        found[application.open_call_id].append(card)
    return found


def _told(application: Application) -> ApplicationTold:
    return ApplicationTold(**{name: getattr(application, name) for name in (*LINES, *TEXTS)})


def _who(told: ApplicationTold) -> tuple[str, ...]:
    """By what two answers are told apart: the business and how to reach it, however they are spelt."""
    return (fold(told.business), fold(told.contact), told.email, "".join(filter(str.isdigit, told.phone)))
