"""Bringing clients in from a file: what is counted, what is the same, what is undone, and who sees it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.answers.imported import Imported
from matcher.answers.told import ClientTold, NeedTold
from matcher.errors import Conflict, NotFound
from matcher.network import Network
from matcher.store import Store
from tests.networks import MOVERS, csv_of, id_of
from tests.store.conftest import BOB
from tests.test_intake import ANY, TEXTS

HEADING = ("Name", "E-mail", "Place", "Grade", "Need", "Going through", "Since")
BOOK = (
    ("Joe and Ana", "joe@example.com", "Tucson, AZ", "A", "roof leaks; moving company", "Buying a first home", ""),
    ("María Gómez", "", "Xanadu", "", "zymurgical zeppelin", "", ""),
    ("Zoe", "zoe@example.com", "85701", "C", "", "", ""),
    ("", "nobody@example.com", "", "", "roofer", "", ""),
)
NAMES = st.sampled_from(("Joe", "JOE", "Zoë", "", "—", "=1+1", "🙂")) | TEXTS
LINES = st.lists(st.tuples(NAMES, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS), max_size=8)


def _bring_in(network: Network, lines: tuple[tuple[str, ...], ...] = BOOK) -> Imported:
    staged = network.stage("clients.csv", csv_of(lines, HEADING), "clients")
    return network.store_import(staged.import_id)


def test_a_book_of_clients_is_stored(alice: Network) -> None:
    """Clients come with needs and journeys; what nobody knows is noted and lost neither; rows are accounted for."""
    done = _bring_in(alice)
    assert (done.about, done.rows, done.stored, done.same, done.problems) == ("clients", 4, 3, 0, 1)
    joe, maria, zoe = (alice.client(card.client_id) for card in alice.clients().clients)
    assert [(need.service, need.wording) for need in joe.needs] == [
        ("roofer", "roof leaks"),
        ("moving_company", "moving company"),
    ]
    assert {need.occasion_id for need in joe.needs} == {joe.journeys[0].occasion_id}
    assert (maria.place, maria.note, maria.needs[0].service) == ("", "Place: Xanadu", "")
    assert (zoe.place, zoe.grade, zoe.needs) == ("Tucson, AZ", "C", ())


def test_a_preview_stores_nothing(alice: Network) -> None:
    """The preview shows clients as they would be stored, with every column's guess, and nobody is there yet."""
    staged = alice.stage("clients.csv", csv_of(BOOK, HEADING), "clients")
    assert [column.field for column in staged.columns] == [
        "name", "email", "place", "grade", "need", "journey", "since",
    ]  # fmt: skip
    assert staged.sample[0]["need"] == "Roofing contractor (“roof leaks”); Moving company"
    assert [problem.line for problem in staged.problems if problem.keeps_out] == [5]
    assert alice.clients().total == 0


def test_the_same_client_is_known_again(alice: Network) -> None:
    """Who is here under the same name and e-mail is left as they are, whether typed or brought in."""
    alice.add_client(ClientTold(name="ZOE", email="Zoe@example.com"), [NeedTold(service="painter")])
    assert (_bring_in(alice).same, alice.clients().total) == (1, 3)
    again = _bring_in(alice)
    assert (again.stored, again.same, again.problems) == (0, 3, 1)
    assert alice.clients().total == 3


def test_undo_takes_the_whole_import_out(alice: Network) -> None:
    """Clients of an import go with all that was told of them since; others stay; twice does no harm."""
    own = alice.add_client(ClientTold(name="Own"))
    done = _bring_in(alice)
    joe = alice.clients("joe").clients[0]
    alice.set_need_status(joe.needs[1].need_id, "introduced", id_of(alice, MOVERS))
    for _ in range(2):
        assert alice.undo_import(done.import_id).state == "undone"
    assert [card.client_id for card in alice.clients().clients] == [own]
    assert id_of(alice, MOVERS)
    with pytest.raises(Conflict):
        alice.store_import(done.import_id)
    assert _bring_in(alice).stored == 3


def test_the_same_file_may_hold_businesses_or_clients(alice: Network) -> None:
    """A file staged as one kind is not taken for the other."""
    content = csv_of(BOOK, HEADING)
    clients, businesses = alice.stage("a.csv", content, "clients"), alice.stage("a.csv", content)
    assert clients.import_id != businesses.import_id
    assert (clients.about, businesses.about) == ("clients", "businesses")
    assert alice.stage("b.csv", content, "clients").import_id == clients.import_id


def test_clients_of_an_import_are_nobody_elses(alice: Network, store: Store) -> None:
    """Another network sees no client of an import, cannot undo it, and brings in the same file as its own."""
    done, bob = _bring_in(alice), Network(store, BOB)
    assert bob.clients().total == 0
    with pytest.raises(NotFound):
        bob.undo_import(done.import_id)
    assert _bring_in(bob).stored == 3
    bob.undo_import(bob.imports()[0].import_id)
    assert alice.clients().total == 3


def test_problems_are_a_file_with_the_names_of_the_columns(alice: Network) -> None:
    """The problems of a list of clients are exported under the names that its columns have."""
    assert "What they need" in alice.export_problems(_bring_in(alice).import_id).decode("utf-8-sig")


@ANY
@given(lines=LINES)
def test_every_row_is_accounted_for(alice: Network, lines: list[tuple[str, ...]]) -> None:
    """Whatever stands in a file, its rows are those stored, those known already and those kept out by a problem."""
    before = alice.clients().total
    done = _bring_in(alice, (BOOK[0], *lines))
    assert done.rows == done.stored + done.same + done.problems
    assert alice.clients().total == before + done.stored
