"""What the engine takes and gives: frozen values, never stored, always with reasons."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

RADIUS_KM = 40.0  # how far clients come from unless told: a metropolitan area (prior)

Side = Literal["us", "them", "both"]
Sells = Literal["households", "businesses", "both"]
Standing = Literal["suggested", "partly", "competitor", "one_side", "out_of_area", "unknown"]
Seatings = Literal["partner", "courted", "empty"]
Mode = Literal["words", "meaning"]  # how texts are compared; by meaning needs the extra `semantic`
AxisName = Literal["service", "market", "area", "price"]
Kind = Literal["factor", "odds", "number"]  # it multiplies the score, makes a yes likelier, or stands behind those


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A point on the map with the name that people use for it."""

    name: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The owner's own business as the engine sees it: what it sells, to whom, where."""

    services: Mapping[str, float]  # code -> how surely offered, 0-1
    markets: tuple[str, ...] = ()
    name: str = "Your business"
    business_id: int | None = None
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    radius_km: float = RADIUS_KM
    tier: int | None = None  # 1 plain, 2 middle, 3 premium
    clients_a_year: float | None = None  # None: the service's usual figure, shown as assumed
    order_value_cents: int | None = None
    wants_to_grow: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the owner wants to see; the same for a page, an export, the API and the command."""

    groups: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    markets: tuple[str, ...] = ()
    within_km: float | None = None
    sells_to: Sells | None = None
    side: Side | None = None  # who gains more; None: do not care
    text: str = ""  # in the name
    decided: bool = False  # also those with a verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One term of a score in words; `weight` in ln units. A suggestion's weights sum to ln(score / baseline)."""

    term: str
    side: Side
    weight: float
    sentence: str
    source: str = ""  # the datum behind it, such as "journey:home_purchase" or "service:plumber"


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One of the four ways in which two businesses can be the same, how far they are (0-1), and what that rests on."""

    axis: AxisName
    share: float
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Upset:
    """A partner with whom a business competes: to introduce or accept it may upset them."""

    business_id: int  # of the partner
    name: str
    stage: str  # of the partnership: agreed or courted
    services: tuple[str, ...]  # that both sell
    overlap_share: float
    competes: bool  # or only partly
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A business worth meeting, with what is in it for each side."""

    business_id: int
    name: str
    services: tuple[str, ...]
    place: str
    distance_km: float | None
    rank: int  # candidates that nobody can tell apart share one
    score: float
    chance_share: float  # that both say yes
    market_share: float  # shared target market
    to_them_a_year: float  # referrals we would send them
    to_us_a_year: float  # referrals they would send us
    value_to_us_cents: int
    value_to_them_cents: int
    yes_us_share: float  # chance that we would say yes
    yes_them_share: float
    assumed: tuple[str, ...]  # which inputs are the service's usual figures, not told ones
    reasons: tuple[Reason, ...]  # the largest for it, at least one for each side
    against: Reason | None
    partly_competes: bool = False
    upsets: tuple[Upset, ...] = ()  # partners whom it would upset
    alike: int = 0  # others of the same service with the same score: nobody can tell them apart
    worth_finding_out: bool = False  # one place in five goes to whom we know least about among the good ones
    open_question: str = ""  # what there is to find out, as a sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Competitor:
    """A business that sells the same to the same people, or nearly; `overlap_share` is the product of its axes."""

    business_id: int
    name: str
    services: tuple[str, ...]  # that both sell
    overlap_share: float  # 0-1, as worked out, whatever the owner says
    sentence: str
    axes: tuple[Axis, ...]
    ruled: bool | None = None  # the owner's own word on whether they compete
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverflowPartner:
    """A competitor who could take work that the owner cannot take."""

    business_id: int
    name: str
    services: tuple[str, ...]  # that both sell
    place: str
    distance_km: float | None
    rank: int
    fit_share: float  # overlap_share x trust_share, by which they are ranked
    overlap_share: float
    trust_share: float
    stage: str  # of the partnership, if there is one
    axes: tuple[Axis, ...]
    takes: tuple[str, ...]  # which work they could take
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overflow:
    """One page of competitors who could take work over, and what became of the others."""

    partners: tuple[OverflowPartner, ...]
    total: int
    left_out: Mapping[str, int]  # plain words -> how many


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortlist:
    """One page of ranked suggestions and what became of all the others."""

    suggestions: tuple[Suggestion, ...]
    total: int  # suggestions behind all pages
    considered: int  # businesses looked at
    left_out: Mapping[str, int]  # plain words -> how many


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a network itself says of a business; None leaves the word of the directory."""

    services: Mapping[str, float] | None = None  # code -> how surely offered, 0-1
    markets: tuple[str, ...] | None = None
    tier: int | None = None  # 1 plain, 2 middle, 3 premium
    clients_a_year: float | None = None
    order_value_cents: int | None = None
    radius_km: float | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that would change the answer; `rank` is where the business would then stand, None when unknown."""

    sentence: str
    source: str  # the datum that would change, as in `Reason`
    rank: int | None = None
    told: Facts | None = None  # what to say of the business for it; None: it is not said of the business


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """One thing that counts in a score: what it means, how heavily it weighs and where its weight comes from."""

    name: str
    sentence: str
    weight: float  # the power in which it multiplies, what it adds to the log odds of a yes, or the number itself
    source: str  # "prior" when it was chosen by judgement, else what measured it
    kind: Kind = "factor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why this business, or why not: every term, and what would change the answer."""

    business_id: int
    name: str
    standing: Standing
    sentence: str
    suggestion: Suggestion | None
    competitor: Competitor | None
    terms: tuple[Reason, ...]  # all of them; they sum to ln(score / baseline)
    baseline_score: float
    changes: tuple[Change, ...]  # what would change it
    upsets: tuple[Upset, ...] = ()  # partners whom it would upset


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A place in the network picture: a partner, somebody courted, or a hollow seat for a service clients will need."""

    group: str
    service: str
    state: Seatings
    business_id: int | None
    name: str
    need_share: float  # chance that a client of the home business will need it
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The network at a glance: the owner in the middle, seats in rings by group."""

    home: str
    seats: tuple[Seat, ...]
    filled_share: float  # of the needs we expect, by chance, those a partner could fill


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceGuess:
    """A service that some text or code may mean."""

    service: str
    confidence: float  # 0-1
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """Which services somebody's words mean, surest first; when it is not sure, the guesses are a question."""

    text: str
    guesses: tuple[ServiceGuess, ...]
    sure: bool
    mode: Mode
    sentence: str
    told: bool = False  # the owner has said so before, for these very words


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessCard:
    """One business as its page shows it: facts, what this network thinks of it, nothing private of another."""

    business_id: int
    name: str
    services: Mapping[str, float]
    markets: tuple[str, ...]
    address: str
    place: str
    lat: float | None
    lon: float | None
    phone: str
    email: str
    website: str
    category: str
    shared: bool  # in the shared directory, not private to this network
    stage: str | None  # of the partnership
    verdict: str | None
    verdict_reason: str
    verdict_id: int | None
    ruled: bool | None = None  # the owner's own word on whether it competes
    ruled_because: str = ""
    said_by: Mapping[str, str] = field(default_factory=dict)  # service -> who: you, owner, naics, category, services
    radius_km: float | None = None  # this and the following: None where nobody said
    tier: int | None = None
    clients_a_year: float | None = None
    order_value_cents: int | None = None
    told: Facts = Facts()  # what this network said itself; it stands already in all of the above


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of the directory."""

    businesses: tuple[BusinessCard, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at to see whether an installation is fit for use, and what to do if it is not."""

    name: str
    passed: bool
    sentence: str


Reward = Literal["", "word", "card", "gift", "charity", "access", "money"]
Helps = Literal["us", "them", "neither"]
WANTS_LENGTH = 400  # characters of what somebody wants, in their own words


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What moves a business, or a person, to send somebody on. How they like to be thanked never counts in a score."""

    wants: str = ""  # in their own words
    wanted_markets: tuple[str, ...] = ()  # whom they want to meet
    wants_to_grow: bool | None = None
    has_room: bool | None = None  # for more clients
    vouch_share: float | None = None  # how far we would vouch for each other, 0-1
    reputation_share: float | None = None  # how well people speak of them, 0-1
    reward: Reward = ""  # how they like to be thanked: a word, a card, a gift, to charity, early access, money
    never_money: bool = False  # they said so once, and it is remembered
    asked_on: str = ""  # when we last asked something of them, such as 2026-03-02


@dataclass(frozen=True, slots=True, kw_only=True)
class OneSided:
    """A business that does not compete and is in reach, but from which one side, or neither, would gain."""

    business_id: int
    name: str
    services: tuple[str, ...]
    place: str
    distance_km: float | None
    helps: Helps  # the side that would gain
    to_us_a_year: float  # referrals
    to_them_a_year: float
    open_needs: int  # of our clients now, which they could fill
    sentence: str
    changes: tuple[str, ...]  # what would make it a partnership


@dataclass(frozen=True, slots=True, kw_only=True)
class OneSidedList:
    """One page of those who help one side only, or neither."""

    businesses: tuple[OneSided, ...]
    total: int


# -- what came of things, and what it teaches -------------------------------------------------------------
