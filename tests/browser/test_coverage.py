"""Coverage, who gets what, whom to recruit and the first page, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from matcher.network import Network
from tests.browser.checks import assert_accessible, assert_suits_everybody, leave, two_looks
from tests.browser.conftest import Furnished
from tests.browser.site import Site

with_and_without_scripts = pytest.mark.parametrize("script", [True, False], ids=["scripts", "no-scripts"])


def _network(site: Site, furnished: Furnished) -> Network:
    return Network(site.app.extensions["switchboard"], furnished.network_id)


def test_every_page_suits_everybody(owner_page: Page, site: Site, furnished: Furnished) -> None:
    """No page breaks a rule of axe, overflows, or complains, in any width and colour scheme."""
    found = _network(site, furnished).assignment()
    gap, partner = found.needs[-1].need.need_id, found.slots[0].business_id
    paths = ["/", "/coverage", "/coverage/needs", f"/coverage/needs?need={gap}&why={partner}"]
    paths += [
        "/coverage/needs?service=roofer&state=filled",
        "/coverage/recruit?prove=1",
        "/coverage/recruit?by=service",
    ]
    paths += ["/heard", "/heard?q=we+want+a+will", f"/businesses/{partner}"]
    for path in paths:
        owner_page.goto(f"{site.url}{path}")
        owner_page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        assert_suits_everybody(owner_page)


@two_looks
def test_the_other_tabs_are_a_press_away(owner_page: Page, site: Site) -> None:
    """“More” opens the pages that there is no room for beside it."""
    owner_page.goto(f"{site.url}/coverage")
    more = owner_page.get_by_role("button", name="More")
    settings = owner_page.get_by_role("link", name="Settings", exact=True)
    expect(settings).not_to_be_visible()
    more.click()
    assert_accessible(owner_page)
    settings.click()
    owner_page.wait_for_url("**/settings")


@with_and_without_scripts
def test_from_the_answer_to_an_introduction(owner_page: Page, site: Site) -> None:
    """From the first page one goes to what is ready, introduces somebody, and takes it back."""
    owner_page.goto(f"{site.url}/")
    expect(owner_page.get_by_role("heading", level=1)).to_contain_text("Your network fills")
    leave(owner_page, owner_page.get_by_role("link", name="Introduce them"))
    needs = owner_page.get_by_role("article")
    before = needs.count()
    needs.first.get_by_role("button", name="Introduce").click()
    expect(needs).to_have_count(before - 1)
    owner_page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(needs).to_have_count(before)


@with_and_without_scripts
def test_a_square_leads_to_its_needs(owner_page: Page, site: Site) -> None:
    """A square of the matrix leads to the needs that it counts."""
    owner_page.goto(f"{site.url}/coverage")
    square = owner_page.locator("a.square.open").first
    number = int(re.findall(r"\d+", square.inner_text())[0])
    square.click()
    expect(owner_page.get_by_role("article")).to_have_count(number)


@with_and_without_scripts
def test_somebody_else_is_chosen(owner_page: Page, site: Site) -> None:
    """The owner gives a need to another partner, asks why not a third, and lets go of the choice."""
    owner_page.goto(f"{site.url}/coverage/needs?state=gap")
    need = owner_page.get_by_role("article").first
    title = need.get_by_role("heading").inner_text()
    need.get_by_text("Choose one yourself").click()
    need.get_by_label("Why not").select_option(index=0)
    need.get_by_role("button", name="Ask").click()
    expect(owner_page.get_by_role("status")).to_contain_text("Why not")
    need.get_by_text("Choose one yourself").click()
    need.get_by_label("Give it to").select_option(index=0)
    leave(owner_page, need.get_by_role("button", name="My choice"))
    owner_page.goto(f"{site.url}/coverage/needs?state=ready")
    mine = owner_page.get_by_role("article").filter(has=owner_page.get_by_role("heading", name=title))
    expect(mine).to_contain_text("Your choice")
    mine.get_by_role("button", name="Let go of my choice").click()
    expect(owner_page.get_by_text("Your choice")).to_have_count(0)


@with_and_without_scripts
def test_what_was_heard_becomes_a_need(owner_page: Page, site: Site) -> None:
    """What one heard is answered, kept for somebody new, and taken back."""
    owner_page.goto(f"{site.url}/")
    owner_page.get_by_label("I heard …").fill("we need a moving company")
    owner_page.get_by_role("button", name="Who does that?").click()
    owner_page.get_by_label("Name, if somebody new").fill("Zoe Park")
    owner_page.get_by_role("button", name="Keep it").click()
    expect(owner_page.get_by_role("article").filter(has_text="Zoe Park")).to_have_count(1)
    owner_page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(owner_page.get_by_role("status")).to_contain_text("Taken back")


def test_words_are_copied(owner_page: Page, site: Site) -> None:
    """The draft is copied with one press."""
    owner_page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    owner_page.goto(f"{site.url}/heard?q=we+want+a+will")
    owner_page.get_by_role("button", name="Copy").click()
    expect(owner_page.get_by_role("button", name="Copied")).to_be_visible()
    copied = owner_page.evaluate("navigator.clipboard.readText()")
    assert copied == owner_page.get_by_role("textbox", name="Message").input_value()


@pytest.mark.parametrize("path", ["/coverage", "/coverage/needs"])
def test_on_paper_there_is_only_the_answer(owner_page: Page, site: Site, path: str) -> None:
    """Printed, a page has no buttons and no navigation, and keeps its headline and numbers."""
    owner_page.goto(f"{site.url}{path}")
    owner_page.emulate_media(media="print")
    expect(owner_page.get_by_role("heading", level=1)).to_be_visible()
    expect(owner_page.get_by_role("navigation")).to_have_count(0)
    expect(owner_page.get_by_role("button")).to_have_count(0)
