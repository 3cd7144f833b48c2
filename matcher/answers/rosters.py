"""What two readings of an association's list of members tell: who joined, who left, who changed."""

from dataclasses import dataclass
from typing import Literal

KnownAs = Literal["partner", "person", "directory"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member as a list says it: a business, a person, or a person of a business."""

    business: str = ""
    person: str = ""
    category: str = ""
    website: str = ""
    phone: str = ""

    @property
    def name(self) -> str:
        """How one speaks of them."""
        return f"{self.business} ({self.person})" if self.business and self.person else self.business or self.person


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Whom we know that a member is, or may be."""

    kind: KnownAs
    name: str
    sure: bool  # False: only nearly the same name, so the owner says
    business_id: int | None = None
    person_id: int | None = None
    noted: bool = False  # the moment that they joined is kept already


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberCard:
    """A member on our copy of the list; `key` is their number there."""

    key: str
    name: str
    member: Member
    seen_on: str
    gone_on: str = ""
    changed: str = ""  # what changed with the last list, in a sentence
    known: Known | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MaybeSame:
    """One who left and one who joined, so alike that they may be the same."""

    left: MemberCard
    joined: MemberCard


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterLine:
    """One association in the list of them."""

    roster_id: int
    name: str
    read_on: str
    readings: int
    members: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterCard:
    """An association with what its last list tells beside the one before; at the first, nobody has joined."""

    roster_id: int
    name: str
    read_on: str
    readings: int
    members: int
    joined: tuple[MemberCard, ...] = ()
    left: tuple[MemberCard, ...] = ()
    changed: tuple[MemberCard, ...] = ()
    maybe: tuple[MaybeSame, ...] = ()
