"""What a network understands, and that a correction stays its own."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.errors import Invalid
from matcher.names import lookup_key
from matcher.store import Store
from tests.networks import shared_and_owners

LEAK = "the gizmo upstairs is wonky"
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_a_correction_answers_next_time(store: Store) -> None:
    """A corrected wording is answered first and surely, in any spelling, until it is taken back."""
    _, alice, _ = shared_and_owners(store)
    assert not alice.understand(LEAK).sure
    assert alice.correct(LEAK, "plumber") == ""
    found = alice.understand(LEAK.upper() + "!!")
    assert (found.guesses[0].service, found.sure, found.told) == ("plumber", True, True)
    assert alice.correct(LEAK, "hvac") == "plumber"
    assert alice.understand(LEAK).guesses[0].service == "hvac"
    assert alice.take_back(LEAK) == "hvac"
    assert alice.take_back(LEAK) == ""
    assert not alice.understand(LEAK).told


@on_sqlite
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=60).filter(lookup_key), service=st.sampled_from(["plumber", "roofer"]))
def test_a_correction_reaches_no_other_network(store: Store, text: str, service: str) -> None:
    """Whatever one network is told, others answer exactly as before."""
    shared, alice, bob = shared_and_owners(store) if not hasattr(store, "told") else store.told  # type: ignore[attr-defined]
    store.told = (shared, alice, bob)  # type: ignore[attr-defined]  # one store for all examples
    before = [network.understand(text) for network in (shared, bob)]
    alice.correct(text, service)
    assert alice.understand(text).guesses[0].service == service
    assert [network.understand(text) for network in (shared, bob)] == before


def test_what_cannot_be_remembered(store: Store) -> None:
    """Text without words and services that there are not are refused, and nothing is kept."""
    _, alice, _ = shared_and_owners(store)
    for text, service, field in (("", "plumber", "text"), ("🙂", "plumber", "text"), (LEAK, "wizard", "service")):
        with pytest.raises(Invalid) as refused:
            alice.correct(text, service)
        assert refused.value.field == field
    assert not alice.understand(LEAK).told
