"""Those who send us clients: who brings most, how it is spread, what we give back, and how asking works."""

from dataclasses import dataclass
from typing import Literal

from matcher.answers.cared import CareTold, WhyNot
from matcher.answers.quick_note import Draft
from matcher.answers.referred import AskedHow
from matcher.answers.whose import Whose

SourceKind = Literal["client", "partner", "contact"]
Leaning = Literal["even", "we_give", "they_give"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Somebody who sent us clients, or to whom we sent some."""

    business_id: int | None
    person_id: int | None
    name: str
    kind: SourceKind
    grade: str  # of a client: A, B, C
    received: int
    received_cents: int  # of referrals won or done
    given: int
    given_cents: int
    weight: float  # referrals received, each counting half for every 12 months that it is old
    last_on: str  # of the newest referral received, such as 2026-03-02; or ""
    leaning: Leaning
    care: CareTold
    advice: str  # whom to ask them for, or that we stopped asking

    @property
    def whose(self) -> Whose:
        """Who it is."""
        return Whose(self.business_id, self.person_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Concentration:
    """How few sources bring most: the smallest number that brings four fifths."""

    sources: int
    of: int
    share: float  # what they bring of all referrals, 0-1
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MixRow:
    """What one kind of source brings, beside how many of them we know and how often we asked them."""

    kind: SourceKind
    sources: int
    referrals: int
    referrals_share: float
    cents: int
    cents_share: float
    asked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRow:
    """What became of referrals by how we had asked for them."""

    asked_how: AskedHow
    referrals: int
    settled: int  # won, done or nowhere
    won: int  # won or done
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """All sources, the strongest first, with what follows from them."""

    sources: tuple[Source, ...]
    concentration: Concentration
    mix: tuple[MixRow, ...]
    mix_sentence: str
    asks: tuple[AskRow, ...]
    asks_sentence: str
    rule: str  # whom to ask for whom


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkCard:
    """What to say to a partner to whom we give more than we get, by the cause that the owner chose."""

    cause: WhyNot
    draft: Draft
