"""What clients needed: note it after the fact, and see what it taught."""

from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from matcher.answers.learned import LearnedStep, Needs
from matcher.errors import Invalid
from matcher.knowledge.choices import journeys_like, usual_journeys
from matcher.taxonomy import Journey, Step, taxonomy
from webapp import forms
from webapp.access import access
from webapp.filters import journey_name
from webapp.pages import go, page, say

pages = Blueprint("needs", __name__, url_prefix="/needs")

OFFERED = 12  # journeys to choose from at a time
Form = MultiDict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What was learned about one journey."""

    journey: str
    clients: int
    needed: tuple[LearnedStep, ...]
    rest: tuple[LearnedStep, ...]  # steps that nobody needed


@pages.get("")
@access(GET="member")
def show() -> ResponseReturnValue:
    """What was noted, what it taught, and the form for the next client."""
    return _page(forms.one_of(request.args, "journey", taxonomy().journeys))


@pages.post("")
@access(POST="member")
def note() -> ResponseReturnValue:
    """Keep what a client needed; the next page offers to undo it."""
    journey = forms.one_of(request.form, "journey", taxonomy().journeys) or ""
    try:
        number = g.network.note_needs(journey, _services(request.form), forms.day(request.form, "on"))
    except Invalid as problem:
        return _page(journey or None, {problem.field: problem.sentence}, status=400)
    say(f"Noted: a client, {journey_name(journey)}.", undo=url_for("needs.undo", occasion_id=number))
    return go("needs.show")


@pages.post("/<int:occasion_id>/undo")
@access(POST="member")
def undo(occasion_id: int) -> Response:
    """Take back what a client needed."""
    g.network.undo_needs(occasion_id)
    say("Taken back.")
    return go("needs.show")


def _services(form: Form) -> tuple[str, ...]:
    """What was ticked, and what was written; Invalid when it is neither that nor “nothing else”."""
    ticked = forms.codes(form, "service", taxonomy().services)
    words = forms.text(form, "other")
    found = [guess.service for guess in taxonomy().find_service(words, 1)] if words else []
    if words and not found:
        raise Invalid("other", f"“{words}” is not a service we know. Try other words, such as “moving company”.")
    if not ticked and not found and form.get("nothing") != "yes":
        raise Invalid("service", "Please tick what this client needed, or “Nothing else”.")
    return (*ticked, *found)


def _page(journey: str | None, problems: dict[str, str] | None = None, status: int = 200) -> ResponseReturnValue:
    found: Needs = g.network.needs()
    home, text = g.network.home(), forms.text(request.args, "q")
    sold = set(home.services) if home else set()
    known = taxonomy().journeys
    codes = journeys_like(text, OFFERED) if text else usual_journeys(sold, OFFERED) or list(known)[:OFFERED]
    return page(
        "needs.html",
        status=status,
        title="What clients needed",
        text=text,
        offered=[known[code] for code in codes],
        journey=known[journey] if journey else None,
        stages=_stages(known[journey], sold) if journey else [],
        written=request.form,
        ticked=set(request.form.getlist("service")),
        problems=problems or {},
        clients=found.clients,
        lessons=lessons(found),
    )


def _stages(journey: Journey, sold: set[str]) -> list[tuple[int, list[Step]]]:
    """Stage -> what one may need there, the likeliest first; what we sell ourselves is left out."""
    steps = sorted((s for s in journey.steps if s.service not in sold), key=lambda step: (step.stage, -step.chance))
    return [(stage, list(group)) for stage, group in groupby(steps, key=lambda step: step.stage)]


def lessons(found: Needs) -> list[Lesson]:
    """What was learned, by journey."""
    by_journey = [(code, tuple(steps)) for code, steps in groupby(found.learned, key=lambda step: step.journey)]
    return [
        Lesson(
            journey=code,
            clients=steps[0].clients,
            needed=tuple(step for step in steps if step.needed),
            rest=tuple(step for step in steps if not step.needed),
        )
        for code, steps in by_journey
    ]
