"""One source: how we look after them, how they may be thanked, what they were given, and what to say to them."""

from typing import Any, get_args

from flask import Blueprint, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from matcher.answers.cared import POST_CHARACTERS, CareTold, WhyNot
from matcher.answers.partners import Reward
from matcher.answers.referred import ReferralsWanted
from matcher.answers.thanked import GiftTold
from matcher.answers.whose import Whose
from matcher.errors import Conflict, Invalid
from matcher.knowledge.rewards import KINDS, PLACES
from webapp import forms
from webapp.access import access
from webapp.filters import dollars
from webapp.pages import page, say
from webapp.pages.sources import CAUSES
from webapp.referral_forms import RESULTS, key_of
from webapp.thanks_shown import reached, ways_shown

pages = Blueprint("source", __name__)

YES_NO = [("", "We do not know"), ("yes", "Yes"), ("no", "No")]
RHYTHMS = [
    ("", "No rhythm"),
    ("14", "Every two weeks"),
    ("30", "Every month"),
    ("90", "Every three months"),
    ("180", "Twice a year"),
    ("365", "Once a year"),
]
PLACE_CHOICES = [("", "Not known"), *sorted(PLACES.items(), key=lambda place: place[1])]
REFERRALS_SHOWN = 20


@pages.get("/businesses/<int:business_id>/source")
@access(GET="member")
def show_business(business_id: int) -> ResponseReturnValue:
    """A business as a source."""
    return _page(Whose(business_id))


@pages.get("/clients/<int:client_id>/source")
@access(GET="member")
def show_client(client_id: int) -> ResponseReturnValue:
    """A client as a source."""
    return _page(Whose(person_id=client_id))


@pages.post("/businesses/<int:business_id>/care")
@access(POST="member")
def care_for_business(business_id: int) -> Response:
    """Keep how we look after a business; the next page offers what was there before."""
    return _keep(Whose(business_id))


@pages.post("/clients/<int:client_id>/care")
@access(POST="member")
def care_for_client(client_id: int) -> Response:
    """Keep how we look after a client; the next page offers what was there before."""
    return _keep(Whose(person_id=client_id))


@pages.post("/businesses/<int:business_id>/gifts")
@access(POST="member")
def give_business(business_id: int) -> Response:
    """Keep what a business was given; what a rule refuses is said."""
    return _give(Whose(business_id))


@pages.post("/clients/<int:client_id>/gifts")
@access(POST="member")
def give_client(client_id: int) -> Response:
    """Keep what a client was given; what a rule refuses is said."""
    return _give(Whose(person_id=client_id))


@pages.post("/gifts/<int:gift_id>/undo")
@access(POST="member")
def undo_gift(gift_id: int) -> Response:
    """Take back that something was given."""
    whose = g.network.undo_gift(gift_id)
    say("Taken back.")
    return _back(whose)


def read_care(form: forms.Form) -> CareTold:
    """Care as the form says it."""
    rhythm, asked = forms.number(form, "rhythm_days", 1, 1_095), forms.number(form, "asked_count", 0, 1_000)
    return CareTold(
        rhythm_days=None if rhythm is None else int(rhythm),
        refers=_yes_no(form, "refers"),
        why_not=forms.one_of(form, "why_not", get_args(WhyNot)) or "",  # type: ignore[arg-type]
        thank_publicly=_yes_no(form, "thank_publicly"),
        place=forms.one_of(form, "place", PLACES) or "",
        post_to=forms.lines(form, "post_to", limit=POST_CHARACTERS),
        asked_count=int(asked or 0),
    )


def care_fields(care: CareTold) -> dict[str, Any]:
    """The fields of the form for care: `read_care` gives the same again."""
    words: dict[bool | None, str] = {True: "yes", False: "no", None: ""}
    return {
        "rhythm_days": care.rhythm_days or "",
        "refers": words[care.refers],
        "why_not": care.why_not,
        "thank_publicly": words[care.thank_publicly],
        "place": care.place,
        "post_to": care.post_to,
        "asked_count": care.asked_count,
    }


def _page(whose: Whose) -> ResponseReturnValue:
    shown = ways_shown(g.network.safe_thanks(whose))
    care: CareTold = g.network.care(whose)
    fields = care_fields(care)
    rhythms = RHYTHMS
    if str(fields["rhythm_days"]) not in dict(RHYTHMS):
        rhythms = [*RHYTHMS, (str(care.rhythm_days), f"Every {care.rhythm_days} days")]
    row = next((one for one in g.network.sources().sources if one.whose == whose), None)
    return page(
        "source.html",
        title=shown["safe"].name,
        key=key_of(whose),
        row=row,
        fields=fields,
        found=g.network.referrals(ReferralsWanted(whose=whose), limit=REFERRALS_SHOWN),
        card=g.network.talk_card(whose) if care.why_not else None,
        to=reached(whose),
        links=_links(whose),
        yes_no=YES_NO,
        rhythms=rhythms,
        causes=list(CAUSES.items()),
        places=PLACE_CHOICES,
        result_words=RESULTS,
        post_length=POST_CHARACTERS,
        **shown,
    )


def _links(whose: Whose) -> dict[str, str]:
    """Their own page, where care and gifts are posted to, and this page."""
    if whose.business_id is not None:
        ends = ("business.show", "source.care_for_business", "source.give_business", "source.show_business")
        found = [url_for(end, business_id=whose.business_id) for end in ends]
    else:
        ends = ("clients.show_client", "source.care_for_client", "source.give_client", "source.show_client")
        found = [url_for(end, client_id=whose.person_id) for end in ends]
    return dict(zip(("page", "care", "give", "here"), found, strict=True))


def _keep(whose: Whose) -> Response:
    before: CareTold = g.network.care(whose)
    g.network.set_care(whose, read_care(request.form))
    say("We remember that.", undo=_links(whose)["care"], fields=care_fields(before))
    return _back(whose)


def _give(whose: Whose) -> Response:
    reward: Reward | None = forms.one_of(request.form, "reward", KINDS)  # type: ignore[assignment]
    if reward is None:
        raise Invalid("reward", "Please choose what it was.")
    told = GiftTold(
        reward=reward,
        value_cents=forms.cents(request.form, "value") or 0,
        given_on=forms.day(request.form, "given_on"),
        note=forms.text(request.form, "note", limit=400),
    )
    try:
        number = g.network.note_gift(whose, told)
    except Conflict as refused:
        say(refused.sentence, tone="bad")
        return _back(whose)
    worth = f", ${dollars(told.value_cents)}" if told.value_cents else ""
    say(f"Noted{worth}.", undo=url_for("source.undo_gift", gift_id=number))
    return _back(whose)


def _back(whose: Whose) -> Response:
    return redirect(_links(whose)["here"], 303)


def _yes_no(form: forms.Form, name: str) -> bool | None:
    return {"yes": True, "no": False}.get(form.get(name, ""))
