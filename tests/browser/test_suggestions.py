"""From a business of one's own to a partner, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from matcher.answers.partners import Filters
from matcher.network import Network
from matcher.store.accounts import Accounts
from matcher.units import now_utc
from tests.browser.checks import assert_accessible, assert_suits_everybody, press, two_looks
from tests.browser.conftest import Furnished
from tests.browser.site import Site

with_and_without_scripts = pytest.mark.parametrize("script", [True, False], ids=["scripts", "no-scripts"])


def _network(site: Site, furnished: Furnished) -> Network:
    return Network(site.app.extensions["switchboard"], furnished.network_id)


def _newcomer(site: Site, page: Page) -> None:
    """Sign in somebody who has not said yet what they sell."""
    accounts, now = Accounts(site.app.extensions["switchboard"]), now_utc()
    account = accounts.create_account("new@example.com", now=now)
    accounts.create_network("New", account, now=now)
    page.goto(f"{site.url}/enter/{accounts.issue_link(account, now=now)}")
    page.get_by_role("button", name="Sign in").click()


def _describe_business(page: Page) -> None:
    """The three steps of the first run, for a mortgage broker of the made-up town."""
    page.get_by_role("searchbox").fill("mortgage broker")
    if page.get_by_role("button", name="Search").is_visible():
        page.get_by_role("button", name="Search").click()
    page.get_by_label("Mortgage broker or home lender").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("First-time home buyers").first.check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Name of your business").fill("Cascade Home Loans")
    page.get_by_label("Town or ZIP code").fill("Wrenfield")
    page.get_by_text("Outside the United States").click()
    page.get_by_label("Coordinates").fill("44.602, -122.981")
    page.get_by_role("button", name="Show my suggestions").click()


@with_and_without_scripts
def test_from_the_first_run_to_a_partner_and_back(page: Page, site: Site) -> None:
    """Describe a business, see suggestions, ask why, say yes, find them in the network, and take it back."""
    _newcomer(site, page)
    _describe_business(page)
    expect(page.get_by_role("heading", name="Suggestions")).to_be_visible()
    first = page.get_by_role("article").first
    name = first.get_by_role("heading", level=2).inner_text()
    first.get_by_role("link", name="Why?").click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    expect(page.get_by_role("heading", name="Why this place on the list")).to_be_visible()
    page.get_by_role("button", name="Yes to").click()
    expect(page.get_by_role("status")).to_contain_text(f"{name} is on your list to meet")
    page.get_by_role("link", name="Network", exact=True).click()
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name))
    expect(row).to_contain_text("Courted")
    row.get_by_role("link", name=name).click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("Taken back")
    page.get_by_role("link", name="Network", exact=True).click()
    expect(page.get_by_role("rowheader", name=name)).to_have_count(0)


@with_and_without_scripts
def test_no_asks_for_a_reason(owner_page: Page, site: Site) -> None:
    """A no opens a dialog, keeps the reason, leads back to the same filtered list, and can be undone."""
    owner_page.goto(f"{site.url}/suggestions?group=law")
    first = owner_page.get_by_role("article").first
    name = first.get_by_role("heading", level=2).inner_text()
    first.get_by_role("button", name="No to").click()
    dialog = owner_page.get_by_role("dialog", name=f"Why not {name}?")
    dialog.get_by_label("I would not recommend them").check()
    dialog.get_by_role("button", name="Do not suggest them").click()
    expect(owner_page.get_by_role("status")).to_contain_text(f"{name} will not be suggested again")
    assert "group=law" in owner_page.url
    expect(owner_page.get_by_role("heading", level=2, name=name, exact=True)).to_have_count(0)
    owner_page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(owner_page.get_by_role("heading", level=2, name=name, exact=True)).to_have_count(1)


@with_and_without_scripts
@pytest.mark.parametrize("look", [(320, "light"), (1280, "light")], indirect=True, ids=["phone", "desk"])
def test_filters_narrow_the_list(owner_page: Page, site: Site) -> None:
    """A filter chosen in the form, a sheet on the phone, narrows the list; its chip takes it out again."""
    owner_page.goto(f"{site.url}/suggestions")
    sheet = owner_page.get_by_role("button", name="Filters")
    if sheet.is_visible():
        sheet.click()
    owner_page.get_by_label("Kind of service").select_option("law")
    for name in ("Apply", "Show the suggestions"):
        button = owner_page.get_by_role("button", name=name)
        if button.is_visible():
            button.click()
    chip = owner_page.get_by_role("link", name=re.compile("^Law"))
    expect(chip).to_be_visible()
    assert "group=law" in owner_page.url
    chip.click()
    expect(chip).to_have_count(0)


def test_a_slash_goes_to_the_search(owner_page: Page, site: Site) -> None:
    """The key / puts the cursor into the search, and typing a name finds its card."""
    owner_page.goto(f"{site.url}/suggestions")
    name = owner_page.get_by_role("article").nth(4).get_by_role("heading", level=2).inner_text()
    owner_page.keyboard.press("/")
    owner_page.keyboard.type(name)
    expect(owner_page.get_by_role("article")).to_have_count(1)
    expect(owner_page.get_by_role("heading", level=2, name=name, exact=True)).to_be_visible()


@with_and_without_scripts
def test_why_not_is_answered(owner_page: Page, site: Site, furnished: Furnished) -> None:
    """Asking for a competitor by name leads to a page that says that it competes."""
    network = _network(site, furnished)
    sellers = network.directory(Filters(services=("mortgage_broker",))).businesses
    rival = next(b for b in sellers if network.why(b.business_id).standing == "competitor")
    owner_page.goto(f"{site.url}/suggestions")
    owner_page.get_by_label("Why not …").fill(rival.name)
    owner_page.get_by_role("button", name="Ask").click()
    owner_page.get_by_role("link", name=rival.name).click()
    expect(owner_page.get_by_text("Competes with you")).to_be_visible()


@with_and_without_scripts
def test_the_owner_says_who_competes(owner_page: Page, site: Site) -> None:
    """A competitor of whom the owner says that it is none leaves the list of overflow partners, and comes back."""
    owner_page.goto(f"{site.url}/overflow")
    name = owner_page.get_by_role("heading", level=2).first.inner_text()
    owner_page.get_by_role("link", name=name).click()
    owner_page.get_by_label("You know better?").fill("they lend to firms only")
    owner_page.get_by_role("button", name="They do not compete with us").click()
    expect(owner_page.get_by_role("status")).to_contain_text("You said that they do not compete with you")
    owner_page.goto(f"{site.url}/overflow")
    expect(owner_page.get_by_role("heading", level=2, name=name, exact=True)).to_have_count(0)
    owner_page.go_back()
    press(owner_page, "Take it back")
    owner_page.goto(f"{site.url}/overflow")
    expect(owner_page.get_by_role("heading", level=2, name=name, exact=True)).to_have_count(1)


@pytest.mark.parametrize("form", ["CSV", "Excel"])
def test_the_list_is_a_file(owner_page: Page, site: Site, form: str) -> None:
    """The filtered list can be kept as a file."""
    owner_page.goto(f"{site.url}/suggestions?group=law")
    with owner_page.expect_download() as download:
        owner_page.get_by_role("link", name=form).click()
    assert download.value.suggested_filename == {"CSV": "suggestions.csv", "Excel": "suggestions.xlsx"}[form]


def test_a_seat_in_the_picture_leads_on(owner_page: Page, site: Site) -> None:
    """An empty seat leads to suggestions for its service, by keyboard as well."""
    owner_page.goto(f"{site.url}/network")
    seat = owner_page.locator("svg a.seat.open").first
    seat.focus()
    owner_page.keyboard.press("Enter")
    owner_page.wait_for_url(re.compile(r"/suggestions\?service="))


def test_every_page_suits_everybody(owner_page: Page, site: Site, furnished: Furnished) -> None:
    """No page breaks a rule of axe, overflows, or complains, in any width and colour scheme."""
    network = _network(site, furnished)
    best = network.suggestions(limit=1).suggestions[0].business_id
    partner = next(seat.business_id for seat in network.picture().seats if seat.state == "partner")
    rival = network.directory(Filters(services=("mortgage_broker",))).businesses[0].business_id
    paths = ["/suggestions", "/suggestions?q=zzzz&group=law", "/why-not?q=realty", "/network"]
    paths += ["/one-sided", "/overflow", "/overflow?q=zzzz", "/how", f"/how?business={best}", "/needs"]
    paths += ["/understand?q=my+roof+is+leaking", "/understand?q=lawyer", "/understand"]
    paths += [f"/businesses/{number}" for number in (best, partner, rival)] + [f"/businesses/{best}/facts"]
    for path in [*paths, "/about/journey/first_home", "/about/service/title_escrow"]:
        owner_page.goto(f"{site.url}{path}")
        assert_suits_everybody(owner_page)


@with_and_without_scripts
def test_what_moves_somebody_is_remembered(owner_page: Page, site: Site, furnished: Furnished) -> None:
    """What the form on a business's page says is remembered, shown, and can be taken back."""
    best = _network(site, furnished).suggestions(limit=1).suggestions[0].business_id
    owner_page.goto(f"{site.url}/businesses/{best}")
    owner_page.get_by_text("Tell us", exact=True).click()
    owner_page.get_by_label("What they want, in their own words").fill("A partner who calls back")
    owner_page.get_by_label("Whom they want to meet, 1").select_option(label="First-time home buyers")
    owner_page.get_by_label("Do they want to grow?").select_option(label="Yes")
    owner_page.get_by_label("They said never to send money").check()
    owner_page.get_by_role("button", name="Remember this").click()
    moves = owner_page.get_by_role("region", name="What moves them")
    expect(moves).to_contain_text("A partner who calls back")
    expect(moves).to_contain_text("They said never to send money.")
    owner_page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(moves).to_contain_text("Nobody has told us yet")


def test_the_form_for_what_moves_somebody_suits_everybody(owner_page: Page, site: Site, furnished: Furnished) -> None:
    """The open form is accessible and fits, in any width and colour scheme."""
    best = _network(site, furnished).suggestions(limit=1).suggestions[0].business_id
    owner_page.goto(f"{site.url}/businesses/{best}")
    owner_page.get_by_text("Tell us", exact=True).click()
    assert_suits_everybody(owner_page)


@two_looks
def test_the_dialogs_suit_everybody(owner_page: Page, site: Site) -> None:
    """The filters' sheet and the dialog for a no are accessible while they are open."""
    owner_page.goto(f"{site.url}/suggestions")
    sheet = owner_page.get_by_role("button", name="Filters")
    if sheet.is_visible():
        sheet.click()
        assert_accessible(owner_page)
        owner_page.keyboard.press("Escape")
    owner_page.get_by_role("button", name="No to").first.click()
    assert_accessible(owner_page)
