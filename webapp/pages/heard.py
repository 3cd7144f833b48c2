"""“I heard …”: what somebody needs in their own words, who could fill it, a draft to copy, and keeping it as a need."""

from typing import Any

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from matcher.answers.covered import ClientList
from matcher.answers.partners import Understood
from matcher.answers.told import WORDING_CHARACTERS, ClientTold, NeedTold
from matcher.errors import Conflict, Invalid
from matcher.taxonomy import taxonomy
from webapp import forms
from webapp.access import access
from webapp.filters import added_services, service_name
from webapp.needs_shown import need_shown
from webapp.pages import go, page, say
from webapp.shelves import service_shelves

pages = Blueprint("heard", __name__, url_prefix="/heard")

CLIENTS = 500  # to choose from; who has more finds them on the page of clients
OF_FORM = {"wording": "q", "needs.0.wording": "q"}  # field of the core -> of the form
SHOWN_CHARACTERS = 60  # of a wording that a notice repeats


@pages.get("")
@access(GET="member")
def show() -> ResponseReturnValue:
    """A box for what somebody said, and the answer once there is something in it."""
    return _page(request.args)


@pages.post("")
@access(POST="member")
def keep() -> ResponseReturnValue:
    """Keep what was heard as a need of a client, or of somebody new; the next page offers to undo it."""
    form = request.form
    service = forms.one_of(form, "service", {*taxonomy().services, *added_services()}) or ""
    said = " ".join(form.get("q", "").split())
    wording = said[:WORDING_CHARACTERS]
    need, client_id = NeedTold(service=service, wording=wording), forms.row(form, "client")
    try:
        if client_id is None:
            client_id = g.network.add_client(ClientTold(name=forms.text(form, "name")), [need])
            undo = url_for("heard.undo_client", client_id=client_id)
        else:
            undo = url_for("heard.undo_need", need_id=g.network.add_need(client_id, need))
    except Invalid as problem:
        return _page(form, {OF_FORM.get(problem.field, problem.field): problem.sentence})
    name = g.network.client(client_id).name
    cut = f" Of their words, the first {WORDING_CHARACTERS} characters are kept." if said != wording else ""
    say(f"Kept: {service_name(service) if service else _quoted(wording)} for {name}.{cut}", undo=undo)
    return go("assignment.show", service=service or None)


@pages.post("/needs/<int:need_id>/undo")
@access(POST="member")
def undo_need(need_id: int) -> Response:
    """Take a need back that was kept by mistake."""
    g.network.remove_need(need_id)
    say("Taken back.")
    return go("heard.show")


@pages.post("/clients/<int:client_id>/undo")
@access(POST="member")
def undo_client(client_id: int) -> Response:
    """Take somebody new back who was kept by mistake."""
    g.network.remove_client(client_id)
    say("Taken back.")
    return go("heard.show")


def _page(form: forms.Form, problems: dict[str, str] | None = None) -> ResponseReturnValue:
    """The box with what is in it, and what it means; `problems`: what of a form could not be kept."""
    text, client_id = form.get("q", ""), forms.row(form, "client")
    refused, found = dict(problems or {}), None
    try:
        found = g.network.heard(text, client_id) if text.strip() else None
    except Invalid as problem:
        refused["q"] = problem.sentence
    except Conflict:
        return page("suggestions_start.html", title="I heard …")
    return page(
        "heard.html",
        status=400 if refused else 200,
        title="I heard …",
        text=text,
        problems=refused,
        found=found,
        guesses=_guesses(found.understood) if found else [],
        need=need_shown(found.served, ()) if found and found.served else None,
        clients=_clients(),
        client=client_id or "",
        service=form.get("service"),
        name=form.get("name", ""),
        whom=g.network.client(client_id) if found and client_id else {},
        shelves=service_shelves(),
    )


def _guesses(found: Understood) -> list[dict[str, Any]]:
    return [
        {"code": one.service, "name": service_name(one.service), "why": one.why, "share": one.confidence}
        for one in found.guesses
    ]


def _clients() -> list[tuple[str, str]]:
    known: ClientList = g.network.clients(limit=CLIENTS)
    return [("", "Somebody new"), *((str(client.client_id), client.name) for client in known.clients)]


def _quoted(text: str) -> str:
    return f"“{text}”" if len(text) <= SHOWN_CHARACTERS else f"“{text[:SHOWN_CHARACTERS]}…”"
