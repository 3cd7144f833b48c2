"""What a network knows of businesses beyond the directory, put together from its facts for the engine."""

from collections import defaultdict
from datetime import date
from typing import Any

from matcher.engine.known import Known
from matcher.engine.learning import decayed
from matcher.store import Session, outcomes
from matcher.store.rulings import rulings


def knowledge(session: Session, today: date) -> dict[int, Known]:
    """What the session's network knows of each business about which it knows anything."""
    told: dict[int, dict[str, Any]] = defaultdict(dict)
    for business_id, kinds in outcomes.by_business(session).items():
        told[business_id].update({kind: decayed(happened, today) for kind, happened in kinds.items()})
    for business_id, ruling in rulings(session).items():
        told[business_id].update(competes=ruling.competes, competes_because=ruling.reason)
    return {business_id: Known(**fields) for business_id, fields in told.items()}
