"""What teaches partners whom to send: addresses to write to, the plan for one partner, and the kit to hand out."""

from dataclasses import dataclass
from typing import Literal

from matcher.answers.invited import Vetted
from matcher.answers.partners import Profile, Reward
from matcher.answers.whose import Whose

Part = Literal["attract", "educate", "motivate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """A business with all the ways to reach it, as an address book or a letter needs them, each part on its own."""

    name: str
    business_id: int | None = None
    contact: str = ""  # the person to whom one writes
    phone: str = ""
    email: str = ""
    website: str = ""
    street: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""  # in two letters
    services: tuple[str, ...] = ()
    stage: str = ""  # of the partnership, if there is one
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the plan for a partner, with what this network has done and noted of it."""

    code: str
    part: Part
    title: str
    how: str
    why: str
    done_on: str = ""  # such as 2026-03-02; "" as long as it is not done
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingCard:
    """What one client said of a partner after working with them."""

    stars: int  # 1-5
    words: str
    rated_on: str  # such as 2026-03-02
    client: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """What clients think of a partner, the newer ratings weighing more, and whether we would pause."""

    mean_stars: float  # 1-5, drawn towards what is usual as long as there are few
    count: int
    propose_pause: bool
    sentence: str
    ratings: tuple[RatingCard, ...] = ()  # the newest first


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerPlan:
    """How one partner is courted: what they want, what we can bring, what to do, and how it stands."""

    business_id: int
    name: str
    stage: str  # "" as long as there is no partnership
    wants: Profile
    bring: tuple[str, ...]  # what we can bring them, in sentences; the first has the number
    steps: tuple[Step, ...]
    done: int  # of the steps
    checks: tuple[Vetted, ...]
    rated: Rated

    @property
    def next_step(self) -> Step | None:
        """The first step that is not done."""
        return next((step for step in self.steps if not step.done_on), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnContact:
    """How our own business is reached, as it is printed on what we hand out."""

    phone: str = ""
    email: str = ""
    website: str = ""
    street: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listened:
    """What to listen for: a service of ours, and what people say who need it."""

    service: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """What teaches others whom to send us: who we are, for whom we are good, and what such people say."""

    own: Addressed
    trades: tuple[str, ...]  # our services as in a sentence, such as "mortgage broker"
    listen: tuple[Listened, ...]  # by service
    clients: tuple[str, ...]  # kinds of clients, such as "First-time home buyers"
    occasions: tuple[str, ...]  # what such people go through, the commonest first
    radius_km: float  # how far clients come from


@dataclass(frozen=True, slots=True, kw_only=True)
class Champion:
    """Somebody who has already sent us people, as our own staff should know them."""

    whose: Whose
    name: str
    contact: str = ""
    sent: int = 0  # people
    last_on: str = ""  # such as 2026-03-02
    weight: float = 0.0  # people, each counting half after 12 months
    reward: Reward = ""  # how they like to be thanked
    never_money: bool = False
