"""Words in running sentences."""

from datetime import date

import pytest

from matcher.engine.words import and_list, article, between_days, km, of_hundred, running, sentence_start, usd


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("Mortgage broker", "a mortgage broker"),
        ("HR consultant", "an HR consultant"),
        ("IT support company", "an IT support company"),
        ("Accountant or CPA", "an accountant or CPA"),
        ("University", "a university"),
        ("DJ or band", "a DJ or band"),
        ("Estate planning attorney", "an estate planning attorney"),
    ],
)
def test_names_stand_inside_a_sentence(name: str, inside: str) -> None:
    """A name is lower case inside a sentence, abbreviations are not, and the article is right."""
    assert article(running(name)) == inside


def test_figures_are_said_as_people_say_them() -> None:
    """Shares, dollars and distances are rounded to what means something."""
    assert [of_hundred(s) for s in (0.001, 0.34, 0.995)] == ["fewer than 1 of 100", "34 of 100", "nearly all"]
    assert [usd(a) for a in (7.4, 1234.5, 98765)] == ["$7", "$1,200", "$99,000"]
    assert [km(d) for d in (0.2, 12.4)] == ["less than 1 km", "12 km"]


def test_lists_read_naturally() -> None:
    """Words are joined with commas and an "and"; a sentence starts with a capital and keeps the rest."""
    assert [and_list(w) for w in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert sentence_start("an accountant or CPA") == "An accountant or CPA"


def test_days_name_the_year_as_often_as_needed() -> None:
    """Between two days of one year the year stands once, else with both."""
    may, june = date(2026, 5, 12), date(2026, 6, 3)
    assert between_days(may, june) == "between 12 May and 3 June 2026"
    assert between_days(may, date(2027, 1, 31)) == "between 12 May 2026 and 31 January 2027"
