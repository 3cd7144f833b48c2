"""The network at a glance: a picture, and the same as a table in the order of what to do first."""

from dataclasses import dataclass

from flask import Blueprint, Response, g, request, url_for
from flask.typing import ResponseReturnValue

from matcher.answers.partners import Picture, Seat, Seatings
from matcher.errors import Conflict
from matcher.lists.letters import Form
from webapp import forms
from webapp.access import access
from webapp.downloads import download, one_at_a_time
from webapp.filters import group_name, percent, service_name
from webapp.pages import page
from webapp.ring import Layout, Spot, arc, lay_out, shortened

pages = Blueprint("network", __name__)

STATES: dict[Seatings, str] = {"partner": "Partner", "courted": "Courted", "empty": "Empty seat"}
LOOKS: dict[Seatings, str] = {"partner": "partner", "courted": "courted", "empty": "open"}
FIRST: tuple[Seatings, ...] = ("courted", "empty", "partner")  # what to do first: finish what was begun
ADVICE: dict[Seatings, str] = {
    "courted": "Talk to them, then say what you agreed.",
    "empty": "Find somebody to refer to.",
    "partner": "Stay in touch.",
}
BUTTONS: dict[Seatings, tuple[tuple[str, str], ...]] = {  # stage, what the button says
    "courted": (("agreed", "We agreed"), ("ended", "End it")),
    "partner": (("paused", "Pause"),),
    "empty": (),
}
OWNER = 46.0  # radius of the owner's disc


@dataclass(frozen=True, slots=True, kw_only=True)
class Chair:
    """A seat as the page shows it, in the picture and in the table."""

    seat: Seat
    href: str
    state: str
    look: str  # a class of the stylesheet
    advice: str
    buttons: tuple[tuple[str, str], ...]
    label: str
    service: str
    group: str


@pages.get("/network")
@access(GET="member")
def show() -> ResponseReturnValue:
    """The picture and the table."""
    try:
        picture = g.network.picture()
    except Conflict:
        return page("suggestions_start.html", title="Network")
    chairs = [_chair(seat) for seat in picture.seats]
    layout = lay_out([seat.group for seat in picture.seats], [seat.state for seat in picture.seats])
    return page(
        "network.html",
        title="Network",
        found=picture,
        sentence=_sentence(picture),
        layout=layout,
        seats=list(zip(chairs, (_drawn(spot, layout) for spot in layout.spots), strict=True)),
        headings=[(heading, group_name(heading.group)) for heading in layout.headings],
        filled=arc(layout.middle, OWNER + 6, picture.filled_share),
        owner=OWNER,
        chairs=sorted(chairs, key=lambda chair: (FIRST.index(chair.seat.state), -chair.seat.need_share)),
        groups=_by_group(chairs),
        counts=[(STATES[state], sum(seat.state == state for seat in picture.seats)) for state in STATES],
    )


@pages.get("/network.<any(csv, xlsx):form>")
@access(GET="member")
def export(form: Form) -> Response:
    """The table as a file."""
    return download(g.network.export("network", form), "network", form)


@pages.get("/network/partners.<any(csv, xlsx, vcf, pdf):form>")
@access(GET="member")
@one_at_a_time
def partners(form: Form) -> Response:
    """Everybody with whom there is a partnership: for letters, for an address book, on paper."""
    return download(g.network.export("partners", form, forms.read_filters(request.args)), "partners", form)


@pages.get("/businesses/<int:business_id>/card.vcf")
@access(GET="member")
def card(business_id: int) -> Response:
    """One business as a card for an address book."""
    return download(g.network.card_of(business_id), f"business-{business_id}", "vcf")


def _chair(seat: Seat) -> Chair:
    found = seat.business_id is not None
    return Chair(
        seat=seat,
        href=url_for("business.show", business_id=seat.business_id)
        if found
        else url_for("suggestions.show", service=seat.service),
        state=STATES[seat.state],
        look=LOOKS[seat.state],
        advice=ADVICE[seat.state],
        buttons=BUTTONS[seat.state],
        label=shortened(seat.name),
        service=service_name(seat.service),
        group=group_name(seat.group),
    )


def _drawn(spot: Spot, layout: Layout) -> dict[str, object]:
    """Coordinates as SVG takes them."""
    to_label = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in spot.line)
    from_owner = f"M{layout.middle[0]:.1f} {layout.middle[1]:.1f}L{spot.x:.1f} {spot.y:.1f}"
    return {"spot": spot, "to_label": to_label, "from_owner": from_owner}


def _sentence(picture: Picture) -> str:
    """What to do next, in one sentence."""
    courted = [seat for seat in picture.seats if seat.state == "courted"]
    empty = max(
        (seat for seat in picture.seats if seat.state == "empty"), key=lambda seat: seat.need_share, default=None
    )
    filled = f"Your network fills {percent(picture.filled_share)} of what your clients will need."
    if courted:
        return f"{filled} Next: agree with {courted[0].name}, whom you said yes to."
    if empty:
        return f"{filled} Next: find a partner for “{empty.name}”."
    return f"{filled} Every seat is taken."


def _by_group(chairs: list[Chair]) -> list[tuple[str, list[Chair]]]:
    groups: dict[str, list[Chair]] = {}
    for chair in chairs:
        groups.setdefault(chair.group, []).append(chair)
    return list(groups.items())
