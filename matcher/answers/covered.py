"""What clients need and who fills it, as answers: clients, who gets which need, coverage, gaps, whom to recruit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from matcher.answers.expected import ExpectedNeed

Grade = Literal["", "A", "B", "C"]
Status = Literal["open", "introduced", "filled", "dropped"]
State = Literal["filled", "introduced", "ready", "gap", "ours", "unsorted"]  # of a need that is not dropped
FilterName = Literal["service", "competitor", "area", "price", "language", "trust", "resting", "full"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a client wants of whoever fills a need; what is None or empty does not matter to them."""

    tier: int | None = None  # 1 plain, 2 middle, 3 premium
    language: str = ""  # ISO 639-1, such as es
    within_km: float | None = None


ANY = Wish()


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedCard:
    """One need of one client."""

    need_id: int
    client_id: int
    client: str
    grade: Grade
    service: str  # "" as long as nobody has said which it is
    wording: str
    status: Status
    heard_on: str  # such as 2026-03-02
    needed_by: str  # the same, or ""
    wish: Wish
    lat: float | None  # of the client
    lon: float | None
    value_cents: int
    value_assumed: bool  # the service's usual figure, nobody told us
    business_id: int | None = None  # whom the client was introduced to, or whom the owner has chosen
    business: str = ""
    pinned: bool = False  # the owner has chosen that partner
    occasion_id: int | None = None  # the journey that it belongs to
    introduced_on: str = ""  # the day on which it was handed on
    closed_on: str = ""  # the day on which it was filled or dropped


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientJourney:
    """A client on a journey, with the day from which its stages count."""

    occasion_id: int
    journey: str
    day_zero: str  # such as 2026-05-04
    complete: bool = False  # all that this client needed on it is told, so that it teaches


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientCard:
    """A client as its page shows it."""

    client_id: int
    name: str
    grade: Grade
    markets: tuple[str, ...]
    place: str
    lat: float | None
    lon: float | None
    value_cents: int | None  # what the client is worth to us a year
    email: str = ""
    phone: str = ""
    note: str = ""
    interests: tuple[str, ...] = ()  # groups of services ticked in the survey
    surveyed_on: str = ""  # when they were sent the survey last
    answered_on: str = ""  # when they answered it last
    survey_waits: bool = False  # they were sent it and have not answered yet
    needs: tuple[NeedCard, ...] = ()
    journeys: tuple[ClientJourney, ...] = ()
    expected: tuple[ExpectedNeed, ...] = ()  # nobody has said these; their journeys let us expect them


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientList:
    """One page of clients."""

    clients: tuple[ClientCard, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FitTerm:
    """One factor of how well a partner fits a need, 0-1, in words; a fit is the product of its terms."""

    name: str
    share: float
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A partner who could fill a need."""

    business_id: int
    name: str
    fit_share: float
    distance_km: float | None
    terms: tuple[FitTerm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """A partner who offers the service and cannot fill the need, with the filter that stands in the way."""

    business_id: int
    name: str
    filter: FilterName
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What becomes of one need: who fills it, who else could, or which filter left nobody."""

    need: NeedCard
    state: State
    sentence: str
    partner: Option | None = None
    others: tuple[Option, ...] = ()  # the next best, as many as the owner offers
    stopped: tuple[Stopped, ...] = ()
    emptied_by: FilterName | None = None  # of a gap


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The room of one partner, and what one more slot there would be worth."""

    business_id: int
    name: str
    room: int  # needs that they can take at a time
    room_assumed: bool
    used: int
    worth_cents: int  # value of the need that one more slot would fill
    need_id: int | None  # that need
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Which partner for which need."""

    needs: tuple[Served, ...]  # gaps last, else the most valuable first
    slots: tuple[Slot, ...]
    names_offered: int  # how many names a client is offered for a need


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One field of the matrix: how many needs of a service a partner takes, and how many they could take."""

    business_id: int
    takes: int
    could: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRow:
    """One service that clients need: how much of it is filled, and by whom."""

    service: str
    needs: int
    covered: int  # filled, introduced, ready, or ours
    value_cents: int
    covered_cents: int
    cells: tuple[Cell, ...]  # partners who could fill any
    lone: bool  # one partner only: one illness away from a gap


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Needs of one service that nobody fills, by the filter that left nobody, and what would help."""

    service: str
    filter: FilterName
    need_ids: tuple[int, ...]
    value_cents: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPoint:
    """Coverage at the end of one day in the past."""

    day: str
    needs: int
    covered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of what our clients need our own network fills."""

    sentence: str
    needs: int  # told and not dropped
    covered: int
    value_cents: int
    covered_cents: int
    by_state: Mapping[State, int]
    rows: tuple[ServiceRow, ...]  # the largest gap first
    partners: tuple[Slot, ...]  # columns of the matrix
    gaps: tuple[Gap, ...]  # the most valuable first
    lone: tuple[str, ...]  # services with one partner only
    expected: Mapping[str, float]  # service -> needs to expect within a year that nobody has told yet
    trend: tuple[TrendPoint, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Introducer:
    """A partner who may know a business that we should recruit."""

    business_id: int
    name: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recruit:
    """A business to recruit next, with the needs that it would close."""

    rank: int
    business_id: int
    name: str
    services: tuple[str, ...]  # of the needs that it would close
    place: str
    distance_km: float | None
    yes_share: float  # chance that they say yes
    alone: tuple[int, ...]  # needs that it would close by itself
    alone_cents: int
    adds: tuple[int, ...]  # needs that it closes after those before it in the list
    adds_cents: int
    alike: int  # others who would close the very same needs
    room: int
    introducers: tuple[Introducer, ...]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """How near the suggested choice comes to the best of as many, and how many it takes to leave no gap."""

    best_cents: int  # when `exact`, else what nobody can exceed
    share: float  # suggested / best, 0-1
    exact: bool
    sentence: str
    fewest: int | None = None  # new partners who could take every need that anybody could; None: not looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceToRecruit:
    """A service whose joining would close most need value, whoever offers it."""

    service: str
    need_ids: tuple[int, ...]
    value_cents: int
    candidates: int  # businesses of the directory who could fill at least one of them
    could: int  # of them, needs that somebody of the directory could fill


@dataclass(frozen=True, slots=True, kw_only=True)
class Recruits:
    """Whom to recruit next."""

    sentence: str
    recruits: tuple[Recruit, ...]
    services: tuple[ServiceToRecruit, ...]
    gaps: int  # needs that nobody fills today
    gap_cents: int
    closed: int  # of them, by all recruits together
    closed_cents: int
    left: Mapping[FilterName, int] = field(default_factory=dict)  # needs that nobody could fill, by filter
    proof: Proof | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the needs of our clients stand, all of it from one look."""

    coverage: Coverage
    assignment: Assignment
    recruits: Recruits | None  # None where nobody asked for them
