"""The settings page and the colours."""

import pytest

from tests.clocks import set_clock
from tests.webapp.conftest import Town
from tests.webapp.test_first_run import DONE


def test_settings_show_the_business(town: Town) -> None:
    """The page says what is stored and leads to each step with it filled in."""
    ana = town.visitor("ana")
    ana.post("/start", DONE, form_on="/start")
    text = ana.get("/settings").text
    assert "Saguaro Home Loans" in text
    assert "Mortgage broker" in text
    assert "step=place&amp;service=mortgage_broker" in text
    assert "Usual:" in text


@pytest.mark.parametrize("figures", [{"clients_a_year": "many"}, {"order_value": "-5"}, {"clients_a_year": "nan"}])
def test_figure_that_is_none_is_refused(town: Town, figures: dict[str, str]) -> None:
    """A figure that is not a sensible number is explained beside its field and not stored."""
    ana = town.visitor("ana")
    ana.post("/start", DONE, form_on="/start")
    answer = ana.post("/settings/figures", figures, form_on="/settings")
    assert answer.status_code == 400
    assert f'id="{next(iter(figures))}-problem"' in answer.text
    home = town.circle.home()
    assert home is not None
    assert (home.clients_a_year, home.order_value_cents) == (None, None)


def test_renaming_says_so_once(town: Town) -> None:
    """A change is confirmed on the next page, and only there."""
    ana = town.visitor("ana")
    assert ana.post("/settings/network", {"name": "  Desert   Circle "}, form_on="/settings").status_code == 303
    assert "new name" in ana.get("/settings").text
    assert "new name" not in ana.get("/settings").text
    assert town.accounts.network_name(town.network) == "Desert Circle"


@pytest.mark.parametrize("name", ["", "   ", "x" * 201])
def test_name_is_needed(town: Town, name: str) -> None:
    """A network has a name of 1 to 200 characters."""
    answer = town.visitor("ana").post("/settings/network", {"name": name}, form_on="/settings")
    assert answer.status_code == 400
    assert town.accounts.network_name(town.network) == "Ana's circle"


def test_colours_are_kept(town: Town) -> None:
    """Choosing dark colours leads back to the page and stays, without script."""
    ana = town.visitor("ana")
    answer = ana.post("/theme", {"theme": "dark", "next": "/settings?a=1"}, form_on="/settings")
    assert (answer.status_code, answer.location) == (303, "/settings?a=1")
    assert '<html lang="en" data-theme="dark">' in ana.get("/settings").text
    ana.post("/theme", {"theme": "<canary>", "next": "//evil.test"}, form_on="/settings")
    assert '<html lang="en" data-theme="light">' in ana.get("/settings").text


def test_colours_cookie_is_checked(town: Town) -> None:
    """A cookie that somebody made up changes nothing on the page."""
    visitor = town.visitor()
    visitor.client.set_cookie("theme", '"><canary', domain="switchboard.test")
    assert "canary" not in visitor.get("/sign-in").text


def test_the_limit_of_introductions(town: Town) -> None:
    """The owner chooses how many may be open, or nothing for the usual; what is out of bounds is explained there."""
    ana, network = town.visitor("ana"), town.circle
    answer = ana.post("/settings/introductions", {"open_introductions": "5"}, form_on="/settings")
    assert (answer.status_code, network.open_introductions().value) == (303, 5)
    for wrong in ("0", "11", "many"):
        answer = ana.post("/settings/introductions", {"open_introductions": wrong}, form_on="/settings")
        assert (answer.status_code, "from 1 to 10 introductions at a time" in answer.text) == (400, True)
    assert network.open_introductions().own == 5
    ana.post("/settings/introductions", {"open_introductions": ""}, form_on="/settings")
    assert (network.open_introductions().own, network.open_introductions().value) == (None, 3)


def test_the_time_zone_is_a_setting(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """The owner chooses it, sees the clock there, and can undo it; a member sees it; what is none is explained."""
    set_clock(monkeypatch, "2026-03-01T22:05Z")
    ana, path = town.visitor("ana"), "/settings/zone"
    assert ana.post(path, {"zone": "Pacific/Auckland"}, form_on="/settings").status_code == 303
    text = ana.get("/settings").text
    assert "It is 11:05 there now." in text
    assert '<option value="Pacific/Auckland" selected>' in text
    assert 'action="/settings/zone"' in text.partition("Undo")[0]
    assert "Pacific/Auckland, as the owner" in town.visitor("bob").get("/settings").text
    answer = ana.post(path, {"zone": "Middle/Earth"}, form_on="/settings")
    assert (answer.status_code, "Please choose a time zone" in answer.text) == (400, True)
    assert town.circle.zone() == "Pacific/Auckland"
    ana.post(path, {"zone": ""}, form_on="/settings")
    assert (town.circle.zone(), "Say where you are" in ana.get("/settings").text) == (None, True)
