"""The page of one business, and what an owner answers there."""

import re
from html import unescape
from math import isclose, prod

import pytest

from matcher.answers.partners import Filters
from tests.webapp.conftest import Town
from tests.webapp.visitors import Visitor

LINK = re.compile(r'<a [^>]*href="(/[^"#]*)')


def _best(town: Town) -> int:
    return town.circle.suggestions(limit=1).suggestions[0].business_id


def _competitor(town: Town) -> int:
    sellers = town.circle.directory(Filters(services=("mortgage_broker",))).businesses
    return next(b.business_id for b in sellers if town.circle.why(b.business_id).standing == "competitor")


def _say(visitor: Visitor, business_id: int, **fields: str) -> None:
    answer = visitor.post(f"/businesses/{business_id}/verdict", fields, form_on=f"/businesses/{business_id}")
    assert answer.status_code == 303


def test_every_number_can_be_followed(peopled: Town) -> None:
    """Every link of the page, and so the source of every term, leads to a page."""
    visitor = peopled.visitor("ana")
    links = {unescape(link) for link in LINK.findall(visitor.get(f"/businesses/{_best(peopled)}").text)}
    assert any(link.startswith("/about/journey/") for link in links)
    assert {link: visitor.get(link, follow_redirects=True).status_code for link in links} == dict.fromkeys(links, 200)


def test_the_terms_multiply_to_the_whole(peopled: Town) -> None:
    """The factors of all terms, multiplied, are the number below them, within rounding."""
    page = peopled.visitor("ana").get(f"/businesses/{_best(peopled)}").text
    *factors, product = (float(number.replace(",", "")) for number in re.findall(r"× ([\d.,]+)", page))
    assert len(factors) > 5
    assert isclose(prod(factors), product, rel_tol=0.1)


def test_a_competitor_is_explained(peopled: Town) -> None:
    """The page of a competitor says what both sell and what would change it."""
    page = peopled.visitor("ana").get(f"/businesses/{_competitor(peopled)}").text
    assert "Competes with you" in page
    assert "Both of you sell: <strong>Mortgage broker" in page
    assert "What would change this" in page


def test_without_a_business_of_ones_own_facts_are_shown(peopled: Town) -> None:
    """Somebody who has not said what they sell sees the facts, and is asked for it."""
    page = peopled.visitor("cleo").get(f"/businesses/{_best(peopled)}").text
    assert "Facts" in page
    assert "Describe your business" in page


def test_yes_opens_a_courted_partnership(peopled: Town) -> None:
    """A yes is kept, courts the business, and can be undone from the next page."""
    visitor, business_id = peopled.visitor("ana"), _best(peopled)
    _say(visitor, business_id, answer="yes")
    page = visitor.get(f"/businesses/{business_id}").text
    assert peopled.circle.business(business_id).stage == "courted"
    (undo,) = set(re.findall(r'action="(/verdicts/\d+/undo)"', page))
    visitor.post(undo, form_on=f"/businesses/{business_id}")
    assert peopled.circle.business(business_id).stage is None


def test_no_keeps_its_reason(peopled: Town) -> None:
    """A no is shown with the reason chosen and the words added."""
    visitor, business_id = peopled.visitor("ana"), _best(peopled)
    _say(visitor, business_id, answer="no", reason="They compete with me", words="since last year")
    assert (
        "You said no.</strong> They compete with me: since last year." in visitor.get(f"/businesses/{business_id}").text
    )


def test_later_comes_back(peopled: Town) -> None:
    """A later takes the business off the list for now and says for how long."""
    visitor, business_id = peopled.visitor("ana"), _best(peopled)
    _say(visitor, business_id, answer="later", next="/suggestions?group=property")
    page = visitor.get("/suggestions").text
    assert "comes back in 30 days" in page
    assert f'id="b{business_id}"' not in page


@pytest.mark.parametrize(("next_path", "expected"), [("/suggestions?q=a", "/suggestions?q=a"), ("//evil.test", "/bus")])
def test_an_answer_leads_back_to_the_list(next_path: str, expected: str, peopled: Town) -> None:
    """The page after an answer is the one that it was given on, and never somebody else's."""
    visitor, business_id = peopled.visitor("ana"), _best(peopled)
    fields = {"answer": "yes", "next": next_path}
    answer = visitor.post(f"/businesses/{business_id}/verdict", fields, form_on="/suggestions")
    assert answer.location.startswith(expected)


@pytest.mark.parametrize("fields", [{}, {"answer": "perhaps"}])
def test_an_answer_must_be_one(fields: dict[str, str], peopled: Town) -> None:
    """What is neither yes, later nor no is refused and changes nothing."""
    visitor, business_id = peopled.visitor("ana"), _best(peopled)
    assert visitor.post(f"/businesses/{business_id}/verdict", fields, form_on="/suggestions").status_code == 400
    assert peopled.circle.business(business_id).verdict is None


def test_a_stage_can_be_taken_back(peopled: Town) -> None:
    """Moving a partnership along offers the stage before."""
    visitor, business_id = peopled.visitor("ana"), _best(peopled)
    _say(visitor, business_id, answer="yes")
    visitor.get("/suggestions")  # has shown what it had to say
    path = f"/businesses/{business_id}/stage"
    visitor.post(path, {"stage": "agreed", "next": "/network"}, form_on=f"/businesses/{business_id}")
    assert peopled.circle.business(business_id).stage == "agreed"
    page = visitor.get("/network").text
    notice = page[page.index('class="notices"') :]
    assert f'action="{path}"' in notice
    assert 'name="stage" value="courted"' in notice


def test_a_partner_is_asked_for_no_answer(peopled: Town) -> None:
    """Once partners have agreed, the page offers stages; the verdict that began it is history."""
    business_id = _best(peopled)
    peopled.circle.decide(business_id, "yes")
    peopled.circle.set_stage(business_id, "agreed")
    page = peopled.visitor("ana").get(f"/businesses/{business_id}").text
    assert "They are your partner." in page
    assert "/verdict" not in page


def test_a_stage_needs_a_yes(peopled: Town) -> None:
    """A business to which nobody said yes has no stage to change."""
    visitor, business_id = peopled.visitor("ana"), _best(peopled)
    answer = visitor.post(f"/businesses/{business_id}/stage", {"stage": "agreed"}, form_on="/suggestions")
    assert answer.status_code == 400
    assert peopled.circle.business(business_id).stage is None


def test_anothers_verdict_looks_missing(peopled: Town) -> None:
    """Undoing a verdict of another network answers as for one that does not exist, and changes nothing."""
    business_id = _best(peopled)
    verdict = peopled.circle.decide(business_id, "yes")
    cleo = peopled.visitor("cleo")
    foreign = cleo.post(f"/verdicts/{verdict}/undo", form_on="/suggestions")
    missing = cleo.post("/verdicts/999999/undo", form_on="/suggestions")
    assert (foreign.status_code, foreign.data) == (missing.status_code, missing.data)
    assert foreign.status_code == 404
    assert peopled.circle.business(business_id).verdict == "yes"


def test_what_one_network_thinks_another_does_not_see(peopled: Town) -> None:
    """A verdict on a business of the shared directory is private."""
    business_id = _best(peopled)
    peopled.circle.decide(business_id, "no", "canary reason")
    assert "canary reason" not in peopled.visitor("cleo").get(f"/businesses/{business_id}").text


@pytest.mark.parametrize("number", ["999999", "2147483648", "9" * 40])
def test_a_missing_business_is_not_found(number: str, peopled: Town) -> None:
    """Numbers that no business has are not found, however large."""
    assert peopled.visitor("ana").get(f"/businesses/{number}").status_code == 404


def test_a_website_can_only_be_a_website(peopled: Town) -> None:
    """An address that is no website is shown as text, and markup in a name stays text."""
    network = peopled.circle
    rows = b"Name,Category,Website\n<script>alert(1)</script> Bakers,Bakery,javascript:alert(1)\n"
    network.store_import(network.stage("list.csv", rows).import_id)
    (business,) = network.directory(Filters(text="Bakers")).businesses
    page = peopled.visitor("ana").get(f"/businesses/{business.business_id}").text
    assert 'href="javascript' not in page
    assert "<script>alert" not in page
