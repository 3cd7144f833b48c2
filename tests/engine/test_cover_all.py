"""The cheapest set of partners that covers everything: the quick one, the proved one, and published optima."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

from matcher.engine.cover_all import cheapest_cover, cheapest_cover_proved
from matcher.engine.reach import Reach, reach_of
from tests.bench.setcover import optimum, plain_greedy, published
from tests.engine.reaches import CLOSE, cheapest, made, reaches

LONG = 60.0  # seconds
FILES = ("scp42", "scp43", "scp51", "scp61", "scpa1")


def covers_everything(reach: Reach, chosen: np.ndarray) -> bool:
    """Whether all that anybody reaches is reached by the chosen."""
    return set(reach.subset(chosen).need.tolist()) == set(reach.need.tolist())


@given(reaches())
def test_everything_is_covered(reach: Reach) -> None:
    """All that anybody reaches is covered, at no less than the cheapest, and nobody could be spared."""
    best = cheapest(reach)
    for chosen in (plain_greedy(reach), cheapest_cover(reach)):
        assert covers_everything(reach, chosen)
        assert float(reach.cost[chosen].sum()) >= best * (1 - CLOSE)
        assert not any(covers_everything(reach, np.delete(chosen, place)) for place in range(len(chosen)))


@given(reaches())
def test_the_cheapest_is_proved(reach: Reach) -> None:
    """The solver finds what trying all sets finds, and says that nothing is cheaper."""
    proved = cheapest_cover_proved(reach, LONG)
    assert covers_everything(reach, proved.chosen)
    assert proved.is_best
    assert proved.cost == proved.at_least == pytest.approx(cheapest(reach), rel=CLOSE)


@pytest.mark.parametrize("seed", range(5))
def test_larger_covers(seed: int) -> None:
    """Of 80 candidates the quick cover takes as few as the proved one, and plain greedy no fewer."""
    reach = made(seed, 80, 100)
    proved = cheapest_cover_proved(reach, LONG)
    assert proved.is_best
    assert len(cheapest_cover(reach)) == proved.cost <= len(plain_greedy(reach))


def test_somebody_may_cost_nothing() -> None:
    """Who costs nothing is taken before anybody who costs something."""
    reach = reach_of([[0, 1], [0], [1]], [1.0, 1.0], cost=[1.0, 0.0, 0.0])
    assert plain_greedy(reach).tolist() == cheapest_cover(reach).tolist() == [1, 2]
    assert cheapest_cover_proved(reach, LONG).cost == 0


@pytest.mark.parametrize("lists", [[], [[], []]])
def test_nothing_to_cover(lists: list[list[int]]) -> None:
    """Where nobody reaches anything, nobody is asked."""
    reach = reach_of(lists, [1.0, 2.0])
    proved = cheapest_cover_proved(reach, LONG)
    assert (len(plain_greedy(reach)), len(cheapest_cover(reach)), proved.cost, proved.is_best) == (0, 0, 0, True)


def test_when_the_time_is_up_the_quick_cover_stands() -> None:
    """Without time for a proof the cover is the quick one or a better one, and the bound is below it."""
    reach = made(2, 300, 400)
    proved = cheapest_cover_proved(reach, 0.0)
    assert not proved.is_best
    assert proved.at_least <= proved.cost <= len(cheapest_cover(reach))


@pytest.mark.parametrize("name", FILES)
def test_published_optima(shared_data: Path, name: str) -> None:
    """On files of the OR-Library the quick cover costs at most 1 % more than the published optimum, and covers all."""
    reach, best = published(shared_data / "setcover" / f"{name}.txt"), optimum(shared_data / "setcover", name)
    chosen = cheapest_cover(reach)
    assert covers_everything(reach, chosen)
    assert best <= float(reach.cost[chosen].sum()) <= 1.01 * best


@pytest.mark.parametrize("name", FILES)
def test_published_optima_are_proved(shared_data: Path, name: str) -> None:
    """On files of the OR-Library the solver reaches the published optimum and proves it."""
    proved = cheapest_cover_proved(published(shared_data / "setcover" / f"{name}.txt"), LONG)
    assert (proved.cost, proved.is_best) == (optimum(shared_data / "setcover", name), True)
