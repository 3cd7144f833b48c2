"""Competitors who could take work that the owner cannot take: too far, too busy, another price."""

from dataclasses import dataclass, replace

from flask import Blueprint, Response, g, request
from flask.typing import ResponseReturnValue

from matcher.answers.partners import Overflow, OverflowPartner
from matcher.errors import Conflict
from matcher.lists.letters import Form
from webapp import forms
from webapp.access import access
from webapp.cards import AxisShown, axes_shown
from webapp.downloads import download
from webapp.filters import km, service_names
from webapp.pages import page
from webapp.pages.suggestions import DISTANCES_KM

pages = Blueprint("overflow", __name__)

SHOWN = 20  # on a page
STAGES = {"agreed": "Your partner", "courted": "On your list to meet", "paused": "Paused"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One overflow partner as the page shows it."""

    one: OverflowPartner
    services: str
    where: str
    stage: str
    axes: tuple[AxisShown, ...]


@pages.get("/overflow")
@access(GET="member")
def show() -> ResponseReturnValue:
    """One page of competitors, the best first, under the filters in the URL."""
    filters, first = forms.read_filters(request.args), forms.first(request.args)
    try:
        found: Overflow = g.network.overflow(filters, first=first, limit=SHOWN)
    except Conflict:
        return page("suggestions_start.html", title="Work you cannot take")
    distances: set[float] = {*DISTANCES_KM, *([] if filters.within_km is None else [filters.within_km])}
    return page(
        "overflow.html",
        title="Work you cannot take",
        found=found,
        shown=[_shown(one) for one in found.partners],
        first=first,
        limit=SHOWN,
        text=filters.text,
        within_km=f"{filters.within_km:g}" if filters.within_km is not None else "",
        distances=[("", "Your whole area"), *((f"{far:g}", f"Within {far:g} km") for far in sorted(distances))],
        query=forms.filter_query(filters),
        answered=found.left_out.get("already decided", 0),
        with_answered=forms.filter_query(replace(filters, decided=True)),
        filtered=found.left_out.get("outside your filters", 0),
    )


@pages.get("/overflow.<any(csv, xlsx):form>")
@access(GET="member")
def export(form: Form) -> Response:
    """Exactly the filtered list as a file."""
    return download(g.network.export("overflow", form, forms.read_filters(request.args)), "overflow", form)


def _shown(one: OverflowPartner) -> Shown:
    return Shown(
        one=one,
        services=service_names(one.services),
        where=" · ".join(part for part in (one.place, km(one.distance_km)) if part),
        stage=STAGES.get(one.stage, ""),
        axes=axes_shown(one.axes, one.business_id),
    )
