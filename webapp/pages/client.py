"""One client: what they need now first, then what may come up, what they go through and who they are."""

from collections.abc import Sequence
from typing import Any

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from matcher.answers.covered import ClientCard
from matcher.errors import Invalid
from matcher.knowledge.choices import journeys_like, usual_journeys
from matcher.taxonomy import taxonomy
from webapp import forms
from webapp.access import access
from webapp.client_asked import TIERS, known_names, language_choices, whole_name
from webapp.client_forms import Fields, read_told
from webapp.client_shown import client_values, expected_groups, journeys_shown, needs_shown, summary
from webapp.filters import group_name, journey_name, market_name
from webapp.pages import go, page, say
from webapp.pages.clients import GRADES_OFFERED, pages

OFFERED = 9  # journeys to choose from at a time
Problems = dict[str, str]


@pages.get("/<int:client_id>")
@access(GET="member")
def show_client(client_id: int) -> ResponseReturnValue:
    """The client with their needs, what is expected, their journeys and who they are."""
    return client_page(client_id)


@pages.post("/<int:client_id>")
@access(POST="member")
def edit(client_id: int) -> ResponseReturnValue:
    """Keep who a client is; the next page offers what was there before."""
    before: ClientCard = g.network.client(client_id)
    fields = Fields(request.form)
    told = read_told(fields, g.network.find_place)
    try:
        if not fields.problems:
            g.network.edit_client(client_id, told)
    except Invalid as problem:
        fields.problems[whole_name(problem.field)] = problem.sentence
    if fields.problems:
        return client_page(client_id, fields.problems, request.form)
    say("Saved.", undo=url_for("clients.edit", client_id=client_id), fields=client_values(before))
    return go("clients.show_client", client_id=client_id)


@pages.post("/<int:client_id>/remove")
@access(POST="member")
def remove(client_id: int) -> Response:
    """Take a client out with all that we know of them."""
    name = g.network.client(client_id).name
    g.network.remove_client(client_id)
    say(f"{name} is gone, with all that was told of them.")
    return go("clients.show")


@pages.post("/<int:client_id>/journeys")
@access(POST="member")
def begin(client_id: int) -> ResponseReturnValue:
    """Keep that a client is on a journey; the next page offers to take it back."""
    journey = forms.one_of(request.form, "begin", taxonomy().journeys) or ""
    needs = [int(one) for one in request.form.getlist("need") if one.isascii() and one.isdigit() and len(one) < 10]
    try:
        day_zero = forms.day(request.form, "day_zero")
        occasion_id = g.network.begin_journey(client_id, journey, day_zero, needs=needs)
    except Invalid as problem:
        return client_page(client_id, {problem.field: problem.sentence}, request.form, journey=journey)
    if request.form.get("complete") == "yes":
        g.network.complete_journey(occasion_id)
    say(f"Kept: {journey_name(journey)}.", undo=url_for("clients.end", occasion_id=occasion_id))
    return _to_journeys(client_id)


@pages.post("/journeys/<int:occasion_id>/complete")
@access(POST="member")
def complete(occasion_id: int) -> Response:
    """Say that all a client needed on a journey is told, or that it is not; the next page offers the other."""
    done = request.form.get("done") != "no"
    client_id = g.network.complete_journey(occasion_id, done=done)
    told = "Thank you. What they needed now counts in what you may expect of others." if done else "It goes on."
    say(
        told,
        undo=url_for("clients.complete", occasion_id=occasion_id),
        fields={"done": "no" if done else "yes"},
    )
    return _to_journeys(client_id)


@pages.post("/journeys/<int:occasion_id>/day")
@access(POST="member")
def move(occasion_id: int) -> ResponseReturnValue:
    """Keep from which day a journey counts."""
    name = f"day-{occasion_id}"
    client_id = g.network.client_of_journey(occasion_id)
    try:
        before = next(one for one in g.network.client(client_id).journeys if one.occasion_id == occasion_id)
        day_zero = forms.day(request.form, name)
        if day_zero is None:
            raise Invalid(name, "Please write the day.")
        g.network.set_day_zero(occasion_id, day_zero)
    except Invalid as problem:
        return client_page(client_id, {name: problem.sentence}, request.form)
    say("Saved.", undo=url_for("clients.move", occasion_id=occasion_id), fields={name: before.day_zero})
    return _to_journeys(client_id)


@pages.post("/journeys/<int:occasion_id>/end")
@access(POST="member")
def end(occasion_id: int) -> Response:
    """Forget that a client is on a journey, but not what they said; the next page offers it again."""
    client: ClientCard = g.network.client(g.network.client_of_journey(occasion_id))
    one = next(shown for shown in journeys_shown(client) if shown.journey.occasion_id == occasion_id)
    g.network.end_journey(occasion_id)
    again = {"begin": one.journey.journey, "day_zero": one.journey.day_zero, "need": list(one.needs)}
    say(
        f"Taken out: {one.name}. What they said they need stays.",
        undo=url_for("clients.begin", client_id=client.client_id),
        fields={**again, "complete": "yes" if one.journey.complete else ""},
    )
    return _to_journeys(client.client_id)


def client_page(
    client_id: int, problems: Problems | None = None, typed: forms.Form | None = None, *, journey: str = ""
) -> ResponseReturnValue:
    """The page of a client; after a form that was refused with its problems and with what was typed."""
    client: ClientCard = g.network.client(client_id)
    known = taxonomy()
    asked = journey or forms.one_of(request.args, "journey", known.journeys)
    groups = expected_groups(client.expected)
    home = g.network.home()
    return page(
        "client.html",
        status=400 if problems else 200,
        title=client.name,
        client=client,
        summary=summary(client),
        needs=needs_shown(client, g.network.agreed_partners(), _guesses(client), home.services if home else ()),
        expected=groups,
        journeys=journeys_shown(client),
        asked_journey=known.journeys[asked] if asked else None,
        offered=_offered(),
        q=forms.text(request.args, "q"),
        problems=problems or {},
        typed=typed or {},
        values={**client_values(client), **(dict(typed or {}) if typed and "name" in typed else {})},
        ticked=[(code, market_name(code)) for code in _ticked(client, typed)],
        interests=[group_name(group) for group in client.interests],
        grades=GRADES_OFFERED,
        tiers=TIERS,
        languages=language_choices,
        names=known_names(),
    )


def _ticked(client: ClientCard, typed: forms.Form | None) -> Sequence[str]:
    if typed and "name" in typed:
        return forms.codes(typed, "market", taxonomy().markets)
    return client.markets


def _guesses(client: ClientCard) -> dict[int, Sequence[str]]:
    """Services that the words of each need may mean about which nobody has said."""
    found: dict[int, Sequence[str]] = {}
    for need in client.needs:
        if not need.service and need.status == "open":
            try:
                found[need.need_id] = [guess.service for guess in g.network.understand(need.wording).guesses]
            except Invalid:
                found[need.need_id] = []  # no telling word in it
    return found


def _offered() -> list[tuple[str, str]]:
    """Journeys to choose from: those that were searched for, or those on which most people need what we sell."""
    text, home = forms.text(request.args, "q"), g.network.home()
    codes = journeys_like(text, OFFERED) if text else usual_journeys(home.services if home else (), OFFERED)
    return [(code, journey_name(code)) for code in codes or ([] if text else list(taxonomy().journeys)[:OFFERED])]


def _to_journeys(client_id: int) -> Response:
    return go("clients.show_client", client_id=client_id, _anchor="journeys")


def form_values(typed: Any, prefix: str, values: dict[str, Any]) -> dict[str, Any]:
    """What stands in a form: what was typed where something was, else the values."""
    return {name: typed.get(f"{prefix}{name}", value) for name, value in values.items()}
