"""Clients from a file, in the browser: the same pages as for businesses."""

import io
import re
from html import unescape

import pytest

from tests.webapp.conftest import Town
from tests.webapp.test_imports import _press, _stats, _store
from tests.webapp.visitors import Visitor

LIST = (
    "Client,Place,Grade,Needs,Remarks\n"
    'Joe and Ana,"Tucson, AZ",A,roof leaks; moving company,Met at the fair\n'
    "Zoe,Xanadu,AA,zymurgical zeppelin,\n"
    ",Tucson,B,roofer,\n"
)


def _staged(visitor: Visitor, text: str = LIST) -> str:
    """The path of the preview of a list of clients."""
    page = visitor.get("/imports?about=clients").text
    assert '<input type="hidden" name="about" value="clients">' in page
    data = {"csrf_token": visitor.token("/imports"), "about": "clients", "file": (io.BytesIO(text.encode()), "c.csv")}
    answer = visitor.client.post("/imports", data=data, base_url=visitor.base_url)
    assert answer.status_code == 303, answer.text
    return answer.location


def test_a_list_of_clients_is_previewed_stored_and_undone(town: Town) -> None:
    """The preview shows clients, the result counts them, the list has them, and undo takes all of them out."""
    ana = town.visitor("ana")
    path = _staged(ana)
    page = unescape(ana.get(path).text)
    assert re.findall(r'<option value="(\w+)" selected>', page) == ["name", "place", "grade", "need", "note"]
    assert "Roofing contractor (“roof leaks”); Moving company" in page
    assert "“AA” is no grade" in page
    assert town.circle.clients().total == 0
    result = _store(ana, path)
    assert _stats(result) == ["3", "2", "0", "1"]
    assert "new clients stored" in result
    assert '<a class="button primary" href="/clients">' in result
    assert "Joe and Ana" in ana.get("/clients").text
    assert re.search(r'data-label="Holds">Clients<', ana.get("/imports").text)
    _press(ana, path, "undo")
    assert "its clients are gone" in ana.get("/imports").text
    assert town.circle.clients().total == 0
    assert "except businesses" not in ana.get(path).text


def test_a_column_can_be_put_right(town: Town) -> None:
    """What the owner says of a column counts; fields of businesses are no choice in a list of clients."""
    ana = town.visitor("ana")
    path = _staged(ana)
    page = ana.get(f"{path}?c4=need&c3=naics&c2=-").text
    assert re.findall(r'<option value="(\w+)" selected>', page) == ["name", "place", "need", "need"]
    assert 'value="naics"' not in page
    assert "which column holds the name of the client" in ana.get(f"{path}?c0=-").text
    _store(ana, path, c3="-", c4="-")
    assert [(card.note, card.needs) for card in town.circle.clients().clients] == [
        ("", ()),
        ("Grade: AA\nPlace: Xanadu", ()),
    ]


@pytest.mark.parametrize("about", ["", "planets"])
def test_without_a_choice_a_file_holds_businesses(town: Town, about: str) -> None:
    """Whoever says nothing of what a file holds brings in businesses."""
    ana = town.visitor("ana")
    data = {
        "csrf_token": ana.token("/imports"),
        "about": about,
        "file": (io.BytesIO(b"Name,City\nJoe,Tucson\n"), "b.csv"),
    }
    path = ana.client.post("/imports", data=data, base_url=ana.base_url).location
    assert "new businesses stored" in _store(ana, path)
    assert town.circle.clients().total == 0
