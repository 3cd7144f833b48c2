"""A coach makes a programme, gives it to three agents, changes one step and sees who has it."""

from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, expect

from matcher.network import Network
from matcher.store import Store
from matcher.store.accounts import Accounts
from matcher.units import now_utc
from matcher.visitors.taking_kits import accept_invite
from tests.browser.checks import assert_accessible, assert_fits, press, two_looks
from tests.browser.conftest import Furnished
from tests.browser.site import Site

AGENTS = ("Ada", "Ben", "Cora")


@pytest.fixture
def agents(site: Site) -> list[Network]:
    """Three agents with networks of their own."""
    store: Store = site.app.extensions["switchboard"]
    accounts, now = Accounts(store), now_utc()
    made = [accounts.create_account(f"{name.lower()}@example.com", now=now) for name in AGENTS]
    return [Network(store, accounts.create_network(n, a, now=now)) for n, a in zip(AGENTS, made, strict=True)]


def _looked_at(page: Page) -> None:
    assert_accessible(page)
    assert_fits(page)


def _enter(page: Page, site: Site, account: int) -> None:
    """Sign in by a one-time link."""
    token = Accounts(site.app.extensions["switchboard"]).issue_link(account, now=now_utc())
    page.goto(f"{site.url}/enter/{token}")
    press(page, "Sign in")


def _new_link(page: Page) -> str:
    """Make a link on the page of a programme, and read it."""
    press(page, "Make a link")
    return page.get_by_label("The link", exact=True).input_value()


@two_looks
def test_a_coach_changes_one_step(
    owner_page: Page, site: Site, furnished: Furnished, agents: list[Network], browser: Browser
) -> None:
    """One programme goes to three by links; after one step changed the board shows who has it, and one takes it."""
    page, store = owner_page, site.app.extensions["switchboard"]
    page.goto(f"{site.url}/coach")
    page.get_by_label("What to call it").fill("Give first")
    press(page, "Make it")
    kit = page.url
    page.get_by_role("link", name="Add a step").click()
    page.get_by_label("What it is").fill("Our first coffee")
    page.get_by_label("What to do").fill("Ask three people what they miss.")
    _looked_at(page)
    press(page, "Save this step")
    links = [_new_link(page) for _ in agents]
    _looked_at(page)
    for network, name, link in list(zip(agents, AGENTS, links, strict=True))[1:]:
        accept_invite(store, link.rpartition("/")[2], network.id, name)
    with closing(browser.new_context(viewport=page.viewport_size, reduced_motion="reduce")) as context:
        theirs = context.new_page()
        theirs.goto(links[0])
        _looked_at(theirs)
        _enter(theirs, site, Accounts(store).find_account("ada@example.com") or 0)
        theirs.goto(links[0])
        theirs.get_by_label("How shall your coach see you?").fill("Ada")
        press(theirs, "Yes, take the programme")
        expect(theirs.get_by_role("heading", name="Your copy of the programme")).to_be_visible()
        page.goto(kit)
        expect(page.get_by_text("3 of 3 have this version")).to_be_visible()
        page.locator(".kit-step", has_text="Our first coffee").get_by_role("link", name="Change").click()
        page.get_by_label("What to do").fill("Ask five people what they miss.")
        press(page, "Save this step")
        expect(page.get_by_text("0 of 3 have this version")).to_be_visible()
        theirs.reload()
        expect(theirs.get_by_text("Ask five people what they miss.")).to_be_visible()
        _looked_at(theirs)
        press(theirs, "Take the new version")
    page.reload()
    expect(page.get_by_text("1 of 3 have this version")).to_be_visible()
    page.goto(f"{site.url}/coach")
    expect(page.get_by_role("row", name="Ada")).to_contain_text("Has the newest")
    expect(page.get_by_role("row", name="Ben")).to_contain_text("Has an older one")
    _looked_at(page)
