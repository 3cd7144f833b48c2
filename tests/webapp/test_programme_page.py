"""The pages of the first six months: the list, the queue, this week with its connections, the lock, the deals."""

import re
from datetime import timedelta
from html import unescape

import pytest
from werkzeug.test import TestResponse

from matcher.answers.posted import SenderTold
from matcher.answers.programme import DealTold, ProgrammeTold, TagsTold
from matcher.answers.told import ClientTold, NeedTold
from matcher.network import Network
from matcher.units import now_utc
from tests.webapp.conftest import Town
from tests.webapp.visitors import Visitor

TODAY = now_utc().date()


@pytest.fixture
def ana(peopled: Town) -> Visitor:
    """Ana's browser."""
    return peopled.visitor("ana")


@pytest.fixture
def network(peopled: Town) -> Network:
    """Ana's network, on the first day of her programme."""
    network = peopled.circle
    network.begin_programme(ProgrammeTold())
    return network


def _next(visitor: Visitor, answer: TestResponse) -> str:
    """The text of the page that an answer leads to."""
    return unescape(visitor.get(answer.location).text)


def test_after_the_last_week(ana: Visitor, network: Network) -> None:
    """The page says that all weeks are behind the owner, and a week that the URL names is shown as before."""
    network.begin_programme(ProgrammeTold(started_on=TODAY - timedelta(days=182)))
    page = ana.get("/programme").text
    assert "<h1>All 26 weeks are behind you</h1>" in page
    assert "This week<" not in page
    assert "<h1>Week 26 of 26</h1>" in ana.get("/programme?week=26").text


def test_names_and_questions(ana: Visitor, network: Network) -> None:
    """Names are added in one line, a question leads to the next, and Undo takes the names off again."""
    page = ana.get("/list").text
    assert "Whom would you invite to a wedding" in unescape(page)
    told = {"names": "Mia Hart, Joe Park", "jogger": "family_1", "next": "yes"}
    page = _next(ana, ana.post("/list", told, form_on="/list"))
    assert "Added: Mia Hart, Joe Park." in page
    assert "Whose children or parents do you know by name?" in page
    numbers = re.findall(r'name="person" value="(\d+)"', page)
    ana.post("/list/off", {"person": numbers}, form_on="/list")
    assert network.people_list().size == 0
    refused = ana.post("/list", {"names": " , "}, form_on="/list")
    assert (refused.status_code, "Please write one name or more" in refused.text) == (400, True)


def test_who_is_on_the_list(ana: Visitor, network: Network) -> None:
    """Numbers lead to the people they count, the page narrows them, and its files hold whom it lists."""
    mia, joe = network.add_names("Mia Hart, Joe Park").person_ids
    network.tag(mia, TagsTold(offers=("plumber",), lacks=("a moving company",)))
    network.add_client(ClientTold(name="Cy Park"), [NeedTold(service="tax_preparer")])
    assert 'href="/list/people?which=tagged"' in ana.get("/programme").text
    page = ana.get("/list/people?which=tagged").text
    shown = [text in page for text in (f'href="/list/{mia}"', "Plumber", "a moving company", f'href="/list/{joe}"')]
    assert shown == [True, True, True, False]
    names = {form: ana.get(f"/list/people.{form}?q=park").data for form in ("csv", "vcf")}
    held = {form: (b"Joe Park" in file, b"Mia" in file, b"Tax preparer" in file) for form, file in names.items()}
    assert held == {"csv": (True, False, True), "vcf": (True, False, False)}
    assert "Nobody found" in ana.get("/list/people?q=zzzz").text


def test_the_queue_goes_from_person_to_person(ana: Visitor, network: Network) -> None:
    """Tags are looked up as they are typed, what we do not know is asked back, and the next person follows."""
    mia, joe = network.add_names("Mia Hart, Joe Park").person_ids
    assert "Mia Hart" in ana.get("/list/next").text
    told = {"queue": "yes", "offers": "plumer, roofer", "serves": "retirees", "lacks": "a moving company", "years": "3"}
    wrong = ana.post(f"/list/{mia}", {**told, "offers": "xyzzyx"}, form_on="/list/next")
    assert (wrong.status_code, "We do not know “xyzzyx”" in wrong.text, "a moving company" in wrong.text) == (
        400, True, True,
    )  # fmt: skip
    answer = ana.post(f"/list/{mia}", told, form_on="/list/next")
    assert answer.location.endswith(f"/list/next?after={mia}")
    assert "Joe Park" in ana.get("/list/next").text
    card = network.listed(mia)
    assert (set(card.offers), card.lacks[0].service, card.tie.years) == ({"plumber", "roofer"}, "moving_company", 3)
    page = _next(ana, ana.post(f"/list/{mia}/lacks/{card.lacks[0].need_id}/remove", {}, form_on="/list/next"))
    assert "It is taken back." in page
    ana.post(f"/list/{mia}/lacks", {"wording": "a moving company"}, form_on="/list/next")
    assert network.listed(mia).lacks[0].service == "moving_company"
    assert f"after={joe}" in ana.get("/list/next").text
    ana.post(f"/list/{joe}", {"queue": "yes"}, form_on="/list/next")
    assert "You have gone through all 2 people" in ana.get("/list/next").text


def test_a_week_with_its_connection(ana: Visitor, network: Network) -> None:
    """This week shows its steps and a connection with the words to say; one button drafts the introduction."""
    mia, joe = network.add_names("Mia Hart, Joe Park").person_ids
    network.tag(mia, TagsTold(lacks=("a moving company",)))
    network.tag(joe, TagsTold(offers=("moving_company",)))
    page = unescape(ana.get("/programme").text)
    assert "Week 1 of 26" in page
    assert "You noted for Mia Hart: “a moving company”." in page
    assert "You told me about this: a moving company." in page
    fields = dict(re.findall(r'name="(first|target|need|first_reason|target_reason)" value="([^"]+)"', page))
    answer = ana.post("/introductions", fields, form_on="/programme")
    assert "Ask Mia Hart first" in _next(ana, answer)
    assert network.introductions()[0].need_id == network.listed(mia).lacks[0].need_id


def test_a_week_is_kept(ana: Visitor, network: Network) -> None:
    """One button keeps the week, with the minutes if one likes; Undo opens it again."""
    page = _next(ana, ana.post("/programme/week", {"week": 1, "minutes": "18"}, form_on="/programme"))
    assert "Week 1 is kept." in page
    assert network.counts().weeks_kept == 1
    ana.post("/programme/week", {"week": 1, "kept": "no"}, form_on="/programme")
    assert network.counts().weeks_kept == 0
    assert ana.post("/programme/week", {"week": 99}, form_on="/programme").status_code == 404


def test_the_programme_begins_with_a_page(peopled: Town) -> None:
    """Who has not begun is told how it goes; a member who is no owner can neither begin it nor open selling."""
    ana, bob = peopled.visitor("ana"), peopled.visitor("bob")
    assert "sell nothing" in ana.get("/programme").text
    for path in ("/programme", "/programme/selling"):
        assert bob.post(path, {"goal": "200"}, form_on="/programme").status_code == 403
    refused = ana.post("/programme", {"goal": "150"}, form_on="/programme")
    assert (refused.status_code, "100 or of 200" in refused.text) == (400, True)
    ana.post("/programme", {"goal": "200"}, form_on="/programme")
    assert "of 200 people" in ana.get("/programme").text


def test_a_draft_that_sells_comes_back(ana: Visitor, network: Network) -> None:
    """A draft that sells stays as it was written, with what to say instead; after selling is opened it goes."""
    network.set_sender(SenderTold(name="Ana", email="ana@example.com", postal_address="1 Main St"))
    told = {"key": "x", "to_email": "mia@example.com", "subject": "Hi", "body": "Buy now, Mia."}
    for path in ("/outbox", "/letters/eml", "/letters/by-post"):
        page = ana.post(path, told, form_on="/programme")
        assert page.status_code == 400
        assert "“Buy now” sells." in page.text
        assert "Buy now, Mia." in page.text
    ana.post("/programme/selling", {"open": "yes"}, form_on="/programme")
    assert ana.post("/outbox", told, form_on="/programme").status_code == 303


def test_deals_come_and_go(ana: Visitor, network: Network) -> None:
    """A partner's deal stands on the board and beside this week; taken off, Undo puts it back."""
    best = network.suggestions(limit=1).suggestions[0].business_id
    network.decide(best, "yes")
    last = (TODAY + timedelta(days=9)).isoformat()
    told = {"business": best, "what": "A free hour", "until": last}
    refused = ana.post("/deals", {**told, "until": ""}, form_on="/deals")
    assert (refused.status_code, "the last day" in refused.text) == (400, True)
    ana.post("/deals", told, form_on="/deals")
    assert "A free hour" in ana.get("/deals").text
    assert "A free hour" in ana.get("/programme").text
    (deal,) = network.deals()
    page = _next(ana, ana.post(f"/deals/{deal.deal_id}/remove", {}, form_on="/deals"))
    assert "It is off the board." in page
    network.add_deal(
        DealTold(business_id=best, what="B", from_on=TODAY + timedelta(days=1), until_on=TODAY + timedelta(2))
    )
    assert "B" not in [deal.what for deal in network.deals() if deal.running]


def test_tasks_lead_to_the_programme(ana: Visitor, network: Network) -> None:
    """A step on the agenda leads to its week, and a word to a contact to their tags."""
    (mia,) = network.add_names("Mia Hart").person_ids
    network.tag(mia, TagsTold(standing="cold"))
    page = ana.get("/agenda?kind=giving").text
    assert 'href="/programme?week=1"' in page
    assert f'href="/list/{mia}"' in page
