"""What people in the trade would expect, with the shipped taxonomy: one typical business of every service next door."""

from typing import Any

import numpy as np
import pytest

from matcher.answers.partners import Home
from matcher.engine.flow import Flow
from matcher.engine.index import Index
from matcher.engine.question import Question
from matcher.engine.suggest import suggest
from tests.engine.made import TOWN, columns_of

FIRST = 12  # services that somebody reads before giving up


@pytest.fixture(scope="module")
def street(flow: Flow) -> Index:
    """One business of every service, all in one street, numbered like the services."""
    here: dict[str, Any] = {"lat": TOWN[0], "lon": TOWN[1]}
    return Index(
        flow, columns_of([Home(business_id=n, services={c: 1.0}, **here) for n, c in enumerate(flow.codes, start=1)])
    )


@pytest.mark.parametrize(
    ("service", "markets", "expected"),
    [
        ("mortgage_broker", ("first_home_buyers",), "real_estate_agent title_escrow home_inspector insurance_agent"),
        ("real_estate_agent", (), "mortgage_broker moving_company title_escrow insurance_agent"),
        ("photographer", ("engaged",), "wedding_planner florist venue dj_band caterer"),
        ("wedding_planner", (), "photographer venue caterer florist dj_band"),
        ("bookkeeper", (), "accountant payroll business_attorney"),
        ("accountant", (), "bookkeeper financial_advisor business_attorney"),
        ("estate_attorney", (), "financial_advisor accountant life_insurance"),
        ("personal_trainer", (), "nutritionist physical_therapist massage gym"),
        ("plumber", (), "electrician hvac general_contractor"),
        ("web_designer", (), "seo_marketing graphic_designer copywriter"),
        ("funeral_home", (), "grief_counselor church monument"),
        ("it_support", (), "cybersecurity telecom"),
    ],
)
def test_the_expected_services_come_first(
    street: Index, flow: Flow, service: str, markets: tuple[str, ...], expected: str
) -> None:
    """Each profession finds the partners that its trade would name among the first twelve."""
    home = Home(services={service: 1.0}, markets=markets, lat=TOWN[0], lon=TOWN[1])
    found = suggest(street, Question(home=home), lambda _: {}, limit=FIRST).suggestions
    assert set(expected.split()) <= {s.services[0] for s in found}


def test_nobody_is_suggested_a_rival(street: Index, flow: Flow) -> None:
    """No service is ever suggested to a business that sells it."""
    for service in np.array(flow.codes)[::20]:
        home = Home(services={str(service): 1.0}, lat=TOWN[0], lon=TOWN[1])
        found = suggest(street, Question(home=home), lambda _: {}, limit=50)
        assert service not in {s.services[0] for s in found.suggestions}
        assert found.left_out["competitors"] == 1
