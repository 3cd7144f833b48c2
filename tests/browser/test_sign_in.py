"""Signing in by a link in a real browser."""

from playwright.sync_api import Page

from tests.browser.checks import Trouble, assert_suits_everybody
from tests.browser.conftest import Furnished
from tests.browser.site import Site


def test_the_link(page: Page, site: Site, furnished: Furnished) -> None:
    """The page behind a sign-in link is accessible and fits, in every width and colour scheme."""
    page.goto(f"{site.url}/enter/{furnished.token}")
    assert_suits_everybody(page)


def test_the_link_works_once(owner_page: Page, site: Site, furnished: Furnished, trouble: Trouble) -> None:
    """The link signs its owner in, and afterwards nobody any more."""
    trouble.provoked.append("403")
    owner_page.context.clear_cookies()
    owner_page.goto(f"{site.url}/enter/{furnished.token}")
    with owner_page.expect_response(f"{site.url}/enter/*") as refused:
        owner_page.get_by_role("button", name="Sign in").click()
    assert refused.value.status == 403
