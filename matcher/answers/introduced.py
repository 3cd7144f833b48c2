"""Introductions: what the owner tells of one, how far it has come, and what the people asked see and answer."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from matcher.answers.posted import MailCard
from matcher.answers.whose import Somebody, Whose

Role = Literal["first", "target"]
Reply = Literal["yes", "no", "later"]
Closing = Literal["worked", "nowhere"]
Came = Literal["waiting", "met", "won", "done", "nowhere"]
IntroductionStage = Literal[
    "drafted",
    "first_asked",
    "target_asked",
    "agreed",
    "connected",
    "met",
    "referral",
    "closed",
    "declined",
    "later",
    "silent",
    "withdrawn",
]
INTRODUCTION_STAGES: tuple[IntroductionStage, ...] = get_args(IntroductionStage)
ROLES: tuple[Role, ...] = get_args(Role)
OPEN_MOST = 10  # introductions at a time that an owner may choose; nobody cares for more (prior)
REASON_CHARACTERS = 500  # as its column holds
WORDS_CHARACTERS = 400  # as its column holds
REPORT_DAYS = 30  # days that one may say what came of it (prior)


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionTold:
    """Two who could be made known to each other, and why. `for_us`: `first` is to introduce us to `target`."""

    for_us: bool
    first: Whose
    target: Whose
    need_id: int | None = None
    service: str = ""
    first_reason: str = ""
    target_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """That one side was asked, and what they answered."""

    role: Role
    whose: Whose  # the same for a business and for its face
    asked_on: date
    reminded_on: date | None = None
    answer: str = ""  # yes, no, later
    answered_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """All that happened with one introduction; how far it has come follows from this."""

    introduction_id: int
    for_us: bool
    asks: tuple[Asked, ...] = ()
    withdrawn_on: date | None = None
    connected_on: date | None = None
    met_on: date | None = None
    closed_on: date | None = None
    won: bool = False  # work came of it

    def ask(self, role: Role) -> Asked | None:
        """How this side was asked; None as long as they were not."""
        return next((one for one in self.asks if one.role == role), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskCard:
    """How one side was asked, as the owner alone sees it."""

    role: Role
    asked_on: str
    ends_on: str  # the last day on which they can answer
    reminded_on: str
    answer: str  # yes, no, later; empty as long as they have not answered
    answered_on: str
    by_link: bool  # they answered themselves; else the owner noted it
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCard:
    """What one side told us became of an introduction."""

    role: Role
    asked_on: str
    outcome: str  # waiting, met, won, done, nowhere; empty as long as they have not answered
    value_cents: int | None
    stars: int | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionCard:
    """One introduction, as the owner sees it: what to do next, and what stands in the way."""

    introduction_id: int
    for_us: bool
    stage: IntroductionStage
    first: Somebody
    target: Somebody
    need_id: int | None
    service: str
    about: str  # the service by name
    first_reason: str
    target_reason: str
    drafted_on: str
    connected_on: str
    met_on: str
    closed_on: str
    result: str
    next_act: str  # ask, wait, remind, connect, report, done
    next_role: Role  # whom it is about
    next_sentence: str
    asks: tuple[AskCard, ...] = ()
    reports: tuple[ReportCard, ...] = ()
    stops: tuple[str, ...] = ()  # what stands in the way of it, in sentences

    def somebody(self, role: Role) -> Somebody:
        """Who has this part in it."""
        return self.first if role == "first" else self.target


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """One of the two to whom the message that makes them known to each other goes."""

    name: str
    email: str  # "" when we know none that a mail can go to
    address: str  # by post


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageToBoth:
    """The one message that makes two known to each other, once both have said yes."""

    subject: str
    text: str
    first: Reached
    target: Reached
    not_by_mail: str  # why it cannot go as one mail, in a sentence; "" when it can
    mail: MailCard | None = None  # what became of it, once its owner has let it go


@dataclass(frozen=True, slots=True, kw_only=True)
class Reissued:
    """A new link of somebody who can answer again; the one before works no more."""

    role: Role
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPage:
    """What somebody sees who is asked: the least about the other side that they can decide on."""

    business: str  # who asks
    introduces: bool  # they are asked to introduce the asker
    wants_you: bool  # the asker wants to meet them
    other: str  # "" when its name is not shown
    what: str  # what the other does, or needs: "a roofing contractor"
    place: str
    needs: bool  # the other needs it; else they do it
    reason: str
    ends_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """What somebody sees who is asked what became of an introduction; both said yes, so names are shown."""

    business: str
    other: str
    rates: bool  # they may give stars
    ends_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTold:
    """What one side tells us with one tap."""

    outcome: Came
    value_cents: int | None = None
    stars: int | None = None
    words: str = ""
