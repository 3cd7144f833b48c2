"""People who may be one: groups with reasons, what a merge made of them, and where somebody seems to work."""

from dataclasses import dataclass
from typing import Literal

Choice = Literal["name", "email", "phone", "company", "position", "website", "address", "business"]
MERGED_MOST = 20  # people who can be made one at once


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSeen:
    """A person as we know them, to be laid beside another."""

    person_id: int
    name: str
    email: str
    phone: str
    other_emails: tuple[str, ...]
    other_phones: tuple[str, ...]
    company: str
    position: str
    website: str
    address: str  # street, town, region, postcode and country in one line
    business_id: int | None
    business: str  # whose face they are
    note: str
    is_client: bool
    added_on: str  # ISO day, "" when nobody wrote it down


@dataclass(frozen=True, slots=True, kw_only=True)
class PairReason:
    """Why two people are taken for one, and how likely they are (0-1)."""

    one_id: int
    other_id: int
    chance: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateGroup:
    """People who seem to be one; `seen` stands for what was shown, so that nothing else is merged unseen."""

    people: tuple[PersonSeen, ...]
    pairs: tuple[PairReason, ...]
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateList:
    """All groups, the surest first, and among how many people they were looked for."""

    groups: tuple[DuplicateGroup, ...]
    total: int  # groups, also those that are not listed here
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What a merge made: the person who stayed, of how many."""

    merge_id: int
    person_id: int
    name: str
    people: int
    merged_on: str  # ISO day
    undone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksAt:
    """A business where somebody seems to work, and why; nothing is kept before the owner says yes."""

    person_id: int
    person: str
    business_id: int
    business: str
    reason: str
