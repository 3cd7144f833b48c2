"""What a network knows beyond the directory and the taxonomy, put together from its facts for the engine."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from matcher.engine.flow import Flow
from matcher.engine.known import Known
from matcher.engine.learning import decayed
from matcher.engine.needs import Client, seen
from matcher.store import Session, motivations, needs, outcomes


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
    return {business_id: Known(**fields) for business_id, fields in told.items()}


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
