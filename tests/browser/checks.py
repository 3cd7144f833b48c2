"""What every page must pass."""

import json
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request, Response

SHOWN = 400  # characters of the markup that breaks a rule
Look = tuple[int, str]  # width in CSS pixels, colour scheme
LOOKS: tuple[Look, ...] = tuple((width, scheme) for width in (320, 768, 1280) for scheme in ("light", "dark"))
every_look = pytest.mark.parametrize("look", LOOKS, indirect=True, ids=lambda look: f"{look[0]}-{look[1]}")


def press(page: Page, button: str) -> None:
    """Press a button that sends a form, and wait for the page that follows: a look at the page now sees the new one."""
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()


def assert_accessible(page: Page) -> None:
    """No rule of axe is broken on the page as it stands. It needs scripts: without them axe would wait for ever."""
    broken = Axe().run(page).response["violations"]
    told = [f"{rule['id']}: {rule['help']} {node['html'][:SHOWN]}" for rule in broken for node in rule["nodes"]]
    assert not told, "\n".join(told)


def assert_fits(page: Page) -> None:
    """Nothing makes the page itself wider than the window."""
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
