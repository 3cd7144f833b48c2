"""Forms for one step, one script or one extra service of a coach's programme, each with a way to take it out."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue

from matcher.answers.coached import KitCard, KitScriptTold, KitServiceTold, KitStepTold
from matcher.coach_kit.scripts import PLACES, title
from matcher.errors import Invalid, NotFound
from matcher.knowledge.scripts import script_of
from matcher.taxonomy import taxonomy
from webapp import forms
from webapp.access import access
from webapp.pages import go, page, say

pages = Blueprint("kit_parts", __name__, url_prefix="/coach/kits/<int:kit_id>")

Problems = Mapping[str, str]
NO_PROBLEMS: Problems = {}


# -- steps -------------------------------------------------------------------------------------------
@pages.get("/step")
@access(GET="owner")
def show_step(kit_id: int) -> ResponseReturnValue:
    """The form for one step; `number` in the URL says which, without it a new one."""
    return _step(g.network.programme_kit(kit_id), forms.row(request.args, "number"))


@pages.post("/step")
@access(POST="owner")
def edit_step(kit_id: int) -> ResponseReturnValue:
    """Keep a step as it is written, or take it away."""
    card: KitCard = g.network.programme_kit(kit_id)
    number = forms.row(request.form, "number")
    return _keep(
        card,
        lambda: g.network.edit_step(kit_id, number, None if "remove" in request.form else _told_step()),
        lambda problems: _step(card, number, problems),
        ("week", "minutes", "title", "do", "words"),
    )


def _step(card: KitCard, number: int | None, problems: Problems = NO_PROBLEMS) -> ResponseReturnValue:
    steps = card.content["steps"]
    if number is not None and number >= len(steps):
        raise NotFound("There is no such step.")
    weeks = [step["week"] for step in steps]
    new = {"week": max(weeks, default=0) + 1, "title": "", "minutes": 20, "do": "", "words": ""}
    stored: Any = new if number is None else steps[number]
    called = "New step" if number is None else stored["title"]
    return _form("coach_step.html", called, card, stored, problems, number=number)


def _told_step() -> KitStepTold:
    told = {name: request.form.get(name, "") for name in ("title", "do", "words")}
    return KitStepTold(week=forms.whole(request.form, "week"), minutes=forms.whole(request.form, "minutes"), **told)


# -- scripts -----------------------------------------------------------------------------------------
@pages.get("/script")
@access(GET="owner")
def show_script(kit_id: int) -> ResponseReturnValue:
    """The form for one script; `code` in the URL says which, without it a new one."""
    return _script(g.network.programme_kit(kit_id), request.args.get("code"))


@pages.post("/script")
@access(POST="owner")
def edit_script(kit_id: int) -> ResponseReturnValue:
    """Keep a script as it is written, or take it away."""
    card: KitCard = g.network.programme_kit(kit_id)
    code, form = request.form.get("code"), request.form
    told = KitScriptTold(text=form.get("text", ""), place=form.get("place", ""), name=form.get("name", ""))
    return _keep(
        card,
        lambda: g.network.edit_script(kit_id, code, None if "remove" in form else told),
        lambda problems: _script(card, code, problems),
        ("place", "name", "text"),
    )


def _script(card: KitCard, code: str | None, problems: Problems = NO_PROBLEMS) -> ResponseReturnValue:
    scripts = card.content["scripts"]
    if code is not None and code not in scripts:
        raise NotFound("There is no such script.")
    own = code is not None and code not in PLACES
    text, called = scripts.get(code, ""), "New script" if code is None else title(code)
    stored = {"place": "" if own else code or "", "name": called if own else "", "text": text}
    free = [("", "On the programme's page, under its own name")]
    left = [place for place in PLACES if place == code or place not in scripts]
    free += [(place, f"On the agenda: {PLACES[place]}") for place in left]
    return _form("coach_script.html", called, card, stored, problems, code=code, places=free, ours=_ours())


def _ours() -> list[tuple[str, str, str]]:
    """Our own words of each place, to begin from."""
    return [(place, words, script_of(place).text) for place, words in PLACES.items()]


# -- services ----------------------------------------------------------------------------------------
@pages.get("/service")
@access(GET="owner")
def show_service(kit_id: int) -> ResponseReturnValue:
    """The form for one extra service; `code` in the URL says which, without it a new one."""
    return _service(g.network.programme_kit(kit_id), request.args.get("code"))


@pages.post("/service")
@access(POST="owner")
def edit_service(kit_id: int) -> ResponseReturnValue:
    """Keep an extra service as it is written, or take it away."""
    card: KitCard = g.network.programme_kit(kit_id)
    code, form = request.form.get("code"), request.form
    told = KitServiceTold(name=form.get("name", ""), group=form.get("group", ""), words=form.get("words", ""))
    return _keep(
        card,
        lambda: g.network.edit_service(kit_id, code, None if "remove" in form else told),
        lambda problems: _service(card, code, problems),
        ("name", "group", "words"),
    )


def _service(card: KitCard, code: str | None, problems: Problems = NO_PROBLEMS) -> ResponseReturnValue:
    new = {"code": None, "name": "", "group": "", "words": ""}
    stored = next((one for one in card.content["services"] if one["code"] == code), None if code else new)
    if stored is None:
        raise NotFound("There is no such service.")
    groups = sorted(taxonomy().groups.items(), key=lambda group: group[1])
    called = stored["name"] or "New service"
    return _form("coach_service.html", called, card, stored, problems, code=code, groups=groups)


# -- what they share ---------------------------------------------------------------------------------
def _keep(
    card: KitCard,
    edit: Callable[[], KitCard],
    again: Callable[[Problems], ResponseReturnValue],
    fields: tuple[str, ...],
) -> ResponseReturnValue:
    """Change the programme; a refused part comes back as it was written, with the sentence beside its field."""
    try:
        edit()
    except Invalid as problem:
        return again(beside(problem, fields))
    say("It is taken out." if "remove" in request.form else "It is saved. Below you see who has it.")
    return go("coach.show_kit", kit_id=card.kit_id)


def beside(problem: Invalid, fields: tuple[str, ...]) -> Problems:
    """The sentence at its field, or on top of the page when it is about another part of the programme."""
    part, _, last = problem.field.rpartition(".")
    field = "text" if part == "scripts" else last
    return {field if field in fields else "page": problem.sentence}


def _form(
    template: str, called: str, card: KitCard, stored: Any, problems: Problems, **more: Any
) -> ResponseReturnValue:
    status, told = (400, request.form) if problems else (200, stored)
    return page(template, status=status, title=called, kit=card, told=told, problems=problems, **more)
