"""Bringing contacts in from a file or pasted text: what is counted, known again, asked, remembered and undone."""

import pytest
from sqlalchemy import select

from matcher.answers.connected import ContactTold
from matcher.answers.imported import About, Imported
from matcher.answers.told import ClientTold
from matcher.facts import Person
from matcher.network import Network
from matcher.store import Store
from tests.networks import REALTY, csv_of, id_of
from tests.store.conftest import ALICE, BOB

HEADING = ("First Name", "Last Name", "Email Address", "Company", "Position", "Referred By", "Notes")
BOOK = (
    ("Ann", "Smith", "ann@example.com", "Adobe Roofing", "Senior Roofer", "", "met at the fair"),
    ("Bob", "Jones", "", "Blue Title", "", "Rosa Known", ""),
    ("Carl", "Reyes", "", "", "", "Ann Smith", ""),
    ("Dora", "O'Neil", "", "", "", "Stranger Strange", ""),
    ("Eve", "Adams", "", "", "", REALTY, ""),
    ("", "", "", "", "", "", "nobody"),
)


def _bring_in(network: Network, content: bytes | None = None) -> Imported:
    staged = network.stage("people.csv", content or csv_of(BOOK, HEADING), "contacts")
    return network.store_import(staged.import_id)


def test_people_are_stored_with_all_that_is_said(alice: Network, store: Store) -> None:
    """Contacts come with where they work and what they do; rows are accounted for, and nothing is assumed of them."""
    done = _bring_in(alice)
    assert (done.about, done.rows, done.stored, done.same, done.problems) == ("contacts", 6, 5, 0, 1)
    ann = alice.contacts("ann")[0]
    assert (ann.name, ann.email, ann.company, ann.position) == (
        "Ann Smith", "ann@example.com", "Adobe Roofing", "Senior Roofer",
    )  # fmt: skip
    assert ann.note == "met at the fair"
    assert [problem.line for problem in done.listed if problem.field == "position"] == [2]
    with store.session(ALICE) as session:
        assert all(not person.offers for person in session.scalars(select(Person)))


def test_a_known_source_becomes_a_referral(alice: Network) -> None:
    """Who was sent by somebody we know is a referral received, be it a person or a partner; a stranger is noted."""
    rosa = alice.add_contact(ContactTold(name="Rosa Known"))
    alice.set_stage(id_of(alice, REALTY), "courted")
    done = _bring_in(alice)
    sent = {one.prospect: (one.given, one.name, one.person_id) for one in alice.referrals().referrals}
    ann = alice.contacts("ann smith")[0].person_id
    assert sent == {
        "Bob Jones": (False, "Rosa Known", rosa),
        "Carl Reyes": (False, "Ann Smith", ann),
        "Eve Adams": (False, REALTY, None),
    }
    assert alice.contacts("dora")[0].note == "Referred by: Stranger Strange"
    assert [problem.line for problem in done.listed if problem.field == "referred_by"] == [5]


def test_a_second_import_brings_nobody_twice(alice: Network) -> None:
    """The same people are known again without an address, also when they came as clients or have one more sign."""
    alice.add_client(ClientTold(name="ANN SMITH", email="Ann@example.com"))
    assert (_bring_in(alice).stored, _bring_in(alice).stored) == (4, 0)
    more = csv_of([("BOB", "jones", "bob@example.com", "Blue Title"), ("Bob", "Jones", "", "Elsewhere")], HEADING[:4])
    done = _bring_in(alice, more)
    assert (done.stored, done.same) == (1, 1)


def test_undo_takes_the_people_and_their_referrals_out(alice: Network, store: Store) -> None:
    """Everybody whom an import brought goes with the referrals that it noted; who was there before stays."""
    rosa = alice.add_contact(ContactTold(name="Rosa Known"))
    done = _bring_in(alice)
    assert Network(store, BOB).contacts() == []
    for _ in range(2):
        assert alice.undo_import(done.import_id).state == "undone"
    assert [card.person_id for card in alice.contacts()] == [rosa]
    assert alice.referrals().total == 0
    assert _bring_in(alice).stored == 5


def test_pasted_names_are_a_list(alice: Network) -> None:
    """Pasted text is staged like a file, with its first line as the first person, and can be undone."""
    staged = alice.stage("Pasted list", b"Ann\nBob, Acme Roofing, bob@example.com\n", "contacts")
    assert (staged.rows, alice.contacts()) == (2, [])
    assert [row["name"] for row in staged.sample] == ["Ann", "Bob"]
    assert alice.store_import(staged.import_id).stored == 2
    assert [(card.name, card.company) for card in alice.contacts()] == [("Ann", ""), ("Bob", "Acme Roofing")]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_preview_tells_what_goes_to_the_note(alice: Network) -> None:
    """A birthday and a department are shown as lines of the note before a card is stored, and can be left out."""
    card = b"BEGIN:VCARD\nFN:Ann\nORG:Acme;Sales\nBDAY:19800322\nX-SPOUSE:Bo\nEND:VCARD\n"
    staged = alice.stage("ann.vcf", card, "contacts")
    columns = {column.header: column.field for column in staged.columns}
    assert columns.items() >= {"Birthday": "birthday", "Department": "department", "Spouse": ""}.items()
    assert staged.sample[0]["note"] == "Birthday: 1980-03-22\nDepartment: Sales"
    assert "What has no place of its own stands in the notes: Birthday (1), Department (1)." in {
        problem.sentence for problem in staged.problems
    }
    at = {column.header: column.position for column in staged.columns}
    alice.store_import(staged.import_id, {at["Birthday"]: "", at["Spouse"]: "beside"})
    assert [one.note for one in alice.contacts()] == ["Department: Sales\nSpouse: Bo"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("about", ["contacts", "clients"])
def test_what_was_said_of_columns_is_remembered(alice: Network, about: About) -> None:
    """A list with the same headings is read as the owner said last time, until they say otherwise."""
    heading = ("Name", "Odd one")
    first = alice.stage("one.csv", csv_of([("Ann", "520-555-0101 or so")], heading), about)
    assert [column.field for column in first.columns] == ["name", ""]
    alice.store_import(first.import_id, {1: "phone"})
    second = alice.stage("two.csv", csv_of([("Bob", "somewhere")], ("NAME", "odd one")), about)
    assert [column.field for column in second.columns] == ["name", "phone"]
    assert "last such list" in second.columns[1].why
    assert [column.field for column in alice.preview(second.import_id, {1: ""}).columns] == ["name", ""]
    alice.store_import(second.import_id, {1: ""})
    third = alice.stage("three.csv", csv_of([("Carl", "nowhere")], heading), about)
    assert [column.field for column in third.columns] == ["name", ""]
    assert alice.stage("other.csv", csv_of([("Dora", "x")], ("Name", "Another")), about).columns[1].field == ""
