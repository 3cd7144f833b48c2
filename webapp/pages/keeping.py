"""What is kept of people: everything of one on a page and in a file, erasing them, letting lists bring them back."""

from flask import Blueprint, Response, g, request, session
from flask.typing import ResponseReturnValue

from matcher.answers.column_words import column_words, said
from matcher.answers.held import ErasePlan, WholeFile
from matcher.answers.told import NAME_CHARACTERS
from matcher.answers.whole import Restored
from matcher.errors import Conflict, Invalid, NotFound
from matcher.store.clients import PHONE_CHARACTERS
from webapp import forms
from webapp.access import access, membership
from webapp.downloads import download, one_at_a_time
from webapp.identity import let_go
from webapp.pages import go, page, say

pages = Blueprint("keeping", __name__, url_prefix="/my-data")

SIGNS = {"name": NAME_CHARACTERS, "email": 254, "phone": PHONE_CHARACTERS, "company": NAME_CHARACTERS}
CLEAN = "They are erased, and no list brings them back unasked."
NOT_YET = f"{CLEAN} Others were using the database: the last bytes leave its files with the next erasing."


@pages.get("")
@access(GET="member")
def show() -> ResponseReturnValue:
    """Look somebody up; below, who was erased may be let back."""
    return _show()


@pages.post("/back")
@access(POST="owner")
def bring_back() -> ResponseReturnValue:
    """Let lists bring back somebody who was erased."""
    signs = {name: forms.text(request.form, name, limit=limit) for name, limit in SIGNS.items()}
    try:
        g.network.bring_back(**signs)
    except NotFound as problem:
        return _show(problem.sentence, status=404)
    say("A list may bring them back from now on. What was erased is gone for good.")
    return go("keeping.show")


@pages.get("/network.zip")
@access(GET="owner")
@one_at_a_time
def network_file() -> Response:
    """The whole network as a file for another installation."""
    return download(g.network.export_network(), "network", "zip")


@pages.post("/network")
@access(POST="owner", upload=True)
def restore() -> ResponseReturnValue:
    """Bring a whole network into this empty one."""
    file = request.files.get("file")
    try:
        if file is None or not file.filename:
            raise Invalid("file", "Please choose a file first.")
        done: Restored = g.network.restore_network(file.read())
    except (Invalid, Conflict) as problem:
        return _show(refused=problem.sentence, status=400)
    say(" ".join(done.sentences))
    return go("keeping.show")


@pages.get("/people/<int:person_id>")
@access(GET="member")
def show_person(person_id: int) -> ResponseReturnValue:
    """Everything that is held of a person."""
    found: WholeFile = g.network.person_file(person_id)
    title = f"What we hold of {found.name}"
    return page("person_file.html", title=title, found=found, words=column_words, said=said, is_owner=_is_owner())


@pages.get("/people/<int:person_id>.json")
@access(GET="member")
def person_file(person_id: int) -> Response:
    """The same as a file to hand over."""
    content: bytes = g.network.export_person(person_id)
    headers = {"Content-Disposition": f'attachment; filename="person-{person_id}.json"'}
    return Response(content, content_type="application/json", headers=headers)


@pages.get("/people/<int:person_id>/erase")
@access(GET="owner")
def plan(person_id: int) -> ResponseReturnValue:
    """What erasing would do, and a field for the name: it cannot be undone, so this one place asks."""
    return _plan(person_id)


@pages.post("/people/<int:person_id>/erase")
@access(POST="owner")
def erase(person_id: int) -> ResponseReturnValue:
    """Erase a person everywhere, when their name was typed."""
    let_go()
    session.pop("_flashes", None)  # sentences that wait to be shown may name them
    try:
        done: ErasePlan = g.network.erase_person(person_id, forms.text(request.form, "name", limit=NAME_CHARACTERS))
    except Invalid as problem:
        return _plan(person_id, problem.sentence)
    say(CLEAN if done.scrubbed else NOT_YET)
    return go("keeping.show")


def _show(problem: str = "", *, refused: str = "", status: int = 200) -> ResponseReturnValue:
    text = forms.text(request.args, "q")
    return page(
        "keeping.html",
        status=status,
        title="My data",
        people=g.network.people_held(text),
        text=text,
        problem=problem,
        refused=refused,
        fields=request.form,
        limits=SIGNS,
        is_owner=_is_owner(),
    )


def _plan(person_id: int, problem: str = "") -> ResponseReturnValue:
    found: ErasePlan = g.network.plan_erasing(person_id)
    status = 400 if problem else 200
    return page("erase.html", status=status, title="Erase", plan=found, person_id=person_id, problem=problem)


def _is_owner() -> bool:
    member = membership()
    return member is not None and member.role == "owner"
