"""The list of everybody one knows: names in one line, questions that bring more to mind, and the queue of tags."""

from typing import Any

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from matcher.answers.connected import TieTold
from matcher.answers.programme import Jogger, ListedCard, TagsTold
from matcher.answers.told import WORDING_CHARACTERS
from matcher.coach_kit.services import Added, with_older
from matcher.errors import Conflict, Invalid
from matcher.knowledge.joggers import CIRCLES
from matcher.readers.named import markets_named, services_named, words_in
from matcher.taxonomy import taxonomy
from webapp import forms
from webapp.access import access
from webapp.client_asked import known_names
from webapp.filters import added_services, service_name
from webapp.pages import go, page, say, ties

pages = Blueprint("listing", __name__, url_prefix="/list")

NAMES_CHARACTERS = 8_000  # told in one go
LACKS_CHARACTERS = 4_000
STAYS = "Whoever of them you have told more of since stays on the list. Take them out on their own page."
STANDINGS = {"": "Nothing of the kind", "cold": "We never talked about business", "no": "They said no to me once"}


@pages.get("")
@access(GET="member")
def show() -> ResponseReturnValue:
    """How long the list is, a question, and a field for names."""
    return _list()


@pages.post("")
@access(POST="member")
def add() -> ResponseReturnValue:
    """Put the names on the list; with “Next question” the question is done, also when it brought nobody to mind."""
    code, goes_on = request.form.get("jogger", ""), request.form.get("next") == "yes"
    names = forms.lines(request.form, "names", limit=NAMES_CHARACTERS)
    try:
        if names or not goes_on:
            added = g.network.add_names(names)
            known = f" On your list already: {', '.join(added.known)}." if added.known else ""
            told = f"Added: {', '.join(added.names)}." if added.names else "Nobody new."
            say(f"{told}{known}", undo=url_for("listing.take_off"), fields={"person": added.person_ids})
        if goes_on:
            g.network.mark_jogger(code)
    except Invalid as problem:
        return _list({problem.field: problem.sentence})
    return go("listing.show", ask=None if goes_on else code or None)


@pages.post("/off")
@access(POST="member")
def take_off() -> Response:
    """Take names off the list again that were added a moment ago."""
    values = request.form.getlist("person")
    found = (forms.row(forms.Form({"person": value}), "person") for value in values)
    numbers = {number for number in found if number is not None}
    try:
        off = g.network.remove_names(numbers)
        say("They are off the list again." if off == len(numbers) else STAYS)
    except Conflict as problem:
        say(problem.sentence, tone="warn")
    return go("listing.show")


@pages.post("/questions")
@access(POST="member")
def mark() -> Response:
    """A question is thought through, or comes up again."""
    g.network.mark_jogger(request.form.get("jogger", ""), done=request.form.get("done") == "yes")
    return go("listing.show")


# -- the queue ---------------------------------------------------------------------------------------
@pages.get("/next")
@access(GET="member")
def show_next() -> ResponseReturnValue:
    """The next person to go through; `after` in the URL is who was put off."""
    card = g.network.next_to_tag(forms.row(request.args, "after") or 0)
    if card is None:
        return page("tagged.html", title="Everybody is tagged", people=g.network.people_list())
    return _person(card, queue=True)


@pages.get("/<int:person_id>")
@access(GET="member")
def show_person(person_id: int) -> ResponseReturnValue:
    """The tags of one person, to change."""
    return _person(g.network.listed(person_id), queue=False)


@pages.post("/<int:person_id>")
@access(POST="member")
def tag(person_id: int) -> ResponseReturnValue:
    """Keep the tags and go on to the next person; the next page offers to come back to this one."""
    card: ListedCard = g.network.listed(person_id)
    queue = request.form.get("queue") == "yes"
    try:
        g.network.tag(person_id, read(request.form, known_to(card)))
    except Invalid as problem:
        return _person(card, queue=queue, problems={problem.field: problem.sentence})
    say(f"{card.name} is tagged.", undo=url_for("listing.untag", person_id=person_id))
    return go("listing.show_next", after=person_id) if queue else go("listing.show_person", person_id=person_id)


@pages.post("/<int:person_id>/again")
@access(POST="member")
def untag(person_id: int) -> Response:
    """Put somebody back into the queue, and look at them again."""
    g.network.untag(person_id)
    return go("listing.show_person", person_id=person_id)


@pages.post("/<int:person_id>/lacks")
@access(POST="member")
def add_lack(person_id: int) -> Response:
    """Keep what somebody lacks, in their words."""
    g.network.add_lack(person_id, forms.text(request.form, "wording", limit=WORDING_CHARACTERS))
    return go("listing.show_person", person_id=person_id)


@pages.post("/<int:person_id>/lacks/<int:need_id>/remove")
@access(POST="member")
def remove_lack(person_id: int, need_id: int) -> Response:
    """Take back that somebody lacks something; the next page offers to keep it after all."""
    lacks = {one.need_id: one.wording for one in g.network.listed(person_id).lacks}
    g.network.remove_lack(person_id, need_id)
    undo = url_for("listing.add_lack", person_id=person_id)
    say("It is taken back.", undo=undo, fields={"wording": lacks.get(need_id, "")})
    return go("listing.show_person", person_id=person_id)


def known_to(card: ListedCard) -> Added:
    """What the programme adds to our services, and what it had once added for this person."""
    return with_older(added_services(), card.offers)


def read(form: forms.Form, added: Added) -> TagsTold:
    """The tags as the form says them."""
    return TagsTold(
        offers=services_named("offers", forms.lines(form, "offers", limit=LACKS_CHARACTERS), added),
        serves=markets_named("serves", forms.lines(form, "serves", limit=LACKS_CHARACTERS)),
        lacks=words_in(forms.lines(form, "lacks", limit=LACKS_CHARACTERS)),
        tie=ties.read(form),
        standing=forms.one_of(form, "standing", STANDINGS) or "",  # type: ignore[arg-type]
        city=forms.text(form, "city", limit=100) if "city" in form else None,
    )


def fields_of(card: ListedCard) -> dict[str, str]:
    """What stands in the form at first; what a position suggests stands there to be confirmed."""
    known = taxonomy()
    return {
        "offers": "; ".join(service_name(code) for code in card.offers or card.suggested),
        "serves": ", ".join(known.markets[code].name for code in card.serves),
        "lacks": "",
        "city": card.place,
        "standing": card.standing,
        **ties.fields_of(card.tie or TieTold()),
    }


def _person(card: ListedCard, *, queue: bool, problems: dict[str, str] | None = None) -> ResponseReturnValue:
    return page(
        "tag.html",
        status=400 if problems else 200,
        title=card.name,
        card=card,
        queue=queue,
        people=g.network.people_list(),
        fields=request.form if problems else fields_of(card),
        problems=problems or {},
        names=known_names(),
        added=sorted(one.name for one in added_services().values()),
        often=list(ties.OFTEN.items()),
        yes_no=ties.YES_NO,
        standings=list(STANDINGS.items()),
    )


def _list(problems: dict[str, str] | None = None) -> ResponseReturnValue:
    people = g.network.people_list()
    asked: Any = request.form.get("jogger") if problems else request.args.get("ask")
    left = [one for one in people.joggers if not one.done_on]
    chosen: Jogger | None = next((one for one in people.joggers if one.code == asked), next(iter(left), None))
    return page(
        "list.html",
        status=400 if problems else 200,
        title="Everybody you know",
        people=people,
        jogger=chosen,
        circles=[(name, [one for one in people.joggers if one.circle == code]) for code, name in CIRCLES.items()],
        left=len(left),
        typed=request.form.get("names", "") if problems else "",
        problems=problems or {},
        limit=NAMES_CHARACTERS,
    )
