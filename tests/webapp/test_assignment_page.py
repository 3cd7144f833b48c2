"""Who gets what: lists by state, introductions, the owner's own choice, and why not somebody else."""

import csv
import html
import io
import re

import pytest

from matcher.answers.covered import Served, State
from matcher.answers.told import NeedTold
from tests.webapp.conftest import Town
from tests.webapp.visitors import Visitor

PATH = "/coverage/needs"
UNDO = re.compile(
    r'<div class="notice[^"]*"><p>([^<]*)</p>\s*<form class="inline" method="post" action="([^"]+)">(.*?)</form>',
    re.DOTALL,
)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def _served(town: Town, state: State) -> Served:
    """The first need in a state."""
    return next(served for served in town.circle.assignment().needs if served.state == state)


def _undo(visitor: Visitor, path: str = PATH) -> str:
    """Press Undo on the next page; gives the sentence beside it."""
    found = UNDO.search(visitor.get(path).text)
    assert found, "nothing to undo"
    fields = {name: html.unescape(value) for name, value in HIDDEN.findall(found[3]) if name != "csrf_token"}
    assert visitor.post(found[2], fields, form_on=PATH).status_code == 303
    return html.unescape(found[1])


def test_each_need_stands_below_its_state(busy: Town) -> None:
    """All needs are on the page, under headings that count them."""
    page = busy.visitor("ana").get(PATH).text
    found = busy.circle.assignment()
    assert sorted(map(int, re.findall(r'id="n(\d+)"', page))) == sorted(s.need.need_id for s in found.needs)
    for state in {served.state for served in found.needs}:
        number = sum(served.state == state for served in found.needs)
        assert re.search(rf'id="g-{state}">[^<]*<span class="soft number">{number}</span>', page), state


def test_a_partner_is_named_with_the_reasons(busy: Town) -> None:
    """A need that is ready names its partner, why it is them, and how far each reason goes."""
    served = _served(busy, "ready")
    assert served.partner
    page = html.unescape(busy.visitor("ana").get(f"{PATH}?state=ready").text)
    assert f'/businesses/{served.partner.business_id}">{served.partner.name}' in page
    for term in served.partner.terms:
        assert term.sentence in page


def test_an_introduction_is_kept_and_taken_back(busy: Town) -> None:
    """“Introduce” hands the need on to its partner; Undo opens it again."""
    ana, served = busy.visitor("ana"), _served(busy, "ready")
    assert served.partner
    number, partner = served.need.need_id, served.partner.business_id
    answer = ana.post(f"/clients/needs/{number}/status", {"status": "introduced", "business": partner}, form_on=PATH)
    assert answer.status_code == 303
    need = busy.circle.need(number)
    assert (need.status, need.business_id) == ("introduced", partner)
    assert served.need.client in _undo(ana)
    need = busy.circle.need(number)
    assert (need.status, need.business_id) == ("open", None)


def test_a_choice_stands_until_one_lets_go(busy: Town) -> None:
    """The owner's own choice of partner is pinned and shown as such; undoing it, or letting go, frees the need."""
    ana, served = busy.visitor("ana"), _served(busy, "gap")
    number, chosen = served.need.need_id, busy.circle.assignment().slots[0].business_id
    ana.post(f"{PATH}/{number}/pin", {"business": chosen}, form_on=PATH)
    assert busy.circle.need(number).pinned
    assert "Your choice" in ana.get(f"{PATH}?partner={chosen}").text
    ana.post(f"{PATH}/{number}/pin", {"business": ""}, form_on=PATH)
    assert not busy.circle.need(number).pinned
    _undo(ana)
    assert busy.circle.need(number).business_id == chosen


def test_undoing_an_introduction_keeps_a_choice(busy: Town) -> None:
    """A need that was pinned before it was introduced is pinned again after Undo."""
    ana, served = busy.visitor("ana"), _served(busy, "ready")
    number, chosen = served.need.need_id, busy.circle.assignment().slots[0].business_id
    busy.circle.pin_need(number, chosen)
    ana.post(f"/clients/needs/{number}/status", {"status": "introduced", "business": chosen}, form_on=PATH)
    _undo(ana)
    assert busy.circle.need(number).pinned


def test_why_not_is_answered_where_it_is_asked(busy: Town) -> None:
    """“Why not them?” shows the network's sentence at the need."""
    served = _served(busy, "gap")
    slot = busy.circle.assignment().slots[0]
    number = served.need.need_id
    page = html.unescape(busy.visitor("ana").get(f"{PATH}?need={number}&why={slot.business_id}").text)
    article = page[page.index(f'id="n{number}"') :]
    answer = article[: article.index("</article>")]
    assert f"{slot.name}</a>?</b>" in answer
    assert busy.circle.why_not_partner(number, slot.business_id) in answer


@pytest.mark.parametrize("query", ["state=gap", "service=moving_company", "service=roofer&state=gap", "state=filled"])
def test_filters_narrow_the_list_and_the_file(busy: Town, query: str) -> None:
    """What the URL asks for is what is shown, and the file holds the same."""
    ana = busy.visitor("ana")
    wanted = dict(pair.split("=") for pair in query.split("&"))
    kept = [
        served.need.need_id
        for served in busy.circle.assignment().needs
        if wanted.get("state", served.state) == served.state
        and wanted.get("service", served.need.service) == served.need.service
    ]
    assert kept
    assert sorted(map(int, re.findall(r'id="n(\d+)"', ana.get(f"{PATH}?{query}").text))) == sorted(kept)
    written = ana.get(f"{PATH}.csv?{query}").data.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(written)))) - 1 == len(kept)


def test_a_need_is_sorted_and_unsorted(busy: Town) -> None:
    """Saying which service it is moves a need on; Undo leaves its words as they were."""
    ana, served = busy.visitor("ana"), _served(busy, "unsorted")
    number = served.need.need_id
    ana.post(f"/clients/needs/{number}/service", {"service": "roofer"}, form_on=PATH)
    assert busy.circle.need(number).service == "roofer"
    _undo(ana)
    assert busy.circle.need(number) == served.need


def test_many_unsorted_needs_make_no_long_page(busy: Town) -> None:
    """A page of forty unsorted needs is below 150,000 characters; a guess or the name of a service sorts each."""
    ana, client = busy.visitor("ana"), busy.circle.clients().clients[0].client_id
    numbers = [busy.circle.add_need(client, NeedTold(wording=f"the shed of plot {n}")) for n in range(40)]
    page = ana.get(f"{PATH}?state=unsorted").text
    assert len(page) < 150_000
    article = page[page.index(f'id="n{numbers[0]}"') :]
    guess = re.search(r'name="service" value="(\w+)"', article[: article.index("</article>")])
    assert guess
    ana.post(f"/clients/needs/{numbers[0]}/service", {"service": guess[1], f"s{numbers[0]}-other": ""}, form_on=PATH)
    ana.post(f"/clients/needs/{numbers[1]}/service", {f"s{numbers[1]}-other": "Roofer"}, form_on=PATH)
    assert [busy.circle.need(n).service for n in numbers[:2]] == [guess[1], "roofer"]


def test_the_number_of_names_is_the_owners(busy: Town) -> None:
    """The owner says how many names to offer; a member only sees it, and other numbers are refused."""
    ana, bob = busy.visitor("ana"), busy.visitor("bob")
    for told, own in (("", None), ("3", 3)):
        assert ana.post(f"{PATH}/names", {"names": told}, form_on=PATH).status_code == 303
        assert busy.circle.names_offered().own == own
    assert busy.circle.assignment().names_offered == 3
    assert ana.post(f"{PATH}/names", {"names": "9"}, form_on=PATH).status_code == 400
    assert bob.post(f"{PATH}/names", {"names": "2"}, form_on=PATH).status_code == 403
    assert "as the owner of this network has set it" in bob.get(PATH).text


def test_room_is_shown_with_what_more_would_be_worth(busy: Town) -> None:
    """Each partner's room is there with what it holds; of who is full it says what one more slot would fill."""
    ana = busy.visitor("ana")
    page = html.unescape(ana.get(PATH).text)
    room = page[page.index('id="room"') :]
    for slot in busy.circle.assignment().slots:
        assert (slot.sentence in room) == (slot.used >= slot.room), slot.name
        href = re.search(rf'href="([^"]*partner={slot.business_id}[^"]*)">{slot.used} of {slot.room}<', room)
        assert href, slot.name
        assert len(re.findall(r'id="n\d+"', ana.get(href[1]).text)) == slot.used


@pytest.mark.parametrize("act", ["", "/pin", "/service"])
def test_a_need_of_others_is_not_there(busy: Town, act: str) -> None:
    """Somebody else's need answers like one that does not exist."""
    cleo, number = busy.visitor("cleo"), _served(busy, "ready").need.need_id
    fields = {"status": "dropped", "service": "roofer"}
    assert cleo.post(f"{PATH}/{number}{act}", fields, form_on="/start").status_code == 404
    assert busy.circle.need(number).status == "open"
