"""How many of our clients a partner can take at a time, and which languages they speak: a part of their page."""

from typing import Any

from flask import Blueprint, g, request, url_for
from werkzeug.wrappers import Response

from matcher.answers.covered import Assignment
from matcher.answers.partners import BusinessCard
from matcher.answers.told import RoomTold
from matcher.languages import LANGUAGES, by_name, language_name
from webapp import forms
from webapp.access import access
from webapp.pages import go, say

pages = Blueprint("room", __name__)

ROOM_MOST = 1_000  # needs at a time that a form takes
STAGES = ("agreed", "courted")  # of those who are asked
FIELDS = 3  # for languages at least


@pages.post("/businesses/<int:business_id>/room")
@access(POST="member")
def save(business_id: int) -> Response:
    """Keep what the form says; the next page offers what was there before."""
    before: RoomTold = g.network.room(business_id)
    g.network.note_room(business_id, read(request.form))
    name = g.network.business(business_id).name
    say(
        f"We remember what {name} can take.",
        undo=url_for("room.save", business_id=business_id),
        fields=fields_of(before),
    )
    return go("business.show", business_id=business_id, _anchor="room")


def read(form: forms.Form) -> RoomTold:
    """What the form says; an empty field is not known."""
    room = forms.number(form, "room", 0, ROOM_MOST)
    languages = forms.codes(form, "language", LANGUAGES)
    return RoomTold(room=None if room is None else round(room), languages=languages or None)


def fields_of(told: RoomTold) -> dict[str, Any]:
    """The fields of the form: `read` gives the same again."""
    return {"room": "" if told.room is None else str(told.room), "language": list(told.languages or ())}


def shown(business: BusinessCard) -> dict[str, Any] | None:
    """What the business page needs of a partner; None for anybody else."""
    if business.stage not in STAGES:
        return None
    told: RoomTold = g.network.room(business.business_id)
    spoken = told.languages or ()
    return {
        "fields": fields_of(told),
        "told": told != RoomTold(),
        "assumed": _assumed(business.business_id) if told.room is None else "",
        "spoken": ", ".join(language_name(code) for code in spoken),
        "chosen": [*spoken, *[""] * max(1, FIELDS - len(spoken))],  # one more than are known
        "languages": [("", "None other"), *by_name()],
    }


def _assumed(business_id: int) -> str:
    """What we assume of somebody who has not told us."""
    assigned: Assignment = g.network.assignment()
    room = next((slot.room for slot in assigned.slots if slot.business_id == business_id), None)
    if room is None:
        return "As long as nobody has told us, we assume room for the clients of one month."
    many = "one client" if room == 1 else f"{room} clients"
    return f"Nobody has told us, so we assume {many} at a time: those of a month."
