"""The plan for one partner: what they want, what we can bring, what to do next, and how clients rated them."""

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from matcher.answers.taught import PartnerPlan, Step
from matcher.knowledge.plan import PARTS, plan_steps
from matcher.store.plans import NOTE_CHARACTERS
from webapp import forms
from webapp.access import access
from webapp.pages import go, page, say, vetting
from webapp.pages.business import STAGES

pages = Blueprint("plan", __name__)


@pages.get("/businesses/<int:business_id>/plan")
@access(GET="member")
def show(business_id: int) -> ResponseReturnValue:
    """The whole plan, with the next step open."""
    plan: PartnerPlan = g.network.plan(business_id)
    return page(
        "plan.html",
        title=f"Plan for {plan.name}",
        plan=plan,
        parts=[(*PARTS[part], [step for step in plan.steps if step.part == part]) for part in PARTS],
        opened=plan.next_step.code if plan.next_step else "",
        stage=STAGES[plan.stage][1] if plan.stage in STAGES else "",
        next_stages=[(code, words) for code, (words, _) in STAGES.items() if plan.stage and code != plan.stage],
        checks=vetting.shown(plan.checks),
        note_length=NOTE_CHARACTERS,
    )


@pages.post("/businesses/<int:business_id>/plan")
@access(POST="member")
def mark(business_id: int) -> Response:
    """Keep what the form says of a step; the next page offers to undo it."""
    code = forms.one_of(request.form, "code", [step.code for step in plan_steps()]) or ""
    before = next((step for step in g.network.plan(business_id).steps if step.code == code), None)
    done = {"yes": True, "no": False}.get(request.form.get("done", ""))
    on = forms.day(request.form, "on") if done else None
    g.network.mark_step(business_id, code, done=done, note=request.form.get("note"), on=on)
    if before is not None:
        words = {True: "done", False: "not done yet", None: "kept"}[done]
        say(f"{before.title}: {words}.", undo=url_for("plan.mark", business_id=business_id), fields=_fields(before))
    return go("plan.show", business_id=business_id, _anchor=code)


def _fields(step: Step) -> dict[str, str]:
    """What to send so that a step is again as it was."""
    done = {"done": "yes", "on": step.done_on} if step.done_on else {"done": "no"}
    return {"code": step.code, "note": step.note, **done}
