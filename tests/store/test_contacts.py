"""People whom the owner knows and who are no clients."""

import pytest

from matcher.answers.connected import ContactTold
from matcher.answers.told import ClientTold
from matcher.answers.whose import Whose
from matcher.errors import Invalid, NotFound
from matcher.network import Network
from matcher.store import Store, people
from tests.networks import REALTY, id_of
from tests.store.conftest import ALICE, BOB


def test_contacts_are_no_clients(alice: Network) -> None:
    """A contact is listed among contacts and not among clients, and a client is no contact."""
    ann = alice.add_contact(ContactTold(name="  Ann   Lee ", email="ann@example.com", phone="1", note="Choir"))
    joe = alice.add_client(ClientTold(name="Joe"))
    (card,) = alice.contacts()
    assert (card.person_id, card.name, card.email, card.phone, card.note) == (
        ann,
        "Ann Lee",
        "ann@example.com",
        "1",
        "Choir",
    )
    assert alice.clients().total == 1
    for act in (lambda: alice.contact(joe), lambda: alice.remove_contact(joe)):
        with pytest.raises(NotFound):
            act()
    assert alice.clients().total == 1


def test_a_contact_is_changed_and_taken_out(alice: Network) -> None:
    """What the owner says later takes the place of what was said before, and a contact can be taken out."""
    ann = alice.add_contact(ContactTold(name="Ann", phone="1"))
    assert alice.edit_contact(ann, ContactTold(name="Anne")).phone == ""
    alice.remove_contact(ann)
    assert alice.contacts() == []


def test_contacts_are_found_by_words(alice: Network) -> None:
    """Every word has to be in the name, the business or the note, whatever its capitals."""
    alice.add_contact(ContactTold(name="Ann Lee", business_id=id_of(alice, REALTY)))
    alice.add_contact(ContactTold(name="Ben Lee", note="Choir"))
    assert [c.name for c in alice.contacts("lee")] == ["Ann Lee", "Ben Lee"]
    assert [c.name for c in alice.contacts("LEE saguaro")] == ["Ann Lee"]
    assert [c.name for c in alice.contacts("choir")] == ["Ben Lee"]


def test_the_first_face_of_a_business_is_whom_one_writes_to(alice: Network, store: Store) -> None:
    """A business is written to at its first contact, with that contact's address; the next takes over when they go."""
    realty = id_of(alice, REALTY)
    ann = alice.add_contact(ContactTold(name="Ann", email="ann@example.com", business_id=realty))
    alice.add_contact(ContactTold(name="Ben", email="ben@example.com", business_id=realty))
    for contact, email in (("Ann", "ann@example.com"), ("Ben", "ben@example.com")):
        with store.session(ALICE) as session:
            found = people.look_up(session, Whose(realty))
        assert (found.contact, found.email) == (contact, email)
        alice.remove_contact(ann) if contact == "Ann" else None


def test_a_business_with_a_face_stays(alice: Network) -> None:
    """A business of which we know somebody is not taken away with the import that brought it."""
    ann = alice.add_contact(ContactTold(name="Ann", business_id=id_of(alice, REALTY)))
    alice.undo_import(alice.imports()[0].import_id)
    assert alice.contact(ann).business == REALTY


@pytest.mark.parametrize(
    ("told", "field"),
    [
        (ContactTold(name=" "), "name"),
        (ContactTold(name="x" * 201), "name"),
        (ContactTold(name="Ann", email="not an address"), "email"),
        (ContactTold(name="Ann", phone="1" * 41), "phone"),
        (ContactTold(name="Ann", note="x" * 2_001), "note"),
    ],
)
def test_what_no_contact_can_be(alice: Network, told: ContactTold, field: str) -> None:
    """Empty and endless names, and what is no address, are refused by name, and nothing is kept."""
    with pytest.raises(Invalid) as refusal:
        alice.add_contact(told)
    assert refusal.value.field == field
    assert alice.contacts() == []


def test_nobody_else_sees_or_uses_a_contact(alice: Network, store: Store) -> None:
    """Another network cannot see, change or take out our contact, nor give a contact of its own a business of ours."""
    bob, realty = Network(store, BOB), id_of(alice, REALTY)
    ann = alice.add_contact(ContactTold(name="Ann"))
    for act in (
        lambda: bob.contact(ann),
        lambda: bob.edit_contact(ann, ContactTold(name="Bea")),
        lambda: bob.remove_contact(ann),
        lambda: bob.add_contact(ContactTold(name="Bea", business_id=realty)),
    ):
        with pytest.raises(NotFound):
            act()
    assert (bob.contacts(), alice.contact(ann).name) == ([], "Ann")
