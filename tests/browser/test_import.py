"""From a file to businesses in the directory, in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from matcher.network import Network
from matcher.store import imports
from matcher.units import now_utc
from tests.browser.checks import Trouble, assert_accessible, assert_suits_everybody
from tests.browser.conftest import PATIENCE_MS, Furnished
from tests.browser.site import Site

LIST = (
    "Member,Street,Town,State,ZIP,Trade,Remark\n"
    "Adobe Roofing,1 Main St,Tucson,AZ,85701,Roofer,since 1990\n"
    "Blue Title,2 Main St,Tucson,AZ,85701,Title company,\n"
    ",3 Main St,Tucson,AZ,85701,Plumber,\n"
)
LONG_CELL = "x" * 300
with_and_without_scripts = pytest.mark.parametrize("script", [True, False], ids=["scripts", "no-scripts"])


@pytest.fixture
def list_file(tmp_path: Path) -> Path:
    """A small list of businesses with one row that has no name."""
    file = tmp_path / "members.csv"
    file.write_text(LIST, encoding="utf-8")
    return file


def _choose(page: Page, site: Site, file: Path) -> None:
    """Choose a file and go on to its preview."""
    page.goto(f"{site.url}/imports")
    page.get_by_label("Drop a file here, or choose one").set_input_files(file)
    button = page.get_by_role("button", name="Read this file")
    if button.is_visible():
        button.click()
    page.wait_for_url("**/imports/*")


def _store(page: Page) -> None:
    page.get_by_role("button", name="Store 3 rows").click()
    stored = page.get_by_text("new businesses stored")
    stored.wait_for(timeout=PATIENCE_MS)  # without scripts the page refreshes itself


@with_and_without_scripts
def test_from_a_file_to_the_directory_and_back(owner_page: Page, site: Site, list_file: Path) -> None:
    """Choose a file, put a column right, store it, see what stayed out, find the businesses, undo it all."""
    page = owner_page
    _choose(page, site, list_file)
    expect(page.get_by_text("members.csv · CSV, comma, UTF-8")).to_be_visible()
    sample = page.get_by_role("region", name="The first rows as they would be stored")
    expect(sample).to_contain_text("1 Main St")
    page.get_by_role("combobox", name="Street").select_option("Leave out")
    again = page.get_by_role("button", name="Check again")
    if again.is_visible():
        again.click()
    expect(sample).not_to_contain_text("1 Main St")
    _store(page)
    expect(page.get_by_role("row").filter(has_text="no name")).to_contain_text("Not stored")
    _more(page, "Directory")
    page.get_by_role("searchbox").fill("Adobe Roofing")
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("rowheader")).to_have_text(["Adobe Roofing"])
    _more(page, "Import")
    page.get_by_role("link", name="members.csv").click()
    page.get_by_role("button", name="Undo this import").click()
    expect(page.get_by_role("status")).to_contain_text("taken out again")
    page.goto(f"{site.url}/directory?q=Adobe+Roofing")
    expect(page.get_by_text("Nobody found")).to_be_visible()


def test_a_file_can_be_dropped(owner_page: Page, site: Site) -> None:
    """A file that is dropped anywhere on the page is read at once."""
    owner_page.goto(f"{site.url}/imports")
    owner_page.evaluate(
        """text => {
          const dropped = new DataTransfer();
          dropped.items.add(new File([text], "dropped.csv", { type: "text/csv" }));
          const how = { dataTransfer: dropped, bubbles: true, cancelable: true };
          document.body.dispatchEvent(new DragEvent("drop", how));
        }""",
        LIST,
    )
    owner_page.wait_for_url("**/imports/*")
    expect(owner_page.get_by_text("dropped.csv · CSV, comma, UTF-8")).to_be_visible()


def test_a_bad_file_is_told_beside_the_field(owner_page: Page, site: Site, trouble: Trouble, tmp_path: Path) -> None:
    """The sentence stands at the field it is about, and the page stays accessible."""
    trouble.provoked += ["/imports", "400"]
    file = tmp_path / "empty.csv"
    file.touch()
    owner_page.goto(f"{site.url}/imports")
    field = owner_page.get_by_label("Drop a file here, or choose one")
    with owner_page.expect_navigation():
        field.set_input_files(file)
    expect(owner_page.locator("#file-problem")).to_contain_text("This file is empty")
    expect(field).to_have_attribute("aria-invalid", "true")
    assert_accessible(owner_page)


def test_progress_moves_by_itself(owner_page: Page, site: Site, furnished: Furnished, list_file: Path) -> None:
    """While another worker stores an import its page shows how far it is, and then the result."""
    _choose(owner_page, site, list_file)
    network = Network(site.app.extensions["switchboard"], furnished.network_id)
    number = network.imports()[0].import_id
    _set_running(site, furnished, number, 1)
    owner_page.reload()
    expect(owner_page.get_by_text("33 % read")).to_be_visible()
    _set_running(site, furnished, number, 2)
    expect(owner_page.get_by_text("67 % read")).to_be_visible()
    with site.app.extensions["switchboard"].session(furnished.network_id, writes=True) as session:
        imports.give_up(session, number)
    expect(owner_page.get_by_role("heading", name="Look before you store")).to_be_visible()


def _set_running(site: Site, furnished: Furnished, number: int, rows_done: int) -> None:
    with site.app.extensions["switchboard"].session(furnished.network_id, writes=True) as session:
        found = imports.find(session, number)
        found.state, found.alive_at, found.rows_done = "running", now_utc(), rows_done


def test_typing_and_choosing_narrow_the_directory(owner_page: Page, site: Site) -> None:
    """The list follows while one types; a kind narrows it and the services to choose from; the URL keeps both."""
    owner_page.goto(f"{site.url}/directory")
    owner_page.get_by_label("Kind").select_option("Law")
    expect(owner_page.get_by_role("link", name="Show all")).to_be_visible()
    expect(owner_page.locator("#service optgroup")).to_have_count(1)
    owner_page.keyboard.press("/")
    owner_page.keyboard.type("zzzz")
    expect(owner_page.get_by_text("Nobody found")).to_be_visible()
    assert "group=law" in owner_page.url
    assert "q=zzzz" in owner_page.url


@pytest.mark.parametrize("form", ["CSV", "Excel"])
def test_the_directory_is_a_file(owner_page: Page, site: Site, form: str) -> None:
    """The filtered list can be kept as a file."""
    owner_page.goto(f"{site.url}/directory?group=law")
    with owner_page.expect_download() as download:
        owner_page.get_by_role("link", name=form).click()
    assert download.value.suggested_filename == {"CSV": "directory.csv", "Excel": "directory.xlsx"}[form]


def test_every_page_suits_everybody(owner_page: Page, site: Site, furnished: Furnished) -> None:
    """Import, preview, progress, result and directory break no rule of axe and never overflow."""
    network = Network(site.app.extensions["switchboard"], furnished.network_id)
    stored = network.stage("stored.csv", LIST.encode()).import_id
    network.store_import(stored)
    waiting = network.stage("waiting.csv", LIST.replace("Blue", LONG_CELL).encode()).import_id
    running = network.stage("running.csv", LIST.replace("Blue", "Red").encode()).import_id
    _set_running(site, furnished, running, 1)
    paths = [f"/imports/{number}" for number in (stored, waiting, running)]
    for path in ["/imports", *paths, f"/imports/{waiting}?c0=-", "/directory", "/directory?q=zzzz&group=law"]:
        owner_page.goto(f"{site.url}{path}")
        owner_page.evaluate("document.querySelectorAll('main details').forEach((details) => (details.open = true))")
        assert_suits_everybody(owner_page)


def _more(page: Page, name: str) -> None:
    """Open a page that stands behind “More”."""
    page.get_by_role("button", name="More").click()
    page.get_by_role("link", name=name, exact=True).click()
