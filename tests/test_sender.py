"""Who gets no mail, and from whom mail comes."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from matcher.answers.posted import A_DAY, TO_ONE_A_WEEK
from matcher.errors import Conflict, Invalid, NotFound, Unavailable
from matcher.facts import Sender, Suppression
from matcher.network import Network
from matcher.store import Store
from matcher.store.mail import NO_MAIL
from matcher.visitors.answering import read_unsubscribe, unsubscribe
from tests.mail_server import Postbox
from tests.posting import SENDER, TOLD, mailing_alice, postman, served
from tests.store.conftest import ALICE, BOB


@pytest.fixture
def alice(store: Store) -> Network:
    """Alice's network, whose mail comes from her; there is no server yet."""
    return mailing_alice(store)


@pytest.fixture
def postbox(alice: Network) -> Iterator[Postbox]:
    """What arrives at Alice's mail server."""
    with served(alice) as postbox:
        yield postbox


def token_of(postbox: Postbox) -> str:
    """The token of the link in the mail that arrived last."""
    link: str = postbox.received[-1].mail["List-Unsubscribe"]
    return link.strip("<>").rpartition("/")[2]


def test_whoever_wants_no_more_gets_no_more(alice: Network, store: Store, postbox: Postbox) -> None:
    """The link works again and again and stops what is queued and what comes, from this network and no other."""
    alice.approve_mail(TOLD)
    postman(store).work()
    token = token_of(postbox)
    alice.approve_mail(replace(TOLD, key="ask:2", to_email="Joe@Example.com"))
    assert read_unsubscribe(store, token) == "Alice Lends"
    assert only_state(alice, "ask:2") == "queued"  # looking changes nothing
    assert [unsubscribe(store, token) for _ in range(2)] == ["Alice Lends"] * 2
    assert only_state(alice, "ask:2") == "stopped"
    with pytest.raises(Conflict, match="no more mail"):
        alice.approve_mail(replace(TOLD, key="ask:3", to_email="JOE@example.com"))
    alice.send_mail_again(next(card.mail_id for card in alice.outbox().mails if card.key == "ask:2"))
    postman(store, 60).work()
    assert len(postbox.received) == 1
    assert next(card.said for card in alice.outbox().mails if card.key == "ask:2") == NO_MAIL
    bob = Network(store, BOB)
    bob.set_sender(SENDER)
    bob.approve_mail(TOLD)
    with pytest.raises(NotFound):
        unsubscribe(store, "x" * 64)


def only_state(network: Network, key: str) -> str:
    """The state of the mail with this key."""
    return next(card.state for card in network.outbox().mails if card.key == key)


def test_of_an_address_only_a_keyed_hash_is_kept(alice: Network, store: Store) -> None:
    """Who reads the database cannot tell who wants no mail; the owner can take back what the owner said."""
    alice.suppress("joe@example.com")
    alice.suppress("Joe@example.com")
    with store.session(ALICE) as session:
        (row,) = session.scalars(select(Suppression)).all()
    assert "joe" not in repr(vars(row))
    with pytest.raises(Conflict):
        alice.approve_mail(TOLD)
    alice.allow_mail("joe@example.com")
    alice.approve_mail(TOLD)


def test_caps_are_said(alice: Network) -> None:
    """The mail too many of a day, or to one person in a week, is refused with the number; nothing vanishes."""
    for number in range(TO_ONE_A_WEEK):
        alice.approve_mail(replace(TOLD, key=f"ask:{number}"))
    with pytest.raises(Conflict, match=f"{TO_ONE_A_WEEK} mails from you within a week"):
        alice.approve_mail(replace(TOLD, key="ask:99"))
    for number in range(TO_ONE_A_WEEK, A_DAY):
        alice.approve_mail(replace(TOLD, key=f"ask:{number}", to_email=f"joe{number}@example.com"))
    assert alice.outbox().left_today == 0
    with pytest.raises(Conflict, match=f"{A_DAY} mails"):
        alice.approve_mail(replace(TOLD, key="ask:99", to_email="zoe@example.com"))
    assert len(alice.outbox().mails) == A_DAY
    alice.stop_mail(alice.outbox().mails[0].mail_id)
    assert alice.outbox().left_today == 1


# -- from whom -----------------------------------------------------------------------------------------
def test_a_password_is_sealed_and_goes_with_its_server(alice: Network, store: Store) -> None:
    """The password is in no answer and in no row; it is kept when nothing is said, and goes when the server changes."""
    told = replace(SENDER, host="smtp.example.com", username="alice", password="otter-lamp")
    assert alice.set_sender(told).has_password
    with store.session(ALICE) as session:
        row = session.scalars(select(Sender)).one()
    assert "otter" not in repr(vars(row)) + repr(alice.sender())
    assert alice.set_sender(replace(told, name="Alice", password=None)).has_password
    assert not alice.set_sender(replace(told, host="evil.example.net", password=None)).has_password


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "Ana\r\nBcc: x"}, "name"),
        ({"name": "=?utf-8?q?x?="}, "name"),
        ({"email": "alice@example.com, bob@example.com"}, "email"),
        ({"postal_address": " "}, "postal_address"),
        ({"host": "smtp example"}, "host"),
        ({"host": "[::1]:25\r\n"}, "host"),
        ({"port": 0}, "port"),
        ({"host": "smtp.example.com", "security": "none", "username": "alice"}, "security"),
    ],
)
def test_senders_that_cannot_be(alice: Network, changes: dict[str, Any], field: str) -> None:
    """What would end in a header, in two senders or in a password that everybody can read is refused by name."""
    with pytest.raises(Invalid) as refusal:
        alice.set_sender(replace(SENDER, **changes))
    assert refusal.value.field == field
    assert alice.sender() is not None


def test_mail_needs_a_sender_and_a_secret(alice: Network, store: Store) -> None:
    """Before somebody has said from whom it comes, or the operator has set a secret, no mail is taken."""
    bob = Network(store, BOB)
    with pytest.raises(Conflict, match="from whom"):
        bob.approve_mail(TOLD)
    store.secret = ""
    with pytest.raises(Unavailable, match="SWITCHBOARD_SECRET_KEY"):
        alice.approve_mail(TOLD)
    assert alice.outbox().mails == ()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"to_email": "joe"}, "to_email"),
        ({"subject": " "}, "subject"),
        ({"body": "\n"}, "body"),
        ({"to_name": "a\nb"}, "to_name"),
    ],
)
def test_mail_that_cannot_be(alice: Network, changes: dict[str, str], field: str) -> None:
    """A mail without an address, a subject or a text is not taken."""
    with pytest.raises(Invalid) as refusal:
        alice.approve_mail(replace(TOLD, **changes))
    assert refusal.value.field == field
