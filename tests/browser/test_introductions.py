"""The whole loop of an introduction with two people who have no account, and their pages on a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from matcher.answers.introduced import ROLES, IntroductionTold
from matcher.answers.told import ClientTold
from matcher.answers.whose import Whose
from matcher.network import Network
from tests.browser.checks import Trouble, assert_accessible, assert_suits_everybody, leave, press
from tests.browser.conftest import Furnished
from tests.browser.site import Site
from tests.browser.test_inviting import on_a_phone
from tests.browser.test_suggestions import with_and_without_scripts
from webapp.serving import HOME


@pytest.fixture
def network(site: Site, furnished: Furnished) -> Network:
    """The network of the town's owner."""
    return Network(site.app.extensions["switchboard"], furnished.network_id)


@pytest.fixture
def pair(network: Network) -> tuple[int, int]:
    """A client and a partner who do not know each other yet."""
    client = network.add_client(ClientTold(name="Joe Miller", phone="520-555-0101"))
    return client, network.agreed_partners()[0].business_id


@pytest.fixture
def drafted(network: Network, pair: tuple[int, int]) -> int:
    """An introduction of the two."""
    first, target = Whose(person_id=pair[0]), Whose(business_id=pair[1])
    reason = "They return calls the same day, and told us so twice when we asked around in your street last week."
    told = IntroductionTold(for_us=False, first=first, target=target, first_reason=reason, target_reason=reason)
    return network.draft_introduction(told)


@pytest.fixture
def stranger(browser: Browser) -> Iterator[Page]:
    """Somebody else's phone, where nobody is signed in."""
    context = browser.new_context(viewport={"width": 320, "height": 640})
    yield context.new_page()
    context.close()


def test_the_whole_loop(owner_page: Page, stranger: Page, site: Site, network: Network, pair: tuple[int, int]) -> None:
    """Drafted from a business's page, two links and taps by strangers, a message to both, a report with stars."""
    client, partner = pair
    owner_page.goto(f"{site.url}/businesses/{partner}")
    owner_page.get_by_role("link", name="Introduce a client to them").click()
    owner_page.get_by_label("First", exact=True).select_option(f"person:{client}")
    owner_page.get_by_role("button", name="Draft it").click()
    name = network.business(partner).name
    for whom in ("Joe Miller", name):
        owner_page.get_by_role("button", name=f"Ask {whom}").click()
        stranger.goto(owner_page.get_by_label("The link alone").input_value())
        expect(stranger.get_by_text(f"{HOME.name} asks")).to_be_visible()
        press(stranger, "Yes")
        expect(stranger.get_by_role("heading", name="Thank you")).to_be_visible()
        owner_page.goto(f"{site.url}/introductions/{network.introductions()[0].introduction_id}")
    message = owner_page.get_by_label("The message to both").input_value()
    assert "Joe Miller: 520-555-0101" in message
    assert name in message
    owner_page.get_by_role("button", name="I have introduced them").click()
    owner_page.get_by_role("button", name="Ask Joe Miller what came of it").click()
    stranger.goto(owner_page.get_by_label("The link alone").input_value())
    stranger.get_by_text("Say more, if you like").click()
    stranger.get_by_label(f"How was it with {name}?").select_option("5")
    press(stranger, "The work is done")
    expect(stranger.get_by_text(f"{HOME.name} has what you told")).to_be_visible()
    owner_page.goto(f"{site.url}/introductions")
    article = owner_page.get_by_role("article", name="Joe Miller")
    expect(article.get_by_text("It went well. Now say thank you.")).to_be_visible()


def test_from_suggestion_to_thanks_twice(owner_page: Page, stranger: Page, site: Site, network: Network) -> None:
    """A partner introduces us to whom was suggested; both say yes, work comes of it, and they are thanked twice."""
    partner, found = network.agreed_partners()[0], network.suggestions(limit=1).suggestions[0]
    owner_page.goto(f"{site.url}/suggestions")
    owner_page.get_by_role("article").get_by_role("link", name=found.name, exact=True).click()
    owner_page.get_by_role("link", name="Ask somebody to introduce you").click()
    owner_page.get_by_label("First", exact=True).select_option(f"business:{partner.business_id}")
    owner_page.get_by_role("button", name="Draft it").click()
    for name in (partner.name, found.name):
        owner_page.get_by_role("button", name=f"Ask {name}").click()
        stranger.goto(owner_page.get_by_label("The link alone").input_value())
        press(stranger, "Yes")
        owner_page.goto(f"{site.url}/introductions/{network.introductions()[0].introduction_id}")
    owner_page.get_by_role("button", name="I have introduced them").click()
    owner_page.get_by_role("button", name=f"Ask {found.name} what came of it").click()
    stranger.goto(owner_page.get_by_label("The link alone").input_value())
    press(stranger, "The work is done")
    owner_page.goto(f"{site.url}/referrals")
    owner_page.get_by_role("link", name=found.name).first.click()
    leave(owner_page, owner_page.get_by_role("button", name="I said thank you", exact=True))
    press(owner_page, "I thanked them again")
    referral = next(one for one in network.referrals().referrals if one.prospect == found.name)
    assert (referral.whose, referral.result, referral.given) == (Whose(partner.business_id), "done", False)
    assert all((referral.thanked_on, referral.thanked_again_on))


@on_a_phone
@with_and_without_scripts
def test_a_no_is_one_tap(page: Page, site: Site, network: Network, drafted: int, trouble: Trouble) -> None:
    """On a phone, with script or without, all three answers stand on the first screen; a no ends it in private."""
    page.goto(f"{site.url}/ask/{network.ask(drafted, 'first')}")
    for answer in ("Yes", "Not now", "No"):
        box = page.get_by_role("button", name=answer, exact=True).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 640
    page.get_by_role("button", name="No", exact=True).click()
    expect(page.get_by_text("nobody else learns of it")).to_be_visible()
    assert network.introduction(drafted).stage == "declined"
    trouble.provoked.append("404")
    page.go_back()
    page.reload()
    expect(page.get_by_role("heading", name="This link does not work any more")).to_be_visible()


def test_the_public_pages_suit_everybody(page: Page, site: Site, network: Network, drafted: int) -> None:
    """The question, the report and the thanks break no rule of axe and fit."""
    page.goto(f"{site.url}/ask/{network.ask(drafted, 'first')}")
    page.get_by_text("Add a word for").click()
    assert_suits_everybody(page)
    network.note_answer(drafted, "first", "yes")
    network.ask(drafted, "target")
    network.note_answer(drafted, "target", "yes")
    network.connect(drafted)
    page.goto(f"{site.url}/outcome/{network.ask_what_came(drafted, 'first')}")
    page.get_by_text("Say more, if you like").click()
    for path in ("", "/thanks/introduction/ask", "/thanks/introduction/outcome"):
        if path:
            page.goto(f"{site.url}{path}")
        assert_suits_everybody(page)


def test_the_owners_pages_suit_everybody(owner_page: Page, site: Site, network: Network, drafted: int) -> None:
    """The list, the form, and one introduction at every step are accessible and fit."""
    for path in ("/introductions", "/introductions/new?for_us=yes", f"/introductions/{drafted}"):
        owner_page.goto(f"{site.url}{path}")
        assert_suits_everybody(owner_page)
    for role in ROLES:
        owner_page.goto(f"{site.url}/introductions/{drafted}")
        press(owner_page, "Ask ")
        assert_suits_everybody(owner_page)
        network.note_answer(drafted, role, "yes", "x" * 200)
    owner_page.goto(f"{site.url}/introductions/{drafted}")
    assert_accessible(owner_page)
    press(owner_page, "I have introduced them")
    assert_suits_everybody(owner_page)
