"""What one decides beside all needs: which partner one would rather have, and how many names a client is offered."""

from flask import Blueprint, g, redirect, request, url_for
from werkzeug.wrappers import Response

from matcher.chapters.filling import NAMES_MOST
from matcher.errors import Invalid
from webapp import forms
from webapp.access import access
from webapp.pages import say

pages = Blueprint("need_acts", __name__, url_prefix="/coverage/needs")

NAMES = [str(names) for names in range(1, NAMES_MOST + 1)]  # that a client may be offered for a need


@pages.post("/<int:need_id>/pin")
@access(POST="member")
def pin(need_id: int) -> Response:
    """Let the owner's own choice of partner stand, or let go of it; the next page offers what stood before."""
    before = g.network.need(need_id)
    after = g.network.pin_need(need_id, forms.row(request.form, "business"))
    sentence = (
        f"{after.client} goes to {after.business}, as you say." if after.pinned else "We choose the partner again."
    )
    say(
        sentence,
        undo=url_for("need_acts.pin", need_id=need_id),
        fields={"business": before.business_id if before.pinned else "", "next": _next()},
    )
    return _back()


@pages.post("/names")
@access(POST="owner")
def set_names() -> Response:
    """Keep how many names a client is offered for a need; an empty choice follows the programme."""
    told = forms.one_of(request.form, "names", NAMES)
    if told is None and request.form.get("names") != "":
        raise Invalid("names", f"Please choose from 1 to {NAMES_MOST} names.")
    g.network.set_names_offered(int(told) if told else None)
    names = g.network.names_offered().value
    say(f"From now on you see {'one name' if names == 1 else f'{names} names'} for each need.")
    return _back()


def _next() -> str:
    return forms.known_path(request.form.get("next")) or ""


def _back() -> Response:
    return redirect(_next() or url_for("assignment.show"), 303)
