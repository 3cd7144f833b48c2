"""Bringing a list in: choose a file, look at what it would do, store it, see what it did, undo it."""

import re
from collections.abc import Mapping
from typing import get_args

from flask import Blueprint, Response, g, request
from flask.typing import ResponseReturnValue

from matcher.answers.imported import About, Imported, Preview
from matcher.errors import Conflict, Invalid, Unavailable
from matcher.lists.intake import SAMPLE_ROWS
from matcher.lists.list_kinds import fields_of
from webapp import forms, storing
from webapp.access import access
from webapp.downloads import download
from webapp.pages import go, page, say

pages = Blueprint("imports", __name__, url_prefix="/imports")

PROBLEMS_SHOWN = 50  # on one page
NAMES = ("name", "first_name", "last_name")  # fields of which one has to be there
LEFT_OUT = "-"  # in the form: a script does not send what is empty
COLUMN = re.compile(r"c(\d{1,4})")  # c3 is the fourth column
STATES = {  # words, tone of the chip
    "staged": ("Not stored yet", "warn"),
    "running": ("Storing", "accent"),
    "stopped": ("Stopped halfway", "bad"),
    "stored": ("Stored", "accent"),
    "undone": ("Undone", ""),
}
SAMPLE: dict[About, tuple[str, ...]] = {  # fields of the first rows, in the order in which they are shown
    "businesses": (
        *("name", "services", "markets", "category", "address", "city", "region", "postcode"),
        *("phone", "email", "website"),
    ),
    "clients": (
        *("name", "grade", "place", "need", "needed_by", "journey", "since", "markets", "value"),
        *("email", "phone", "note"),
    ),
    "contacts": (
        *("name", "company", "position", "email", "phone", "street", "city", "region", "postcode", "country"),
        *("website", "referred_by", "note"),
    ),
}
TAKEN_OUT: dict[About, str] = {
    "businesses": "“{name}” is taken out again. Businesses that you have decided on stay.",
    "clients": "“{name}” is taken out again: its clients are gone, with all that was told of them.",
    "contacts": "“{name}” is taken out again: the people it brought are gone, with all that was told of them.",
}
HOLDS: dict[About, str] = {"businesses": "Businesses", "clients": "Clients", "contacts": "Contacts"}
PASTED = "Pasted names"  # what such a list is called
LOST = "The program was ended meanwhile."
GONE = "The file is thrown away; nothing of it was stored."


@pages.get("")
@access(GET="member")
def show() -> ResponseReturnValue:
    """Choose a file; below, all imports."""
    return _choose()


@pages.post("")
@access(POST="member", upload=True)
def upload() -> ResponseReturnValue:
    """Keep the file and go on to its preview; a file that cannot be read is said so on the same page."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return _choose("Please choose a file first.", status=400)
    try:
        preview: Preview = g.network.stage(file.filename, file.read(), _about(request.form))
    except Invalid as problem:
        return _choose(problem.sentence, status=400)
    return go("imports.one", import_id=preview.import_id)


@pages.post("/pasted")
@access(POST="member")
def paste() -> ResponseReturnValue:
    """Keep pasted names as a list of contacts and go on to its preview."""
    text = request.form.get("names", "")
    if not text.strip():
        return _choose(pasted="Please paste a name or more first, one a line.", status=400)
    try:
        preview: Preview = g.network.stage(PASTED, text.encode("utf-8", "replace"), "contacts")
    except Invalid as problem:
        return _choose(pasted=problem.sentence, status=400)
    return go("imports.one", import_id=preview.import_id)


@pages.get("/<int:import_id>")
@access(GET="member")
def one(import_id: int) -> ResponseReturnValue:
    """One import: its preview, its progress or its result."""
    found: Imported = g.network.imported(import_id)
    if found.state == "running" or storing.is_running(import_id):
        return page("import_running.html", title="Storing", found=found)
    if found.state in ("staged", "stopped"):
        return _preview(found, chosen_columns(found))
    first = forms.first(request.args)
    return page(
        "import_result.html",
        title=found.file_name,
        found=found,
        listed=found.listed[first : first + PROBLEMS_SHOWN],
        first=first,
        limit=PROBLEMS_SHOWN,
        fields=fields_of(found.about),
        state=STATES[found.state],
    )


@pages.post("/<int:import_id>/store")
@access(POST="member")
def store(import_id: int) -> ResponseReturnValue:
    """Store the rows; twice is once."""
    try:
        storing.start(g.network, import_id, chosen_columns(g.network.imported(import_id)))
    except (Conflict, Unavailable) as problem:
        say(problem.sentence, tone="warn")
    return go("imports.one", import_id=import_id)


@pages.post("/<int:import_id>/undo")
@access(POST="member")
def undo(import_id: int) -> ResponseReturnValue:
    """Take the whole import out again."""
    try:
        undone: Imported = g.network.undo_import(import_id)
    except Conflict as problem:
        say(problem.sentence, tone="warn")
        return go("imports.one", import_id=import_id)
    say(TAKEN_OUT[undone.about].format(name=undone.file_name) if undone.stored else GONE)
    return go("imports.show")


@pages.get("/<int:import_id>/problems.csv")
@access(GET="member")
def problems(import_id: int) -> Response:
    """All problems by line, as a file to work through beside the list."""
    return download(g.network.export_problems(import_id), f"problems-of-import-{import_id}", "csv")


def chosen_columns(found: Imported) -> dict[int, str]:
    """What the columns hold as the form says it: position -> field, empty for one that is left out."""
    given: Mapping[str, str] = request.values
    named = ((COLUMN.fullmatch(name), field) for name, field in given.items())
    choices = _choices(found.about)
    return {int(column[1]): field.strip(LEFT_OUT) for column, field in named if column and field in choices}


def _choices(about: About) -> Mapping[str, str]:
    """What a column may hold, and how that is called."""
    return {LEFT_OUT: "Leave out", **fields_of(about)}


def _about(form: forms.Form) -> About:
    return forms.one_of(form, "about", get_args(About)) or "businesses"  # type: ignore[return-value]


def _choose(problem: str = "", pasted: str = "", status: int = 200) -> ResponseReturnValue:
    return page(
        "imports.html",
        status=status,
        title="Import",
        about="contacts" if pasted else _about(request.values),
        imports=g.network.imports(),
        states=STATES,
        holds=HOLDS,
        problem=problem,
        pasted=pasted,
        names=request.form.get("names", ""),
    )


def _preview(found: Imported, columns: Mapping[int, str]) -> ResponseReturnValue:
    preview: Preview = g.network.preview(found.import_id, columns)
    fields = fields_of(found.about)
    filled = {name for row in preview.sample for name in row}
    kept_out = sum(problem.keeps_out for problem in preview.problems)
    return page(
        "import_preview.html",
        title="Look before you store",
        preview=preview,
        stopped=storing.why_stopped(found.import_id) or (found.state == "stopped" and LOST),
        choices=_choices(found.about).items(),
        left_out=LEFT_OUT,
        kept=[column for column in preview.columns if column.field],
        left=[column for column in preview.columns if not column.field],
        has_name=any(column.field in NAMES for column in preview.columns),
        shown={name: fields[name] for name in SAMPLE[found.about] if name in filled},
        looked_at=min(preview.rows, SAMPLE_ROWS),
        listed=preview.problems,
        kept_out=kept_out,
        notes=len(preview.problems) - kept_out,
        fields=fields,
    )
