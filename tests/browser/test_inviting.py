"""A survey and an open call, answered on a phone by people without an account."""

import re

import pytest
from playwright.sync_api import Page, expect

from matcher.answers.invited import ApplicationTold, OpenCallCard
from matcher.answers.told import ClientTold
from matcher.network import Network
from matcher.visitors.answering import apply
from tests.browser.checks import Trouble, assert_accessible, assert_suits_everybody, press
from tests.browser.conftest import Furnished
from tests.browser.site import Site
from tests.browser.test_suggestions import with_and_without_scripts
from webapp.serving import HOME

on_a_phone = pytest.mark.parametrize("look", [(320, "light")], indirect=True, ids=["phone"])


@pytest.fixture
def network(site: Site, furnished: Furnished) -> Network:
    """The network of the town's owner."""
    return Network(site.app.extensions["switchboard"], furnished.network_id)


@pytest.fixture
def joe(network: Network) -> int:
    """A client of hers."""
    return network.add_client(ClientTold(name="Joe Miller"))


@pytest.fixture
def survey(site: Site, network: Network, joe: int) -> str:
    """The address of that client's survey."""
    return f"{site.url}/answer/{network.send_survey(joe)}"


@pytest.fixture
def call(network: Network) -> OpenCallCard:
    """A call for a roofer."""
    return network.open_call("roofer", wording="Somebody who calls back.")


@on_a_phone
@with_and_without_scripts
def test_a_client_answers(page: Page, network: Network, joe: int, survey: str, trouble: Trouble) -> None:
    """Three steps, forth and back, lead to thanks; the owner has the needs, and the link is used up."""
    page.goto(survey)
    page.get_by_label("Home and garden").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Handyman").check()
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_label("Home and garden")).to_be_checked()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_label("Handyman")).to_be_checked()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("In your own words").fill("Our roof is leaking.")
    page.get_by_role("button", name=f"Send to {HOME.name}").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    expect(page.get_by_text(f"{HOME.name} has your answers")).to_be_visible()
    assert {need.service for need in network.client(joe).needs} == {"handyman", "roofer"}
    trouble.provoked.append("404")
    page.goto(survey)
    expect(page.get_by_role("heading", name="This link does not work any more")).to_be_visible()


@on_a_phone
@with_and_without_scripts
def test_a_business_answers(page: Page, site: Site, network: Network, call: OpenCallCard, trouble: Trouble) -> None:
    """The form says what is missing beside its field, keeps what was written, and then arrives."""
    trouble.provoked.append("400")
    page.goto(f"{site.url}/call/{call.token}")
    page.get_by_label("Name of your business").fill("Adobe Roofing")
    page.get_by_role("button", name=f"Send to {HOME.name}").click()
    expect(page.get_by_text("Please leave an e-mail address or a phone number")).to_be_visible()
    expect(page.get_by_label("Name of your business")).to_have_value("Adobe Roofing")
    page.get_by_label("Phone").fill("520-555-0177")
    page.get_by_role("button", name=f"Send to {HOME.name}").click()
    expect(page.get_by_text(f"{HOME.name} has what you wrote")).to_be_visible()
    assert [one.told.business for one in network.call(call.call_id).applications] == ["Adobe Roofing"]


def test_the_public_pages_suit_everybody(
    page: Page, site: Site, survey: str, call: OpenCallCard, trouble: Trouble
) -> None:
    """Every step of the survey, the call with a refusal in it, thanks and a dead link break no rule of axe and fit."""
    trouble.provoked += ["400", "404"]
    page.goto(survey)
    for button in ("Next", "Next"):
        assert_suits_everybody(page)
        press(page, button)
    assert_suits_everybody(page)
    page.goto(f"{site.url}/call/{call.token}")
    assert_accessible(page)
    page.get_by_label("Name of your business").fill("X" * 60)
    press(page, "Send to")
    for path in ("", "/thanks/answer", "/thanks/call", "/answer/x"):
        if path:
            page.goto(f"{site.url}{path}")
        assert_suits_everybody(page)


def test_the_owners_pages_suit_everybody(
    owner_page: Page, site: Site, network: Network, joe: int, call: OpenCallCard
) -> None:
    """Making a link, opening a call, deciding and what was checked are accessible and fit."""
    told = ApplicationTold(business="Y" * 60, phone="1", licence="ROC 1")
    apply(site.app.extensions["switchboard"], call.token, told)
    number = network.decide_application(network.call(call.call_id).applications[0].application_id, "yes")
    for path in ("/calls?service=roofer", f"/calls/{call.call_id}", f"/businesses/{number}", f"/clients/{joe}/survey"):
        owner_page.goto(f"{site.url}{path}")
        assert_suits_everybody(owner_page)
    owner_page.get_by_role("button", name="Make a link").click()
    expect(owner_page.get_by_label("The link", exact=True)).to_have_value(re.compile("/answer/"))
    assert_suits_everybody(owner_page)


def test_a_link_is_copied(owner_page: Page, site: Site, joe: int) -> None:
    """One click puts the link on the clipboard and says so."""
    owner_page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    owner_page.goto(f"{site.url}/clients/{joe}/survey")
    owner_page.get_by_role("button", name="Make a link").click()
    owner_page.get_by_role("button", name="Copy The link").click()
    expect(owner_page.get_by_role("button", name="Copied The link")).to_be_visible()
    shown = owner_page.get_by_label("The link", exact=True).input_value()
    assert owner_page.evaluate("navigator.clipboard.readText()") == shown
