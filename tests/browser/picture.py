"""Makes the pictures in the README: `python -m tests.browser.picture`."""

import secrets
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from matcher.settings import Settings
from matcher.store import Store
from tests.browser.find import find, flags
from tests.browser.site import Site, address, listen
from webapp import create_app
from webapp.serving import furnish

PICTURES = Path(__file__).parents[2] / "data" / "pictures"
PAGES = ("coverage", "suggestions")
SIZE = {"width": 1280, "height": 900}  # px


def main() -> None:
    """Open the made-up town as its owner and take pictures of what the README shows."""
    with TemporaryDirectory() as folder:
        listening = listen()
        database = f"sqlite:///{folder}/town.db"
        app = create_app(Settings(database=database, secret_key=secrets.token_hex(32), base_url=address(listening)))
        store: Store = app.extensions["switchboard"]
        _, token = furnish(store)
        site = Site(app, listening)
        try:
            photograph(f"{site.url}/enter/{token}")
        finally:
            site.close()
            store.engine.dispose()


def photograph(link: str) -> None:
    """Sign in by a one-time link and keep what is seen first of each page."""
    path = find()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags())
        page = browser.new_page(viewport=SIZE, color_scheme="light")
        page.goto(link)
        page.click("main button")
        page.wait_for_url("**/")
        for name in PAGES:
            page.goto(f"{link.partition('/enter/')[0]}/{name}")
            page.screenshot(path=PICTURES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
