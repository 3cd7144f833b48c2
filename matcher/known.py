"""What a network knows beyond the directory and the taxonomy, put together from its facts for the engine."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from matcher.answers.connected import OWNER
from matcher.answers.partners import Filters, Home
from matcher.answers.whose import Somebody, Whose
from matcher.engine.connectors import Circle, with_partners
from matcher.engine.flow import Flow, flow_of
from matcher.engine.known import Known
from matcher.engine.learning import aged, decayed
from matcher.engine.needs import Client, seen
from matcher.engine.picture import Partner
from matcher.engine.question import Question
from matcher.engine.takers import Told, trust_share
from matcher.engine.ties import one_with, web
from matcher.errors import Conflict
from matcher.store import (
    Session,
    businesses,
    client_needs,
    introductions,
    motivations,
    needs,
    outcomes,
    partnerships,
    people,
    ties,
)
from matcher.store.rulings import rulings
from matcher.taxonomy import taxonomy


def knowledge(session: Session, today: date) -> dict[int, Known]:
    """What the session's network knows of each business about which it knows anything."""
    told: dict[int, dict[str, Any]] = defaultdict(dict)
    for business_id, kinds in outcomes.by_business(session).items():
        told[business_id].update({kind: decayed(happened, today) for kind, happened in kinds.items()})
    for business_id, profile in motivations.by_business(session).items():
        told[business_id].update(
            wants_to_grow=profile.wants_to_grow,
            wanted_markets=profile.wanted_markets,
            has_room=profile.has_room,
            vouch_share=profile.vouch_share,
            reputation_share=profile.reputation_share,
            asked_days=(today - date.fromisoformat(profile.asked_on)).days if profile.asked_on else None,
        )
    for business_id, ruling in rulings(session).items():
        told[business_id].update(competes=ruling.competes, competes_because=ruling.reason)
    return {business_id: Known(**fields) for business_id, fields in told.items()}


def question_of(session: Session, network_id: int, filters: Filters, home: Home | None, today: date) -> Question:
    """What the owner asks, for the home business or for one that is only described, with all that the network knows."""
    asked = home or businesses.home(session, network_id)
    if asked is None:
        raise Conflict("Please say first what you sell, to whom and where.")
    stages = partnerships.stages(session)
    return Question(
        home=asked,
        network_id=network_id,
        filters=filters,
        decided=partnerships.settled(session, today) | stages.keys(),
        trusted=[business for business, stage in stages.items() if stage == "agreed"],
        named=businesses.named(session, filters.text) if filters.text.strip() else None,
        partners=partners(session),
        known=knowledge(session, today),
        open_needs=motivations.open_needs(session),
        ours=our_journeys(session, flow_of(taxonomy()), asked.services, today),
    )


def partners(session: Session) -> list[Partner]:
    """Every business with a partnership that has not ended."""
    return [
        Partner(business_id=card.business_id, name=card.name, services=card.services, stage=card.stage or "")
        for card in businesses.partners(session)
    ]


def clients(session: Session) -> list[Client]:
    """The clients of the session's network whose needs were noted, newest first."""
    services = needs.services(session)
    return [
        Client(
            occasion_id=occasion.id,
            journey=occasion.journey,
            began_on=occasion.began_on,
            services=services.get(occasion.id, ()),
        )
        for occasion in needs.occasions(session)
    ]


def our_journeys(session: Session, flow: Flow, sold: Collection[str], today: date) -> Flow:
    """Journeys as the clients of the session's network go through them; `flow` itself as long as none was noted."""
    noted = seen(clients(session), today)
    return flow.learned(noted, sold) if noted else flow


def handed_on(session: Session, today: date) -> dict[int, Told]:
    """What the session's network knows of each business that bears on handing clients' needs on to it."""
    told: dict[int, dict[str, Any]] = defaultdict(dict)
    for business_id, room in partnerships.rooms(session).items():
        told[business_id].update(room=room.room, languages=room.languages)
    for business_id, profile in motivations.by_business(session).items():
        told[business_id].update(
            has_room=profile.has_room,
            trust_share=trust_share(profile.vouch_share, profile.reputation_share),
            asked_days=(today - date.fromisoformat(profile.asked_on)).days if profile.asked_on else None,
        )
    for business_id, given in client_needs.given(session).items():
        closed = ((status == "filled", day) for status, day in given if status != "introduced")
        told[business_id].update(filled=decayed(closed, today), load=sum(aged(day, today) for _, day in given))
    for business_id, ruling in rulings(session).items():
        told[business_id].update(competes=ruling.competes)
    return {business_id: Told(**fields) for business_id, fields in told.items()}


def circle_of(session: Session, network_id: int, goal: Whose, today: date) -> Circle:
    """Who knows whom, and whom we asked to introduce us, as far as it bears on meeting `goal`."""
    faces = ties.faces(session)
    told = web(ties.every(session), faces, today)
    agreed = [Whose(business) for business, stage in partnerships.stages(session).items() if stage == "agreed"]
    whole, assumed = with_partners(told, agreed)
    named = people.look_up_all(session, {goal, *whole} - {OWNER})
    return Circle(
        web=whole,
        names={whose: _called(somebody) for whose, somebody in named.items()},
        courses=list(introductions.courses(session).values()),
        open_most=introductions.open_most(session, network_id),
        assumed=assumed,
        today=today,
    )


def met(session: Session) -> set[frozenset[int]]:
    """Each two businesses that know each other, through whomever, or whom we introduced."""
    faces = ties.faces(session)
    pairs = [(tie.one, tie.other) for tie in ties.every(session)] + ties.introduced(session)
    known = (frozenset(one_with(whose, faces).business_id for whose in pair) for pair in pairs)
    return {frozenset(one for one in two if one is not None) for two in known if len(two - {None}) == 2}


def _called(somebody: Somebody) -> str:
    """How one speaks of somebody: of a business by the person there whom we know."""
    return f"{somebody.contact} ({somebody.name})" if somebody.contact else somebody.name
