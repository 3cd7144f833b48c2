"""Drafts, the outbox and leaving, in a real browser."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from matcher.answers.posted import MailTold, SenderTold
from matcher.answers.told import ClientTold
from matcher.network import Network
from matcher.postman import Postman
from matcher.units import now_utc
from tests.browser.checks import Trouble, assert_accessible, assert_fits, assert_suits_everybody, press
from tests.browser.conftest import Furnished
from tests.browser.site import Site
from tests.browser.test_suggestions import with_and_without_scripts
from tests.mail_server import mail_server

SENDER = SenderTold(name="Ana", email="ana@example.com", postal_address="1 Main St", host="127.0.0.1", port=9)
on_a_phone = pytest.mark.parametrize("look", [(320, "light")], indirect=True, ids=["phone"])


@pytest.fixture
def network(site: Site, furnished: Furnished) -> Network:
    """The network of the town's owner, who has named a mail server."""
    network = Network(site.app.extensions["switchboard"], furnished.network_id)
    network.set_sender(SENDER)
    return network


@pytest.fixture
def number(network: Network) -> int:
    """A mail of hers that waits."""
    told = MailTold(key="ask:1", to_email="joe@example.com", subject="Hello " + "y" * 60, body="Dear Joe.")
    return network.approve_mail(told)


@on_a_phone
@with_and_without_scripts
def test_a_draft_goes_out_and_comes_back(owner_page: Page, site: Site, network: Network) -> None:
    """The survey's message is changed, saved as a file, sent by its button, and taken back by Undo."""
    client = network.add_client(ClientTold(name="Joe Miller", email="joe@example.com"))
    owner_page.goto(f"{site.url}/clients/{client}/survey")
    owner_page.get_by_role("button", name="Make a link").click()
    owner_page.get_by_label("Message", exact=True).fill("My own words.")
    with owner_page.expect_download() as file:
        owner_page.get_by_role("button", name="Save as .eml").click()
    assert file.value.suggested_filename == "message.eml"
    owner_page.get_by_role("button", name="Send", exact=True).click()
    expect(owner_page.get_by_text("It goes out in a minute.")).to_be_visible()
    owner_page.get_by_role("button", name="Undo").click()
    expect(owner_page.get_by_text("Held back", exact=True)).to_be_visible()
    assert network.outbox().mails[0].body == "My own words."


def test_pages_of_mail_suit_everybody(owner_page: Page, site: Site, network: Network, number: int) -> None:
    """The outbox, the settings of mail, a draft that was refused and a letter break no rule of axe and fit."""
    client = network.add_client(ClientTold(name="Zoe"))
    for path in ("/outbox", "/settings/mail", "/settings"):
        owner_page.goto(f"{site.url}{path}")
        assert_suits_everybody(owner_page)
    owner_page.goto(f"{site.url}/clients/{client}/survey")
    press(owner_page, "Make a link")
    assert_accessible(owner_page)
    owner_page.get_by_text("By post", exact=True).click()
    assert_fits(owner_page)
    owner_page.get_by_role("button", name="Letter to print").click()
    expect(owner_page.get_by_role("heading", name="Letter to print")).to_be_visible()
    assert_suits_everybody(owner_page)


@on_a_phone
def test_a_refused_draft_is_still_there(owner_page: Page, site: Site, network: Network, trouble: Trouble) -> None:
    """Without an address the draft comes back with the sentence beside the field, accessible and whole."""
    trouble.provoked.append("400")
    client = network.add_client(ClientTold(name="Zoe"))
    owner_page.goto(f"{site.url}/clients/{client}/survey")
    owner_page.get_by_role("button", name="Make a link").click()
    owner_page.get_by_role("button", name="Send", exact=True).click()
    expect(owner_page.get_by_text("Please write one e-mail address")).to_be_visible()
    expect(owner_page.get_by_label("Message", exact=True)).to_have_value(re.compile("/answer/"))
    assert_accessible(owner_page)
    assert_fits(owner_page)


@on_a_phone
def test_leaving_suits_everybody(page: Page, site: Site, network: Network, number: int) -> None:
    """The page of the link in a mail is accessible, fits, and takes one tap without a sign-in."""
    with mail_server() as (port, postbox):
        network.set_sender(replace(SENDER, port=port, security="none"))
        Postman(site.app.extensions["switchboard"], site.url, clock=lambda: now_utc() + timedelta(minutes=2)).work()
        link = postbox.received[0].mail["List-Unsubscribe"].strip("<>")
    page.goto(link)
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="No more mail").click()
    expect(page.get_by_role("heading", name="You get no more mail from Ana")).to_be_visible()
    assert_accessible(page)
