"""Queries on what a network knows better about businesses than the directory says."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from matcher.answers.partners import BusinessCard, Facts, Place
from matcher.errors import Conflict
from matcher.facts import Correction, Network
from matcher.store.partnerships import keep

NOTHING = Facts()


def told(session: Session, ids: Sequence[int] | None = None) -> Mapping[int, Facts]:
    """What the session's network says itself of each business (of `ids`, or all)."""
    query = select(Correction)
    if ids is not None:
        query = query.where(Correction.business_id.in_(ids))
    return {row.business_id: _facts(row) for row in session.scalars(query)}


def _facts(row: Correction) -> Facts:
    placed = row.lat is not None and row.lon is not None
    return Facts(
        services=row.services,
        markets=None if row.markets is None else tuple(row.markets),
        tier=row.tier,
        clients_a_year=row.clients_a_year,
        order_value_cents=row.order_value_cents,
        radius_km=row.radius_km,
        place=Place(name=row.place, lat=row.lat or 0.0, lon=row.lon or 0.0) if placed else None,
    )


def correct(session: Session, network_id: int, business_id: int, facts: Facts, at: datetime) -> None:
    """Keep what the network says of a business, instead of what it said before; saying nothing forgets it."""
    if session.scalar(select(Network.home_id).where(Network.id == network_id)) == business_id:
        raise Conflict("This is your own business. Please change it in your settings.")
    session.execute(delete(Correction).where(Correction.business_id == business_id))
    if facts == NOTHING:
        return
    keep(session, business_id)
    session.add(
        Correction(
            network_id=network_id,
            business_id=business_id,
            services=None if facts.services is None else dict(facts.services),
            markets=None if facts.markets is None else list(facts.markets),
            tier=facts.tier,
            clients_a_year=facts.clients_a_year,
            order_value_cents=facts.order_value_cents,
            radius_km=facts.radius_km,
            place=facts.place.name if facts.place else "",
            lat=facts.place.lat if facts.place else None,
            lon=facts.place.lon if facts.place else None,
            corrected_at=at,
        )
    )
    session.flush()


def corrected_card(card: BusinessCard, facts: Facts) -> BusinessCard:
    """A card with what the network says itself laid over what the directory says."""
    laid = laid_over(facts)
    if facts.services is not None:
        laid["said_by"] = dict.fromkeys(facts.services, "you")
    if facts.place is not None:
        laid["address"] = ""  # it belongs to the place that was wrong
    return replace(card, told=facts, **laid)


def laid_over(facts: Facts) -> dict[str, Any]:
    """The fields of a business that are said, by the names that `Home` and `BusinessCard` give them."""
    laid = {name: getattr(facts, name) for name in Facts.__dataclass_fields__ if getattr(facts, name) is not None}
    if facts.services is not None:
        laid["services"] = dict(sorted(facts.services.items(), key=lambda offer: (-offer[1], offer[0])))
    if facts.place is not None:
        laid |= {"place": facts.place.name, "lat": facts.place.lat, "lon": facts.place.lon}
    return laid
