"""An owner's clients: what they go through, what they need, and what we asked them."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from matcher.facts.base import Private


class Client(Private, kw_only=True):
    """A person, a family or a firm that buys from the owner."""

    __tablename__ = "client"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    grade: Mapped[str] = mapped_column(String(1), default="")  # A, B, C
    markets: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    place: Mapped[str] = mapped_column(String(100), default="")  # as people call it; with `lat` and `lon`
    lat: Mapped[float | None] = mapped_column(default=None)
    lon: Mapped[float | None] = mapped_column(default=None)
    value_cents: Mapped[int | None] = mapped_column(default=None)  # what the client is worth to us a year
    interests: Mapped[list[str]] = mapped_column(JSON, default_factory=list)  # groups of services, as they told us
    added_on: Mapped[date]


class Occasion(Private, kw_only=True):
    """A client on a journey, such as buying a home; with its needs it teaches what a journey calls for."""

    __tablename__ = "occasion"

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), default=None)
    journey: Mapped[str] = mapped_column(String(60), index=True)
    began_on: Mapped[date]  # the journey's day zero
    complete: Mapped[bool] = mapped_column(default=True)  # all that this client needed on it is told


class Need(Private, kw_only=True):
    """A service that somebody needs, in the words in which we heard it."""

    __tablename__ = "need"

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    occasion_id: Mapped[int | None] = mapped_column(
        ForeignKey("occasion.id", ondelete="CASCADE"), default=None, index=True
    )
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), default=None, index=True)
    service: Mapped[str] = mapped_column(String(40))  # "" until somebody says which it is
    wording: Mapped[str] = mapped_column(String(400), default="")
    status: Mapped[str] = mapped_column(String(16), default="open")  # open, introduced, filled, dropped
    heard_on: Mapped[date]
    needed_by_on: Mapped[date | None] = mapped_column(default=None)
    tier: Mapped[int | None] = mapped_column(default=None)  # of price, as the client wishes: 1 plain, 3 premium
    language: Mapped[str] = mapped_column(String(2), default="")  # ISO 639-1
    within_km: Mapped[float | None] = mapped_column(default=None)
    value_cents: Mapped[int | None] = mapped_column(default=None)  # of the order
    business_id: Mapped[int | None] = mapped_column(default=None)  # chosen, introduced to, filled by; always `Kept`
    introduced_on: Mapped[date | None] = mapped_column(default=None)
    closed_on: Mapped[date | None] = mapped_column(default=None)  # filled or dropped


class Survey(Private, kw_only=True):
    """That a client was asked what they lack; the link to answer is a `PrivateLink`."""

    __tablename__ = "survey"

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    sent_on: Mapped[date]
    answered_on: Mapped[date | None] = mapped_column(default=None)


class Wording(Private, kw_only=True):
    """Which service some words mean, as the owner told us; the next time we know."""

    __tablename__ = "wording"

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)  # the words in their comparable form
    service: Mapped[str] = mapped_column(String(40))
    told_at: Mapped[datetime]
