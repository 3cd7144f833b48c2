"""What the agenda is worked out from, what it says, and what an owner tells us for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from matcher.answers.programme import Followed
from matcher.answers.quick_note import Draft
from matcher.answers.whose import Somebody, Whose

MomentKind = Literal["praise", "testimonial", "saved", "joined", "done", "referred"]
SaleStep = Literal["done", "meeting", "results"]
TouchKind = Literal["call", "message", "letter", "meeting"]
WHAT_CHARACTERS = 200  # of the work that was agreed
WORDING_CHARACTERS = 400  # of a moment, in their words
AHEAD_MOST_DAYS = 366  # of the tasks to come
PUT_OFF_DAYS = 7  # unless a day is chosen (prior)
CALENDAR_DAYS = 60  # ahead, of the tasks in the calendar feed (prior)
PROMISED_MOST = 20  # introductions that somebody can promise; who says more means "many" (prior)
PROMISE_DAYS = 60  # in which a client can make the promised introductions on the page behind the link (prior)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Work agreed with a client, from the handshake to the results."""

    sale_id: int
    whose: Whose
    what: str
    agreed_on: date
    done_on: date | None = None
    meeting_on: date | None = None  # planned, so it may lie ahead
    results_on: date | None = None
    promised: int = 0  # introductions


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """Somebody whom a source sent us, or whom we sent to them (`given`)."""

    referral_id: int
    given: bool
    whose: Whose
    prospect: str
    referred_on: date
    result: str = "open"
    value_cents: int | None = None
    closed_on: date | None = None
    because: str = ""
    thanked_on: date | None = None
    thanked_again_on: date | None = None
    thanked_publicly_on: date | None = None
    introduced: bool = False  # it belongs to an introduction, which asks what became of it
    sale_id: int | None = None  # on whose page it was made, as was promised


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """A good time to ask somebody, in the words in which it was told."""

    moment_id: int
    kind: str
    whose: Whose
    wording: str
    noticed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """That we were in touch with somebody."""

    whose: Whose
    touched_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """That one side of an introduction was asked whether they would like it, and what they said."""

    ask_id: int
    role: str  # first, target
    whose: Whose
    asked_on: date
    reminded_on: date | None = None
    answer: str = ""
    answered_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """An introduction, with whom we asked."""

    introduction_id: int
    first: Whose
    target: Whose
    drafted_on: date
    withdrawn_on: date | None = None
    connected_on: date | None = None
    met_on: date | None = None
    closed_on: date | None = None
    reported_on: date | None = None  # when we asked what became of it
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """That something of a business was checked, and until when that holds."""

    whose: Whose
    kind: str
    checked_on: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Stars:
    """What a client said of a partner, from 1 to 5."""

    rating_id: int
    whose: Whose
    stars: int
    rated_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """That a partnership came to a stage on a day."""

    whose: Whose
    stage: str
    changed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """How we look after somebody."""

    rhythm_days: int | None = None
    refers: bool | None = None
    thank_publicly: bool | None = None
    post_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """That a task is done, or put off until a day."""

    done_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dripped:
    """Somebody who hears from us now and then without being sold anything."""

    whose: Whose
    name: str
    group: str  # no: said no to us, cold: never talked business with us, customers
    lacks: frozenset[str] = frozenset()  # services


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """What a partner offers the people we know for a while."""

    business: str
    what: str
    from_on: date
    until_on: date
    services: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary:
    """All that the agenda is worked out from."""

    today: date = date.min  # as of which it is read
    people: Mapping[Whose, Somebody] = field(default_factory=dict)
    clients: frozenset[int] = frozenset()  # people who have a client's page
    owner: str = ""
    whom: str = ""  # we would like to meet, such as "first-time home buyers"
    works: tuple[Work, ...] = ()
    referrals: tuple[Passed, ...] = ()
    moments: tuple[Noticed, ...] = ()
    contacts: tuple[Contact, ...] = ()
    introductions: tuple[Planned, ...] = ()
    proofs: tuple[Proof, ...] = ()
    ratings: tuple[Stars, ...] = ()
    stages: tuple[Stood, ...] = ()
    care: Mapping[Whose, Looked] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    programme: Followed | None = None  # None: the owner follows none
    drip: tuple[Dripped, ...] = ()  # nobody without a programme
    deals: tuple[Deal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something to do on a day, and why."""

    key: str  # stays the same from day to day, such as "thank_now:referral:12"
    rule: str
    due_on: str  # such as 2026-03-02
    title: str
    reason: str  # the facts behind it
    why: str  # the rule in words
    business_id: int | None
    person_id: int | None
    name: str  # whose it is
    is_client: bool  # they have a client's page
    leads_to: str  # the kind of thing whose page helps: sale, referral, introduction, business, person
    number: int  # of that thing
    asks: bool  # it asks for a referral: never two of the same person within 30 days
    script: str  # of the draft; "" when there is nothing to write
    draft: Draft | None = None
    post_to: str = ""  # the address for a letter, where one is due
    email: str = ""  # of whose it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressing:
    """What to do first today, the most pressing task first, and how many tasks are due in all."""

    tasks: tuple[Task, ...]
    due: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleTold:
    """Work as the owner tells that it was agreed."""

    what: str
    agreed_on: date | None = None  # today unless told
    promised: int = 0
    value_cents: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleCard:
    """Work for a client as pages and the API show it: how far it is, and what was promised and delivered."""

    sale_id: int
    client_id: int
    client: str
    what: str
    agreed_on: str
    done_on: str = ""
    meeting_on: str = ""
    results_on: str = ""
    promised: int = 0
    delivered: int = 0  # referrals from this client, each counted once: for its own promise, or the oldest open one
    value_cents: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentFound:
    """A good time to ask that a note tells of, with the sentence it was found in; nothing is kept."""

    kind: MomentKind
    name: str  # of the kind
    sentence: str
    phrase: str  # the words that say so


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentCard:
    """A moment that the owner confirmed."""

    moment_id: int
    kind: str
    business_id: int | None
    person_id: int | None
    wording: str
    noticed_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisePage:
    """All that the page of a promise shows: who asks, for what, and how much is still open; nothing of the client."""

    business: str  # the owner's
    what: str  # the work
    promised: int
    delivered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeKnown:
    """Somebody whom a happy client makes known to us."""

    name: str
    reach: str  # how to reach them
    needs: str = ""  # what they may need
