"""Who can introduce the owner to somebody: one introducer, by the shrunken trust mean, and never one who is tired.

    trust(i, k) = (sum_x t_ix t_xk + 2G) / (sum_x t_ix + 2)

over all x who know both, t = strength of a tie (0-1), G = the mean tie of the network. What x adds is t_ix t_xk over
the same denominator. Farther away no number holds, so we only say "ask X whether Y would".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.answers.connected import OWNER, Connector, FartherWay, WhoConnects
from matcher.answers.introduced import Course
from matcher.answers.whose import Whose
from matcher.engine.cadence import FAVOUR_DAYS, OWNER_OPEN, Wanted, may_ask
from matcher.engine.constants import PRIOR, Constant
from matcher.engine.ties import Web, level
from matcher.engine.words import times

USUAL_TIE = Constant(0.3, "Strength of a tie in a network of which nobody has told us any.", PRIOR)
SHRINKING = Constant(2.0, "Connectors that the usual tie counts as much as.", PRIOR)
RESTS_DAYS = Constant(30.0, "Days after which having been asked tires somebody half as much.", PRIOR)
FARTHER_MOST = 5  # ways over two people that are shown
NEW = 0  # the number of an introduction that is not drafted yet
EQUAL_DIGITS = 2  # of what somebody adds: those who agree in them take turns


@dataclass(frozen=True, kw_only=True)
class Circle:
    """All that is known of who knows whom when one looks for an introduction."""

    web: Web  # with the owner in it
    names: Mapping[Whose, str]
    courses: Sequence[Course]  # of all introductions, for the limits on asking
    open_most: int = OWNER_OPEN  # introductions that the owner wants to have open at a time
    assumed: frozenset[Whose] = frozenset()  # partners whose tie to the owner nobody told us; they have the usual one
    today: date


def usual_tie(strengths: Iterable[float]) -> float:
    """G: the mean tie of a network, or a prior where there is none."""
    found = list(strengths)
    return sum(found) / len(found) if found else float(USUAL_TIE)


def mean_tie(web: Web) -> float:
    """The mean of all ties of a network, each counted once."""
    return usual_tie(strong for one, ties in web.items() for other, strong in ties.items() if _key(one) < _key(other))


def with_partners(told: Web, partners: Iterable[Whose]) -> tuple[Web, frozenset[Whose]]:
    """The same, with the usual tie to the owner for partners of whom nobody told us how well, and who those are."""
    assumed = frozenset(partners) - told.get(OWNER, {}).keys()
    usual = mean_tie(told)
    whole = {one: dict(known) for one, known in told.items()}
    for one in assumed:
        whole.setdefault(one, {})[OWNER] = whole.setdefault(OWNER, {})[one] = usual
    return whole, assumed


def trust_share(through: Sequence[tuple[float, float]], usual: float) -> float:
    """The shrunken mean over (t_ix, t_xk) of all connectors x, 0-1; the usual tie when there is nobody between."""
    shared = sum(near * far for near, far in through)
    return float((shared + SHRINKING * usual) / (sum(near for near, _ in through) + SHRINKING))


def who_connects(circle: Circle, goal: Whose) -> WhoConnects:
    """Who could introduce the owner, who may be asked first and best first, and whom to ask whether somebody would."""
    ours, theirs = circle.web.get(OWNER, {}), circle.web.get(goal, {})
    between = [one for one in theirs if one in ours and one != OWNER]
    through = [(ours[one], theirs[one]) for one in between]
    below = sum(near for near, _ in through) + SHRINKING
    found = [
        _connector(circle, one, goal, part=near * far / below)
        for one, (near, far) in zip(between, through, strict=True)
    ]
    found.sort(key=_turn)
    farther = () if OWNER in theirs else _farther(circle, goal)
    return WhoConnects(
        business_id=goal.business_id,
        person_id=goal.person_id,
        name=circle.names[goal],
        yourself_share=theirs.get(OWNER),
        trust_share=trust_share(through, mean_tie(circle.web)),
        sentence=_advice(found, farther, circle.names[goal], yourself=OWNER in theirs),
        connectors=tuple(found),
        farther=farther,
    )


def favours(courses: Sequence[Course], one: Whose) -> list[date]:
    """The days on which somebody was asked to introduce us."""
    asks = [asked for course in courses if course.for_us for asked in course.asks]
    return sorted(asked.asked_on for asked in asks if asked.role == "first" and asked.whose == one)


def stopped(circle: Circle, one: Whose) -> str | None:
    """The limit in a sentence that stops us from asking somebody now; None when we may."""
    wanted = Wanted(
        introduction_id=NEW,
        role="first",
        whose=one,
        name=circle.names[one],
        introduces=True,
        open_most=circle.open_most,
    )
    return may_ask(wanted, circle.courses, circle.today)


def rested_share(asked: Iterable[date], today: date) -> float:
    """How rested somebody is, 0-1: 1 over 1 + the requests so far, each counting half after 30 days."""
    tired = (2 ** (-max(0, (today - on).days) / float(RESTS_DAYS)) for on in asked)
    return float(1 / (1 + sum(tired)))


def _connector(circle: Circle, one: Whose, goal: Whose, *, part: float) -> Connector:
    asked, stop = favours(circle.courses, one), stopped(circle, one)
    name = circle.names[one]
    near = circle.web[OWNER][one]
    know = (
        f"We assume that you know {name} {level(near)}" if one in circle.assumed else f"You know {name} {level(near)}"
    )
    far = level(circle.web[one][goal])
    return Connector(
        business_id=one.business_id,
        person_id=one.person_id,
        name=name,
        part_share=float(part),
        rested_share=rested_share(asked, circle.today),
        may_ask=stop is None,
        last_asked_on=asked[-1].isoformat() if asked else "",
        sentence=f"{know}; they know {circle.names[goal]} {far}. {stop or tired_words(name, asked, circle.today)}",
    )


def _turn(one: Connector) -> tuple[bool, float, str, str, tuple[int, int]]:
    """Who may be asked first, then by what they add while rested; equals take turns, the longest unasked first."""
    adds = round(one.part_share * one.rested_share, EQUAL_DIGITS)
    return not one.may_ask, -adds, one.last_asked_on, one.name, _key(Whose(one.business_id, one.person_id))


def tired_words(name: str, asked: Sequence[date], today: date) -> str:
    """How often somebody was asked lately, as a sentence."""
    lately = [on for on in asked if (today - on).days < FAVOUR_DAYS]
    if lately:
        return f"{name} was asked {times(len(lately))} this month."
    return f"You last asked {name} on {_day(asked[-1])}." if asked else f"You have not asked {name} before."


def _farther(circle: Circle, goal: Whose) -> tuple[FartherWay, ...]:
    """X whom the owner knows, Y whom X knows and the owner does not, and who knows the goal; the best X for each Y."""
    ours, best = circle.web.get(OWNER, {}), []
    for would in circle.web.get(goal, {}):
        if would == OWNER or would in ours:
            continue
        known = [one for one in circle.web[would] if one in ours and one not in (goal, OWNER)]
        if known:
            best.append(min((_way(circle, one, would, goal) for one in known), key=lambda way: way[0]))
    return tuple(way for _, way in sorted(best, key=lambda way: way[0])[:FARTHER_MOST])


def _way(circle: Circle, one: Whose, would: Whose, goal: Whose) -> tuple[tuple[bool, float, str, str], FartherWay]:
    """A way over two people, with the place that it takes among the others."""
    stop, names = stopped(circle, one), circle.names
    sentence = f"Ask {names[one]} whether {names[would]} would introduce you to {names[goal]}."
    along = circle.web[OWNER][one] * circle.web[one][would] * circle.web[would][goal]
    way = FartherWay(
        business_id=one.business_id,
        person_id=one.person_id,
        name=names[one],
        would=names[would],
        may_ask=stop is None,
        sentence=f"{sentence} But not now: {stop}" if stop else sentence,
    )
    return (stop is not None, -along, names[one], names[would]), way


def _advice(found: Sequence[Connector], farther: Sequence[FartherWay], name: str, *, yourself: bool) -> str:
    if yourself:
        return f"You know {name} yourself: ask them directly."
    if found and found[0].may_ask:
        return f"Ask {found[0].name} to introduce you to {name}."
    if found:
        return f"Whoever knows {name} cannot be asked now. Below you see until when."
    if farther:
        return f"As far as you told us, nobody you know knows {name}, but somebody may know who does."
    return f"As far as you told us, nobody you know knows {name}. Tell us who does."


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"


def _key(whose: Whose) -> tuple[int, int]:
    return whose.business_id or 0, whose.person_id or 0
