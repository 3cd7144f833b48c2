"""Introductions: all of them by stage, and one with what to do next, the drafts and the links to pass on."""

import re
from typing import Any, get_args

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from matcher.answers.introduced import (
    INTRODUCTION_STAGES,
    REASON_CHARACTERS,
    ROLES,
    Closing,
    IntroductionCard,
    IntroductionStage,
    IntroductionTold,
    Reissued,
    Reply,
    Role,
)
from matcher.answers.whose import Whose
from matcher.errors import Invalid
from matcher.introductions.introduction_cards import STAGE_WORDS
from matcher.lists.letters import Form
from webapp import forms
from webapp.access import access
from webapp.downloads import download
from webapp.pages import go, page, say
from webapp.public import address, camera_picture

pages = Blueprint("introductions", __name__)

CHOSEN_FROM = 500  # clients to choose from; more nobody scrolls through
TONES = ("warm", "plain")
OUTCOME_WORDS = {
    "waiting": "not yet",
    "met": "they have talked",
    "won": "work was agreed",
    "done": "the work is done",
    "nowhere": "nothing",
}
ON_THEIR_WAY = ("queued", "sending", "unknown", "sent")  # states of a mail that is not to be sent once more
ANSWER_WORDS = {"yes": "Yes", "no": "No", "later": "Not now"}


@pages.get("/introductions")
@access(GET="member")
def show() -> ResponseReturnValue:
    """The introductions in the stages that the URL asks for, the newest first."""
    stages = _stages()
    every = g.network.introductions()
    shown = [card for card in every if not stages or card.stage in stages]
    counts = [(stage, words, sum(card.stage == stage for card in every)) for stage, words in STAGE_WORDS.items()]
    return page(
        "introductions.html",
        title="Introductions",
        cards=shown,
        total=len(every),
        counts=[one for one in counts if one[2]],
        stages=stages,
        stage_words=STAGE_WORDS,
    )


@pages.get("/introductions.<any(csv, xlsx, vcf, pdf):form>")
@access(GET="member")
def export(form: Form) -> Response:
    """Exactly the filtered introductions as a file."""
    return download(g.network.export("introductions", form, stages=_stages()), "introductions", form)


@pages.get("/introductions/new")
@access(GET="member")
def new() -> ResponseReturnValue:
    """The form for an introduction; the URL can say whom it is about."""
    return _form(request.args)


@pages.post("/introductions")
@access(POST="member")
def draft() -> ResponseReturnValue:
    """Draft an introduction; nobody is asked yet."""
    try:
        told = IntroductionTold(
            for_us=request.form.get("for_us") == "yes",
            first=_whose(request.form, "first"),
            target=_whose(request.form, "target"),
            need_id=forms.row(request.form, "need"),
            first_reason=forms.lines(request.form, "first_reason", limit=REASON_CHARACTERS),
            target_reason=forms.lines(request.form, "target_reason", limit=REASON_CHARACTERS),
        )
        return go("introductions.show_one", introduction_id=g.network.draft_introduction(told))
    except Invalid as problem:
        return _form(request.form, {problem.field: problem.sentence}, 400)


@pages.get("/introductions/<int:introduction_id>")
@access(GET="member")
def show_one(introduction_id: int) -> ResponseReturnValue:
    """One introduction: what to do next first."""
    return _one(g.network.introduction(introduction_id))


@pages.post("/introductions/<int:introduction_id>/ask")
@access(POST="member")
def ask(introduction_id: int) -> ResponseReturnValue:
    """Ask one side: the link is shown this once."""
    role = _role(introduction_id)
    link = address("consent.show_ask", token=g.network.ask(introduction_id, role))
    message = g.network.ask_draft(introduction_id, role, link, _tone())
    return _one(g.network.introduction(introduction_id), role, link, message)


@pages.post("/introductions/<int:introduction_id>/remind")
@access(POST="member")
def remind(introduction_id: int) -> ResponseReturnValue:
    """Remind one side, once."""
    role = _role(introduction_id)
    link = address("consent.show_ask", token=g.network.remind(introduction_id, role))
    message = g.network.reminder_draft(introduction_id, role, link, _tone())
    return _one(g.network.introduction(introduction_id), role, link, message)


@pages.post("/introductions/<int:introduction_id>/report")
@access(POST="member")
def report(introduction_id: int) -> ResponseReturnValue:
    """Ask one side what came of it: the link is shown this once."""
    role = _role(introduction_id)
    link = address("consent.show_outcome", token=g.network.ask_what_came(introduction_id, role))
    message = g.network.outcome_draft(introduction_id, role, link, _tone())
    return _one(g.network.introduction(introduction_id), role, link, message)


@pages.post("/introductions/<int:introduction_id>/answer")
@access(POST="member")
def note_answer(introduction_id: int) -> Response:
    """Keep what somebody said on the phone."""
    role, answer = _role(introduction_id), forms.one_of(request.form, "answer", get_args(Reply))
    if answer is None:
        raise Invalid("answer", "Please choose yes, no or not now.")
    g.network.note_answer(introduction_id, role, answer, request.form.get("words", ""))
    undo = url_for("introductions.undo_answer", introduction_id=introduction_id)
    say("Their answer is kept. Only you see it.", undo=undo, fields={"role": role})
    return go("introductions.show_one", introduction_id=introduction_id)


@pages.post("/introductions/<int:introduction_id>/withdraw")
@access(POST="member")
def withdraw(introduction_id: int) -> Response:
    """Take it back; nobody is told."""
    g.network.withdraw(introduction_id)
    undo = url_for("introductions.undo_withdraw", introduction_id=introduction_id)
    say("Withdrawn. The links work no more, and nobody is told.", undo=undo)
    return go("introductions.show_one", introduction_id=introduction_id)


@pages.post("/introductions/<int:introduction_id>/answer/undo")
@access(POST="member")
def undo_answer(introduction_id: int) -> ResponseReturnValue:
    """Take an answer back that was noted by mistake: they get a new link, shown this once."""
    return _reissued(introduction_id, g.network.undo_answer(introduction_id, _role(introduction_id)))


@pages.post("/introductions/<int:introduction_id>/withdraw/undo")
@access(POST="member")
def undo_withdraw(introduction_id: int) -> ResponseReturnValue:
    """Go on with what was withdrawn: whoever could still answer gets a new link, shown this once."""
    return _reissued(introduction_id, g.network.undo_withdraw(introduction_id))


@pages.post("/introductions/<int:introduction_id>/connect")
@access(POST="member")
def connect(introduction_id: int) -> Response:
    """Keep that the two were made known to each other."""
    g.network.connect(introduction_id)
    undo = url_for("introductions.undo_connect", introduction_id=introduction_id)
    say("They know of each other now. In a week or two, ask what came of it.", undo=undo)
    return go("introductions.show_one", introduction_id=introduction_id)


@pages.post("/introductions/<int:introduction_id>/connect/undo")
@access(POST="member")
def undo_connect(introduction_id: int) -> Response:
    """Take back that the two know of each other, as long as nothing came of it."""
    g.network.undo_connect(introduction_id)
    say("Taken back: they are not introduced yet.")
    return go("introductions.show_one", introduction_id=introduction_id)


@pages.post("/introductions/<int:introduction_id>/close")
@access(POST="member")
def close(introduction_id: int) -> Response:
    """Keep what the owner knows: they met, it worked, or it came to nothing."""
    result = forms.one_of(request.form, "result", ("met", *get_args(Closing)))
    if result is None:
        raise Invalid("result", "Please say whether they met, it worked, or it came to nothing.")
    if result == "met":
        g.network.met(introduction_id)
    else:
        g.network.close_introduction(introduction_id, result)
    say("Kept.")
    return go("introductions.show_one", introduction_id=introduction_id)


def _reissued(introduction_id: int, new: Reissued | None) -> ResponseReturnValue:
    """The introduction as it goes on, with the link that took the place of the closed one."""
    if new is None:
        say("It is open again.")
        return go("introductions.show_one", introduction_id=introduction_id)
    link = address("consent.show_ask", token=new.token)
    message = g.network.ask_draft(introduction_id, new.role, link, _tone())
    say("It is open again. The link from before works no more, so here is a new one.")
    return _one(g.network.introduction(introduction_id), new.role, link, message)


def _one(card: IntroductionCard, role: Role = "first", link: str = "", message: Any = None) -> ResponseReturnValue:
    has_message = card.stage in ("agreed", "connected")
    return page(
        "introduction.html",
        title=f"{card.first.name} and {card.target.name}",
        card=card,
        asks={ask.role: ask for ask in card.asks},
        roles=ROLES,
        role=role,
        link=link,
        message=message,
        both=g.network.message_to_both(card.introduction_id, _tone()) if has_message else None,
        on_their_way=ON_THEIR_WAY,
        picture_of_link=camera_picture(link) if link else "",
        stage_words=STAGE_WORDS,
        answer_words=ANSWER_WORDS,
        outcome_words=OUTCOME_WORDS,
    )


def _form(form: forms.Form, problems: dict[str, str] | None = None, status: int = 200) -> ResponseReturnValue:
    clients = [(f"person:{one.client_id}", one.name) for one in g.network.clients(limit=CHOSEN_FROM).clients]
    partners = [(f"business:{one.business_id}", one.name) for one in g.network.agreed_partners()]
    chosen = {name: form.get(name, "") for name in ("first", "target")}
    known = {value for value, _ in (*clients, *partners)}
    named = {}
    for name, value in chosen.items():
        if value.startswith("business:") and value not in known:
            whose = _whose(form, name)
            named[name] = (value, g.network.business(whose.business_id or 0).name)
    return page(
        "introduce.html",
        status=status,
        title="Introduce somebody",
        shelves=[("Clients", clients), ("Partners", partners)],
        named=named,
        chosen=chosen,
        for_us=form.get("for_us") == "yes",
        told=form,
        reason_length=REASON_CHARACTERS,
        problems=problems or {},
    )


def _stages() -> tuple[IntroductionStage, ...]:
    return forms.codes(request.args, "stage", INTRODUCTION_STAGES)  # type: ignore[return-value]


def _role(introduction_id: int) -> Role:
    """Whom a form is about; who has no such introduction learns nothing else."""
    g.network.introduction(introduction_id)
    role = forms.one_of(request.form, "role", ROLES)
    if role is None:
        raise Invalid("role", "Please say which of the two.")
    return role  # type: ignore[return-value]


def _tone() -> str:
    return forms.one_of(request.values, "tone", TONES) or TONES[0]


def _whose(form: forms.Form, name: str) -> Whose:
    """A business or a person as a form names them: "person:3"."""
    found = re.fullmatch(r"(business|person):(\d{1,9})", form.get(name, ""), re.ASCII)
    if found is None:
        raise Invalid(name, "Please choose somebody.")
    number = int(found[2])
    return Whose(business_id=number) if found[1] == "business" else Whose(person_id=number)
