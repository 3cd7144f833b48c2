"""Open calls for a gap, who answered them, and what was checked before a business joins."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from matcher.facts.base import Private


class OpenCall(Private, kw_only=True):
    """A page that looks for a partner for one service; whoever has its link can read it and answer."""

    __tablename__ = "open_call"

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    service: Mapped[str] = mapped_column(String(40))
    place: Mapped[str] = mapped_column(String(100), default="")  # as people call it; with `lat` and `lon`
    lat: Mapped[float | None] = mapped_column(default=None)
    lon: Mapped[float | None] = mapped_column(default=None)
    wording: Mapped[str] = mapped_column(String(2000), default="")
    token: Mapped[str] = mapped_column(String(64))  # no secret: the link is passed round; "" once the call is closed
    opened_on: Mapped[date]
    closes_on: Mapped[date]


class Application(Private, kw_only=True):
    """A business that answered an open call, in its own words."""

    __tablename__ = "application"

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    open_call_id: Mapped[int] = mapped_column(ForeignKey("open_call.id", ondelete="CASCADE"), index=True)
    business: Mapped[str] = mapped_column(String(200))
    contact: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    licence: Mapped[str] = mapped_column(String(200), default="")
    insurance: Mapped[str] = mapped_column(String(200), default="")
    references: Mapped[str] = mapped_column(String(2000), default="")
    note: Mapped[str] = mapped_column(String(2000), default="")
    sent_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(String(8), default="")  # yes, no
    business_id: Mapped[int | None] = mapped_column(ForeignKey("business.id", ondelete="SET NULL"), default=None)


class Vetting(Private, kw_only=True):
    """That the owner has checked something of a business on a day: its licence, insurance or references."""

    __tablename__ = "vetting"

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id", ondelete="CASCADE"), primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)  # licence, insurance, references
    checked_on: Mapped[date]
    valid_until_on: Mapped[date | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(String(400), default="")
