"""Queries on mail: the outbox, who sends, and which addresses get nothing.

A mail is `queued` until somebody claims it; a claim is a lease, so that whoever dies while connecting loses nothing. It
is `sending` from right before its text goes out. Whoever dies then leaves it so, and when the lease is over it becomes
`unknown`: it may have arrived, so it is sent again only when a human says so.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from matcher.answers.posted import A_DAY, NOBODY_ELSE, TO_ONE_A_WEEK, UNDO_SECONDS, MailCard, MailTold, Recipient
from matcher.errors import Conflict, NotFound
from matcher.facts import Mail, Suppression
from matcher.keys import keyed_hash
from matcher.store import clock

LEASE_SECONDS = 300  # longer than one attempt can take, with several addresses of a server (prior)
RETRY_MINUTES = (1, 5, 30, 120, 480)  # after each attempt that has to be repeated; then we give up (prior)
OPEN = ("queued", "sending", "unknown", "sent")  # what counts against the caps
SHOWN = 200  # mails on the page of the outbox
LOST = "We were interrupted while sending. It may have arrived, so we do not send it again by ourselves."
NO_MAIL = "This address has asked for no more mail from you."


# -- what the owner does -----------------------------------------------------------------------------
def approve(
    session: Session,
    network_id: int,
    told: MailTold,
    secret: str,
    now: datetime,
    *,
    to_us: bool = False,
    also: Recipient = NOBODY_ELSE,
) -> int:
    """Put a mail into the outbox and give its number; one with this key that did not go yet is replaced.

    A test that we send to ourselves (`to_us`) goes at once, and again as often as it takes. `also` is the second
    recipient of a mail to two, for whom the same holds as for the first.
    """
    found = find_by_key(session, told.key)
    if found is not None and found.state in ("sending", "unknown", "sent"):
        return found.id
    both = [email for email in (told.to_email, also.email) if email]
    if stop := unwanted(session, both, secret):
        raise Conflict(stop)
    _hold_caps(session, told.key, () if to_us else both, now)
    columns = asdict(told) | {"also_name": also.name, "also_email": also.email}
    if found is None:
        found = Mail(network_id=network_id, **columns, approved_at=now, next_at=now)
        session.add(found)
    for name, value in (columns | _fresh(now, found.attempts, 0 if to_us else UNDO_SECONDS)).items():
        setattr(found, name, value)
    session.flush()
    return found.id


def stop(session: Session, mail_id: int) -> None:
    """Hold a mail back that is still queued; Conflict when it is too late for that."""
    _change(session, mail_id, ("queued",), "It is too late to hold this mail back.", {"state": "stopped"})


def send_again(session: Session, mail_id: int, now: datetime) -> None:
    """Put a mail back into the queue of which nobody knows, that was refused or held back."""
    states, late = ("unknown", "refused", "stopped"), "This mail is on its way, or has arrived."
    _lose(session, now)
    _change(session, mail_id, states, late, _fresh(now, Mail.attempts))


def note_arrived(session: Session, mail_id: int, now: datetime) -> str:
    """Keep that a mail arrived of which we did not know, and give its key."""
    changes: dict[str, object] = {"state": "sent", "sent_at": now, "said": ""}
    _lose(session, now)
    _change(session, mail_id, ("unknown",), "We know already what became of this mail.", changes)
    return session.scalars(select(Mail.key).where(Mail.id == mail_id)).one()


def cards(session: Session, now: datetime, mail_id: int | None = None) -> tuple[MailCard, ...]:
    """The mails of the session's network, the newest first; or one, NotFound when it is not there."""
    asked = select(Mail).order_by(Mail.approved_at.desc(), Mail.id.desc()).limit(SHOWN)
    found = session.scalars(asked if mail_id is None else asked.where(Mail.id == mail_id)).all()
    if mail_id is not None and not found:
        raise NotFound("There is no such mail.")
    return tuple(_card(session, mail, now) for mail in found)


def find_by_key(session: Session, key: str) -> Mail | None:
    """The mail that is about this; None when nobody let one go."""
    return session.scalar(select(Mail).where(Mail.key == key))


def left_today(session: Session, now: datetime) -> int:
    """How many more mails may be queued, of those that a network may send in 24 hours."""
    return max(A_DAY - _count(session, Mail.approved_at > now - timedelta(days=1)), 0)


# -- what the postman does ---------------------------------------------------------------------------
def waits(session: Session, now: datetime) -> bool:
    """Whether there is anything for `claim` to do; asked without keeping others from writing."""
    due = or_(
        and_(Mail.state == "queued", Mail.next_at <= now), and_(Mail.state == "sending", Mail.leased_until <= now)
    )
    return session.scalar(select(Mail.id).where(due).limit(1)) is not None


def claim(session: Session, now: datetime) -> Mail | None:
    """The next mail that is due, leased to whoever asks and counted as an attempt; None when nothing is to be done."""
    _lose(session, now)
    if _count(session, Mail.sent_at > now - timedelta(days=1)) >= A_DAY:
        return None
    free = or_(Mail.leased_until.is_(None), Mail.leased_until <= now)
    due = select(Mail).where(Mail.state == "queued", Mail.next_at <= now, free).order_by(Mail.next_at, Mail.id)
    found = session.scalar(due.limit(1))
    if found is not None:
        found.attempts += 1
        found.leased_until = now + timedelta(seconds=LEASE_SECONDS)
    return found


def begin(session: Session, mail_id: int, attempt: int, now: datetime) -> bool:
    """Keep that the text of a mail goes out now; False when it was held back, or the lease is over."""
    leased = (Mail.id == mail_id, Mail.state == "queued", Mail.attempts == attempt, Mail.leased_until > now)
    until = now + timedelta(seconds=LEASE_SECONDS)
    begun = update(Mail).where(*leased).values(state="sending", leased_until=until)
    return session.execute(begun.returning(Mail.id)).first() is not None


def note(session: Session, mail_id: int, attempt: int, changes: dict[str, object]) -> bool:
    """Keep what came of an attempt, also a slow one; False when there was another since or the owner has decided."""
    ours = (Mail.id == mail_id, Mail.attempts == attempt, Mail.state.in_(("queued", "sending", "unknown")))
    noted = update(Mail).where(*ours).values(leased_until=None, **changes)
    return session.execute(noted.returning(Mail.id)).first() is not None


def after(tries: int, said: str, now: datetime) -> dict[str, object]:
    """What becomes of a mail that waits, after so many tries since it was let go: when it is tried next, if ever."""
    if tries > len(RETRY_MINUTES):
        return {"state": "refused", "said": f"We gave up after {tries} tries. {said}"[:400]}
    return {"state": "queued", "next_at": now + timedelta(minutes=RETRY_MINUTES[tries - 1]), "said": said}


# -- addresses that get nothing ----------------------------------------------------------------------
def suppressed(session: Session, email: str, secret: str) -> bool:
    """Whether an address gets no mail from the session's network."""
    return session.scalar(select(Suppression).where(Suppression.address_hash == hash_of(email, secret))) is not None


def unwanted(session: Session, emails: Sequence[str], secret: str) -> str:
    """That one of these addresses gets no mail, and of two which one, in a sentence; "" when all may get it."""
    for email in emails:
        if suppressed(session, email, secret):
            return NO_MAIL if len(emails) == 1 else f"{email}: {NO_MAIL}"
    return ""


def suppress(session: Session, suppression: Suppression, email: str) -> None:
    """Send an address nothing any more, and hold back what waits for it; the same twice is one."""
    known = select(Suppression).where(Suppression.address_hash == suppression.address_hash)
    if session.scalar(known) is None:
        session.add(suppression)
    waiting = (Mail.state == "queued", _to(email))
    session.execute(update(Mail).where(*waiting).values(state="stopped", said=NO_MAIL))


def allow(session: Session, email: str, secret: str) -> None:
    """Let an address have mail again that the owner has kept from it, not one that has asked for none."""
    own = (Suppression.address_hash == hash_of(email, secret), Suppression.because == "owner")
    session.execute(delete(Suppression).where(*own))


def hash_of(email: str, secret: str) -> str:
    """What is kept of an address: a keyed hash, the same however its letters are written."""
    return keyed_hash(secret, "suppression", email.strip().casefold())


# -- the rest ----------------------------------------------------------------------------------------
def _lose(session: Session, now: datetime) -> None:
    """Let mails be unknown whose sender died while the text went out."""
    over = (Mail.state == "sending", Mail.leased_until <= now)
    session.execute(update(Mail).where(*over).values(state="unknown", leased_until=None, said=LOST))


def _fresh(now: datetime, attempts: object, wait_seconds: int = 0) -> dict[str, object]:
    """What makes a mail wait for its next attempt, with all its tries before it, whatever it had.

    Attempts go on being counted, so that no two are taken for one.
    """
    next_at = now + timedelta(seconds=wait_seconds)
    fresh: dict[str, object] = {"state": "queued", "leased_until": None, "said": "", "approved_at": now}
    return fresh | {"next_at": next_at, "tried_before": attempts}


def _to(email: str) -> ColumnElement[bool]:
    """Whether a mail goes to this address, alone or with another."""
    return or_(func.lower(Mail.to_email) == email.lower(), func.lower(Mail.also_email) == email.lower())


def _hold_caps(session: Session, key: str, emails: Sequence[str], now: datetime) -> None:
    """Refuse what would be too much in a day, or for one of these addresses; the mail of this key does not count."""
    others = Mail.key != key
    if _count(session, others, Mail.approved_at > now - timedelta(days=1)) >= A_DAY:
        raise Conflict(f"{A_DAY} mails have gone out within a day. Please send the others tomorrow.")
    for email in emails:
        if _count(session, others, _to(email), Mail.approved_at > now - timedelta(days=7)) >= TO_ONE_A_WEEK:
            who, most = "They" if len(emails) == 1 else email, TO_ONE_A_WEEK
            raise Conflict(f"{who} got {most} mails from you within a week. Please ring them, or wait a little.")


def _count(session: Session, *conditions: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count(Mail.id)).where(Mail.state.in_(OPEN), *conditions)) or 0


def _change(session: Session, mail_id: int, states: tuple[str, ...], too_late: str, changes: dict[str, object]) -> None:
    """Change a mail that is in one of these states; NotFound when there is none of this number, else Conflict."""
    if session.scalar(select(Mail.id).where(Mail.id == mail_id)) is None:
        raise NotFound("There is no such mail.")
    changed = update(Mail).where(Mail.id == mail_id, Mail.state.in_(states)).values(**changes).returning(Mail.id)
    if session.execute(changed).first() is None:
        raise Conflict(too_late)


def _card(session: Session, mail: Mail, now: datetime) -> MailCard:
    lost = mail.state == "sending" and mail.leased_until is not None and mail.leased_until <= now
    return MailCard(
        mail_id=mail.id,
        key=mail.key,
        to_name=mail.to_name,
        to_email=mail.to_email,
        also_name=mail.also_name,
        also_email=mail.also_email,
        subject=mail.subject,
        body=mail.body,
        promotes=mail.promotes,
        state="unknown" if lost else mail.state,  # type: ignore[arg-type]
        attempts=mail.attempts,
        approved_at=clock.local(session, mail.approved_at).isoformat(),
        next_at=clock.local(session, mail.next_at).isoformat() if mail.state == "queued" else "",
        sent_at=clock.local(session, mail.sent_at).isoformat() if mail.sent_at else "",
        said=LOST if lost else mail.said,
    )
