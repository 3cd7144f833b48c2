"""What one does about a need: introduce, choose another partner, say what became of it or which service it is."""

from dataclasses import replace
from typing import get_args

from flask import Blueprint, g, redirect, request, url_for
from werkzeug.wrappers import Response

from matcher.answers.covered import Status
from matcher.chapters.filling import NAMES_MOST
from matcher.errors import Invalid
from matcher.taxonomy import taxonomy
from webapp import forms
from webapp.access import access
from webapp.client_forms import told_of
from webapp.filters import service_name
from webapp.pages import say

pages = Blueprint("need_acts", __name__, url_prefix="/coverage/needs")

NAMES = [str(names) for names in range(1, NAMES_MOST + 1)]  # that a client may be offered for a need
SAID: dict[Status, str] = {
    "introduced": "{client} and {partner}: introduced. Ask them in a few days how it went.",
    "filled": "{client}: {service} is filled.",
    "open": "{client}: {service} is open again.",
    "dropped": "{client} does not need this any more.",
}


@pages.post("/<int:need_id>")
@access(POST="member")
def set_status(need_id: int) -> Response:
    """Say what became of a need; the next page offers what it was before."""
    status: Status | None = forms.one_of(request.form, "status", get_args(Status))  # type: ignore[assignment]
    if status is None:
        raise Invalid("status", "Please say what became of this need.")
    business_id, before = forms.row(request.form, "business"), g.network.need(need_id)
    after = g.network.set_need_status(need_id, status, business_id)
    if status == "open" and business_id is not None:
        after = g.network.pin_need(need_id, business_id)  # as it was before
    words = {"client": after.client, "partner": after.business or before.business}
    say(
        SAID[status].format(**words, service=service_name(after.service) if after.service else after.wording),
        undo=url_for("need_acts.set_status", need_id=need_id),
        fields={"status": before.status, "business": before.business_id or "", "next": _next()},
    )
    return _back()


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


@pages.post("/<int:need_id>/service")
@access(POST="member")
def sort(need_id: int) -> Response:
    """Keep which service a need calls for; the next page offers what was there before."""
    before = g.network.need(need_id)
    service = forms.one_of(request.form, "service", taxonomy().services) or ""
    g.network.edit_need(need_id, replace(told_of(before), service=service))
    say(
        f"{before.client} needs: {service_name(service)}." if service else "The service is open again.",
        undo=url_for("need_acts.sort", need_id=need_id),
        fields={"service": before.service, "next": _next()},
    )
    return _back()


@pages.post("/names")
@access(POST="owner")
def set_names() -> Response:
    """Keep how many names a client is offered for a need."""
    names = forms.one_of(request.form, "names", NAMES)
    if names is None:
        raise Invalid("names", f"Please choose from 1 to {NAMES_MOST} names.")
    g.network.set_names_offered(int(names))
    say(
        "From now on you see one name for each need."
        if names == "1"
        else f"From now on you see {names} names for each need."
    )
    return _back()


def _next() -> str:
    return forms.known_path(request.form.get("next")) or ""


def _back() -> Response:
    return redirect(_next() or url_for("assignment.show"), 303)
