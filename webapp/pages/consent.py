"""Questions to people without an account: may we introduce you, and what came of it. One screen and one tap each.

Looking changes nothing, since mail scanners look at links too; a button keeps the answer and uses the link up.
"""

from typing import get_args

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from matcher.answers.introduced import WORDS_CHARACTERS, AskPage, Came, Reply, ReportTold
from matcher.errors import Invalid, NotFound
from matcher.visitors.consenting import answer_ask, answer_report, read_ask, read_report
from webapp import forms
from webapp.access import access, store
from webapp.pages import go, page
from webapp.public import STALE, gone, remember_whom, whom

pages = Blueprint("consent", __name__)
pages.register_error_handler(NotFound, gone)

OUTCOMES: dict[Came, str] = {
    "waiting": "Not yet",
    "met": "We have talked",
    "won": "We agreed on work",
    "done": "The work is done",
    "nowhere": "It came to nothing",
}
STARS = (("", "No stars"), *((str(n), f"{n} of 5") for n in (5, 4, 3, 2, 1)))


@pages.get("/ask/<token>")
@access(GET="anyone")
def show_ask(token: str) -> ResponseReturnValue:
    """Who asks, why, and what happens on a yes and on a no."""
    return _ask(token)


@pages.post("/ask/<token>")
@access(POST="anyone")
def answer(token: str) -> ResponseReturnValue:
    """Keep an answer; the link then works no more."""
    business = read_ask(store(), token).business
    said = forms.one_of(request.form, "answer", get_args(Reply))
    try:
        if said is None:
            raise Invalid("page", "Please press yes, no or not now.")
        answer_ask(store(), token, said, request.form.get("words", ""))  # type: ignore[arg-type]
    except Invalid as problem:
        return _ask(token, {problem.field: problem.sentence}, 400)
    remember_whom(business)
    return go("consent.thanks", kind="ask")


@pages.get("/outcome/<token>")
@access(GET="anyone")
def show_outcome(token: str) -> ResponseReturnValue:
    """What came of it: one tap, and more for those who like."""
    return _outcome(token)


@pages.post("/outcome/<token>")
@access(POST="anyone")
def report(token: str) -> ResponseReturnValue:
    """Keep what came of it; the link then works no more."""
    business = read_report(store(), token).business
    came = forms.one_of(request.form, "outcome", OUTCOMES)
    try:
        if came is None:
            raise Invalid("page", "Please press what came of it.")
        stars = forms.one_of(request.form, "stars", "12345")
        told = ReportTold(
            outcome=came,  # type: ignore[arg-type]
            value_cents=forms.cents(request.form, "value"),
            stars=int(stars) if stars else None,
            words=request.form.get("words", ""),
        )
        answer_report(store(), token, told)
    except Invalid as problem:
        return _outcome(token, {problem.field: problem.sentence}, 400)
    remember_whom(business)
    return go("consent.thanks", kind="outcome")


@pages.get("/thanks/introduction/<any(ask, outcome):kind>")
@access(GET="anyone")
def thanks(kind: str) -> ResponseReturnValue:
    """What happens next; it does not say what was answered."""
    return page("thanks.html", title="Thank you", business=whom(), kind=kind)


@pages.errorhandler(CSRFError)
def stale(_: CSRFError) -> ResponseReturnValue:
    """A page that was open for too long comes back as it was, with a new token."""
    token = (request.view_args or {}).get("token", "")
    shown = _ask if request.endpoint == "consent.answer" else _outcome
    try:
        return shown(token, {"page": STALE}, 400)
    except NotFound as missing:
        return gone(missing)


def _ask(token: str, problems: dict[str, str] | None = None, status: int = 200) -> ResponseReturnValue:
    asked = read_ask(store(), token)
    return page(
        "ask.html",
        status=status,
        title=f"A question from {asked.business}",
        token=token,
        asked=asked,
        question=question(asked),
        words=request.form.get("words", ""),
        words_length=WORDS_CHARACTERS,
        problems=problems or {},
    )


def _outcome(token: str, problems: dict[str, str] | None = None, status: int = 200) -> ResponseReturnValue:
    asked = read_report(store(), token)
    return page(
        "outcome.html",
        status=status,
        title=f"A question from {asked.business}",
        token=token,
        asked=asked,
        outcomes=OUTCOMES,
        stars=STARS,
        told=request.form,
        words_length=WORDS_CHARACTERS,
        problems=problems or {},
    )


def question(asked: AskPage) -> str:
    """What is asked, in one sentence."""
    if asked.wants_you:
        return "Shall we meet?"
    if asked.introduces:
        return f"Would you introduce us to {asked.other}?"
    what = f"somebody who needs {asked.what}" if asked.needs and asked.what else asked.what
    return f"May we introduce you to {asked.other or what or 'somebody'}?"
