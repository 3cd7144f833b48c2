"""Which needs can be filled."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.engine.takers import Told
from tests.engine import plainly
from tests.engine.needy import Town, business, businesses, filled_by, need, partners_of, tight_towns, tolds, towns

ANY_TOWN = st.one_of(towns(), tight_towns())


@settings(max_examples=150)
@given(ANY_TOWN)
def test_as_many_and_as_valuable_as_four_solvers_find(town: Town) -> None:
    """Number and value of the filled needs are those of trying everything, of linear programming and of networkx."""
    filled, worth = filled_by(town.match()), plainly.worths(town)
    value = pytest.approx(sum(worth[one] for one in filled))
    ways, by_networkx = plainly.everything(town), plainly.by_networkx(town)
    asked = plainly.pairs(town)
    assert len(filled) == max(len(way) for way in ways) == len(by_networkx)
    assert len(filled) == pytest.approx(plainly.most_filled(town, dict.fromkeys(asked, 1.0)))
    assert max(sum(worth[one] for one in way) for way in ways) == value
    assert sum(worth[one] for one in by_networkx) == value
    assert plainly.most_filled(town, {one: worth[one] for one in asked}) == value


@settings(max_examples=150)
@given(ANY_TOWN)
def test_nobody_gets_more_than_there_is_room_for(town: Town) -> None:
    """A partner has more needs than room only where somebody's word gave them."""
    match = town.match()
    assert (match.given <= np.maximum(0, match.takers.room - match.takers.used)).all()
    assert match.given.sum() == len(filled_by(match))
    given_to = partners_of(match)
    for one in filled_by(match):
        assert given_to[one] in plainly.pairs(town)[one]


@settings(max_examples=150)
@given(ANY_TOWN, st.data())
def test_one_more_partner_unfills_nothing(town: Town, data: st.DataObject) -> None:
    """A new partner, whoever it is, keeps every filled need filled."""
    number = len(town.businesses) + 1
    more = replace(
        town,
        businesses=[*town.businesses, data.draw(businesses(number))],
        told={**town.told, number: data.draw(tolds())},
    )
    assert filled_by(town.match()) <= filled_by(more.match())


@settings(max_examples=150)
@given(ANY_TOWN, st.data())
def test_one_more_place_is_worth_what_we_say(town: Town, data: st.DataObject) -> None:
    """One more place at a partner fills the need that we name, nothing else, and unfills nothing."""
    match = town.match()
    taker = data.draw(st.integers(0, len(town.businesses) - 1))
    business_id, room = int(match.takers.ids[taker]), int(match.takers.room[taker])
    wider = town.telling(business_id, room=room + 1, has_room=None).match()
    waiting = {match.needs[one].need_id for one in match.waiting[[taker]].tolist() if one >= 0}
    assert filled_by(wider) - filled_by(match) == waiting
    assert filled_by(wider) >= filled_by(match)


@settings(max_examples=100)
@given(ANY_TOWN)
def test_a_word_is_kept(town: Town) -> None:
    """A need that is introduced, filled or pinned stays where it is, whatever the filters and the room say."""
    match = town.match()
    given_to, states = partners_of(match), dict(zip((n.need_id for n in match.needs), match.states, strict=True))
    there = {one.business_id for one in town.businesses}
    for one in town.needs:
        if plainly.chosen(one):
            assert given_to[one.need_id] == (one.business_id if one.business_id in there else None)
            assert states[one.need_id] == ("ready" if one.pinned else one.status)
        elif one.service in ("", "plumber"):
            assert states[one.need_id] == ("unsorted" if one.service == "" else "ours")


def test_a_valuable_need_comes_first() -> None:
    """Where there is room for one, the need that is worth more gets it; of equals the one that was noted first."""
    needs = [need(1), need(2, value_cents=200_00), need(3, value_cents=200_00)]
    assert filled_by(Town([business(1)], {1: Told(room=1)}, needs).match()) == {2}


def test_grades_weigh() -> None:
    """A need of an A client goes before one of a C client that is worth twice as much."""
    needs = [need(1, grade="A"), need(2, grade="C", value_cents=200_00)]
    assert filled_by(Town([business(1)], {1: Told(room=1)}, needs).match()) == {1}


def test_a_need_moves_so_that_another_is_filled() -> None:
    """Who could go to two partners leaves the one whom somebody else has no alternative to."""
    town = Town(
        [business(1, "electrician", "painter"), business(2, "painter")],
        {1: Told(room=1), 2: Told(room=1)},
        [need(1, "painter", value_cents=900_00), need(2, "electrician")],
    )
    assert partners_of(town.match()) == {1: 2, 2: 1}


def test_a_chain_of_moves() -> None:
    """Needs move along a chain of partners as long as it takes to fill one more."""
    sold = ("electrician", "painter", "roofer", "florist", "architect")
    pairs = list(pairwise(sold))
    town = Town(
        [*(business(n, *pair) for n, pair in enumerate(pairs, 1)), business(9, sold[4])],
        {n: Told(room=1) for n in (1, 2, 3, 4, 9)},
        [need(n, service, value_cents=1000_00 - n) for n, service in enumerate(sold[1:] + sold[:1], 1)],
    )
    assert filled_by(town.match()) == {1, 2, 3, 4, 5}


def test_pins_may_exceed_room_and_take_it_from_others() -> None:
    """Two needs pinned to a partner with one place both stay there, and nothing else goes there."""
    pinned = [need(n, business_id=1, pinned=True) for n in (1, 2)]
    match = Town([business(1)], {1: Told(room=1)}, [*pinned, need(3)]).match()
    assert partners_of(match) == {1: 1, 2: 1, 3: None}
    assert match.used.tolist() == [2]
    assert match.waiting.tolist() == [-1]


def test_what_is_held_is_counted_once() -> None:
    """Needs that a partner is told to hold already, and that are among the needs, take one place each."""
    introduced = need(1, status="introduced", business_id=1)
    match = Town([business(1)], {1: Told(room=2, used=1)}, [introduced, need(2), need(3)]).match()
    assert sorted(match.states) == ["gap", "introduced", "ready"]


def test_a_filled_need_takes_no_room() -> None:
    """A need that is done leaves its partner free for the next."""
    done = need(1, status="filled", business_id=1)
    match = Town([business(1)], {1: Told(room=1)}, [done, need(2)]).match()
    assert partners_of(match) == {1: 1, 2: 1}


def test_no_partners_and_no_needs() -> None:
    """An empty network leaves every need open, and no needs are no trouble."""
    assert Town([], {}, [need(1)]).match().states == ("gap",)
    assert Town([business(1)]).match().states == ()
    assert Town([]).match().states == ()
