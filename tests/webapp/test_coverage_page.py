"""The page on coverage: its answer, its pictures, its gaps, and where each number leads."""

import csv
import html
import io
import re
from datetime import timedelta

import pytest

from matcher.answers.told import ClientTold, NeedTold
from matcher.units import now_utc
from tests.webapp.conftest import Town

SQUARE = re.compile(r'<a class="square (?:takes|open|ours)"[^>]*href="([^"]+)">(\d+)<')
STATE = re.compile(r'<th scope="row"><a href="([^"]+)">.*?</th><td class="number">([\d,]+)</td>')
NEED = re.compile(r'<article class="card need"')
SERVICE = re.compile(r'<tr><th scope="row"><a href="[^"]*service=([a-z_]+)">')
PATHS = ("/coverage", "/coverage/needs", "/coverage/recruit")


def _text(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def test_the_answer_comes_first(busy: Town) -> None:
    """The headline is the network's own sentence, and below it stands what to do next."""
    page = busy.visitor("ana").get("/coverage").text
    found = busy.circle.coverage()
    head = _text(page[page.index("<main") : page.index("</header>", page.index("<main"))])
    assert found.sentence in head
    assert f"{found.by_state['ready']} needs are ready" in _text(page)


@pytest.mark.parametrize("pattern", [SQUARE, STATE], ids=["squares", "states"])
def test_every_number_leads_to_the_needs_that_it_counts(busy: Town, pattern: re.Pattern[str]) -> None:
    """A square of the matrix, and a row of states, link to exactly as many needs as they say."""
    visitor = busy.visitor("ana")
    numbers = [(html.unescape(href), int(number)) for href, number in pattern.findall(visitor.get("/coverage").text)]
    assert len(numbers) > 4
    for href, number in numbers:
        assert len(NEED.findall(visitor.get(href).text)) == number, href


def test_the_matrix_has_a_line_for_each_service(busy: Town) -> None:
    """All services that clients need stand in the matrix, the largest gap first."""
    page = busy.visitor("ana").get("/coverage").text
    matrix = page[page.index('<table class="matrix">') :]
    assert SERVICE.findall(matrix[: matrix.index("</table>")]) == [row.service for row in busy.circle.coverage().rows]


def test_a_gap_says_what_would_help(busy: Town) -> None:
    """Each gap is there with its sentence, and leads to those who could close it."""
    page = busy.visitor("ana").get("/coverage").text
    gaps = busy.circle.coverage().gaps
    assert gaps
    for gap in gaps:
        assert gap.sentence.partition(": ")[2][1:] in html.unescape(page)
        assert f"/suggestions?service={gap.service}" in page


def test_the_matrix_goes_along_as_a_file(busy: Town) -> None:
    """The file has a row for each service of the matrix, for each that is to come, and for needs without a service."""
    visitor, found = busy.visitor("ana"), busy.circle.coverage()
    rows = list(csv.DictReader(io.StringIO(visitor.get("/coverage.csv").data.decode("utf-8-sig"))))
    assert len(rows) == len({row.service for row in found.rows} | found.expected.keys()) + 1
    assert sum(int(row["Needs"]) for row in rows) == found.needs
    assert [int(row["Covered"]) for row in rows[: len(found.rows)]] == [row.covered for row in found.rows]
    assert visitor.get("/coverage.xlsx").data[:2] == b"PK"


@pytest.mark.parametrize("path", PATHS)
def test_without_a_business_one_is_asked_for_it(busy: Town, path: str) -> None:
    """Somebody who has not said what they sell is led to the first run."""
    assert "First, your own business" in busy.visitor("cleo").get(path).text


@pytest.mark.parametrize("path", PATHS)
def test_without_needs_there_is_one_thing_to_do(peopled: Town, path: str) -> None:
    """Before any client has told a need, each page says so and offers one action."""
    page = peopled.visitor("ana").get(path)
    main = page.text[page.text.index("<main") :]
    assert page.status_code == 200
    assert '<div class="empty">' in main
    assert NEED.search(main) is None


def test_one_need_is_not_called_needs(peopled: Town) -> None:
    """The line of the last months ends with how many needs there are, also when there is one alone."""
    network = peopled.circle
    client = network.add_client(ClientTold(name="Joe"))
    network.add_need(client, NeedTold(service="plumber"), on=now_utc().date() - timedelta(days=40))
    page = peopled.visitor("ana").get("/coverage").text
    assert ">1 need</text>" in page


def test_a_member_sees_it_and_a_stranger_does_not(busy: Town) -> None:
    """Bob, a member, sees what Ana sees; somebody who is not signed in is asked to."""
    assert busy.visitor("bob").get("/coverage").status_code == 200
    assert busy.visitor().get("/coverage").status_code == 303
