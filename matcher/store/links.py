"""Links for people without an account: 32 random bytes, of which only the hash is kept."""

import re
import secrets
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NamedTuple

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from matcher.errors import NotFound
from matcher.facts import PrivateLink
from matcher.store.accounts import token_hash

Purpose = Literal["survey", "call", "ask", "report", "promise", "calendar", "unsubscribe", "coach"]
TOKEN_BYTES = 32
OPENED = "answer|ask|call|invited|outcome|promise"  # pages that such a link opens for those we write to
GONE = "This link does not work any more. Please ask whoever sent it for a new one."
OVER_AT = time(12, tzinfo=UTC)  # on the next day: then a day is over everywhere on Earth


class Target(NamedTuple):
    """What a link opens, by its purpose: the number of a survey, a call, an ask and so on, of one network."""

    network_id: int
    target_id: int


def issue(
    session: Session, network_id: int, purpose: Purpose, target_id: int, last_day: date, *, token: str = ""
) -> str:
    """A new link's token, or this one; only its hash is kept. Links of before to this target stop working.

    They may have been made for another target that is gone: SQLite gives the number of a deleted row again.
    """
    close(session, network_id, purpose, target_id)
    token = token or secrets.token_urlsafe(TOKEN_BYTES)
    link = PrivateLink(
        token_hash=token_hash(token),
        network_id=network_id,
        purpose=purpose,
        target_id=target_id,
        expires_at=datetime.combine(last_day + timedelta(days=1), OVER_AT),
    )
    session.add(link)
    return token


def look_up(session: Session, token: str, purpose: Purpose, now: datetime) -> Target:
    """What a link opens; wrong, used and expired ones look the same: NotFound."""
    found = session.scalar(select(PrivateLink).where(*_good(token, purpose, now)))
    if found is None:
        raise NotFound(GONE)
    return Target(found.network_id, found.target_id)


def use_up(session: Session, token: str, purpose: Purpose, now: datetime) -> Target:
    """The same for a link that works once: of several at a time exactly one wins, the others get NotFound."""
    spent = update(PrivateLink).where(*_good(token, purpose, now)).values(used_at=now)
    found = session.execute(spent.returning(PrivateLink.network_id, PrivateLink.target_id)).first()
    if found is None:
        raise NotFound(GONE)
    return Target(found.network_id, found.target_id)


def is_cut_off(session: Session, text: str, base_url: str, now: datetime) -> bool:
    """Whether a text has a link of ours, below the base URL, that was used or closed or is too old."""
    found = re.findall(rf"{re.escape(base_url)}/(?:{OPENED})/([\w-]{{43}})(?![\w-])", text, re.ASCII)
    hashes = {token_hash(token) for token in found}
    good = (PrivateLink.token_hash.in_(hashes), PrivateLink.used_at.is_(None), PrivateLink.expires_at > now)
    return bool(hashes) and set(session.scalars(select(PrivateLink.token_hash).where(*good))) != hashes


def close(session: Session, network_id: int, purpose: Purpose, target_id: int) -> None:
    """Let no link to this target work any more."""
    own = (PrivateLink.network_id == network_id, PrivateLink.purpose == purpose, PrivateLink.target_id == target_id)
    session.execute(delete(PrivateLink).where(*own))


def _good(token: str, purpose: Purpose, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        PrivateLink.token_hash == token_hash(token),
        PrivateLink.purpose == purpose,
        PrivateLink.used_at.is_(None),
        PrivateLink.expires_at > now,
    )
