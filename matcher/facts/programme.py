"""The first six months: a programme and its weeks, deals, a coach's kits, links and nudges, rosters."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matcher.facts.base import Private


class Programme(Private, kw_only=True):
    """That an owner goes through the give-first programme; `kit` is the coach's file as it was cloned, or empty."""

    __tablename__ = "programme"

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id", ondelete="CASCADE"), primary_key=True)
    started_on: Mapped[date]
    goal: Mapped[int] = mapped_column(default=100)  # people on the list
    selling_from_on: Mapped[date | None] = mapped_column(default=None)  # a coach or the owner opened selling earlier
    kit: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    kit_hash: Mapped[str] = mapped_column(String(64), default="")
    taken_at: Mapped[datetime | None] = mapped_column(default=None)


class Week(Private, kw_only=True):
    """A week of the programme that was kept, with the minutes it took."""

    __tablename__ = "week"

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)  # from 1
    kept_on: Mapped[date]
    minutes: Mapped[int | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(String(400), default="")


class JoggerMark(Private, kw_only=True):
    """That the owner has thought a memory jogger through."""

    __tablename__ = "jogger_mark"

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    done_on: Mapped[date]


class Deal(Private, kw_only=True):
    """What a partner offers the people we know for a while."""

    __tablename__ = "deal"

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"), index=True)
    what: Mapped[str] = mapped_column(String(400))
    from_on: Mapped[date]
    until_on: Mapped[date]


class ProgrammeKit(Private, kw_only=True):
    """A coach's programme in one file: steps, scripts, extra services, brand words, limits; no person in it."""

    __tablename__ = "programme_kit"

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    content_hash: Mapped[str] = mapped_column(String(64))
    edited_at: Mapped[datetime]


class ProgrammeInvite(Private, kw_only=True):
    """A coach's link for one agent; a row of the coach's network. Whether it is taken stands at the link."""

    __tablename__ = "programme_invite"

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    kit_id: Mapped[int] = mapped_column(ForeignKey("programme_kit.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int]  # of the coach, who will see the counts
    whom: Mapped[str] = mapped_column(String(100), default="")  # in the coach's words
    invited_on: Mapped[date]


class Coached(Private, kw_only=True):
    """That a coach sees the counts of an agent, from when to when; a row of the agent's network, which stays."""

    __tablename__ = "coached"

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    account_id: Mapped[int]  # of the coach
    coach_network_id: Mapped[int]
    kit_id: Mapped[int]  # in the coach's network
    coach: Mapped[str] = mapped_column(String(200))  # as they were named when they invited
    known_as: Mapped[str] = mapped_column(String(100))  # by which name the coach sees the agent
    signature: Mapped[str] = mapped_column(String(128), default="")  # of the kit's hash, by this installation
    since_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)


class Nudge(Private, kw_only=True):
    """Words of a coach to an agent; a row of the agent's network."""

    __tablename__ = "nudge"

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    words: Mapped[str] = mapped_column(String(400))
    sent_at: Mapped[datetime]
    read_at: Mapped[datetime | None] = mapped_column(default=None)


class Roster(Private, kw_only=True):
    """An association whose list of members the owner brings in now and then."""

    __tablename__ = "roster"
    __table_args__ = (UniqueConstraint("network_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    name: Mapped[str] = mapped_column(String(200))
    read_on: Mapped[date]  # last
    readings: Mapped[int] = mapped_column(default=1)  # how many lists were read so far


class RosterMember(Private, kw_only=True):
    """A member of an association, as its lists said; `key` is by what they are known again."""

    __tablename__ = "roster_member"

    roster_id: Mapped[int] = mapped_column(ForeignKey("roster.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    business: Mapped[str] = mapped_column(String(200), default="")
    person: Mapped[str] = mapped_column(String(200), default="")
    category: Mapped[str] = mapped_column(String(200), default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    seen_on: Mapped[date]  # first, or first again
    gone_on: Mapped[date | None] = mapped_column(default=None)
    seen_in: Mapped[int] = mapped_column(default=1)  # in which reading they joined, left and changed last
    gone_in: Mapped[int | None] = mapped_column(default=None)
    changed_in: Mapped[int | None] = mapped_column(default=None)
    changed: Mapped[str] = mapped_column(String(400), default="")  # what, in a sentence
