"""Whom to bring together, on a page and as a file."""

import csv
import io
from html import unescape

from tests.webapp.conftest import Town


def test_pairs_have_a_reason_for_each_side(busy: Town) -> None:
    """Every pair is shown in the network's order, with a reason for each side."""
    page, found = unescape(busy.visitor("ana").get("/broker").text), busy.circle.bring_together()
    assert found.pairs
    at = 0
    for two in found.pairs:
        at = page.index(f'id="pair-{two.rank}"', at)
        assert two.first_reason in page[at:]
        assert two.second_reason in page[at:]


def test_each_figure_leads_to_whose_clients_they_are(busy: Town) -> None:
    """The figure of one side leads to what we know of the other, and pages behind it are there."""
    ana, (two, *_) = busy.visitor("ana"), busy.circle.bring_together().pairs
    text = ana.get("/broker").text
    card = text[text.index(f'id="pair-{two.rank}"') :]
    links = [part.split('"')[0] for part in card.split('<p><a href="')[1:3]]
    assert links == [f"/businesses/{one}/facts" for one in (two.second_business_id, two.first_business_id)]
    assert [ana.get(link).status_code for link in links] == [200, 200]


def test_those_who_know_each_other_leave_the_list(busy: Town) -> None:
    """One tap says that two have met, which takes them off the list; undo brings them back."""
    ana, network = busy.visitor("ana"), busy.circle
    two, before = network.bring_together().pairs[0], network.bring_together().total
    fields = {"first": str(two.first_business_id), "second": str(two.second_business_id)}
    ana.post("/broker/met", fields, form_on="/broker")
    found = network.bring_together()
    assert (found.total, found.met) == (before - 1, 1)
    page = unescape(ana.get("/broker").text)
    assert f"{two.first} and {two.second} know each other." in page
    assert {found.met_pairs[0].first, found.met_pairs[0].second} == {two.first, two.second}
    assert "Who has met already" in page
    undo = page.split('action="/ties/')[1].split('"')[0]
    assert ana.post(f"/ties/{undo}", {"next": "/broker"}, form_on="/broker").headers["Location"] == "/broker"
    assert network.bring_together().total == before


def test_somebody_has_to_be_named(busy: Town) -> None:
    """Without two numbers nothing is kept."""
    assert busy.visitor("ana").post("/broker/met", {"first": "1"}, form_on="/broker").status_code == 400
    assert busy.circle.bring_together().met == 0


def test_the_file_holds_every_pair(busy: Town) -> None:
    """The CSV holds all pairs, in the order of the page, and the Excel file is one."""
    ana, found = busy.visitor("ana"), busy.circle.bring_together(limit=5_000)
    rows = list(csv.DictReader(io.StringIO(ana.get("/broker.csv").data.decode("utf-8-sig"))))
    assert [(row["First"], row["Second"]) for row in rows] == [(two.first, two.second) for two in found.pairs]
    assert ana.get("/broker.xlsx").data.startswith(b"PK")


def test_without_partners_the_page_says_what_it_takes(peopled: Town) -> None:
    """Who has no two partners reads that it takes two."""
    assert "It takes two partners" in peopled.visitor("ana").get("/broker").text
