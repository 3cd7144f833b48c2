"""Mail: from whom it comes, what waits in the outbox, and who must not get any."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matcher.facts.base import Private


class Sender(Private, kw_only=True):
    """From whom a network's mail comes and through which server; the password is encrypted, its key kept elsewhere."""

    __tablename__ = "sender"

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    postal_address: Mapped[str] = mapped_column(String(400))
    host: Mapped[str] = mapped_column(String(253), default="")  # "": drafts only
    port: Mapped[int] = mapped_column(default=587)
    security: Mapped[str] = mapped_column(String(8), default="starttls")  # starttls, tls, none
    username: Mapped[str] = mapped_column(String(254), default="")
    secret: Mapped[bytes | None] = mapped_column(default=None)
    edited_at: Mapped[datetime]


class Mail(Private, kw_only=True):
    """A message that its owner has read and let go; what is known of its way."""

    __tablename__ = "mail"
    __table_args__ = (UniqueConstraint("network_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    key: Mapped[str] = mapped_column(String(80))  # what it is about, such as "ask:12": the same twice is one mail
    script: Mapped[str] = mapped_column(String(40), default="")
    to_name: Mapped[str] = mapped_column(String(200), default="")
    to_email: Mapped[str] = mapped_column(String(254))
    also_name: Mapped[str] = mapped_column(String(200), default="")  # the second of two who said yes to each other
    also_email: Mapped[str] = mapped_column(String(254), default="")
    subject: Mapped[str] = mapped_column(String(400))
    body: Mapped[str] = mapped_column(String(20000))
    promotes: Mapped[bool] = mapped_column(default=False)  # then it says how to get no more of them
    approved_at: Mapped[datetime]  # the owner has read it
    state: Mapped[str] = mapped_column(String(8), default="queued")  # queued, sending, sent, refused, unknown, stopped
    attempts: Mapped[int] = mapped_column(default=0)
    tried_before: Mapped[int] = mapped_column(default=0, server_default="0")  # attempts until it was last let go
    next_at: Mapped[datetime]  # not tried before
    leased_until: Mapped[datetime | None] = mapped_column(default=None)
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    said: Mapped[str] = mapped_column(String(400), default="")  # by the server, at the last attempt


class Suppression(Private, kw_only=True):
    """An address that gets no mail from this network; only a keyed hash of it is kept."""

    __tablename__ = "suppression"

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id", ondelete="CASCADE"), primary_key=True)
    address_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    because: Mapped[str] = mapped_column(String(16))  # unsubscribed, refused, owner
    since_on: Mapped[date]
