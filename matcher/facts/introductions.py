"""Introductions: whom we would make known to whom, whom we asked, what they answered, and how well people know them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matcher.facts.base import Private


class Introduction(Private, kw_only=True):
    """Two who could be made known to each other; how far it has come follows from what they were asked and answered.

    Two are asked, one after the other. When the owner introduces, `first` and `target` are the two. When the owner
    wants to meet `target` (`for_us`), `first` is who introduces. Each is a business or a person.
    """

    __tablename__ = "introduction"

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    for_us: Mapped[bool]
    first_business_id: Mapped[int | None] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"), default=None)
    first_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), default=None)
    target_business_id: Mapped[int | None] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"), default=None)
    target_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), default=None)
    need_id: Mapped[int | None] = mapped_column(ForeignKey("need.id", ondelete="SET NULL"), default=None, index=True)
    service: Mapped[str] = mapped_column(String(40), default="")  # what it is about
    first_reason: Mapped[str] = mapped_column(String(500), default="")  # why `first` would like it, as they read it
    target_reason: Mapped[str] = mapped_column(String(500), default="")
    drafted_on: Mapped[date]
    withdrawn_on: Mapped[date | None] = mapped_column(default=None)
    connected_on: Mapped[date | None] = mapped_column(default=None)  # the owner made them known to each other
    met_on: Mapped[date | None] = mapped_column(default=None)
    closed_on: Mapped[date | None] = mapped_column(default=None)
    result: Mapped[str] = mapped_column(String(16), default="")  # of a closed one: worked, nowhere
    note: Mapped[str] = mapped_column(String(2000), default="")


class Ask(Private, kw_only=True):
    """That one side of an introduction was asked, and what they answered; the link to answer is a `PrivateLink`."""

    __tablename__ = "ask"
    __table_args__ = (UniqueConstraint("network_id", "introduction_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    introduction_id: Mapped[int] = mapped_column(ForeignKey("introduction.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(8))  # first, target
    asked_on: Mapped[date]
    wording: Mapped[str] = mapped_column(String(4000), default="")  # the text they were asked with: what they agreed to
    reminded_on: Mapped[date | None] = mapped_column(default=None)
    answer: Mapped[str] = mapped_column(String(8), default="")  # yes, no, later
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    by_link: Mapped[bool] = mapped_column(default=False)  # they answered themselves; else the owner noted it
    words: Mapped[str] = mapped_column(String(400), default="")  # for the owner alone


class Report(Private, kw_only=True):
    """That one side of a connected introduction was asked what became of it, and what they told us with one tap."""

    __tablename__ = "report"

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    introduction_id: Mapped[int] = mapped_column(ForeignKey("introduction.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(8))  # first, target
    asked_on: Mapped[date]
    outcome: Mapped[str] = mapped_column(String(16), default="")  # waiting, met, won, done, nowhere
    value_cents: Mapped[int | None] = mapped_column(default=None)
    stars: Mapped[int | None] = mapped_column(default=None)  # of the other side, 1-5, from a client
    words: Mapped[str] = mapped_column(String(400), default="")
    answered_at: Mapped[datetime | None] = mapped_column(default=None)


class Tie(Private, kw_only=True):
    """How well two know each other, from four questions; from nobody means from the owner."""

    __tablename__ = "tie"

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    from_business_id: Mapped[int | None] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"), default=None)
    from_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), default=None)
    to_business_id: Mapped[int | None] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"), default=None)
    to_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), default=None)
    years: Mapped[float | None] = mapped_column(default=None)  # for how long
    contacts_a_year: Mapped[float | None] = mapped_column(default=None)  # how often they talk
    worked_together: Mapped[bool | None] = mapped_column(default=None)
    would_vouch: Mapped[bool | None] = mapped_column(default=None)
    told_on: Mapped[date]
