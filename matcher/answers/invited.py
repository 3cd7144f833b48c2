"""What people without an account are shown and tell us, and what the owner sees of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from matcher.answers.told import CheckedKind

Decision = Literal["", "yes", "no"]
SURVEY_DAYS = 30  # in which a client can answer; longer than a holiday (prior)
CALL_DAYS = 90  # in which businesses can answer a call (prior)
APPLICATIONS_MOST = 50  # answers to one call; nobody vets more by hand (prior)
LINE_CHARACTERS = 200  # of a name, a licence, an insurance
TEXT_CHARACTERS = 2_000  # of what is written on several lines: a call, references, a note


def last_day(sent_on: date) -> date:
    """The last day on which a survey can be answered."""
    return sent_on + timedelta(days=SURVEY_DAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyGroup:
    """One group of services of the survey, the commonest services first."""

    code: str
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyPage:
    """All that the page of a survey shows: who asks, what, and until when; nothing of the client."""

    business: str  # the owner's
    groups: tuple[SurveyGroup, ...]
    ends_on: str  # such as 2026-04-01, the last day


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyAnswers:
    """What a client ticks and writes in the survey."""

    groups: tuple[str, ...] = ()  # what matters to them this year
    services: tuple[str, ...] = ()  # what they lack
    words: str = ""  # anything else, in their own words


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPage:
    """All that the page of an open call shows; no client is named."""

    business: str  # the owner's
    service: str
    what: str  # the same in a sentence, such as "a roofing contractor"
    place: str
    wording: str  # the owner's own words
    asked: int  # our clients who have asked for this service in the last year
    ends_on: str  # such as 2026-04-01, the last day


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationTold:
    """A business that answers an open call, in its own words; nothing of it is checked."""

    business: str
    contact: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    licence: str = ""
    insurance: str = ""
    references: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationCard:
    """An answer to an open call as its owner sees it."""

    application_id: int
    call_id: int
    told: ApplicationTold
    sent_on: str  # such as 2026-03-02
    answer: Decision = ""
    business_id: int | None = None  # the business that a yes has made


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCallCard:
    """An open call as its owner sees it; its link is made to be passed round, so it is no secret."""

    call_id: int
    service: str
    place: str
    wording: str
    token: str  # "" once it is closed
    opened_on: str
    closes_on: str  # the last day
    open: bool
    asked: int  # our clients who have asked for this service in the last year
    applications: tuple[ApplicationCard, ...] = ()  # the newest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Vetted:
    """What stands behind one claim of a business: who says it, when it was checked, and until when that holds."""

    kind: CheckedKind
    claimed: str = ""  # what they wrote when they answered a call; nobody has checked it
    checked_on: str = ""  # such as 2026-03-02; "" as long as nobody has checked
    valid_until: str = ""
    note: str = ""
    overdue: bool = False  # it was valid until a day that is past
