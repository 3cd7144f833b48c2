"""Where not both sides gain, or neither: near, no competitor, and yet no partner. What would change it?"""

from flask import Blueprint, Response, g, request
from flask.typing import ResponseReturnValue

from matcher.errors import Conflict
from matcher.lists.letters import Form
from webapp import forms
from webapp.access import access
from webapp.cards import referrals_words
from webapp.downloads import download
from webapp.filters import km, service_names
from webapp.pages import go, page

pages = Blueprint("one_sided", __name__)

SHOWN = 20  # on a page
HELPS = {"us": ("Helps you", "accent"), "them": ("Helps them", "accent"), "neither": ("Helps neither yet", "")}


@pages.get("/one-sided")
@access(GET="member")
def show() -> ResponseReturnValue:
    """One page of them, those who help one side first."""
    first = forms.first(request.args)
    try:
        found = g.network.one_sided(first=first, limit=SHOWN)
    except Conflict:
        return go("suggestions.show")
    rows = [
        {
            "business": one,
            "where": " · ".join(filter(None, (service_names(one.services[:3]), one.place, km(one.distance_km)))),
            "chip": HELPS[one.helps],
            "figures": [
                (title, *referrals_words(a_year))
                for title, a_year in (("For you", one.to_us_a_year), ("For them", one.to_them_a_year))
            ],
        }
        for one in found.businesses
    ]
    return page(
        "one_sided.html", title="Where not both sides gain", rows=rows, total=found.total, first=first, limit=SHOWN
    )


@pages.get("/one-sided.<any(csv, xlsx):form>")
@access(GET="member")
def export(form: Form) -> Response:
    """The whole list as a file."""
    return download(g.network.export("one-sided", form), "one-sided", form)
