"""Who is in twice, in a browser, with keys alone."""

from playwright.sync_api import Page, expect

from matcher.answers.connected import ContactTold
from matcher.network import Network
from tests.browser.checks import assert_accessible, assert_fits, press, two_looks
from tests.browser.conftest import Furnished
from tests.browser.site import Site


@two_looks
def test_two_are_made_one_with_keys_alone(owner_page: Page, site: Site, furnished: Furnished) -> None:
    """The group fits the window and is accessible; arrows choose a value, a button makes them one, undo parts them."""
    network = Network(site.app.extensions["switchboard"], furnished.network_id)
    for name, note in (("Bob Wintergreen", ""), ("Robert Wintergreen", "N" * 80)):
        network.add_contact(
            ContactTold(name=name, email=f"bob@{'wintergreen' * 3}.example", phone="520-555-0177", note=note)
        )
    owner_page.goto(f"{site.url}/duplicates")
    expect(owner_page.get_by_text("same telephone; names alike")).to_be_visible()
    assert_accessible(owner_page)
    assert_fits(owner_page)
    owner_page.get_by_role("radio", name="Bob Wintergreen").focus()
    owner_page.keyboard.press("ArrowDown")
    press(owner_page, "Make them one")
    expect(owner_page.get_by_text("2 people are one: Robert Wintergreen.")).to_be_visible()
    assert_accessible(owner_page)
    press(owner_page, "Undo")
    expect(owner_page.get_by_text("parted again")).to_be_visible()
    expect(owner_page.get_by_role("button", name="They are not the same")).to_be_visible()
