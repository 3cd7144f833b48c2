"""What somebody said: the services that a sentence means, and the owner's word on it."""

from dataclasses import dataclass

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue

from matcher.answers.partners import Understood
from matcher.errors import Invalid
from webapp import forms
from webapp.access import access
from webapp.filters import service_name
from webapp.pages import go, page, say
from webapp.shelves import service_shelves

pages = Blueprint("understand", __name__)

SHOWN_CHARACTERS = 60  # of a wording that a notice repeats
MODES = {  # what each way of comparing does, in plain words
    "words": "We compared its words with what we know people say. The extra “semantic” of the installation would "
    "compare meaning as well.",
    "meaning": "We compared its words and its meaning with what we know people say. This happens on this machine; "
    "nothing is sent anywhere.",
}


@dataclass(frozen=True, slots=True)
class Meant:
    """A service that the words may mean, as the page shows it."""

    code: str
    name: str
    why: str
    share: float


@pages.get("/understand")
@access(GET="member")
def show() -> ResponseReturnValue:
    """A box for what somebody said, and what it means once there is something in it."""
    text, found, problem = request.args.get("q", ""), None, ""
    try:
        found = g.network.understand(text) if "q" in request.args else None
    except Invalid as refused:
        problem = refused.sentence
    return page(
        "understand.html",
        status=400 if problem else 200,
        title="What somebody said",
        text=found.text if found else text,
        found=found,
        meant=_meant(found) if found else [],
        mode=MODES[found.mode] if found else "",
        shelves=service_shelves(),
        problem=problem,
    )


@pages.post("/understand")
@access(POST="member")
def correct() -> ResponseReturnValue:
    """Remember that these words mean this service."""
    text, service = request.form.get("text", ""), forms.text(request.form, "service")
    before = g.network.correct(text, service)
    undo = url_for("understand.correct") if before else url_for("understand.take_back")
    fields = {"text": text, "service": before} if before else {"text": text}
    say(f"Remembered: {_quoted(text)} means {service_name(service)}.", undo=undo, fields=fields)
    return go("understand.show", q=text)


@pages.post("/understand/take-back")
@access(POST="member")
def take_back() -> ResponseReturnValue:
    """Forget what the owner said that these words mean."""
    text = request.form.get("text", "")
    before = g.network.take_back(text)
    if before:
        again = {"text": text, "service": before}
        say(f"Forgotten: {_quoted(text)}.", undo=url_for("understand.correct"), fields=again)
    return go("understand.show", q=text)


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= SHOWN_CHARACTERS else f"“{line[:SHOWN_CHARACTERS]}…”"


def _meant(found: Understood) -> list[Meant]:
    return [Meant(guess.service, service_name(guess.service), guess.why, guess.confidence) for guess in found.guesses]
