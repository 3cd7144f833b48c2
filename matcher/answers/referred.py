"""Referrals, given and received: as they are told, and as cards that say who is still to be thanked."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from matcher.answers.whose import Whose

Result = Literal["open", "won", "done", "nowhere"]
AskedHow = Literal["", "unasked", "soft", "direct", "written"]
ThankKind = Literal["at_once", "again", "publicly"]
BECAUSE_CHARACTERS = 400  # why they sent somebody, in their own words
PROSPECT_CHARACTERS = 200
NOTE_CHARACTERS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralTold:
    """A referral as the owner tells it: `whose` sent us the prospect, or got them from us (`given`)."""

    given: bool
    whose: Whose
    prospect: str
    service: str = ""
    referred_on: date | None = None  # None: today
    because: str = ""
    asked_how: AskedHow = ""
    note: str = ""
    introduction_id: int | None = None
    result: Result = "open"
    value_cents: int | None = None
    closed_on: date | None = None  # None: today, when the result closes it


@dataclass(frozen=True, slots=True, kw_only=True)
class ThankDue:
    """A word of thanks that is still owed, since when, and whether that is too long ago."""

    kind: ThankKind
    since: str  # such as 2026-03-02
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralCard:
    """One referral as its page shows it."""

    referral_id: int
    given: bool
    business_id: int | None  # of the source, or of whom we sent somebody to; else it is a person
    person_id: int | None
    name: str
    prospect: str
    service: str
    referred_on: str  # such as 2026-03-02
    result: Result
    value_cents: int | None
    closed_on: str  # the same, or ""
    because: str
    asked_how: AskedHow
    thanked_on: str
    thanked_again_on: str
    thanked_publicly_on: str
    note: str
    introduction_id: int | None = None
    owed: tuple[ThankDue, ...] = ()

    @property
    def whose(self) -> Whose:
        """Who sent us the prospect, or got them from us."""
        return Whose(self.business_id, self.person_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralsWanted:
    """Which referrals are asked for; what is None or empty does not narrow."""

    given: bool | None = None
    results: tuple[Result, ...] = ()
    asked_how: AskedHow = ""
    owed: bool = False  # only those for which thanks are owed
    whose: Whose | None = None
    text: str = ""  # in the names of source and prospect


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralList:
    """A page of referrals, the newest first, and what all that were asked for add up to."""

    referrals: tuple[ReferralCard, ...]
    total: int
    value_cents: int  # of those won or done
    owed: int  # of all referrals of the network: those for which thanks are owed


@dataclass(frozen=True, slots=True, kw_only=True)
class Fallback:
    """Who could take over when a referral that we gave went nowhere."""

    business_id: int
    name: str
    sentence: str
