"""What an owner tells us of clients, as it goes in: the same for a page, the API, a command and a file."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from email_validator import EmailNotValidError, validate_email

from matcher.answers.covered import ANY, Grade, Wish
from matcher.answers.partners import Place
from matcher.names import fold

CheckedKind = Literal["licence", "insurance", "references"]
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)  # of a need or a journey; others are slips of the pen
NAME_CHARACTERS = 200  # of a person, a family or a firm
NOTE_CHARACTERS = 2_000
WORDING_CHARACTERS = 400  # of a need, in the client's words
CHECK_CHARACTERS = 400  # of a note on something that was checked
# An address that nobody would doubt, so that long lists are read quickly; names that get no mail are longer (RFC 6761)
PLAIN_EMAIL = re.compile(r"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,3}", re.I | re.A)
PLAIN_CHARACTERS = 64  # of such an address at most; no part of it can then be longer than it may be (RFC 5321)


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

    @property
    def key(self) -> str:
        """Equal for the same client told twice: the same name, whatever its capitals and accents, and e-mail."""
        return client_key(self.name, self.email)


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
class NewClient:
    """A client as one brings them in: who they are, what they need, what they go through and since when."""

    told: ClientTold
    needs: tuple[NeedTold, ...] = ()
    journey: str = ""
    since: date | None = None  # the journey's day zero; today unless told


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


def client_key(name: str, email: str) -> str:
    """The form under which a client is known again; one without a telling letter in the name goes by it as it is."""
    return f"{fold(name) or name.strip()}\n{email.strip().casefold()}"


def is_email(text: str) -> bool:
    """Whether somebody could have this e-mail address; nobody is asked whether they do."""
    if len(text) <= PLAIN_CHARACTERS and PLAIN_EMAIL.fullmatch(text):
        return True
    try:
        validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return False
    return True
