"""How somebody may be thanked for sending clients: rules by profession and place, limits over any twelve months.

Nothing here works out a fee. Where a profession is not known, or a place is not, the stricter answer is given.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from matcher.answers.partners import Reward
from matcher.answers.thanked import Verdict, WayToThank
from matcher.knowledge.rewards import KINDS, WITH_VALUE, Rule, restrictions, rules_for

YEAR_DAYS = 366  # the longest that any twelve months are
ORDER: tuple[Verdict, ...] = ("fine", "limited", "ask", "refused")
NO_VALUE = "Words are always safe, and mean most when they say what came of it."
WITHOUT_RULE = "We know of no rule against it for what you both do. That is no legal advice."
UNKNOWN_WORK = "We do not know what they do for a living, and some professions may take no money. Ask them first."
NEVER = "They said never to send money."
RESTRICTED = "Paid referrals are restricted for this service: {}. We never send or work out money here."
VALUED_WORD = "Words and a card are worth no money; what comes with them is a gift: please note it as one."
WITHOUT_VALUE = "Please say what it cost, so that the limits of a year can be kept."
PERHAPS_PAID = "Paid referrals are restricted for this service: {}. A present may count as pay: ask first."


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Something of value that they were given."""

    reward: Reward
    value_cents: int
    given_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Whom we would thank, as far as rules go."""

    services: frozenset[str]  # what they sell; empty: not known
    ours: frozenset[str]  # what we sell
    place: str  # theirs; empty: not known, so the rules of all places count
    our_place: str = ""  # its rules count beside those of theirs
    reward: Reward = ""  # what they like
    never_money: bool = False


def ways(receiver: Receiver, gifts: Sequence[Given], on: date) -> tuple[WayToThank, ...]:
    """All kinds of thanks, each with its verdict on a day, what is left of its limit, and why."""
    rules = _rules(receiver)
    return tuple(_way(kind, receiver, rules, gifts, on) for kind in KINDS)


def refusal(receiver: Receiver, gifts: Sequence[Given], gift: Given) -> str:
    """Why something may not be given to somebody, in one sentence; empty when it may."""
    if gift.reward not in WITH_VALUE:
        return VALUED_WORD if gift.value_cents else ""
    if not gift.value_cents:
        return WITHOUT_VALUE
    way = next(way for way in ways(receiver, gifts, gift.given_on) if way.reward == gift.reward)
    if way.verdict == "refused":
        return way.reason
    if way.left_cents is not None and gift.value_cents > way.left_cents:
        left = f"{way.left_cents / 100:,.2f} {way.currency}".replace(".00 ", " ")
        return f"This is more than the rule leaves: {left} in these twelve months. {way.reason}"
    return ""


def _rules(receiver: Receiver) -> tuple[Rule, ...]:
    """The rules of their place, and of ours when we know it."""
    services = receiver.services | receiver.ours
    ours = rules_for(services, receiver.our_place) if receiver.our_place else ()
    return tuple(dict.fromkeys((*rules_for(services, receiver.place), *ours)))


def left_cents(limit_cents: int, gifts: Iterable[Given], on: date) -> int:
    """How much more may be given on a day so that no twelve months hold more than the limit, later gifts included."""
    held = [gift for gift in gifts if abs((gift.given_on - on).days) < YEAR_DAYS]
    ends = {on, *(gift.given_on for gift in held if gift.given_on > on)}
    spent = max(_within(held, end) for end in ends)
    return max(0, limit_cents - spent)


def _within(gifts: Iterable[Given], end: date) -> int:
    """Cents given in the year that ends on a day."""
    start = end - timedelta(days=YEAR_DAYS)
    return sum(gift.value_cents for gift in gifts if start < gift.given_on <= end)


def _way(kind: Reward, receiver: Receiver, rules: Sequence[Rule], gifts: Sequence[Given], on: date) -> WayToThank:
    if kind not in WITH_VALUE:
        return _answer(kind, receiver, [("fine", NO_VALUE, "", "")], None)
    held = [rule for rule in rules if kind in rule.rewards]
    limited = min(
        ((left_cents(r.limit_cents, _counted(r, gifts), on), r) for r in held if r.limit_cents is not None),
        key=lambda one: one[0],
        default=None,
    )
    grounds: list[tuple[Verdict, str, str, str]] = [(_verdict(r), r.rule, r.source, r.checked_on) for r in held]
    return _answer(kind, receiver, [*_own_grounds(kind, receiver, bool(held)), *grounds], limited)


def _own_grounds(kind: Reward, receiver: Receiver, ruled: bool) -> list[tuple[Verdict, str, str, str]]:
    """What speaks against a kind of thanks beside the rules by place: their word, and restrictions of services."""
    found: list[tuple[Verdict, str, str, str]] = []
    restricted = restrictions(sorted(receiver.services | receiver.ours))
    if kind == "money" and receiver.never_money:
        found.append(("refused", NEVER, "", ""))
    if kind == "money":
        found += [("refused", RESTRICTED.format(name), source, "") for name, source in restricted]
    elif not ruled:
        found += [("ask", PERHAPS_PAID.format(name), source, "") for name, source in restricted]
    if kind == "money" and not receiver.services:
        found.append(("ask", UNKNOWN_WORK, "", ""))
    return found or ([] if ruled else [("fine", WITHOUT_RULE, "", "")])


def _answer(
    kind: Reward,
    receiver: Receiver,
    grounds: Collection[tuple[Verdict, str, str, str]],
    limited: tuple[int, Rule] | None,
) -> WayToThank:
    """The gravest verdict with its reasons; a limit that is used up refuses."""
    verdict = max((ground[0] for ground in grounds), key=ORDER.index)
    telling = [ground for ground in grounds if ground[0] == verdict]
    if limited is not None and limited[0] == 0 and verdict != "refused":
        verdict, telling = (
            "refused",
            [("refused", f"The limit is used up for now. {limited[1].rule}", limited[1].source, "")],
        )
    elif verdict == "limited" and limited is not None:
        telling = [("limited", limited[1].rule, limited[1].source, limited[1].checked_on)]
    first = telling[0]
    return WayToThank(
        reward=kind,
        verdict=verdict,
        left_cents=None if limited is None or verdict == "refused" else limited[0],
        limit_cents=limited[1].limit_cents if limited else None,
        currency=limited[1].currency if limited else "",
        reason=first[1],
        source="; ".join(dict.fromkeys(ground[2] for ground in telling if ground[2])),
        checked_on=first[3],
        preferred=kind == receiver.reward,
    )


def _counted(rule: Rule, gifts: Iterable[Given]) -> list[Given]:
    """The gifts that count towards a rule's limit: those of its kinds."""
    return [gift for gift in gifts if gift.reward in rule.rewards]


def _verdict(rule: Rule) -> Verdict:
    return rule.verdict  # type: ignore[return-value]
