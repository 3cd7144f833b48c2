"""The two limits of a network: what the owner set themselves holds, else what their programme says, else the usual."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.answers.coached import Limit
from matcher.coach_kit.content import LIMITS, limit_of
from matcher.facts import Network, Programme


def limit(session: Session, network_id: int, name: str) -> Limit:
    """A limit by its name in a kit, with who says so."""
    kit = session.scalar(select(Programme.kit)) or {}
    return Limit(
        own=own_limits(session, network_id)[name],
        programme=limit_of(kit, name) if name in kit.get("limits", {}) else None,
        usual=LIMITS[name][2],
    )


def own_limits(session: Session, network_id: int) -> Mapping[str, int | None]:
    """Name -> what the owner set themselves; None where they set nothing."""
    network: Any = session.get_one(Network, network_id)
    return {name: getattr(network, name) for name in LIMITS}


def set_limit(session: Session, network_id: int, name: str, own: int | None) -> None:
    """Keep what the owner sets themselves; None follows the programme again."""
    setattr(session.get_one(Network, network_id), name, own)
