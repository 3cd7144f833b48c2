"""What is handed out: pages to print, the card, the letter, and what nobody else may see."""

from html import unescape

import pytest

from matcher.answers.taught import OwnContact
from matcher.errors import Invalid
from matcher.exchange import pdf
from matcher.exchange.vcard import read_vcards
from matcher.facts import Referral
from matcher.units import now_utc
from tests.webapp.conftest import Town

PAGES = ("/kit/", "/kit/who-to-send", "/kit/pocket-card", "/kit/champions", "/kit/flyer")
CONTACT = {
    "phone": "520-555-0101",
    "email": "ana@example.com",
    "website": "www.example.com",
    "street": "1 Main St",
    "postcode": "85701",
}


@pytest.mark.parametrize("path", ["/kit/who-to-send", "/kit/pocket-card", "/kit/flyer"])
def test_pages_say_what_to_listen_for(peopled: Town, path: str) -> None:
    """Each page to hand out has our name, how we are reached, and the sentences to listen for."""
    network = peopled.circle
    kit = network.tell_contact(OwnContact(**CONTACT))
    page = unescape(peopled.visitor("ana").get(path).text)
    for text in (kit.own.name, "520-555-0101", "ana@example.com", kit.listen[0].phrases[0]):
        assert text in page


@pytest.mark.parametrize("path", PAGES)
def test_who_has_not_said_what_they_sell_is_asked_to(town: Town, path: str) -> None:
    """Without a home business each page says where to begin."""
    assert "/start" in town.visitor("ana").get(path).text


def test_how_we_are_reached_is_kept_and_undone(peopled: Town) -> None:
    """The form keeps it, the next page offers what was before, and nothing half right is kept."""
    ana = peopled.visitor("ana")
    ana.post("/kit/contact", CONTACT, form_on="/kit/")
    page = ana.get("/kit/").text
    assert 'value="520-555-0101"' in page
    assert 'action="/kit/contact"' in page
    answer = ana.post("/kit/contact", CONTACT | {"phone": "1", "email": "no address"}, form_on="/kit/")
    assert answer.status_code == 400
    assert "Please write an e-mail address" in answer.text
    assert peopled.circle.kit().own.phone == "520-555-0101"


@pytest.mark.parametrize("field", CONTACT)
def test_nothing_of_two_lines_is_printed(peopled: Town, field: str) -> None:
    """How we are reached has no line breaks, in any part."""
    with pytest.raises(Invalid):
        peopled.circle.tell_contact(OwnContact(**CONTACT | {field: "a\r\nb"}))


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_our_card_is_an_address_book_card(peopled: Town, version: str) -> None:
    """The download is our business in the version that was asked for."""
    own = peopled.circle.tell_contact(OwnContact(**CONTACT)).own
    answer = peopled.visitor("ana").get(f"/kit/card.vcf?version={version}")
    assert f"VERSION:{version}" in answer.text
    (card,) = read_vcards(answer.data)
    assert (card.name, card.phone, card.street) == (own.name, "520-555-0101", "1 Main St")


def test_champions_are_those_who_sent_people(busy: Town) -> None:
    """Who sent us somebody stands on the staff's card with how often; a referral that we gave makes no champion."""
    network = busy.circle
    first, second = (card.business_id for card in network.directory(limit=2).businesses)
    with busy.accounts.store.session(busy.network, writes=True) as session:
        for given, number in ((False, first), (False, first), (True, second)):
            session.add(
                Referral(
                    network_id=busy.network,
                    given=given,
                    business_id=number,
                    prospect="Zoe Quiet",
                    referred_on=now_utc().date(),
                )
            )
    page = unescape(busy.visitor("ana").get("/kit/champions").text)
    assert network.business(first).name in page
    assert "2 people, the last on" in page
    assert network.business(second).name not in page
    assert "Zoe Quiet" not in page


def test_the_newsletter_asks_three_things(peopled: Town) -> None:
    """The block to copy says hire, refer and forward, with a sentence to listen for."""
    page = unescape(peopled.visitor("ana").get("/kit/").text)
    for word in ("Hire us.", "Refer us.", "Forward this.", peopled.circle.kit().listen[0].phrases[0]):
        assert word in page


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_the_flyer_is_a_pdf(peopled: Town, paper: str) -> None:
    """With the extra, the flyer is a file for either size of paper."""
    pytest.importorskip("typst", reason="needs the extra `pdf`")
    answer = peopled.visitor("ana").get(f"/kit/flyer.pdf?paper={paper}")
    assert answer.content_type == "application/pdf"
    assert answer.data.startswith(b"%PDF-")


def test_without_the_extra_the_page_says_so(peopled: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the extra is missing, the answer says how to get it and what to do until then."""
    monkeypatch.setattr(pdf, "typst", None)
    answer = peopled.visitor("ana").get("/kit/flyer.pdf")
    assert answer.status_code == 503
    assert "print it from your browser" in answer.text


@pytest.mark.parametrize("path", ["/network/partners.csv", "/network/partners.vcf", "/suggestions/letters.csv"])
def test_addresses_are_downloads(busy: Town, path: str) -> None:
    """Partners and letters are files that the browser keeps."""
    answer = busy.visitor("ana").get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{path.rpartition("/")[2]}"'
    assert answer.data
