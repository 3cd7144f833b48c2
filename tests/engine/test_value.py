"""The two-sided value, against the slow version."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from matcher.answers.partners import Home
from matcher.engine import value
from matcher.engine.flow import Flow, flow_of
from matcher.engine.index import Index
from matcher.engine.known import Known
from matcher.engine.pairs import Pairs, in_reach, pair_up
from matcher.engine.question import Question
from matcher.engine.value import FEATURES, Worth
from matcher.taxonomy import taxonomy
from tests.engine import obvious
from tests.engine.made import TOWN, columns_of
from tests.engine.strategies import homes

FLOW = flow_of(taxonomy())
HERE: dict[str, Any] = {"lat": TOWN[0], "lon": TOWN[1]}


def paired(flow: Flow, home: Home, *others: Home, **told: Any) -> tuple[Pairs, Worth]:
    """A home beside some businesses, those of them that are in reach."""
    index = Index(flow, columns_of(others))
    rows, distance = in_reach(index, home, np.arange(len(others)))
    pairs = pair_up(index, Question(home=home, **told), rows, distance)
    return pairs, value.worth(pairs)


# Near full overlap arccos errs by 1e-7 in the shared area; the factor 1 - overlap, at least .01, enlarges that.
ARCCOS = 2e-5


@settings(max_examples=80)
@given(homes(), homes(business_id=1))
def test_the_score_is_the_plain_one_from_both_sides(one: Home, other: Home) -> None:
    """The vectorised score equals the model written out for one pair, and is the same seen from the other side."""
    _, worth = paired(FLOW, one, other)
    plain = obvious.score(FLOW.taxonomy, one, other)
    assert (worth.score[0] if len(worth.score) else 0.0) == pytest.approx(plain, rel=ARCCOS, abs=1e-12)
    assert obvious.score(FLOW.taxonomy, other, one) == pytest.approx(plain, rel=ARCCOS, abs=1e-12)


def test_who_became_a_client_changes_the_value_not_the_referrals(flow: Flow) -> None:
    """Nine of ten people sent by a partner became clients: they are worth more, and they are as many."""
    home = Home(services={"mortgage_broker": 1.0}, **HERE)
    other = Home(business_id=1, services={"home_inspector": 1.0}, **HERE)
    usual, learned = (paired(flow, home, other, known=known) for known in ({}, {1: Known(close=(9.0, 1.0))}))
    assert learned[1].for_us[0] > usual[1].for_us[0]
    assert np.array(value.referrals(*learned)) == pytest.approx(np.array(value.referrals(*usual)))


def test_more_clients_make_more_referrals(flow: Flow) -> None:
    """A partner who told us of twice the usual clients sends twice as many, and scores higher."""
    home = Home(services={"mortgage_broker": 1.0}, **HERE)
    usual = flow.clients[flow.numbers["home_inspector"]]
    agents = [
        Home(business_id=n, services={"home_inspector": 1.0}, clients_a_year=c, **HERE)
        for n, c in ((1, None), (2, 2 * usual))
    ]
    _, worth = paired(flow, home, *agents)
    assert worth.for_us[1] == pytest.approx(2 * worth.for_us[0])
    assert worth.score[1] > worth.score[0]


def test_the_worse_side_decides() -> None:
    """The harmonic mean is 0 when one side gains nothing, and near twice the smaller when the other is large."""
    found = value.harmonic(np.array([0.0, 1.0]), np.array([100.0, 1e9]))
    assert found[0] == 0
    assert found[1] == pytest.approx(2, rel=1e-6)


def test_a_trusted_partner_takes_the_seat(flow: Flow) -> None:
    """A second florist is worth less to somebody who trusts a florist already; the trusted one is worth as much."""
    home = Home(services={"wedding_planner": 1.0}, **HERE)
    florists = [Home(business_id=n, services={"florist": 1.0}, **HERE) for n in (1, 2)]
    _, alone = paired(flow, home, *florists)
    _, taken = paired(flow, home, *florists, trusted=(1,))
    assert taken.score[0] == pytest.approx(alone.score[0])
    assert taken.score[1] < alone.score[1]


def test_who_wants_to_grow_says_yes_sooner(flow: Flow) -> None:
    """An owner who wants to grow is likelier to say yes."""
    florist = Home(business_id=1, services={"florist": 1.0}, **HERE)
    chances = [
        paired(flow, Home(services={"wedding_planner": 1.0}, wants_to_grow=grows, **HERE), florist)[1].chance[0]
        for grows in (None, True)
    ]
    assert chances[1] > chances[0]


def test_every_factor_says_what_it_means() -> None:
    """Each factor is a function whose docstring is a sentence that people can read."""
    assert all((feature.factors.__doc__ or "").endswith(".") for feature in FEATURES)
    assert len({feature.name for feature in FEATURES}) == len(FEATURES)
