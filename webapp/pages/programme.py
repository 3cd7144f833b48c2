"""The first six months: this week's twenty minutes, three connections with the words to say, and when selling opens."""

from datetime import date

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from matcher.answers.programme import GOALS, MINUTES_MOST, NOTE_CHARACTERS, ProgrammeCard, ProgrammeTold, WeekCard
from matcher.answers.whose import Whose
from matcher.errors import Invalid
from webapp import forms
from webapp.access import access
from webapp.pages import go, page, say
from webapp.pages.coached import unread

pages = Blueprint("programme", __name__, url_prefix="/programme")


@pages.get("")
@access(GET="member")
def show() -> ResponseReturnValue:
    """This week first, or the week that the URL names; the form to begin as long as nobody has."""
    programme: ProgrammeCard | None = g.network.programme()
    if programme is None:
        return _begin({})
    shown, finished = _shown(programme), programme.finished if "week" not in request.args else ""
    return page(
        "programme.html",
        title=finished.rstrip(".") or f"Week {shown.number} of {len(programme.weeks)}",
        finished=finished,
        programme=programme,
        shown=shown,
        found=g.network.connections(),
        chosen=_chosen,
        notes=unread(),
        deals=[deal for deal in g.network.deals() if deal.running],
        opens_on=date.fromisoformat(programme.opens_on),
        minutes_most=MINUTES_MOST,
        note_length=NOTE_CHARACTERS,
    )


@pages.post("")
@access(POST="owner")
def begin() -> ResponseReturnValue:
    """Begin the programme, or say that it began on another day."""
    try:
        goal = int(forms.number(request.form, "goal", min(GOALS), max(GOALS)) or GOALS[0])
        g.network.begin_programme(ProgrammeTold(started_on=forms.day(request.form, "started_on"), goal=goal))
    except Invalid as problem:
        return _begin({problem.field: problem.sentence})
    say("Welcome. Twenty minutes a week are enough.", undo=url_for("programme.stop"))
    return go("programme.show")


@pages.post("/stop")
@access(POST="owner")
def stop() -> Response:
    """Stop the programme; the weeks that were kept stay."""
    g.network.stop_programme()
    say("The programme is stopped. The weeks that you kept stay, should you begin again.")
    return go("programme.show")


@pages.post("/week")
@access(POST="member")
def keep() -> Response:
    """A week is kept, or is not."""
    number = forms.row(request.form, "week") or 0
    if request.form.get("kept") == "no":
        g.network.forget_week(number)
        say(f"Week {number} is open again.")
    else:
        minutes = forms.number(request.form, "minutes", 0, MINUTES_MOST)
        note = forms.lines(request.form, "note", limit=NOTE_CHARACTERS)
        g.network.keep_week(number, minutes=None if minutes is None else int(minutes), note=note)
        say(f"Week {number} is kept. Well done.", undo=url_for("programme.keep"), fields={"week": number, "kept": "no"})
    return go("programme.show", week=number)


@pages.post("/selling")
@access(POST="owner")
def selling() -> Response:
    """Open selling tools now, or let them open when the programme says."""
    opens = request.form.get("open") == "yes"
    g.network.open_selling(g.network.today() if opens else None)
    told = "Selling tools are open." if opens else "You give first again, until the programme says otherwise."
    say(told, undo=url_for("programme.selling"), fields={"open": "no" if opens else "yes"})
    return go("programme.show")


def _shown(programme: ProgrammeCard) -> WeekCard:
    """The week that the URL names, else the one of today; the first before it begins, the last when it is over."""
    number = forms.row(request.args, "week") or programme.week
    return programme.weeks[min(max(number, 1), len(programme.weeks)) - 1]


def _begin(problems: dict[str, str]) -> ResponseReturnValue:
    return page(
        "programme_begin.html",
        status=400 if problems else 200,
        title="Six months of giving first",
        goals=[(str(goal), f"{goal} people") for goal in GOALS],
        today=g.network.today().isoformat(),
        typed=request.form if problems else {},
        problems=problems,
    )


def _chosen(whose: Whose) -> str:
    """Somebody as the form of introductions names them."""
    return f"business:{whose.business_id}" if whose.business_id is not None else f"person:{whose.person_id}"
