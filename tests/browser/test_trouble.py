"""The listener that fails page tests fails them indeed."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext

from tests.browser.checks import Trouble, assert_accessible, assert_fits
from tests.browser.site import Site, listen

PAGES = {
    "fine": "<h1>Fine</h1>",
    "console": "<script>console.error('no')</script>",
    "script": "<script>nothing.here</script>",
    "missing": "<img src='/missing.png' alt='x'>",
    "offsite": "<img src='http://127.0.0.1:9/x.png' alt='x'>",
    "unlabelled": "<main><h1>Form</h1><input name='x'></main>",
    "wide": "<h1>Wide</h1><div style='width: 3000px'>wide</div>",
}


@pytest.fixture
def odd_site() -> Iterator[Site]:
    """A site with a page for each kind of trouble."""
    app = Flask(__name__)

    @app.get("/<name>")
    def show(name: str) -> tuple[str, int]:
        found = PAGES.get(name)
        head = "<!doctype html><html lang='en'><title>Test</title><link rel='icon' href='data:,'>"
        return (f"{head}<body>{found}</body>", 200) if found else ("", 404)

    with listen() as listening:
        site = Site(app, listening)
        yield site
        site.close()


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("console", "console error: no"),
        ("script", "script error"),
        ("missing", "refused: 404"),
        ("offsite", "off-site request"),
    ],
)
def test_trouble_is_noted(odd_site: Site, context: BrowserContext, name: str, sign: str) -> None:
    """Each kind of trouble on a page is noted with what it was."""
    trouble, page = Trouble(), context.new_page()
    trouble.listen(page, odd_site.url)
    page.goto(f"{odd_site.url}/{name}", wait_until="networkidle")
    assert any(note.startswith(sign) for note in trouble)


def test_no_trouble(odd_site: Site, context: BrowserContext) -> None:
    """A page with nothing wrong leaves nothing to note."""
    trouble, page = Trouble(), context.new_page()
    trouble.listen(page, odd_site.url)
    page.goto(f"{odd_site.url}/fine", wait_until="networkidle")
    assert trouble == []


def test_axe_and_width_can_fail(odd_site: Site, context: BrowserContext) -> None:
    """A field without a label and a page wider than its window do not pass."""
    page = context.new_page()
    page.goto(f"{odd_site.url}/unlabelled")
    with pytest.raises(AssertionError, match="label"):
        assert_accessible(page)
    page.goto(f"{odd_site.url}/wide")
    with pytest.raises(AssertionError, match="px wide"):
        assert_fits(page)
