"""Referrals and sources in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from matcher.answers.cared import CareTold
from matcher.answers.referred import ReferralTold
from matcher.answers.told import ClientTold
from matcher.answers.whose import Whose
from matcher.network import Network
from tests.browser.checks import assert_suits_everybody
from tests.browser.conftest import Furnished
from tests.browser.site import Site
from tests.browser.test_suggestions import with_and_without_scripts


@pytest.fixture
def network(site: Site, furnished: Furnished) -> Network:
    """The network of the town's owner."""
    return Network(site.app.extensions["switchboard"], furnished.network_id)


@pytest.fixture
def maria(network: Network) -> int:
    """A client of hers, with whom there is much to show."""
    maria = Whose(person_id=network.add_client(ClientTold(name="Maria Gómez", grade="A")))
    network.set_care(maria, CareTold(why_not="knows_not_how", thank_publicly=True))
    network.add_referral(ReferralTold(given=False, whose=maria, prospect="Joe Park", result="done", value_cents=90_000))
    for name in ("Ann Bell", "Cy Dorn", "Eva Frei"):
        network.add_referral(ReferralTold(given=True, whose=maria, prospect=name, service="roofer", result="nowhere"))
    return maria.person_id or 0


@pytest.mark.parametrize("look", [(320, "light")], indirect=True, ids=["phone"])
@with_and_without_scripts
def test_thanked_twice(owner_page: Page, site: Site, network: Network, maria: int) -> None:
    """A referral is written down from a client's page, done, and thanked for twice, each with one click."""
    page = owner_page
    page.goto(f"{site.url}/clients/{maria}/source")
    page.get_by_role("link", name="New referral").click()
    page.get_by_label("Whom it is about").fill("Zoë Quill")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("button", name="I said thank you").first.click()
    expect(page.get_by_text("Thanked.", exact=True)).to_be_visible()
    page.get_by_role("button", name="The work is done").click()
    page.get_by_role("button", name="I thanked them again").first.click()
    expect(page.get_by_role("heading", name="Thank them again")).to_have_count(0)
    card = next(one for one in network.referrals().referrals if one.prospect == "Zoë Quill")
    assert card.thanked_on
    assert card.thanked_again_on


def test_pages_are_for_everybody(owner_page: Page, site: Site, network: Network, maria: int) -> None:
    """The pages of referrals and sources fit, and break no rule of axe, in every look."""
    numbers = {card.given: card.referral_id for card in network.referrals().referrals}
    for path in (
        "/referrals",
        "/referrals?q=nobody",
        "/referrals/new",
        f"/referrals/{numbers[False]}",
        f"/referrals/{numbers[True]}",
        "/sources",
        f"/clients/{maria}/source",
    ):
        owner_page.goto(site.url + path)
        assert_suits_everybody(owner_page)
