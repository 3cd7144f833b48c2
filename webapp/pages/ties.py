"""Who knows somebody, how well, and who could introduce us to them: a page below a business's or a person's."""

from typing import Any

from flask import Blueprint, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from matcher.answers.connected import OWNER, YEARS_MOST, TieCard, TieTold, WhoConnects
from matcher.answers.whose import Somebody, Whose
from matcher.errors import Invalid
from matcher.names import holds
from webapp import forms
from webapp.access import access
from webapp.filters import plain
from webapp.pages import page, say

pages = Blueprint("ties", __name__)

OFTEN = {  # times a year -> how a form says it
    "": "We do not know",
    "365": "Every day",
    "52": "Every week",
    "12": "Every month",
    "4": "A few times a year",
    "1": "About once a year",
    "0": "Hardly ever",
}
YES_NO = [("", "We do not know"), ("yes", "Yes"), ("no", "No")]
ANSWERS = {True: "yes", False: "no", None: ""}
MOST_OFTEN = 1_000  # times a year that a form takes
CHOICES_MOST = 50  # people to choose from at a time; whoever knows more searches (prior)


@pages.get("/businesses/<int:business_id>/tie")
@access(GET="member")
def show(business_id: int) -> ResponseReturnValue:
    """Who knows a business, and who could introduce us to it."""
    return _page(Whose(business_id))


@pages.get("/people/<int:person_id>/tie")
@access(GET="member")
def show_person(person_id: int) -> ResponseReturnValue:
    """Who knows a person, and who could introduce us to them."""
    return _page(Whose(person_id=person_id))


@pages.post("/businesses/<int:business_id>/tie")
@access(POST="member")
def save(business_id: int) -> ResponseReturnValue:
    """Keep how well a business knows us, or another; the next page offers what was there before."""
    return _save(Whose(business_id))


@pages.post("/people/<int:person_id>/tie")
@access(POST="member")
def save_person(person_id: int) -> ResponseReturnValue:
    """Keep how well a person knows us, or another; the next page offers what was there before."""
    return _save(Whose(person_id=person_id))


@pages.post("/ties/<int:tie_id>/forget")
@access(POST="member")
def forget(tie_id: int) -> Response:
    """Forget that two know each other; the next page offers to undo it."""
    gone = g.network.forget_tie(tie_id)
    say("Forgotten.", undo=address(gone.other, "save"), fields={**fields_of(gone.told), **_of(gone.one), **_next()})
    return _back(gone.other)


def address(whose: Whose, view: str = "show") -> str:
    """The page, or the form, on who knows somebody."""
    if whose.business_id is not None:
        return url_for(f"ties.{view}", business_id=whose.business_id)
    return url_for(f"ties.{view}_person", person_id=whose.person_id)


def read(form: forms.Form) -> TieTold:
    """The four answers as a form gives them."""
    return TieTold(
        years=forms.number(form, "years", 0, YEARS_MOST),
        contacts_a_year=forms.number(form, "often", 0, MOST_OFTEN),
        worked_together={"yes": True, "no": False}.get(form.get("worked", "")),
        would_vouch={"yes": True, "no": False}.get(form.get("vouch", "")),
    )


def fields_of(told: TieTold | TieCard) -> dict[str, str]:
    """The fields of the form for four answers: `read` gives the same again."""
    return {
        "years": plain(told.years),
        "often": plain(told.contacts_a_year),
        "worked": ANSWERS[told.worked_together],
        "vouch": ANSWERS[told.would_vouch],
    }


def _page(whose: Whose, problems: dict[str, str] | None = None) -> ResponseReturnValue:
    found: WhoConnects = g.network.who_connects(whose)
    ties: tuple[TieCard, ...] = g.network.ties(whose)
    somebody: Somebody = g.network.somebody(whose)
    ours = next((tie for tie in ties if not tie.name), None)
    typed = request.form if problems else None
    asked_of_us = typed is not None and not typed.get("of")
    return page(
        "tie.html",
        status=400 if problems else 200,
        title=f"Who knows {somebody.name}",
        somebody=somebody,
        found=found,
        connectors=[(one, address(Whose(one.business_id, one.person_id))) for one in found.connectors],
        farther=[(way, address(Whose(way.business_id, way.person_id))) for way in found.farther],
        ours=ours,
        fields=typed if asked_of_us else fields_of(ours or TieTold()),
        others=[(tie, address(Whose(tie.business_id, tie.person_id))) for tie in ties if tie.name],
        other_fields=typed if typed is not None and not asked_of_us else fields_of(TieTold()),
        **_choices(whose, typed.get("of", "") if typed else ""),
        action=address(whose, "save"),
        often=_often(ours),
        yes_no=YES_NO,
        problems=problems or {},
        asked_of_us=asked_of_us,
    )


def _choices(whose: Whose, chosen: str) -> dict[str, Any]:
    """Who may know somebody: the first of those whom the URL's `q` names, and whoever is chosen already."""
    text = forms.text(request.args, "q")
    every = [one for one in g.network.acquainted() if one.whose != whose]
    matching = [one for one in every if holds(_called(one), text)]
    shown = {_code(one.whose): _called(one) for one in matching[:CHOICES_MOST]}
    shown |= {_code(one.whose): _called(one) for one in every if chosen and _code(one.whose) == chosen}
    return {
        "choices": shown.items(),
        "text": text,
        "searched": len(every) > CHOICES_MOST,
        "left_out": max(len(matching) - CHOICES_MOST, 0),
    }


def _save(whose: Whose) -> ResponseReturnValue:
    before = g.network.ties(whose)
    try:
        other = _read_code(request.form.get("of", ""))
        tie_id = g.network.set_tie(read(request.form), whose, other)
    except Invalid as problem:
        return _page(whose, {problem.field: problem.sentence})
    was = next((tie for tie in before if tie.tie_id == tie_id), None)
    undo = address(whose, "save") if was else url_for("ties.forget", tie_id=tie_id)
    say(
        "We remember how well they know each other." if other != OWNER else "We remember how well you know them.",
        undo=undo,
        fields={**(fields_of(was) if was else {}), **_of(other), **_next()},
    )
    return _back(whose)


def _next() -> dict[str, Any]:
    found = forms.known_path(request.form.get("next"))
    return {"next": found} if found else {}


def _back(whose: Whose) -> Response:
    return redirect(_next().get("next") or address(whose), 303)


def _often(ours: TieCard | None) -> list[tuple[str, str]]:
    """How often two may talk, with what somebody told us otherwise."""
    told = plain(ours.contacts_a_year) if ours else ""
    return [*OFTEN.items(), *([] if told in OFTEN else [(told, f"{told} times a year")])]


def _code(whose: Whose) -> str:
    """Somebody as the value of a choice: "b12" or "p5", or nothing for the owner."""
    if whose.business_id is not None:
        return f"b{whose.business_id}"
    return "" if whose.person_id is None else f"p{whose.person_id}"


def _of(whose: Whose) -> dict[str, str]:
    return {"of": _code(whose)}


def _read_code(code: str) -> Whose:
    """Who is meant by such a value; Invalid for what is none."""
    if not code:
        return OWNER
    number = forms.row(forms.Form({"of": code[1:]}), "of")
    if number is None or code[0] not in "bp":
        raise Invalid("of", "Please choose who knows them from the list.")
    return Whose(number) if code[0] == "b" else Whose(person_id=number)


def _called(one: Somebody) -> str:
    return f"{one.name} ({one.contact})" if one.contact else one.name
