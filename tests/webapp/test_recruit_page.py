"""Whom to recruit: the next partners, what each would close, and the answer to them."""

import csv
import html
import io
import re

from matcher.knowledge.scripts import draft, spoken
from tests.webapp.conftest import Town

PATH = "/coverage/recruit"
RANKED = re.compile(r'<article class="card suggestion" id="b(\d+)"')


def test_the_next_are_shown_in_order(busy: Town) -> None:
    """As many recruits as asked for, in the network's order, with the needs that each closes alone."""
    found = busy.circle.recruits(3)
    page = html.unescape(busy.visitor("ana").get(f"{PATH}?count=3").text)
    assert found.sentence in page
    assert [int(number) for number in RANKED.findall(page)] == [one.business_id for one in found.recruits]
    assert page.count('href="/coverage/needs?service=roofer&state=gap#n') >= len(found.recruits[0].alone)


def test_a_card_says_each_thing_once(busy: Town) -> None:
    """What a recruit closes stands in the list of needs alone; beside it stands how many others could do the same."""
    found = busy.circle.recruits(3)
    page = html.unescape(busy.visitor("ana").get(f"{PATH}?count=3").text)
    for one in found.recruits:
        closes, _, others = one.sentence.partition(". ")
        assert closes not in page
        assert others in page


def test_a_number_that_nobody_can_take_is_the_usual_one(busy: Town) -> None:
    """A count that is no number from 1 to 25 shows the usual five."""
    ana = busy.visitor("ana")
    usual = len(busy.circle.recruits(5).recruits)
    for query in ("", "?count=0", "?count=26", "?count=x"):
        assert len(RANKED.findall(ana.get(f"{PATH}{query}").text)) == usual


def test_what_to_write_is_in_draft(busy: Town) -> None:
    """Beside each recruit stands a message to them, and one to the partner who may know them."""
    found, home = busy.circle.recruits(5), busy.circle.home()
    assert home
    page = html.unescape(busy.visitor("ana").get(f"{PATH}?count=5").text)
    for one in found.recruits:
        asked = {"service": spoken(one.services[0]), "place": home.place, "owner": home.name}
        assert draft("recruit_invite", number=str(len(one.alone)), **asked).text in page
        asking = draft("ask_introducer", candidate=one.name, **asked).text
        assert (asking in page) is bool(one.introducers)


def test_an_answer_leads_back_here(busy: Town) -> None:
    """A yes to a recruit is kept like any other, and one comes back to this list."""
    ana, first = busy.visitor("ana"), busy.circle.recruits(1).recruits[0]
    fields = {"answer": "yes", "next": f"{PATH}?count=3"}
    answer = ana.post(f"/businesses/{first.business_id}/verdict", fields, form_on=PATH)
    assert answer.location == f"{PATH}?count=3"
    assert busy.circle.business(first.business_id).stage == "courted"


def test_the_proof_is_asked_for(busy: Town) -> None:
    """The proof stands on the page when one asks for it, and not before."""
    ana, proof = busy.visitor("ana"), busy.circle.recruits(5, prove=True).proof
    assert proof
    assert proof.sentence not in html.unescape(ana.get(PATH).text)
    assert proof.sentence in html.unescape(ana.get(f"{PATH}?prove=1").text)


def test_services_are_a_second_view(busy: Town) -> None:
    """By service, each says how many needs it would close and how many businesses could."""
    page = html.unescape(busy.visitor("ana").get(f"{PATH}?by=service").text)
    for one in busy.circle.recruits(5).services:
        assert f"/suggestions?service={one.service}" in page
    assert RANKED.search(page) is None


def test_the_list_is_a_file(busy: Town) -> None:
    """The file holds as many recruits as are shown."""
    ana = busy.visitor("ana")
    written = ana.get(f"{PATH}.csv?count=3").data.decode("utf-8-sig")
    names = [row["Business"] for row in csv.DictReader(io.StringIO(written))]
    assert names == [one.name for one in busy.circle.recruits(3).recruits]
