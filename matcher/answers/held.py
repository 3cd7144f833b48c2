"""What is held of a person, and what became of it when they were erased."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TABLE_WORDS: Mapping[str, str] = {  # table -> what its rows are to an owner; every private table has its words
    "application": "answers to open calls",
    "ask": "questions on introductions",
    "business": "businesses",
    "care": "how you look after them",
    "client": "what makes them a client",
    "coached": "who coaches you",
    "column_choice": "columns of lists",
    "correction": "corrections of the directory",
    "deal": "deals",
    "declared_market": "whom a business serves",
    "erasure": "signs of erased people",
    "gift": "thank-yous given",
    "import": "lists brought in",
    "import_problem": "lines of lists with a problem",
    "introduction": "introductions",
    "jogger_mark": "memory joggers",
    "mail": "mails",
    "merge": "cards put together",
    "moment": "moments to ask",
    "motivation": "what moves them",
    "need": "needs",
    "not_same": "cards that are two people",
    "nudge": "words of a coach",
    "occasion": "journeys",
    "offer": "what a business offers",
    "open_call": "open calls",
    "outcome": "outcomes",
    "partnership": "partnerships",
    "person": "cards of people",
    "plan_step": "steps of plans",
    "private_link": "private links",
    "programme": "the programme",
    "programme_invite": "invitations to a programme",
    "programme_kit": "kits of programmes",
    "rating": "ratings",
    "referral": "referrals",
    "report": "what became of introductions",
    "roster": "lists of members",
    "roster_member": "members on lists",
    "ruling": "rulings on competitors",
    "sale": "work agreed",
    "sender": "from whom mail comes",
    "staged_file": "files waiting to be stored",
    "stage_change": "stages of partnerships",
    "suppression": "addresses that get no mail",
    "survey": "surveys",
    "task_mark": "tasks done or put off",
    "tie": "who knows whom",
    "touch": "times you were in touch",
    "verdict": "verdicts",
    "vetting": "checks of businesses",
    "web_session": "pages that wait to be shown",
    "week": "weeks of the programme",
    "wording": "words that you explained",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Somebody of whom a network keeps a card."""

    person_id: int
    name: str
    about: str  # by what two of a name are told apart: the company, the e-mail address or the telephone


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRows:
    """What one table holds of a person: whole rows, each column -> value."""

    table: str
    words: str
    rows: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A text about something else that speaks of a person."""

    table: str
    words: str
    column: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeFile:
    """Everything that a network holds of one person, for its owner to hand over."""

    person_id: int
    name: str
    made_on: str
    held: tuple[HeldRows, ...]
    mentions: tuple[Mention, ...]
    notes: tuple[str, ...]  # in sentences, what stands in no row: that an address gets no mail, that files wait


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasePlan:
    """What erasing a person takes away, before it does, and what it has taken away, afterwards."""

    name: str  # "" once they are erased
    deleted: Mapping[str, int]  # in words -> how many
    redacted: Mapping[str, int]  # texts in which “[erased]” stands in their place
    stays: tuple[str, ...]  # in sentences, what is not touched
    scrubbed: bool = False  # no byte is left in the database's files


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtBack:
    """That people who were erased may come back with a list."""

    people: int
