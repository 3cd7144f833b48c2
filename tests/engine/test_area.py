"""Circles on the map."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.engine.area import UNKNOWN_SHARE, covered_share, lens_km2
from tests.engine import obvious

KM = st.floats(0.1, 500)


@given(st.floats(0, 1000), KM, KM)
def test_the_shared_area_is_the_plain_one_from_both_sides(gap: float, one: float, other: float) -> None:
    """The area that two circles share equals the school formula, whichever circle comes first."""
    found = lens_km2(np.array([gap]), np.array([one]), np.array([other]))[0]
    assert found == pytest.approx(obvious.lens(gap, one, other), rel=1e-6, abs=1e-6)
    assert found == pytest.approx(lens_km2(np.array([gap]), np.array([other]), np.array([one]))[0], rel=1e-9, abs=1e-9)


def test_the_shared_area_equals_a_count_of_points() -> None:
    """The formula agrees with a count of points on a fine grid."""
    x, y = np.meshgrid(np.arange(-30, 60, 0.05), np.arange(-30, 30, 0.05))
    counted = ((x**2 + y**2 < 20**2) & ((x - 25) ** 2 + y**2 < 12**2)).sum() * 0.05**2
    assert lens_km2(np.array([25.0]), np.array([20.0]), np.array([12.0]))[0] == pytest.approx(counted, rel=1e-3)


def test_an_unknown_place_covers_half() -> None:
    """A business whose place nobody knows counts as covering half of our area, not all and not nothing."""
    shared = lens_km2(np.array([np.nan, 0.0, 500.0]), np.full(3, 40.0), np.full(3, 40.0))
    assert covered_share(shared, np.full(3, 40.0)).tolist() == pytest.approx([UNKNOWN_SHARE, 1.0, 0.0])
