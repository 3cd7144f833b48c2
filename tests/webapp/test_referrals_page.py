"""Referrals and sources in the browser: told, thanked for twice, taken back, and looked after."""

import csv
import io
import re
from datetime import date
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.answers.cared import NOBODY_CARED, CareTold
from matcher.answers.referred import ReferralTold
from matcher.answers.sources import Source
from matcher.answers.told import ClientTold
from matcher.answers.whose import Whose
from matcher.network import Network
from tests.webapp.conftest import Town
from tests.webapp.visitors import Visitor
from webapp.balance import HALF, SHOWN, balance


def network_of(town: Town) -> Network:
    """Ana's network."""
    return town.circle


@pytest.fixture
def partner(peopled: Town) -> int:
    """A business with which Ana's partnership is agreed."""
    network = network_of(peopled)
    number = network.suggestions(limit=1).suggestions[0].business_id
    network.set_stage(number, "agreed")
    return number


def undone(ana: Visitor, page: str) -> None:
    """Press Undo on a page."""
    found = re.search(r'<form[^>]*action="([^"]+)"[^>]*>((?:(?!</form>).)*Undo)', ana.get(page).text, re.DOTALL)
    assert found is not None
    fields = {unescape(n): unescape(v) for n, v in re.findall(r'name="([^"]+)" value="([^"]*)"', found[2])}
    ana.post(unescape(found[1]), {name: value for name, value in fields.items() if name != "csrf_token"}, form_on=page)


def test_from_the_form_to_the_second_thanks(peopled: Town, partner: int) -> None:
    """A referral is written down, done, and thanked for twice with one click each; the page says what is owed."""
    ana, network = peopled.visitor("ana"), network_of(peopled)
    assert "No referrals yet" in ana.get("/referrals").text
    fields = {
        "given": "no",
        "source": f"b{partner}",
        "prospect": "Zoë <b>",
        "because": "You ring back.",
        "value": "1,200",
    }
    answer = ana.post("/referrals", fields, form_on=f"/referrals/new?source=b{partner}")
    assert answer.status_code == 303
    page = answer.location
    shown = unescape(ana.get(page).text)
    assert "Zoë <b>" in shown
    assert "<b></h1>" not in ana.get(page).text
    assert "Thank them now" in shown
    assert "“You ring back.”" in shown
    (card,) = network.referrals().referrals
    ana.post(f"{page}/thank", {"kind": "at_once"}, form_on=page)
    assert "Thank them now" not in ana.get(page).text
    ana.post(f"{page}/result", {"result": "done", "value": ""}, form_on=page)
    assert "Thank them again" in ana.get(page).text
    ana.post(f"{page}/thank", {"kind": "again"}, form_on=page)
    done = network.referral(card.referral_id)
    assert (done.value_cents, bool(done.thanked_on), bool(done.thanked_again_on), done.owed) == (
        120_000,
        True,
        True,
        (),
    )


def test_each_act_can_be_undone(peopled: Town, partner: int) -> None:
    """Undo takes back thanks, a result, a change, and a referral that was taken back."""
    ana, network = peopled.visitor("ana"), network_of(peopled)
    number = network.add_referral(ReferralTold(given=False, whose=Whose(partner), prospect="Joe", note="a\nb"))
    page, before = f"/referrals/{number}", network.referral(number)
    for path, fields in (
        (f"{page}/thank", {"kind": "at_once", "reward": "card"}),
        (f"{page}/result", {"result": "nowhere"}),
        (page, {"given": "yes", "source": f"b{partner}", "prospect": "Jo", "referred_on": "2026-01-02"}),
    ):
        ana.post(path, fields, form_on=page)
        assert network.referral(number) != before
        undone(ana, page)
        assert network.referral(number) == before
    assert network.safe_thanks(Whose(partner)).gifts == ()
    ana.post(f"{page}/remove", {}, form_on=page)
    assert network.referrals().total == 0
    undone(ana, "/referrals")
    assert network.referrals().referrals[0].prospect == "Joe"


def test_undo_of_taking_back_keeps_thanks(peopled: Town, partner: int) -> None:
    """A referral that comes back was thanked for on the same days as before, so nobody is thanked twice."""
    ana, network = peopled.visitor("ana"), network_of(peopled)
    told = ReferralTold(given=False, whose=Whose(partner), prospect="Joe", referred_on=date(2026, 1, 2), result="done")
    number = network.add_referral(told)
    network.thank(number, on=date(2026, 1, 3))
    network.thank(number, "again", on=date(2026, 2, 4))
    ana.post(f"/referrals/{number}/remove", {}, form_on=f"/referrals/{number}")
    undone(ana, "/referrals")
    (card,) = network.referrals().referrals
    assert (card.thanked_on, card.thanked_again_on, card.owed) == ("2026-01-03", "2026-02-04", ())


def test_a_present_that_is_forbidden_is_said(peopled: Town, partner: int) -> None:
    """Ana arranges mortgages: a present for a referral is refused with the law, and nothing is kept."""
    ana, network = peopled.visitor("ana"), network_of(peopled)
    number = network.add_referral(ReferralTold(given=False, whose=Whose(partner), prospect="Joe"))
    page = f"/referrals/{number}"
    assert "RESPA section 8" in ana.get(page).text
    ana.post(f"{page}/thank", {"kind": "at_once", "reward": "gift", "value": "20"}, form_on=page)
    assert "nobody may give or take anything of value" in ana.get(page).text
    assert network.referral(number).thanked_on == ""
    source = f"/businesses/{partner}/source"
    ana.post(f"/businesses/{partner}/gifts", {"reward": "money", "value": "20"}, form_on=source)
    assert network.safe_thanks(Whose(partner)).gifts == ()
    ana.post(f"/businesses/{partner}/gifts", {"reward": "card", "value": ""}, form_on=source)
    assert [gift.reward for gift in network.safe_thanks(Whose(partner)).gifts] == ["card"]
    undone(ana, source)
    assert network.safe_thanks(Whose(partner)).gifts == ()


def test_what_is_filtered_is_what_is_exported(peopled: Town, partner: int) -> None:
    """The list and the file show the same referrals under the same URL, and the numbers lead there."""
    ana, network = peopled.visitor("ana"), network_of(peopled)
    maria = network.add_client(ClientTold(name="Maria Gómez"))
    network.add_referral(ReferralTold(given=False, whose=Whose(person_id=maria), prospect="Quill", asked_how="soft"))
    network.add_referral(ReferralTold(given=True, whose=Whose(partner), prospect="Rook", result="won"))
    for query, name in (
        ("given=no", "Quill"),
        ("given=yes", "Rook"),
        ("result=won", "Rook"),
        ("asked=soft", "Quill"),
        ("owed=yes", "Quill"),
        (f"source=c{maria}", "Quill"),
        ("q=gomez", "Quill"),
    ):
        page = ana.get(f"/referrals?{query}").text
        rows = list(csv.DictReader(io.StringIO(ana.get(f"/referrals.csv?{query}").get_data().decode("utf-8-sig"))))
        assert [row["About"] for row in rows] == [name], query
        assert {one for one in ("Quill", "Rook") if f">{one}</a>" in page} == {name}, query
    assert "No referral fits" in ana.get("/referrals?q=nobody").text
    assert ana.get("/referrals.xlsx").get_data()[:2] == b"PK"


def test_sources_show_the_same_numbers_twice(peopled: Town, partner: int) -> None:
    """The picture of the balance and its table hold the same numbers, and who only takes gets a conversation."""
    ana, network = peopled.visitor("ana"), network_of(peopled)
    assert "Nobody to compare yet" in ana.get("/sources").text
    for number in range(3):
        network.add_referral(ReferralTold(given=True, whose=Whose(partner), prospect=f"P{number}"))
    page = ana.get("/sources").text
    assert "You give more than you get" in page
    assert f'href="/referrals?source=b{partner}&amp;given=yes">3<' in page
    assert ana.get("/sources.csv").status_code == 200
    source = f"/businesses/{partner}/source"
    fields = {"refers": "no", "why_not": "cannot", "rhythm_days": "90", "place": "US-OR", "asked_count": "2"}
    ana.post(f"/businesses/{partner}/care", fields, form_on=source)
    assert network.care(Whose(partner)) == CareTold(
        rhythm_days=90, refers=False, why_not="cannot", place="US-OR", asked_count=2
    )
    shown = ana.get(source).text
    assert "allowed to send" in shown
    assert "we have stopped asking" in shown
    ana.post(f"/businesses/{partner}/care", {"refers": "yes"}, form_on=source)
    undone(ana, source)
    assert network.care(Whose(partner)).refers is False


def test_a_client_is_a_source_too(peopled: Town) -> None:
    """A client's page leads to their page as a source, with the same form."""
    ana, network = peopled.visitor("ana"), network_of(peopled)
    maria = network.add_client(ClientTold(name="Maria"))
    assert f'href="/clients/{maria}/source"' in ana.get(f"/clients/{maria}").text
    source = f"/clients/{maria}/source"
    ana.post(f"/clients/{maria}/care", {"thank_publicly": "yes", "post_to": "1 Main St\r\nTucson"}, form_on=source)
    assert network.care(Whose(person_id=maria)) == CareTold(thank_publicly=True, post_to="1 Main St\nTucson")
    ana.post(f"/clients/{maria}/gifts", {"reward": "word"}, form_on=source)
    assert len(network.safe_thanks(Whose(person_id=maria)).gifts) == 1


def test_a_referral_without_source_or_name_comes_back(peopled: Town, partner: int) -> None:
    """What is missing is said at its field, and what was typed stays."""
    ana, network = peopled.visitor("ana"), network_of(peopled)
    for fields, sentence in (
        ({"prospect": "Quill"}, "Please choose who sent them"),
        ({"source": f"b{partner}", "note": "Quill"}, "Please say whom this is about"),
        ({"source": f"b{partner}", "prospect": "Quill", "referred_on": "2999-01-01"}, "not in the future"),
    ):
        answer = ana.post("/referrals", fields, form_on=f"/referrals/new?source=b{partner}")
        assert answer.status_code == 400
        assert sentence in answer.text
        assert "Quill" in answer.text
    assert network.referrals().total == 0


def row(given_away: int, received: int, name: str = "Ann") -> Source:
    """A source with so many referrals each way."""
    return Source(
        business_id=1,
        person_id=None,
        name=name,
        kind="partner",
        grade="",
        received=received,
        received_cents=0,
        given=given_away,
        given_cents=0,
        weight=0.0,
        last_on="",
        leaning="even",
        care=NOBODY_CARED,
        advice="",
    )


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=20))
def test_bars_are_in_proportion(counts: list[tuple[int, int]]) -> None:
    """Each bar is as long as its number is of the largest, and none is longer than half the picture."""
    most = max((max(pair) for pair in counts), default=0)
    drawn = balance([row(*pair) for pair in counts])
    assert len(drawn) == min(len(counts), SHOWN)
    for one in drawn:
        assert 0 <= one.given <= HALF
        assert one.received * most == pytest.approx(HALF * one.source.received)
