"""Whose network it is, who signs in, and how: read before a network is chosen, so not `Private`."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from matcher.facts.base import Fact


class Network(Fact, kw_only=True):
    """One owner's private network. Number 1 owns the shared directory and has no members."""

    __tablename__ = "network"

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    name: Mapped[str] = mapped_column(String(200))
    home_id: Mapped[int | None] = mapped_column(default=None)  # the owner's own business
    revision: Mapped[int] = mapped_column(default=0)  # grows with every change of its businesses
    wants_to_grow: Mapped[bool | None] = mapped_column(default=None)
    names_offered: Mapped[int | None] = mapped_column(default=None)  # for a need, as the owner set it themselves
    open_introductions: Mapped[int | None] = mapped_column(default=None)  # at a time, as the owner set it themselves
    zone: Mapped[str | None] = mapped_column(String(64), default=None)  # such as Europe/Berlin; None: days are UTC
    created_at: Mapped[datetime]


class Account(Fact, kw_only=True):
    """Somebody who signs in. Column names are those that Flask-Security expects."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password: Mapped[str | None] = mapped_column(String(255), default=None)
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
    tf_primary_method: Mapped[str | None] = mapped_column(String(64), default=None)
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255), default=None)
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(JSON, default=None)
    created_at: Mapped[datetime]


class SignInLink(Fact, kw_only=True):
    """A one-time link; only the hash of its token is kept."""

    __tablename__ = "sign_in_link"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None] = mapped_column(default=None)


class WebSession(Fact, kw_only=True):
    """A browser that is signed in, or about to; only the hash of its cookie is kept."""

    __tablename__ = "web_session"

    id_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), default=None)
    content: Mapped[dict[str, Any]]
    expires_at: Mapped[datetime]


class Membership(Fact, kw_only=True):
    """An account's role in a network: owner, member or coach. Read before a network is chosen, so not `Private`."""

    __tablename__ = "membership"

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(16))
    since_at: Mapped[datetime]


class PrivateLink(Fact, kw_only=True):
    """A link for somebody without an account: one purpose, one target; only the hash of its token is kept."""

    __tablename__ = "private_link"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(16))  # survey, call, unsubscribe, coach and so on
    target_id: Mapped[int]  # the survey's, the call's or the mail's number
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None] = mapped_column(default=None)
