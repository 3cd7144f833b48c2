"""Contacts brought in on the pages: as a file, as pasted names, with questions, and taken out again."""

import io
import re
from html import unescape

from matcher.answers.connected import ContactCard
from tests.webapp.conftest import Town
from tests.webapp.test_imports import _press, _stats, _store
from tests.webapp.visitors import Visitor

BOOK = "First Name,Last Name,Company,Position\nAnn,Smith,Adobe,Roofer\nBob,Jones,,\n"


def _contacts(town: Town) -> list[ContactCard]:
    return list(town.circle.contacts())


def _staged(visitor: Visitor) -> str:
    """The path of the preview of an address book."""
    data = {"csrf_token": visitor.token("/imports"), "about": "contacts", "file": (io.BytesIO(BOOK.encode()), "c.csv")}
    answer = visitor.client.post("/imports", data=data, base_url=visitor.base_url)
    assert answer.status_code == 303, answer.text
    return answer.location


def test_an_address_book_is_previewed_stored_and_undone(town: Town) -> None:
    """The preview asks what people do, the result leads to the contacts with their work, and undo takes them out."""
    ana = town.visitor("ana")
    path = _staged(ana)
    page = unescape(ana.get(path).text)
    assert "Is Ann Smith somebody for “Roofing contractor”?" in page
    assert _contacts(town) == []
    result = _store(ana, path)
    assert _stats(result) == ["2", "2", "0", "0"]
    assert '<a class="button primary" href="/contacts">' in result
    shown = ana.get("/contacts").text
    assert re.search(r'data-label="Works at"[^>]*>Adobe<div class="small soft">Roofer<', shown)
    assert 'href="/imports?about=contacts"' in shown
    assert re.search(r'data-label="Holds">Contacts<', ana.get("/imports").text)
    _press(ana, path, "undo")
    assert "the people it brought are gone" in ana.get("/imports").text
    assert _contacts(town) == []


def test_pasted_names_go_the_same_way(town: Town) -> None:
    """Names in the field below the file are a list of contacts; an empty field is said so and nothing is lost."""
    ana = town.visitor("ana")
    form = "/imports?about=contacts"
    assert '<textarea id="names"' not in ana.get("/imports").text
    answer = ana.post("/imports/pasted", {"names": "Ann Smith\r\nBob, bob@example.com"}, form_on=form)
    assert answer.status_code == 303
    assert _stats(_store(ana, answer.location))[:2] == ["2", "2"]
    assert [one.name for one in _contacts(town)] == ["Ann Smith", "Bob"]
    empty = ana.post("/imports/pasted", {"names": " "}, form_on=form)
    assert empty.status_code == 400
    assert "Please paste a name" in empty.text


def test_work_is_typed_as_well(town: Town) -> None:
    """Where a contact works and what they do there can be typed, changed and found again."""
    ana = town.visitor("ana")
    fields = {
        "name": "Ann",
        "email": "",
        "phone": "",
        "business": "",
        "note": "",
        "company": "Acme",
        "position": "Cook",
    }
    ana.post("/contacts", fields, form_on="/contacts")
    (ann,) = _contacts(town)
    assert (ann.company, ann.position) == ("Acme", "Cook")
    path = f"/contacts/{ann.person_id}"
    assert "Cook, Acme" in ana.get(path).text
    ana.post(path, fields | {"position": "Chef"}, form_on=path)
    assert "Chef" in ana.get("/contacts?q=acme chef").text
