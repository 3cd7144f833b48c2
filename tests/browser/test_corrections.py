"""From a reason that is wrong to the fact behind it and back, in a real browser."""

import re

from playwright.sync_api import Page, expect

from matcher.network import Network
from tests.browser.checks import Trouble, assert_suits_everybody, leave
from tests.browser.conftest import Furnished
from tests.browser.site import Site
from tests.browser.test_suggestions import with_and_without_scripts

RANK = re.compile(r"Rank (\d+)")


def _unsure(network: Network) -> int:
    """A suggestion whose “why” says that confirming its trade would bring it up."""
    for suggestion in network.suggestions(limit=20).suggestions:
        for change in network.why(suggestion.business_id).changes:
            if change.source.startswith("offer:") and change.rank is not None:
                return suggestion.business_id
    raise AssertionError("Every business of the town is known for sure.")


def _rank(page: Page) -> int:
    found = RANK.search(page.get_by_text("compared with the business in the middle").inner_text())
    assert found is not None
    return int(found[1])


@with_and_without_scripts
def test_a_wrong_reason_is_corrected_and_undone(owner_page: Page, site: Site, furnished: Furnished) -> None:
    """Wrong? leads to the fact; once it is corrected, reason and rank change; undo brings both back."""
    page, network = owner_page, Network(site.app.extensions["switchboard"], furnished.network_id)
    number = _unsure(network)
    (promised,) = (c.rank for c in network.why(number).changes if c.source.startswith("offer:"))
    page.goto(f"{site.url}/suggestions")
    leave(page, page.get_by_role("link", name="Why?").and_(page.locator(f'[href="/businesses/{number}"]')))
    reason = page.get_by_text(re.compile(r"We are (only )?\d+% sure that they work as"))
    before, words = _rank(page), reason.first.inner_text()
    leave(page, page.get_by_role("row").filter(has=reason).get_by_role("link", name="Wrong?"))
    assert page.url.endswith(f"/businesses/{number}/facts#fact-services")
    sold = page.locator("#fact-services")
    sold.get_by_role("combobox").first.select_option("1")
    sold.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Saved: what they sell.")
    expect(page.get_by_role("link", name="We know that they work as").first).to_be_visible()
    assert _rank(page) == promised
    assert _rank(page) < before
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("Taken back.")
    assert (_rank(page), reason.first.inner_text()) == (before, words)


@with_and_without_scripts
def test_a_refused_fact_says_why(owner_page: Page, site: Site, furnished: Furnished, trouble: Trouble) -> None:
    """What cannot be read is refused beside its field, which keeps what was typed."""
    network = Network(site.app.extensions["switchboard"], furnished.network_id)
    number = network.suggestions(limit=1).suggestions[0].business_id
    trouble.provoked.append("400")
    owner_page.goto(f"{site.url}/businesses/{number}/facts")
    owner_page.get_by_label("Clients a year").fill("lots")
    owner_page.locator("#fact-clients_a_year").get_by_role("button", name="Save").click()
    expect(owner_page.get_by_text("Please write a number.")).to_be_visible()
    expect(owner_page.get_by_label("Clients a year")).to_have_value("lots")


def test_the_pages_suit_everybody(owner_page: Page, site: Site, furnished: Furnished) -> None:
    """How it works and the facts of a business break no rule of axe and do not overflow, in any look."""
    network = Network(site.app.extensions["switchboard"], furnished.network_id)
    number = network.suggestions(limit=1).suggestions[0].business_id
    for path in ("/how", f"/businesses/{number}/facts", f"/businesses/{number}"):
        owner_page.goto(f"{site.url}{path}")
        assert_suits_everybody(owner_page)
