"""The page on which an owner corrects the facts behind the reasons."""

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from matcher.answers.partners import Facts, Place
from matcher.network import Network
from tests.webapp.conftest import Town
from tests.webapp.visitors import Visitor

WRONG = re.compile(r'class="wrong no-print" href="(.*?)(?:#(.*?))?"')
NOTICE = re.compile(r'<div class="notices".*?</form>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="(.*?)" value="(.*?)">')
TOLD = Facts(
    services={"caterer": 1.0, "florist": 0.5},
    markets=("first_home_buyers",),
    tier=2,
    clients_a_year=33.5,
    order_value_cents=120_050,
    radius_km=17.25,
    place=Place(name="Somewhere", lat=44.123456, lon=-122.9),
)


def _network(town: Town, other: bool = False) -> Network:
    return Network(town.accounts.store, town.other if other else town.network)


def _best(town: Town) -> int:
    return _network(town).suggestions(limit=1).suggestions[0].business_id


def _save(visitor: Visitor, business_id: int, section: str, **fields: Any) -> int:
    path = f"/businesses/{business_id}/facts"
    return visitor.post(path, {"section": section, **fields}, form_on=path).status_code


def _undo(visitor: Visitor, business_id: int) -> None:
    """Press the Undo button that the page of the business shows."""
    notice = NOTICE.search(visitor.get(f"/businesses/{business_id}").text)
    assert notice is not None
    fields: dict[str, list[str]] = {}
    for name, value in HIDDEN.findall(notice[0]):
        fields.setdefault(name, []).append(unescape(value))
    visitor.client.post(
        f"/businesses/{business_id}/facts",
        data=fields,
        base_url=visitor.base_url,
        headers={"Referer": visitor.base_url + "/directory"},
    )


def test_every_wrong_leads_to_its_datum(peopled: Town) -> None:
    """Every reason has its “Wrong?”, and each leads to a page that has the place it points to."""
    ana, business_id = peopled.visitor("ana"), _best(peopled)
    page = ana.get(f"/businesses/{business_id}").text
    found = {(unescape(path), anchor) for path, anchor in WRONG.findall(page)}
    assert page.count(">Wrong?<") == len(_network(peopled).why(business_id).terms)
    assert len(found) > 3
    for path, anchor in found - {(f"/businesses/{business_id}", "overlap-title")}:
        answer = ana.get(path)
        assert answer.status_code == 200
        assert not anchor or f'id="{anchor}"' in answer.text
    assert ana.get("/suggestions").text.count(">Wrong?<") > 20


@pytest.mark.parametrize(
    ("section", "fields", "told"),
    [
        ("services", {"service": ["caterer", "florist"], "sure": ["0.5", "0"], "add": "notary"}, None),
        ("services", {"service": ["caterer"], "sure": ["0"]}, Facts(services={})),
        ("services", {"service": ["caterer"], "sure": ["0.34"]}, Facts(services={"caterer": 0.34})),
        ("markets", {"market": ["first_home_buyers"], "add": "move_up_buyers"}, None),
        ("markets", {}, Facts(markets=())),
        ("tier", {"tier": "3"}, Facts(tier=3)),
        ("tier", {"tier": ""}, Facts()),
        ("clients_a_year", {"clients_a_year": "40,5"}, Facts(clients_a_year=40.5)),
        ("order_value_cents", {"order_value_cents": "99.90"}, Facts(order_value_cents=9990)),
        ("radius_km", {"radius_km": "12"}, Facts(radius_km=12.0)),
        ("place", {"coordinates": "44.5, -123"}, Facts(place=Place(name="44.5, -123", lat=44.5, lon=-123.0))),
    ],
)
def test_a_fact_is_corrected(peopled: Town, section: str, fields: dict[str, Any], told: Facts | None) -> None:
    """What the form says is what the network then says of the business, and nothing else."""
    business_id = _best(peopled)
    assert _save(peopled.visitor("ana"), business_id, section, **fields) == 303
    if told is None:
        added = {"services": {"caterer": 0.5, "notary": 1.0}, "markets": ("first_home_buyers", "move_up_buyers")}
        told = Facts(**{section: added[section]})  # type: ignore[arg-type]
    assert _network(peopled).business(business_id).told == told
    assert _network(peopled, other=True).business(business_id).told == Facts()


def test_a_town_is_found_by_name(peopled: Town) -> None:
    """A town of the United States is enough to say where a business is."""
    business_id = _best(peopled)
    _save(peopled.visitor("ana"), business_id, "place", place="tucson")
    place = _network(peopled).business(business_id).told.place
    assert place is not None
    assert (place.name, round(place.lat)) == ("Tucson, AZ", 32)


@pytest.mark.parametrize(
    ("section", "fields", "problem"),
    [
        ("clients_a_year", {"clients_a_year": "many"}, "Please write a number."),
        ("clients_a_year", {"clients_a_year": "nan"}, "Please write a number from 0.1 to 1e+06."),
        ("radius_km", {"radius_km": "0"}, "Please write a number from 1 to 20000."),
        ("order_value_cents", {"order_value_cents": "-5"}, "Please write a number from 1 to 1e+07."),
        ("place", {"place": "Zzyzxville"}, "We only know towns and ZIP codes of the United States by name."),
        ("place", {"coordinates": "99, 0"}, "Please write the latitude"),
        ("services", {"service": ["caterer"], "sure": ["2"]}, "Please write a number from 0 to 1."),
        ("services", {"service": ["caterer"], "sure": ["nan"]}, "Please write a number from 0 to 1."),
    ],
)
def test_what_cannot_be_kept_is_refused(peopled: Town, section: str, fields: dict[str, Any], problem: str) -> None:
    """A refused fact says why beside its field, keeps what was typed, and changes nothing."""
    business_id, ana = _best(peopled), peopled.visitor("ana")
    path = f"/businesses/{business_id}/facts"
    answer = ana.post(path, {"section": section, **fields}, form_on=path)
    assert answer.status_code == 400
    assert problem in unescape(answer.text)
    typed = next(iter(fields.values()))
    assert isinstance(typed, list) or f'value="{typed}"' in answer.text
    assert _network(peopled).business(business_id).told == Facts()


@pytest.mark.parametrize("section", ["", "name", "told"])
def test_a_fact_that_there_is_not(peopled: Town, section: str) -> None:
    """Only the facts of the form can be corrected."""
    assert _save(peopled.visitor("ana"), _best(peopled), section, tier="1") == 400


@pytest.mark.parametrize("section", list(Facts.__dataclass_fields__))
@pytest.mark.parametrize("before", [Facts(), TOLD], ids=["nothing", "something"])
def test_every_correction_can_be_undone(peopled: Town, section: str, before: Facts) -> None:
    """Undo brings back exactly what the network said before, or nothing when it had said nothing."""
    network, business_id, ana = _network(peopled), _best(peopled), peopled.visitor("ana")
    card = network.correct_facts(business_id, before)
    fields = {"tier": "1", "clients_a_year": "7", "order_value_cents": "70", "radius_km": "7", "place": "Tucson, AZ"}
    _save(ana, business_id, section, **{section: fields.get(section, ""), "add": ""})
    assert network.business(business_id) != card
    _undo(ana, business_id)
    assert network.business(business_id) == card


def test_an_own_word_can_be_taken_back(peopled: Town) -> None:
    """A corrected fact offers to let the directory's word hold again, and only then."""
    network, business_id, ana = _network(peopled), _best(peopled), peopled.visitor("ana")
    path = f"/businesses/{business_id}/facts"
    assert "Take my word back" not in ana.get(path).text
    network.correct_facts(business_id, TOLD)
    assert ana.get(path).text.count("Take my word back") == len(Facts.__dataclass_fields__)
    _save(ana, business_id, "tier", forget="yes")
    assert network.business(business_id).told == replace(TOLD, tier=None)


def test_what_is_shown_says_who_says_it(peopled: Town) -> None:
    """Each fact says whether the list, nobody or the owner says so; a service what it was taken from."""
    network, business_id, ana = _network(peopled), _best(peopled), peopled.visitor("ana")
    page = ana.get(f"/businesses/{business_id}/facts").text
    assert page.count("Nobody has told us.") >= 3
    assert "from its " in page
    network.correct_facts(business_id, TOLD)
    page = ana.get(f"/businesses/{business_id}/facts").text
    assert page.count("You said so.") == len(Facts.__dataclass_fields__)
    assert "50 % sure, you said so" in page
    assert 'value="33.5"' in page
    assert 'value="1200.50"' in page
    shown = ana.get(f"/businesses/{business_id}").text
    assert shown.count("(you said so)") == 5
    assert "100 % sure, you said so" in shown


def test_ones_own_business_is_changed_in_the_settings(peopled: Town) -> None:
    """The owner's own business has no corrections: the page says where to change it."""
    home = _network(peopled).home()
    assert home is not None
    ana = peopled.visitor("ana")
    path = f"/businesses/{home.business_id}/facts"
    answer = ana.post(path, {"section": "tier", "tier": "1"}, form_on="/settings")
    assert answer.status_code == 409
    assert "Please change it in your settings." in answer.text


def test_no_two_parts_of_the_page_have_one_name(peopled: Town) -> None:
    """Every id is there once, so that each label belongs to its field."""
    found = re.findall(r' id="(.*?)"', peopled.visitor("ana").get(f"/businesses/{_best(peopled)}/facts").text)
    assert len(found) == len(set(found))
