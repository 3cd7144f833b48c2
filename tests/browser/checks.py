"""What every page must pass."""

import json
from collections.abc import Callable
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Locator, Page, Request, Response

SHOWN = 400  # characters of the markup that breaks a rule
HEIGHTS = {320: 640, 768: 1024, 1280: 800}  # px, of usual screens of that width
Look = tuple[int, Literal["light", "dark"]]  # width in CSS pixels, colour scheme
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LOOKS: tuple[Look, ...] = tuple((width, scheme) for width in HEIGHTS for scheme in SCHEMES)
two_looks = pytest.mark.parametrize("look", [LOOKS[0], LOOKS[-1]], indirect=True, ids=["phone-light", "desk-dark"])
AXE = Axe().axe_script


def press(page: Page, button: str) -> None:
    """Press a button that sends a form, and wait for the page that follows: a look at the page now sees the new one."""
    leave(page, page.get_by_role("button", name=button))


def leave(page: Page, by: Locator) -> None:
    """Click a link or a button that leads to another page, and wait for that page to be whole."""
    with page.expect_navigation():
        by.click()


def assert_suits_everybody(page: Page) -> None:
    """The page as it stands is accessible and fits in each width and colour scheme."""
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        page.emulate_media(color_scheme=scheme)
        assert_accessible(page)
        assert_fits(page)


def assert_accessible(page: Page) -> None:
    """No rule of axe is broken on the page as it stands. It needs scripts: without them axe would wait for ever."""
    page.wait_for_load_state()
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE)
    broken = page.evaluate("axe.run({resultTypes: ['violations']}).then((found) => found.violations)")
    seen = f"{page.url} {page.viewport_size}"
    told = [f"{rule['id']}: {rule['help']} {node['html'][:SHOWN]}" for rule in broken for node in rule["nodes"]]
    assert not told, "\n".join((seen, *told))


def assert_fits(page: Page) -> None:
    """Nothing makes the page itself wider than the window."""
    page.wait_for_load_state()
    widths = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert widths[0] <= widths[1], f"{page.url} is {widths[0]} px wide in a window of {widths[1]} px"


class Trouble(list[str]):
    """What went wrong in a browser while a test used it."""

    def __init__(self) -> None:
        super().__init__()
        self.provoked: list[str] = []  # parts of notes that a test causes on purpose

    def unprovoked(self) -> list[str]:
        """The notes that no test has asked for."""
        return [note for note in self if not any(part in note for part in self.provoked)]

    def listen(self, page: Page, site: str) -> None:
        """Note errors in the console and in scripts, failed requests, and requests to anywhere but the site."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.append(f"script error: {error}"))
        page.on("request", self._stays(site))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.append(f"console {message.type}: {message.text} {json.dumps(dict(message.location))}")

    def _stays(self, site: str) -> Callable[[Request], None]:
        def check(request: Request) -> None:
            if not request.url.startswith((f"{site}/", "data:", "blob:", "about:")):
                self.append(f"off-site request: {request.url}")

        return check

    def _failed(self, request: Request) -> None:
        if not (request.failure or "").endswith("ERR_ABORTED"):  # a download, or the user went on
            self.append(f"failed request: {request.method} {request.url} {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.append(f"refused: {response.status} {response.request.method} {response.url}")
