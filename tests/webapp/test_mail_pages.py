"""Drafts, the outbox and the settings of mail, as their owner sees them; and leaving, as a stranger does."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email.parser import BytesParser
from email.policy import SMTP
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from matcher.answers.posted import MailTold, SenderTold
from matcher.answers.told import ClientTold
from matcher.postman import Postman
from matcher.units import now_utc
from tests.mail_server import Postbox, mail_server
from tests.webapp.conftest import Town
from tests.webapp.visitors import BASE_URL
from webapp.serving import HOME

SENDER = SenderTold(name="Ana Torres", email="ana@example.com", postal_address="1 Main St\nWrenfield, OR")
DRAFT = {"key": "ask:1", "to_name": "Joe", "to_email": "joe@example.com", "subject": "Hello", "body": "Dear Joe."}
PASSWORD = "otter-lamp-9"
HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">')


@pytest.fixture
def postbox(peopled: Town) -> Iterator[Postbox]:
    """What arrives at the server through which Ana's mail goes."""
    with mail_server() as (port, postbox):
        peopled.circle.set_sender(replace(SENDER, host="127.0.0.1", port=port, security="none"))
        yield postbox


def later(town: Town, minutes: float = 2) -> None:
    """Let the postman come so many minutes from now."""
    Postman(town.accounts.store, BASE_URL, clock=lambda: now_utc() + timedelta(minutes=minutes)).work()


def test_a_draft_goes_out_after_the_button(peopled: Town, postbox: Postbox) -> None:
    """The survey's message leaves as it was changed, once however often the button is pressed, to the address given."""
    ana, network = peopled.visitor("ana"), peopled.circle
    path = f"/clients/{network.add_client(ClientTold(name='Joe', email='joe@example.com'))}/survey"
    made = ana.post(path, form_on=path).text
    form = made[made.index('class="form letter"') :]
    fields = {name: unescape(value) for name, value in HIDDEN.findall(form[: form.index("</form>")])}
    assert fields["key"].startswith("survey:")
    assert 'value="joe@example.com"' in form
    told = {**fields, "to_email": "joe@example.com", "subject": "Hello", "body": "My own words."}
    for _ in range(2):
        assert ana.post("/outbox", told, form_on="/settings").location == "/outbox"
    assert "Goes out soon" in ana.get("/outbox").text
    assert postbox.received == []
    later(peopled)
    (got,) = postbox.received
    assert got.mail.get_content().startswith("My own words.")
    assert "Sent" in ana.get("/outbox").text


@pytest.mark.parametrize("path", ["/heard?q=we+want+a+will", "/calls/{call}"])
def test_drafts_have_all_ways_out(busy: Town, path: str) -> None:
    """Without a mail server a draft can be copied, opened in a mail program, saved and printed, but not sent."""
    text = busy.visitor("ana").get(path.format(call=busy.circle.open_call("roofer").call_id)).text
    link = unescape(re.findall(r'href="(mailto:[^"]+)"', text)[0])
    assert parse_qs(urlsplit(link).query)["body"]
    assert "data-copy=" in text
    assert 'formaction="/letters/eml"' in text
    assert 'formaction="/letters/by-post"' in text
    assert "name your mail server" in text
    assert ">Send</button>" not in text.replace("</svg>", ">")


def test_a_draft_as_a_file(peopled: Town) -> None:
    """The .eml file is unsent and holds what was written."""
    answer = peopled.visitor("ana").post("/letters/eml", DRAFT, form_on="/settings")
    assert answer.content_type.startswith("message/rfc822")
    assert "attachment" in answer.headers["Content-Disposition"]
    read = BytesParser(policy=SMTP).parsebytes(answer.data)
    assert (read["X-Unsent"], read["To"], read["Subject"]) == ("1", "Joe <joe@example.com>", "Hello")


def test_a_draft_on_paper(peopled: Town) -> None:
    """The letter names both sides with their addresses, and no mark-up of anybody becomes the page's."""
    peopled.circle.set_sender(SENDER)
    told = {**DRAFT, "address": "2 Oak St\r\nWrenfield, OR", "body": "Dear <b>Joe</b>."}
    text = peopled.visitor("ana").post("/letters/by-post", told, form_on="/settings").text
    sides = ("Ana Torres\n1 Main St\nWrenfield, OR", "Joe\n2 Oak St\nWrenfield, OR")
    for part in (*sides, "Dear &lt;b&gt;Joe&lt;/b&gt;."):
        assert part in text


@pytest.mark.parametrize(
    ("changes", "status", "sentence"),
    [
        ({"to_email": "joe"}, 400, "Please write one e-mail address"),
        ({"subject": "=?utf-8?q?x?="}, 400, "in plain letters"),
        ({"to_name": "Joe\r\nBcc: evil@example.net"}, 400, "in plain letters"),
        ({}, 409, "from whom your mail comes"),
    ],
)
def test_what_cannot_be_sent_comes_back(peopled: Town, changes: dict[str, str], status: int, sentence: str) -> None:
    """A mail that is refused comes back as it was written, with one sentence, and nothing is lost."""
    told = DRAFT | {"body": "My own words, which took an hour."} | changes
    answer = peopled.visitor("ana").post("/outbox", told, form_on="/settings")
    assert answer.status_code == status
    assert sentence in unescape(answer.text)
    assert told["body"] in answer.text
    assert peopled.circle.outbox().mails == ()


def test_undo_and_what_nobody_knows(peopled: Town, postbox: Postbox) -> None:
    """A queued mail is held back and sent again; of an unknown one the owner says that it arrived."""
    ana, network = peopled.visitor("ana"), peopled.circle
    number = network.approve_mail(MailTold(**DRAFT))
    ana.post(f"/outbox/{number}/stop", form_on="/outbox")
    assert "Held back" in ana.get("/outbox").text
    postbox.to_text[:] = ["200 What"]
    ana.post(f"/outbox/{number}/again", form_on="/outbox")
    later(peopled)
    assert "Nobody knows" in ana.get("/outbox").text
    ana.post(f"/outbox/{number}/arrived", form_on="/outbox")
    assert network.outbox().mails[0].state == "sent"
    assert ana.post(f"/outbox/{number}/again", form_on="/settings").status_code == 409


# -- settings --------------------------------------------------------------------------------------------
def _form(port: int, **changes: Any) -> dict[str, Any]:
    told = {"name": "Ana", "email": "ana@example.com", "postal_address": "1 Main St", "host": "127.0.0.1"}
    return {**told, "port": port, "security": "none", "username": "", "password": "", **changes}


def test_settings_are_kept_and_the_password_is_never_shown(peopled: Town) -> None:
    """What is saved is shown again, but for the password; an empty field keeps it, another server loses it."""
    ana, network = peopled.visitor("ana"), peopled.circle
    first = _form(465, host="smtp.example.com", security="tls", username="ana", password=PASSWORD)
    assert ana.post("/settings/mail", first, form_on="/settings/mail").status_code == 303
    text = ana.get("/settings/mail").text
    assert "smtp.example.com" in text
    assert PASSWORD not in text
    ana.post("/settings/mail", first | {"name": "Ana Torres", "password": ""}, form_on="/settings/mail")
    assert network.sender().has_password  # type: ignore[union-attr]
    ana.post("/settings/mail", first | {"host": "smtp.example.net", "password": ""}, form_on="/settings/mail")
    assert not network.sender().has_password  # type: ignore[union-attr]
    wrong = ana.post("/settings/mail", first | {"port": "none"}, form_on="/settings/mail")
    assert (wrong.status_code, "from 1 to 65535" in wrong.text) == (400, True)


def test_a_test_is_sent_at_once(peopled: Town, postbox: Postbox) -> None:
    """“Send me a test” reaches the sender's own address before the next page, also for the fifth time."""
    ana = peopled.visitor("ana")
    for _ in range(5):
        ana.post("/settings/mail/test", form_on="/settings/mail")
    assert [got.recipients for got in postbox.received] == [("ana@example.com",)] * 5
    assert "The test is on its way" in ana.get("/settings/mail").text
    postbox.to_recipient[:] = ["550 Not you"]
    ana.post("/settings/mail/test", form_on="/settings/mail")
    assert "550 Not you" in ana.get("/settings/mail").text


def test_members_cannot_change_the_sender(peopled: Town, postbox: Postbox) -> None:
    """A member sends, but only an owner says in whose name and through which server."""
    bob = peopled.visitor("bob")
    assert "Only an owner" in bob.get("/settings/mail").text
    assert bob.post("/settings/mail", _form(1), form_on="/settings").status_code == 403
    assert bob.post("/settings/mail/test", form_on="/settings").status_code == 403
    assert bob.post("/outbox", DRAFT, form_on="/settings").status_code == 303


# -- no more mail ----------------------------------------------------------------------------------------
@pytest.fixture
def link(peopled: Town, postbox: Postbox) -> str:
    """The path of the link in a mail that has arrived."""
    peopled.circle.approve_mail(MailTold(**DRAFT))
    later(peopled)
    return str(urlsplit(postbox.received[0].mail["List-Unsubscribe"].strip("<>")).path)


def test_one_click_needs_nothing(peopled: Town, link: str) -> None:
    """A mail program's POST works without session, cookie or form's token, twice as well, and sets no cookie."""
    for _ in range(2):
        client = peopled.app.test_client()
        answer = client.post(link, data={"List-Unsubscribe": "One-Click"}, base_url=BASE_URL)
        assert (answer.status_code, answer.headers.getlist("Set-Cookie")) == (200, [])
    with pytest.raises(Exception, match="no more mail"):
        peopled.circle.approve_mail(MailTold(**DRAFT | {"key": "ask:2"}))


def test_looking_at_the_link_changes_nothing(peopled: Town, link: str) -> None:
    """GET and HEAD, as scanners make them, show from whom it is, not to whom, and stop nothing."""
    somebody = peopled.visitor()
    for _ in range(2):
        page = somebody.get(link)
        assert (page.status_code, page.headers.getlist("Set-Cookie")) == (200, [])
        assert "No more mail from Ana Torres?" in page.text
        assert "joe" not in page.text.lower()
        assert somebody.client.head(link, base_url=BASE_URL).status_code == 200
    assert peopled.circle.approve_mail(MailTold(**DRAFT | {"key": "ask:2"}))


def test_wrong_links_look_alike(peopled: Town, link: str) -> None:
    """A wrong link, the link of something else and a good one asked of another host give nothing away."""
    somebody, network = peopled.visitor(), peopled.circle
    survey = network.send_survey(network.add_client(ClientTold(name="Zoe")))
    wrong = [somebody.get(f"/unsubscribe/{token}") for token in ("x", survey)]
    wrong += [somebody.client.post(f"/unsubscribe/{token}", base_url=BASE_URL) for token in ("x", survey)]
    assert {answer.status_code for answer in wrong} == {404}
    assert len({answer.data for answer in wrong}) == 1
    assert somebody.client.post(link, base_url="http://evil.test").status_code == 400
    assert HOME.name not in wrong[0].text


def test_an_address_is_kept_from_mail_and_allowed_again(peopled: Town, postbox: Postbox) -> None:
    """Nothing is queued to an address on the list, what waits is not sent, and the owner may allow it again."""
    ana, network, path = peopled.visitor("ana"), peopled.circle, "/settings/mail/none"
    network.add_client(ClientTold(name="Joe <Miller>", email="joe@example.com"))
    network.approve_mail(MailTold(key="ask:1", to_email="joe@example.com", subject="Hello", body="Dear Joe."))
    assert ana.post(path, {"email": "Joe@Example.com"}, form_on=path).location == path
    assert "Joe &lt;Miller&gt;" in ana.get(path).text
    later(peopled)
    assert not postbox.received
    assert "asked for no more mail" in ana.post("/outbox", {**DRAFT, "key": "ask:2"}, form_on="/settings").text
    ana.post(f"{path}/allow", {"email": "joe@example.com"}, form_on=path)
    assert ana.post("/outbox", {**DRAFT, "key": "ask:2"}, form_on="/settings").location == "/outbox"
    later(peopled)
    assert len(postbox.received) == 1


def test_their_own_word_stays(peopled: Town, postbox: Postbox) -> None:
    """Who has asked for no more mail stays on the list, without a button, and the page says who can change that."""
    ana, network, path = peopled.visitor("ana"), peopled.circle, "/settings/mail/none"
    network.approve_mail(MailTold(key="ask:1", to_email="joe@example.com", subject="Hello", body="Dear Joe."))
    later(peopled)
    link = BytesParser(policy=SMTP).parsebytes(bytes(postbox.received[0].mail))["List-Unsubscribe"]
    assert peopled.visitor().post(urlsplit(link.strip("<>")).path).status_code == 200
    shown = ana.get(path).text
    assert "They asked for no more mail" in shown
    assert "Allow again" not in shown
    answer = ana.post(f"{path}/allow", {"email": "joe@example.com"}, form_on=path)
    assert (answer.status_code, "Only they can change that" in answer.text) == (409, True)
    assert ana.post(path, {"email": "joe"}, form_on=path).status_code == 400
