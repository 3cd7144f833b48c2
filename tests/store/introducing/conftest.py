"""Alice, a client of hers with a need, and an introduction of that client to the movers."""

import pytest

from matcher.answers.told import ClientTold, NeedTold
from matcher.network import Network
from tests.introduced import to_movers


@pytest.fixture
def joe(alice: Network) -> int:
    """A client of Alice's."""
    return alice.add_client(ClientTold(name="Joe Canary", phone="520-555-0101"))


@pytest.fixture
def need(alice: Network, joe: int) -> int:
    """What that client needs."""
    return alice.add_need(joe, NeedTold(service="moving_company", wording="CANARY piano"))


@pytest.fixture
def drafted(alice: Network, joe: int, need: int) -> int:
    """An introduction of that client to the movers."""
    return alice.draft_introduction(to_movers(alice, joe, need))
