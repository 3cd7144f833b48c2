"""What is kept of people, and associations, in a browser."""

from playwright.sync_api import Page, expect

from matcher.answers.connected import ContactTold
from matcher.network import Network
from tests.browser.checks import assert_accessible, assert_fits, leave, press, two_looks
from tests.browser.conftest import Furnished
from tests.browser.site import Site


@two_looks
def test_somebody_is_looked_up_and_erased(owner_page: Page, site: Site, furnished: Furnished) -> None:
    """From Settings to all that is held of a person, to their typed name; each page fits and breaks no rule of axe."""
    network = Network(site.app.extensions["switchboard"], furnished.network_id)
    network.add_contact(ContactTold(name="Ann Quill", email="ann@example.org", note="Sings in a choir"))
    network.add_contact(ContactTold(name="Bo Ray", note="Met through Ann Quill"))
    page = owner_page
    page.goto(f"{site.url}/settings")
    leave(page, page.get_by_role("link", name="My data", exact=True))
    page.get_by_label("Search").fill("quill")
    _look(page)
    leave(page, page.get_by_role("link", name="Ann Quill"))
    expect(page.get_by_text("Met through Ann Quill")).to_be_visible()
    _look(page)
    leave(page, page.get_by_role("link", name="Erase everywhere"))
    _look(page)
    page.get_by_label("To erase them, type their name").fill("ann quill")
    press(page, "Erase for good")
    expect(page.get_by_text("They are erased")).to_be_visible()
    _look(page)
    assert [card.note for card in network.contacts("ray")] == ["Met through [erased]"]


@two_looks
def test_an_association_is_watched(owner_page: Page, site: Site, furnished: Furnished) -> None:
    """Two pasted lists tell who joined, and one tap notes the moment; each page fits and breaks no rule of axe."""
    network = Network(site.app.extensions["switchboard"], furnished.network_id)
    partner = network.agreed_partners()[0].name
    page = owner_page
    for text in ("Agave Tiles\nBo's Bakery", f'Company,Category\n"{partner}",\nBos Bakery,Bakery\nAgave Tiles,\nDune,'):
        page.goto(f"{site.url}/rosters")
        _look(page)
        page.get_by_label("Association").fill("Chamber")
        page.get_by_label("Or paste it here").fill(text)
        press(page, "Read the list")
    expect(page.get_by_text("Bo's Bakery left, Bos Bakery joined.")).to_be_visible()
    press(page, f"Note the moment with {partner}")
    expect(page.get_by_text("Noted: a good moment")).to_be_visible()
    _look(page)


def _look(page: Page) -> None:
    assert_fits(page)
    assert_accessible(page)
