"""The directory: search, filters, pages, files."""

import csv
import io
import re
from html import unescape

import pytest

from matcher.answers.partners import Filters
from matcher.taxonomy import taxonomy
from tests.webapp.conftest import Town
from tests.webapp.visitors import Visitor
from webapp.pages.directory import SHOWN

ROW = re.compile(r'<th scope="row"><a href="/businesses/(\d+)">(.*?)</a>')


def _rows(visitor: Visitor, path: str) -> list[tuple[int, str]]:
    page = visitor.get(path)
    assert page.status_code == 200
    return [(int(number), unescape(name)) for number, name in ROW.findall(page.text)]


def _names_of(town: Town, filters: Filters) -> list[str]:
    found = town.circle.directory(filters, limit=1000)
    return [card.name for card in found.businesses]


def test_the_list_goes_by_name_and_pages(peopled: Town) -> None:
    """The first pages together are the whole directory by name, each business once."""
    ana = peopled.visitor("ana")
    everybody = _names_of(peopled, Filters())
    paged = [name for first in range(0, len(everybody), SHOWN) for _, name in _rows(ana, f"/directory?first={first}")]
    assert paged == everybody
    assert f"1–{SHOWN} of {len(everybody)} businesses" in ana.get("/directory").text


@pytest.mark.parametrize("text", ["tamsel", "Wrenfield", "97", "title river", "%", "_", "'"])
def test_search_looks_at_name_town_and_postcode(peopled: Town, text: str) -> None:
    """Every word is looked for as it is written; signs that a database treats in a special way are plain signs."""
    listed = [name for _, name in _rows(peopled.visitor("ana"), f"/directory?q={text.replace('%', '%25')}")]
    assert listed == _names_of(peopled, Filters(text=text))[:SHOWN]


def test_a_group_and_a_service_narrow_the_list(peopled: Town) -> None:
    """A group shows whoever sells one of its services, a service of that group fewer of them."""
    ana = peopled.visitor("ana")
    group = [name for _, name in _rows(ana, "/directory?group=law")]
    service = [name for _, name in _rows(ana, "/directory?group=law&service=estate_attorney")]
    assert group == _names_of(peopled, Filters(groups=("law",)))[:SHOWN]
    assert service == _names_of(peopled, Filters(services=("estate_attorney",)))
    assert set(service) < set(_names_of(peopled, Filters(groups=("law",))))


def test_a_service_of_another_group_is_forgotten(peopled: Town) -> None:
    """When somebody changes the group, the service that belonged to the old one no longer narrows the list."""
    ana = peopled.visitor("ana")
    assert _rows(ana, "/directory?group=law&service=plumber") == _rows(ana, "/directory?group=law")


def test_the_services_offered_are_those_of_the_group(peopled: Town) -> None:
    """With a group chosen, the second filter lists its services only."""
    page = peopled.visitor("ana").get("/directory?group=law").text
    offered = re.search(r'<select id="service".*?</select>', page, re.DOTALL)
    assert offered
    codes = set(re.findall(r'value="(\w+)"', offered[0]))
    assert codes == {service.code for service in taxonomy().services.values() if service.group == "law"}


def test_the_services_looked_for_are_named_first(peopled: Town) -> None:
    """A business that is found for one of many services is shown with that one."""
    network = peopled.circle
    page = peopled.visitor("ana").get("/directory?service=plumber").text
    sells = re.findall(r'<th scope="row"><a href="/businesses/\d+">.*?</th>\s*<td>(.*?)</td>', page, re.DOTALL)
    assert len(sells) == network.directory(Filters(services=("plumber",))).total
    assert all(text.startswith(taxonomy().services["plumber"].name) for text in sells)


def test_the_list_says_what_the_network_thinks(peopled: Town) -> None:
    """A partner, somebody courted and a no are marked; another network sees none of it."""
    network = peopled.circle
    partner, courted, refused = (card.business_id for card in network.directory(limit=3).businesses)
    network.set_stage(partner, "agreed")
    network.decide(courted, "yes")
    network.decide(refused, "no")
    marks = re.compile(r'<span class="chip [a-z]*">(.*?)</span>')
    assert marks.findall(peopled.visitor("ana").get("/directory").text) == ["Partner", "Getting to know", "No"]
    assert marks.findall(peopled.visitor("cleo").get("/directory").text) == []


def test_an_empty_directory_leads_to_the_import(town: Town) -> None:
    """Without any business the page offers one action."""
    page = town.visitor("ana").get("/directory").text
    assert "No businesses yet" in page
    assert 'href="/imports"' in page


def test_nothing_found_leads_back(peopled: Town) -> None:
    """A search without result says so and offers the whole list."""
    page = peopled.visitor("ana").get("/directory?q=zzzz").text
    assert "Nobody found" in page
    assert not ROW.findall(page)


def test_typing_refreshes_only_the_list(peopled: Town) -> None:
    """A script that asks for the block gets the list without the frame."""
    part = peopled.visitor("ana").get("/directory?q=tamsel", headers={"X-Fragment": "found"}).text
    assert ROW.search(part)
    assert "<html" not in part


@pytest.mark.parametrize("query", ["", "q=tamsel", "group=law", "service=plumber&service=roofer", "group=law&q=zzzz"])
def test_the_file_holds_exactly_the_filtered_list(peopled: Town, query: str) -> None:
    """The CSV has the businesses of all pages, in their order."""
    ana = peopled.visitor("ana")
    answer = ana.get(f"/directory.csv?{query}")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="directory.csv"'
    assert answer.headers["Cache-Control"] == "no-store"
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    pages = range(0, max(1, len(rows)), SHOWN)
    assert [row["Name"] for row in rows] == [
        n for first in pages for _, n in _rows(ana, f"/directory?{query}&first={first}")
    ]


def test_one_file_at_a_time(peopled: Town) -> None:
    """While a list is being written, the network's next one is told to come back; another network's is not."""
    ana, cleo = peopled.visitor("ana"), peopled.visitor("cleo")
    assert ana.get("/directory.csv").status_code == 200
    with peopled.app.extensions["downloads"][peopled.network]:
        refused = ana.get("/directory.csv")
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "60")
        assert "being written already" in refused.text
        assert cleo.get("/directory.csv").status_code == 200
    assert ana.get("/directory.csv").status_code == 200


def test_the_list_is_a_workbook(peopled: Town) -> None:
    """The same list as a file that Excel opens."""
    answer = peopled.visitor("ana").get("/directory.xlsx?q=tamsel")
    assert answer.data.startswith(b"PK")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="directory.xlsx"'


@pytest.mark.parametrize(
    "path", ["/directory?first=999999999", "/directory?first=-1&q=a", "/directory?group=nope&service=nope"]
)
def test_odd_arguments_are_harmless(peopled: Town, path: str) -> None:
    """A page that is too far, or a code that nobody knows, gives a page all the same."""
    assert peopled.visitor("ana").get(path).status_code == 200


@pytest.mark.parametrize("path", ["/businesses/99999999999", f"/businesses/{'9' * 5000}", "/imports/2147483648"])
def test_a_number_that_no_row_has_is_a_missing_page(peopled: Town, path: str) -> None:
    """However long a number in a URL is, the answer is 404."""
    assert peopled.visitor("ana").get(path).status_code == 404
