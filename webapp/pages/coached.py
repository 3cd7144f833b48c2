"""An agent's page about their coach: their words, what they see, what is new in their programme, and leaving."""

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from matcher.answers.coached import SEES_NOT, NudgeCard
from webapp.access import access
from webapp.pages import go, page, say

pages = Blueprint("coached", __name__, url_prefix="/programme/coach")


@pages.get("")
@access(GET="member")
def show() -> ResponseReturnValue:
    """Who sees what, since when; their words first."""
    return page(
        "coached.html",
        title="Your coach",
        coach=g.network.coach(),
        unread=unread(),
        read=[one for one in g.network.nudges() if one.read_on],
        past=g.network.past_coaches(),
        sees_not=SEES_NOT,
    )


def unread() -> list[NudgeCard]:
    """A coach's words that the owner has not read yet, for wherever they look first."""
    return [one for one in g.network.nudges() if not one.read_on]


@pages.post("/kit")
@access(POST="owner")
def take() -> Response:
    """Take the newer version that was shown."""
    g.network.take_newer_kit(request.form.get("version", ""))
    say("You have the new version of the programme.")
    return go("coached.show")


@pages.post("/leave")
@access(POST="owner")
def leave() -> Response:
    """Let the coach see nothing any more."""
    g.network.leave_coach()
    say("Your coach sees nothing of you any more. Your programme, your list and everything else stay with you.")
    return go("coached.show")


@pages.post("/notes/<int:nudge_id>/read")
@access(POST="member")
def read(nudge_id: int) -> Response:
    """Note that a coach's words are read."""
    g.network.read_nudge(nudge_id)
    return go("coached.show")
