"""Partners of ours who do not know each other yet: whom to bring together, and why each would like it."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, g, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as Answer

from matcher.answers.connected import TieTold, Unmet, UnmetList
from matcher.answers.whose import Whose
from matcher.errors import Invalid
from matcher.lists.letters import Form
from webapp import forms
from webapp.access import access
from webapp.cards import referrals_words
from webapp.downloads import download
from webapp.filters import km
from webapp.pages import go, page, say

pages = Blueprint("broker", __name__)

SHOWN = 20  # on a page


@dataclass(frozen=True, slots=True, kw_only=True)
class SideShown:
    """What one of two would gain, as the page shows it."""

    business_id: int
    name: str
    contact: str
    figure: str
    words: str  # after the figure
    reason: str
    from_id: int  # whose clients they would be
    from_name: str


@pages.get("/broker")
@access(GET="member")
def show() -> ResponseReturnValue:
    """One page of pairs, the best for the one who gains less first."""
    first = forms.first(request.args)
    found: UnmetList = g.network.bring_together(first=first, limit=SHOWN)
    return page(
        "broker.html",
        title="Bring partners together",
        found=found,
        pairs=[(two, sides(two), km(two.distance_km)) for two in found.pairs],
        first=first,
        limit=SHOWN,
    )


@pages.post("/broker/met")
@access(POST="member")
def met() -> Answer:
    """Keep that two know each other already; the next page offers to undo it."""
    one, other = (forms.row(request.form, name) for name in ("first", "second"))
    if one is None or other is None:
        raise Invalid("first", "Please choose two partners who know each other.")
    tie_id = g.network.set_tie(TieTold(), Whose(one), Whose(other))
    names = [g.network.business(number).name for number in (one, other)]
    here: dict[str, Any] = {"next": url_for("broker.show")}
    say(f"{names[0]} and {names[1]} know each other.", undo=url_for("ties.forget", tie_id=tie_id), fields=here)
    return go("broker.show")


@pages.get("/broker.<any(csv, xlsx):form>")
@access(GET="member")
def export(form: Form) -> Response:
    """All pairs as a file."""
    return download(g.network.export("broker", form), "bring-together", form)


def sides(two: Unmet) -> tuple[SideShown, SideShown]:
    """Both sides of a pair."""
    first, second = (two.first_business_id, two.first), (two.second_business_id, two.second)
    return (
        _side(first, two.first_contact, two.first_a_year, two.first_reason, second),
        _side(second, two.second_contact, two.second_a_year, two.second_reason, first),
    )


def _side(whom: tuple[int, str], contact: str, a_year: float, reason: str, whose_clients: tuple[int, str]) -> SideShown:
    figure, words = referrals_words(a_year)
    return SideShown(
        business_id=whom[0],
        name=whom[1],
        contact=contact,
        figure=figure,
        words=words,
        reason=reason,
        from_id=whose_clients[0],
        from_name=whose_clients[1],
    )
