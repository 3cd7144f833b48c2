"""The other end of a coach's link: who invites, what they would see, and taking their programme into a network."""

from collections.abc import Mapping
from typing import Any

from matcher.answers.coached import WHOM_CHARACTERS, InvitePage
from matcher.coach_kit.changes import NOTHING_SET, limit_changes
from matcher.coach_kit.content import fingerprint
from matcher.coach_kit.files import signature_of
from matcher.errors import Conflict, Invalid
from matcher.facts import Coached, ProgrammeInvite, ProgrammeKit
from matcher.lines import one_line
from matcher.store import Session, Store, coachings, limits, links, programme_kits
from matcher.store.accounts import Accounts, address_of, clean_email
from matcher.store.links import Target
from matcher.units import now_utc

KNOWN_ALREADY = "There is an account with this address. Please sign in first, then open the link again."


def read_invite(store: Store, token: str, network_id: int | None = None) -> InvitePage:
    """What the page behind a coach's link shows; NotFound, the same for a link that is wrong, used or too old.

    With the network that would take the programme it says which of its settings change.
    """
    target = _target(store, token)
    before, own = _present(store, network_id)
    coach = Accounts(store).network_name(target.network_id)
    with store.session(target.network_id) as session:
        invite, kit = _offered(session, target)
        weeks = [step["week"] for step in kit.content["steps"]]
        return InvitePage(
            coach=coach,
            email=address_of(session, invite.account_id),
            kit=kit.name,
            fingerprint=fingerprint(kit.content_hash),
            steps=len(weeks),
            weeks=max(weeks, default=0),
            ends_on=programme_kits.last_day(invite.invited_on).isoformat(),
            settings=tuple(limit_changes(before, kit.content, own)),
        )


def accept_invite(store: Store, token: str, network_id: int, known_as: str) -> None:
    """Take a coach's programme into a network and let the coach see its counts: all or nothing, and once."""
    name = one_line("known_as", known_as, WHOM_CHARACTERS)
    if not name:
        raise Invalid("known_as", "Please write how your coach shall see you, such as your first name.")
    target, now = _target(store, token), now_utc()
    coach = Accounts(store).network_name(target.network_id)
    with store.session(target.network_id) as session:
        invite, kit = _offered(session, target)
    with store.session(network_id, writes=True) as session:
        links.use_up(session, token, "coach", now)
        coached = Coached(
            network_id=network_id,
            account_id=invite.account_id,
            coach_network_id=target.network_id,
            kit_id=kit.id,
            coach=coach,
            known_as=name,
            signature=signature_of(kit.content_hash, store.secret)[1],
            since_at=now,
        )
        coachings.begin(session, coached)
        coachings.take(session, network_id, kit.content, now)


def open_account(store: Store, token: str, email: str, network_name: str) -> str:
    """A token that signs somebody in who holds a coach's link and has no account; Conflict for an address that has.

    The link stays good: taking the programme is a step of its own.
    """
    _target(store, token)
    accounts = Accounts(store)
    if accounts.find_account(clean_email(email)) is not None:
        raise Conflict(KNOWN_ALREADY)
    return accounts.invite(email, network_name, now=now_utc())


def _present(store: Store, network_id: int | None) -> tuple[Mapping[str, Any], Mapping[str, int | None]]:
    """The copy of a kit that a network has, and the limits that its owner set; of a new one where there is none."""
    if network_id is None:
        return {}, NOTHING_SET
    with store.session(network_id) as session:
        programme = coachings.programme(session)
        return programme.kit if programme else {}, limits.own_limits(session, network_id)


def _target(store: Store, token: str) -> Target:
    with store.session() as session:
        return links.look_up(session, token, "coach", now_utc())


def _offered(session: Session, target: Target) -> tuple[ProgrammeInvite, ProgrammeKit]:
    invite = programme_kits.find_invite(session, target.target_id)
    return invite, programme_kits.find(session, invite.kit_id)
