"""Alice, a client of hers with a need, and an introduction of that client to the movers."""

from collections.abc import Iterator

import pytest

from matcher.answers.told import ClientTold, NeedTold
from matcher.network import Network
from matcher.store import Store
from tests.introduced import to_movers
from tests.mail_server import Postbox
from tests.posting import SECRET, SENDER, served


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


@pytest.fixture
def postbox(alice: Network, store: Store) -> Iterator[Postbox]:
    """What arrives at Alice's mail server."""
    store.secret = SECRET
    alice.set_sender(SENDER)
    with served(alice) as postbox:
        yield postbox
