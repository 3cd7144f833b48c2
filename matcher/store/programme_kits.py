"""Queries on a coach's kits and on the links by which agents get them; rows of the coach's network."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.answers.coached import INVITE_DAYS, InviteCard, InviteState, KitCard
from matcher.coach_kit.content import content_hash, fingerprint
from matcher.errors import Conflict, NotFound
from matcher.facts import Person, PrivateLink, ProgrammeInvite, ProgrammeKit
from matcher.store import clock, links

KITS_MOST = 50
INVITES_MOST = 200  # that can be taken at a time


def find(session: Session, kit_id: int) -> ProgrammeKit:
    """One kit of the session's network; NotFound otherwise."""
    found = session.scalar(select(ProgrammeKit).where(ProgrammeKit.id == kit_id))
    if found is None:
        raise NotFound("There is no such programme.")
    return found


def add(session: Session, network_id: int, content: Mapping[str, Any], now: datetime) -> int:
    """Keep a new kit and give its number; Conflict when there are too many."""
    if len(session.scalars(select(ProgrammeKit.id)).all()) >= KITS_MOST:
        raise Conflict(f"You have {KITS_MOST} programmes. Please take one away first.")
    kit = ProgrammeKit(
        network_id=network_id,
        name=content["name"],
        content=dict(content),
        content_hash=content_hash(content),
        edited_at=now,
    )
    session.add(kit)
    session.flush()
    return kit.id


def change(session: Session, kit_id: int, content: Mapping[str, Any], now: datetime) -> None:
    """Put other content into a kit; the same content is no change."""
    kit, whole = find(session, kit_id), content_hash(content)
    if kit.content_hash != whole:
        kit.name, kit.content, kit.content_hash, kit.edited_at = content["name"], dict(content), whole, now


def remove(session: Session, network_id: int, kit_id: int) -> None:
    """Take a kit away, with its links; who has a copy keeps it."""
    kit = find(session, kit_id)
    for invite_id in session.scalars(select(ProgrammeInvite.id).where(ProgrammeInvite.kit_id == kit.id)).all():
        links.close(session, network_id, "coach", invite_id)
    session.delete(kit)


def cards(session: Session, kit_id: int | None = None) -> tuple[KitCard, ...]:
    """All kits by name, or one; NotFound when that is not there."""
    query = select(ProgrammeKit).order_by(ProgrammeKit.name, ProgrammeKit.id)
    kits = session.scalars(query).all() if kit_id is None else [find(session, kit_id)]
    return tuple(
        KitCard(
            kit_id=kit.id,
            name=kit.name,
            content=kit.content,
            content_hash=kit.content_hash,
            fingerprint=fingerprint(kit.content_hash),
            edited_on=clock.iso_day(session, kit.edited_at),
        )
        for kit in kits
    )


def own_people(session: Session) -> Sequence[str]:
    """The names of everybody whom the coach knows, none of whom a kit may hold."""
    return session.scalars(select(Person.name)).all()


# -- links for agents --------------------------------------------------------------------------------
def invite(session: Session, invite: ProgrammeInvite) -> str:
    """Keep that an agent is invited, and give the token of the link, once."""
    find(session, invite.kit_id)
    session.add(invite)
    session.flush()
    return links.issue(session, invite.network_id, "coach", invite.id, last_day(invite.invited_on))


def last_day(invited_on: date) -> date:
    """The last day on which a link can be taken."""
    return invited_on + timedelta(days=INVITE_DAYS)


def find_invite(session: Session, invite_id: int) -> ProgrammeInvite:
    """One invitation of the session's network; NotFound otherwise."""
    found = session.scalar(select(ProgrammeInvite).where(ProgrammeInvite.id == invite_id))
    if found is None:
        raise NotFound("There is no such invitation.")
    return found


def cancel(session: Session, network_id: int, invite_id: int) -> None:
    """Let a link work no more, and forget for whom it was; whoever has taken it keeps what they have."""
    invite = find_invite(session, invite_id)
    links.close(session, network_id, "coach", invite.id)
    session.delete(invite)


def invites(session: Session, network_id: int, now: datetime) -> tuple[InviteCard, ...]:
    """All invitations, the newest first, with what became of the link."""
    own = (PrivateLink.network_id == network_id, PrivateLink.purpose == "coach")
    sent = {link.target_id: link for link in session.scalars(select(PrivateLink).where(*own))}
    names = {kit.id: kit.name for kit in session.scalars(select(ProgrammeKit))}
    return tuple(
        InviteCard(
            invite_id=one.id,
            kit_id=one.kit_id,
            kit=names[one.kit_id],
            whom=one.whom,
            invited_on=one.invited_on.isoformat(),
            ends_on=last_day(one.invited_on).isoformat(),
            state=_state(sent.get(one.id), now),
        )
        for one in session.scalars(select(ProgrammeInvite).order_by(ProgrammeInvite.id.desc()))
    )


def _state(link: PrivateLink | None, now: datetime) -> InviteState:
    if link is not None and link.used_at is not None:
        return "taken"
    return "open" if link is not None and link.expires_at > now else "over"
