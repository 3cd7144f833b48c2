"""Which services the interest survey offers."""

import pytest

from matcher.engine.flow import flow_of
from matcher.engine.survey import GROUPS, SERVICES, kinds_of, offered
from matcher.taxonomy import taxonomy

FLOW = flow_of(taxonomy())


@pytest.mark.parametrize("markets", [(), ("divorcing",), ("restaurants",), ("divorcing", "restaurants")])
def test_it_stays_short(markets: tuple[str, ...]) -> None:
    """A survey has few groups with few services, each once and in its own group, nothing that the owner sells."""
    sold = {"plumber", "painter"}
    groups = offered(FLOW, markets, sold)
    assert 0 < len(groups) <= GROUPS
    codes = [code for group in groups for code in group.services]
    assert len(codes) == len(set(codes))
    assert sold.isdisjoint(codes)
    for group in groups:
        assert 0 < len(group.services) <= SERVICES
        assert {taxonomy().services[code].group for code in group.services} == {group.code}


def test_it_follows_what_kind_of_client_this_is() -> None:
    """Households are offered what households buy, firms what firms buy, and everything common to whom nobody knows."""
    services = taxonomy().services
    for markets, other in ((("divorcing",), "businesses"), (("restaurants",), "households")):
        shown = [code for group in offered(FLOW, markets, ()) for code in group.services]
        assert other not in {services[code].sells_to for code in shown}
    everybody = [code for group in offered(FLOW, (), ()) for code in group.services]
    assert {services[code].sells_to for code in everybody} == {"households", "businesses", "both"}


def test_it_does_not_show_what_we_know() -> None:
    """Two clients of one kind see the same page, whatever else we know of them."""
    assert offered(FLOW, ("divorcing",), ()) == offered(FLOW, ("first_home_buyers", "new_parents"), ())


def test_the_commonest_comes_first() -> None:
    """Within a group, a service that more of client life calls for stands before one that less does."""
    theirs = [m.code for m in taxonomy().markets.values() if m.kind == "business"]
    breadth = dict(zip(FLOW.codes, FLOW.breadth_within(theirs), strict=True))
    for group in offered(FLOW, ("restaurants",), ()):
        shown = [breadth[code] for code in group.services]
        assert shown == sorted(shown, reverse=True)


def test_kinds_of_clients() -> None:
    """Markets of life and of households are households, and markets that nobody knows say nothing."""
    assert kinds_of(FLOW, ("divorcing", "no such market")) == ("households",)
    assert kinds_of(FLOW, ("restaurants", "divorcing")) == ("businesses", "households")
    assert kinds_of(FLOW, ()) == ("businesses", "households")
