"""What the shared directory's operator cannot take away from the networks."""

from matcher.store import Store
from tests.networks import INSPECTIONS, REALTY, STREET, bring_in, csv_of, id_of, shared_and_owners


def test_undoing_a_shared_import_spares_what_a_network_decided_on(store: Store) -> None:
    """A business of the shared directory stays with its verdict and partnership when its import is undone."""
    shared, alice, bob = shared_and_owners(store)
    done = bring_in(shared, csv_of(STREET))
    alice.decide(id_of(alice, REALTY), "yes")
    bob.set_stage(id_of(bob, INSPECTIONS), "agreed")
    shared.undo_import(done.import_id)
    assert [b.name for b in shared.directory().businesses] == [INSPECTIONS, REALTY]
    assert alice.business(id_of(alice, REALTY)).stage == "courted"
    assert bob.business(id_of(bob, INSPECTIONS)).stage == "agreed"
