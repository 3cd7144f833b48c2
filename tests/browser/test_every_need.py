"""The whole path of one need, in a real browser: told, recognised, a gap, a partner found, agreed, and covered."""

import csv
import io
import re

from playwright.sync_api import Page, expect

from tests.browser.checks import leave
from tests.browser.site import Site
from tests.browser.test_suggestions import with_and_without_scripts

CLIENT = "Nora and Eli"
LINE = f"{CLIENT}, buying first home in Wrenfield, need someone for the roof"
FILLS = re.compile(r"Your network fills (\d+|none) of (\d+) needs")


def _headline(page: Page, site: Site) -> tuple[int, int]:
    """How many needs the network fills, and out of how many, as the page of coverage says."""
    page.goto(f"{site.url}/coverage")
    found = FILLS.search(page.get_by_role("heading", level=1).inner_text())
    assert found is not None
    return int(found[1].replace("none", "0")), int(found[2])


@with_and_without_scripts
def test_from_a_line_about_a_client_to_a_covered_need(owner_page: Page, site: Site) -> None:
    """A client's need is read from one line, shows as a gap, and is covered when whom we suggest has agreed."""
    page = owner_page
    before = _headline(page, site)
    page.goto(f"{site.url}/clients")
    page.get_by_label("Add a client in one line").fill(LINE)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_label("Roofing contractor")).to_be_checked()
    page.get_by_role("button", name="Keep this client").click()
    expect(page.get_by_role("heading", name=CLIENT, exact=True)).to_be_visible()
    told = _headline(page, site)
    assert told == (before[0], before[1] + 1)
    page.goto(f"{site.url}/coverage/needs?service=roofer&state=gap")
    expect(page.get_by_role("article").filter(has_text=CLIENT)).to_contain_text("Nobody in your network does this.")
    page.goto(f"{site.url}/coverage/recruit?count=10")
    card = page.get_by_role("article").filter(has_text=CLIENT).first
    closes = len(card.locator(".closes li").all())
    name = card.get_by_role("heading").inner_text()
    address = card.get_by_role("link", name=name, exact=True).get_attribute("href")
    leave(page, card.get_by_role("button", name=f"Yes to {name}"))
    page.goto(f"{site.url}{address}")
    leave(page, page.get_by_role("button", name=re.compile("agreed", re.IGNORECASE)).first)
    covered = _headline(page, site)
    assert covered[0] >= told[0] + closes
    page.goto(f"{site.url}/coverage/needs?service=roofer&state=ready")
    expect(page.get_by_role("article").filter(has_text=CLIENT)).to_contain_text(name)
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert any(CLIENT in line and name in line for line in map(" ".join, csv.reader(io.StringIO(text))))
