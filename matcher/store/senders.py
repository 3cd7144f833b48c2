"""Queries on from whom a network's mail comes; the password goes in and out sealed, and to no page."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.answers.posted import SenderCard, SenderTold
from matcher.facts import Network, Sender
from matcher.keys import sealed, unsealed
from matcher.units import SHARED

PURPOSE = "mail password"
WAY = ("host", "port", "security", "username")  # where a password is sent to; it is never carried on to another


def find(session: Session) -> Sender | None:
    """The sender of the session's network."""
    return session.scalar(select(Sender))


def keep(session: Session, network_id: int, told: SenderTold, secret: str, now: datetime) -> None:
    """Keep from whom mail comes. A password that is kept goes when the server or the user changes."""
    found = find(session)
    if found is None:
        found = Sender(network_id=network_id, name="", email="", postal_address="", edited_at=now)
        session.add(found)
    if any(getattr(found, name) != getattr(told, name) for name in WAY):
        found.secret = None
    for name in ("name", "email", "postal_address", *WAY):
        setattr(found, name, getattr(told, name))
    if told.password is not None:
        found.secret = sealed(secret, PURPOSE, told.password) if told.password else None
    found.edited_at = now


def password(sender: Sender, secret: str) -> str | None:
    """The password to sign in with, "" for none; None when it was sealed with another secret."""
    return unsealed(secret, PURPOSE, sender.secret) if sender.secret else ""


def card(sender: Sender) -> SenderCard:
    """A sender as its owner sees it."""
    told = {name: getattr(sender, name) for name in ("name", "email", "postal_address", *WAY)}
    return SenderCard(**told, has_password=sender.secret is not None)


def networks(session: Session) -> list[int]:
    """The numbers of all private networks."""
    return list(session.scalars(select(Network.id).where(Network.id != SHARED).order_by(Network.id)))
