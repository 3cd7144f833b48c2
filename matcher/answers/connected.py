"""Who knows whom: contacts, how well two know each other, who can introduce us, and whom we could bring together."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from matcher.answers.whose import Whose
from matcher.names import fold

OWNER = Whose()  # nobody in particular: the owner
YEARS_MOST = 100  # for which two can know each other
TALKS_MOST = 1_000  # times a year that two can be in touch
NUMBER_DIGITS = 9  # last digits by which a telephone number is known again, with or without the code of its country
NUMBER_DIGITS_LEAST = 6  # fewer tell nobody apart


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactTold:
    """A person who is no client, as the owner describes them; `business_id`: where they work, whose face they are."""

    name: str
    email: str = ""
    phone: str = ""
    business_id: int | None = None
    note: str = ""
    company: str = ""  # where they work, as they or a list call it; it needs no business that we know
    position: str = ""  # what they do there


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContact:
    """A contact as a list brings them in, with all that is beyond what an owner would type."""

    told: ContactTold
    other_emails: tuple[str, ...] = ()
    other_phones: tuple[str, ...] = ()
    website: str = ""
    street: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    referred_by: str = ""  # the name of who sent them to us
    known_since: date | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """Under what they are known again, the surest first."""
        told = self.told
        signs = person_signs((told.email, *self.other_emails), (told.phone, *self.other_phones), self.website)
        return person_keys(told.name, (*signs, company_sign(told.company)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactCard:
    """A person whom the owner knows and who is no client."""

    person_id: int
    name: str
    email: str
    phone: str
    business_id: int | None
    business: str  # its name; empty for none
    note: str
    company: str = ""
    position: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TieTold:
    """How well two know each other, from four questions; None: not answered."""

    years: float | None = None  # for how long
    contacts_a_year: float | None = None  # how often they talk
    worked_together: bool | None = None
    would_vouch: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTie:
    """That two know each other, and how well as somebody told us on a day; `one` may be the owner."""

    tie_id: int
    one: Whose
    other: Whose
    told: TieTold
    told_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TieCard:
    """A tie of somebody, seen from their side: with whom, and how strong it is today."""

    tie_id: int
    business_id: int | None  # the other one; both None: the owner
    person_id: int | None
    name: str  # of the other one; empty for the owner
    years: float | None
    contacts_a_year: float | None
    worked_together: bool | None
    would_vouch: bool | None
    told_on: str  # such as 2026-03-02
    strength_share: float  # 0-1
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Connector:
    """Somebody who knows the owner and whom the owner wants to meet."""

    business_id: int | None
    person_id: int | None
    name: str
    part_share: float  # what they add to the trust, 0-1
    rested_share: float  # 1: not asked for long; the part times this ranks
    may_ask: bool
    last_asked_on: str  # empty: never
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FartherWay:
    """Somebody known who knows somebody who knows whom the owner wants to meet; no number for it holds."""

    business_id: int | None  # whom to ask
    person_id: int | None
    name: str
    would: str  # the one who could introduce us
    may_ask: bool
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoConnects:
    """Who could introduce the owner to somebody, the best to ask first."""

    business_id: int | None
    person_id: int | None
    name: str
    yourself_share: float | None  # how well the owner knows them; None: not at all
    trust_share: float  # how far the owner and they would trust each other through those between, 0-1
    sentence: str
    connectors: tuple[Connector, ...]
    farther: tuple[FartherWay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """Two of the owner's partners who are not known to have met, and what each would gain."""

    rank: int
    first_business_id: int
    first: str  # name
    first_contact: str  # the person there to whom one writes; empty: nobody told us
    first_a_year: float  # referrals that would reach the first
    first_reason: str  # why the first would like it
    second_business_id: int
    second: str
    second_contact: str
    second_a_year: float
    second_reason: str
    weaker_a_year: float  # the smaller of the two, which ranks
    distance_km: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MetPair:
    """Two partners who know each other, or whom we introduced."""

    first_business_id: int
    first: str
    second_business_id: int
    second: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmetList:
    """A page of pairs who could meet, with how many there are, and whom we looked at."""

    pairs: tuple[Unmet, ...]
    total: int
    partners: int  # looked at
    met: int  # pairs of them that know each other, or were introduced
    met_pairs: tuple[MetPair, ...]  # the first of these, by name
    without_business: int  # contacts of whom we do not know where they work


def person_signs(emails: Iterable[str], phones: Iterable[str], website: str) -> tuple[str, ...]:
    """What tells a person from others of the same name: addresses, numbers, a profile; the surest first."""
    digits = (re.sub(r"\D", "", phone)[-NUMBER_DIGITS:] for phone in phones)
    numbers = (number for number in digits if len(number) >= NUMBER_DIGITS_LEAST)
    profile = re.sub(r"^https?://(www\.)?|/+$", "", website.strip().casefold())
    signs = (*(email.strip().casefold() for email in emails), *numbers, profile)
    return tuple(dict.fromkeys(sign for sign in signs if sign))


def company_sign(company: str) -> str:
    """Where somebody works, as a sign that tells them from others of the same name."""
    return fold(company)


def person_keys(name: str, signs: Iterable[str]) -> tuple[str, ...]:
    """The forms under which somebody is known again: their name with each sign; alone where there is none."""
    who = fold(name) or name.strip()
    return tuple(f"{who}\n{sign}" for sign in signs if sign) or (f"{who}\n",)
