"""Who may fill a need at all, and how well."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.answers.covered import Wish
from matcher.engine import wants
from matcher.engine.eligible import eligible
from matcher.engine.filters import FILTERS, NAMES
from matcher.engine.fits import TERMS
from matcher.engine.match import Match
from matcher.engine.options import options
from matcher.engine.stopped import stop_of
from matcher.engine.takers import Told
from matcher.engine.wants import wants_of
from tests.engine import plainly
from tests.engine.needy import FLOW, HOME, KM, TOWN, Town, business, filled_by, need, partners_of, towns


def gaps(match: Match) -> list[int]:
    """Positions of the needs that nobody fills."""
    return match.among(frozenset(("gap",))).tolist()


@settings(max_examples=150)
@given(towns())
def test_who_may_fill_a_need_and_how_well(town: Town) -> None:
    """Whoever no filter stops may fill a need, with the product of the terms as fit, the best first."""
    takers = town.takers()
    found = eligible(wants_of(town.needs, FLOW), takers)
    for n, one in enumerate(town.needs):
        may = {b.business_id: plainly.fit(town, one, b) for b in town.businesses if not plainly.stop(town, one, b)}
        fits = found.fit[found.begins[n] : found.begins[n + 1]].tolist()
        named = takers.ids[found.of(n)].tolist()
        assert dict(zip(named, fits, strict=True)) == pytest.approx(may)
        assert fits == sorted(fits, reverse=True)
        assert all(0 < fit <= 1 for fit in fits)


@settings(max_examples=80)
@given(towns(), st.integers(1, 3))
def test_in_parts_or_in_one_go(town: Town, pairs: int) -> None:
    """How many pairs are looked at in one go changes nothing."""
    whole = eligible(wants_of(town.needs, FLOW), town.takers())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wants, "PAIRS", pairs)
        parts = eligible(wants_of(town.needs, FLOW), town.takers())
    for name in ("begins", "takers", "fit", "last"):
        assert np.array_equal(getattr(whole, name), getattr(parts, name))


@settings(max_examples=150)
@given(towns())
def test_each_gap_names_the_filter_that_left_nobody(town: Town) -> None:
    """Without that filter somebody would be left where it stands; where only room is missing, somebody is."""
    match = town.match()
    for n in gaps(match):
        one, name = match.needs[n], match.eligible.emptied_by(n)
        stops = [plainly.stop(town, one, b) or "full" for b in town.businesses if one.service in b.services]
        if stops:
            assert name == max(stops, key=NAMES.index)
        else:
            assert name == "service"
        if name == "full":
            assert plainly.pairs(town)[one.need_id]


@settings(max_examples=150)
@given(towns())
def test_no_need_goes_to_a_competitor_unasked(town: Town) -> None:
    """Who competes gets a need only by the owner's word: that it does not compete, or that it shall have the need."""
    match = town.match()
    given_to = partners_of(match)
    for one in filled_by(match):
        business_id = given_to[one]
        other = next(b for b in town.businesses if b.business_id == business_id)
        told = town.known(business_id or 0).competes
        assert told is False or (told is None and plainly.obvious.overlap(HOME, other) < 0.35)


@settings(max_examples=100)
@given(towns())
def test_the_terms_of_an_option_multiply_to_its_fit(town: Town) -> None:
    """Each option's terms have a sentence and multiply to the fit by which it was ranked."""
    match = town.match()
    for n in range(len(match.needs)):
        those = match.eligible.of(n)
        fits = match.eligible.fit[match.eligible.begins[n] : match.eligible.begins[n + 1]]
        shown = options(match, np.full(len(those), n), those)
        loose = [not match.settled[n] or match.partner[n] != taker for taker in those.tolist()]
        for option, fit, free in zip(shown, fits.tolist(), loose, strict=True):
            assert option.fit_share == pytest.approx(np.prod([term.share for term in option.terms]))
            assert not free or option.fit_share == pytest.approx(fit)
            assert all(term.sentence.endswith(".") for term in option.terms)


FAR = TOWN[0] + 30 * KM


@pytest.mark.parametrize(
    ("other", "told", "wish", "stopped", "words"),
    [
        ({"services": {"roofer": 1.0}}, Told(), Wish(), "service", "does not do this, as far as we know"),
        ({"services": {"electrician": 0.3125}}, Told(), Wish(), "service", "only 31% sure"),
        ({"services": {"electrician": 1.0, "plumber": 1.0}}, Told(), Wish(), "competitor", "competes with you"),
        ({}, Told(competes=True), Wish(), "competitor", "competes with you"),
        ({"lat": FAR}, Told(), Wish(), "area", "works within 20 km, and the client is 10 km beyond that"),
        (
            {"lat": FAR, "radius_km": 50.0},
            Told(),
            Wish(within_km=20.0),
            "area",
            "10 km farther away than the 20 km that the client wants",
        ),
        ({"tier": 3}, Told(), Wish(tier=1), "price", "has premium prices, and the client wants plain ones"),
        ({}, Told(), Wish(language="es"), "language", "is not known to speak Spanish"),
        ({}, Told(languages=("fr",)), Wish(language="xx"), "language", "is not known to speak the language “xx”"),
        ({}, Told(trust_share=0.2), Wish(), "trust", "has 20% of your trust, and we send clients from 30% on"),
        ({}, Told(asked_days=6), Wish(), "resting", "was asked 6 days ago and can be asked again in 1 day"),
        ({}, Told(asked_days=0), Wish(), "resting", "was asked today and can be asked again in 7 days"),
        ({}, Told(room=2, used=2), Wish(), "full", "has no room for more (2 at a time)"),
        ({}, Told(has_room=False), Wish(), "full", "has no room at present"),
    ],
)
def test_what_stands_in_the_way(other: dict[str, Any], told: Told, wish: Wish, stopped: str, words: str) -> None:
    """The filter that stops a partner is named, with the figures that it looked at."""
    match = Town([business(1, **other)], {1: told}, [need(1, wish=wish)]).match()
    found = stop_of(match, 0, 0)
    assert found is not None
    assert found.filter == stopped
    assert found.sentence.startswith("Partner 1 ")
    assert words in found.sentence
    assert partners_of(match) == {1: None}


@pytest.mark.parametrize(
    ("other", "told", "wish"),
    [
        ({"services": {"electrician": 0.40625}}, Told(), Wish()),
        ({"services": {"electrician": 1.0, "plumber": 1.0}}, Told(competes=False), Wish()),
        ({"lat": None}, Told(), Wish(within_km=1.0)),
        ({"lat": TOWN[0] + 19 * KM}, Told(), Wish(within_km=20.0)),
        ({"tier": 2}, Told(), Wish(tier=1)),
        ({}, Told(), Wish(tier=1)),
        ({}, Told(languages=("fr", "es")), Wish(language="es")),
        ({}, Told(trust_share=0.3), Wish()),
        ({}, Told(asked_days=7), Wish()),
        ({}, Told(room=2, used=1), Wish()),
    ],
)
def test_what_does_not(other: dict[str, Any], told: Told, wish: Wish) -> None:
    """Just inside every limit, and wherever nothing is known, a partner gets the need."""
    match = Town([business(1, **other)], {1: told}, [need(1, wish=wish)]).match()
    assert stop_of(match, 0, 0) is None
    assert partners_of(match) == {1: 1}


def test_a_client_without_a_place_passes() -> None:
    """Where the client is, is not known, so nobody is too far."""
    town = Town([business(1, lat=FAR)], needs=[need(1, lat=None, wish=Wish(within_km=1.0))])
    assert partners_of(town.match()) == {1: 1}


def test_filters_and_terms_say_what_they_mean() -> None:
    """Every filter and every term has a sentence that people can read."""
    for function in (*FILTERS.values(), *TERMS.values()):
        assert (function.__doc__ or "").endswith(".")


def test_the_order_in_which_filters_are_asked() -> None:
    """Who is stopped by several filters is stopped by the first, so that the owner learns what to change first."""
    everything = {"services": {"electrician": 0.3125, "plumber": 1.0}, "lat": FAR, "tier": 3}
    told = Told(trust_share=0.1, asked_days=1, room=0)
    wish = Wish(tier=1, language="es")
    steps: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
        ("service", {}, {}),
        ("competitor", {"services": {"electrician": 1.0, "plumber": 1.0}}, {}),
        ("area", {}, {"competes": False}),
        ("price", {"lat": TOWN[0]}, {}),
        ("language", {"tier": 2}, {}),
        ("trust", {}, {"languages": ("es",)}),
        ("resting", {}, {"trust_share": 0.5}),
        ("full", {}, {"asked_days": 30}),
    ]
    for name, better, known in steps:
        everything, told = everything | better, replace(told, **known)
        match = Town([business(1, **everything)], {1: told}, [need(1, wish=wish)]).match()
        found = stop_of(match, 0, 0)
        assert found is not None
        assert found.filter == name == match.eligible.emptied_by(0)
    assert [name for name, *_ in steps] == list(NAMES)
