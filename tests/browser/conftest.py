"""A real browser, and the real app on a made-up town for it to visit."""

import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from matcher.settings import Settings
from matcher.store import Store
from tests.browser.checks import HEIGHTS, Look, Trouble
from tests.browser.find import find, flags
from tests.browser.site import Site, address, listen
from webapp import create_app
from webapp.serving import furnish

PATIENCE_MS = 15_000  # the longest wait for anything on a page, on a busy machine
expect.set_options(timeout=PATIENCE_MS)


@dataclass(frozen=True)
class Furnished:
    """A database with the made-up town, to copy; its owner's network and unused sign-in link."""

    file: Path
    network_id: int
    token: str


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of this process."""
    path = find()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags())
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def furnished(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    """The town of `switchboard demo`: a directory, and an owner with suggestions, partners and gaps."""
    file = tmp_path_factory.mktemp("furnished") / "town.db"
    shutil.copy(migrated_file, file)
    store = Store(f"sqlite:///{file}")
    network, token = furnish(store)
    network.read_note("Ana, Tucson, needs a plumber")  # no page waits while this process reads the lexicon
    store.engine.dispose()
    return Furnished(file, network.id, token)


@pytest.fixture
def site(furnished: Furnished, tmp_path: Path) -> Iterator[Site]:
    """The real app, served on a copy of the town."""
    file = tmp_path / "site.db"
    shutil.copy(furnished.file, file)
    yield from _serve(file)


@pytest.fixture
def empty_site(migrated_file: Path, tmp_path: Path) -> Iterator[Site]:
    """The real app, served on a database with nobody in it."""
    file = tmp_path / "empty-site.db"
    shutil.copy(migrated_file, file)
    yield from _serve(file)


def _serve(file: Path) -> Iterator[Site]:
    with listen() as listening:
        key = secrets.token_hex(32)
        settings = Settings(database=f"sqlite:///{file}", secret_key=key, base_url=address(listening))
        app: Flask = create_app(settings)
        site = Site(app, listening)
        yield site
        site.close()
        app.extensions["switchboard"].engine.dispose()


@pytest.fixture
def look(request: pytest.FixtureRequest) -> Look:
    """Width of the window and colour scheme; `checks.two_looks` runs a test in two that differ in both."""
    found: Look = getattr(request, "param", (1280, "light"))
    return found


@pytest.fixture
def script() -> bool:
    """Whether pages may run scripts; a test without them parametrises this to False."""
    return True


@pytest.fixture
def trouble() -> Iterator[Trouble]:
    """Whatever went wrong in the browser; anything that was not provoked on purpose fails the test."""
    trouble = Trouble()
    yield trouble
    assert not trouble.unprovoked(), "\n".join(trouble.unprovoked())


@pytest.fixture
def context(browser: Browser, trouble: Trouble, look: Look, script: bool) -> Iterator[BrowserContext]:
    """A browser that nobody has used before, in the look that is asked for."""
    width, scheme = look
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHTS[width]},
        color_scheme=scheme,
        java_script_enabled=script,
        reduced_motion="reduce",
        locale="en-US",
        timezone_id="America/Los_Angeles",
    )
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


@pytest.fixture
def page(site: Site, context: BrowserContext, trouble: Trouble) -> Page:
    """An empty page of nobody signed in; any trouble on it fails the test."""
    page = context.new_page()
    trouble.listen(page, site.url)
    return page


@pytest.fixture
def owner_page(page: Page, site: Site, furnished: Furnished) -> Page:
    """A page on which the owner of the town's network has just signed in by her link."""
    page.goto(f"{site.url}/enter/{furnished.token}")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/enter/" not in url)
    return page
