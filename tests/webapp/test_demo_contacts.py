"""The contacts of the demo."""

from matcher.answers.whose import Whose
from tests.networks import id_of
from tests.webapp.conftest import Town
from webapp.demo_clients import INSPECTIONS, TITLE
from webapp.demo_contacts import FACES, FRIEND, REALTOR, acquaint


def test_the_demo_shows_who_could_introduce_whom(busy: Town) -> None:
    """The made-up owner has two ways to the realtor, and pairs to bring together but for those who have met."""
    network = busy.circle
    acquaint(network)
    assert [one.name for one in network.contacts()] == sorted([*FACES, FRIEND])
    assert len(network.who_connects(Whose(id_of(network, REALTOR))).connectors) == 2
    pairs = {frozenset((two.first, two.second)) for two in network.bring_together(limit=100).pairs}
    assert pairs
    assert frozenset((TITLE, INSPECTIONS)) not in pairs
