"""From one line to a client whose needs are met, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from matcher.answers.told import ClientTold, NeedTold
from matcher.knowledge.quick_add import read_line
from matcher.network import Network
from matcher.units import now_utc
from tests.browser.checks import Trouble, assert_accessible, assert_suits_everybody
from tests.browser.conftest import Furnished
from tests.browser.site import Site
from tests.browser.test_suggestions import with_and_without_scripts

LINE = "Joe and Ana, buying first home in Wrenfield in March, need movers and help with the usual stuff"
SEVERAL = f"{LINE}\nBob: lives in Xanadu, the thing with the wall\n{'Wilhelmina ' * 12}needs a dentist"
LONG = "x" * 200


@pytest.fixture(scope="module", autouse=True)
def _model_is_loaded() -> None:
    """Who reads first waits until the language model is there, longer than a browser does on a busy machine."""
    read_line(LINE, {}, now_utc().date())


def _network(site: Site, furnished: Furnished) -> Network:
    return Network(site.app.extensions["switchboard"], furnished.network_id)


@pytest.fixture(autouse=True)
def _nobody_yet(site: Site, furnished: Furnished) -> None:
    """The owner has no clients: those of the made-up town are taken out."""
    network = _network(site, furnished)
    network.remove_clients([client.client_id for client in network.clients(limit=100).clients])


def _read(page: Page, site: Site, text: str) -> None:
    """Write into the box and go on to what was understood."""
    page.goto(f"{site.url}/clients")
    page.get_by_label("Add a client in one line").fill(text)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="What we understood")).to_be_visible()


@with_and_without_scripts
def test_from_a_line_to_a_need_that_is_met(owner_page: Page, site: Site, furnished: Furnished) -> None:
    """Quick add, correct, keep; on the client's page an expected need is told, handed on and filled; each with undo."""
    page = owner_page
    _read(page, site, LINE)
    expect(page.get_by_text("What does “help with the usual stuff” call for?")).to_be_visible()
    expect(page.get_by_label("Moving company")).to_be_checked()
    page.get_by_role("group", name="“help with the usual stuff”").get_by_label("Another service").fill(
        "House cleaning service"
    )
    page.get_by_label("Grade").select_option("A")
    page.get_by_role("button", name="Keep this client").click()
    status = page.get_by_role("status")
    expect(status).to_contain_text("We remember that “help with the usual stuff” means House cleaning service.")
    expect(page.get_by_role("heading", name="Joe and Ana", exact=True)).to_be_visible()
    now, expected = page.locator("#needs"), page.locator("#expected")
    expect(now.get_by_role("article")).to_have_count(2)
    expect(expected.get_by_text("Expected, not said")).to_be_visible()
    expected.get_by_role("button", name="They need this – Home inspector").click()
    expect(status).to_contain_text("Joe and Ana needs: Home inspector.")
    expect(expected.get_by_role("button", name="They need this – Home inspector")).to_have_count(0)
    need = now.get_by_role("article", name="Home inspector")
    expect(need.get_by_label("Partner")).to_have_text(re.compile("Second Look Home Inspections"))
    need.get_by_role("button", name="Introduced").click()
    expect(need).to_contain_text("introduced to Second Look Home Inspections")
    need.get_by_role("button", name="Filled by them").click()
    expect(status).to_contain_text("filled by Second Look Home Inspections")
    status.get_by_role("button", name="Undo").click()
    expect(need).to_contain_text("introduced to Second Look Home Inspections")
    (client,) = _network(site, furnished).clients().clients
    assert [(n.service, n.status) for n in client.needs] == [
        ("moving_company", "open"),
        ("house_cleaning", "open"),
        ("home_inspector", "introduced"),
    ]


@with_and_without_scripts
def test_several_lines_are_kept_and_undone_together(owner_page: Page, site: Site, furnished: Furnished) -> None:
    """Each line is shown with its questions; what is wrong is told with nothing lost; undo takes all of them out."""
    page = owner_page
    _read(page, site, SEVERAL)
    expect(page.get_by_text("We do not know where “Xanadu” is.")).to_be_visible()
    page.get_by_role("button", name="Keep these 3 clients").click()
    expect(page.get_by_role("status")).to_contain_text("3 clients are kept.")
    expect(page.get_by_role("rowheader")).to_have_count(3)
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_text("No clients yet")).to_be_visible()


def test_enter_reads_and_shift_enter_begins_a_line(owner_page: Page, site: Site) -> None:
    """With scripts, Enter is enough for one client, and another line can still be begun."""
    owner_page.goto(f"{site.url}/clients")
    box = owner_page.get_by_label("Add a client in one line")
    box.press_sequentially("Zoe needs a dentist")
    box.press("Shift+Enter")
    box.press_sequentially("Bob needs a roofer")
    box.press("Enter")
    expect(owner_page.get_by_role("button", name="Keep these 2 clients")).to_be_visible()


@with_and_without_scripts
def test_what_is_wrong_is_told_at_its_field(owner_page: Page, site: Site, trouble: Trouble) -> None:
    """The sentence on top leads to the field, which says the same and keeps what was typed."""
    trouble.provoked += ["/clients", "400"]
    _read(owner_page, site, "Zoe needs a dentist")
    owner_page.get_by_label("Town and state, or ZIP").fill("Zzyzxville")
    owner_page.get_by_role("button", name="Keep this client").click()
    owner_page.get_by_role("alert").get_by_role("link").click()
    field = owner_page.get_by_label("Town and state, or ZIP")
    expect(field).to_have_value("Zzyzxville")
    expect(field).to_have_attribute("aria-invalid", "true")
    assert owner_page.url.endswith("#c0-place")


def test_a_page_that_says_what_is_wrong_suits_everybody(owner_page: Page, site: Site, trouble: Trouble) -> None:
    """Sentences about what is wrong are read out with their fields."""
    trouble.provoked += ["/clients", "400"]
    _read(owner_page, site, "Zoe needs a dentist")
    owner_page.get_by_label("Town and state, or ZIP").fill("Zzyzxville")
    owner_page.get_by_role("button", name="Keep this client").click()
    owner_page.get_by_role("alert").wait_for()
    assert_accessible(owner_page)


def test_the_list_follows_while_one_types(owner_page: Page, site: Site, furnished: Furnished) -> None:
    """Searching and narrowing change the list and the address at once."""
    network = _network(site, furnished)
    for name in ("Joe", "Zoe"):
        network.add_client(ClientTold(name=name, grade="A" if name == "Joe" else ""))
    owner_page.goto(f"{site.url}/clients")
    owner_page.get_by_label("Grade").select_option("A")
    expect(owner_page.get_by_role("rowheader")).to_have_text(["Joe"])
    owner_page.get_by_role("searchbox").fill("zo")
    expect(owner_page.get_by_text("Nobody found")).to_be_visible()
    assert "grade=A" in owner_page.url


@pytest.fixture
def client_id(site: Site, furnished: Furnished) -> int:
    """A client with needs in every state, journeys and long words."""
    network = _network(site, furnished)
    told = ClientTold(name=f"Joe {LONG[:190]}", grade="A", email="joe@example.com", phone="520-555-0143", note=LONG)
    needs = [
        NeedTold(service="home_inspector", wording=LONG),
        NeedTold(service="roofer"),
        NeedTold(wording="the thing"),
    ]
    number = network.add_client(told, [*needs, NeedTold(service="plumber")], journey="first_home")
    partner = next(card for card in network.agreed_partners() if "home_inspector" in card.services)
    by_service = {need.service: need.need_id for need in network.client(number).needs}
    network.set_need_status(by_service["home_inspector"], "introduced", partner.business_id)
    network.set_need_status(by_service["plumber"], "dropped")
    return number


def test_every_page_suits_everybody(owner_page: Page, site: Site, client_id: int) -> None:
    """The list, what was understood, one client and the import break no rule of axe and never overflow."""
    page = owner_page
    paths = ["/clients", "/clients?q=zz", f"/clients/{client_id}", f"/clients/{client_id}?journey=wedding"]
    for path in [*paths, f"/clients/{client_id}?q=bath", "/imports?about=clients", "/imports?about=contacts"]:
        page.goto(f"{site.url}{path}")
        _check(page)
    for text in (LINE, SEVERAL):
        _read(page, site, text)
        _check(page)


def _check(page: Page) -> None:
    """The page as it opens, and with everything unfolded in every look."""
    assert_accessible(page)
    page.evaluate("document.querySelectorAll('main details').forEach((details) => (details.open = true))")
    assert_suits_everybody(page)
