"""Connections and weeks on made lists: nobody twice, nobody who may not be asked, no more than there is room for."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from matcher.answers.introduced import Asked, Course
from matcher.answers.programme import Brought, Connections, Lack, Listed
from matcher.answers.whose import Whose
from matcher.engine.programme import (
    A_WEEK,
    AGAIN_DAYS,
    ALL_MET,
    LEFT_ALONE,
    NOBODY_LACKS,
    connections,
    steps_of,
)

DAY = date(2026, 3, 2)
SERVICES = ("plumber", "roofer", "accountant")


def _somebody(number: int, lacks: str = "", offers: str = "", **more: object) -> Listed:
    whose = Whose(person_id=number)
    needs = (Lack(need_id=number, service=lacks, wording="", heard_on=DAY),) if lacks else ()
    known = {"name": f"P{number}", "lacks": needs, "offers": frozenset(filter(None, [offers])), **more}
    return Listed(whose=whose, same_as=whose, **known)  # type: ignore[arg-type]


people = st.lists(st.tuples(st.sampled_from(["", *SERVICES]), st.sampled_from(["", *SERVICES])), max_size=12)


@given(people, st.sets(st.integers(0, 11)), st.integers(0, 40))
def test_limits_hold_on_any_list(tags: list[tuple[str, str]], drafted: set[int], days: int) -> None:
    """At most three are shown; nobody stands in two, with themselves, or in a draft of the last thirty days."""
    everybody = [_somebody(number, *one) for number, one in enumerate(tags)]
    brought = [
        Brought(two=frozenset({Whose(None, one), Whose(None, 99)}), need_id=None, drafted_on=DAY, alive=True)
        for one in drafted
    ]
    found = connections(everybody, brought, [], DAY + timedelta(days=days))
    named = Counter(whose for one in found.shown for whose in (one.first, one.target))
    assert len(found.shown) <= A_WEEK
    assert set(named.values()) <= {1}
    assert bool(found.sentence) == (len(found.shown) < A_WEEK)
    assert days >= AGAIN_DAYS or not named.keys() & {Whose(None, one) for one in drafted}
    for one in found.shown:
        first, target = (everybody[whose.person_id or 0] for whose in (one.first, one.target))
        assert first.lacks[0].service == one.service
        assert one.service in target.offers


def _shown(*everybody: Listed, courses: tuple[Course, ...] = ()) -> Connections:
    return connections(everybody, [], courses, DAY)


def test_the_nearer_and_better_known_goes_first() -> None:
    """Of two who offer the same, the one in the same town goes first, and of two in town the better known."""
    needs = _somebody(1, "plumber", town="tucson", tie_share=0.8)
    far, near = _somebody(2, "", "plumber", town="billings"), _somebody(3, "", "plumber", town="tucson")
    well = _somebody(4, "", "plumber", town="tucson", tie_share=0.7)
    assert _shown(needs, far, near).shown[0].target == near.whose
    found = _shown(needs, far, near, well)
    assert (found.shown[0].target, found.possible, len(found.shown)) == (well.whose, 3, 1)
    assert "They are in the same place." in found.shown[0].reasons


def test_whoever_said_no_is_left_alone() -> None:
    """Somebody who said no is not suggested for 180 days, and two open introductions leave room for one."""
    needs, offers = _somebody(1, "plumber"), _somebody(2, "", "plumber")
    asked = Asked(role="first", whose=needs.whose, asked_on=DAY, answer="no", answered_on=DAY)
    assert _shown(needs, offers, courses=(Course(introduction_id=1, for_us=False, asks=(asked,)),)).possible == 0
    others = [Asked(role="first", whose=Whose(None, number), asked_on=DAY) for number in (8, 9)]
    courses = tuple(Course(introduction_id=n, for_us=False, asks=(one,)) for n, one in enumerate(others))
    found = _shown(needs, offers, _somebody(3, "roofer"), _somebody(4, "", "roofer"), courses=courses)
    assert (len(found.shown), found.possible) == (1, 2)
    assert found.sentence == "You have room for 1 more introduction beside those that are open."


def test_an_empty_week_says_why() -> None:
    """Where nobody lacks what others offer, all such have met or whoever is left was asked lately, that is said."""
    needs, offers, more = _somebody(1, "plumber"), _somebody(2, "", "plumber"), _somebody(3, "", "plumber")
    two = {"two": frozenset({needs.whose, offers.whose}), "drafted_on": DAY - timedelta(days=90)}
    met = [Brought(**two, need_id=None, alive=True)]
    told = [
        connections(everybody, brought, [], DAY).sentence
        for everybody, brought in (
            ((needs,), []),
            ((needs, offers), met),
            ((needs, offers, more), [Brought(**two, need_id=1, alive=True)]),
            (
                (needs, offers, more),
                [*met, Brought(two=frozenset({more.whose}), need_id=None, drafted_on=DAY, alive=True)],
            ),
        )
    ]
    assert told == [NOBODY_LACKS, ALL_MET, ALL_MET, LEFT_ALONE]


def test_a_week_takes_twenty_minutes() -> None:
    """Our own programme has 26 weeks, none longer than twenty minutes, and each says what to do."""
    minutes: Counter[int] = Counter()
    for step in steps_of({}):
        minutes[step.week] += step.minutes
        assert step.do.endswith((".", "?"))
        assert not step.words or (step.words[0], step.words[-1]) == ("“", "”")
    assert sorted(minutes) == list(range(1, 27))
    assert max(minutes.values()) <= 20
