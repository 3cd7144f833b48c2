"""People who seem to be one, a group at a time, side by side; and businesses where people seem to work."""

from dataclasses import dataclass

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from matcher.answers.merged import DuplicateGroup, DuplicateList
from matcher.errors import Conflict
from webapp import forms
from webapp.access import access
from webapp.pages import go, page, say

pages = Blueprint("duplicates", __name__)

FIELDS = {  # what can be chosen, as people call it
    **{"name": "Name", "email": "E-mail", "phone": "Telephone", "company": "Company", "position": "Position"},
    **{"website": "Website", "address": "Address", "business": "Works at"},
}


@dataclass(frozen=True, slots=True)
class FieldShown:
    """One field of all people of a group: their values in order, and which of them is chosen, if they differ."""

    code: str
    title: str
    values: tuple[str, ...]
    chosen: int | None  # position; None: there is nothing to choose


@pages.get("/duplicates")
@access(GET="member")
def show() -> ResponseReturnValue:
    """One group, side by side, with a choice for each field in which they differ."""
    first = forms.first(request.args)
    found: DuplicateList = g.network.duplicates(first=first, limit=1)
    if first and not found.groups and found.total:
        found, first = g.network.duplicates(limit=1), 0
    group = found.groups[0] if found.groups else None
    return page(
        "duplicates.html",
        title="People who may be one",
        found=found,
        group=group,
        fields=shown(group) if group else (),
        first=first,
        merges=g.network.merges(),
        workplaces=len(g.network.workplaces()),
    )


@pages.post("/duplicates/merge")
@access(POST="member")
def merge() -> Response:
    """Make the ticked people one, with the values chosen; the next page offers to undo it."""
    first = forms.first(request.form)
    ids = _ids()
    chosen = {code: forms.row(request.form, f"choice-{code}") for code in FIELDS}
    choices = {code: number for code, number in chosen.items() if number in ids}
    try:
        done = g.network.merge(ids, choices, seen=request.form.get("seen", ""))
    except Conflict as changed:
        say(changed.sentence, tone="warn")
        return go("duplicates.show", first=first or None)
    said = f"{done.people} people are one: {done.name}."
    say(said, undo=url_for("duplicates.undo", merge_id=done.merge_id))
    return go("duplicates.show", first=first or None)


@pages.post("/duplicates/merges/<int:merge_id>/undo")
@access(POST="member")
def undo(merge_id: int) -> Response:
    """Part people again as they were."""
    try:
        done = g.network.undo_merge(merge_id)
    except Conflict as later:
        say(later.sentence, tone="warn")
        return go("duplicates.show")
    say(f"{done.name} is parted again, as it was before.")
    return go("duplicates.show")


@pages.post("/duplicates/not-same")
@access(POST="member")
def not_same() -> Response:
    """Keep that the ticked people are not the same; the next page offers to undo it."""
    ids = _ids()
    g.network.tell_not_same(ids)
    say("They stay apart, and we will not ask again.", undo=url_for("duplicates.same_again"), fields={"person": ids})
    return go("duplicates.show", first=forms.first(request.form) or None)


@pages.post("/duplicates/not-same/forget")
@access(POST="member")
def same_again() -> Response:
    """Forget that people are not the same."""
    g.network.forget_not_same(_ids())
    return go("duplicates.show")


@pages.get("/duplicates/workplaces")
@access(GET="member")
def workplaces() -> ResponseReturnValue:
    """Businesses where people seem to work, each with its reason, to say yes to."""
    return page("workplaces.html", title="Where people work", found=g.network.workplaces())


@pages.post("/duplicates/workplaces/<int:person_id>")
@access(POST="member")
def set_workplace(person_id: int) -> Response:
    """Keep where somebody works; the next page offers to undo it."""
    business_id = forms.row(request.form, "business")
    g.network.set_workplace(person_id, business_id)
    if business_id is None:
        say("Where they work is open again.")
    else:
        undo_path = url_for("duplicates.set_workplace", person_id=person_id)
        say(f"They work at {g.network.business(business_id).name}.", undo=undo_path, fields={"business": ""})
    return go("duplicates.workplaces")


def shown(group: DuplicateGroup) -> tuple[FieldShown, ...]:
    """The fields of which anybody told us; what differs is chosen, the first value unless the owner says otherwise."""
    found = []
    for code, title in FIELDS.items():
        values = tuple(str(getattr(one, code)) for one in group.people)
        told = [at for at, value in enumerate(values) if value]
        if told:
            found.append(FieldShown(code, title, values, told[0] if len(set(values)) > 1 else None))
    return tuple(found)


def _ids() -> list[int]:
    numbers = (int(one) for one in request.form.getlist("person") if one.isascii() and one.isdigit() and len(one) < 10)
    return list(dict.fromkeys(numbers))
