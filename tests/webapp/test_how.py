"""How suggestions work: everything that counts is explained, and its example can be checked."""

import re
from html import unescape
from math import exp, isclose, log

import pytest

from matcher.answers.partners import Factor, Filters
from matcher.network import Network
from tests.webapp.conftest import Town

ROW = re.compile(r"<tr><td><b><a href=\"#factor-(\w+)\".*?</tr>", re.DOTALL)
NUMBERS = re.compile(r'<td class="number">(.*?)</td>', re.DOTALL)
TAG = re.compile(r"<[^>]*>")
LINK = re.compile(r'<a [^>]*href="(/[^"#]*)')


def _lines(page: str) -> list[tuple[str, float, float, float]]:
    """(Factor, ln, factor, score) of each line of the example."""
    found = []
    for row in ROW.finditer(page):
        ln, times, score = (float(TAG.sub("", cell).lstrip("× ")) for cell in NUMBERS.findall(row[0]))
        found.append((row[1], ln, times, score))
    return found


def _baseline(page: str) -> float:
    first = page[page.index("The middle of your list") :]
    return float(TAG.sub("", NUMBERS.findall(first)[2]))


@pytest.mark.parametrize("name", ["ana", "cleo"])
def test_a_calculator_comes_to_the_same_score(peopled: Town, name: str) -> None:
    """Line by line, the score above times the factor is the score beside it, and the factor is e to the ln."""
    page = peopled.visitor(name).get("/how").text
    lines, score = _lines(page), _baseline(page)
    told = {one.name for one in Network.factors() if one.kind != "number"}
    private = {"sending", "closing", "keeping_promises"}  # of a stranger there is nothing to say
    factors = {one.name for one in Network.factors() if one.kind == "factor"} - private
    assert factors <= {term for term, *_ in lines} <= told
    for _, ln, times, so_far in lines:
        assert isclose(exp(ln), times, rel_tol=1e-3)
        assert isclose(score * times, so_far, rel_tol=2e-3)
        score = so_far
    assert isclose(sum(ln for _, ln, *_ in lines), log(score / _baseline(page)), abs_tol=2e-3)


def test_the_example_is_the_owners_best_suggestion(peopled: Town) -> None:
    """The example is the first of the list; another business can be asked for."""
    network, ana = peopled.circle, peopled.visitor("ana")
    first, second = network.suggestions(limit=2).suggestions
    for path, business in (("/how", first), (f"/how?business={second.business_id}", second)):
        page = ana.get(path).text
        assert business.name in unescape(page)
        assert isclose(_lines(page)[-1][3], business.score, rel_tol=1e-3)


def test_without_a_business_of_ones_own_the_example_is_made_up(peopled: Town) -> None:
    """Who has not said what they sell sees a made-up example, is told so, and no link of it leads nowhere."""
    cleo = peopled.visitor("cleo")
    page = cleo.get("/how").text
    assert "this example is made up" in page
    links = {unescape(link) for link in LINK.findall(page)}
    assert not any("/businesses/" in link for link in links)
    assert {cleo.get(link, follow_redirects=True).status_code for link in links} == {200}


def test_every_number_of_the_example_can_be_followed(peopled: Town) -> None:
    """Every link of the page leads to a page, and each line of the example has one for its datum."""
    ana = peopled.visitor("ana")
    page = ana.get("/how").text
    links = {unescape(link) for link in LINK.findall(page)}
    assert {link: ana.get(link, follow_redirects=True).status_code for link in links} == dict.fromkeys(links, 200)
    for row in ROW.finditer(page):
        assert all("<a href=" in cell for cell in NUMBERS.findall(row[0])[:2]), row[0]


def test_everything_that_counts_is_explained(peopled: Town) -> None:
    """The page holds each factor and number with its meaning, its weight and its source, in the words of the code."""
    page = unescape(peopled.visitor("ana").get("/how").text)
    for one in Network.factors():
        assert one.sentence in page
        assert one.source in page


def test_a_competitor_has_no_score_to_work_out(peopled: Town) -> None:
    """Asked for a competitor, the page says that it competes instead of an arithmetic."""
    network = peopled.circle
    sellers = network.directory(Filters(services=("mortgage_broker",))).businesses
    rival = next(b for b in sellers if network.why(b.business_id).standing == "competitor")
    page = peopled.visitor("ana").get(f"/how?business={rival.business_id}").text
    assert "no score to work out" in page
    assert _lines(page) == []


@pytest.mark.parametrize(
    ("asked", "status"), [("999999", 404), ("9" * 18, 404), ("9" * 5000, 200), ("x", 200), ("-1", 200), ("²", 200)]
)
def test_what_is_no_business(peopled: Town, asked: str, status: int) -> None:
    """A number that nobody has is not found; what is no number gives the usual example."""
    assert peopled.visitor("ana").get(f"/how?business={asked}").status_code == status


def test_the_way_there_is_on_every_page(peopled: Town) -> None:
    """The footer leads to the explanation, the list and each business as well; nobody signed in is asked to."""
    ana = peopled.visitor("ana")
    best = peopled.circle.suggestions(limit=1).suggestions[0].business_id
    assert 'href="/how"' in ana.get("/imports").text
    assert ana.get("/suggestions").text.count('href="/how"') == 2
    assert f'href="/how?business={best}"' in ana.get(f"/businesses/{best}").text
    assert peopled.visitor().get("/how").location.startswith("/sign-in")


def test_every_constant_says_where_it_comes_from() -> None:
    """Every factor and number has a sentence, and a source that is judgement or a command."""
    found = Network.factors()
    assert {one.name for one in found} >= {"GIVING", "CLOSES", "TIER_FIT", "PERSONAL", "PRIORS", "COMPETES", "PARTLY"}
    for one in found:
        assert isinstance(one, Factor)
        assert one.sentence.endswith(".")
        assert one.source.startswith(("prior", "python -m tests.bench"))
