"""What a network thinks of businesses, and what came of things with them."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matcher.facts.base import Private


class Partnership(Private, kw_only=True):
    """What a network thinks of a business it works with, or would like to: courted, agreed, paused, ended."""

    __tablename__ = "partnership"

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id", ondelete="CASCADE"), primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"), primary_key=True)
    stage: Mapped[str] = mapped_column(String(16), default="courted")
    since_on: Mapped[date]
    note: Mapped[str] = mapped_column(String(2000), default="")
    room: Mapped[int | None] = mapped_column(default=None)  # needs of our clients that they take at a time
    languages: Mapped[list[str] | None] = mapped_column(JSON, default=None)  # ISO 639-1; None: nobody told us


class StageChange(Private, kw_only=True):
    """That a partnership came to a stage on a day; the last one of a day counts."""

    __tablename__ = "stage_change"
    __table_args__ = (Index("ix_stage_change_business", "network_id", "business_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"))
    stage: Mapped[str] = mapped_column(String(16))  # or "" when the partnership was taken back
    changed_on: Mapped[date]


class Verdict(Private, kw_only=True):
    """What the owner answered to a suggestion: yes, later or no, and why. Undone ones stay as history."""

    __tablename__ = "verdict"
    __table_args__ = (Index("ix_verdict_business", "network_id", "business_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"))
    answer: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(String(400), default="")
    given_at: Mapped[datetime]
    until_on: Mapped[date | None] = mapped_column(default=None)  # "later" comes back on this day
    undone_at: Mapped[datetime | None] = mapped_column(default=None)


class Correction(Private, kw_only=True):
    """What a network knows better about a business than the directory says; None leaves the directory's word."""

    __tablename__ = "correction"

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id", ondelete="CASCADE"), primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"), primary_key=True)
    services: Mapped[dict[str, float] | None] = mapped_column(JSON, default=None)  # code -> how surely, 0-1
    markets: Mapped[list[str] | None] = mapped_column(JSON, default=None)
    tier: Mapped[int | None] = mapped_column(default=None)
    clients_a_year: Mapped[float | None] = mapped_column(default=None)
    order_value_cents: Mapped[int | None] = mapped_column(default=None)
    radius_km: Mapped[float | None] = mapped_column(default=None)
    place: Mapped[str] = mapped_column(String(100), default="")  # as people call it; with `lat` and `lon`
    lat: Mapped[float | None] = mapped_column(default=None)
    lon: Mapped[float | None] = mapped_column(default=None)
    corrected_at: Mapped[datetime]


class Ruling(Private, kw_only=True):
    """The owner's own word on whether a business competes, and why; it goes before what we work out."""

    __tablename__ = "ruling"

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id", ondelete="CASCADE"), primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"), primary_key=True)
    competes: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(400), default="")
    given_at: Mapped[datetime]


class Motivation(Private, kw_only=True):
    """What moves a business, or a person, to send somebody on: what they want and how they like to be thanked."""

    __tablename__ = "motivation"
    __table_args__ = (UniqueConstraint("network_id", "business_id"), UniqueConstraint("network_id", "person_id"))

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    business_id: Mapped[int | None] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"), default=None)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), default=None)
    wants: Mapped[str] = mapped_column(String(400), default="")  # in their own words
    wanted_markets: Mapped[list[str]] = mapped_column(JSON, default_factory=list)  # whom they want to meet
    wants_to_grow: Mapped[bool | None] = mapped_column(default=None)
    has_room: Mapped[bool | None] = mapped_column(default=None)  # for more clients
    vouch_share: Mapped[float | None] = mapped_column(default=None)  # how far we would vouch for each other, 0-1
    reputation_share: Mapped[float | None] = mapped_column(default=None)  # how well people speak of them, 0-1
    reward: Mapped[str] = mapped_column(String(16), default="")  # word, card, gift, charity, access, money
    never_money: Mapped[bool] = mapped_column(default=False)  # once said, kept
    asked_on: Mapped[date | None] = mapped_column(default=None)  # when we last asked something of them
    edited_at: Mapped[datetime]


class Outcome(Private, kw_only=True):
    """What came of something with a business: whether it said yes, sent somebody, closed, or kept a promise."""

    __tablename__ = "outcome"
    __table_args__ = (Index("ix_outcome_business", "network_id", "business_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))  # accept, give, close, promise
    came_true: Mapped[bool]
    happened_on: Mapped[date]
