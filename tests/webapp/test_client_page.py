"""One client in the browser: what they need now and what became of it, what is expected, and who they are."""

import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from werkzeug.test import TestResponse

from matcher.answers.covered import ClientCard, NeedCard, Status, Wish
from matcher.answers.told import ClientTold, NeedTold
from matcher.units import now_utc
from tests.webapp.conftest import Town
from tests.webapp.test_clients import _attribute
from tests.webapp.visitors import Visitor

MOVE = NeedTold(service="moving_company", wording="a piano", wish=Wish(tier=2, language="es", within_km=20.0))
JOE = ClientTold(name="Joe", grade="A", markets=("first_home_buyers",), note="likes tea")


def _client(town: Town, *needs: NeedTold, journey: str = "") -> ClientCard:
    """Joe with what he needs, thirty days before he gets the keys."""
    network = town.circle
    since = now_utc().date() + timedelta(days=30)
    return network.client(network.add_client(JOE, needs or [MOVE], journey=journey, since=since))


def _partner(town: Town, name: str = "Bekele Brothers Movers") -> int:
    """A business that the network has agreed with."""
    network = town.circle
    business = network.directory(limit=1_000).businesses
    number = next(card.business_id for card in business if card.name == name)
    network.set_stage(number, "agreed")
    return number


def _now(town: Town, client: ClientCard) -> ClientCard:
    return town.circle.client(client.client_id)


def _post(visitor: Visitor, client: ClientCard, path: str, **fields: Any) -> TestResponse:
    named = {name.replace("__", "-"): value for name, value in fields.items()}
    return visitor.post(f"/clients/{path}", named, form_on=f"/clients/{client.client_id}")


def _undo(visitor: Visitor, client: ClientCard) -> str:
    """Press Undo in the notice on the client's page, and give that page."""
    page = visitor.get(f"/clients/{client.client_id}").text
    notice = re.search(r'<div class="notices" role="status">.*?</form>', page, re.DOTALL)
    assert notice is not None
    (action,) = re.findall(r'action="([^"]+)"', notice[0])
    fields: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", notice[0]):
        fields.setdefault(_attribute(tag, "name"), []).append(_attribute(tag, "value"))
    fields.pop("csrf_token")
    assert visitor.post(action, fields, form_on="/clients").status_code == 303
    return unescape(page)


def _same(one: NeedCard, other: NeedCard) -> bool:
    """Whether two needs are told in the same way, whatever their numbers."""
    return all(
        getattr(one, name) == getattr(other, name)
        for name in ("service", "wording", "status", "needed_by", "wish", "value_cents", "value_assumed", "business_id")
    )


def test_what_they_need_stands_before_what_is_expected(peopled: Town) -> None:
    """The needs told come first; what is only expected stands apart, marked as such, without those that were told."""
    client = _client(peopled, journey="first_home")
    page = unescape(peopled.visitor("ana").get(f"/clients/{client.client_id}").text)
    now, expected = page.index("What they need now"), page.index("What they may need next")
    assert now < page.index("a piano") < expected < page.index("Who they are")
    part = page[expected : page.index('id="journeys"')]
    assert "Expected, not said" in part
    assert "Nobody has said these." in part
    assert "Moving company" not in part
    assert len(re.findall(r'name="new-service"', part)) == len(client.expected)


def test_who_could_do_it_is_said(peopled: Town) -> None:
    """A need says whether we do it ourselves, nobody does, or a partner can be chosen."""
    _partner(peopled)
    home = peopled.circle.home()
    assert home is not None
    needs = [NeedTold(service=service) for service in (next(iter(home.services)), "roofer", "moving_company")]
    page = peopled.visitor("ana").get(f"/clients/{_client(peopled, *needs).client_id}").text
    assert page.count("You do this yourself.") == 1
    assert page.count("None of your partners does this yet.") == 1


def test_every_number_leads_to_where_it_comes_from(peopled: Town) -> None:
    """A chance leads to its journey, an assumed worth to its service; a worth that was told is no link."""
    client = _client(peopled, MOVE, NeedTold(service="roofer", value_cents=120_000), journey="first_home")
    page = peopled.visitor("ana").get(f"/clients/{client.client_id}").text
    assert '<a href="/about/service/moving_company#usual">worth about $1,565, as is usual</a>' in page
    assert "· worth $1,200" in page
    shown = re.findall(
        r'<a href="(/about/journey/\w+)"><span class="hidden">.*?</span>.*?<b class="number">(.*?)</b>', page
    )
    assert len(shown) == 3 * len(client.expected)
    assert {href for href, _ in shown} == {"/about/journey/first_home"}
    assert all(re.fullmatch(r"(under 1|\d+) %|0 %", chance) for _, chance in shown)


def test_an_expected_need_is_told_in_one_tap_and_undone(peopled: Town) -> None:
    """They need this: the need is kept with its journey and no longer expected; undo brings it back."""
    client, ana = _client(peopled, journey="first_home"), peopled.visitor("ana")
    expected = client.expected[0]
    fields = {"new__service": expected.service, "new__occasion": expected.occasion_id}
    assert _post(ana, client, f"{client.client_id}/needs", **fields).status_code == 303
    told = _now(peopled, client)
    assert [(n.service, n.occasion_id) for n in told.needs[1:]] == [(expected.service, expected.occasion_id)]
    assert expected.service not in {need.service for need in told.expected}
    _undo(ana, client)
    assert _now(peopled, client) == client


def test_the_course_of_a_need(peopled: Town) -> None:
    """Introduced, filled, dropped and open again, each with undo that brings back what was before."""
    partner, client, ana = _partner(peopled), _client(peopled), peopled.visitor("ana")
    need = client.needs[0].need_id
    for status, said in (
        ("introduced", "Joe is introduced to Bekele Brothers Movers."),
        ("filled", "Moving company for Joe: filled by Bekele Brothers Movers."),
        ("dropped", "Joe does not need this any more: Moving company."),
        ("open", "Moving company for Joe is open again."),
    ):
        before = _now(peopled, client)
        step = {"status": status, "business": partner if status in ("introduced", "filled") else ""}
        assert _post(ana, client, f"needs/{need}/status", **step).status_code == 303
        assert peopled.circle.need(need).status == status
        assert said in _undo(ana, client)
        assert _now(peopled, client) == before
        _post(ana, client, f"needs/{need}/status", **step)


@pytest.mark.parametrize("status", ["introduced", "filled", "dropped"])
@pytest.mark.parametrize("step", ["status", "remove"])
def test_undo_brings_the_days_back(peopled: Town, status: Status, step: str) -> None:
    """A need that was opened again or taken back by mistake has the same days as before."""
    partner, client, ana = _partner(peopled), _client(peopled), peopled.visitor("ana")
    network, heard, closed = peopled.circle, date(2026, 3, 2), date(2026, 5, 4)
    need = network.add_need(client.client_id, NeedTold(service="painter"), on=heard)
    network.set_need_status(need, "introduced", partner, on=date(2026, 4, 3))
    before = network.set_need_status(need, status, on=closed)
    _post(ana, client, f"needs/{need}/{step}", status="open")
    _undo(ana, client)
    again = next(one for one in _now(peopled, client).needs if one.service == "painter")
    assert replace(again, need_id=need) == before


def test_undo_brings_a_choice_of_partner_back(peopled: Town) -> None:
    """A need with a partner whom the owner has chosen is open with that choice again."""
    partner, client, ana = _partner(peopled), _client(peopled), peopled.visitor("ana")
    need = client.needs[0].need_id
    before = peopled.circle.pin_need(need, partner)
    assert "you want Bekele Brothers Movers to do it" in ana.get(f"/clients/{client.client_id}").text
    _post(ana, client, f"needs/{need}/status", status="dropped")
    _undo(ana, client)
    assert peopled.circle.need(need) == before


def test_partners_who_do_it_come_first(peopled: Town) -> None:
    """The choice begins with the agreed partners who sell the service; without any, the page leads to a search."""
    client, ana = _client(peopled), peopled.visitor("ana")
    path = f"/clients/{client.client_id}"
    assert "None of your partners does this yet." in ana.get(path).text
    assert "/suggestions?service=moving_company" in ana.get(path).text
    _partner(peopled, "Tamsel River Title")
    _partner(peopled)
    page = ana.get(path).text
    assert re.findall(r'<optgroup label="(.*?)"><option value="\d+">(.*?)</option>', page) == [
        ("They do this", "Bekele Brothers Movers"),
        ("Your other partners", "Tamsel River Title"),
    ]
    assert "None of your partners" not in page


@pytest.mark.parametrize(
    ("wording", "status", "sentence"),
    [
        ("", "filled", "Please choose the partner first."),
        ("", "soon", "Please say what became of this need."),
        ("the thing", "filled", "Please say first which service this need calls for."),
    ],
)
def test_a_step_that_cannot_be_is_told_at_its_need(peopled: Town, wording: str, status: str, sentence: str) -> None:
    """The page comes back with one sentence, and the need stays as it was."""
    client = _client(peopled, NeedTold(wording=wording) if wording else MOVE)
    ana, need = peopled.visitor("ana"), client.needs[0].need_id
    partner = _partner(peopled) if wording else ""
    answer = _post(ana, client, f"needs/{need}/status", status=status, business=partner)
    assert answer.status_code == 400
    assert sentence in answer.text
    assert _now(peopled, client) == client


def test_a_need_is_told_by_hand(peopled: Town) -> None:
    """Words that surely mean a service are sorted at once, others wait for the owner's word."""
    client, ana = _client(peopled, journey="first_home"), peopled.visitor("ana")
    path, occasion = f"{client.client_id}/needs", client.journeys[0].occasion_id
    sure = {
        "new__wording": "my roof\r\nis leaking",
        "new__tier": "3",
        "new__needed_by": "2027-06-30",
        "new__value": "$1,200",
    }
    _post(ana, client, path, **sure, new__occasion=occasion)
    _post(ana, client, path, new__wording="the usual stuff")
    roof, usual = _now(peopled, client).needs[1:]
    assert (roof.service, roof.wording, roof.wish.tier, roof.needed_by) == (
        "roofer",
        "my roof is leaking",
        3,
        "2027-06-30",
    )
    assert (roof.value_cents, roof.occasion_id) == (120_000, occasion)
    assert (usual.service, usual.wording, usual.occasion_id) == ("", "the usual stuff", None)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Please write what the client needs, or choose a service."),
        ({"new__wording": "roof " * 2_000}, "under 400 characters"),
        ({"new__other": "zymurgical zeppelins"}, "is not a service we know"),
        ({"new__wording": "x", "new__needed_by": "soon"}, "Please write the day as year-month-day"),
        ({"new__wording": "x", "new__value": "lots"}, "Please write an amount of dollars"),
        ({"new__wording": "x", "new__within_km": "-1"}, "Please write a number"),
    ],
)
def test_a_need_that_cannot_be_kept_comes_back(peopled: Town, fields: dict[str, str], sentence: str) -> None:
    """The page is shown again with one sentence and with what was typed, and nothing is kept."""
    client, ana = _client(peopled), peopled.visitor("ana")
    answer = _post(ana, client, f"{client.client_id}/needs", **fields)
    assert answer.status_code == 400
    assert sentence in unescape(answer.text)
    for value in fields.values():
        assert " ".join(value.split()) in " ".join(unescape(answer.text).split())
    assert _now(peopled, client) == client


def test_which_service_is_asked_and_remembered(peopled: Town) -> None:
    """A need without a service offers guesses and any other by name; the answer is remembered, and undone with it."""
    client, ana = _client(peopled, NeedTold(wording="the thing with the wall")), peopled.visitor("ana")
    need = client.needs[0].need_id
    assert "Which service is it?" in ana.get(f"/clients/{client.client_id}").text
    refused = _post(ana, client, f"needs/{need}/service", **{f"s{need}__other": "zymurgical zeppelins"})
    assert (refused.status_code, "is not a service we know" in unescape(refused.text)) == (400, True)
    _post(ana, client, f"needs/{need}/service", **{f"s{need}__other": "Painting contractor"})
    assert peopled.circle.need(need).service == "painter"
    assert peopled.circle.understand("the thing with the wall").told
    _undo(ana, client)
    assert _now(peopled, client) == client
    assert not peopled.circle.understand("the thing with the wall").told


def test_a_need_is_corrected_and_taken_back(peopled: Town) -> None:
    """Correcting and taking back can be undone, and bring back every word of the need."""
    partner, client, ana = _partner(peopled), _client(peopled, journey="first_home"), peopled.visitor("ana")
    number = client.needs[0].need_id
    before = peopled.circle.set_need_status(number, "introduced", partner)
    p = f"n{number}__"
    _post(ana, client, f"needs/{number}", **{p + "wording": "two pianos", p + "other": "Florist", p + "value": "900"})
    changed = peopled.circle.need(number)
    assert (changed.service, changed.wording, changed.value_cents, changed.wish) == (
        "florist",
        "two pianos",
        90_000,
        Wish(),
    )
    assert (changed.status, changed.occasion_id) == ("introduced", None)
    _undo(ana, client)
    assert peopled.circle.need(number) == before
    _post(ana, client, f"needs/{number}/remove")
    assert _now(peopled, client).needs == ()
    _undo(ana, client)
    (again,) = _now(peopled, client).needs
    assert _same(again, before)
    assert again.occasion_id == before.occasion_id


def test_a_correction_that_cannot_be_kept_comes_back(peopled: Town) -> None:
    """The form of that need is open again with what was typed."""
    client, ana = _client(peopled), peopled.visitor("ana")
    number = client.needs[0].need_id
    answer = _post(ana, client, f"needs/{number}", **{f"n{number}__wording": "y" * 401, f"n{number}__other": ""})
    assert answer.status_code == 400
    assert "y" * 401 in answer.text
    assert f'href="#n{number}-wording"' in answer.text
    assert _now(peopled, client) == client


def test_who_they_are_is_changed_and_undone(peopled: Town) -> None:
    """All that the form says is kept; a place that is not touched stays where it was; undo brings everything back."""
    client, ana = _client(peopled), peopled.visitor("ana")
    path = f"{client.client_id}"
    _post(
        ana, client, path, name="Joe M.", grade="B", place="Tucson", email="j@example.com", note="a\r\nb", value="1200"
    )
    changed = _now(peopled, client)
    assert (changed.name, changed.grade, changed.place, changed.email) == ("Joe M.", "B", "Tucson, AZ", "j@example.com")
    assert (changed.note, changed.value_cents, changed.markets) == ("a\nb", 120_000, ())
    munich = {"place": "Munich", "coordinates": "48.1371, 11.5754"}
    _post(ana, client, path, name="Joe M.", **munich)
    there = _now(peopled, client)
    _post(
        ana, client, path, name="Joe N.", place="Munich", place_was="Munich", lat=repr(there.lat), lon=repr(there.lon)
    )
    assert (_now(peopled, client).lat, _now(peopled, client).place) == (48.1371, "Munich")
    _undo(ana, client)
    assert _now(peopled, client) == there


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"name": ""}, "name", "Please write the client's name."),
        ({"name": "x" * 10_000}, "name", "under 200 characters"),
        ({"place": "Zzyzxville"}, "place", "We only know towns and ZIP codes"),
        ({"more_market": "Martians"}, "more_market", "is no kind of client"),
        ({"email": "joe"}, "email", "Please write an e-mail address"),
    ],
)
def test_who_they_cannot_be_comes_back(peopled: Town, fields: dict[str, str], field: str, sentence: str) -> None:
    """The form is open again with what was typed and a sentence at its field, and nothing is changed."""
    client, ana = _client(peopled), peopled.visitor("ana")
    answer = _post(
        ana, client, f"{client.client_id}", **{"name": "Joe Q", "note": "typed", "market": "engaged", **fields}
    )
    page = unescape(answer.text)
    assert (answer.status_code, sentence in page, f'href="#{field}"' in page) == (400, True, True)
    assert all(text in page for text in ("typed", *fields.values()))
    assert 'value="engaged" id="market-engaged" checked' in page
    assert _now(peopled, client) == client


def test_a_client_is_taken_out_behind_a_fold(peopled: Town) -> None:
    """The button stands behind a fold that says what goes; afterwards nothing of them is left."""
    client, ana = _client(peopled), peopled.visitor("ana")
    page = ana.get(f"/clients/{client.client_id}").text
    fold = page[page.index("Take this client out") :]
    assert "This cannot be undone." in fold[: fold.index("</details>")]
    assert _post(ana, client, f"{client.client_id}/remove").location == "/clients"
    assert ana.get(f"/clients/{client.client_id}").status_code == 404
    assert peopled.circle.clients().total == 0


def test_a_link_to_the_survey_shows_once_there_is_one(peopled: Town) -> None:
    """Without a page for surveys no link leads to it."""
    client = _client(peopled)
    there = "surveys.show" in peopled.app.view_functions
    assert ("Ask what they lack" in peopled.visitor("ana").get(f"/clients/{client.client_id}").text) is there
