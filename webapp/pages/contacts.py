"""People whom the owner knows and who are no clients: a list with a form, and a page for each."""

from typing import Any

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from matcher.answers.connected import ContactCard, ContactTold
from matcher.answers.told import NAME_CHARACTERS, NOTE_CHARACTERS
from matcher.answers.whose import Whose
from matcher.chapters.client_book import SHOWN
from matcher.errors import Invalid
from matcher.store.clients import PHONE_CHARACTERS
from matcher.store.contacts import WORK_CHARACTERS
from webapp import forms
from webapp.access import access
from webapp.pages import go, page, say

pages = Blueprint("contacts", __name__, url_prefix="/contacts")

LIMITS = {
    "name": NAME_CHARACTERS,
    "email": 254,
    "phone": PHONE_CHARACTERS,
    "company": WORK_CHARACTERS,
    "position": WORK_CHARACTERS,
    "note": NOTE_CHARACTERS,
}
NOWHERE = ("", "No business of theirs")


@pages.get("")
@access(GET="member")
def show() -> ResponseReturnValue:
    """All contacts by name, and a form for one more; `business` in the URL is where they work."""
    return _list(fields_of(None) | {"business": str(forms.row(request.args, "business") or "")})


@pages.post("")
@access(POST="member")
def add() -> ResponseReturnValue:
    """Keep a contact; the next page offers to undo it."""
    try:
        person_id = g.network.add_contact(read(request.form))
    except Invalid as problem:
        return _list(request.form, {problem.field: problem.sentence})
    say(f"{g.network.contact(person_id).name} is kept.", undo=url_for("contacts.remove", person_id=person_id))
    return go("ties.show_person", person_id=person_id)


@pages.get("/<int:person_id>")
@access(GET="member")
def show_contact(person_id: int) -> ResponseReturnValue:
    """One contact, to change or to take out."""
    return _one(person_id, fields_of(g.network.contact(person_id)))


@pages.post("/<int:person_id>")
@access(POST="member")
def save(person_id: int) -> ResponseReturnValue:
    """Keep what the form says of a contact; the next page offers what was there before."""
    before = g.network.contact(person_id)
    try:
        card = g.network.edit_contact(person_id, read(request.form))
    except Invalid as problem:
        return _one(person_id, request.form, {problem.field: problem.sentence})
    undo = url_for("contacts.save", person_id=person_id)
    say(f"What you said of {card.name} is kept.", undo=undo, fields=fields_of(before))
    return go("contacts.show_contact", person_id=person_id)


@pages.post("/<int:person_id>/remove")
@access(POST="member")
def remove(person_id: int) -> Response:
    """Take a contact out, with whom they know; undo brings back who they are."""
    gone = g.network.contact(person_id)
    ties = g.network.ties(Whose(person_id=person_id))
    g.network.remove_contact(person_id)
    told = f"{gone.name} is gone{', and so is what you said of whom they know' if ties else ''}."
    say(told, undo=url_for("contacts.add"), fields=fields_of(gone))
    return go("contacts.show")


def read(form: forms.Form) -> ContactTold:
    """A contact as the form says it."""
    return ContactTold(
        name=forms.text(form, "name", limit=NAME_CHARACTERS),
        email=forms.text(form, "email", limit=LIMITS["email"]),
        phone=forms.text(form, "phone", limit=PHONE_CHARACTERS),
        business_id=forms.row(form, "business"),
        company=forms.text(form, "company", limit=WORK_CHARACTERS),
        position=forms.text(form, "position", limit=WORK_CHARACTERS),
        note=forms.lines(form, "note", limit=NOTE_CHARACTERS),
    )


def fields_of(card: ContactCard | None) -> dict[str, str]:
    """The fields of the form for a contact: `read` gives the same again."""
    if card is None:
        return dict.fromkeys((*LIMITS, "business"), "")
    fields = {name: getattr(card, name) for name in LIMITS}
    return {**fields, "business": "" if card.business_id is None else str(card.business_id)}


def _list(fields: Any, problems: dict[str, str] | None = None) -> ResponseReturnValue:
    text, first = forms.text(request.args, "q"), forms.first(request.args)
    found = g.network.contacts(text)
    return page(
        "contacts.html",
        status=400 if problems else 200,
        title="Contacts",
        contacts=found[first : first + SHOWN],
        total=len(found),
        first=first,
        limit=SHOWN,
        text=text,
        businesses=_businesses(fields),
        fields=fields,
        problems=problems or {},
        limits=LIMITS,
        opens=bool(problems or fields["business"]),
    )


def _one(person_id: int, fields: Any, problems: dict[str, str] | None = None) -> ResponseReturnValue:
    contact = g.network.contact(person_id)
    return page(
        "contact.html",
        status=400 if problems else 200,
        title=contact.name,
        contact=contact,
        businesses=_businesses(fields),
        fields=fields,
        problems=problems or {},
        limits=LIMITS,
    )


def _businesses(fields: Any) -> list[tuple[str, str]]:
    """Where a contact may work: at a partner's, or at the business that is chosen already."""
    known = {str(b.whose.business_id): b.name for b in g.network.acquainted() if b.whose.business_id is not None}
    chosen = forms.row(fields, "business")
    if chosen is not None and str(chosen) not in known:
        known[str(chosen)] = g.network.business(chosen).name
    return [NOWHERE, *sorted(known.items(), key=lambda one: one[1].casefold())]
