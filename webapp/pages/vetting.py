"""What the owner has checked of a business: a part of its page, with a form for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

from flask import Blueprint, g, request, url_for
from werkzeug.wrappers import Response

from matcher.answers.invited import Vetted
from matcher.answers.told import Checked, CheckedKind
from matcher.errors import Invalid
from webapp import forms
from webapp.access import access
from webapp.filters import iso_day
from webapp.pages import go, say

pages = Blueprint("vetting", __name__)

KINDS: dict[CheckedKind, tuple[str, str]] = {  # what it is called, and what a note on it may say
    "licence": ("Licence", "Its number, and where you looked it up"),
    "insurance": ("Insurance", "The insurer, and how much it covers"),
    "references": ("References", "Whom you asked, and what they said"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckShown:
    """One check as the page shows it."""

    kind: CheckedKind
    title: str
    hint: str
    state: str  # a word for it
    tone: str
    sentence: str
    claimed: str
    note: str
    valid_until: str
    checked: bool
    today: str


@pages.post("/businesses/<int:business_id>/vetting")
@access(POST="member")
def save(business_id: int) -> Response:
    """Keep that something was checked; the next page offers to undo it."""
    vetted, kind = g.network.vetting(business_id), _kind()
    before = _one(vetted, kind)
    checked_on = forms.day(request.form, "checked_on")
    told = Checked(
        kind=kind,
        checked_on=checked_on or g.network.today(),
        valid_until=forms.day(request.form, "valid_until"),
        note=request.form.get("note", ""),
    )
    g.network.note_vetting(business_id, told)
    say(f"{KINDS[kind][0]}: checked on {iso_day(told.checked_on.isoformat())}.", **_back_to(business_id, before))
    return go("business.show", business_id=business_id, _anchor="vetting")


@pages.post("/businesses/<int:business_id>/vetting/forget")
@access(POST="member")
def forget(business_id: int) -> Response:
    """Forget that something was checked; the next page offers to undo it."""
    vetted, kind = g.network.vetting(business_id), _kind()
    before = _one(vetted, kind)
    g.network.forget_vetting(business_id, kind)
    say(f"{KINDS[kind][0]}: taken back.", **(_back_to(business_id, before) if before.checked_on else {}))
    return go("business.show", business_id=business_id, _anchor="vetting")


def shown(vetted: Sequence[Vetted]) -> list[CheckShown]:
    """What the business page needs for its section."""
    return [_shown(one) for one in vetted]


def _shown(one: Vetted) -> CheckShown:
    title, hint = KINDS[one.kind]
    state, tone = ("Overdue", "warn") if one.overdue else ("Checked", "accent")
    sentence = f"Checked on {iso_day(one.checked_on)}." if one.checked_on else ""
    if one.valid_until:
        sentence += f" {'It was valid' if one.overdue else 'Valid'} until {iso_day(one.valid_until)}."
    if not one.checked_on:
        state, tone = ("Only claimed", "warn") if one.claimed else ("Not checked", "")
    return CheckShown(
        kind=one.kind,
        title=title,
        hint=hint,
        state=state,
        tone=tone,
        sentence=sentence,
        claimed=one.claimed,
        note=one.note,
        valid_until=one.valid_until,
        checked=bool(one.checked_on),
        today=g.network.today().isoformat(),
    )


def _kind() -> CheckedKind:
    found: CheckedKind | None = forms.one_of(request.form, "kind", get_args(CheckedKind))  # type: ignore[assignment]
    if found is None:
        raise Invalid("kind", "Please choose what you checked: licence, insurance or references.")
    return found


def _one(vetted: Sequence[Vetted], kind: CheckedKind) -> Vetted:
    return next(one for one in vetted if one.kind == kind)


def _back_to(business_id: int, before: Vetted) -> dict[str, Any]:
    """Where Undo leads, so that things are as they were before."""
    if not before.checked_on:
        return {"undo": url_for("vetting.forget", business_id=business_id), "fields": {"kind": before.kind}}
    fields = {name: getattr(before, name) for name in ("kind", "checked_on", "valid_until", "note")}
    return {"undo": url_for("vetting.save", business_id=business_id), "fields": fields}
