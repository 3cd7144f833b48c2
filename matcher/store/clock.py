"""The owner's clock: which day it is where they are, and on which day of theirs something happened.

Everywhere else an instant is one in UTC, and a day is one of these: nobody takes the day of an instant but here.
"""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.facts import Network
from matcher.units import now_utc
from matcher.zones import on_clock


def zone(session: Session) -> str | None:
    """The time zone of the session's network; None as long as nobody told it."""
    if "zone" not in session.info:
        asked = select(Network.zone).where(Network.id == session.info.get("network_id"))
        session.info["zone"] = session.scalar(asked)
    found: str | None = session.info["zone"]
    return found


def set_zone(session: Session, told: str | None) -> None:
    """Keep in which time zone the owner is; None: they did not say."""
    session.get_one(Network, session.info["network_id"]).zone = session.info["zone"] = told


def now(session: Session) -> datetime:
    """The time now, as the owner's clock shows it."""
    return local(session, now_utc())


def today(session: Session) -> date:
    """Which day it is where the owner is."""
    return now(session).date()


def local(session: Session, at: datetime) -> datetime:
    """An instant as the owner's clock showed it."""
    return on_clock(at, zone(session))


def day_of(session: Session, at: datetime) -> date:
    """On which day of the owner's something happened."""
    return local(session, at).date()


def iso_day(session: Session, at: datetime | None) -> str:
    """The same as it is written; "" for what has not happened."""
    return day_of(session, at).isoformat() if at else ""
