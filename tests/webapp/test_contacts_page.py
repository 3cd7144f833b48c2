"""Contacts on their pages."""

from html import unescape

import pytest

from matcher.answers.connected import ContactTold, TieTold
from matcher.answers.whose import Whose
from tests.webapp.conftest import Town

ANN = {"name": "Ann Lee", "email": "ann@example.com", "phone": "1", "business": "", "note": "Sings"}


def test_a_contact_is_kept_changed_and_taken_out(peopled: Town) -> None:
    """The form keeps a contact, their page changes them, and undo brings back whom one took out."""
    ana, network = peopled.visitor("ana"), peopled.circle
    assert ana.post("/contacts", ANN, form_on="/contacts").status_code == 303
    (ann,) = network.contacts()
    path = f"/contacts/{ann.person_id}"
    ana.post(path, ANN | {"phone": "2"}, form_on=path)
    assert network.contact(ann.person_id).phone == "2"
    ana.post(f"{path}/remove", form_on=path)
    assert network.contacts() == []
    page = unescape(ana.get("/contacts").text)
    assert "Ann Lee is gone." in page
    assert 'name="phone" value="2"' in page
    ana.post("/contacts", ANN | {"phone": "2"}, form_on="/contacts")
    assert [one.phone for one in network.contacts()] == ["2"]


def test_the_page_says_what_is_lost(peopled: Town) -> None:
    """Who takes a contact out with ties reads that those are gone, too."""
    ana, network = peopled.visitor("ana"), peopled.circle
    ann = network.add_contact(ContactTold(name="Ann"))
    network.set_tie(TieTold(years=3), Whose(person_id=ann))
    ana.post(f"/contacts/{ann}/remove", form_on=f"/contacts/{ann}")
    assert "Ann is gone, and so is what you said of whom they know." in unescape(ana.get("/contacts").text)


def test_a_contact_is_begun_from_a_business(peopled: Town) -> None:
    """A link from a business has it chosen in the form, also when it is no partner."""
    ana, network = peopled.visitor("ana"), peopled.circle
    one = network.suggestions(limit=1).suggestions[0]
    assert f'<option value="{one.business_id}" selected>' in ana.get(f"/contacts?business={one.business_id}").text
    ana.post("/contacts", ANN | {"business": str(one.business_id)}, form_on="/contacts")
    assert network.contacts()[0].business == one.name
    page = unescape(ana.get("/contacts?q=lee").text)
    assert f'<a href="/businesses/{one.business_id}">{one.name}</a>' in page
    assert "Nobody found." in ana.get("/contacts?q=nobody").text


@pytest.mark.parametrize("fields", [ANN | {"name": " "}, ANN | {"email": "nowhere"}, ANN | {"note": "x" * 2_001}])
def test_what_no_contact_can_be(peopled: Town, fields: dict[str, str]) -> None:
    """What cannot be kept comes back in the form or as a sentence, and nothing is kept."""
    answer = peopled.visitor("ana").post("/contacts", fields, form_on="/contacts")
    assert answer.status_code == 400
    assert peopled.circle.contacts() == []


def test_many_contacts_are_turned_like_pages(peopled: Town) -> None:
    """A page shows fifty contacts, counts all of them, and leads to the rest."""
    ana, network = peopled.visitor("ana"), peopled.circle
    for number in range(51):
        network.add_contact(ContactTold(name=f"Contact {number:02}"))
    page = ana.get("/contacts").text
    assert ("1–50 of 51 contacts" in page, "Contact 50" in page) == (True, False)
    assert "Contact 50" in ana.get("/contacts?first=50").text
