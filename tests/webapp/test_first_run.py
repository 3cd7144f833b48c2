"""The three steps: what, to whom, where."""

import pytest

from matcher.network import Network
from tests.webapp.conftest import Town

DONE = {
    "service": ["mortgage_broker"],
    "market": ["first_home_buyers", "move_up_buyers"],
    "name": "Saguaro Home Loans",
    "place": "85701",
    "radius_km": "40",
    "grow": "yes",
}


def network(town: Town) -> Network:
    """Ana's network."""
    return town.circle


def test_start_leads_to_the_first_step(town: Town) -> None:
    """An owner who has not said what they sell is led to the first step."""
    ana = town.visitor("ana")
    assert ana.get("/").location == "/start"
    assert "What do you sell?" in ana.get("/start").text


def test_search_works_without_script(town: Town) -> None:
    """Searching is a plain page: what fits can be ticked, what is ticked stays, and so does the other steps' answer."""
    text = town.visitor("ana").get("/start?step=services&q=roof&service=mortgage_broker&market=move_up_buyers").text
    assert 'name="service" value="roofer"' in text
    assert 'value="mortgage_broker" id="service-mortgage_broker" checked' in text
    assert '<input type="hidden" name="market" value="move_up_buyers">' in text


def test_search_finds_what_clients_say(town: Town) -> None:
    """Services are found by what a client would say, too."""
    assert 'value="roofer"' in town.visitor("ana").get("/start?q=my+roof+is+leaking").text


def test_fragment_is_the_same_block(town: Town) -> None:
    """Script asks for the block alone; it is what the whole page shows."""
    ana = town.visitor("ana")
    whole = ana.get("/start?step=services&q=roof").text
    part = ana.get("/start?step=services&q=roof", headers={"X-Fragment": "choices"}).text
    assert "<html" not in part
    assert part.strip()
    assert part.strip() in whole


def test_unknown_fragment_is_refused(town: Town) -> None:
    """A block that the page does not have answers 400."""
    assert town.visitor("ana").get("/start", headers={"X-Fragment": "secret"}).status_code == 400


def test_open_step_comes_first(town: Town) -> None:
    """Nobody can skip a step: the first that is open is shown, and says so."""
    ana = town.visitor("ana")
    first = ana.get("/start?step=services&go=markets").text
    assert "What do you sell?" in first
    assert "choose at least one" in first
    assert "Who are your clients?" in ana.get("/start?service=mortgage_broker&go=place").text


def test_search_ends_with_its_step(town: Town) -> None:
    """What was searched for in one step is not searched for in the next."""
    text = town.visitor("ana").get("/start?step=services&service=mortgage_broker&q=mortgage&go=markets").text
    assert 'value="first_home_buyers"' in text
    assert 'value="mortgage" ' not in text


def test_usual_markets_are_offered(town: Town) -> None:
    """The second step begins with the clients that such a business usually has."""
    assert 'value="first_home_buyers"' in town.visitor("ana").get("/start?step=markets&service=mortgage_broker").text


def test_codes_that_do_not_exist_are_dropped(town: Town) -> None:
    """A code that nobody knows cannot come in through the URL."""
    text = town.visitor("ana").get("/start?service=canary&market=canary").text
    assert 'value="canary"' not in text


def test_last_step_stores_the_business(town: Town) -> None:
    """The last step stores everything at once and leads on."""
    answer = town.visitor("ana").post("/start", DONE, form_on="/start")
    assert answer.status_code == 303
    home = network(town).home()
    assert home is not None
    assert (dict(home.services), set(home.markets)) == (
        {"mortgage_broker": 1.0},
        {"first_home_buyers", "move_up_buyers"},
    )
    assert (home.name, home.place, home.radius_km, home.wants_to_grow) == (
        "Saguaro Home Loans",
        "Tucson, AZ",
        40.0,
        True,
    )
    assert home.lat == pytest.approx(32.2, abs=0.2)


@pytest.mark.parametrize(
    "changed",
    [{"place": "Nowhere at all"}, {"place": ""}, {"name": " "}, {"coordinates": "north"}, {"coordinates": "95, 10"}],
)
def test_mistake_is_explained_beside_its_field(town: Town, changed: dict[str, str]) -> None:
    """A value that cannot be used keeps the form, names the field and stores nothing."""
    answer = town.visitor("ana").post("/start", DONE | changed, form_on="/start")
    assert answer.status_code == 400
    assert f'id="{next(iter(changed))}-problem"' in answer.text
    assert "Saguaro" in answer.text or "name" in changed
    assert network(town).home() is None


def test_owner_in_europe_gives_coordinates(town: Town) -> None:
    """Outside the United States a name with coordinates is enough."""
    munich = {"place": "München", "coordinates": "48.1371, 11.5754"}
    assert town.visitor("ana").post("/start", DONE | munich, form_on="/start").status_code == 303
    home = network(town).home()
    assert home is not None
    assert (home.place, home.lat, home.lon) == ("München", 48.1371, 11.5754)


def test_business_without_a_place(town: Town) -> None:
    """Somebody whose clients come from anywhere needs no place."""
    anywhere = {"place": "", "radius_km": "20100"}
    assert town.visitor("ana").post("/start", DONE | anywhere, form_on="/start").status_code == 303
    home = network(town).home()
    assert home is not None
    assert home.lat is None


def test_changing_keeps_the_figures(town: Town) -> None:
    """Going through the steps again keeps the figures that were given in the settings."""
    ana = town.visitor("ana")
    ana.post("/start", DONE, form_on="/start")
    figures = {"clients_a_year": "12,5", "order_value": "2500", "tier": "3"}
    assert ana.post("/settings/figures", figures, form_on="/settings").status_code == 303
    ana.post("/start", DONE | {"name": "Saguaro Lending"}, form_on="/start")
    home = network(town).home()
    assert home is not None
    assert (home.name, home.clients_a_year, home.order_value_cents, home.tier) == ("Saguaro Lending", 12.5, 250_000, 3)


def test_member_cannot_change_the_business(town: Town) -> None:
    """The business is the owner's to describe."""
    bob = town.visitor("bob")
    assert bob.get("/start").status_code == 403
    assert bob.post("/start", DONE, form_on="/settings").status_code == 403
    assert network(town).home() is None


def test_long_place_is_refused(town: Town) -> None:
    """A place longer than its column is explained beside its field, not cut and not stored."""
    ana = town.visitor("ana")
    long = DONE | {"place": "x" * 101, "coordinates": "48.1, 11.5"}
    assert ana.post("/start", long, form_on="/start").status_code == 400
    assert network(town).home() is None
    assert ana.post("/start", long | {"place": "x" * 100}, form_on="/start").status_code == 303


@pytest.mark.parametrize(
    ("told", "zone"), [("Pacific/Auckland", "Pacific/Auckland"), ("", "America/Phoenix"), ("x/../y", "America/Phoenix")]
)
def test_the_first_run_asks_the_device_for_the_time_zone(town: Town, told: str, zone: str) -> None:
    """The device's zone is kept, without one that of the place; who changes the business later keeps theirs."""
    ana, network = town.visitor("ana"), town.circle
    network.set_zone("")
    ana.post("/start", {**DONE, "zone": told}, form_on="/start")
    assert network.zone() == zone
    ana.post("/start", {**DONE, "zone": "Europe/Berlin"}, form_on="/start")
    assert network.zone() == zone
