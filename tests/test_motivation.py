"""What moves somebody, in an owner's suggestions."""

import csv
import io
from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.answers.partners import OneSidedList, Profile, Reward, Shortlist
from matcher.facts import Need
from matcher.network import Network
from matcher.store import Store
from matcher.units import now_utc
from tests.networks import INSPECTIONS, REALTY, bring_in, csv_of, id_of

SHARES = st.sampled_from([None, 0.0, 0.5, 1.0])
PROFILES = st.builds(
    Profile,
    wants=st.sampled_from(["", "Larger orders"]),
    wanted_markets=st.sampled_from([(), ("first_home_buyers",)]),
    wants_to_grow=st.sampled_from([None, True, False]),
    has_room=st.sampled_from([None, True, False]),
    vouch_share=SHARES,
    reputation_share=SHARES,
)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PROFILES, st.sampled_from(get_args(Reward)), st.booleans())
def test_the_reward_never_counts(alice: Network, told: Profile, reward: Reward, never: bool) -> None:
    """Two profiles that differ only in how somebody likes to be thanked give exactly the same list."""
    lists: list[Shortlist] = []
    for profile in (told, replace(told, reward=reward, never_money=never)):
        alice.set_motivation(profile, id_of(alice, REALTY), forget=True)
        lists.append(alice.suggestions())
    assert lists[0] == lists[1]


def test_what_moves_them_counts(alice: Network) -> None:
    """Who wants to grow and to meet our clients is likelier to say yes, scores higher, and the reasons say so."""
    before = {s.name: s for s in alice.suggestions().suggestions}
    alice.set_motivation(Profile(wants_to_grow=True, wanted_markets=("first_home_buyers",)), id_of(alice, INSPECTIONS))
    after = {s.name: s for s in alice.suggestions().suggestions}
    assert after[INSPECTIONS].yes_them_share > before[INSPECTIONS].yes_them_share
    assert after[INSPECTIONS].yes_us_share == before[INSPECTIONS].yes_us_share
    assert after[INSPECTIONS].score > before[INSPECTIONS].score
    assert after[REALTY] == before[REALTY]
    said = {term.term: term for term in alice.why(id_of(alice, INSPECTIONS)).terms}
    assert said["growth"].sentence == "They want to grow."
    assert said["wish"].weight > 0


def test_the_chance_of_both_is_the_product(alice: Network) -> None:
    """The chance that both say yes is that of each side, multiplied."""
    for s in alice.suggestions().suggestions:
        assert s.chance_share == pytest.approx(s.yes_us_share * s.yes_them_share)


def test_being_asked_is_forgotten_in_time(alice: Network) -> None:
    """Whoever was asked today is less likely to say yes than one who was asked a year ago."""
    number, today = id_of(alice, REALTY), now_utc().date()
    chances = []
    for days in (0, 365):
        alice.set_motivation(Profile(asked_on=(today - timedelta(days=days)).isoformat()), number)
        chances.append(next(s for s in alice.suggestions().suggestions if s.name == REALTY).yes_them_share)
    assert chances[0] < chances[1]


def test_who_helps_one_side_only(alice: Network, store: Store) -> None:
    """A business without clients in common is listed with what would change it; a client who waits puts it first."""
    bring_in(
        alice,
        csv_of(
            [
                ("Rising Crane", "Karate school", "7 Main St", "Tucson", "AZ", "85701"),
                ("Tune Up", "Piano teacher", "8 Main St", "Tucson", "AZ", "85701"),
            ]
        ),
        {1: "services"},
    )
    found = alice.one_sided()
    assert alice.suggestions().left_out["no clients in common"] == found.total == 2
    assert all(one.helps == "neither" and one.changes for one in found.businesses)
    last = found.businesses[-1]
    with store.session(alice.id, writes=True) as session:
        session.add(Need(network_id=alice.id, service=last.services[0], heard_on=now_utc().date()))
    waiting: OneSidedList = alice.one_sided()
    assert (waiting.businesses[0].name, waiting.businesses[0].helps) == (last.name, "them")
    written = csv.DictReader(io.StringIO(alice.export("one-sided", "csv").decode("utf-8-sig")))
    assert [row["Business"] for row in written] == [one.name for one in waiting.businesses]
