"""Businesses that could take needs, as columns."""

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from matcher.engine.flow import Flow
from matcher.engine.takers import COLUMNS, FILLS, Takers, Told, trust_share
from tests.engine.needy import FLOW, Town, business, towns


def plain(takers: Takers) -> dict[str, Any]:
    """Everything in some takers, to compare."""
    offers = {f"offer {f.name}": getattr(takers.offers, f.name).tolist() for f in fields(takers.offers)}
    columns = {name: [str(value) for value in getattr(takers, name).tolist()] for name in COLUMNS}
    return columns | offers | {"names": takers.names, "languages": takers.languages}


@settings(max_examples=60)
@given(towns())
def test_some_of_them_are_as_if_only_those_were_there(town: Town) -> None:
    """Taking some in another order, or joining two parts, gives what building from just those gives."""
    everybody, count = town.takers(), len(town.businesses)
    backwards = replace(town, businesses=town.businesses[::-1]).takers()
    assert plain(everybody.at(np.arange(count)[::-1])) == plain(backwards)
    first, rest = (replace(town, businesses=some).takers() for some in (town.businesses[:1], town.businesses[1:]))
    assert plain(first.joined(rest)) == plain(everybody)
    assert plain(everybody.at(np.arange(1, count))) == plain(rest)


def test_what_the_index_does_not_know_is_offered_beside_the_rest() -> None:
    """Of services more, those who offer one surely do; all that they offer else is as it was."""
    takers, more = Town([business(1), business(2)]).takers(), len(FLOW.codes) + 1
    found = takers.also_offering({2: [more], 3: [more]})
    who, sure = found.offering(more)
    assert (who.tolist(), sure.tolist()) == ([1], [1.0])
    both, again = np.arange(2), FLOW.numbers["electrician"]
    assert found.sureness(both, np.full(2, more)).tolist() == [0.0, 1.0]
    assert found.sureness(both, np.full(2, again)).tolist() == takers.sureness(both, np.full(2, again)).tolist()


@pytest.mark.parametrize(
    ("clients_a_year", "told", "room", "assumed"),
    [
        (60.0, Told(), 5, True),
        (2.0, Told(), 1, True),
        (900.0, Told(), 20, True),
        (60.0, Told(room=3), 3, False),
        (60.0, Told(room=0), 0, False),
        (60.0, Told(room=3, has_room=False), 0, False),
        (60.0, Told(has_room=True), 5, True),
    ],
)
def test_room(clients_a_year: float, told: Told, room: int, assumed: bool) -> None:
    """Room is what was told, none where there is none, else that for a month's clients between one and twenty."""
    found = Town([business(1, clients_a_year=clients_a_year)], {1: told}).takers()
    assert found.room.tolist() == [room]
    assert found.room_assumed.tolist() == [assumed]


def test_the_usual_figure_stands_for_clients_that_nobody_told() -> None:
    """Where nobody said how many clients a business sees, room follows from what is usual for its services."""
    usual = float(FLOW.clients[FLOW.numbers["electrician"]])
    assert Town([business(1)]).takers().room.tolist() == [min(20, round(usual / 12))]


def test_a_stranger_is_nothing_but_the_priors() -> None:
    """Of whom nobody has told us anything we know no trust, no language and no asking, and assume the usual fill."""
    found = Town([business(1)]).takers()
    assert np.isnan([found.trust[0], found.asked_days[0]]).all()
    assert found.languages == (None,)
    assert found.fills[0] == FILLS
    assert (found.load[0], found.used[0]) == (0, 0)


def test_what_was_told_stands_in_the_columns() -> None:
    """Trust, languages, load, what is held, filled needs and the owner's word come from what the network knows."""
    told = Told(trust_share=0.5, languages=("es",), load=2.5, used=1, filled=(3.0, 1.0), competes=True, asked_days=4)
    found = Town([business(1)], {1: told, 7: Told(room=9)}).takers()
    assert (found.trust[0], found.load[0], found.used[0], found.asked_days[0]) == (0.5, 2.5, 1, 4)
    assert found.fills[0] == pytest.approx((6 * 0.7 + 3) / 10)
    assert found.overlap[0] == 1
    assert found.speaking("es").tolist() == [True]
    assert found.speaking("fr").tolist() == [False]


def test_sureness_is_that_of_the_offer(flow: Flow) -> None:
    """How surely a business sells a service is looked up by pair, and is nothing where it does not sell it."""
    found = Town([business(3, services={"roofer": 0.5, "painter": 0.8125}), business(1, "roofer")]).takers()
    services = np.array([flow.numbers[code] for code in ("roofer", "painter", "electrician", "painter")])
    assert found.sureness(np.array([0, 0, 0, 1]), services).tolist() == [0.5, 0.8125, 0, 0]


@pytest.mark.parametrize(
    ("vouch", "reputation", "trust"), [(None, None, None), (0.5, None, 0.5), (None, 0.2, 0.2), (1.0, 0.5, 0.75)]
)
def test_trust_is_the_mean_of_what_is_known(vouch: float | None, reputation: float | None, trust: float | None) -> None:
    """Vouching and reputation count alike, and what is not known counts nothing."""
    assert trust_share(vouch, reputation) == trust
