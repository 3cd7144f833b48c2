"""The pages behind the numbers."""

import pytest

from matcher.taxonomy import taxonomy
from tests.webapp.conftest import Town


def test_a_journey_shows_its_stages(peopled: Town) -> None:
    """Every service that a journey calls for is there, in as many stages, and one's own is marked."""
    journey = taxonomy().journeys["first_home"]
    page = peopled.visitor("ana").get("/about/journey/first_home").text
    assert all(f'/about/service/{step.service}"' in page for step in journey.steps)
    assert page.count("Stage ") == len({step.stage for step in journey.steps})
    assert "Suggestions rest on journeys" in page
    assert page.count('class="ours"') == sum(step.service == "mortgage_broker" for step in journey.steps)


def test_a_service_shows_its_usual_figures(peopled: Town) -> None:
    """The figures, what they rest on, and what clients say are there."""
    service = taxonomy().services["title_escrow"]
    page = peopled.visitor("ana").get("/about/service/title_escrow").text
    assert f"{service.clients_low:,} to {service.clients_high:,}" in page
    assert service.phrases[0] in page


def test_restricted_referrals_name_their_source(peopled: Town) -> None:
    """Where paid referrals are restricted, the page says so with its source."""
    page = peopled.visitor("ana").get("/about/service/title_escrow").text
    assert "Paid referrals are restricted" in page
    assert "RESPA" in page


@pytest.mark.parametrize("path", ["/about/journey/nothing", "/about/service/nothing", "/about/service/%00"])
def test_an_unknown_code_is_not_found(path: str, peopled: Town) -> None:
    """A journey or service that is not in the taxonomy is not found."""
    assert peopled.visitor("ana").get(path).status_code == 404
