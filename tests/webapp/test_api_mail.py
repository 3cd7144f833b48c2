"""The API's side of mail."""

from dataclasses import replace
from typing import Any

import pytest

from tests.webapp.conftest import Town
from tests.webapp.test_api import Program, _error, _json
from tests.webapp.test_mail_pages import SENDER

MAIL = {"key": "ask:1", "to_email": "joe@example.com", "to_name": "Joe", "subject": "Hello", "body": "Dear Joe,\n\nHi."}
FROM = {"name": "Ana", "email": "ana@example.com", "postal_address": "1 Main St\nWrenfield"}


def test_a_mail_from_letting_go_to_holding_back(peopled: Town) -> None:
    """POST queues a mail once, GET lists it, stop holds it back, again queues it, and arrived has to wait."""
    ana, network = Program(peopled), peopled.circle
    network.set_sender(SENDER)
    for _ in range(2):
        made = ana.send("POST", "/outbox", json=MAIL).json
    assert made == ana.get("/outbox").json == _json(network.outbox())
    assert made is not None
    (card,) = made["mails"]
    assert (card["state"], card["body"]) == ("queued", MAIL["body"])
    assert _error(ana.send("POST", f"/outbox/{card['mail_id']}/arrived"))[:2] == (409, "conflict")
    for act, state in (("stop", "stopped"), ("again", "queued")):
        changed = ana.send("POST", f"/outbox/{card['mail_id']}/{act}").json
        assert changed is not None
        assert changed["state"] == state


def test_the_list_of_no_mail(peopled: Town) -> None:
    """PUT puts an address on the list, which refuses mail to it, GET lists it, DELETE lets it have mail again."""
    ana, network = Program(peopled), peopled.circle
    network.set_sender(SENDER)
    put = ana.send("PUT", "/no-mail", json={"email": "joe@example.com"}).json
    assert put == ana.get("/no-mail").json == _json(network.no_mail())
    assert _error(ana.send("POST", "/outbox", json=MAIL))[:2] == (409, "conflict")
    assert ana.send("DELETE", "/no-mail?email=joe@example.com").json == []
    assert ana.send("POST", "/outbox", json=MAIL).status_code == 200


def test_the_sender_is_put_and_its_password_never_told(peopled: Town) -> None:
    """PUT keeps the sender, GET gives all but the password, and 404 before anybody has said."""
    ana = Program(peopled)
    assert ana.get("/sender").status_code == 404
    body = FROM | {"host": "smtp.example.com", "username": "ana", "password": "otter-lamp-9"}
    put = ana.send("PUT", "/sender", json=body)
    assert put.json == ana.get("/sender").json == _json(peopled.circle.sender())
    assert "otter" not in put.text
    assert put.json["has_password"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("method", "path", "body", "field"),
    [
        ("POST", "/outbox", MAIL | {"to_email": "joe"}, "to_email"),
        ("POST", "/outbox", MAIL | {"to_name": "Joe\r\nBcc: x"}, "to_name"),
        ("POST", "/outbox", MAIL | {"subject": "=?utf-8?q?x?="}, "subject"),
        ("POST", "/outbox", MAIL | {"from_email": "zoe@example.com"}, "from_email"),
        ("PUT", "/sender", FROM | {"security": "perhaps"}, "security"),
        ("PUT", "/sender", FROM | {"email": "a@example.com, b@example.com"}, "email"),
    ],
)
def test_what_makes_no_sense_is_refused(
    peopled: Town, method: str, path: str, body: dict[str, Any], field: str
) -> None:
    """Two people, other senders, headers and unknown words are refused by name."""
    peopled.circle.set_sender(replace(SENDER, name="Ana"))
    assert _error(Program(peopled).send(method, path, json=body)) == (400, "invalid", field)
