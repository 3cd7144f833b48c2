"""Where the random walks of introductions begin: two owners, the businesses both see, people and drafts of each."""

from dataclasses import replace
from itertools import pairwise

from matcher.answers.whose import Whose
from matcher.engine import cadence
from matcher.facts import Business, Person
from matcher.network import Network
from matcher.store import Store
from matcher.units import SHARED
from tests.acquainting_machine import BUSINESSES, NAME, OWNERS, PEOPLE, Introductions, noted_draft
from tests.networks import HOME
from tests.store.conftest import NOON, owners


def settle(store: Store) -> None:
    """Give the machine its database."""
    owners(store)
    machine = Introductions
    machine.store, machine.everybody, machine.drafted, machine.same = store, {}, {}, {}
    with store.session(SHARED, writes=True) as session:
        shops = [Business(network_id=SHARED, key=f"b{n}", name=f"Shop {n}", edited_at=NOON) for n in range(BUSINESSES)]
        session.add_all(shops)
        session.flush()
        both = [Whose(business_id=one.id) for one in shops]
    for network_id, name in OWNERS.items():
        network = Network(store, network_id)
        network.settle(replace(HOME, name=name))
        network.set_open_introductions(cadence.OWNER_OPEN)
        with store.session(network_id, writes=True) as session:
            people = [Person(network_id=network_id, name=f"{NAME} {n}") for n in range(PEOPLE)]
            people[0].business_id = both[0].business_id
            session.add_all(people)
            session.flush()
            everybody = both + [Whose(person_id=one.id) for one in people]
            machine.everybody[network_id], machine.same[everybody[BUSINESSES]] = everybody, both[0]
            pairs = enumerate(pairwise(everybody))
            machine.drafted[network_id] = dict(noted_draft(session, network_id, n % 2 == 0, *pair) for n, pair in pairs)
