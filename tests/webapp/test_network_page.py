"""The network as a picture and as a table."""

import csv
import io
import re

from matcher.answers.partners import Filters
from tests.webapp.conftest import Town

SEAT = re.compile(r'<a href="([^"]*)" class="seat (\w+)')
ROW = re.compile(r'<th scope="row"><a href="([^"]*)"')


def _court(town: Town, name: str, *, agreed: bool = False) -> int:
    network = town.circle
    (business,) = network.directory(Filters(text=name)).businesses
    network.decide(business.business_id, "yes")
    if agreed:
        network.set_stage(business.business_id, "agreed")
    return business.business_id


def test_the_picture_and_the_table_say_the_same(peopled: Town) -> None:
    """Each seat is a link in the picture and the same link in the table."""
    _court(peopled, "Tamsel River Title", agreed=True)
    page = peopled.visitor("ana").get("/network").text
    seats = [href for href, _ in SEAT.findall(page)]
    assert len(seats) == len(peopled.circle.picture().seats)
    assert sorted(seats) == sorted(ROW.findall(page))


def test_states_are_drawn(peopled: Town) -> None:
    """A partner, somebody courted and an empty seat look different, and lead to where one goes on."""
    partner = _court(peopled, "Tamsel River Title", agreed=True)
    courted = _court(peopled, "Bjornstad Insurance")
    drawn = dict(SEAT.findall(peopled.visitor("ana").get("/network").text))
    assert drawn[f"/businesses/{partner}"] == "partner"
    assert drawn[f"/businesses/{courted}"] == "courted"
    assert drawn["/suggestions?service=real_estate_agent"] == "open"


def test_what_was_begun_comes_first(peopled: Town) -> None:
    """The table starts with those who are courted, and its sentence names one."""
    _court(peopled, "Tamsel River Title", agreed=True)
    courted = _court(peopled, "Bjornstad Insurance")
    page = peopled.visitor("ana").get("/network").text
    assert ROW.findall(page)[0] == f"/businesses/{courted}"
    assert "Next: agree with Bjornstad Insurance" in page


def test_the_share_filled_is_the_networks(peopled: Town) -> None:
    """The share in the picture is the one that the network answers."""
    visitor = peopled.visitor("ana")
    assert "0 % filled" in visitor.get("/network").text
    _court(peopled, "Tamsel River Title", agreed=True)
    share = peopled.circle.picture().filled_share
    assert f"{share:.0%}".replace("%", " % filled") in visitor.get("/network").text


def test_the_table_goes_along_as_a_file(peopled: Town) -> None:
    """The export holds a row for every seat."""
    visitor = peopled.visitor("ana")
    content = visitor.get("/network.csv").data.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(content)))) - 1 == len(peopled.circle.picture().seats)
    assert visitor.get("/network.xlsx").data[:2] == b"PK"


def test_without_a_business_one_is_asked_for_it(peopled: Town) -> None:
    """Somebody who has not said what they sell is led to the first run."""
    assert "First, your own business" in peopled.visitor("cleo").get("/network").text
