"""What an owner says that words mean, kept for one network."""

from datetime import timedelta

from matcher.facts import Wording
from matcher.store import Store
from matcher.store.wordings import forget, keep, told
from tests.store.conftest import ALICE, BOB, NOON, owners


def say(store: Store, network_id: int, key: str, service: str, days: int = 0) -> str:
    """Keep a wording for a network."""
    with store.session(network_id, writes=True) as session:
        at = NOON + timedelta(days=days)
        return keep(session, Wording(network_id=network_id, key=key, service=service, told_at=at))


def known(store: Store, network_id: int) -> dict[str, str]:
    """All that a network has been told."""
    with store.session(network_id) as session:
        return dict(told(session))


def test_the_last_word_counts(store: Store) -> None:
    """Saying it again replaces what was said, which is given back; taking it back gives it, once."""
    owners(store)
    assert say(store, ALICE, "roof leaking", "roofer") == ""
    assert say(store, ALICE, "roof leaking", "insulation", days=1) == "roofer"
    assert known(store, ALICE) == {"roof leaking": "insulation"}
    with store.session(ALICE, writes=True) as session:
        assert [forget(session, "roof leaking"), forget(session, "roof leaking")] == ["insulation", ""]
    assert known(store, ALICE) == {}


def test_each_network_has_its_own(store: Store) -> None:
    """The same words may mean different things in two networks, and taking one back leaves the other."""
    owners(store)
    say(store, ALICE, "sink", "plumber")
    say(store, BOB, "sink", "kitchen_bath")
    with store.session(ALICE, writes=True) as session:
        forget(session, "sink")
    assert known(store, ALICE) == {}
    assert known(store, BOB) == {"sink": "kitchen_bath"}
