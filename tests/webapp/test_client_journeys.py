"""What a client goes through, in the browser."""

import re
from datetime import timedelta

from matcher.answers.told import NeedTold
from matcher.units import now_utc
from tests.webapp.conftest import Town
from tests.webapp.test_client_page import MOVE, _client, _now, _post, _undo


def test_a_journey_is_found_dated_and_undone(peopled: Town) -> None:
    """Searching offers journeys, the chosen one asks for its own day, and undo takes it out again."""
    client, ana = _client(peopled), peopled.visitor("ana")
    path = f"/clients/{client.client_id}"
    assert f"{path}?journey=first_home#journeys" in ana.get(path).text
    part = ana.get(f"{path}?q=bath", headers={"X-Fragment": "offered"}).text
    assert f"{path}?journey=bath_remodel#journeys" in part
    assert "<html" not in part
    assert "Nothing we know is called so" in ana.get(f"{path}?q=zzyzx").text
    assert "When is the day they get the keys?" in ana.get(f"{path}?journey=first_home").text
    _post(ana, client, f"{client.client_id}/journeys", begin="first_home", day_zero="2027-03-01")
    now = _now(peopled, client)
    assert [(one.journey, one.day_zero) for one in now.journeys] == [("first_home", "2027-03-01")]
    assert now.expected
    assert "The day they get the keys: 1 Mar 2027" in _undo(ana, client)
    assert _now(peopled, client) == client


def test_a_day_that_cannot_be_is_refused_at_its_field(peopled: Town) -> None:
    """Neither a new journey nor a changed day takes what is no day of this time."""
    client, ana = _client(peopled, journey="first_home"), peopled.visitor("ana")
    occasion = client.journeys[0].occasion_id
    for day, sentence in (("soon", "year-month-day"), ("0001-01-01", "from 1900"), ("9999-12-31", "from 1900")):
        begun = _post(ana, client, f"{client.client_id}/journeys", begin="bath_remodel", day_zero=day)
        moved = _post(ana, client, f"journeys/{occasion}/day", **{f"day-{occasion}": day})
        for answer in (begun, moved):
            assert (answer.status_code, sentence in answer.text) == (400, True)
            assert f'value="{day}"' in answer.text
    assert _post(ana, client, f"{client.client_id}/journeys", begin="flying").status_code == 400
    assert _now(peopled, client) == client


def test_a_day_is_changed_and_undone(peopled: Town) -> None:
    """What is expected follows the day; undo brings the old one back."""
    client, ana = _client(peopled, journey="first_home"), peopled.visitor("ana")
    occasion, later = client.journeys[0].occasion_id, (now_utc().date() + timedelta(days=200)).isoformat()
    _post(ana, client, f"journeys/{occasion}/day", **{f"day-{occasion}": later})
    moved = _now(peopled, client)
    assert moved.journeys[0].day_zero == later
    assert moved.expected != client.expected
    _undo(ana, client)
    assert _now(peopled, client) == client


def test_all_told_teaches_and_can_be_taken_back(peopled: Town) -> None:
    """That was all they needed: the journey counts as seen, until it is said that it does not."""
    client, ana = _client(peopled, journey="first_home"), peopled.visitor("ana")
    occasion = client.journeys[0].occasion_id
    _post(ana, client, f"journeys/{occasion}/complete", done="yes")
    assert [one.services for one in peopled.circle.needs().clients] == [("moving_company",)]
    assert "All told" in _undo(ana, client)
    assert peopled.circle.needs().clients == ()


def test_a_journey_taken_out_comes_back_whole(peopled: Town) -> None:
    """The needs stay; undo brings the journey back with its day, its needs and whether all was told."""
    client, ana = _client(peopled, MOVE, NeedTold(service="painter"), journey="first_home"), peopled.visitor("ana")
    network, occasion = peopled.circle, client.journeys[0].occasion_id
    network.edit_need(client.needs[1].need_id, NeedTold(service="painter"))  # belongs to nothing
    network.complete_journey(occasion)
    _post(ana, client, f"journeys/{occasion}/end")
    without = _now(peopled, client)
    assert (without.journeys, [need.occasion_id for need in without.needs]) == ((), [None, None])
    _undo(ana, client)
    (again,) = _now(peopled, client).journeys
    assert (again.journey, again.day_zero, again.complete) == ("first_home", client.journeys[0].day_zero, True)
    assert [need.occasion_id for need in _now(peopled, client).needs] == [again.occasion_id, None]


def test_a_need_told_by_hand_belongs_to_the_newest_journey_unless_told(peopled: Town) -> None:
    """The form for one more need offers the client's journeys, with the newest chosen."""
    client = _client(peopled, journey="first_home")
    page = peopled.visitor("ana").get(f"/clients/{client.client_id}").text
    chosen = re.search(r'<select id="new-occasion".*?value="(\d+)" selected', page, re.DOTALL)
    assert chosen is not None
    assert int(chosen[1]) == client.journeys[0].occasion_id
