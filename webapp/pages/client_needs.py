"""What one does about a need of a client: tell it, correct it, hand it on, say what became of it, take it back."""

from dataclasses import replace
from typing import Any, get_args

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from matcher.answers.covered import NeedCard, Status
from matcher.errors import Conflict, Invalid
from matcher.taxonomy import taxonomy
from webapp import forms
from webapp.access import access
from webapp.client_forms import Fields, read_whole_need, service_named, told_of
from webapp.client_shown import need_values, quoted
from webapp.filters import added_services, service_name
from webapp.pages import go, say
from webapp.pages.client import client_page
from webapp.pages.clients import forget, meant, pages, teach

NEW = "new-"  # before the names of the form for one more need
SAID: dict[Status, str] = {
    "introduced": "{client} is introduced to {partner}. Ask in a few days how it went.",
    "filled": "{title} for {client}: filled by {partner}.",
    "open": "{title} for {client} is open again.",
    "dropped": "{client} does not need this any more: {title}.",
}


@pages.post("/<int:client_id>/needs")
@access(POST="member")
def add_need(client_id: int) -> ResponseReturnValue:
    """Keep a need of a client; the next page offers to take it back."""
    fields = Fields(request.form).part(NEW)
    told = read_whole_need(fields, meant)
    try:
        need_id = 0 if fields.problems else g.network.add_need(client_id, told, on=forms.day(fields.form, "heard_on"))
    except Invalid as problem:
        fields.problems[f"{NEW}{problem.field}"] = problem.sentence
    if fields.problems:
        return client_page(client_id, fields.problems, request.form)
    status: Status = forms.one_of(request.form, "status", get_args(Status)) or "open"  # type: ignore[assignment]
    if status != "open":  # a need that is told again as it was
        _set_status(need_id, status)
    need: NeedCard = g.network.need(need_id)
    say(f"{need.client} needs: {_title(need)}.", undo=url_for("clients.remove_need", need_id=need_id))
    return _to_needs(need)


@pages.post("/needs/<int:need_id>")
@access(POST="member")
def edit_need(need_id: int) -> ResponseReturnValue:
    """Keep what a form says of a need; the next page offers what was there before."""
    before: NeedCard = g.network.need(need_id)
    prefix = f"n{need_id}-"
    fields = Fields(request.form).part(prefix)
    told = read_whole_need(fields, meant)
    try:
        if not fields.problems:
            g.network.edit_need(need_id, told)
    except Invalid as problem:
        fields.problems[f"{prefix}{problem.field}"] = problem.sentence
    if fields.problems:
        return client_page(before.client_id, fields.problems, request.form)
    say("Saved.", undo=url_for("clients.edit_need", need_id=need_id), fields=_prefixed(prefix, before))
    return _to_needs(before)


@pages.post("/needs/<int:need_id>/service")
@access(POST="member")
def sort_need(need_id: int) -> ResponseReturnValue:
    """Keep which service a need calls for, and that its words mean it; the next page takes both back."""
    before: NeedCard = g.network.need(need_id)
    fields = Fields(request.form).part(f"s{need_id}-")
    known = {*taxonomy().services, *added_services()}
    service = forms.one_of(request.form, "service", known) or fields.read("other", service_named, "")
    if fields.problems:
        return client_page(before.client_id, fields.problems, request.form)
    g.network.edit_need(need_id, replace(told_of(before), service=service))
    if "means" in request.form:
        forget([(before.wording, request.form["means"])])
        say("Taken back.")
        return _back(before)
    taught = teach([(before.wording, service)]) if service else []
    remembered = f" We remember that {quoted(before.wording)} means that." if taught else ""
    say(
        f"{before.client} needs: {service_name(service)}.{remembered}" if service else "The service is open again.",
        undo=url_for("clients.sort_need", need_id=need_id),
        fields={"service": before.service, "means": taught[0][1] if taught else "", "next": _next()},
    )
    return _back(before)


@pages.post("/needs/<int:need_id>/status")
@access(POST="member")
def set_status(need_id: int) -> ResponseReturnValue:
    """Say what became of a need; the next page offers what it was before."""
    before: NeedCard = g.network.need(need_id)
    status: Status | None = forms.one_of(request.form, "status", get_args(Status))  # type: ignore[assignment]
    business_id = forms.row(request.form, "business")
    try:
        if status is None:
            raise Invalid("business", "Please say what became of this need.")
        after = _set_status(need_id, status)
        if status == "open" and business_id is not None:
            after = g.network.pin_need(need_id, business_id)  # as it was before
    except (Conflict, Invalid) as problem:
        if _next():
            raise
        return client_page(before.client_id, {f"n{need_id}-business": problem.sentence}, request.form)
    say(
        SAID[status].format(client=after.client, partner=after.business, title=_title(after)),
        undo=url_for("clients.set_status", need_id=need_id),
        fields={**_course(before), "next": _next()},
    )
    return _back(after)


@pages.post("/needs/<int:need_id>/remove")
@access(POST="member")
def remove_need(need_id: int) -> Response:
    """Take a need back, as if nobody had told it; the next page offers it again."""
    need: NeedCard = g.network.need(need_id)
    g.network.remove_need(need_id)
    say(
        f"Taken back: {_title(need)}.",
        undo=url_for("clients.add_need", client_id=need.client_id),
        fields={**_prefixed(NEW, need), f"{NEW}heard_on": need.heard_on, **_course(need)},
    )
    return _to_needs(need)


def _set_status(need_id: int, status: Status) -> NeedCard:
    """Keep what the form says became of a need, today, or on the days on which it was so before."""
    form = request.form
    business_id, introduced_on = forms.row(form, "business"), forms.day(form, "introduced_on")
    closed_on = forms.day(form, "closed_on")
    if introduced_on and closed_on:
        g.network.set_need_status(need_id, "introduced", business_id, on=introduced_on)
    after: NeedCard = g.network.set_need_status(need_id, status, business_id, on=closed_on or introduced_on)
    return after


def _course(need: NeedCard) -> dict[str, Any]:
    """What became of a need, with its days, as a form says it so that the same stands again."""
    days = {"introduced_on": need.introduced_on, "closed_on": need.closed_on}
    return {"status": need.status, "business": need.business_id or "", **days}


def _title(need: NeedCard) -> str:
    return service_name(need.service) if need.service else quoted(need.wording)


def _prefixed(prefix: str, need: NeedCard) -> dict[str, Any]:
    return {f"{prefix}{name}": value for name, value in need_values(need).items()}


def _next() -> str:
    return forms.known_path(request.form.get("next")) or ""


def _back(need: NeedCard) -> Response:
    """To the page from which somebody came, or to the client's needs."""
    return redirect(_next(), 303) if _next() else _to_needs(need)


def _to_needs(need: NeedCard) -> Response:
    return go("clients.show_client", client_id=need.client_id, _anchor="needs")
