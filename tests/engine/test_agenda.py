"""Restraint of the agenda on made diaries: whom it never asks, and never twice within a month."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.answers.agenda import Diary, Looked, Mark, Noticed, Passed, Proof, Stars, Stood, Work
from matcher.answers.whose import Somebody, Whose
from matcher.engine.agenda import RULES, agenda, rules_in_words
from matcher.engine.restraint import QUIET_DAYS

START = date(2026, 1, 1)
MIA, ROOFS = Whose(person_id=1), Whose(business_id=1)
KINDS = ("praise", "testimonial", "saved", "referred")
WORK = Work(sale_id=1, whose=MIA, what="the terrace", agreed_on=START, done_on=START, results_on=START)


def _moment(kind: str = "testimonial", day: int = 40, number: int = 1, whose: Whose = MIA) -> Noticed:
    noticed_on = START + timedelta(days=day)
    return Noticed(moment_id=number, kind=kind, whose=whose, wording="Very good.", noticed_on=noticed_on)


def _diary(**facts: object) -> Diary:
    people = {MIA: Somebody(whose=MIA, name="Mia", grade="A"), ROOFS: Somebody(whose=ROOFS, name="Roofs")}
    made = Diary(people=people, works=(WORK,), marks={"ask_done:sale:1": Mark(done_on=START)})
    return replace(made, **facts)  # type: ignore[arg-type]


def _asks(diary: Diary, day: int = 40) -> list[str]:
    return [task.key for task in agenda(diary, START + timedelta(days=day)) if task.asks]


def test_a_testimonial_is_a_moment() -> None:
    """Who writes well of us unasked is asked, for as long as that is warm."""
    diary = _diary(moments=(_moment(),))
    assert _asks(diary) == _asks(diary, 61) == ["ask_testimonial:moment:1"]
    assert _asks(diary, 39) == _asks(diary, 62) == []


@pytest.mark.parametrize(
    "facts",
    [
        {"people": {MIA: Somebody(whose=MIA, name="Mia", grade="C")}},
        {"care": {MIA: Looked(refers=False)}},
        {"works": ()},
        {"works": (replace(WORK, results_on=None),)},
        {"works": (WORK, replace(WORK, sale_id=2, done_on=START + timedelta(days=30), results_on=None))},
        {"marks": {"ask_done:sale:1": Mark(done_on=START + timedelta(days=20))}},
    ],
    ids=["a C client", "never refers", "bought nothing", "no results", "newer work without results", "asked lately"],
)
def test_who_is_not_asked(facts: dict[str, object]) -> None:
    """However good the moment, some people are not asked now."""
    assert _asks(_diary(**{"moments": (_moment(),), **facts})) == []


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 300)), max_size=12), st.sampled_from([MIA, ROOFS]))
def test_who_follows_the_agenda_never_asks_twice_within_a_month(moments: list[tuple[str, int]], whose: Whose) -> None:
    """When every ask is made on the day it is shown, two of the same person are 30 days apart or more."""
    noticed = tuple(_moment(kind, day, number, whose) for number, (kind, day) in enumerate(moments))
    works = (WORK,) if whose == MIA else ()
    diary, days = _diary(moments=noticed, marks={}, works=works), []
    for day in sorted({0, 1, *(day + more for _, day in moments for more in range(0, 22, 3))}):
        for key in _asks(diary, day):
            days.append(day)
            marks = {**diary.marks, key: Mark(done_on=START + timedelta(days=day))}
            diary = replace(diary, marks=marks)
    assert all(later - earlier >= QUIET_DAYS for earlier, later in pairwise(days))


def test_one_bad_rating_is_an_accident() -> None:
    """A pause is proposed after two bad ratings, unless the first is long ago, and of an agreed partner only."""
    days = (0, 100, 1200)
    stars = [Stars(rating_id=d, whose=ROOFS, stars=2, rated_on=START + timedelta(days=d)) for d in days]
    agreed = (Stood(whose=ROOFS, stage="agreed", changed_on=START),)
    found = {
        (number, stage): [t.key for t in agenda(_diary(ratings=ratings, stages=stood), START + timedelta(days=1210))]
        for number, ratings in (("far", (stars[0], stars[2])), ("near", (stars[0], stars[1])))
        for stage, stood in (("agreed", agreed), ("none", ()))
    }
    assert found == {("far", "agreed"): [], ("far", "none"): [], ("near", "none"): [], ("near", "agreed"): []}
    near = agenda(_diary(ratings=(stars[0], stars[1]), stages=agreed), START + timedelta(days=110))
    assert "pause:rating:100" in {task.key for task in near}


@pytest.mark.parametrize(("stages", "proposed"), [(("courted", "agreed"), True), (("agreed", "ended"), False)])
def test_the_last_stage_of_a_day_counts(stages: tuple[str, str], proposed: bool) -> None:
    """Whoever was courted and agreed with on one day is a partner, and whoever was parted from that day is none."""
    ratings = tuple(Stars(rating_id=number, whose=ROOFS, stars=1, rated_on=START) for number in (1, 2))
    stood = tuple(Stood(whose=ROOFS, stage=stage, changed_on=START) for stage in stages)
    proof = Proof(whose=ROOFS, kind="licence", checked_on=START, until=START + timedelta(days=20))
    found = {task.rule for task in agenda(_diary(ratings=ratings, stages=stood, proofs=(proof,)), START)}
    assert found & {"pause", "vetting"} == ({"pause", "vetting"} if proposed else set())


def test_a_letter_by_hand_is_rare() -> None:
    """Only a referral worth three times what is usual calls for a letter, and only when it is known what is usual."""

    def done(number: int, cents: int) -> Passed:
        on = START + timedelta(days=number)
        thanked = {"thanked_on": on, "thanked_again_on": on, "because": "x"}
        return Passed(
            referral_id=number, given=False, whose=ROOFS, prospect="P", referred_on=on, result="done",
            value_cents=cents, closed_on=on, **thanked,  # type: ignore[arg-type]
        )  # fmt: skip

    usual = tuple(done(number, 100_000) for number in (1, 2, 3))
    for known, cents, written in ((usual, 300_000, True), (usual, 299_999, False), (usual[:2], 900_000, False)):
        tasks = agenda(_diary(referrals=(*known, done(10, cents))), START + timedelta(days=12))
        assert ("handwritten:referral:10" in {task.key for task in tasks}) == written


def test_every_rule_says_why() -> None:
    """Each rule has a code of its own and a sentence that people read."""
    told = dict(rules_in_words())
    assert len(told) == len(RULES)
    assert all(why[0].isupper() and why.endswith(".") for why in told.values())
