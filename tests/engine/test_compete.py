"""Graded competition."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.answers.partners import Competitor, Home
from matcher.engine.compete import COMPETES, PARTLY, axes_of, overlap_of
from matcher.engine.flow import Flow, flow_of
from matcher.engine.index import Index
from matcher.engine.known import Known
from matcher.engine.overflow import overflow
from matcher.engine.pairs import in_reach
from matcher.engine.rivals import competitor
from matcher.engine.suggest import Question, suggest
from matcher.taxonomy import taxonomy
from tests.engine import obvious
from tests.engine.made import TOWN, columns_of
from tests.engine.strategies import SURE, homes

FLOW = flow_of(taxonomy())
HERE = Home(services={"plumber": 1.0}, lat=TOWN[0], lon=TOWN[1])


def against(flow: Flow, home: Home, **them: object) -> Competitor | None:
    """Whether one business next door competes with a home."""
    place = {"lat": home.lat, "lon": home.lon}
    index = Index(flow, columns_of([Home(business_id=1, **place | them)]))  # type: ignore[arg-type]
    return competitor(index, home, 0, "Joe's")


ARCCOS = 1e-6  # both write the shared area with arccos, which near full overlap has half a double's digits
# Few services and markets, so that most pairs have something in common; sold to households, to businesses and to both.
ALIKE = ("painter", "electrician", "kitchen_bath", "commercial_builder")
NICHES = ("homeowners", "first_home_buyers", "home_sellers", "restaurants", "landlords")


@st.composite
def rivals(draw: st.DrawFn, business_id: int | None = None) -> Home:
    """A business that probably competes with another such one."""
    return dataclasses.replace(
        draw(homes(business_id=business_id)),
        services=draw(st.dictionaries(st.sampled_from(ALIKE), SURE, min_size=1, max_size=3)),
        markets=tuple(sorted(draw(st.sets(st.sampled_from(NICHES), max_size=3)))),
    )


def axes(one: Home, other: Home) -> dict[str, float]:
    """The four shares as the engine works them out, and their product."""
    found = axes_of(Index(FLOW, columns_of([other])), one, np.array([0]))
    shares = {f.name: float(getattr(found, f.name)[0]) for f in dataclasses.fields(found)}
    return shares | {"overlap": float(overlap_of(found)[0])}


@settings(max_examples=150)
@given(rivals(), rivals(business_id=1))
def test_each_axis_is_the_plain_one(one: Home, other: Home) -> None:
    """What, to whom and at what price equal the formula written out to the last bit; the area as far as arccos goes."""
    found, plain = axes(one, other), obvious.axes(one, other)
    assert {a: found[a] for a in ("service", "market", "price")} == {
        a: plain[a] for a in ("service", "market", "price")
    }
    assert found["area"] == pytest.approx(plain["area"], abs=ARCCOS)
    assert found["overlap"] == pytest.approx(obvious.overlap(one, other), abs=ARCCOS)


@settings(max_examples=150)
@given(rivals(business_id=2), rivals(business_id=1))
def test_every_axis_is_a_share_and_the_same_from_both_sides(one: Home, other: Home) -> None:
    """Each axis and the overlap lie within 0-1, multiply to the overlap, and are the same seen from either side."""
    here, there = axes(one, other), axes(other, one)
    assert all(0 <= share <= 1 for share in here.values())
    assert here["overlap"] == pytest.approx(here["service"] * here["market"] * here["price"] * here["area"], rel=1e-12)
    assert here == pytest.approx(there, rel=1e-9)


@settings(max_examples=60)
@given(homes(), st.lists(st.one_of(homes(), rivals()), min_size=1, max_size=12), st.data())
def test_no_suggestion_competes(one: Home, others: list[Home], data: st.DataObject) -> None:
    """Whatever the town and whatever the owner has ruled, nobody on the list competes, and no competitor is missing."""
    town = [dataclasses.replace(other, business_id=n) for n, other in enumerate(others, start=1)]
    words = data.draw(st.dictionaries(st.integers(1, len(town)), st.sampled_from([True, False, None])))
    known = {n: Known(competes=word) for n, word in words.items()}
    index = Index(FLOW, columns_of(town))
    question = Question(home=one, known=known)
    shown = {s.business_id for s in suggest(index, question, lambda _: {}, limit=100).suggestions}
    kept_out = {p.business_id for p in overflow(index, question, lambda _: {}, limit=100).partners}
    competes = {b.business_id: words.get(b.business_id or 0) for b in town}
    for business in town:
        if competes[business.business_id] is None:
            competes[business.business_id] = axes(one, business)["overlap"] >= COMPETES
    assert not shown & kept_out
    assert not any(competes[business_id] for business_id in shown)
    reach = set(in_reach(index, one, np.arange(len(town)))[0].tolist())
    assert kept_out == {n for n, competing in competes.items() if competing and index.row(n or 0) in reach}


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


def test_commercial_and_residential_do_not_compete(flow: Flow) -> None:
    """Who sells the same to businesses instead of households does not compete; another niche of a kind partly does."""
    here = {"lat": TOWN[0], "lon": TOWN[1]}
    residential = Home(services={"real_estate_agent": 1.0}, markets=("first_home_buyers",), **here)
    assert against(flow, residential, services={"real_estate_agent": 1.0}, markets=("restaurants",)) is None
    niche = against(flow, residential, services={"real_estate_agent": 1.0}, markets=("horse_owners",))
    assert niche is not None
    assert PARTLY <= niche.overlap_share < COMPETES
    assert "but to other people: ask them" in niche.sentence
    whole = against(
        flow, residential, services={"real_estate_agent": 1.0}, markets=("first_home_buyers", "restaurants")
    )
    assert whole is not None
    assert whole.overlap_share == 1


def test_what_else_they_sell_says_whom_they_serve(flow: Flow) -> None:
    """Two painters share few clients if one else remodels kitchens and the other builds for firms."""
    homes_only = Home(services={"painter": 1.0, "kitchen_bath": 1.0}, lat=TOWN[0], lon=TOWN[1])
    found = against(flow, homes_only, services={"painter": 1.0, "commercial_builder": 1.0})
    assert found is not None
    assert found.overlap_share == pytest.approx(0.25)
    assert "households otherwise" in found.axes[1].sentence


@pytest.mark.parametrize(
    ("ours", "theirs", "common"),
    [
        (
            {"life_insurance": 1.0, "insurance_agent": 1.0},
            {"financial_advisor": 1.0, "life_insurance": 1.0},
            "life_insurance",
        ),
        ({"veterinarian": 1.0, "pet_boarding": 1.0}, {"pet_boarding": 1.0}, "pet_boarding"),
    ],
)
def test_a_service_beside_the_trade_competes(
    flow: Flow, ours: dict[str, float], theirs: dict[str, float], common: str
) -> None:
    """An insurer and a planner compete on life insurance, a vet with boarding and a pet sitter on boarding."""
    found = against(flow, Home(services=ours, lat=TOWN[0], lon=TOWN[1]), services=theirs)
    assert found is not None
    assert found.services == (common,)
    assert found.overlap_share >= COMPETES


def test_each_axis_says_what_it_rests_on(flow: Flow) -> None:
    """The four axes have each a sentence, and say so when something is not known."""
    known = dataclasses.replace(HERE, tier=1, markets=("homeowners",))
    near = {"lat": TOWN[0] + 0.2, "tier": 2, "markets": ("homeowners", "renters")}
    told, untold = (
        against(flow, known, services={"plumber": 1.0}, **near),
        against(flow, HERE, services={"plumber": 0.4}, lat=None),
    )
    assert told is not None
    assert untold is not None
    assert [axis.axis for axis in told.axes] == ["service", "market", "area", "price"]
    for axis, words in zip(
        told.axes, ("sell what you sell: plumber", "same kinds", "of the smaller", "one level"), strict=True
    ):
        assert words in axis.sentence
    assert "40 of 100 such businesses sell what you sell: plumber." in untold.axes[0].sentence
    assert all("do not know" in axis.sentence for axis in untold.axes[1:])
