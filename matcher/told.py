"""What an owner tells us of clients, as it goes in: the same for a page, the API, a command and a file."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from matcher.answers import Place
from matcher.covered import ANY, Grade, Wish

CheckedKind = Literal["licence", "insurance", "references"]
NAME_CHARACTERS = 200  # of a person, a family or a firm
NOTE_CHARACTERS = 2_000
WORDING_CHARACTERS = 400  # of a need, in the client's words
CHECK_CHARACTERS = 400  # of a note on something that was checked


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientTold:
    """A client as the owner describes them."""

    name: str
    grade: Grade = ""
    markets: tuple[str, ...] = ()
    place: Place | None = None
    value_cents: int | None = None  # what they are worth to us a year
    email: str = ""
    phone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedTold:
    """A need of a client as the owner heard it; the service may still be open."""

    service: str = ""
    wording: str = ""
    needed_by: date | None = None
    wish: Wish = ANY
    value_cents: int | None = None
    occasion_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomTold:
    """What a partner told us of working for our clients; None: nobody told us."""

    room: int | None = None  # needs that they take at a time
    languages: tuple[str, ...] | None = None  # ISO 639-1


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Something of a business that the owner has checked, and when."""

    kind: CheckedKind
    checked_on: date
    valid_until: date | None = None
    note: str = ""
