"""The columnar index, against a dictionary of businesses."""

from math import pi

from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.answers.partners import RADIUS_KM, Home
from matcher.engine.columns import Columns
from matcher.engine.flow import Flow, flow_of
from matcher.engine.index import Index
from matcher.taxonomy import taxonomy
from tests.engine import obvious
from tests.engine.made import TOWN, columns_of, town
from tests.engine.strategies import homes

FLOW = flow_of(taxonomy())
EDITS = st.lists(st.tuples(st.integers(1, 6), st.none() | homes()), max_size=15)


def numbered(home: Home, business_id: int) -> Home:
    """The same business under an id."""
    return Home(**{name: getattr(home, name) for name in Home.__dataclass_fields__} | {"business_id": business_id})


@settings(max_examples=40)
@given(EDITS)
def test_edits_in_place_equal_a_dictionary(edits: list[tuple[int, Home | None]]) -> None:
    """After any puts, replacements and removals the index holds exactly what a dictionary would."""
    index, kept = Index(FLOW, columns_of(town(FLOW.codes, 3))), {b.business_id or 0: b for b in town(FLOW.codes, 3)}
    for business_id, home in edits:
        if home is None:
            index.remove(business_id)
            kept.pop(business_id, None)
        else:
            index.put(numbered(home, business_id), 1)
            kept[business_id] = numbered(home, business_id)
    assert len(index) == len(kept)
    assert set(index["ids"][index.visible(1)].tolist()) == kept.keys()
    assert {i: index.home(i) for i in kept} == kept


def test_a_network_sees_the_directory_and_its_own(flow: Flow) -> None:
    """A business of another network is not visible, whoever asks."""
    index = Index(flow)
    for business_id, network_id in ((1, 1), (2, 7), (3, 8)):
        index.put(Home(business_id=business_id, services={"plumber": 1.0}), network_id)
    assert set(index["ids"][index.visible(7)].tolist()) == {1, 2}
    assert index["ids"][index.visible(1)].tolist() == [1]
    assert index.can_see(7, 2)
    assert not index.can_see(8, 2)
    assert not index.can_see(1, 99)


@settings(max_examples=40)
@given(homes(), st.lists(homes(), min_size=1, max_size=8))
def test_the_tiles_never_lose_a_business_in_reach(home: Home, others: list[Home]) -> None:
    """Every business whose circle touches ours is near, and every one whose place is unknown."""
    index = Index(FLOW, columns_of([numbered(other, n) for n, other in enumerate(others, start=1)]))
    lat, lon = home.lat or TOWN[0], home.lon or TOWN[1]
    here = Home(services={}, lat=lat, lon=lon, radius_km=home.radius_km)
    near = set(index["ids"][index.near(here, 1)[0]].tolist())
    for number, other in enumerate(others, start=1):
        gap = obvious.distance(here, other)
        if gap is None or gap < home.radius_km + other.radius_km:
            assert number in near


def test_offers_of_chosen_kinds_stay_with_their_kinds(flow: Flow) -> None:
    """Offers come side by side with the position of the kind that they belong to, in any order of kinds."""
    index = Index(flow, columns_of([Home(business_id=n, services=s) for n, s in enumerate(_offers(), start=1)]))
    found = index.kinds.offers(index["kinds"][index.rows([3, 1, 2])])
    assert [
        (int(a), flow.codes[s], float(c)) for a, s, c in zip(found.at, found.service, found.confidence, strict=True)
    ] == sorted(
        [(0, "florist", 0.9), (0, "caterer", 0.3), (1, "plumber", 1.0)], key=lambda o: (o[0], flow.numbers[o[1]])
    )
    highest, service = found.highest(found.confidence, 3)
    assert highest.tolist() == [0.9, 1.0, 0.0]
    assert service.tolist() == [flow.numbers["florist"], flow.numbers["plumber"], -1]


def _offers() -> list[dict[str, float]]:
    return [{"plumber": 1.0}, {}, {"florist": 0.9, "caterer": 0.3}]


def test_columns_with_gaps_are_filled_with_what_is_usual(flow: Flow) -> None:
    """None means that nobody said: the usual radius, no place, no figures; unknown codes are left out."""
    index = Index(
        flow,
        Columns(
            ids=[5],
            lats=[None],
            lons=[None],
            radii_km=[None],
            tiers=[None],
            clients_a_year=[None],
            order_values_cents=[None],
            offer_ids=[5, 5, 6],
            offer_services=["plumber", "no_such_service", "hvac"],
            offer_confidences=[1.0, 1.0, 1.0],
        ),
    )
    assert index.home(5) == Home(business_id=5, services={"plumber": 1.0}, radius_km=RADIUS_KM)


def test_a_snapshot_stays_as_it_was(flow: Flow) -> None:
    """Edits after a snapshot change the index and not the snapshot, whatever kind they are."""
    before = town(flow.codes, 50)
    index = Index(flow, columns_of(before))
    shown = index.snapshot()
    index.put(Home(business_id=1, services={"florist": 1.0}, markets=("engaged",)), 1)
    index.remove(2)
    index.extend(columns_of([Home(business_id=n, services={"plumber": 1.0}) for n in range(100, 300)]))
    assert [shown.home(b.business_id or 0) for b in before] == before
    assert set(shown["ids"][shown.visible(1)].tolist()) == set(range(1, 51))
    index.drop_network(1)
    assert len(index) == 0
    assert len(index.visible(1)) == 0
    assert len(shown) == len(shown.visible(1)) == 50


@settings(max_examples=60)
@given(homes(), st.lists(homes(), min_size=1, max_size=8))
def test_a_tile_promises_no_less_than_is_shared(home: Home, others: list[Home]) -> None:
    """The share of the lesser area that a tile allows is at least the true one, and NaN where a place is unknown."""
    index = Index(FLOW, columns_of([numbered(other, n) for n, other in enumerate(others, start=1)]))
    rows, share = index.near(home, 1)
    for business_id, allowed in zip(index["ids"][rows].tolist(), share.tolist(), strict=True):
        other = others[business_id - 1]
        gap = obvious.distance(home, other)
        assert (gap is None) == (allowed != allowed)
        if gap is not None:
            whole = pi * min(home.radius_km, other.radius_km) ** 2
            assert allowed >= min(1.0, obvious.lens(gap, home.radius_km, other.radius_km) / whole)
