"""The agenda with its owner at a desk and on a phone, and the promise kept by a client without an account."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from matcher.answers.agenda import SaleTold
from matcher.answers.told import ClientTold
from matcher.network import Network
from tests.browser.checks import Trouble, assert_suits_everybody, press
from tests.browser.conftest import Furnished
from tests.browser.site import Site
from tests.browser.test_suggestions import with_and_without_scripts

on_a_phone = pytest.mark.parametrize("look", [(320, "light")], indirect=True, ids=["phone"])
DAY = timedelta(days=1)


@pytest.fixture
def network(site: Site, furnished: Furnished) -> Network:
    """The network of the town's owner."""
    return Network(site.app.extensions["switchboard"], furnished.network_id)


@pytest.fixture
def sale(network: Network) -> int:
    """Work that a client is happy with, and promised two introductions for."""
    today = network.today()
    client = network.add_client(ClientTold(name="Mia Hart", grade="A"))
    number = network.note_sale(client, SaleTold(what="the new terrace", agreed_on=today - 30 * DAY, promised=2))
    network.note_sale_step(number, "done", today - 3 * DAY)
    network.note_sale_step(number, "results", today - DAY)
    return number


def test_the_owners_pages_suit_everybody(owner_page: Page, site: Site, sale: int) -> None:
    """The agenda, with a note that was read and a calendar's address, and the sales' pages are accessible and fit."""
    for path in ("/agenda", "/sales", f"/sales/{sale}"):
        owner_page.goto(f"{site.url}{path}")
        assert_suits_everybody(owner_page)
    owner_page.get_by_role("button", name="Make a link for them").click()
    expect(owner_page.get_by_label("The link", exact=True)).to_be_visible()
    assert_suits_everybody(owner_page)
    owner_page.goto(f"{site.url}/agenda")
    owner_page.get_by_label("What somebody said or wrote").fill("Mia is delighted with the terrace.")
    owner_page.get_by_role("button", name="Look for moments").click()
    expect(owner_page.get_by_text("They praised you")).to_be_visible()
    assert_suits_everybody(owner_page)


@on_a_phone
@with_and_without_scripts
def test_a_promise_is_kept_on_a_phone(page: Page, site: Site, network: Network, sale: int) -> None:
    """The whole form stands on one screen; after the last introduction there are thanks and nothing to fill in."""
    page.goto(f"{site.url}/promise/{network.send_promise(sale)}")
    for name in ("Paul Reed", "Tess Bloom"):
        expect(page.get_by_role("button", name="Introduce them")).to_be_in_viewport()
        page.get_by_label("Who is it?").fill(name)
        page.get_by_label("How do we reach them?").fill("520-555-0101")
        press(page, "Introduce them")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert network.sale(sale).delivered == 2


def test_the_promise_suits_everybody(page: Page, site: Site, network: Network, sale: int, trouble: Trouble) -> None:
    """The promise's page, as it is and when something is missing, is accessible and fits."""
    trouble.provoked += ["400"]
    page.goto(f"{site.url}/promise/{network.send_promise(sale)}")
    assert_suits_everybody(page)
    page.get_by_label("Who is it?").fill("X" * 60)
    page.get_by_label("How do we reach them?").fill(" ")
    page.get_by_role("button", name="Introduce them").click()
    expect(page.get_by_text("Please write how to reach them")).to_be_visible()
    assert_suits_everybody(page)


def test_a_task_is_done_and_comes_back(owner_page: Page, site: Site, sale: int) -> None:
    """Done takes a task off the page, and Undo beside the message brings it back."""
    owner_page.goto(f"{site.url}/agenda")
    task = owner_page.get_by_role("heading", name="Ask Mia Hart for what they promised")
    owner_page.get_by_role("button", name="Done Ask Mia Hart for what they promised").click()
    expect(task).to_have_count(0)
    owner_page.get_by_role("button", name="Undo").click()
    expect(task).to_have_count(1)
    assert sale
