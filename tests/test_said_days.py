"""Which day is meant when somebody says “in May”."""

from datetime import date

import pytest

from matcher.knowledge.quick_add import read_line

TODAY = date(2026, 11, 26)  # a Thursday


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("by 2026-12-01", "2026-12-01"),
        ("by 03/15/2027", "2027-03-15"),
        ("by 3/15/27", "2027-03-15"),
        ("by 31/12/2026", "2026-12-31"),
        ("by 15.3.2027", "2027-03-15"),
        ("by 12/1", "2026-12-01"),
        ("by 1/15", "2027-01-15"),
        ("by June 3", "2027-06-03"),
        ("by June 3rd, 2028", "2028-06-03"),
        ("before the 3rd of June", "2027-06-03"),
        ("by Feb 29", "2028-02-29"),
        ("by June", "2027-06-01"),
        ("in November", "2026-11-30"),
        ("next November", "2027-11-01"),
        ("by the end of June", "2027-06-30"),
        ("by mid-June", "2027-06-15"),
        ("by June 2028", "2028-06-01"),
        ("in 2028", "2028-01-01"),
        ("by Friday", "2026-11-27"),
        ("on Thursday", "2026-12-03"),
        ("next Friday", "2026-12-04"),
        ("next Wednesday", "2026-12-02"),
        ("this week", "2026-11-29"),
        ("next week", "2026-11-30"),
        ("this weekend", "2026-11-28"),
        ("by the end of next week", "2026-12-06"),
        ("this month", "2026-11-30"),
        ("by the end of the month", "2026-11-30"),
        ("next month", "2026-12-01"),
        ("next year", "2027-01-01"),
        ("by the end of the year", "2026-12-31"),
        ("in two weeks", "2026-12-10"),
        ("within 10 days", "2026-12-06"),
        ("in a couple of months", "2027-01-26"),
        ("in the spring", "2027-03-01"),
        ("before Christmas", "2026-12-25"),
        ("tomorrow", "2026-11-27"),
        ("as soon as possible", "2026-11-26"),
        ("ASAP", "2026-11-26"),
        ("urgently", "2026-11-26"),
        ("by 13/13/2027", ""),
        ("by 02/30/2027", ""),
        ("by 0000-00-00", ""),
        ("by yesterday", ""),
        ("in 999 years", "3025-11-26"),
    ],
)
def test_a_day_to_come(said: str, day: str) -> None:
    """By when something is needed is the next day of that name; a day that there is not is none."""
    assert read_line(f"Bob needs a plumber {said}", {}, TODAY, "words").needed_by == day


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("bought a house in May", "2026-05-01"),
        ("is getting married in May", "2027-05-01"),
        ("got married in May", "2026-05-01"),
        ("bought a house in December", "2025-12-01"),
        ("bought a house last month", "2026-10-01"),
        ("bought a house last May", "2026-05-01"),
        ("bought a house on March 3", "2026-03-03"),
        ("bought a house two weeks ago", "2026-11-12"),
        ("bought a house last year", "2025-01-01"),
        ("bought a house last summer", "2026-06-01"),
        ("bought a house on Monday", "2026-11-23"),
        ("bought a house yesterday", "2026-11-25"),
        ("is moving to Denver next month", "2026-12-01"),
        ("opens a shop in March", "2027-03-01"),
        ("opens a shop, March 1", "2027-03-01"),
        ("is pregnant, due in May", "2027-05-01"),
    ],
)
def test_the_day_from_which_a_journey_counts(said: str, day: str) -> None:
    """What has been is the last day of that name, what is to come the next."""
    note = read_line(f"Ana {said}", {}, TODAY, "words")
    assert (note.day_zero, note.needed_by) == (day, "")
    assert note.journey


def test_both_days_of_a_line() -> None:
    """One line may tell when the journey began and by when something is needed, in any order."""
    for text in (
        "Ana bought a house in May, needs a plumber by June 3",
        "Ana needs a plumber by June 3, bought a house in May",
    ):
        note = read_line(text, {}, TODAY, "words")
        assert (note.day_zero, note.needed_by) == ("2026-05-01", "2027-06-03")


@pytest.mark.parametrize("name", ["April Jones", "June", "May Lee", "August Busch", "Summer Smith", "Wed Electric"])
def test_a_name_is_no_month(name: str) -> None:
    """People called like a month are not taken for one."""
    note = read_line(f"{name} needs a plumber", {}, TODAY, "words")
    assert (note.name, note.needed_by) == (name, "")
