"""The board of deals: what partners offer the people we know at the moment, each with its last day."""

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from matcher.answers.programme import DEAL_CHARACTERS, DealTold
from matcher.errors import Invalid
from webapp import forms
from webapp.access import access
from webapp.pages import go, page, say

pages = Blueprint("deals", __name__, url_prefix="/deals")

PARTNERS = ("agreed", "courted")  # stages of those who can offer something


@pages.get("")
@access(GET="member")
def show() -> ResponseReturnValue:
    """What is on and what will be, and a form for one more."""
    return _board({})


@pages.post("")
@access(POST="member")
def add() -> ResponseReturnValue:
    """Put a deal on the board."""
    try:
        until = forms.day(request.form, "until")
        if until is None:
            raise Invalid("until", "Please write the last day on which it holds.")
        told = DealTold(
            business_id=forms.row(request.form, "business") or 0,
            what=forms.lines(request.form, "what", limit=DEAL_CHARACTERS),
            from_on=forms.day(request.form, "from"),
            until_on=until,
        )
        if not told.business_id:
            raise Invalid("business", "Please choose the partner who offers it.")
        deal_id = g.network.add_deal(told)
    except Invalid as problem:
        return _board({problem.field: problem.sentence})
    say("It is on the board.", undo=url_for("deals.remove", deal_id=deal_id))
    return go("deals.show")


@pages.post("/<int:deal_id>/remove")
@access(POST="member")
def remove(deal_id: int) -> Response:
    """Take a deal off the board; the next page offers to put it back."""
    gone = next((deal for deal in g.network.deals() if deal.deal_id == deal_id), None)
    g.network.remove_deal(deal_id)
    if gone is None:
        say("It is off the board.")
    else:
        fields = {"business": gone.business_id, "what": gone.what, "from": gone.from_on, "until": gone.until_on}
        say("It is off the board.", undo=url_for("deals.add"), fields=fields)
    return go("deals.show")


def _board(problems: dict[str, str]) -> ResponseReturnValue:
    partners = [card for card in g.network.partners() if card.stage in PARTNERS]
    return page(
        "deals.html",
        status=400 if problems else 200,
        title="Deals of your partners",
        deals=g.network.deals(),
        partners=[("", "Choose a partner"), *((str(card.business_id), card.name) for card in partners)],
        typed=request.form if problems else {"from": g.network.today().isoformat()},
        problems=problems,
        limit=DEAL_CHARACTERS,
    )
