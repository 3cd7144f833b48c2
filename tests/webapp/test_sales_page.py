"""Work for clients, and the page on which a happy client keeps a promise."""

import re
from dataclasses import replace
from html import unescape

import pytest

from matcher.answers.agenda import SaleTold
from matcher.answers.told import ClientTold
from matcher.units import now_utc
from matcher.visitors.promising import read_promise
from tests.webapp.conftest import Town
from tests.webapp.visitors import BASE_URL, Visitor
from webapp.serving import HOME

LINK = re.compile(rf'value="{BASE_URL}(/promise/[\w-]+)"')
TODAY = now_utc().date()


@pytest.fixture
def mia(peopled: Town) -> int:
    """A client of Ana's."""
    return peopled.circle.add_client(ClientTold(name="Mia Hart"))


@pytest.fixture
def sale(peopled: Town, mia: int) -> int:
    """Work for her with two introductions promised."""
    return peopled.circle.note_sale(mia, SaleTold(what="the loan", agreed_on=TODAY, promised=2, value_cents=120_050))


def test_work_is_noted_with_its_promise(peopled: Town, mia: int) -> None:
    """The form keeps what was agreed, for whom, when and what they promised, and leads to its page."""
    ana = peopled.visitor("ana")
    told = {"client": str(mia), "what": "the loan", "agreed_on": "2026-03-02", "promised": "3", "value": "1,200"}
    answer = ana.post("/sales", told, form_on="/sales")
    (card,) = peopled.circle.sales()
    assert answer.location == f"/sales/{card.sale_id}"
    assert (card.client_id, card.agreed_on, card.promised, card.value_cents) == (mia, "2026-03-02", 3, 120_000)
    assert "0 of 3" in ana.get("/sales").text


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"client": ""}, "Please choose the client."),
        ({"what": " "}, "what was agreed"),
        ({"promised": "99"}, "a number from 0 to 20"),
        ({"agreed_on": "2999-01-01"}, "not in the future"),
    ],
)
def test_what_cannot_be_noted(peopled: Town, mia: int, told: dict[str, str], sentence: str) -> None:
    """Each mistake comes back beside its field, with what was typed."""
    fields = {"client": str(mia), "what": "the loan", **told}
    answer = peopled.visitor("ana").post("/sales", fields, form_on="/sales")
    assert answer.status_code == 400
    assert sentence in answer.text
    assert peopled.circle.sales() == ()


def test_steps_are_noted_and_taken_back(peopled: Town, sale: int) -> None:
    """Results before the work are refused; each step is kept, and an empty day takes it back."""
    ana, path, network = peopled.visitor("ana"), f"/sales/{sale}", peopled.circle
    early = ana.post(f"{path}/step", {"step": "results", "day": TODAY.isoformat()}, form_on=path)
    assert (early.status_code, "first when the work was done" in early.text) == (400, True)
    for step in ("done", "results"):
        assert ana.post(f"{path}/step", {"step": step, "day": TODAY.isoformat()}, form_on=path).status_code == 303
    assert network.sale(sale).results_on == TODAY.isoformat()
    ana.post(f"{path}/step", {"step": "results", "day": ""}, form_on=path)
    assert network.sale(sale).results_on == ""


def test_a_removed_sale_comes_back_whole(peopled: Town, sale: int) -> None:
    """Undo after taking a sale out brings back its work, its worth, its promise and its days."""
    ana, network = peopled.visitor("ana"), peopled.circle
    network.note_sale_step(sale, "done", TODAY)
    before = network.sale(sale)
    ana.post(f"/sales/{sale}/remove", form_on=f"/sales/{sale}")
    assert network.sales() == ()
    _undo(ana, "/sales", "/sales")
    (after,) = network.sales()
    assert after == replace(before, sale_id=after.sale_id)


def test_undo_brings_results_back(peopled: Town, sale: int) -> None:
    """When the day on which work was done is taken back, results go along, and Undo brings back both."""
    ana, network, path = peopled.visitor("ana"), peopled.circle, f"/sales/{sale}"
    network.note_sale_step(sale, "done", TODAY)
    before = network.note_sale_step(sale, "results", TODAY)
    ana.post(f"{path}/step", {"step": "done", "day": ""}, form_on=path)
    assert network.sale(sale).results_on == ""
    _undo(ana, path, f"{path}/step")
    assert network.sale(sale) == before


def _undo(ana: Visitor, page: str, action: str) -> None:
    """Press Undo, the first form of a page that leads there."""
    form = re.search(rf'<form[^>]*action="{action}">(.*?)</form>', ana.get(page).text, re.DOTALL)
    assert form is not None
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[1]))
    ana.post(action, {k: unescape(v) for k, v in fields.items() if k != "csrf_token"}, form_on=page)


def test_a_client_keeps_the_promise(peopled: Town, sale: int) -> None:
    """The link needs no account, names no client, takes what was promised and no more, and thanks."""
    ana, nobody, network = peopled.visitor("ana"), peopled.visitor(), peopled.circle
    found = LINK.search(ana.post(f"/sales/{sale}/promise", form_on=f"/sales/{sale}").text)
    assert found is not None
    path = found[1]
    first = nobody.get(path).text
    assert HOME.name in first
    assert "0 of 2 made" in first
    assert "Mia" not in first
    for number, name in enumerate(("Paul Reed", "Tess Bloom"), 1):
        answer = nobody.post(path, {"name": name, "reach": "520-555-0101"}, form_on=path)
        assert (answer.status_code, answer.location) == (303, path)
        assert network.sale(sale).delivered == number
    assert "Thank you" in nobody.get(path).text
    assert "<form" not in nobody.get(path).text
    assert "Make a link" not in ana.get(f"/sales/{sale}").text


def test_looking_changes_nothing(peopled: Town, sale: int) -> None:
    """However often the page is read, nothing is kept, and the link goes on working."""
    token = peopled.circle.send_promise(sale)
    for _ in range(3):
        assert peopled.visitor().get(f"/promise/{token}").status_code == 200
    assert read_promise(peopled.accounts.store, token).delivered == 0


def test_what_was_typed_is_not_lost(peopled: Town, sale: int) -> None:
    """A mistake, or a page that was open for too long, comes back with what was typed."""
    path = f"/promise/{peopled.circle.send_promise(sale)}"
    nobody = peopled.visitor()
    wrong = nobody.post(path, {"name": "Paul Reed", "reach": "", "needs": "A loan"}, form_on=path)
    assert wrong.status_code == 400
    assert "Paul Reed" in wrong.text
    old = nobody.client.post(
        path, data={"name": "Paul Reed", "reach": "1", "csrf_token": "old"}, base_url=BASE_URL,
        headers={"Referer": BASE_URL + path},
    )  # fmt: skip
    assert (old.status_code, "Paul Reed" in old.text) == (400, True)


def test_wrong_links_look_alike(peopled: Town, sale: int) -> None:
    """A link that never was and one that was replaced give the same page."""
    network = peopled.circle
    old = network.send_promise(sale)
    network.send_promise(sale)
    nobody = peopled.visitor()
    gone, wrong = nobody.get(f"/promise/{old}"), nobody.get("/promise/wrong")
    assert gone.status_code == wrong.status_code == 404
    assert gone.data == wrong.data


def test_the_message_carries_the_link(peopled: Town, mia: int, sale: int) -> None:
    """With the link there is a message to Mia that has it, to be sent in any way; the agenda leads there."""
    ana, path = peopled.visitor("ana"), f"/sales/{sale}"
    shown = unescape(ana.post(f"{path}/promise", form_on=path).text)
    found = LINK.search(shown)
    assert found is not None
    message = re.search(r'<textarea id="promise-[^"]+-text".*?</textarea>', shown, re.DOTALL)
    assert message is not None
    assert f"{BASE_URL}{found[1]}" in message[0]
    assert "Hi Mia" in message[0]
    assert 'formaction="/letters/eml"' in shown
    network = peopled.circle
    network.note_sale_step(sale, "done", TODAY)
    network.note_sale_step(sale, "results", TODAY)
    assert f'action="{path}/promise"' in ana.get("/agenda").text
    assert mia


def test_nothing_promised_no_link(peopled: Town, mia: int) -> None:
    """Where nothing was promised there is no link to make, and the page says what to do the next time."""
    number = peopled.circle.note_sale(mia, SaleTold(what="the loan", agreed_on=TODAY))
    ana, path = peopled.visitor("ana"), f"/sales/{number}"
    assert "They promised none." in ana.get(path).text
    refused = ana.post(f"{path}/promise", form_on=path)
    assert (refused.status_code, "They promised no introductions with this work." in refused.text) == (409, True)
