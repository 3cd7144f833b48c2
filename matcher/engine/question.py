"""Who asks, and what the owner has said already."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from matcher.answers.partners import Filters, Home
from matcher.engine.flow import Flow
from matcher.engine.known import Known
from matcher.engine.picture import Partner
from matcher.units import SHARED


@dataclass(frozen=True, kw_only=True)
class Question:
    """Who asks, and what the owner has said already. Business ids throughout."""

    home: Home
    network_id: int = SHARED
    filters: Filters = field(default_factory=Filters)
    decided: Collection[int] = ()  # businesses with a verdict or a partnership
    trusted: Collection[int] = ()  # agreed partners: they take the seats of their services
    named: Collection[int] | None = None  # businesses whose name matches `filters.text`; None: any
    known: Mapping[int, Known] = field(default_factory=dict)  # what the network knows of some businesses
    partners: Sequence[Partner] = ()  # every business with an open partnership
    ours: Flow | None = None  # journeys as learned from our own clients; None: as in the taxonomy
    open_needs: Mapping[str, float] = field(default_factory=dict)  # service -> how many of our clients wait for it
    weights: tuple[float, ...] = ()  # b0 to b7 of the odds of a yes, as learned; none: the priors
