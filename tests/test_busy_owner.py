"""An owner of 200 made-up clients over the real directory of Tucson: every door answers, and says the same."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.network import Network
from matcher.store import Store
from tests.made_owner import owner_of_many


@pytest.fixture(scope="module")
def made(migrated_file: Path, shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the owner in it, to copy."""
    file = tmp_path_factory.mktemp("busy") / "owner.db"
    shutil.copy(migrated_file, file)
    store = Store(f"sqlite:///{file}")
    owner_of_many(store, shared_data / "businesses" / "tucson_licenses.csv")
    store.engine.dispose()
    return file


@pytest.fixture
def owner(made: Path, tmp_path: Path) -> Iterator[Network]:
    """The owner's network, on a copy."""
    file = tmp_path / "owner.db"
    shutil.copy(made, file)
    network = Network(Store(f"sqlite:///{file}"), 2)
    yield network
    network.close()


def test_every_need_is_somewhere(owner: Network) -> None:
    """All needs of all clients are in one state each, and rows, gaps and states add up to the same."""
    needs = sum(len(client.needs) for client in owner.clients(limit=500).clients)
    found = owner.coverage()
    assert found.needs == needs == sum(found.by_state.values()) > 200
    assert found.covered == needs - found.by_state["gap"] == sum(row.covered for row in found.rows)
    assert found.by_state["gap"] == sum(len(gap.need_ids) for gap in found.gaps)
    assert found.value_cents == sum(row.value_cents for row in found.rows)


def test_nobody_takes_more_than_they_have_room_for(owner: Network) -> None:
    """No partner is given more needs than they have room for, and a full one says what a place more would bring."""
    found = owner.assignment()
    given = [served.partner.business_id for served in found.needs if served.state == "ready" and served.partner]
    assert all(given.count(slot.business_id) == slot.used <= slot.room for slot in found.slots)
    assert any(slot.used == slot.room and slot.need_id is not None for slot in found.slots)


def test_recruits_keep_their_promise(owner: Network) -> None:
    """When those who should be recruited join, coverage grows by at least what was promised."""
    before, found = owner.coverage(), owner.recruits(3, prove=True)
    assert found.proof is not None
    assert found.proof.exact
    assert found.proof.share >= 0.99
    for recruit in found.recruits:
        owner.set_stage(recruit.business_id, "agreed")
    after = owner.coverage()
    assert after.covered >= before.covered + found.closed
    assert after.covered_cents >= before.covered_cents + found.closed_cents


def test_each_promise_alone_is_kept(owner: Network) -> None:
    """Each business to recruit closes by itself what is said of it."""
    before = owner.coverage().covered
    for recruit in owner.recruits(3).recruits:
        owner.set_stage(recruit.business_id, "agreed")
        assert owner.coverage().covered >= before + len(recruit.alone)
        owner.set_stage(recruit.business_id, "ended")
