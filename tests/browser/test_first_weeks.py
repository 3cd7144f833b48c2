"""The first four weeks of an agent in a browser, with a clock that the test moves, and what the coach sees of them."""

import csv
import io
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from matcher import units
from matcher.network import Network
from matcher.store import Store
from matcher.store.accounts import Accounts
from matcher.visitors.taking_kits import accept_invite
from tests.browser.checks import assert_accessible, assert_fits, press
from tests.browser.conftest import PATIENCE_MS, Furnished
from tests.browser.site import Site
from webapp.serving import HOME

GIVEN = ("Joe", "Sam", "Tom", "Mia", "Lena", "Otto", "Priya", "Ines", "Karl", "Noor", "Ruth")
FAMILY = (
    *("Quillby", "Harrowgate", "Vantongeren", "Ostrander", "Pellmore"),
    *("Wexcombe", "Zimbelman", "Yarrowick", "Brackenridge", "Dunmorrow"),
)
WHOLE = {"Joe": "Joseph", "Sam": "Samuel", "Tom": "Thomas"}  # as a second list has them
TWICE = 10
TAGGED = (  # who lacks what, who offers it
    ("Mia Quillby", "help with my tax return", "Lena Quillby", "tax preparer"),
    ("Otto Pellmore", "a new roof", "Priya Pellmore", "roofer"),
    ("Karl Wexcombe", "a moving company", "Noor Wexcombe", "moving company"),
)
MINE = "Ada Protects"


class Clock:
    """The time that the app reads, some days ahead of the real one."""

    ahead = timedelta()

    def __call__(self) -> datetime:
        """The time now, in UTC."""
        return REAL() + self.ahead


REAL = units.now_utc


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """One clock for the whole app, wherever it asks for the time."""
    clock = Clock()
    for name, module in list(sys.modules.items()):
        if name.startswith(("matcher", "webapp")) and getattr(module, "now_utc", None) is REAL:
            monkeypatch.setattr(module, "now_utc", clock)
    return clock


@pytest.fixture
def agent(site: Site, furnished: Furnished, clock: Clock) -> Network:
    """An agent's network in the programme of the town's owner, who is their coach."""
    store: Store = site.app.extensions["switchboard"]
    accounts, coach = Accounts(store), Network(store, furnished.network_id)
    account = accounts.create_account("ada@example.com", now=clock())
    network = Network(store, accounts.create_network(MINE, account, now=clock()))
    network.set_zone("UTC")  # where every week is as long as the next
    network.settle(replace(HOME, name=MINE))
    kit = coach.make_kit({"name": "Give first"})
    accept_invite(store, coach.invite_agent(kit, coach.owner_account()), network.id, "Ada")
    return network


@pytest.fixture
def agents_page(browser: Browser, site: Site, agent: Network, clock: Clock) -> Iterator[Page]:
    """The agent's own phone."""
    with closing(browser.new_context(viewport={"width": 375, "height": 740}, reduced_motion="reduce")) as context:
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        _enter(page, site, "ada@example.com", clock)
        yield page


@pytest.fixture
def stranger(browser: Browser) -> Iterator[Page]:
    """Somebody else's phone, where nobody is signed in."""
    with closing(browser.new_context(viewport={"width": 320, "height": 640})) as context:
        yield context.new_page()


@pytest.fixture
def address_book(tmp_path: Path) -> Path:
    """An address book of 120 cards, as Google writes it; ten people stand in it twice."""
    people = list(product(GIVEN, FAMILY))
    rows = [(given, family, f"{given}.{family}@example.com", _phone(n)) for n, (given, family) in enumerate(people)]
    rows += [(WHOLE[g], family, "", phone) for g, family, _, phone in rows if g in WHOLE][:TWICE]
    out = io.StringIO()
    csv.writer(out).writerows([("First Name", "Last Name", "E-mail 1 - Value", "Phone 1 - Value"), *rows])
    file = tmp_path / "contacts.csv"
    file.write_text(out.getvalue(), encoding="utf-8")
    return file


def test_an_agents_first_four_weeks(
    agents_page: Page, stranger: Page, owner_page: Page, site: Site, agent: Network, clock: Clock, address_book: Path
) -> None:
    """120 cards become 110 people, three pairs agree to meet, four weeks are kept; the coach sees numbers, no name."""
    page = agents_page
    _bring_in(page, site, address_book)
    _make_one(page, site)
    numbers = {one.name: one.person_id for one in agent.contacts()}
    for one, lack, other, trade in TAGGED:
        _tag(page, site, numbers[one], "What might they lack?", lack)
        _tag(page, site, numbers[other], "What do they do?", trade)
    for _ in TAGGED:
        _connect(page, stranger, site, agent)
    for week in range(1, 5):
        _enter(page, site, "ada@example.com", clock)
        page.goto(f"{site.url}/programme")
        expect(page.get_by_role("heading", name=f"Week {week} of 26")).to_be_visible()
        press(page, "This week is kept")
        clock.ahead += timedelta(days=7)
    expect(page.get_by_text("4 of 26 kept")).to_be_visible()
    expect(page.get_by_text("110 of 100 people on your list")).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
    _enter(owner_page, site, "ana@example.com", clock)
    owner_page.goto(f"{site.url}/coach")
    row = owner_page.get_by_role("row", name="Ada")
    told = [row.locator(f"td[data-label='{name}']").inner_text() for name in ("Weeks kept", "List", "Connections")]
    assert told == ["4", "110", "3"]
    _sees_no_name(owner_page, site)


def _bring_in(page: Page, site: Site, file: Path) -> None:
    page.goto(f"{site.url}/imports?about=contacts")
    page.get_by_label("Drop a file here, or choose one").set_input_files(file)
    page.wait_for_url("**/imports/*")
    page.get_by_role("button", name="Store 120 rows").click()
    page.get_by_role("link", name="See your contacts").wait_for()


def _make_one(page: Page, site: Site) -> None:
    """Everybody who stands on the list twice becomes one."""
    page.goto(f"{site.url}/duplicates")
    for _ in range(TWICE):
        press(page, "Make them one")
    expect(page.get_by_text("Nobody among 110 people")).to_be_visible()


def _tag(page: Page, site: Site, person_id: int, label: str, words: str) -> None:
    page.goto(f"{site.url}/list/{person_id}")
    page.get_by_label(label).fill(words)
    press(page, "Keep")


def _connect(page: Page, stranger: Page, site: Site, agent: Network) -> None:
    """The first of the connections of this week: drafted, two links, two yeses by strangers, made known."""
    page.goto(f"{site.url}/programme")
    page.get_by_role("button", name="Draft the introduction").first.click()
    expect(page.get_by_role("heading", name="What to do next")).to_be_visible()
    drafted = agent.introductions()[0]
    for side in (drafted.first, drafted.target):
        page.goto(f"{site.url}/introductions/{drafted.introduction_id}")
        press(page, f"Ask {side.name}")
        stranger.goto(page.get_by_label("The link alone").input_value())
        press(stranger, "Yes")
    page.goto(f"{site.url}/introductions/{drafted.introduction_id}")
    press(page, "I have introduced them")


def _sees_no_name(page: Page, site: Site) -> None:
    """Nothing that a coach can open says who anybody of the agent's network is."""
    kits = [link.get_attribute("href") or "" for link in page.locator("a[href^='/coach/kits/']").all()]
    for path in ("/coach", *kits, "/api/1/coach/agents", "/api/1/coach/kits", "/api/1/coach/invites", "/contacts"):
        answered = page.request.get(f"{site.url}{path}")
        text = answered.text()
        assert answered.ok, path
        assert not [name for name in (*FAMILY, MINE, "@example.com") if name in text.replace("ana@example.com", "")]


def _enter(page: Page, site: Site, email: str, clock: Clock) -> None:
    """Sign in by a one-time link, as after a week away."""
    accounts = Accounts(site.app.extensions["switchboard"])
    page.context.clear_cookies()
    page.goto(f"{site.url}/enter/{accounts.issue_link(accounts.find_account(email) or 0, now=clock())}")
    press(page, "Sign in")


def _phone(number: int) -> str:
    return f"520-555-{number:04}"
