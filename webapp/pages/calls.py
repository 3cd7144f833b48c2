"""Open calls: pages to pass round when a service is missing, and the businesses that answer them."""

from typing import Literal

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from matcher.answers.invited import CALL_DAYS, TEXT_CHARACTERS, CallPage, OpenCallCard
from matcher.answers.partners import Home, Place
from matcher.answers.quick_note import Draft
from matcher.errors import Invalid
from matcher.taxonomy import taxonomy
from matcher.visitors.answering import read_call
from webapp import forms
from webapp.access import access, store
from webapp.pages import go, page, say
from webapp.public import address, camera_picture

pages = Blueprint("calls", __name__)

PLACE_CHARACTERS = 100
ANSWERS: dict[Literal["yes", "no"], str] = {
    "yes": "{name} is on your list to meet. Ring them this week.",
    "no": "You said no to {name}. Nothing is sent to them.",
}


@pages.get("/calls")
@access(GET="member")
def show() -> ResponseReturnValue:
    """All calls, and the form for the next one; `service` in the URL chooses what to look for."""
    return _page(forms.Form(request.args))


@pages.post("/calls")
@access(POST="member")
def open_call() -> ResponseReturnValue:
    """Open a call; the next page shows its link."""
    try:
        place = _place(request.form, g.network.home())
        card = g.network.open_call(request.form.get("service", ""), place, request.form.get("wording", ""))
    except Invalid as problem:
        return _page(request.form, {problem.field: problem.sentence}, status=400)
    return go("calls.show_call", call_id=card.call_id)


@pages.get("/calls/<int:call_id>")
@access(GET="member")
def show_call(call_id: int) -> ResponseReturnValue:
    """One call: its link, and who answered."""
    card: OpenCallCard = g.network.call(call_id)
    link = address("join.show", token=card.token) if card.open else ""
    return page(
        "call.html",
        title=taxonomy().services[card.service].name if card.service in taxonomy().services else "A call",
        call=card,
        link=link,
        picture_of_link=camera_picture(link) if link else "",
        message=_message(read_call(store(), card.token), link) if link else None,
    )


@pages.post("/calls/<int:call_id>/close")
@access(POST="member")
def close(call_id: int) -> Response:
    """Let nobody answer any more."""
    g.network.close_call(call_id)
    say("This call is closed. Its link works no more.")
    return go("calls.show_call", call_id=call_id)


@pages.post("/applications/<int:application_id>/answer")
@access(POST="member")
def decide(application_id: int) -> Response:
    """Say yes or no to who answered; a yes leads on to the new business."""
    answer: Literal["yes", "no"] | None = forms.one_of(request.form, "answer", ANSWERS)  # type: ignore[assignment]
    if answer is None:
        raise Invalid("answer", "Please answer yes or no.")
    business_id = g.network.decide_application(application_id, answer)
    card = next(c for c in g.network.calls() for a in c.applications if a.application_id == application_id)
    name = next(a.told.business for a in card.applications if a.application_id == application_id)
    say(ANSWERS[answer].format(name=name))
    return go("business.show", business_id=business_id) if business_id else go("calls.show_call", call_id=card.call_id)


def _place(form: forms.Form, home: Home | None) -> Place | None:
    """The place that was written; None for where we are ourselves."""
    name = forms.text(form, "place", limit=PLACE_CHARACTERS)
    if not name or (home and name == home.place):
        return None
    found: Place | None = g.network.find_place(name)
    if found is None:
        raise Invalid(
            "place",
            "We only know towns and ZIP codes of the United States by name. "
            "Elsewhere, write the coordinates, such as 48.1371, 11.5754.",
        )
    return found


def _page(form: forms.Form, problems: dict[str, str] | None = None, status: int = 200) -> ResponseReturnValue:
    home, cards = g.network.home(), g.network.calls()
    known = taxonomy()
    ordered = sorted(known.services.values(), key=lambda service: service.name)
    return page(
        "calls.html",
        status=status,
        title="Open calls",
        home=home,
        calls=cards,
        chosen=forms.one_of(form, "service", known.services) or "",
        place=form.get("place", home.place if home else ""),
        wording=form.get("wording", ""),
        shelves=[(name, [(s.code, s.name) for s in ordered if s.group == code]) for code, name in known.groups.items()],
        days=CALL_DAYS,
        text_length=TEXT_CHARACTERS,
        opens=bool(problems or form.get("service") or not cards),
        problems=problems or {},
    )


def _message(call: CallPage, link: str) -> Draft:
    """What to write beside the link."""
    where = f" for clients around {call.place}" if call.place else ""
    text = f"{call.business} is looking for {call.what}{where}. If you know a good one, please pass this on: {link}"
    return Draft(subject=f"Do you know {call.what}?", text=text)
