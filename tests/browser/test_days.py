"""The time zone in a browser: the device tells it in the first run, and offers it in the settings."""

from contextlib import closing
from typing import Any

from playwright.sync_api import Browser, expect

from tests.browser.checks import assert_suits_everybody, press
from tests.browser.conftest import PATIENCE_MS
from tests.browser.site import Site
from tests.browser.test_suggestions import _describe_business, _newcomer

PHONE: dict[str, Any] = {"viewport": {"width": 375, "height": 740}, "reduced_motion": "reduce"}


def test_the_device_tells_and_offers_its_zone(browser: Browser, site: Site) -> None:
    """A newcomer's zone is that of the device; after a journey the settings offer the new one, and one tap keeps it."""
    with closing(browser.new_context(**PHONE, timezone_id="Pacific/Auckland")) as context:
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        _newcomer(site, page)
        _describe_business(page)
        expect(page.get_by_role("heading", name="Suggestions")).to_be_visible()
        signed_in = context.storage_state()
    with closing(browser.new_context(**PHONE, timezone_id="Europe/Berlin", storage_state=signed_in)) as context:
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.goto(f"{site.url}/settings")
        zone = page.get_by_label("Time zone")
        expect(zone).to_have_value("Pacific/Auckland")
        expect(page.get_by_text("This device is set to Europe/Berlin.")).to_be_visible()
        assert_suits_everybody(page)
        press(page, "Use that")
        expect(zone).to_have_value("Europe/Berlin")
        expect(page.get_by_text("This device is set to")).to_be_hidden()
