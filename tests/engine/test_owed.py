"""Which thanks are owed, and from when on they are late."""

from datetime import date, timedelta

import pytest

from matcher.answers.referred import ReferralCard
from matcher.engine.owed import OVERDUE_DAYS, owed

DAY = date(2026, 3, 2)


def card(**changes: object) -> ReferralCard:
    """A referral that we received on DAY; words change it."""
    told: dict[str, object] = {
        **{"referral_id": 1, "given": False, "business_id": 7, "person_id": None, "name": "Ann", "prospect": "Joe"},
        **{"service": "", "referred_on": DAY.isoformat(), "result": "open", "value_cents": None, "closed_on": ""},
        **{"because": "", "asked_how": "", "thanked_on": "", "thanked_again_on": "", "thanked_publicly_on": ""},
        "note": "",
    }
    return ReferralCard(**(told | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("late", [False, True])
def test_first_thanks(late: bool) -> None:
    """A referral is to be thanked for on the day it comes, and late from the third day on."""
    (due,) = owed(card(), DAY + timedelta(days=OVERDUE_DAYS["at_once"] + late), publicly=True)
    assert (due.kind, due.since, due.overdue) == ("at_once", DAY.isoformat(), late)


@pytest.mark.parametrize("late", [False, True])
def test_second_thanks(late: bool) -> None:
    """Done work is to be thanked for again, late from a week after it was done, however long after the referral."""
    done = card(result="done", closed_on="2026-09-01", thanked_on=DAY.isoformat())
    (due,) = owed(done, date(2026, 9, 1) + timedelta(days=OVERDUE_DAYS["again"] + late), publicly=False)
    assert (due.kind, due.since, due.overdue) == ("again", "2026-09-01", late)


def test_public_thanks_are_never_late() -> None:
    """Public thanks wait for the work to be done and for a yes, and are never late."""
    done = card(result="done", closed_on="2026-09-01", thanked_on="2026-03-02", thanked_again_on="2026-09-02")
    (due,) = owed(done, date(2030, 1, 1), publicly=True)
    assert (due.kind, due.overdue) == ("publicly", False)
    assert owed(done, date(2030, 1, 1), publicly=False) == ()


@pytest.mark.parametrize("result", ["open", "won", "nowhere"])
def test_nothing_more_is_owed(result: str) -> None:
    """As long as no work is done, one thank-you is enough."""
    thanked = card(result=result, thanked_on=DAY.isoformat(), closed_on=DAY.isoformat())
    assert owed(thanked, date(2030, 1, 1), publicly=True) == ()


def test_nobody_is_thanked_for_what_we_gave() -> None:
    """A referral that we gave owes nobody our thanks."""
    assert owed(card(given=True, result="done", closed_on="2026-09-01"), date(2030, 1, 1), publicly=True) == ()
