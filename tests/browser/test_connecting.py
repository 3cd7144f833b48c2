"""Contacts, who knows whom, and whom to bring together, in a browser."""

import pytest
from playwright.sync_api import Page, expect

from matcher.answers.connected import ContactTold, TieTold
from matcher.answers.whose import Whose
from matcher.network import Network
from tests.browser.checks import assert_suits_everybody
from tests.browser.conftest import Furnished
from tests.browser.site import Site
from webapp.demo_contacts import REALTOR


@pytest.fixture
def network(site: Site, furnished: Furnished) -> Network:
    """The network of the town's owner."""
    return Network(site.app.extensions["switchboard"], furnished.network_id)


def test_the_pages_suit_everybody(owner_page: Page, site: Site, network: Network) -> None:
    """Contacts, a contact, who knows a business, directly and over two, and the pairs are accessible and fit."""
    number = network.suggestions(limit=1).suggestions[0].business_id
    ann, ben, cay = (network.add_contact(ContactTold(name=name)) for name in ("Ann", "B" * 60, "Cay"))
    for one, other in ((ann, None), (ann, number), (ben, number)):
        network.set_tie(TieTold(years=3, would_vouch=True), Whose(person_id=one), Whose(other))
    network.set_tie(TieTold(), Whose(person_id=ann), Whose(person_id=cay))
    network.set_tie(TieTold(), Whose(person_id=ben), Whose(person_id=ann))
    for path in ("/contacts", f"/contacts/{ben}", f"/businesses/{number}/tie", f"/people/{cay}/tie", "/broker"):
        owner_page.goto(f"{site.url}{path}")
        owner_page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")
        assert_suits_everybody(owner_page)


def test_a_contact_becomes_the_one_to_ask(owner_page: Page, site: Site, network: Network) -> None:
    """From a business one adds a contact, says how well one knows them and that they know it, and reads whom to ask."""
    one = next(s for s in network.suggestions().suggestions if s.name != REALTOR)  # nobody in the demo knows them
    owner_page.goto(f"{site.url}/businesses/{one.business_id}")
    owner_page.get_by_role("link", name="Who knows them").click()
    owner_page.goto(f"{site.url}/contacts")
    owner_page.get_by_text("New contact").click()
    owner_page.get_by_label("Name", exact=True).fill("Ann Lee")
    owner_page.get_by_role("button", name="Keep them").click()
    owner_page.get_by_label("For how many years have you known each other?").fill("6")
    owner_page.get_by_role("button", name="Remember this").first.click()
    expect(owner_page.get_by_text("Known each other for 6 years.")).to_be_visible()
    owner_page.goto(f"{site.url}/businesses/{one.business_id}/tie")
    owner_page.get_by_text("Somebody knows them").click()
    owner_page.get_by_label("Who?").select_option("Ann Lee")
    owner_page.get_by_label("Have they worked together?").select_option("Yes")
    owner_page.get_by_role("button", name="Remember this").last.click()
    expect(owner_page.get_by_text(f"Ask Ann Lee to introduce you to {one.name}.")).to_be_visible()
    owner_page.get_by_role("button", name="Undo").click()
    expect(owner_page.get_by_text("Nobody yet.")).to_be_visible()
