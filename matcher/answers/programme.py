"""The first six months: the list of people, the weeks of giving first, who could be connected, deals and the lock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from matcher.answers.connected import TieTold
from matcher.answers.whose import Whose

Standing = Literal["", "cold", "no"]
Group = Literal["no", "cold", "customers"]
Which = Literal["", "tagged", "untagged", "lacking"]  # of the people on the list; "": all
Goal = Literal[100, 200]  # people on a list
GOALS: tuple[Goal, ...] = get_args(Goal)
DAYS_LOCKED = 180  # in which nothing is sold, unless a kit says otherwise: six months
NAMES_MOST = 200  # told in one go (prior)
DEAL_CHARACTERS = 400  # as its column holds
NOTE_CHARACTERS = 400  # of a week, as its column holds
MINUTES_MOST = 600  # that a week can have taken; who writes more means something else
LACKS_MOST = 10  # told of a person at a time (prior)


# -- the programme -----------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something to do in a week of the programme, with words to say where words help."""

    week: int
    title: str
    minutes: int
    do: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KitService:
    """A service that a kit adds to ours for the list of whoever takes it."""

    code: str
    name: str
    group: str  # of the taxonomy
    words: tuple[str, ...] = ()  # other names of it, and how people ask for it


@dataclass(frozen=True, slots=True, kw_only=True)
class KitScript:
    """Words to say that a kit brings along and that stand in place of none of ours."""

    code: str
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeTold:
    """That an owner begins the programme: on which day, and how many people are to be on the list."""

    started_on: date | None = None  # today unless told
    goal: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """The programme as an owner follows it: its steps, which weeks were kept and when, and from when one may sell."""

    started_on: date
    goal: int
    steps: tuple[Step, ...]
    opens_on: date  # the day from which selling tools are open
    kept: tuple[tuple[int, date], ...] = ()
    brand_words: tuple[str, ...] = ()  # of a company, which no message may hold before that day
    scripts: Mapping[str, str] = field(default_factory=dict)  # code -> the kit's own text in place of ours
    name: str = ""  # of the kit; "" for our own programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """That selling tools are closed, until when and why."""

    opens_on: date
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Words of a message that sell, where they stand in it, and what to say instead."""

    start: int
    end: int
    words: str
    kind: str  # pitch, meeting, ask, brand
    instead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeCounts:
    """How far an agent is, in numbers alone: all that a coach sees of a network."""

    list_size: int
    tagged: int
    connections_made: int
    weeks_kept: int
    introductions_closed: int
    week: int  # 0: not begun; the last one from then on
    finished: bool = False  # all weeks are behind them


# -- who could be connected ----------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """Something that somebody of the list needs and that nobody sees to yet."""

    need_id: int
    service: str
    wording: str
    heard_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Somebody whom the owner knows, as a connection sees them; to ask a face is to ask the business."""

    whose: Whose
    same_as: Whose  # the business whose face they are, else the same
    name: str
    lacks: tuple[Lack, ...] = ()
    offers: frozenset[str] = frozenset()
    serves: frozenset[str] = frozenset()  # markets, as they or the owner said
    is_in: frozenset[str] = frozenset()  # markets that they are part of
    town: str = ""  # comparable
    lat: float | None = None
    lon: float | None = None
    tie_share: float = 0.0  # how well the owner knows them, 0-1
    agreed: bool = False  # a partner


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """An introduction of two that was drafted on a day; `alive`: nobody has said no, and it is not withdrawn."""

    two: frozenset[Whose]
    need_id: int | None
    drafted_on: date
    alive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """Two of the list who could be connected: who lacks something, who offers it, why, and the words to begin with."""

    first: Whose
    first_name: str
    target: Whose
    target_name: str
    need_id: int
    service: str
    wording: str
    reasons: tuple[str, ...]
    words: str  # to say to the first
    first_reason: str  # as each of them reads it
    target_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Connections:
    """The connections of a week, and why there are no more."""

    shown: tuple[Connection, ...]
    possible: int  # pairs that fit
    sentence: str  # "" when there are three


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekCard:
    """A week of the programme: what to do, and whether it was kept."""

    number: int
    begins_on: str
    minutes: int
    steps: tuple[Step, ...]
    kept_on: str = ""
    took_minutes: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeCard:
    """The programme of an owner: where they stand, every week, and from when they may sell."""

    name: str
    started_on: str
    goal: int
    week: int  # of today; 0 before it begins, the last one when it is over
    weeks: tuple[WeekCard, ...]
    finished: str  # that all weeks are behind you, in a sentence; "" until then
    opens_on: str
    locked: bool
    counts: ProgrammeCounts
    scripts: tuple[KitScript, ...] = ()
    services: tuple[KitService, ...] = ()  # that the kit adds to ours


# -- the list ------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class Jogger:
    """A question that brings people to mind."""

    code: str
    circle: str
    question: str
    done_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesAdded:
    """What came of names told in one go."""

    person_ids: tuple[int, ...]
    names: tuple[str, ...]
    known: tuple[str, ...]  # on the list before


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCard:
    """How long the list is, how much of it is tagged, and the questions that are left."""

    size: int
    tagged: int
    goal: int
    joggers: tuple[Jogger, ...]
    newest: tuple[str, ...]  # names


@dataclass(frozen=True, slots=True, kw_only=True)
class LackCard:
    """Something that somebody of the list may lack, in their words."""

    need_id: int
    wording: str
    service: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCard:
    """Somebody of the list with their tags."""

    person_id: int
    name: str
    email: str
    phone: str
    company: str
    position: str
    place: str
    offers: tuple[str, ...]
    suggested: tuple[str, ...]  # services that their position names, to be asked about
    serves: tuple[str, ...]
    standing: Standing
    lacks: tuple[LackCard, ...]
    tie: TieTold
    is_client: bool
    tagged_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPage:
    """One page of the people on the list, and how many there are in all."""

    people: tuple[ListedCard, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TagsTold:
    """What the owner says of somebody of the list, in answer to four questions."""

    offers: tuple[str, ...] = ()
    serves: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()  # wordings of what is new; what is known already stays
    tie: TieTold | None = None  # None leaves what was told
    standing: Standing = ""
    city: str | None = None  # None leaves it


# -- deals ---------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class DealTold:
    """What a partner offers the people we know for a while."""

    business_id: int
    what: str
    from_on: date | None = None  # today unless told
    until_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DealCard:
    """A deal that is on, or will be."""

    deal_id: int
    business_id: int
    business: str
    what: str
    from_on: str
    until_on: str
    services: tuple[str, ...]
    running: bool
