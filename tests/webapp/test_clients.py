"""Clients in the browser: one line or several, what was understood, corrected, kept, undone; and the list."""

import re
from html import unescape

import pytest
from werkzeug.test import TestResponse

from matcher.answers.covered import ClientCard
from matcher.answers.told import ClientTold, NeedTold
from tests.webapp.conftest import Town
from tests.webapp.visitors import Visitor
from webapp.pages.clients import CHARACTERS_MOST, LINES_MOST

LINE = "Joe and Ana, buying first home in Tucson, need someone for the roof"
HOSTILE = "<script>alert(1)</script> needs a roofer"


def _clients(town: Town) -> list[ClientCard]:
    network = town.circle
    return [network.client(card.client_id) for card in network.clients().clients]


def _read(visitor: Visitor, text: str) -> TestResponse:
    return visitor.post("/clients/read", {"text": text}, form_on="/clients")


def form_of(page: str) -> dict[str, list[str]]:
    """What the form with what was understood would send as it stands."""
    form = page[page.index('action="/clients"') :]
    fields: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, kind = _attribute(tag, "name"), _attribute(tag, "type")
        if name and name != "csrf_token" and (kind not in ("radio", "checkbox") or " checked" in tag):
            fields.setdefault(name, []).append(_attribute(tag, "value"))
    for name, options in re.findall(r'<select[^>]*?name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        fields[name] = [chosen[1] if chosen else ""]
    for name, text in re.findall(r'<textarea[^>]*?name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        fields[name] = [unescape(text)]
    return fields


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""


def _keep(visitor: Visitor, page: str, **changes: str) -> TestResponse:
    fields = form_of(page) | {name.replace("_", "-", 1): [value] for name, value in changes.items()}
    return visitor.post("/clients", fields, form_on="/clients")


def _undo(visitor: Visitor, path: str) -> None:
    """Press Undo in the notice on a page."""
    notice = re.search(r'<div class="notices" role="status">.*?</form>', visitor.get(path).text, re.DOTALL)
    assert notice is not None
    (action,) = re.findall(r'action="([^"]+)"', notice[0])
    fields: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", notice[0]):
        fields.setdefault(_attribute(tag, "name"), []).append(_attribute(tag, "value"))
    fields.pop("csrf_token")
    assert visitor.post(action, fields, form_on="/clients").status_code == 303


def test_a_line_is_read_corrected_and_kept(peopled: Town) -> None:
    """What was understood can be put right, is kept as it then stands, and the page of the client says so."""
    ana = peopled.visitor("ana")
    page = _read(ana, LINE)
    assert page.status_code == 200
    form = form_of(page.text)
    assert [form[name] for name in ("c0-name", "c0-place", "c0-journey", "c0-n0-service")] == [
        ["Joe and Ana"],
        ["Tucson, AZ"],
        ["Buying a first home"],
        ["roofer"],
    ]
    assert "When is the day they get the keys?" in page.text
    assert _clients(peopled) == []
    answer = _keep(ana, page.text, c0_name="Joe & Ana", c0_grade="A", c0_day_zero="2027-03-01")
    (kept,) = _clients(peopled)
    assert answer.location == f"/clients/{kept.client_id}"
    assert (kept.name, kept.grade, kept.place, kept.note) == ("Joe & Ana", "A", "Tucson, AZ", LINE)
    assert [(journey.journey, journey.day_zero) for journey in kept.journeys] == [("first_home", "2027-03-01")]
    assert [(need.service, need.wording) for need in kept.needs] == [("roofer", "need someone for the roof")]
    assert "Joe &amp; Ana is kept." in ana.get(answer.location).text


def test_what_was_read_is_kept_once(peopled: Town) -> None:
    """A form that is sent again adds nobody and leads to those it added; the same line read anew adds another one."""
    ana = peopled.visitor("ana")
    for text in (LINE, f"{LINE}\nZoe needs a plumber"):
        page = _read(ana, text)
        kept = _keep(ana, page.text)
        there = len(_clients(peopled))
        again = _keep(ana, page.text, c0_name="Joe")
        assert (again.status_code, again.location, len(_clients(peopled))) == (303, kept.location, there)
        assert "kept already, so nothing was added." in ana.get(again.location).text
    assert len(_clients(peopled)) == 3


@pytest.mark.parametrize("path", ["/", "/clients"])
def test_every_box_for_a_client_carries_a_mark(busy: Town, path: str) -> None:
    """What was read of a box is known again when the browser reads it once more: its mark goes on into the form."""
    ana = busy.visitor("ana")
    form = re.search(r'<form[^>]*action="/clients/read".*?</form>', ana.get(path).text, re.DOTALL)
    assert form
    mark = re.search(r'name="mark" value="([^"]+)"', form[0])
    assert mark
    again = [ana.post("/clients/read", {"text": LINE, "mark": mark[1]}, form_on=path).text for _ in range(2)]
    assert [form_of(page)["mark"] for page in again] == [[mark[1]]] * 2


def test_another_line_in_the_same_box_is_somebody_else(peopled: Town) -> None:
    """Whoever goes back to the box, as it was, and writes another line adds another client."""
    ana = peopled.visitor("ana")
    for line in (LINE, "Zoe needs a plumber"):
        _keep(ana, ana.post("/clients/read", {"text": line, "mark": "one"}, form_on="/clients").text)
    assert len(_clients(peopled)) == 2


def test_what_is_corrected_is_remembered(peopled: Town) -> None:
    """The owner's word on a wording is kept with the client, said on the next page, and known the next time."""
    ana = peopled.visitor("ana")
    line = "Zoe needs help with the usual stuff"
    page = unescape(_read(ana, line).text)
    assert "What does “needs help with the usual stuff” call for?" in page
    answer = _keep(ana, page, **{"c0_n0-other": "Accountant or CPA"})
    assert [need.service for need in _clients(peopled)[0].needs] == ["accountant"]
    shown = unescape(ana.get(answer.location).text)
    assert "We remember that “needs help with the usual stuff” means Accountant or CPA." in shown
    assert peopled.circle.read_note(line).needs[0].guesses[0].service == "accountant"


def test_undo_forgets_what_the_words_mean(peopled: Town) -> None:
    """Undo brings back what a wording meant before, which was nothing."""
    ana = peopled.visitor("ana")
    line = "Zoe needs help with the usual stuff"
    _keep(ana, _read(ana, line).text, **{"c0_n0-other": "Accountant or CPA"})
    _undo(ana, "/clients")
    assert _clients(peopled) == []
    assert not peopled.circle.read_note(line).needs[0].sure
    assert "Taken back." in ana.get("/clients").text


def test_a_sure_need_that_was_not_touched_teaches_nothing(peopled: Town) -> None:
    """Only corrections and answers to questions are remembered."""
    ana = peopled.visitor("ana")
    answer = _keep(ana, _read(ana, LINE).text)
    assert "We remember" not in ana.get(answer.location).text
    assert not peopled.circle.understand("need someone for the roof").told


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"c0_n0-other": "zymurgical zeppelins"}, "c0-n0-other", "is not a service we know"),
        ({"c0_place": "Zzyzxville"}, "c0-place", "We only know towns and ZIP codes"),
        ({"c0_n0-wording": "roof " * 2_000}, "c0-n0-wording", "under 400 characters"),
        ({"c0_name": ""}, "c0-name", "Please write the client's name."),
        ({"c0_email": "joe"}, "c0-email", "Please write an e-mail address"),
        ({"c0_journey": "learning to fly"}, "c0-journey", "is nothing we know that clients go through"),
        ({"c0_day_zero": "soon"}, "c0-day_zero", "Please write the day as year-month-day"),
        ({"c0_day_zero": "0001-01-01"}, "c0-day_zero", "Please write a day from 1900"),
        ({"c0_needed_by": "9999-12-31"}, "c0-needed_by", "Please write a day from 1900"),
        ({"c0_more_market": "Martians"}, "c0-more_market", "is no kind of client that we know"),
        ({"c0_value": "lots"}, "c0-value", "Please write an amount of dollars"),
        ({"c0_within_km": "0"}, "c0-within_km", "Please write a number"),
        ({"c0_phone": "1" * 41}, "c0-phone", "under 40 characters"),
        ({"c0_note": "x" * 2_001}, "c0-note", "under 2,000 characters"),
        ({"c0_coordinates": "north"}, "c0-coordinates", "Please write two numbers"),
    ],
)
def test_what_cannot_be_kept_comes_back_with_all_that_was_typed(
    peopled: Town, changes: dict[str, str], field: str, sentence: str
) -> None:
    """The form is shown again with one sentence at its field; the line and everything typed are still there."""
    ana = peopled.visitor("ana")
    answer = _keep(ana, _read(ana, LINE).text, **{"c0_phone": "520-555-0143", **changes})
    page = unescape(answer.text)
    assert (answer.status_code, _clients(peopled)) == (400, [])
    assert f'href="#{field}"' in page
    assert sentence in page
    form = form_of(answer.text)
    expected = {"c0-phone": "520-555-0143", "text": "", "c0-line": LINE, "c0-n0-read": "roofer"}
    expected |= {name.replace("_", "-", 1): " ".join(value.split()) for name, value in changes.items()}
    assert {name: " ".join(form[name][0].split()) for name in expected} == expected | {"text": form["text"][0]}


def test_all_problems_are_told_at_once(peopled: Town) -> None:
    """Whoever made three mistakes sees three sentences."""
    ana = peopled.visitor("ana")
    answer = _keep(ana, _read(ana, LINE).text, c0_place="Zzyzxville", c0_day_zero="soon", c0_value="lots")
    assert "3 things need another look" in answer.text


@pytest.mark.parametrize("text", ["", " ", "\r\n\r\n", "🎉", "?!", "x" * 2_001])
def test_a_line_that_says_nothing_is_told_so(peopled: Town, text: str) -> None:
    """The box comes back with what was typed and one sentence."""
    answer = _read(peopled.visitor("ana"), text)
    assert answer.status_code == 400
    (sentence,) = re.findall(r'id="text-problem">.*?</svg>(.*?)</p>', answer.text, re.DOTALL)
    assert re.fullmatch(r"[A-Z].{20,200}\.", sentence)
    assert text.strip() in unescape(answer.text)


def test_pictures_and_odd_signs_are_read_like_any_others(peopled: Town) -> None:
    """A name of pictures and accents is kept, markup stays text."""
    ana = peopled.visitor("ana")
    for line in ("🙂 Zoë needs a roofer", HOSTILE):
        page = _read(ana, line)
        assert "<script>alert" not in page.text
        answer = _keep(ana, page.text, c0_name=line[:20])
        assert "<script>alert" not in ana.get(answer.location).text
    assert [card.name for card in _clients(peopled)] == [HOSTILE[:20], "🙂 Zoë needs a roofer"]


def test_several_lines_are_several_clients(peopled: Town) -> None:
    """Each line is shown with its questions, one can be left out, the others are kept together and undone together."""
    ana = peopled.visitor("ana")
    page = _read(ana, f"{LINE}\r\nBob: lives in Xanadu, roof leaks\r\n\r\nMaria Gómez (A), Tucson, needs a dentist\r\n")
    text = unescape(page.text)
    assert "We do not know where “Xanadu” is." in text
    assert "Keep these 3 clients" in text
    answer = _keep(ana, page.text, c0_skip="yes")
    assert answer.location == "/clients"
    kept = _clients(peopled)
    assert [(card.name, card.note) for card in kept] == [
        ("Bob", "Bob: lives in Xanadu, roof leaks"),
        ("Maria Gómez", "Maria Gómez (A), Tucson, needs a dentist"),
    ]
    assert "2 clients are kept." in ana.get("/clients").text
    _keep(ana, _read(ana, LINE).text)
    _undo(ana, "/clients")
    assert _clients(peopled) == kept


def test_one_wrong_line_keeps_all_out(peopled: Town) -> None:
    """When one of several cannot be kept none is; the way leads to its field, counting those left out."""
    ana = peopled.visitor("ana")
    page = _read(ana, f"{LINE}\nBob: roof leaks\nZoe needs a dentist")
    answer = _keep(ana, page.text, c0_skip="yes", c2_email="zoe@")
    assert (answer.status_code, _clients(peopled)) == (400, [])
    assert 'href="#c2-email"' in answer.text
    assert form_of(answer.text)["c0-skip"] == ["yes"]


@pytest.mark.parametrize("text", ["Zoe\n" * (LINES_MOST + 1), "x" * 1_000 + "\n" + "y" * CHARACTERS_MOST])
def test_too_much_at_once_is_a_file(peopled: Town, text: str) -> None:
    """Beyond what one form can hold, the page says to bring in a file, and keeps the text."""
    answer = _read(peopled.visitor("ana"), text)
    assert answer.status_code == 400
    assert "For a longer list, bring in a file." in answer.text
    assert text.strip()[:500] in unescape(answer.text)


def test_a_need_is_left_out_or_added_by_hand(peopled: Town) -> None:
    """A need that is none goes; one more is read like the others, and a ticked guess can be replaced by name."""
    ana = peopled.visitor("ana")
    page = _read(ana, "Zoe needs a dentist and a roofer").text
    changes = {"c0_n0-service": "-", "c0_n1-other": "Painting contractor", "c0_n2-wording": "my roof is leaking"}
    _keep(ana, page, **changes)
    (zoe,) = _clients(peopled)
    assert [need.service for need in zoe.needs] == ["painter", "roofer"]


def test_the_own_town_is_known(peopled: Town) -> None:
    """A client in the owner's own town is placed there, though no list of towns has it."""
    ana = peopled.visitor("ana")
    page = _read(ana, "Zoe in Wrenfield needs a dentist").text
    assert "We do not know where" not in page
    _keep(ana, page)
    (zoe,) = _clients(peopled)
    assert (zoe.place, zoe.lat) == ("Wrenfield, OR", 44.602)


def test_who_comes_back_to_what_was_read_finds_the_box(peopled: Town) -> None:
    """The address of a page that was sent can be opened again."""
    assert peopled.visitor("ana").get("/clients/read").location == "/clients"


def test_the_list_is_searched_and_narrowed(peopled: Town) -> None:
    """By words of the name or place, by grade, by open needs; without anybody the page says how to begin."""
    ana, network = peopled.visitor("ana"), peopled.circle
    assert "No clients yet" in ana.get("/clients").text
    network.add_client(
        ClientTold(name="Joe", grade="A"), [NeedTold(service=s) for s in ("roofer", "painter", "dentist")]
    )
    network.add_client(ClientTold(name="Zoe", grade="B"))
    network.add_need(network.clients("joe").clients[0].client_id, NeedTold(wording="the usual"))
    shown = {path: _names(ana, path) for path in ("", "?q=jo", "?grade=B", "?waiting=yes", "?q=zz")}
    assert shown == {"": ["Joe", "Zoe"], "?q=jo": ["Joe"], "?grade=B": ["Zoe"], "?waiting=yes": ["Joe"], "?q=zz": []}
    assert "+ 1 more" in ana.get("/clients").text
    assert "Nobody found" in ana.get("/clients?q=zz").text
    part = ana.get("/clients?q=jo", headers={"X-Fragment": "found"}).text
    assert "Joe" in part
    assert "<html" not in part


def _names(visitor: Visitor, query: str) -> list[str]:
    page = visitor.get(f"/clients{query}").text
    return re.findall(r'<th scope="row"><a href="/clients/\d+">(.*?)</a>', page)


def test_the_list_goes_along_as_it_is_narrowed(busy: Town) -> None:
    """The buttons keep what was searched, and the file holds the clients that the page lists."""
    ana = busy.visitor("ana")
    page = ana.get("/clients?q=ruth&waiting=yes").text
    assert "/clients/list.csv?q=ruth&amp;waiting=yes" in page
    content = ana.get("/clients/list.csv?q=ruth&waiting=yes")
    assert content.headers["Content-Disposition"] == 'attachment; filename="clients.csv"'
    assert content.text.count("Ruth Castellan") == content.text.count("\r\n") - 1 > 0
