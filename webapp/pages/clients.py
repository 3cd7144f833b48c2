"""Clients: quick add from one line or several, with what was understood to look at first, and the list of all."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from hashlib import sha256

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from matcher.answers.covered import ClientCard, ClientList
from matcher.answers.partners import Filters
from matcher.answers.quick_note import QuickNote
from matcher.errors import Conflict, Invalid
from matcher.lists.letters import Form
from matcher.store.clients import GRADES
from webapp import forms
from webapp.access import access
from webapp.client_asked import TIERS, ClientAsked, asked_again, asked_of, known_names, whole_name
from webapp.client_forms import LEFT_OUT, Fields, Typed, read_client
from webapp.client_shown import quoted
from webapp.downloads import download, one_at_a_time
from webapp.filters import fresh_key, service_name
from webapp.pages import go, page, say

pages = Blueprint("clients", __name__, url_prefix="/clients")

SHOWN = 50  # clients on a page
NEEDS_SHOWN = 3  # of one client in the list
LINES_MOST = 100  # pasted at once; a longer list is a file
CHARACTERS_MOST = 60_000  # of them; so that the form with what was understood is not too large to be sent
TOO_MANY = f"Please paste at most {LINES_MOST} lines at once. For a longer list, bring in a file."
GRADES_OFFERED = [("", "No grade"), *((grade, grade) for grade in GRADES if grade)]


@pages.get("")
@access(GET="member")
def show() -> ResponseReturnValue:
    """The box for the next client, and all clients."""
    return _list()


@pages.get("/list.<any(csv, xlsx, vcf):form>")
@access(GET="member")
@one_at_a_time
def export(form: Form) -> Response:
    """The clients that the page lists, all of them, as a file that can be brought in again."""
    words, grade, waiting = _chosen()
    content = g.network.export("clients", form, Filters(text=words), grade=grade, waiting=waiting)
    return download(content, "clients", form)


@pages.get("/read")
@access(GET="member")
def start_again() -> Response:
    """Whoever comes back to what was read finds the box."""
    return go("clients.show")


@pages.post("/read")
@access(POST="member")
def read() -> ResponseReturnValue:
    """What was understood of one line or several, to be looked at; nothing is kept yet."""
    text = request.form.get("text", "")
    try:
        notes = _read(text)
    except Invalid as problem:
        return _list(text, problem.sentence)
    return _ask(text, [asked_of(note, f"c{number}-") for number, note in enumerate(notes)])


@pages.post("")
@access(POST="member")
def add() -> ResponseReturnValue:
    """Keep the clients as the form says, all or none, and remember what their words mean; undo is offered.

    A form that comes twice leads to those whom it has added.
    """
    whole = Fields(request.form)
    parts = whole.parts("c", "line")
    kept = [part for part in parts if "skip" not in part.form]
    typed = [read_client(part, g.network.find_place, meant) for part in kept]
    try:
        numbers = _keep(typed) if not whole.problems else []
    except Conflict:
        return _kept_before(g.network.clients_added_by(_form()))
    except Invalid as problem:
        whole.problems[_at(kept, problem.field)] = problem.sentence
    if whole.problems or not parts:
        return _ask(request.form.get("text", ""), [asked_again(part) for part in parts], whole.problems)
    if not numbers:
        return go("clients.show")
    _say(typed, numbers)
    return _to(numbers)


@pages.post("/undo")
@access(POST="member")
def undo() -> Response:
    """Take clients out again that were just added, and forget what their words were said to mean."""
    numbers = [int(one) for one in request.form.getlist("client") if one.isascii() and one.isdigit() and len(one) < 10]
    try:
        g.network.remove_clients(numbers)
    except Conflict as problem:
        say(problem.sentence, tone="warn")
        return go("clients.show")
    forget(zip(request.form.getlist("wording"), request.form.getlist("before"), strict=False))
    say("Taken back.")
    return go("clients.show")


def meant(wording: str) -> str:
    """The service that somebody's words surely mean; empty when it is not sure."""
    try:
        found = g.network.understand(wording)
    except Invalid:
        return ""  # no telling word in it
    return found.guesses[0].service if found.sure else ""


def teach(wordings: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Remember which service each wording means; gives each with the service that it meant before, or ""."""
    before = []
    for wording, service in wordings:
        with suppress(Invalid):  # words that tell nothing teach nothing
            before.append((wording, g.network.correct(wording, service)))
    return before


def forget(wordings: Iterable[tuple[str, str]]) -> None:
    """Let wordings mean again what they meant before, or nothing: undoes `teach`."""
    for wording, before in wordings:
        with suppress(Invalid):
            g.network.correct(wording, before) if before else g.network.take_back(wording)


def _read(text: str) -> Sequence[QuickNote]:
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > LINES_MOST or len(text) > CHARACTERS_MOST:
        raise Invalid("text", TOO_MANY)
    found: Sequence[QuickNote] = g.network.read_notes(text) if len(lines) > 1 else [g.network.read_note(*lines or [""])]
    return found


def _keep(typed: Sequence[Typed]) -> list[int]:
    numbers: list[int] = g.network.add_clients([one.new for one in typed], form=_form()) if typed else []
    return numbers


def _form() -> str:
    """By what a form with what was read is known again when it comes twice; "" for one that does not say.

    With the words, as a browser that goes back to the box may show it with the mark that it had.
    """
    mark, text = request.form.get("mark", ""), request.form.get("text", "")
    return sha256(f"{mark} {text}".encode()).hexdigest()[:32] if mark else ""


def _kept_before(numbers: Sequence[int]) -> Response:
    kept = "This client is" if len(numbers) == 1 else f"These {len(numbers)} clients are"
    say(f"{kept} kept already, so nothing was added. For somebody else in the same words, write the line anew.")
    return _to(numbers)


def _to(numbers: Sequence[int]) -> Response:
    return go("clients.show_client", client_id=numbers[0]) if len(numbers) == 1 else go("clients.show")


def _at(kept: Sequence[Fields], field: str) -> str:
    """The whole name of a field that the core refused, counting those that were left out."""
    start, _, rest = whole_name(field).partition("-")
    return f"{kept[int(start[1:])].prefix}{rest}"


def _say(typed: Sequence[Typed], numbers: Sequence[int]) -> None:
    taught = [pair for one in typed for pair in one.taught]
    before = teach(taught)
    name = typed[0].new.told.name
    told = f"{name} is kept." if len(numbers) == 1 else f"{len(numbers)} clients are kept."
    if len(before) == 1:
        told += f" We remember that {quoted(taught[0][0])} means {service_name(taught[0][1])}."
    elif before:
        told += f" We remember what these {len(before)} wordings mean."
    words = {"wording": [wording for wording, _ in before], "before": [service for _, service in before]}
    say(told, undo=url_for("clients.undo"), fields={"client": list(numbers), **words})


def _ask(text: str, asked: Sequence[ClientAsked], problems: dict[str, str] | None = None) -> ResponseReturnValue:
    return page(
        "clients_read.html",
        status=400 if problems else 200,
        title="What we understood",
        text=text,
        mark=request.form.get("mark") or fresh_key("client"),
        asked=asked,
        problems=problems or {},
        grades=GRADES_OFFERED,
        tiers=TIERS,
        left_out=LEFT_OUT,
        names=known_names(),
    )


def _list(text: str = "", problem: str = "") -> ResponseReturnValue:
    (words, grade, waiting), first = _chosen(), forms.first(request.args)
    found: ClientList = g.network.clients(words, grade, waiting=waiting, first=first, limit=SHOWN)
    return page(
        "clients.html",
        status=400 if problem else 200,
        title="Clients",
        text=text,
        problem=problem,
        rows=[(client, _open_needs(client)) for client in found.clients],
        total=found.total,
        filtered=bool(words or grade or waiting),
        first=first,
        limit=SHOWN,
        grades=[("", "Any grade"), *GRADES_OFFERED[1:]],
        query={"q": words or None, "grade": grade or None, "waiting": "yes" if waiting else None},
        chosen={"q": words, "grade": grade, "waiting": waiting},
    )


def _chosen() -> tuple[str, str, bool]:
    """How the list is narrowed: words, grade, and whether only those with an open need are listed."""
    grade = forms.one_of(request.args, "grade", GRADES) or ""
    return forms.text(request.args, "q"), grade, request.args.get("waiting") == "yes"


def _open_needs(client: ClientCard) -> tuple[list[str], int]:
    """What a client needs now in words, the first few, and how many more there are."""
    waiting = [need for need in client.needs if need.status == "open"]
    words = [service_name(need.service) if need.service else quoted(need.wording) for need in waiting]
    return words[:NEEDS_SHOWN], len(words[NEEDS_SHOWN:])
