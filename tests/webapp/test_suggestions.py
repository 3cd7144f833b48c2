"""The page of suggestions."""

import csv
import io
import re

import pytest

from matcher.answers.partners import Filters, Shortlist
from tests.webapp.conftest import Town
from webapp.pages.suggestions import SHOWN, chips, left_out
from webapp.serving import HOME

NAME = re.compile(r'<h2 id="name-(\d+)"')


def _found(town: Town, filters: Filters | None = None) -> Shortlist:
    return town.circle.suggestions(filters or Filters(), limit=1000)


def test_the_page_shows_the_best_first(peopled: Town) -> None:
    """The cards are the network's suggestions in their order."""
    page = peopled.visitor("ana").get("/suggestions").text
    best = [str(suggestion.business_id) for suggestion in _found(peopled).suggestions[:SHOWN]]
    assert NAME.findall(page) == best


def test_the_page_says_what_to_do_next(peopled: Town) -> None:
    """The first sentence names businesses to meet this week."""
    page = peopled.visitor("ana").get("/suggestions").text
    assert "Meet one of these this week" in page
    assert f'href="#b{_found(peopled).suggestions[0].business_id}"' in page


def test_three_of_a_kind_are_not_a_week(peopled: Town) -> None:
    """Those to meet this week sell three different things, each the best of its kind."""
    page = peopled.visitor("ana").get("/suggestions").text
    named = [int(number) for number in re.findall(r'href="#b(\d+)"', page)]
    ranked = _found(peopled).suggestions
    kinds = {s.business_id: s.services[0] for s in ranked}
    assert len({kinds[number] for number in named}) == len(named) == 3
    assert all(next(s for s in ranked if s.services[0] == kinds[n]).business_id == n for n in named)


def test_those_begun_come_first(peopled: Town) -> None:
    """Whoever has a yes already is named before new ones."""
    network = peopled.circle
    begun = _found(peopled).suggestions[0]
    network.decide(begun.business_id, "yes")
    page = peopled.visitor("ana").get("/suggestions").text
    assert f'Begun already:</strong> talk to <a href="/businesses/{begun.business_id}">' in page


def test_a_card_has_a_reason_for_each_side(peopled: Town) -> None:
    """Every card says what is in it for both."""
    page = peopled.visitor("ana").get("/suggestions").text
    sides = re.findall(r'<section class="side">(.*?)</section>', page, re.DOTALL)
    assert len(sides) == 2 * SHOWN
    assert all("<li" in side for side in sides)


def test_filters_live_in_the_url(peopled: Town) -> None:
    """The list under a URL is the network's answer to the filters in it."""
    page = peopled.visitor("ana").get("/suggestions?group=law&within_km=20").text
    wanted = _found(peopled, Filters(groups=("law",), within_km=20)).suggestions[:SHOWN]
    assert NAME.findall(page) == [str(suggestion.business_id) for suggestion in wanted]


def test_a_chip_takes_its_filter_out(peopled: Town) -> None:
    """Each active filter is a chip whose link is the URL without it."""
    filters = Filters(groups=("law", "money"), within_km=2.5, side="us", sells_to="both", text="smith", decided=True)
    with peopled.app.test_request_context(base_url="http://switchboard.test"):
        found = {chip.text: chip.href for chip in chips(filters)}
    assert list(found) == [
        "Law",
        "Money",
        "Within 2.5 km",
        "Sells to: households and businesses",
        "You gain more",
        "“smith”",
        "With those you answered",
    ]
    assert found["Money"] == "/suggestions?group=law&within_km=2.5&sells_to=both&side=us&q=smith&decided=yes"
    assert "group=law&group=money" in found["You gain more"]
    assert "side" not in found["You gain more"]


@pytest.mark.parametrize("cause", ["competitors", "too far away", "outside your filters", "a new cause"])
def test_what_is_left_out_can_be_followed(cause: str, peopled: Town) -> None:
    """Every cause has a count, words and a link that works."""
    visitor = peopled.visitor("ana")
    found = Shortlist(suggestions=(), total=0, considered=7, left_out={cause: 7})
    with peopled.app.test_request_context(base_url="http://switchboard.test"):
        from flask import g

        g.network = peopled.circle
        (shown,) = left_out(found, Filters())
    assert shown.count == 7
    assert shown.words
    assert visitor.get(shown.href).status_code == 200


def test_nobody_is_lost(peopled: Town) -> None:
    """Those suggested and those left out are all that were looked at."""
    found = _found(peopled, Filters(groups=("law",)))
    assert found.total + sum(found.left_out.values()) == found.considered


def test_paging_goes_on_where_the_page_ended(peopled: Town) -> None:
    """The second page begins with the first business that the first page did not show."""
    page = peopled.visitor("ana").get(f"/suggestions?first={SHOWN}").text
    assert NAME.findall(page)[0] == str(_found(peopled).suggestions[SHOWN].business_id)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_file_is_the_filtered_list(form: str, peopled: Town) -> None:
    """An export is offered for the same filters, as a file to keep."""
    visitor = peopled.visitor("ana")
    page = visitor.get("/suggestions?group=law").text
    assert f'href="/suggestions.{form}?group=law"' in page
    answer = visitor.get(f"/suggestions.{form}?group=law")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="suggestions.{form}"'


def test_the_csv_has_every_row(peopled: Town) -> None:
    """The file holds all suggestions under the filters, not one page of them."""
    content = peopled.visitor("ana").get("/suggestions.csv?group=law").data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))
    assert len(rows) - 1 == _found(peopled, Filters(groups=("law",))).total


def test_without_a_business_one_is_asked_for_it(peopled: Town) -> None:
    """Somebody who has not said what they sell is led to the first run."""
    page = peopled.visitor("cleo").get("/suggestions").text
    assert "First, your own business" in page
    assert 'href="/start"' in page


def test_without_a_directory_one_is_asked_for_a_list(town: Town) -> None:
    """An empty directory leads to the import."""
    town.circle.settle(HOME)
    page = town.visitor("ana").get("/suggestions").text
    assert "No businesses yet" in page


def test_filters_that_fit_nobody_can_be_cleared(peopled: Town) -> None:
    """A list that filters have emptied offers to clear them, and to say what was left out."""
    page = peopled.visitor("ana").get("/suggestions?q=zzzz").text
    assert "Nobody fits these filters" in page
    assert "are outside your filters" in page


def test_typing_fetches_the_list_alone(peopled: Town) -> None:
    """A live form gets the cards without the frame."""
    text = peopled.visitor("ana").get("/suggestions?group=law", headers={"X-Fragment": "results"}).text
    assert NAME.findall(text)
    assert "<html" not in text


def test_why_not_finds_a_business_by_name(peopled: Town) -> None:
    """A part of a name leads to the pages of those who have it, suggested or not."""
    visitor = peopled.visitor("ana")
    assert "Abernethy &amp; Sato Estate Law" in visitor.get("/why-not?q=abernethy").text
    assert "Nobody of that name" in visitor.get("/why-not?q=zzzz").text
