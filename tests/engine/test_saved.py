"""The index as files."""

from dataclasses import replace
from pathlib import Path

import pytest

from matcher.answers.partners import Home
from matcher.engine.flow import Flow
from matcher.engine.index import Index
from matcher.engine.question import Question
from matcher.engine.saved import opened, save
from matcher.engine.search import best
from tests.engine.made import columns_of, town

STAMP = {"knowledge": "a", "directory": "b"}
ASKING = Question(home=Home(services={"mortgage_broker": 1.0}, lat=32.2, lon=-110.9))


@pytest.fixture
def folder(flow: Flow, tmp_path: Path) -> Path:
    """A saved town of 300, with private businesses of network 7 in the index that are not to be in the files."""
    index = Index(flow, columns_of(town(flow.codes, 300)))
    index.put(Home(business_id=9999, services={"florist": 1.0}, markets=("engaged",)), 7)
    index.put(replace(index.home(3), tier=3), 1)
    index.remove(4)
    save(index, tmp_path / "town.index", STAMP, 12)
    return tmp_path / "town.index"


def test_opened_is_what_was_saved(flow: Flow, folder: Path) -> None:
    """Every shared business comes back as it was, with the revision, and the answers are the same to the bit."""
    found = opened(flow, folder, STAMP)
    assert found is not None
    index, revision = found
    expected = {b.business_id: b for b in town(flow.codes, 300) if b.business_id != 4}
    expected[3] = replace(expected[3], tier=3)
    assert revision == 12
    assert {i: index.home(i) for i in index["ids"][index.visible(1)].tolist()} == expected
    again = Index(flow, columns_of(list(expected.values())))
    assert [c.tolist() for c in best(index, ASKING, 50)] == [c.tolist() for c in best(again, ASKING, 50)]


def test_private_businesses_are_not_in_the_files(flow: Flow, folder: Path) -> None:
    """What a network holds itself is not saved with the shared directory."""
    found = opened(flow, folder, STAMP)
    assert found is not None
    assert not found[0].can_see(7, 9999)
    assert len(found[0]) == 299


def test_edits_after_opening_stay_in_this_process(flow: Flow, folder: Path) -> None:
    """Edits of an opened index show in it, and neither in the files nor in an index opened beside it."""
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    (one, _), (other, _) = opened(flow, folder, STAMP) or (), opened(flow, folder, STAMP) or ()
    one.put(Home(business_id=1, services={"florist": 1.0}), 1)
    one.remove(2)
    assert one.home(1).services == {"florist": 1.0}
    assert not one.can_see(1, 2)
    assert other.home(1) == town(flow.codes, 300)[0]
    assert other.can_see(1, 2)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_files_of_something_else_are_left_alone(flow: Flow, folder: Path, tmp_path: Path) -> None:
    """Another database, other knowledge, no files at all: nothing is opened."""
    assert opened(flow, folder, STAMP | {"knowledge": "newer"}) is None
    assert opened(flow, tmp_path / "nothing", STAMP) is None


@pytest.mark.parametrize("victim", ["row_lats.npy", "kind_starts.npy", "block0_ids.npy", "label.json"])
def test_damaged_files_are_left_alone(flow: Flow, folder: Path, victim: str) -> None:
    """A file that is cut short or gone makes the whole saved index count for nothing."""
    whole = (folder / victim).read_bytes()
    (folder / victim).write_bytes(whole[: len(whole) // 2])
    assert opened(flow, folder, STAMP) is None
    (folder / victim).unlink()
    assert opened(flow, folder, STAMP) is None
