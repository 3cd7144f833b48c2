"""The figures of the measurement against stated partners, on cases small enough to work out by hand."""

from collections import Counter

import numpy as np
import pytest

from tests.bench.stated import Stated, Statement, around, figures, mean_figures
from tests.bench.tables import Around, Report

SCORES = np.array([[0.0, 5.0, 4.0, 3.0], [1.0, 0.0, 2.0, 3.0], [1.0, 1.0, 0.0, 1.0], [0.0, 0.0, 0.0, 0.0]])
PAIRS = Stated(
    [Statement("baker", 0, 2, "a.org"), Statement("baker", 0, 3, "b.org"), Statement("smith", 1, 3, "b.org")],
)


def test_figures_of_one_profession() -> None:
    """Of the others 5, 4, 3 the right one is the second: half of the wrong ones are below it."""
    assert figures(SCORES, 0, frozenset({2})).tolist() == [0.5, 1, 1]


def test_equals_count_half() -> None:
    """Among equals the right one is as likely above as below."""
    assert figures(SCORES, 2, frozenset({0}))[0] == 0.5


def test_only_the_first_five_and_ten_count() -> None:
    """A right one at place 7 is no hit, yet among the first ten; one at place 11 is neither."""
    scores = np.tile(-np.arange(13.0), (13, 1))
    assert figures(scores, 0, frozenset({7})).tolist() == [pytest.approx(5 / 11), 0, 1]
    assert figures(scores, 0, frozenset({11})).tolist() == [pytest.approx(1 / 11), 0, 0]


def test_means_over_drawn_pages() -> None:
    """A page that is drawn twice counts twice; partners that only other pages state are unknown."""

    def of_one(number: int, partners: frozenset[int]) -> np.ndarray:
        return np.full(3, 10.0 * number + len(partners))

    assert mean_figures(of_one, PAIRS, Counter(["a.org", "b.org"]))[0] == (2 + 11) / 2
    assert mean_figures(of_one, PAIRS, Counter(["a.org", "a.org"]))[0] == 1
    assert mean_figures(of_one, PAIRS, Counter(["b.org", "b.org"]))[0] == (1 * 1 + 2 * 11) / 3


def test_interval_is_that_of_all_draws() -> None:
    """Two pages give three kinds of draw, one of each alone for a quarter of the draws: these bound the interval."""
    found = around([SCORES], PAIRS)["AUC"]
    both = (figures(SCORES, 0, frozenset({2, 3}))[0] + figures(SCORES, 1, frozenset({3}))[0]) / 2
    alone = figures(SCORES, 0, frozenset({2}))[0]
    other = (figures(SCORES, 0, frozenset({3}))[0] + 2 * figures(SCORES, 1, frozenset({3}))[0]) / 3
    assert found.figure == pytest.approx(both)
    assert (found.low, found.high) == pytest.approx((min(both, alone, other), max(both, alone, other)))
    assert around([SCORES], PAIRS)["AUC"] == found


def test_one_page_leaves_no_doubt_that_can_be_measured() -> None:
    """With a single page every draw is the same, so the interval is the figure."""
    found = around([SCORES], Stated([Statement("baker", 0, 1, "a.org")]))["AUC"]
    assert found.figure == found.low == found.high == 1


def test_an_interval_is_shown_beside_its_figure() -> None:
    """People read one cell; programs get three plain numbers."""
    report = Report(title="", rows=[{"AUC": Around(0.9651, 0.942, 1.0)}])
    assert "0.965 [.94-1.00]" in report.as_text()
    assert report.as_json()["rows"] == [{"AUC": 0.9651, "AUC low": 0.942, "AUC high": 1.0}]
