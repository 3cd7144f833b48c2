"""What a coach and an agent see of each other: kits, links, a board of numbers, words to read first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from matcher.answers.programme import ProgrammeCounts

KIT_NAME_CHARACTERS = 200
WHOM_CHARACTERS = 100  # how a coach remembers whom a link is for, and how an agent is called on the board
NUDGE_CHARACTERS = 400
NUDGES_UNREAD = 5  # after so many a coach waits until some are read (prior)
INVITE_DAYS = 14  # in which a link can be taken (prior)
KIT_BYTES = 1_000_000  # of a kit's file; the longest programme has a tenth of it
SEES = (
    "how many people are on your list",
    "how many of them you have tagged",
    "how many connections you made",
    "how many weeks you kept, and which one you are in",
    "how many introductions are closed",
    "which version of the programme you have",
)
SEES_NOT = (
    "the name of anybody you know, person or business",
    "what you write about them, or to them",
    "your clients, their needs, your partners, your mail",
)
InviteState = Literal["open", "taken", "over"]
Changed = Literal["new", "different", "gone", "kept"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KitStepTold:
    """One step of a kit, as a coach writes it."""

    week: int
    title: str
    do: str
    minutes: int = 20
    words: str = ""  # to say


@dataclass(frozen=True, slots=True, kw_only=True)
class KitScriptTold:
    """One script of a kit: in place of a message of ours, or under a name of its own."""

    text: str
    place: str = ""  # code of our message
    name: str = ""  # of what stands in place of none


@dataclass(frozen=True, slots=True, kw_only=True)
class KitServiceTold:
    """A service that a kit adds, as a coach writes it."""

    name: str
    group: str
    words: str = ""  # other names of it, and how people ask for it, one a line


@dataclass(frozen=True, slots=True, kw_only=True)
class KitCard:
    """A kit with all that is in it; `content_hash` proves that a copy is unchanged, `fingerprint` is its short form."""

    kit_id: int
    name: str
    content: Mapping[str, Any]
    content_hash: str
    fingerprint: str
    edited_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KitChange:
    """What differs between two versions of a kit, at one place."""

    how: Changed
    what: str  # such as “Week 3: Ask who helps whom”
    before: str  # of a limit that is kept: what the programme says of it
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A limit of a network, as the owner set it themselves, as their programme says, and as is usual."""

    own: int | None
    programme: int | None
    usual: int

    @property
    def otherwise(self) -> int:
        """What holds where the owner sets nothing."""
        return self.usual if self.programme is None else self.programme

    @property
    def value(self) -> int:
        """What holds."""
        return self.otherwise if self.own is None else self.own


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteCard:
    """A coach's link for one agent, without its token."""

    invite_id: int
    kit_id: int
    kit: str
    whom: str
    invited_on: str
    ends_on: str
    state: InviteState


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitePage:
    """What the page behind a coach's link shows: who invites, to what, and nothing of anybody else."""

    coach: str
    email: str  # of the account that will see the counts
    kit: str
    fingerprint: str
    steps: int
    weeks: int
    ends_on: str
    settings: tuple[KitChange, ...]  # limits of whoever takes it; of a new network where nobody is signed in


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentCard:
    """An agent on a coach's board: numbers, the version of the kit, and whether the last nudge was read."""

    agent_id: int
    known_as: str  # as the agent chose to be called
    since_on: str
    kit_id: int
    kit: str  # its name in the coach's network; empty when the coach has taken it away
    fingerprint: str  # of the version that they have
    has_newest: bool
    taken_on: str
    selling_open: bool
    nudged_on: str  # empty: never
    nudge_read: bool
    counts: ProgrammeCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class NewerKit:
    """A version of the coach's kit that is newer than the agent's, with what changed."""

    content_hash: str
    fingerprint: str
    edited_on: str
    changes: tuple[KitChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachCard:
    """What an agent sees of their coach, and exactly the numbers that the coach sees of them."""

    coach: str
    known_as: str
    since_on: str
    kit: str
    fingerprint: str
    taken_on: str
    unchanged: bool  # the copy is byte for byte what was taken
    signed: bool  # and this installation's key says so
    newer: NewerKit | None
    counts: ProgrammeCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class NudgeCard:
    """Words of a coach that stand in the agent's network."""

    nudge_id: int
    words: str
    sent_on: str
    read_on: str  # empty: not yet
