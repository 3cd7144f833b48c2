"""The interest survey, for a client without an account: three short steps that work without script.

Looking changes nothing, since mail scanners look at links too. What was ticked travels with the form from step to step;
only the last button keeps it, and uses the link up.
"""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from matcher.answers.invited import SurveyAnswers
from matcher.answers.told import WORDING_CHARACTERS
from matcher.errors import Invalid, NotFound
from matcher.taxonomy import taxonomy
from matcher.visitors.answering import answer_survey, read_survey
from webapp import forms
from webapp.access import access, store
from webapp.pages import go, page
from webapp.public import STALE, gone, remember_whom, whom

pages = Blueprint("answer", __name__)
pages.register_error_handler(NotFound, gone)

STEPS = ("groups", "services", "words")
SEND = "send"


@pages.get("/answer/<token>")
@access(GET="anyone")
def show(token: str) -> ResponseReturnValue:
    """The first step."""
    return _page(token, "groups")


@pages.post("/answer/<token>")
@access(POST="anyone")
def send(token: str) -> ResponseReturnValue:
    """The step that was asked for; after the last one the answers are kept."""
    step = forms.one_of(request.form, "step", (*STEPS, SEND)) or "groups"
    if step != SEND:
        return _page(token, step)
    business = read_survey(store(), token).business
    try:
        answer_survey(store(), token, _answers())
    except Invalid as problem:
        return _page(token, "words", problems={problem.field: problem.sentence}, status=400)
    remember_whom(business)
    return go("answer.thanks")


@pages.get("/thanks/answer")
@access(GET="anyone")
def thanks() -> ResponseReturnValue:
    """What happens next."""
    return page("thanks.html", title="Thank you", business=whom(), kind="answer")


@pages.errorhandler(CSRFError)
def stale(_: CSRFError) -> ResponseReturnValue:
    """A page that was open for too long comes back as it was, with a new token."""
    token = (request.view_args or {}).get("token", "")
    step = forms.one_of(request.form, "step", STEPS) or "words"
    try:
        return _page(token, step, problems={"page": STALE}, status=400)
    except NotFound as missing:
        return gone(missing)


def _answers() -> SurveyAnswers:
    known = taxonomy()
    return SurveyAnswers(
        groups=forms.codes(request.form, "group", known.groups),
        services=forms.codes(request.form, "service", known.services),
        words=request.form.get("words", ""),
    )


def _page(token: str, step: str, *, problems: dict[str, str] | None = None, status: int = 200) -> ResponseReturnValue:
    survey, told = read_survey(store(), token), _answers()
    return page(
        "answer.html",
        status=status,
        title=f"A question from {survey.business}",
        token=token,
        survey=survey,
        groups=[group for group in survey.groups if group.code in told.groups] or survey.groups,
        told=told,
        step=step,
        steps=STEPS,
        words_length=WORDING_CHARACTERS,
        problems=problems or {},
    )
