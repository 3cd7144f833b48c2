"""Alice's mail: from whom it comes, through which server, and a postman who does not wait long."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from matcher.answers.posted import UNDO_SECONDS, MailCard, MailTold, SenderTold
from matcher.exchange.smtp import Server
from matcher.network import Network
from matcher.postman import Postman
from matcher.store import Store
from matcher.units import now_utc
from tests.mail_server import Postbox, mail_server
from tests.networks import shared_and_owners

SECRET = "9d2c7be1f0a34e58b61c0e97fa5d3847"  # random, of tests alone
BASE_URL = "https://partners.example.org"
SENDER = SenderTold(name="Alice Lends", email="alice@example.com", postal_address="1 Main St\nTucson, AZ 85701")
TOLD = MailTold(key="ask:1", to_email="joe@example.com", to_name="Joe", subject="Hello", body="Dear Joe.")


def mailing_alice(store: Store) -> Network:
    """Alice's network, whose mail comes from her; there is no server yet."""
    store.secret = SECRET
    network = shared_and_owners(store)[1]
    network.set_sender(SENDER)
    return network


def through(network: Network, port: int) -> None:
    """Let a network's mail go through a server on this machine."""
    network.set_sender(replace(SENDER, host="127.0.0.1", port=port, security="none"))


@contextmanager
def served(network: Network) -> Iterator[Postbox]:
    """A mail server of the network's own, and what arrives there."""
    with mail_server() as (port, postbox):
        through(network, port)
        yield postbox


def postman(store: Store, minutes: float = UNDO_SECONDS / 60, *, seconds: float = 2, **options: Any) -> Postman:
    """A postman who comes so many minutes from now, and waits so many seconds for a server."""

    def impatient(server: Server) -> Server:
        return replace(server, patience_seconds=seconds, last_word_seconds=seconds)

    return Postman(store, BASE_URL, clock=lambda: now_utc() + timedelta(minutes=minutes), hand=impatient, **options)


def only(network: Network) -> MailCard:
    """The one mail of the outbox."""
    (card,) = network.outbox().mails
    return card
