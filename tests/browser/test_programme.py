"""The list, the queue and this week of the programme in a browser, by keyboard."""

from playwright.sync_api import Page, expect

from matcher.answers.programme import DealTold, ProgrammeTold
from matcher.network import Network
from tests.browser.checks import assert_accessible, assert_fits, two_looks
from tests.browser.conftest import Furnished
from tests.browser.site import Site


@two_looks
def test_from_two_names_to_a_draft(owner_page: Page, site: Site, furnished: Furnished) -> None:
    """Names and tags are typed without a mouse, this week offers the two, and every page is accessible and fits."""
    network = Network(site.app.extensions["switchboard"], furnished.network_id)
    owner_page.goto(f"{site.url}/programme")
    _looked_at(owner_page)
    network.begin_programme(ProgrammeTold())
    partner = network.agreed_partners()[0].business_id
    network.add_deal(DealTold(business_id=partner, what="A free look", until_on=network.today()))
    owner_page.goto(f"{site.url}/list")
    expect(owner_page.get_by_label("Names, with commas between them")).to_be_focused()
    owner_page.keyboard.type("Mia Hart, Joe Park")
    owner_page.keyboard.press("Enter")
    expect(owner_page.get_by_text("Added: Mia Hart, Joe Park.")).to_be_visible()
    _looked_at(owner_page)
    number = max(one.person_id for one in network.contacts() if one.name in ("Mia Hart", "Joe Park"))
    owner_page.goto(f"{site.url}/list/next?after={number - 2}")
    _looked_at(owner_page)
    for keys in (("Tab", "Tab", "a moving company", "Tab", "20"), ("moving company",)):
        expect(owner_page.get_by_label("What do they do?")).to_be_focused()
        for key in keys:
            owner_page.keyboard.press(key) if key == "Tab" else owner_page.keyboard.type(key)
        with owner_page.expect_navigation():
            owner_page.keyboard.press("Enter")
    for path in (f"/list/{number - 1}", "/deals", "/programme"):
        owner_page.goto(f"{site.url}{path}")
        _looked_at(owner_page)
    mia, joe = network.listed(number - 1), network.listed(number)
    assert (mia.lacks[0].service, mia.tie.years, joe.offers) == ("moving_company", 20, ("moving_company",))
    owner_page.get_by_role("button", name="Draft the introduction").first.click()
    expect(owner_page.get_by_role("heading", name="What to do next")).to_be_visible()


def _looked_at(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")
    assert_accessible(page)
    assert_fits(page)
