"""Who gets what, need by need, in words: the partner and why, who else could, and what one can do about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import url_for

from matcher.answers.covered import NeedCard, Option, Served, Slot, State, Status, Stopped
from matcher.languages import language_name
from matcher.lists.coverage_lists import partner_of
from webapp.filters import find_href, iso_day, km, money, service_name
from webapp.next_steps import FILTERS

ORDER: tuple[State, ...] = ("ready", "gap", "unsorted", "introduced", "filled", "ours")  # what to do first
TITLES: dict[State, tuple[str, str]] = {
    "ready": ("Ready to introduce", "The partner is there. You make the introduction."),
    "gap": ("Nobody yet", "No partner of yours can take these now."),
    "unsorted": ("Service not known", "Say which service it is, and a partner follows."),
    "introduced": ("Introduced", "Ask how it went."),
    "filled": ("Filled", "Done."),
    "ours": ("You do it yourself", "You sell this."),
}
CHOSEN_ANEW: frozenset[State] = frozenset(("ready", "gap"))  # states in which the owner may choose somebody else
PRICES = {1: "plain", 2: "middle", 3: "premium"}
Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Act:
    """A button that says what became of a need."""

    status: Status
    text: str
    icon: str
    kind: str = ""  # of button
    to_partner: bool = False  # the partner goes along


ACTS: dict[State, tuple[Act, ...]] = {
    "ready": (Act("introduced", "Introduce", "handshake", "primary", to_partner=True),),
    "introduced": (
        Act("filled", "It is filled", "check", "primary"),
        Act("open", "It came to nothing", "undo-2"),
    ),
    "filled": (Act("open", "Open it again", "undo-2", "quiet"),),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A partner by name, with their page and where they are."""

    name: str
    href: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedShown:
    """One need as the page shows it."""

    need: NeedCard
    state: State
    title: str
    client_href: str
    facts: tuple[str, ...]
    sentence: str
    partner: Named | None
    terms: tuple[tuple[str, float], ...]  # why this partner: sentence and share
    others: tuple[Named, ...]
    stopped: tuple[tuple[Stopped, str], ...]  # with what stands in the way, as a chip
    acts: tuple[tuple[Act, int | str], ...]  # buttons, each with the partner that goes along
    find_href: str  # where to look for somebody; empty where there is no need to
    asks_service: bool  # nobody has said yet which service it is
    pins: tuple[tuple[str, Choices], ...]  # partners whom the owner may choose instead, by shelf
    asked: Choices  # partners of whom one may ask why not
    guesses: Choices  # services that it may be


@dataclass(frozen=True, slots=True)
class Group:
    """The needs of one state."""

    state: State
    title: str
    hint: str
    needs: tuple[NeedShown, ...]
    total: int


def ordered(needs: Iterable[Served]) -> list[Served]:
    """The needs by state, what to do first at the beginning; inside a state as they come."""
    return sorted(needs, key=lambda served: ORDER.index(served.state))


def groups(shown: Iterable[NeedShown], totals: dict[State, int]) -> list[Group]:
    """Needs under the heading of their state."""
    kept = tuple(shown)
    by_state = {state: tuple(one for one in kept if one.state == state) for state in ORDER}
    return [Group(state, *TITLES[state], needs, totals[state]) for state, needs in by_state.items() if needs]


def need_shown(served: Served, slots: Sequence[Slot], guesses: Sequence[str] = ()) -> NeedShown:
    """One need in words; `slots` are all partners, `guesses` the services that it may be."""
    need = served.need
    business_id, name = partner_of(served)
    return NeedShown(
        need=need,
        state=served.state,
        title=service_name(need.service) if need.service else "Which service?",
        client_href=url_for("clients.show_client", client_id=need.client_id) if need.client_id else "",
        facts=_facts(need),
        sentence=served.sentence,
        partner=_named(business_id, name, served.partner) if business_id is not None else None,
        terms=tuple((term.sentence, term.share) for term in served.partner.terms) if served.partner else (),
        others=tuple(_named(option.business_id, option.name, option) for option in served.others),
        stopped=tuple((stopped, FILTERS[stopped.filter]) for stopped in served.stopped),
        acts=tuple((act, business_id or "" if act.to_partner else "") for act in ACTS.get(served.state, ())),
        find_href=find_href(need.service) if served.state == "gap" else "",
        asks_service=served.state == "unsorted",
        pins=_pins(served, slots, business_id) if served.state in CHOSEN_ANEW else (),
        asked=[(str(slot.business_id), slot.name) for slot in slots if slot.business_id != business_id],
        guesses=[(code, service_name(code)) for code in guesses],
    )


def _named(business_id: int, name: str, option: Option | None) -> Named:
    return Named(
        name=name,
        href=url_for("business.show", business_id=business_id),
        where=km(option.distance_km) if option else "",
    )


def _facts(need: NeedCard) -> tuple[str, ...]:
    wish = need.wish
    facts = (
        f"{money(need.value_cents)}{', as is usual' if need.value_assumed else ''}" if need.value_cents else "",
        f"by {iso_day(need.needed_by)}" if need.needed_by else "",
        f"{PRICES[wish.tier]} prices" if wish.tier else "",
        f"speaks {language_name(wish.language)}" if wish.language else "",
        f"within {wish.within_km:g} km" if wish.within_km is not None else "",
        f"heard {iso_day(need.heard_on)}" if need.heard_on else "",
    )
    return tuple(fact for fact in facts if fact)


def _pins(served: Served, slots: Sequence[Slot], business_id: int | None) -> tuple[tuple[str, Choices], ...]:
    """Whom the owner may choose instead: those who could, then all other partners, as the owner's word goes first."""
    could = [(str(option.business_id), option.name) for option in served.others]
    known = {business_id, *(option.business_id for option in served.others)}
    rest = [(str(slot.business_id), slot.name) for slot in slots if slot.business_id not in known]
    return tuple(shelf for shelf in (("They could", could), ("Your other partners", rest)) if shelf[1])
