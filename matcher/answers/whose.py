"""Somebody with whom the owner deals: a business, or a person."""

from dataclasses import dataclass
from typing import NamedTuple


class Whose(NamedTuple):
    """A business, or a person: one of the two."""

    business_id: int | None = None
    person_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """A business or a person as a message or a task names them, with the ways to reach them that the owner knows."""

    whose: Whose
    name: str
    contact: str = ""  # the person at a business to whom one writes
    email: str = ""
    phone: str = ""
    address: str = ""  # by post, of several lines
    place: str = ""
    services: tuple[str, ...] = ()  # that they offer
    grade: str = ""  # of a client: A, B, C
