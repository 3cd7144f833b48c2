"""The agenda: what is to be done today and later, and why; moments to ask, found in a pasted note; the calendar."""

from typing import Any

from flask import Blueprint, Response, g, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as Redirect

from matcher.answers.agenda import AHEAD_MOST_DAYS, Task
from matcher.answers.whose import Whose
from matcher.errors import Invalid
from matcher.lists.agenda_lists import KINDS, Shown, narrowed_tasks
from matcher.lists.letters import Form
from matcher.readers.moments import NOTE_CHARACTERS
from matcher.visitors.promising import read_calendar
from webapp import forms
from webapp.access import access, store
from webapp.downloads import download
from webapp.pages import go, page, say
from webapp.public import address

pages = Blueprint("agenda", __name__)

AHEAD_DAYS = 30  # that the page shows beside today's tasks
CHOICES_MOST = 500  # clients to choose from; more than that nobody scrolls through
PROMISES = ("ask_promised", "promise_open")  # rules whose message can carry a link to the page of the promise
TO_NOBODY = ("thank_publicly",)  # whose words are for everybody to read
KIND_NAMES = {
    **{"": "Everything", "thanks": "Thanks", "asks": "Asks", "clients": "Work for clients"},
    **{"partners": "Partners and introductions", "giving": "Giving first"},
    "letters": "Letters by hand",
}


@pages.get("/agenda")
@access(GET="member")
def show() -> ResponseReturnValue:
    """The tasks that are due, then those to come."""
    return _page()


@pages.get("/agenda.<any(csv, xlsx, vcf, pdf):form>")
@access(GET="member")
def export(form: Form) -> Response:
    """Exactly the tasks that are shown as a file."""
    return download(g.network.export_agenda(form, read_shown(request.args)), "agenda", form)


@pages.post("/agenda/done")
@access(POST="member")
def done() -> Redirect:
    """A task is done."""
    return _marked("done")


@pages.post("/agenda/later")
@access(POST="member")
def later() -> Redirect:
    """A task comes back later."""
    return _marked("later")


@pages.post("/agenda/undo")
@access(POST="member")
def undo() -> Redirect:
    """A task is open again."""
    g.network.undo_task(request.form.get("key", ""))
    say("It is on the agenda again.")
    return go("agenda.show")


@pages.post("/agenda/note")
@access(POST="member")
def read_note() -> ResponseReturnValue:
    """Look for moments in a pasted note, and show them; nothing is kept."""
    note = request.form.get("note", "")[:NOTE_CHARACTERS]
    return _page(note=note, found=g.network.find_moments(note), read=True)


@pages.post("/agenda/moments")
@access(POST="member")
def keep_moments() -> ResponseReturnValue:
    """Keep the moments that were ticked, for whoever was chosen."""
    note = request.form.get("note", "")[:NOTE_CHARACTERS]
    found = [one for one in g.network.find_moments(note) if one.kind in request.form.getlist("kind")]
    try:
        whose = _whose(request.form.get("whose", ""))
        numbers = [g.network.note_moment(whose, one.kind, one.sentence) for one in found]
    except Invalid as problem:
        problems = {problem.field: problem.sentence}
        return _page(note=note, found=g.network.find_moments(note), read=True, problems=problems, status=400)
    if numbers:
        say("It is kept. The agenda says when to ask.", undo=url_for("agenda.forget"), fields={"moment": numbers})
    return go("agenda.show")


@pages.post("/agenda/moments/forget")
@access(POST="member")
def forget() -> Redirect:
    """Take moments back that were kept a moment ago."""
    for number in request.form.getlist("moment"):
        g.network.remove_moment(int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0)
    say("It is taken back.")
    return go("agenda.show")


# -- the calendar ------------------------------------------------------------------------------------
@pages.post("/agenda/calendar")
@access(POST="member")
def open_calendar() -> ResponseReturnValue:
    """Make a link for a calendar and show it, this once."""
    return _page(calendar=address("agenda.feed", token=g.network.open_calendar()))


@pages.post("/agenda/calendar/close")
@access(POST="member")
def close_calendar() -> Redirect:
    """Let no link to the calendar work any more."""
    g.network.close_calendar()
    say("The calendar's link works no more.")
    return go("agenda.show")


@pages.get("/calendar/<token>.ics")
@access(GET="anyone")
def feed(token: str) -> Response:
    """The agenda as a calendar, for a program that has the link."""
    return Response(read_calendar(store(), token), content_type="text/calendar; charset=utf-8")


def read_shown(form: forms.Form) -> Shown:
    """Which tasks a URL asks for."""
    ahead = forms.number(form, "days", 0, AHEAD_MOST_DAYS)
    return Shown(
        on=forms.day(form, "on"),
        ahead_days=AHEAD_DAYS if ahead is None else int(ahead),
        kind=forms.one_of(form, "kind", KINDS) or "",  # type: ignore[arg-type]
    )


def _marked(act: str) -> Redirect:
    key = request.form.get("key", "")
    if act == "done":
        g.network.do_task(key)
        said = "Done. Well done."
    else:
        day = g.network.put_off_task(key, forms.day(request.form, "until"))
        said = f"It comes back on {day.isoformat()}."
    say(said, undo=url_for("agenda.undo"), fields={"key": key})
    return go("agenda.show")


def _whose(text: str) -> Whose:
    """Somebody as the form names them: "client:3" or "business:4"."""
    kind, _, number = text.partition(":")
    if kind not in ("client", "business") or not (number.isascii() and number.isdigit() and len(number) < 10):
        raise Invalid("whose", "Please choose whose moment it is.")
    return Whose(person_id=int(number)) if kind == "client" else Whose(business_id=int(number))


def _page(*, status: int = 200, **told: Any) -> ResponseReturnValue:
    shown = read_shown(request.args)
    today = (shown.on or g.network.today()).isoformat()
    tasks = narrowed_tasks(g.network.agenda(shown.on, ahead_days=shown.ahead_days), shown)
    chosen = {"kind": shown.kind, "on": request.args.get("on", ""), "days": request.args.get("days", "")}
    return page(
        "agenda.html",
        status=status,
        title="Agenda",
        due=[task for task in tasks if task.due_on <= today],
        later=[task for task in tasks if task.due_on > today],
        href_of=_href,
        promises=PROMISES,
        to_nobody=TO_NOBODY,
        kinds=list(KIND_NAMES.items()),
        chosen=chosen,
        query={name: value for name, value in chosen.items() if value},
        note_length=NOTE_CHARACTERS,
        people=_people() if told.get("found") else [],
        problems=told.pop("problems", {}),
        **{"note": "", "found": (), "read": False, "calendar": "", **told},
    )


def _people() -> list[tuple[str, str]]:
    """Clients and agreed partners, to choose whose moment it is."""
    clients = [(f"client:{card.client_id}", card.name) for card in g.network.clients(limit=CHOICES_MOST).clients]
    partners = [(f"business:{card.business_id}", card.name) for card in g.network.agreed_partners()]
    return [("", "Choose"), *clients, *partners]


def _href(task: Task) -> str:
    """The page where a task is taken further; empty when there is none."""
    if task.leads_to == "sale":
        return url_for("sales.show_sale", sale_id=task.number)
    if task.leads_to == "referral":
        return url_for("referrals.show_referral", referral_id=task.number)
    if task.leads_to == "introduction":
        return url_for("introductions.show_one", introduction_id=task.number)
    if task.leads_to == "programme":
        return url_for("programme.show", week=task.number)
    if task.business_id is not None:
        return url_for("business.show", business_id=task.business_id)
    if task.person_id is None:
        return ""
    if task.is_client:
        return url_for("clients.show_client", client_id=task.person_id)
    return url_for("listing.show_person", person_id=task.person_id)
