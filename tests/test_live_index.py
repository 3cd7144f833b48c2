"""The index in a running process follows the database at once."""

from threading import Event, Thread

import pytest

from matcher import live_index as module
from matcher.network import Network
from matcher.store import Session, Store
from matcher.units import SHARED
from tests.networks import HOME, STREET, bring_in, csv_of, held, shared_and_owners, suggested
from tests.store.conftest import ALICE, BOB

ASKING, ROUNDS = 20, 3  # threads, imports while they ask


def realtors(first: int, count: int) -> bytes:
    """A file of real estate agents in Tucson, numbered."""
    return csv_of(
        (f"Realtor {n}", "Real estate agent", f"{n} Oak St", "Tucson", "AZ", "85701")
        for n in range(first, first + count)
    )


def test_new_import_appears_at_once(store: Store) -> None:
    """What is brought in after the first question is in the very next answer, and gone again when it is undone."""
    _, alice, _ = shared_and_owners(store)
    alice.settle(HOME)
    assert suggested(alice) == set()
    done = bring_in(alice, csv_of(STREET))
    assert len(suggested(alice)) == 3
    alice.undo_import(done.import_id)
    assert suggested(alice) == set()
    assert alice.suggestions().considered == 0


def test_change_by_another_process(database: str, store: Store) -> None:
    """What another process brings in, through a store of its own, is in the next answer here."""
    _, alice, _ = shared_and_owners(store)
    alice.settle(HOME)
    assert suggested(alice) == set()
    other = Store(database)
    bring_in(Network(other, ALICE), csv_of(STREET))
    other.engine.dispose()
    assert len(suggested(alice)) == 3


def test_shared_directory_changes_for_all(store: Store) -> None:
    """A change of the shared directory reaches a network whose own businesses were read long before."""
    shared, alice, bob = shared_and_owners(store)
    bring_in(alice, realtors(0, 2))
    for network in (alice, bob):
        network.settle(HOME)
        network.suggestions()
    bring_in(shared, csv_of(STREET))
    assert len(suggested(alice)) == 5
    assert len(suggested(bob)) == 3


@pytest.mark.parametrize("network_id", [SHARED, ALICE])
def test_built_anew_when_mostly_dead(store: Store, monkeypatch: pytest.MonkeyPatch, network_id: int) -> None:
    """After many changes the index is built anew without the dead rows, and everybody still sees the same."""
    shared, alice, bob = shared_and_owners(store)
    bring_in(shared, csv_of(STREET))
    bring_in(bob, realtors(100, 3))
    for network in (alice, bob):
        network.settle(HOME)
        network.suggestions()
    monkeypatch.setattr(module, "WASTE", 0)
    for start in range(3):
        bring_in(Network(store, network_id), realtors(start, 1))
        assert len(suggested(alice)) == 3 + start + 1
    assert len(suggested(bob)) == 6 + (3 if network_id == SHARED else 0)


def test_many_ask_while_one_imports(store: Store) -> None:
    """Many who ask while somebody imports and undoes get no error, and only answers that were true at some moment."""
    _, alice, bob = shared_and_owners(store)
    for network in (alice, bob):
        network.settle(HOME)
    done, wrong = Event(), list[object]()

    def ask(network: Network, allowed: set[int]) -> None:
        try:
            while not done.is_set():
                found = network.suggestions(limit=2)
                if found.considered not in allowed:
                    wrong.append(found.considered)
        except Exception as error:
            wrong.append(error)

    told = [(alice, {0, 50}) if n % 2 else (bob, {0}) for n in range(ASKING)]
    threads = [Thread(target=ask, args=about) for about in told]
    for thread in threads:
        thread.start()
    try:
        for _ in range(ROUNDS):
            alice.undo_import(bring_in(alice, realtors(0, 50)).import_id)
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert wrong == []
    assert (held(store, ALICE), held(store, BOB)) == (1, 1)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_next_start_opens_the_saved_index(database: str, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new process maps the shared directory from files, reads only what changed since, and answers the same."""
    monkeypatch.setattr(module, "SAVED_FROM", 3)
    shared, alice, _ = shared_and_owners(store)
    bring_in(shared, csv_of(STREET))
    bring_in(alice, realtors(50, 1))
    alice.settle(HOME)
    before = suggested(alice)
    assert store.index_folder is not None
    assert (store.index_folder / "label.json").exists()
    monkeypatch.setattr(module, "SAVED_FROM", 1_000_000)
    bring_in(shared, realtors(0, 2))
    read: list[int] = []

    def columns(session: Session, network_id: int, since: int | None = None) -> object:
        found = real(session, network_id, since)
        read.append(len(found[0]))
        return found

    real = module.businesses.columns
    monkeypatch.setattr(module.businesses, "columns", columns)
    again = Store(database)
    assert len(suggested(Network(again, ALICE))) == len(before) + 2
    again.engine.dispose()
    assert read == [2, 1]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_undone_import_is_not_in_an_index_opened_later(
    database: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was taken out of the directory after the files were written is gone after the next start."""
    monkeypatch.setattr(module, "SAVED_FROM", 3)
    shared, alice, _ = shared_and_owners(store)
    bring_in(shared, csv_of(STREET))
    extra = bring_in(shared, realtors(0, 4))
    alice.settle(HOME)
    assert len(suggested(alice)) == 7
    shared.undo_import(extra.import_id)
    again = Store(database)
    assert len(suggested(Network(again, ALICE))) == 3
    again.engine.dispose()
