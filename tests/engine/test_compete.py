"""Graded competition."""

import numpy as np
import pytest
from hypothesis import given, settings

from matcher.answers import Competitor, Home
from matcher.engine.compete import COMPETES, PARTLY, competitor
from matcher.engine.flow import Flow, flow_of
from matcher.engine.index import Index
from matcher.engine.pairs import Pairs, distances_km, pair_up
from matcher.engine.question import Question
from matcher.taxonomy import taxonomy
from tests.engine import obvious
from tests.engine.made import TOWN, columns_of
from tests.engine.strategies import homes

FLOW = flow_of(taxonomy())
HERE = Home(services={"plumber": 1.0}, lat=TOWN[0], lon=TOWN[1])


def against(flow: Flow, home: Home, **them: object) -> Competitor | None:
    """Whether one business next door competes with a home."""
    place = {"lat": home.lat, "lon": home.lon}
    index, pair = paired(flow, home, Home(business_id=1, **place | them))  # type: ignore[arg-type]
    offers = index.kinds.offers(pair.kinds)
    return competitor(flow, home, offers, float(pair.overlap[0]), business_id=1, name="Joe's")


def paired(flow: Flow, home: Home, other: Home) -> tuple[Index, Pairs]:
    """A home beside one other business."""
    index, rows = Index(flow, columns_of([other])), np.array([0])
    return index, pair_up(index, Question(home=home), rows, distances_km(index, home, rows))


ARCCOS = 1e-6  # both write the shared area with arccos, which near full overlap has half a double's digits


@settings(deadline=None, max_examples=60)
@given(homes(), homes(business_id=1))
def test_the_overlap_is_the_plain_formula(one: Home, other: Home) -> None:
    """The vectorised overlap equals the formula written out, and is the same from both sides."""
    found = paired(FLOW, one, other)[1].overlap[0]
    assert found == pytest.approx(obvious.overlap(one, other), abs=ARCCOS)
    assert obvious.overlap(one, other) == pytest.approx(obvious.overlap(other, one), abs=ARCCOS)


def test_the_same_service_next_door_competes(flow: Flow) -> None:
    """Somebody who surely sells what we sell is a competitor, and the sentence names what."""
    found = against(flow, HERE, services={"plumber": 1.0, "hvac": 1.0})
    assert found is not None
    assert found.overlap_share == 1
    assert found.services == ("plumber",)
    assert "They sell what you sell (plumber)" in found.sentence


def test_another_service_does_not_compete(flow: Flow) -> None:
    """A business of another trade is no competitor, however near."""
    assert against(flow, HERE, services={"electrician": 1.0}) is None


def test_a_guess_from_an_industry_code_is_worded_as_a_guess(flow: Flow) -> None:
    """A competing service of which we are 40% sure keeps a business out, but the sentence says "probably"."""
    kept_out, flagged = (against(flow, HERE, services={"plumber": sure}) for sure in (0.4, 0.2))
    assert kept_out is not None
    assert kept_out.overlap_share >= COMPETES
    assert "probably" in kept_out.sentence
    assert flagged is not None
    assert PARTLY <= flagged.overlap_share < COMPETES
    assert "may also" in flagged.sentence


def test_a_far_shop_and_another_price_level_compete_less(flow: Flow) -> None:
    """Distance and a price gap of two levels each take away from the overlap."""
    far = against(flow, HERE, services={"plumber": 1.0}, lat=TOWN[0] + 0.5)
    dear = against(flow, HERE, services={"plumber": 1.0}, tier=3)
    cheap_home = Home(services={"plumber": 1.0}, lat=TOWN[0], lon=TOWN[1], tier=1)
    gap = against(flow, cheap_home, services={"plumber": 1.0}, tier=3)
    assert far is None or far.overlap_share < 0.35
    assert dear is not None
    assert dear.overlap_share == 1
    assert gap is not None
    assert gap.overlap_share == pytest.approx(0.5)
