"""What was known at the end of an earlier day."""

from datetime import date
from typing import Any

import pytest

from matcher.answers.covered import ANY, NeedCard
from matcher.looking_back import month_ends, needs_on, partners_on

APRIL, MAY, JUNE = date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 30)


def need(**told: Any) -> NeedCard:
    """A need heard in the middle of April."""
    usual: dict[str, Any] = {
        "need_id": 1,
        "client_id": 1,
        "client": "Joe",
        "grade": "",
        "service": "roofer",
        "wording": "",
        "status": "open",
        "heard_on": "2026-04-15",
        "needed_by": "",
        "wish": ANY,
        "lat": None,
        "lon": None,
        "value_cents": 1,
        "value_assumed": True,
    }
    return NeedCard(**usual | told)


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 11, 26), date(2025, 11, 30), date(2026, 10, 31)),
        (date(2026, 1, 1), date(2025, 1, 31), date(2025, 12, 31)),
        (date(2024, 3, 31), date(2023, 3, 31), date(2024, 2, 29)),
    ],
)
def test_a_trend_ends_today(today: date, first: date, last: date) -> None:
    """There are twelve ends of months before today, whatever their lengths."""
    ends = month_ends(today)
    assert (len(ends), ends[0], ends[-2], ends[-1]) == (13, first, last, today)
    assert list(ends) == sorted(set(ends))


def test_a_need_is_there_from_the_day_it_was_heard() -> None:
    """A need that was heard later was not known yet."""
    assert needs_on(date(2026, 4, 14), [need()], {}) == ()
    assert len(needs_on(date(2026, 4, 15), [need()], {})) == 1


def test_a_filled_need_was_open_before() -> None:
    """A need is open until it is handed on, introduced until it is closed, and filled from then on."""
    filled = need(status="filled", business_id=7, business="Seven")
    closings = {1: (date(2026, 5, 2), date(2026, 6, 3))}
    found = [needs_on(day, [filled], closings)[0] for day in (APRIL, MAY, JUNE)]
    assert [(n.status, n.business_id) for n in found] == [("open", None), ("introduced", 7), ("filled", 7)]


def test_a_dropped_need_counts_until_it_was_dropped() -> None:
    """What was dropped in May was still wanted in April."""
    dropped, closings = need(status="dropped"), {1: (None, date(2026, 5, 2))}
    assert [n.status for n in needs_on(APRIL, [dropped], closings)] == ["open"]
    assert needs_on(MAY, [dropped], closings) == ()


def test_partners_are_those_whose_last_word_was_agreed() -> None:
    """A partnership counts while its last word was agreed; of one day the last word counts."""
    changes = [
        (date(2026, 4, 1), 1, "courted"),
        (date(2026, 4, 2), 1, "agreed"),
        (date(2026, 4, 2), 2, "agreed"),
        (date(2026, 4, 2), 2, ""),
        (date(2026, 5, 5), 1, "paused"),
        (date(2026, 6, 6), 1, "agreed"),
    ]
    found = [partners_on(day, changes) for day in (date(2026, 4, 1), APRIL, MAY, JUNE)]
    assert found == [frozenset(), {1}, frozenset(), {1}]
