"""Open calls on the owner's side: opening, passing round, deciding, closing."""

import re
from html import unescape

import pytest

from matcher.answers.invited import ApplicationTold
from matcher.visitors.answering import apply
from tests.webapp.conftest import Town
from tests.webapp.visitors import BASE_URL, Visitor
from webapp.serving import HOME

TOLD = ApplicationTold(
    business="Adobe Roofing", contact="Rosa Diaz", phone="520-555-0177", website="adobe.example", licence="ROC 1"
)


def _answered(town: Town) -> tuple[int, int]:
    """A call that a business has answered, and the number of the answer."""
    card = town.circle.open_call("roofer")
    apply(town.accounts.store, card.token, TOLD)
    return card.call_id, town.circle.call(card.call_id).applications[0].application_id


def _open(visitor: Visitor, **fields: str) -> int:
    return visitor.post("/calls", {"service": "roofer", **fields}, form_on="/calls").status_code


def test_a_gap_leads_to_a_call(peopled: Town) -> None:
    """The service in the URL is chosen already, and the owner's own place stands there."""
    page = unescape(peopled.visitor("ana").get("/calls?service=florist").text)
    assert '<option value="florist" selected>' in page
    assert f'value="{HOME.place}"' in page
    assert "<details open>" in page


def test_opening_shows_what_to_pass_round(peopled: Town) -> None:
    """A new call shows its link, a message with it, a picture of it, and that nobody has answered yet."""
    ana = peopled.visitor("ana")
    assert _open(ana, place=HOME.place, wording="Somebody who calls back.") == 303
    (card,) = peopled.circle.calls()
    page = unescape(ana.get(f"/calls/{card.call_id}").text)
    assert page.count(f"{BASE_URL}/call/{card.token}") == 3
    assert "a roofing contractor for clients around" in page
    assert "data:image/svg+xml;base64," in page
    assert "Nobody has answered yet." in page
    assert (card.wording, card.place) == ("Somebody who calls back.", HOME.place)
    assert "Roofing contractor" in ana.get("/calls").text


def test_a_place_is_found_by_name(peopled: Town) -> None:
    """Another town of the United States and our own are placed by name, however spelled, any other by coordinates."""
    ana = peopled.visitor("ana")
    for place in ("Tucson, AZ", "48.1371, 11.5754", HOME.place.partition(",")[0].upper()):
        assert _open(ana, place=place) == 303
    assert [card.place for card in peopled.circle.calls()] == [HOME.place, "48.1371, 11.5754", "Tucson, AZ"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"service": ""}, "Please choose the service"),
        ({"place": "Zzyzxville"}, "We only know towns and ZIP codes"),
        ({"wording": "x" * 2_001}, "Please keep this under 2,000 characters."),
    ],
    ids=["service", "place", "wording"],
)
def test_a_call_that_cannot_be_opened(peopled: Town, fields: dict[str, str], sentence: str) -> None:
    """The form comes back with one sentence beside the field, and no call is opened."""
    answer = peopled.visitor("ana").post("/calls", {"service": "roofer", **fields}, form_on="/calls")
    assert answer.status_code == 400
    assert sentence in unescape(answer.text)
    assert peopled.circle.calls() == ()


def test_claims_are_marked_as_such(peopled: Town) -> None:
    """The owner sees what was written, how to reach them, and that nobody has checked it."""
    call_id, _ = _answered(peopled)
    page = unescape(peopled.visitor("ana").get(f"/calls/{call_id}").text)
    assert 'href="tel:5205550177"' in page
    assert 'href="https://adobe.example" rel="noreferrer noopener nofollow"' in page
    assert re.search(r"Licence <span class=\"chip warn\">only claimed</span></dt><dd[^>]*>ROC 1<", page)
    assert "Insurance" not in page


def test_a_link_that_is_no_address_is_text(peopled: Town) -> None:
    """A website that is a program is shown as text and leads nowhere."""
    card = peopled.circle.open_call("roofer")
    apply(peopled.accounts.store, card.token, ApplicationTold(business="X", phone="1", website="javascript:alert(1)"))
    page = peopled.visitor("ana").get(f"/calls/{card.call_id}").text
    assert "javascript:alert(1)" in page
    assert 'href="javascript' not in page


def test_yes_leads_to_the_new_business(peopled: Town) -> None:
    """A yes opens the page of a business that is courted and still only claims what it wrote."""
    _, number = _answered(peopled)
    ana = peopled.visitor("ana")
    answer = ana.post(f"/applications/{number}/answer", {"answer": "yes"}, form_on="/calls")
    assert answer.status_code == 303
    page = unescape(ana.get(answer.location).text)
    assert "Adobe Roofing is on your list to meet." in page
    assert "Being courted" in page
    assert "They answered our call.</p>" in page
    assert page.count("Only claimed") == 1
    assert page.count("Not checked") == 2
    assert "They say:</span> ROC 1" in page


def test_no_can_be_thought_over(peopled: Town) -> None:
    """After a no the answer stays with a way to say yes after all."""
    call_id, number = _answered(peopled)
    ana = peopled.visitor("ana")
    answer = ana.post(f"/applications/{number}/answer", {"answer": "no"}, form_on="/calls")
    assert answer.location == f"/calls/{call_id}"
    assert "Yes after all" in ana.get(answer.location).text
    assert ana.post(f"/applications/{number}/answer", {}, form_on="/calls").status_code == 400


def test_closing_ends_the_link(peopled: Town) -> None:
    """A closed call has nothing to pass round any more and keeps who answered."""
    call_id, _ = _answered(peopled)
    ana, token = peopled.visitor("ana"), peopled.circle.call(call_id).token
    ana.post(f"/calls/{call_id}/close", form_on=f"/calls/{call_id}")
    page = ana.get(f"/calls/{call_id}").text
    assert "/call/" not in page
    assert "Adobe Roofing" in page
    assert peopled.visitor().get(f"/call/{token}").status_code == 404


def test_without_a_business_there_is_nobody_to_call(peopled: Town) -> None:
    """An owner who has not described the own business is led there first."""
    cleo = peopled.visitor("cleo")
    assert "Please describe your business first" in cleo.get("/calls").text
    assert cleo.post("/calls", {"service": "roofer"}, form_on="/directory").status_code == 409


def test_the_network_leads_to_the_calls(peopled: Town) -> None:
    """Open calls are one click from the picture of the network."""
    assert 'href="/calls"' in peopled.visitor("ana").get("/network").text
