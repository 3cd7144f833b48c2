"""What moves a business, on its page; and the page of those who help one side only."""

import re
from dataclasses import replace
from html import unescape

import pytest
from flask import request

from matcher.answers.partners import Filters, Profile
from tests.webapp.conftest import Town
from tests.webapp.visitors import Visitor
from webapp.pages.motivation import fields_of, read

FILLED = {
    "wants": "More buyers with a plan",
    "wanted_market": ["first_home_buyers", "engaged"],
    "wants_to_grow": "yes",
    "has_room": "no",
    "vouch": "3",
    "spoken": "4",
    "reward": "card",
    "asked_on": "2026-03-02",
}
TOLD = Profile(
    wants="More buyers with a plan",
    wanted_markets=("first_home_buyers", "engaged"),
    wants_to_grow=True,
    has_room=False,
    vouch_share=0.75,
    reputation_share=1.0,
    reward="card",
    asked_on="2026-03-02",
)
UNDO = re.compile(r'action="(/businesses/\d+/motivation)">(.*?)<button', re.DOTALL)
HIDDEN = re.compile(r'name="(\w+)" value="([^"]*)"')


def _best(town: Town) -> int:
    return town.circle.suggestions(limit=1).suggestions[0].business_id


def _save(visitor: Visitor, number: int, **fields: object) -> None:
    answer = visitor.post(f"/businesses/{number}/motivation", dict(fields), form_on=f"/businesses/{number}")
    assert answer.status_code == 303
    assert answer.location.endswith(f"/businesses/{number}#motivation")


def _press(visitor: Visitor, number: int, form: str) -> None:
    """Press the button of a small form with hidden fields."""
    fields: dict[str, list[str]] = {}
    for name, value in HIDDEN.findall(form):
        fields.setdefault(name, []).append(unescape(value))
    _save(visitor, number, **{name: values for name, values in fields.items() if name != "csrf_token"})


def test_the_form_is_kept_and_shown(peopled: Town) -> None:
    """What the form says is kept, stands on the page in words, and moves the chance of a yes."""
    number, visitor = _best(peopled), peopled.visitor("ana")
    before = peopled.circle.suggestions(limit=1).suggestions[0]
    _save(visitor, number, **FILLED)
    assert peopled.circle.motivation(number) == TOLD
    page = visitor.get(f"/businesses/{number}").text
    for words in ("More buyers with a plan", "First-time home buyers, Engaged couples", "Gladly", "2 Mar 2026"):
        assert words in page
    assert "They want to grow." in page
    after = peopled.circle.why(number).suggestion
    assert after is not None
    assert after.yes_us_share > before.yes_us_share


def test_undo_brings_back_what_was_there(peopled: Town) -> None:
    """Undo brings back the profile before, also none at all, and also one without a never."""
    number, visitor = _best(peopled), peopled.visitor("ana")
    for before in (Profile(), TOLD):
        peopled.circle.set_motivation(before, number, forget=True)
        _save(visitor, number, wants="Something else", never_money="yes")
        assert peopled.circle.motivation(number) == Profile(wants="Something else", never_money=True)
        (_, form), *_ = UNDO.findall(visitor.get(f"/businesses/{number}").text)
        _press(visitor, number, form)
        assert peopled.circle.motivation(number) == before


def test_never_money_is_said_and_can_be_taken_back(peopled: Town) -> None:
    """Money chosen for somebody who never wants any is left out, the page says so, and they may change their mind."""
    number, visitor = _best(peopled), peopled.visitor("ana")
    _save(visitor, number, never_money="yes", reward="card")
    _save(visitor, number, reward="money")
    assert peopled.circle.motivation(number) == Profile(never_money=True)
    page = visitor.get(f"/businesses/{number}").text
    assert "so that is left out" in page
    form = next(form for _, form in UNDO.findall(page) if "forget" in form and 'name="never_money" value=""' in form)
    peopled.circle.set_motivation(Profile(reward="card"), number)
    _press(visitor, number, form)
    assert not peopled.circle.motivation(number).never_money


@pytest.mark.parametrize("profile", [Profile(), TOLD, replace(TOLD, never_money=True, vouch_share=0.0)])
def test_the_form_reads_what_it_shows(peopled: Town, profile: Profile) -> None:
    """The form filled in with a profile says the same profile."""
    with peopled.app.test_request_context(method="POST", data=fields_of(profile)):
        assert read(request.form) == profile


def test_another_network_sees_nothing_of_it(peopled: Town) -> None:
    """What Ana was told of a shared business does not show on Cleo's page of it."""
    number = _best(peopled)
    peopled.circle.set_motivation(TOLD, number)
    assert "More buyers" not in peopled.visitor("cleo").get(f"/businesses/{number}").text


def test_the_count_leads_to_the_list(peopled: Town) -> None:
    """The count of those without clients in common leads to their list, which can be kept as a file."""
    visitor, found = peopled.visitor("ana"), peopled.circle.one_sided(limit=1000)
    assert '<a href="/one-sided">See them</a>' in visitor.get("/suggestions").text
    page = unescape(visitor.get("/one-sided").text)
    assert f"{found.total} businesses" in page
    assert all(one.name in page and one.changes[0] in page for one in found.businesses[:20])
    last = unescape(visitor.get("/one-sided?first=60").text)
    assert found.businesses[60].name in last
    assert visitor.get("/one-sided.csv").text.count("\r\n") == found.total + 1
    assert visitor.get("/one-sided.xlsx").status_code == 200


def test_without_a_business_there_is_no_list(peopled: Town) -> None:
    """Somebody who has not said what they sell is led to where they can."""
    assert peopled.visitor("cleo").get("/one-sided").location.endswith("/suggestions")


def test_both_sides_show_their_chance(peopled: Town) -> None:
    """Each side of a card shows its own chance of a yes."""
    page = peopled.visitor("ana").get("/suggestions").text
    first = peopled.circle.suggestions(Filters(), limit=1).suggestions[0]
    shown = re.findall(r"<b>(\d+) %</b> chance of a yes", page)[:2]
    assert [int(number) for number in shown] == [round(100 * first.yes_us_share), round(100 * first.yes_them_share)]
