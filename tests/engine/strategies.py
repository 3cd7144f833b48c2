"""Businesses for property tests."""

from hypothesis import strategies as st

from matcher.answers.partners import Home
from matcher.engine.known import Known
from matcher.taxonomy import taxonomy
from tests.engine.made import TOWN

CODES = tuple(taxonomy().services)
MARKETS = tuple(taxonomy().markets)
# The index keeps confidences as float32, so that these are compared exactly: multiples of 1/32.
SURE = st.sampled_from([1.0, 0.8125, 0.5, 0.40625, 0.3125, 0.15625, 0.0625])


@st.composite
def homes(draw: st.DrawFn, business_id: int | None = None) -> Home:
    """A business within some 100 km of the town; one in a while without a place or with figures of its own."""
    placed = draw(st.integers(0, 5)) > 0
    return Home(
        business_id=business_id,
        services=draw(st.dictionaries(st.sampled_from(CODES), SURE, min_size=1, max_size=4)),
        markets=tuple(sorted(draw(st.sets(st.sampled_from(MARKETS), max_size=2)))),
        lat=TOWN[0] + draw(st.floats(-0.5, 0.5)) if placed else None,
        lon=TOWN[1] + draw(st.floats(-0.5, 0.5)) if placed else None,
        radius_km=draw(st.sampled_from([5.0, 20.0, 40.0, 3000.0])),
        tier=draw(st.sampled_from([None, 1, 2, 3])),
        clients_a_year=draw(st.sampled_from([None, 3.0, 200.0])),
        order_value_cents=draw(st.sampled_from([None, 5000, 2_000_000])),
    )


SHARES = st.sampled_from([None, 0.0, 0.25, 0.5, 1.0])
COUNTS = st.tuples(st.sampled_from([0.0, 0.3, 1.0, 7.5]), st.sampled_from([0.0, 0.9, 4.0, 60.0]))


def knowns() -> st.SearchStrategy[Known]:
    """What a network may know of a business, much or little."""
    return st.builds(
        Known,
        wants_to_grow=st.sampled_from([None, True, False]),
        wanted_markets=st.lists(st.sampled_from(MARKETS), max_size=3, unique=True).map(tuple),
        has_room=st.sampled_from([None, True, False]),
        vouch_share=SHARES,
        reputation_share=SHARES,
        asked_days=st.sampled_from([None, 0, 10, 400]),
        accept=COUNTS,
        give=COUNTS,
        close=COUNTS,
        promise=COUNTS,
    )
