"""Associations: bring in a list of members now and then, and see who joined, left and changed."""

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from matcher.answers.rosters import RosterCard
from matcher.errors import Conflict, Invalid
from matcher.store.rosters import NAME_CHARACTERS
from webapp import forms
from webapp.access import access
from webapp.pages import go, page, say

pages = Blueprint("rosters", __name__, url_prefix="/rosters")

PASTED_CHARACTERS = 150_000  # of a pasted list, some thousand members; a form takes it even with six bytes a sign
NOTHING = "Please choose a file, or paste the list."


@pages.get("")
@access(GET="member")
def show() -> ResponseReturnValue:
    """All associations, and a form for a list."""
    return _show()


@pages.post("")
@access(POST="member", upload=True)
def read() -> ResponseReturnValue:
    """Read a list; what cannot be read, or looks like half of one, is said on the same page."""
    file, whole = request.files.get("file"), request.form.get("whole") == "yes"
    try:
        name = forms.text(request.form, "name", limit=NAME_CHARACTERS)
        text = forms.lines(request.form, "text", limit=PASTED_CHARACTERS)
        if file is not None and file.filename:
            found: RosterCard = g.network.read_roster(name, file.filename, file.read(), whole=whole)
        elif text:
            found = g.network.read_pasted_roster(name, text, whole=whole)
        else:
            raise Invalid("file", NOTHING)
    except Invalid as problem:
        return _show({problem.field: problem.sentence})
    except Conflict as problem:
        return _show({"whole": problem.sentence})
    return go("rosters.one", roster_id=found.roster_id)


@pages.get("/<int:roster_id>")
@access(GET="member")
def one(roster_id: int) -> ResponseReturnValue:
    """What the last list tells beside the one before."""
    found: RosterCard = g.network.roster(roster_id)
    return page("roster.html", title=found.name, found=found)


@pages.post("/<int:roster_id>/greet")
@access(POST="member")
def greet(roster_id: int) -> Response:
    """Note the moment that somebody we know has joined."""
    moment_id = g.network.greet_member(roster_id, request.form.get("key", ""))
    undo = url_for("agenda.forget")
    say("Noted: a good moment to write to them. It is on your agenda.", undo=undo, fields={"moment": [moment_id]})
    return go("rosters.one", roster_id=roster_id)


@pages.post("/<int:roster_id>/court")
@access(POST="member")
def court(roster_id: int) -> Response:
    """Make a partner to court of a member."""
    business_id = g.network.court_member(roster_id, request.form.get("key", ""))
    say(f"{g.network.business(business_id).name} is among those whom you court.")
    return go("rosters.one", roster_id=roster_id)


@pages.post("/<int:roster_id>/same")
@access(POST="member")
def same(roster_id: int) -> Response:
    """Say that one who left and one who joined are the same."""
    g.network.same_member(roster_id, request.form.get("left", ""), request.form.get("joined", ""))
    say("They are one member from now on.")
    return go("rosters.one", roster_id=roster_id)


@pages.post("/<int:roster_id>/forget")
@access(POST="member")
def forget(roster_id: int) -> Response:
    """Take an association out with its members."""
    name = g.network.roster(roster_id).name
    g.network.forget_roster(roster_id)
    say(f"{name} is gone, with its list of members. Partners and moments stay.")
    return go("rosters.show")


def _show(problems: dict[str, str] | None = None) -> ResponseReturnValue:
    return page(
        "rosters.html",
        status=400 if problems else 200,
        title="Associations",
        rosters=g.network.rosters(),
        typed=request.form,
        problems=problems or {},
        limit=NAME_CHARACTERS,
    )
