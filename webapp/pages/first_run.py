"""What do you sell, to whom, where: three short steps. All answers stay in the URL until the last one stores them."""

from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue

from matcher.answers.partners import Home
from matcher.errors import Invalid
from matcher.knowledge.choices import markets_like, services_like, usual_markets
from matcher.knowledge.places import find_place
from matcher.taxonomy import taxonomy
from matcher.zones import known_zone
from webapp import forms
from webapp.access import access
from webapp.filters import group_name, service_name
from webapp.pages import go, page, say

pages = Blueprint("first_run", __name__)

STEPS = {"services": "What you sell", "markets": "To whom", "place": "Where"}
KINDS = {"life": "Stages of life", "household": "Kinds of household", "business": "Kinds of business"}
RADII_KM = (10, 25, 40, 80, 160, 500)  # a part of town, a town, a metropolitan area, a region, a state
RADIUS_KM = 40.0  # of a home business unless its owner says otherwise; a metropolitan area
EVERYWHERE_KM = 20_100  # farther than any two places on Earth
KM_A_MILE = 1.609344
PLACE_CHARACTERS = 100  # the column's width


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """The business as far as it has been described."""

    services: tuple[str, ...]
    markets: tuple[str, ...]
    name: str = ""
    place: str = ""
    coordinates: str = ""
    radius_km: float = RADIUS_KM
    grow: str = ""

    def query(self, *without: str) -> dict[str, Any]:
        """The same as URL arguments, but for what a step asks itself."""
        query = {"service": self.services, "market": self.markets, "name": self.name, "place": self.place}
        query |= {
            "coordinates": self.coordinates,
            "radius_km": "" if self.radius_km == RADIUS_KM else f"{self.radius_km:g}",
            "grow": self.grow,
        }
        return {name: value for name, value in query.items() if value and name not in without}


def describe(home: Home | None) -> Described:
    """What is stored, as the steps ask for it."""
    if home is None:
        return Described(services=(), markets=())
    located = home.lat is not None and home.lon is not None
    return Described(
        services=tuple(home.services),
        markets=home.markets,
        name=home.name,
        place=home.place,
        coordinates=f"{home.lat:.5f}, {home.lon:.5f}" if located else "",
        radius_km=home.radius_km,
        grow={True: "yes", False: "no"}.get(home.wants_to_grow, ""),  # type: ignore[arg-type]
    )


@pages.get("/start")
@access(GET="owner")
def show() -> ResponseReturnValue:
    """The step that is asked for, or the first that is still open."""
    form = request.args
    described = _read(form) if form else describe(g.network.home())
    asked = form.get("go") or form.get("step", "services")
    if asked not in STEPS:
        asked = "services"
    if asked != "services" and not described.services:
        return _choose("services", described, "Please choose at least one.")
    if asked == "place" and not described.markets:
        return _choose("markets", described, "Please choose at least one.")
    return _ask_place(described) if asked == "place" else _choose(asked, described)


@pages.post("/start")
@access(POST="owner")
def finish() -> ResponseReturnValue:
    """Store the business and go on to its suggestions."""
    described = _read(request.form)
    if not described.services:
        return go("first_run.show")
    old = g.network.home()
    zone = known_zone(forms.text(request.form, "zone"))  # that of the device; without scripts the place says it
    try:
        home = home_of(described, old)
        if zone and g.network.zone() is None:
            g.network.set_zone(zone)
        g.network.settle(home)
    except Invalid as problem:
        return _ask_place(described, {problem.field: problem.sentence}, status=400)
    if old is None:
        return go("suggestions.show")
    say("Your business is saved; suggestions follow it.")
    return go("settings.show")


def home_of(described: Described, old: Home | None) -> Home:
    """The business to store; Invalid names the field that needs another look."""
    if not described.name:
        raise Invalid("name", "Please write the name under which clients know you.")
    lat, lon, place = _locate(described)
    return replace(
        old or Home(services={}),
        services=dict.fromkeys(described.services, 1.0),
        markets=described.markets,
        name=described.name,
        place=place,
        lat=lat,
        lon=lon,
        radius_km=described.radius_km,
        wants_to_grow={"yes": True, "no": False}.get(described.grow),
    )


def _locate(described: Described) -> tuple[float | None, float | None, str]:
    point = forms.coordinates(described.coordinates)
    if point:
        return *point, described.place or f"{point[0]:.2f}, {point[1]:.2f}"
    if not described.place and described.radius_km >= EVERYWHERE_KM:
        return None, None, ""
    if not described.place:
        raise Invalid("place", "Please say where you are, or choose “Anywhere” below.")
    found = find_place(described.place)
    if found is None:
        raise Invalid(
            "place",
            "We only know towns and ZIP codes of the United States by name. "
            "Elsewhere, keep the name and add the coordinates below.",
        )
    return found.lat, found.lon, found.name


def _read(form: forms.Form) -> Described:
    return Described(
        services=forms.codes(form, "service", taxonomy().services),
        markets=forms.codes(form, "market", taxonomy().markets),
        name=forms.text(form, "name"),
        place=forms.text(form, "place", limit=PLACE_CHARACTERS),
        coordinates=forms.text(form, "coordinates", limit=60),
        radius_km=forms.number(form, "radius_km", 1, EVERYWHERE_KM) or RADIUS_KM,
        grow=forms.one_of(form, "grow", ("yes", "no")) or "",
    )


def _choose(step: str, described: Described, problem: str = "") -> ResponseReturnValue:
    """The step for services or markets: what is chosen, what was found, or what one can browse."""
    stays = "go" not in request.args  # what was searched for in one step means nothing in the next
    typed, browsed = (forms.text(request.args, "q"), request.args.get("browse", "")) if stays else ("", "")
    parts = _services(described, typed, browsed) if step == "services" else _markets(described, typed, browsed)
    kept = described.query(parts["name"])
    return page(
        "start_choose.html", step=step, steps=STEPS, kept=kept, typed=typed, browsed=browsed, problem=problem, **parts
    )


def _services(described: Described, typed: str, browsed: str) -> dict[str, Any]:
    services = taxonomy().services
    in_group = sorted((code for code in services if services[code].group == browsed), key=service_name)
    return {
        "title": "What do you sell?",
        "sentence": "Choose everything that clients pay you for. One is enough to start.",
        "label": "Search services",
        "placeholder": "Try “mortgage” or “leaking roof”",
        "name": "service",
        "chosen": _options(described.services, "service"),
        "found": _options(services_like(typed) if typed else in_group, "service", described.services),
        "found_title": "Found" if typed else group_name(browsed),
        "shelves": taxonomy().groups.items(),
        "next_step": "markets",
    }


def _markets(described: Described, typed: str, browsed: str) -> dict[str, Any]:
    markets = taxonomy().markets
    found = [code for code in markets if markets[code].kind == browsed] or usual_markets(described.services)
    usual_title = f"Often clients of: {', '.join(service_name(code) for code in described.services[:2])}"
    return {
        "title": "Who are your clients?",
        "sentence": "Partners are businesses that meet the same people before or after you do.",
        "label": "Search kinds of clients",
        "placeholder": "Try “new parents” or “restaurants”",
        "name": "market",
        "chosen": _options(described.markets, "market"),
        "found": _options(markets_like(typed) if typed else found, "market", described.markets),
        "found_title": "Found" if typed else KINDS.get(browsed, usual_title),
        "shelves": KINDS.items(),
        "next_step": "place",
    }


def _options(codes: Any, name: str, without: tuple[str, ...] = ()) -> list[tuple[str, str, str]]:
    """Code, name and hint of each choice."""
    known = taxonomy()
    if name == "service":
        return [(c, service_name(c), group_name(known.services[c].group)) for c in codes if c not in without]
    return [(c, known.markets[c].name, KINDS.get(known.markets[c].kind, "")) for c in codes if c not in without]


def _ask_place(described: Described, problems: dict[str, str] | None = None, status: int = 200) -> ResponseReturnValue:
    radii = [(f"{km:g}", f"{km} km ({km / KM_A_MILE:.0f} miles)") for km in RADII_KM]
    radii.append((f"{EVERYWHERE_KM:g}", "Anywhere, clients come to me from everywhere"))
    return page(
        "start_place.html",
        status=status,
        title="Where do your clients come from?",
        steps=STEPS,
        step="place",
        described=described,
        kept=described.query("name", "place", "coordinates", "radius_km", "grow"),
        back=described.query(),
        radii=radii,
        problems=problems or {},
    )
