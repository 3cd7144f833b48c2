"""Bringing a file in: what is counted, what is the same, what is undone, and who sees it."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from threading import Barrier, Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from matcher.answers.imported import Imported
from matcher.answers.partners import Filters
from matcher.errors import Conflict, NotFound
from matcher.facts import StagedFile
from matcher.lists import intake
from matcher.network import Network
from matcher.store import Store
from matcher.store.imports import STAGED_AT_ONCE, STAGED_FOR, STALLED_AFTER
from matcher.units import now_utc
from tests.networks import (
    FAR,
    HOME,
    INSPECTIONS,
    MOVERS,
    REALTY,
    STREET,
    UNKNOWN,
    bring_in,
    csv_of,
    held,
    id_of,
    shared_and_owners,
    suggested,
)

ANY = settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)
NAMES = st.sampled_from(("Ana's Bakery", "ANA’S BAKERY", "Bo & Co", "", "—", "=1+1", "Łódź Sp. z o.o.")) | TEXTS
PLACES = st.sampled_from(("Tucson", "TUCSON", "", "Nowhere at all"))
CODES = st.sampled_from(("85701", "85701-1234", "2903", "99999", "", "SW1A 1AA"))
ROWS = st.lists(st.tuples(NAMES, TEXTS, TEXTS, PLACES, st.just("AZ"), CODES), max_size=12)
FIRST = ("Ana's Bakery", "Bakery", "1 Main St", "Tucson", "AZ", "85701")


@pytest.fixture
def alice(store: Store) -> Network:
    """Alice's network, empty."""
    return shared_and_owners(store)[1]


def together(*acts: Callable[[], object]) -> list[object]:
    """What some acts that begin at the same moment answer, or the exceptions that they raise."""
    start, answers = Barrier(len(acts)), [None] * len(acts)

    def run(at: int) -> None:
        start.wait()
        try:
            answers[at] = acts[at]()
        except Exception as error:
            answers[at] = error

    threads = [Thread(target=run, args=(at,)) for at in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return list(answers)


@ANY
@given(rows=ROWS)
def test_every_row_is_accounted_for(alice: Network, store: Store, rows: list[tuple[str, ...]]) -> None:
    """Whatever stands in a file, its rows are those stored, those known already and those kept out by a problem."""
    before = held(store)
    done = bring_in(alice, csv_of([FIRST, *rows]))
    assert done.rows == done.stored + done.same + done.problems
    assert held(store) == before + done.stored
    assert sum(problem.keeps_out for problem in done.listed) == done.problems


def test_same_file_twice(alice: Network, store: Store) -> None:
    """The same file a second time adds nothing: all that was stored is known already."""
    first = bring_in(alice, csv_of(STREET))
    second = bring_in(alice, csv_of(STREET))
    assert (first.stored, first.same) == (len(STREET), 0)
    assert (second.stored, second.same) == (0, first.stored)
    assert held(store) == len(STREET)


@pytest.mark.parametrize(
    "spelling",
    [
        ("ANA’S BAKERY", "Bakery", "1 MAIN ST.", "TUCSON", "AZ", "85701"),
        ("ana's  bakery", "Cafe", "1 Main St", "", "Arizona", "85701-1234"),
        ("Ána‘s Bakery!", "Bakery", "1 main st", "Tucson", "", "85701"),
    ],
)
def test_another_spelling(alice: Network, spelling: tuple[str, ...]) -> None:
    """The same firm at the same door in another spelling is known already."""
    bring_in(alice, csv_of([FIRST]))
    again = bring_in(alice, csv_of([spelling]))
    assert (again.stored, again.same) == (0, 1)


def test_namesake_elsewhere(alice: Network) -> None:
    """A firm of the same name at another door is another firm."""
    bring_in(alice, csv_of([FIRST]))
    assert bring_in(alice, csv_of([("Ana's Bakery", "Bakery", "9 Oak St", "Tucson", "AZ", "85701")])).stored == 1


def test_storing_twice(alice: Network, store: Store) -> None:
    """Storing a staged import a second time gives the first answer."""
    staged = alice.stage("list.csv", csv_of(STREET))
    first = alice.store_import(staged.import_id)
    assert alice.store_import(staged.import_id) == first
    assert held(store) == len(STREET)


def test_staging_twice(alice: Network) -> None:
    """The same file chosen twice before it is stored is one import."""
    assert alice.stage("a.csv", csv_of(STREET)).import_id == alice.stage("b.csv", csv_of(STREET)).import_id


def staged_at_once(network: Network) -> list[bytes]:
    """As many files as may wait, all staged."""
    files = [csv_of([(f"Firm {n}", "Tucson")], heading=("Name", "City")) for n in range(STAGED_AT_ONCE)]
    for content in files:
        network.stage("list.csv", content)
    return files


def test_too_many_files_waiting(store: Store) -> None:
    """A network has a few files waiting at most; one more is refused until one is stored or thrown away."""
    _, alice, bob = shared_and_owners(store)
    waiting = staged_at_once(alice)
    with pytest.raises(Conflict, match="throw one away"):
        alice.stage("list.csv", csv_of(STREET))
    number = alice.stage("again.csv", waiting[0]).import_id  # one of those that wait is no other one
    bob.stage("list.csv", csv_of(STREET))
    alice.undo_import(number)
    second = alice.stage("list.csv", csv_of(STREET)).import_id
    alice.store_import(second)
    alice.stage("list.csv", waiting[0])


def test_old_files_go(store: Store) -> None:
    """A file that was never stored goes with the next one after a week, not a stored one nor another network's."""
    _, alice, bob = shared_and_owners(store)
    done = bring_in(alice, csv_of([FIRST]))
    others = bob.stage("list.csv", csv_of(STREET)).import_id
    staged_at_once(alice)
    late = now_utc() + STAGED_FOR + timedelta(minutes=1)
    new = intake.stage(store, alice.id, "list.csv", csv_of(STREET), late).import_id
    assert {found.import_id for found in alice.imports()} == {done.import_id, new}
    assert alice.preview(new).rows == bob.preview(others).rows == len(STREET)
    with store.session(alice.id) as session:
        assert session.scalars(select(StagedFile.import_id)).all() == [new]


def test_no_category_needed(alice: Network) -> None:
    """A list of names and towns alone is stored whole; nothing is said to be sold that nobody told."""
    done = bring_in(alice, csv_of([("Ana", "Tucson"), ("Bo", "Tucson")], heading=("Name", "City")))
    assert done.stored == 2
    assert [dict(b.services) for b in alice.directory().businesses] == [{}, {}]


def test_corrected_columns(alice: Network) -> None:
    """What the user says of a column counts, in the preview and in what is stored."""
    rows = [("Ana", "Bo's Plumbing", "Tucson"), ("Cy", "Di's Bakery", "Tucson")]
    staged = alice.stage("list.csv", csv_of(rows, heading=("Name", "Account", "City")))
    chosen = {0: "", 1: "name"}
    assert [row["name"] for row in alice.preview(staged.import_id, chosen).sample] == ["Bo's Plumbing", "Di's Bakery"]
    alice.store_import(staged.import_id, chosen)
    assert [b.name for b in alice.directory().businesses] == ["Bo's Plumbing", "Di's Bakery"]


@pytest.mark.parametrize("columns", [{99: "name"}, {-1: "name"}, {0: "no such field"}, {0: ""}])
def test_columns_that_make_no_sense(alice: Network, columns: dict[int, str]) -> None:
    """Whatever is said of the columns, every row is accounted for."""
    done = bring_in(alice, csv_of(STREET), columns)
    assert done.rows == done.stored + done.problems


def test_undo_takes_all_out_but_what_was_decided(alice: Network, store: Store) -> None:
    """Undoing an import takes its businesses out, but those with a verdict or a partnership stay."""
    done = bring_in(alice, csv_of(STREET))
    alice.decide(id_of(alice, REALTY), "no", "We know each other.")
    alice.set_stage(id_of(alice, MOVERS), "agreed")
    assert alice.undo_import(done.import_id).state == "undone"
    assert [b.name for b in alice.directory().businesses] == [MOVERS, REALTY]
    assert alice.business(id_of(alice, REALTY)).verdict == "no"


def test_undo_twice(alice: Network, store: Store) -> None:
    """Undoing twice is undoing once, also for a business that was decided on."""
    done = bring_in(alice, csv_of(STREET))
    alice.decide(id_of(alice, REALTY), "later")
    first = alice.undo_import(done.import_id)
    assert alice.undo_import(done.import_id) == first
    assert held(store) == 1


def test_undone_cannot_be_stored_but_chosen_again(alice: Network) -> None:
    """An undone import is not stored by an old tab; the same file chosen again is."""
    done = bring_in(alice, csv_of(STREET))
    alice.undo_import(done.import_id)
    with pytest.raises(Conflict, match="undone"):
        alice.store_import(done.import_id)
    assert bring_in(alice, csv_of(STREET)).stored == len(STREET)


STRANGERS: tuple[Callable[[Network, int], object], ...] = (
    Network.imported,
    Network.preview,
    Network.store_import,
    Network.undo_import,
    Network.export_problems,
)


@pytest.mark.parametrize("stored", [False, True], ids=["staged", "stored"])
def test_strangers_import(store: Store, stored: bool) -> None:
    """Another network's import looks like one that does not exist, whatever is tried, and stays as it is."""
    _, alice, bob = shared_and_owners(store)
    number = alice.stage("list.csv", csv_of(STREET)).import_id
    if stored:
        alice.store_import(number)
    before = alice.imported(number)
    for act, tried in product(STRANGERS, (number, 999_999, 2**70)):
        with pytest.raises(NotFound):
            act(bob, tried)
    assert alice.imported(number) == before
    assert held(store) == (len(STREET) if stored else 0)


def test_private_import_is_invisible_to_others(store: Store) -> None:
    """What one network brings in shows in no list, suggestion, explanation or file of another."""
    _, alice, bob = shared_and_owners(store)
    bring_in(alice, csv_of(STREET))
    bob.settle(HOME)
    assert bob.directory().total == 0
    assert bob.suggestions().considered == 0
    assert REALTY.encode() not in bob.export("directory", "csv") + bob.export("suggestions", "csv")
    for act in (bob.business, bob.why, lambda number: bob.decide(number, "yes")):
        with pytest.raises(NotFound):
            act(id_of(alice, REALTY))
    assert bob.imports() == []


def test_shared_directory_is_visible_to_all(store: Store) -> None:
    """What the shared directory holds is listed and suggested in every network, and each decides for itself."""
    shared, alice, bob = shared_and_owners(store)
    bring_in(shared, csv_of(STREET))
    for network in (alice, bob):
        network.settle(HOME)
        assert network.directory().total == len(STREET)
        assert {REALTY, INSPECTIONS, MOVERS} <= suggested(network)
    alice.decide(id_of(alice, REALTY), "no")
    assert REALTY not in suggested(alice)
    assert REALTY in suggested(bob)
    assert bob.business(id_of(bob, REALTY)).verdict is None


def test_same_import_from_two_threads(alice: Network, store: Store) -> None:
    """Two who store the same import at the same moment store it once: both get its answer, or one a Conflict."""
    rows = [(f"Firm {n}", "Bakery", f"{n} Main St", "Tucson", "AZ", "85701") for n in range(400)]
    staged = alice.stage("list.csv", csv_of(rows))
    first, second = together(*[lambda: alice.store_import(staged.import_id)] * 2)
    answers = [answer for answer in (first, second) if isinstance(answer, Imported)]
    assert answers
    assert all(isinstance(answer, Imported | Conflict) for answer in (first, second)), (first, second)
    done = alice.imported(staged.import_id)
    assert (done.state, done.stored, done.same) == ("stored", 400, 0)
    assert held(store) == 400


def test_overlapping_files_from_two_threads(alice: Network, store: Store) -> None:
    """Two files with the same firms stored at the same moment: each firm is stored by one and known to the other."""
    rows = [(f"Firm {n}", "Bakery", f"{n} Main St", "Tucson", "AZ", "85701") for n in range(400)]
    first = alice.stage("a.csv", csv_of(rows))
    second = alice.stage("b.csv", csv_of(rows[::-1]))
    answers = together(*(lambda n=staged.import_id: alice.store_import(n) for staged in (first, second)))
    assert all(isinstance(answer, Imported) for answer in answers), answers
    assert sorted((a.stored, a.same) for a in answers if isinstance(a, Imported)) == [(0, 400), (400, 0)]
    assert held(store) == 400


def test_taken_over_import(alice: Network, store: Store) -> None:
    """Of a worker that was given up too early and the one that took over, one stores; the answer tells what it did."""
    rows = [(f"Firm {n}", "Bakery", f"{n} Main St", "Tucson", "AZ", "85701") for n in range(400)]
    number = alice.stage("list.csv", csv_of(rows)).import_id
    late = now_utc() + STALLED_AFTER + timedelta(minutes=1)
    store_at = [lambda at=at: intake.store_rows(store, alice.id, number, {}, at) for at in (now_utc(), late)]
    answers = together(*store_at)
    assert all(answer is None or isinstance(answer, Conflict) for answer in answers), answers
    done = alice.imported(number)
    assert (done.state, done.stored, done.same) == ("stored", 400, 0)


def test_far_away_is_stored_too(alice: Network) -> None:
    """An import keeps what is far away or unknown; only suggestions judge."""
    bring_in(alice, csv_of(STREET))
    assert {b.name for b in alice.directory(Filters(text="Main")).businesses} == set()
    assert {FAR, UNKNOWN} <= {b.name for b in alice.directory().businesses}
