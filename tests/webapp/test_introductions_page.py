"""The owner's pages of introductions, and the pages of those who are asked, without an account."""

import html
import re
from collections.abc import Iterator

import pytest
from sqlalchemy import select, update

from matcher.answers.introduced import IntroductionTold
from matcher.answers.told import ClientTold, NeedTold
from matcher.answers.whose import Whose
from matcher.facts import PrivateLink
from matcher.network import Network
from matcher.units import now_utc
from tests.webapp.conftest import Town
from tests.webapp.visitors import BASE_URL, Visitor
from webapp.serving import HOME


@pytest.fixture
def network(peopled: Town) -> Network:
    """Ana's network."""
    return peopled.circle


@pytest.fixture
def ana(peopled: Town) -> Iterator[Visitor]:
    """Ana at her browser."""
    return peopled.visitor("ana")  # type: ignore[return-value]


@pytest.fixture
def partner(network: Network) -> int:
    """A business with which a partnership is agreed."""
    number = network.suggestions(limit=1).suggestions[0].business_id
    network.set_stage(number, "agreed")
    return number


@pytest.fixture
def client(network: Network) -> int:
    """A client of Ana's."""
    return network.add_client(ClientTold(name="Joe <Miller>", phone="520-555-0101"))


@pytest.fixture
def drafted(network: Network, client: int, partner: int) -> int:
    """An introduction of the two."""
    first, target = Whose(person_id=client), Whose(business_id=partner)
    told = IntroductionTold(for_us=False, first=first, target=target, first_reason="They <b>listen</b>.")
    return network.draft_introduction(told)


def _link(text: str, what: str = "ask") -> str:
    """The path of the link that a page shows."""
    found = re.search(rf'value="{BASE_URL}(/{what}/[\w-]+)"', text)
    assert found, text
    return found[1]


def _act(visitor: Visitor, number: int, act: str, **fields: str) -> str:
    """Press a button of one introduction's page, and give the page that follows."""
    page = f"/introductions/{number}"
    answer = visitor.post(f"{page}/{act}", fields, form_on=page)
    return visitor.get(answer.location).text if answer.status_code == 303 else answer.text


def _tap(town: Town, path: str, **fields: str) -> str:
    """Answer behind a link as somebody without an account, and give the page that follows."""
    nobody = town.visitor()
    answer = nobody.post(path, fields, form_on=path)
    assert answer.status_code == 303, answer.text
    return nobody.get(answer.location).text


def test_the_loop_by_hand(peopled: Town, ana: Visitor, drafted: int, network: Network) -> None:
    """Two private links, two taps, one message with both contacts and one report lead from a draft to thanks."""
    for role in ("first", "target"):
        assert "Nobody" not in _tap(peopled, _link(_act(ana, drafted, "ask", role=role)), answer="yes", words="Fine")
    shown = html.unescape(ana.get(f"/introductions/{drafted}").text)
    assert "Both said yes." in shown
    assert "Joe <Miller>: 520-555-0101" in shown
    assert "ask what came of it" in _act(ana, drafted, "connect")
    path = _link(_act(ana, drafted, "report", role="first"), "outcome")
    assert "has what you told" in _tap(peopled, path, outcome="done", stars="5", value="1,200", words="Great")
    card = network.introduction(drafted)
    assert (card.stage, card.reports[0].stars, card.reports[0].value_cents) == ("closed", 5, 120_000)
    shown = html.unescape(ana.get(f"/introductions/{drafted}").text)
    assert "Now say thank you" in shown
    assert "the work is done, 5 of 5 stars, $1,200. “Great”" in shown


def test_a_question_says_all_that_matters(peopled: Town, ana: Visitor, drafted: int, partner: int) -> None:
    """The page says who asks, why them, what happens on yes and on no; a GET changes nothing, and script may be off."""
    path = _link(_act(ana, drafted, "ask", role="first"))
    nobody = peopled.visitor()
    shown = [html.unescape(nobody.get(path).text) for _ in range(2)]
    name = peopled.circle.business(partner).name
    for words in (f"{HOME.name} asks", f"May we introduce you to {name}?", "Why you?", "They <b>listen</b>.", "Only "):
        assert words in shown[1]
    assert "<b>listen" not in nobody.get(path).text
    assert nobody.get(path).headers["Cache-Control"] == nobody.get("/answer/x").headers["Cache-Control"]
    assert "Joe" not in shown[1]


def test_the_partner_reads_no_name(peopled: Town, ana: Visitor, drafted: int, network: Network) -> None:
    """Until both said yes a partner reads neither the client's name nor their answer."""
    network.ask(drafted, "first")
    network.note_answer(drafted, "first", "yes", "CANARY")
    message = _act(ana, drafted, "ask", role="target")
    shown = peopled.visitor().get(_link(message)).text
    assert "Joe" not in shown
    assert "CANARY" not in shown
    text = re.search(r'<textarea id="introduction-[^"]+-text".*?</textarea>', message, re.DOTALL)
    assert text
    assert "Joe" not in text[0]


@pytest.mark.parametrize(("answer", "words"), [("no", "One of them said no."), ("later", "One of them said not now.")])
def test_an_early_end_shows_to_the_owner_alone(
    peopled: Town, ana: Visitor, drafted: int, answer: str, words: str
) -> None:
    """Thanks are the same for every answer, the link is gone, and the owner sees who said what."""
    path = _link(_act(ana, drafted, "ask", role="first"))
    thanks = _tap(peopled, path, answer=answer, words="Not them, please")
    assert "has your answer, and nobody else learns of it" in thanks
    shown = html.unescape(ana.get(f"/introductions/{drafted}").text)
    assert words in shown
    assert "Not them, please" in shown
    assert peopled.visitor().get(path).status_code == 404


def test_dead_links_are_the_same(peopled: Town, ana: Visitor, drafted: int, network: Network) -> None:
    """Wrong, used, withdrawn and expired links give the same page, for questions and for reports."""
    withdrawn = _link(_act(ana, drafted, "ask", role="first"))
    _act(ana, drafted, "withdraw")
    nobody = peopled.visitor()
    bodies = {nobody.get(path).data for path in (withdrawn, "/ask/x", "/outcome/x", "/answer/x")}
    assert len(bodies) == 1
    assert nobody.post("/ask/x", {"answer": "yes"}).status_code == 404
    with peopled.accounts.store.session(writes=True) as session:
        session.execute(update(PrivateLink).values(expires_at=now_utc()))
        assert session.scalars(select(PrivateLink)).all() is not None
    assert network.introduction(drafted).stage == "withdrawn"


def test_what_is_missing_uses_nothing_up(peopled: Town, ana: Visitor, drafted: int) -> None:
    """An answer without a button, and words that are too long, come back with a sentence; the link still works."""
    path = _link(_act(ana, drafted, "ask", role="first"))
    nobody = peopled.visitor()
    assert "Please press yes, no or not now." in nobody.post(path, {"words": "Hm"}, form_on=path).text
    assert nobody.post(path, {"answer": "yes", "words": "x" * 401}, form_on=path).status_code == 400
    stale = nobody.client.post(path, data={"answer": "no"}, base_url=BASE_URL)
    assert (stale.status_code, "open for a long time" in stale.text) == (400, True)
    _tap(peopled, path, answer="yes")


def test_a_report_is_checked(peopled: Town, ana: Visitor, drafted: int, network: Network) -> None:
    """A report needs its tap, and a sum that is none comes back beside its field."""
    for role in ("first", "target"):
        network.ask(drafted, role)  # type: ignore[arg-type]
        network.note_answer(drafted, role, "yes")  # type: ignore[arg-type]
    network.connect(drafted)
    path = _link(_act(ana, drafted, "report", role="first"), "outcome")
    nobody = peopled.visitor()
    assert "Please press what came of it." in nobody.post(path, {}, form_on=path).text
    assert "amount of dollars" in nobody.post(path, {"outcome": "won", "value": "lots"}, form_on=path).text
    stale = nobody.client.post(path, data={"outcome": "done"}, base_url=BASE_URL)
    assert "open for a long time" in stale.text
    _tap(peopled, path, outcome="met")
    assert "They have met." in _act(ana, drafted, "close", result="met") + ana.get(f"/introductions/{drafted}").text
    assert "Thank them all the same" in _act(ana, drafted, "close", result="nowhere")


def test_limits_stand_on_the_page(peopled: Town, ana: Visitor, drafted: int, network: Network, partner: int) -> None:
    """What stands in the way of asking is a sentence there, instead of a button; and an attempt ends with it."""
    network.ask(drafted, "first")
    first = network.introduction(drafted).first.whose
    other = network.draft_introduction(IntroductionTold(for_us=True, first=first, target=Whose(business_id=partner)))
    shown = html.unescape(ana.get(f"/introductions/{other}").text)
    assert "is in another introduction that is still open." in shown
    assert f'action="/introductions/{other}/ask"' not in shown
    assert "still open" in _act(ana, other, "ask", role="first")


def test_an_answer_told_by_phone(ana: Visitor, drafted: int, network: Network) -> None:
    """The owner notes what somebody said, and the page says that it was noted."""
    network.ask(drafted, "first")
    assert "(you noted it)" in _act(ana, drafted, "answer", role="first", answer="yes", words="Gladly")
    assert network.introduction(drafted).asks[0].words == "Gladly"


def test_undo_gives_a_new_link(peopled: Town, ana: Visitor, drafted: int, network: Network) -> None:
    """Beside the message stands Undo for a noted answer and for a withdrawal; it shows a new link, this once."""
    old = _link(_act(ana, drafted, "ask", role="first"))
    for act, fields in (("answer", {"role": "first", "answer": "no"}), ("withdraw", {})):
        noted = _act(ana, drafted, act, **fields)
        assert f'action="/introductions/{drafted}/{act}/undo"' in noted
        shown = _act(ana, drafted, f"{act}/undo", role="first")
        assert "here is a new one" in shown
        new = _link(shown)
        assert new != old
        assert peopled.visitor().get(old).status_code == 404
        assert peopled.visitor().get(new).status_code == 200
        assert network.introduction(drafted).stage == "first_asked"
        old = new
    _act(ana, drafted, "answer", role="first", answer="yes")
    _act(ana, drafted, "withdraw")
    assert "It is open again." in _act(ana, drafted, "withdraw/undo")


def test_drafting_from_a_business_and_a_need(
    peopled: Town, ana: Visitor, network: Network, client: int, partner: int
) -> None:
    """A business's page and a need lead to the form with both already chosen, and the form to a draft."""
    assert f"/introductions/new?for_us=yes&amp;target=business:{partner}" in ana.get(f"/businesses/{partner}").text
    service = next(iter(network.business(partner).services))
    need = network.add_need(client, NeedTold(service=service))
    found = re.search(r'href="(/introductions/new\?need=[^"]+)"', ana.get("/coverage/needs").text)
    assert found
    form_on = html.unescape(found[1])
    shown = ana.get(form_on).text
    assert f'value="person:{client}" selected' in shown
    fields = {"first": f"person:{client}", "target": f"business:{partner}", "need": str(need), "first_reason": "Nice."}
    answer = ana.post("/introductions", fields, form_on=form_on)
    (card,) = network.introductions()
    assert answer.location == f"/introductions/{card.introduction_id}"
    assert (card.need_id, card.service, card.first_reason) == (need, service, "Nice.")


@pytest.mark.parametrize("fields", [{}, {"first": "person:x"}, {"first": "person:1", "target": "ship:1"}])
def test_a_draft_needs_two(peopled: Town, ana: Visitor, fields: dict[str, str]) -> None:
    """Without two who are somebody the form comes back with a sentence."""
    answer = ana.post("/introductions", fields, form_on="/introductions/new")
    assert (answer.status_code, "Please choose somebody." in answer.text) == (400, True)


def test_the_list_and_its_file_agree(ana: Visitor, drafted: int, network: Network) -> None:
    """The filter of the URL holds for the list and for the file."""
    assert "Joe &lt;Miller&gt;" in ana.get("/introductions?stage=drafted").text
    assert "No introductions in this stage" in ana.get("/introductions?stage=met").text
    assert "Joe <Miller>" in ana.get("/introductions.csv?stage=drafted").text
    assert "Joe" not in ana.get("/introductions.csv?stage=met").text
    assert ana.get("/introductions.xlsx?stage=drafted").status_code == 200
