"""Queries on what the owner has checked of a business, and when."""

from datetime import date
from typing import get_args

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from matcher.answers.invited import Vetted
from matcher.answers.told import CHECK_CHARACTERS, Checked, CheckedKind
from matcher.errors import Invalid
from matcher.facts import Vetting
from matcher.lines import few_lines
from matcher.store import applications
from matcher.store.partnerships import keep

KINDS: tuple[CheckedKind, ...] = get_args(CheckedKind)


def of_business(session: Session, business_id: int, today: date) -> tuple[Vetted, ...]:
    """Licence, insurance and references of a business: what it claims, what was checked, what is over."""
    checked = {v.kind: v for v in session.scalars(select(Vetting).where(Vetting.business_id == business_id))}
    claimed = applications.claims(session, business_id)
    return tuple(_vetted(kind, getattr(claimed, kind, ""), checked.get(kind), today) for kind in KINDS)


def note(session: Session, network_id: int, business_id: int, told: Checked, today: date) -> None:
    """Keep that something of a business was checked, in place of the check before; Invalid for what cannot be."""
    if told.kind not in KINDS:
        raise Invalid("kind", "Please choose what you checked: licence, insurance or references.")
    if told.checked_on > today:
        raise Invalid("checked_on", "Please write the day on which you checked it; it cannot be in the future.")
    if told.valid_until is not None and told.valid_until < told.checked_on:
        raise Invalid("valid_until", "It cannot end before the day on which you checked it.")
    text = few_lines("note", told.note, CHECK_CHARACTERS)
    keep(session, business_id)
    forget(session, business_id, told.kind)
    vetting = Vetting(
        network_id=network_id,
        business_id=business_id,
        kind=told.kind,
        checked_on=told.checked_on,
        valid_until_on=told.valid_until,
        note=text,
    )
    session.add(vetting)


def forget(session: Session, business_id: int, kind: CheckedKind) -> None:
    """Forget that something of a business was checked; nothing happens when it was not."""
    session.execute(delete(Vetting).where(Vetting.business_id == business_id, Vetting.kind == kind))


def _vetted(kind: CheckedKind, claimed: str, checked: Vetting | None, today: date) -> Vetted:
    if checked is None:
        return Vetted(kind=kind, claimed=claimed)
    until = checked.valid_until_on
    return Vetted(
        kind=kind,
        claimed=claimed,
        checked_on=checked.checked_on.isoformat(),
        valid_until=until.isoformat() if until else "",
        note=checked.note,
        overdue=until is not None and until < today,
    )
