"""A coach's pages: a board of numbers, the programmes that agents take, and the links to take them by."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, g, request
from flask.typing import ResponseReturnValue
from flask_security import current_user
from werkzeug.wrappers import Response as Redirect

from matcher.answers.coached import (
    INVITE_DAYS,
    KIT_BYTES,
    KIT_NAME_CHARACTERS,
    NUDGE_CHARACTERS,
    WHOM_CHARACTERS,
    AgentCard,
    KitCard,
)
from matcher.coach_kit.content import starting_kit
from matcher.coach_kit.scripts import PLACES, title
from matcher.errors import Conflict, Invalid
from webapp import forms
from webapp.access import access
from webapp.pages import go, page, say
from webapp.pages.kit_parts import beside
from webapp.public import address, camera_picture

pages = Blueprint("coach", __name__, url_prefix="/coach")

NUMBERS = ("goal", "days_locked")
LIMITS = ("names_offered", "open_introductions")


@pages.get("")
@access(GET="owner")
def show() -> ResponseReturnValue:
    """The board, the programmes, and the links that wait."""
    return _board()


# -- programmes --------------------------------------------------------------------------------------
@pages.post("/kits")
@access(POST="owner")
def make() -> ResponseReturnValue:
    """Make a programme, from the weeks that we ship."""
    try:
        kit_id = g.network.make_kit(starting_kit(request.form.get("name", "")))
    except Invalid as problem:
        return _board({problem.field: problem.sentence}, status=400)
    return go("coach.show_kit", kit_id=kit_id)


@pages.post("/kits/file")
@access(POST="owner")
def bring() -> ResponseReturnValue:
    """Bring a programme in from its file; a bad one is said so in one sentence."""
    file = request.files.get("file")
    try:
        if file is None or not file.filename:
            raise Invalid("file", "Please choose a file first.")
        kit_id = g.network.bring_kit(file.stream.read(KIT_BYTES + 1))
    except Invalid as problem:
        return _board({"file": problem.sentence}, status=400)
    say("The programme is here. Read it through before you invite anybody.")
    return go("coach.show_kit", kit_id=kit_id)


@pages.get("/kits/<int:kit_id>")
@access(GET="owner")
def show_kit(kit_id: int) -> ResponseReturnValue:
    """One programme: who has it, its steps, its numbers, its file."""
    return _kit(g.network.programme_kit(kit_id))


@pages.post("/kits/<int:kit_id>")
@access(POST="owner")
def change(kit_id: int) -> ResponseReturnValue:
    """Change what a programme is called, its numbers and its brand's words."""
    card: KitCard = g.network.programme_kit(kit_id)
    try:
        g.network.change_kit(kit_id, _told(card))
    except Invalid as problem:
        return _kit(card, beside(problem, ("name", "brand_words", *NUMBERS, *LIMITS)), status=400)
    say("The programme is changed. Its agents see what is new and take it themselves.")
    return go("coach.show_kit", kit_id=kit_id)


@pages.get("/kits/<int:kit_id>/kit.json")
@access(GET="owner")
def save(kit_id: int) -> Response:
    """A programme as a file."""
    headers = {"Content-Disposition": f'attachment; filename="kit-{kit_id}.json"'}
    return Response(g.network.save_kit(kit_id), content_type="application/json", headers=headers)


@pages.post("/kits/<int:kit_id>/remove")
@access(POST="owner")
def remove(kit_id: int) -> Redirect:
    """Take a programme away; agents keep their copies."""
    card: KitCard = g.network.programme_kit(kit_id)
    g.network.remove_kit(kit_id)
    say(f"“{card.name}” is gone. Who has taken it keeps it.")
    return go("coach.show")


# -- agents ------------------------------------------------------------------------------------------
@pages.post("/kits/<int:kit_id>/invite")
@access(POST="owner")
def invite(kit_id: int) -> ResponseReturnValue:
    """Make a link for one agent and show it, this once: only its hash is kept."""
    card: KitCard = g.network.programme_kit(kit_id)
    try:
        token = g.network.invite_agent(kit_id, current_user.id, request.form.get("whom", ""))
    except (Invalid, Conflict) as problem:
        return _kit(card, {"whom": problem.sentence}, status=400)
    return _kit(card, link=address("invited.show", token=token))


@pages.post("/invites/<int:invite_id>/cancel")
@access(POST="owner")
def cancel(invite_id: int) -> Redirect:
    """Let a link work no more."""
    g.network.cancel_invite(invite_id)
    say("That link works no more.")
    return go("coach.show")


@pages.post("/agents/<int:agent_id>/nudge")
@access(POST="owner")
def nudge(agent_id: int) -> ResponseReturnValue:
    """Leave an agent a few words."""
    try:
        g.network.nudge(current_user.id, agent_id, request.form.get("words", ""))
    except (Invalid, Conflict) as problem:
        return _board({f"words-{agent_id}": problem.sentence}, status=400)
    say("Your words are on their page. Nothing is mailed.")
    return go("coach.show")


@pages.post("/agents/<int:agent_id>/open")
@access(POST="owner")
def open_selling(agent_id: int) -> Redirect:
    """Let an agent use what sells before their time is over."""
    g.network.open_selling_for(current_user.id, agent_id)
    say("They can use what sells from today on.")
    return go("coach.show")


def _board(problems: dict[str, str] | None = None, status: int = 200) -> ResponseReturnValue:
    invites = [one for one in g.network.agent_invites() if one.state == "open"]
    return page(
        "coach.html",
        status=status,
        title="Coach",
        agents=g.network.agents(current_user.id),
        kits=g.network.programme_kits(),
        invites=invites,
        name_length=KIT_NAME_CHARACTERS,
        nudge_length=NUDGE_CHARACTERS,
        problems=problems or {},
    )


def _kit(
    card: KitCard, problems: Mapping[str, str] | None = None, *, link: str = "", status: int = 200
) -> ResponseReturnValue:
    agents: tuple[AgentCard, ...] = g.network.agents(current_user.id)
    return page(
        "coach_kit.html",
        status=status,
        title=card.name,
        kit=card,
        having=[one for one in agents if one.kit_id == card.kit_id],
        link=link,
        picture_of_link=camera_picture(link) if link else "",
        told=request.form if problems else {},
        script_title=title,
        places=PLACES,
        days=INVITE_DAYS,
        whom_length=WHOM_CHARACTERS,
        name_length=KIT_NAME_CHARACTERS,
        problems=problems or {},
    )


def _told(card: KitCard) -> dict[str, Any]:
    """The kit with what the form says instead."""
    numbers = {name: forms.whole(request.form, name) for name in NUMBERS}
    brand_words = [word for line in request.form.get("brand_words", "").splitlines() if (word := line.strip())]
    told = {"name": request.form.get("name", ""), "brand_words": brand_words}
    return {**card.content, **numbers, **told, "limits": {name: forms.whole(request.form, name) for name in LIMITS}}
