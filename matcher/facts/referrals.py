"""Referrals given and received, what people said of partners, how we look after sources, and what we gave them."""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matcher.facts.base import Private


class Referral(Private, kw_only=True):
    """A prospect whom a source sent us (received), or whom we sent to somebody (given)."""

    __tablename__ = "referral"

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    given: Mapped[bool]
    business_id: Mapped[int | None] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"), default=None)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), default=None)
    prospect: Mapped[str] = mapped_column(String(200))  # whom it is about
    prospect_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), default=None)
    introduction_id: Mapped[int | None] = mapped_column(
        ForeignKey("introduction.id", ondelete="SET NULL"), default=None, index=True
    )
    sale_id: Mapped[int | None] = mapped_column(  # the promise that it keeps, made on its page
        ForeignKey("sale.id", ondelete="SET NULL"), default=None
    )
    service: Mapped[str] = mapped_column(String(40), default="")
    referred_on: Mapped[date]
    result: Mapped[str] = mapped_column(String(16), default="open")  # open, won, done, nowhere
    value_cents: Mapped[int | None] = mapped_column(default=None)
    closed_on: Mapped[date | None] = mapped_column(default=None)  # won work is done, or it went nowhere
    because: Mapped[str] = mapped_column(String(400), default="")  # why they sent them, in their own words
    asked_how: Mapped[str] = mapped_column(String(16), default="")  # unasked, soft, direct, written
    thanked_on: Mapped[date | None] = mapped_column(default=None)  # at once
    thanked_again_on: Mapped[date | None] = mapped_column(default=None)  # when the work is done
    thanked_publicly_on: Mapped[date | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(String(2000), default="")


class Rating(Private, kw_only=True):
    """What a client said of a partner after working with them."""

    __tablename__ = "rating"

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), default=None)
    report_id: Mapped[int | None] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), default=None)
    stars: Mapped[int]  # 1-5
    words: Mapped[str] = mapped_column(String(400), default="")
    rated_on: Mapped[date]


class Care(Private, kw_only=True):
    """How we look after a source: how often we are in touch, whether they refer, how they may be thanked."""

    __tablename__ = "care"
    __table_args__ = (UniqueConstraint("network_id", "business_id"), UniqueConstraint("network_id", "person_id"))

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    business_id: Mapped[int | None] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"), default=None)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), default=None)
    rhythm_days: Mapped[int | None] = mapped_column(default=None)  # we are in touch this often; None: no rhythm
    refers: Mapped[bool | None] = mapped_column(default=None)  # False: they never will, and we stop asking
    why_not: Mapped[str] = mapped_column(String(16), default="")  # cannot, will_not, knows_not_how, no_occasion
    thank_publicly: Mapped[bool | None] = mapped_column(default=None)
    state: Mapped[str] = mapped_column(String(8), default="")  # of the US, such as US-DE, or a country, such as DE
    post_to: Mapped[str] = mapped_column(String(400), default="")  # the address for a letter
    asked_count: Mapped[int] = mapped_column(default=0)  # times we asked them for a referral


class Gift(Private, kw_only=True):
    """A thank-you that was given, so that limits over a year can be kept."""

    __tablename__ = "gift"

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    business_id: Mapped[int | None] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"), default=None)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), default=None)
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id", ondelete="SET NULL"), default=None)
    reward: Mapped[str] = mapped_column(String(16))  # word, card, gift, charity, access, money
    value_cents: Mapped[int] = mapped_column(default=0)
    given_on: Mapped[date]
    note: Mapped[str] = mapped_column(String(400), default="")


class PlanStep(Private, kw_only=True):
    """A step of the plan for one partner that is done, or what we know for it."""

    __tablename__ = "plan_step"

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id", ondelete="CASCADE"), primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    done_on: Mapped[date | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(String(2000), default="")
