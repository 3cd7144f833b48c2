"""The plan for a partner and the kit, in a browser and on paper."""

import pytest
from playwright.sync_api import Page, expect

from matcher.answers.taught import OwnContact
from matcher.network import Network
from tests.browser.checks import assert_suits_everybody
from tests.browser.conftest import Furnished
from tests.browser.site import Site

PAGES = ("/kit/", "/kit/who-to-send", "/kit/pocket-card", "/kit/champions", "/kit/flyer")


@pytest.fixture
def network(site: Site, furnished: Furnished) -> Network:
    """The network of the town's owner, who has said how she is reached."""
    network = Network(site.app.extensions["switchboard"], furnished.network_id)
    network.tell_contact(OwnContact(phone="520-555-0101", email="ana@example.com", website="www.example.com"))
    return network


def test_every_page_of_the_kit_is_sound(owner_page: Page, site: Site, network: Network) -> None:
    """The plan and each page of the kit fit, and break no rule of axe."""
    number = network.partner_addresses()[0].business_id
    for path in (f"/businesses/{number}/plan", *PAGES):
        owner_page.goto(site.url + path)
        assert_suits_everybody(owner_page)


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_who_to_send_is_one_sheet(owner_page: Page, site: Site, network: Network, paper: str) -> None:
    """Printed without margins of its own, the page for partners and the pocket cards each take one sheet."""
    for path in ("/kit/who-to-send", "/kit/pocket-card", "/kit/flyer"):
        owner_page.goto(site.url + path)
        owner_page.emulate_media(media="print")
        expect(owner_page.get_by_role("navigation", name="Main")).to_be_hidden()
        assert owner_page.pdf(format=paper).count(b"/Type /Page\n") == 1, path
