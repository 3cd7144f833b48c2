"""What was learned from notes, as answers: rates with how well they are known, and what clients needed."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

EARLIEST = date(2000, 1, 1)  # day of a client's needs; what is older teaches nothing any more

OutcomeKind = Literal["accept", "give", "close", "promise"]
KnownHow = Literal["guess", "some evidence", "well known"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """One thing that the owner noted: whether it came true, on which day, and how much it still counts."""

    outcome_id: int
    came_true: bool
    day: str  # such as 2026-03-02
    counts_share: float  # 1 when new, half after 12 months


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How often something comes true with a business: what we assumed, what we now think, and how sure that is."""

    kind: OutcomeKind
    model_share: float  # what we assume before any note
    mean_share: float
    low_share: float  # the interval holds the true rate in four of five cases
    high_share: float
    evidence: float  # notes, each counted by its age
    word: KnownHow
    noted: tuple[Noted, ...]  # newest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """What came of things with one business, and how far the network has come in learning who says yes."""

    rates: tuple[Rate, ...]
    answers: int  # yes and no noted in the whole network
    answers_wanted: int  # from which the weights of a yes are fitted to them; below, they are the stated ones
    weights: tuple[float, ...]  # b0 to b7 of the log odds of a yes, as they are at work


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientNeeds:
    """What one client on a journey needed."""

    occasion_id: int
    journey: str
    day: str  # such as 2026-03-02
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedStep:
    """A service on a journey: how many of our clients needed it, what we assumed, what we now think."""

    journey: str
    service: str
    clients: int
    needed: int
    assumed_share: float
    learned_share: float
    low_share: float  # the interval holds the true share in four of five cases
    high_share: float
    word: KnownHow


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What the owner's clients needed, newest first, and what that taught."""

    clients: tuple[ClientNeeds, ...]
    learned: tuple[LearnedStep, ...]
