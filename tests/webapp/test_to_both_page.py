"""The message that makes two known to each other, on the page of its introduction."""

import re
from email.parser import BytesParser
from email.policy import SMTP
from html import unescape
from urllib.parse import urlsplit

import pytest

from matcher.answers.connected import ContactTold
from matcher.answers.introduced import ROLES, IntroductionTold
from matcher.answers.told import ClientTold
from matcher.answers.whose import Whose
from matcher.network import Network
from tests.mail_server import Postbox
from tests.webapp.conftest import Town
from tests.webapp.test_mail_pages import later, postbox
from tests.webapp.visitors import Visitor

__all__ = ["postbox"]
JOE, ROSA = "joe@example.com", "rosa@example.com"
WORDS = {"subject": "You two", "body": "My own words, which took an hour."}
READ = {"to_email": JOE, "also_email": ROSA}


@pytest.fixture
def network(peopled: Town) -> Network:
    """Ana's network."""
    return peopled.circle


@pytest.fixture
def ana(peopled: Town) -> Visitor:
    """Ana at her browser."""
    return peopled.visitor("ana")  # type: ignore[return-value]


@pytest.fixture
def path(network: Network) -> str:
    """The page of an introduction to which both said yes, and both have an address."""
    business = network.suggestions(limit=1).suggestions[0].business_id
    network.add_contact(ContactTold(name="Rosa", email=ROSA, business_id=business))
    first = Whose(person_id=network.add_client(ClientTold(name="Joe <Miller>", email=JOE)))
    told = IntroductionTold(for_us=False, first=first, target=Whose(business_id=business))
    number = network.draft_introduction(told)
    for role in ROLES:
        network.ask(number, role)
        network.note_answer(number, role, "yes")
    return f"/introductions/{number}"


def test_it_goes_to_both_from_its_page(peopled: Town, ana: Visitor, path: str, postbox: Postbox) -> None:
    """The page names both with their addresses, Send puts the changed words into the outbox, and nothing else does."""
    shown = unescape(ana.get(path).text)
    assert f"To Joe <Miller> ({JOE}) and " in shown
    link = urlsplit(re.findall(r'href="(mailto:[^"]+)"', shown)[0])
    assert link.path == f"{JOE},{ROSA}"
    later(peopled)
    assert not postbox.received
    assert ana.post(f"{path}/message", WORDS | READ, form_on=path).location == path
    assert "is in your" in ana.get(path).text
    assert f"({JOE}) and " in ana.get("/outbox").text
    later(peopled)
    (got,) = postbox.received
    assert (got.recipients, got.mail["Subject"]) == ((JOE, ROSA), "You two")
    assert got.mail.get_content().startswith(WORDS["body"])


def test_it_says_that_they_are_introduced(peopled: Town, ana: Visitor, path: str, postbox: Postbox) -> None:
    """Once the message has gone the page says since when they know of each other, and Undo takes that back."""
    ana.post(f"{path}/message", WORDS | READ, form_on=path)
    later(peopled)
    shown = ana.get(path).text
    assert "The message to both went out, so they were introduced on " in shown
    assert "I have introduced them" not in shown
    ana.post(f"{path}/connect/undo", form_on=path)
    shown = ana.get(path).text
    assert "I have introduced them" in shown
    assert "Send</button>" not in shown


def test_it_is_saved_and_printed(ana: Visitor, path: str) -> None:
    """The file is unsent and names both, and two letters print, each with its own address."""
    answer = ana.post(f"{path}/message/eml", WORDS, form_on=path)
    read = BytesParser(policy=SMTP).parsebytes(answer.data)
    assert (read["X-Unsent"], [one.addr_spec for one in read["To"].addresses]) == ("1", [JOE, ROSA])
    printed = ana.post(f"{path}/message/by-post", {**WORDS, "address": "Oak 1", "also_address": "Elm 2"}, form_on=path)
    assert printed.text.count("<article") == printed.text.count(WORDS["body"]) == 2
    assert printed.text.index("Oak 1") < printed.text.index("Elm 2")


@pytest.mark.parametrize(
    ("changes", "status", "sentence"),
    [({"subject": "=?utf-8?q?x?="}, 400, "in plain letters"), ({"also_email": "x@example.com"}, 409, "once more")],
)
def test_what_cannot_be_sent_comes_back(
    ana: Visitor, path: str, postbox: Postbox, changes: dict[str, str], status: int, sentence: str
) -> None:
    """A message that is refused comes back as it was written, with one sentence and the addresses of today."""
    answer = ana.post(f"{path}/message", WORDS | READ | changes, form_on=path)
    assert (answer.status_code, sentence in answer.text, WORDS["body"] in answer.text) == (status, True, True)
    assert f'name="also_email" value="{ROSA}"' in answer.text


def test_without_an_address_it_is_copied(ana: Visitor, path: str, network: Network, postbox: Postbox) -> None:
    """One sentence says whose address is missing, and the page offers the copy, the letters and no mail."""
    client = network.clients().clients[0].client_id
    network.edit_client(client, ClientTold(name="Joe <Miller>"))
    shown = unescape(ana.get(path).text)
    assert "We know no e-mail address of Joe <Miller>, so please copy the message." in shown
    assert "data-copy=" in shown
    assert "mailto:" not in shown
    assert f'action="{path}/message/eml"' not in shown
    assert "Send</button>" not in shown
