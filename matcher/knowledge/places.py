"""Where places are: United States ZIP codes and the towns they belong to, from the `zipcodes` package."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from statistics import median

import zipcodes

from matcher.answers.partners import Home, Place
from matcher.names import fold

ZIP = re.compile(r"(\d{5})(?:[- ]?\d{4})?")
POINT = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*[,;]\s*(-?\d+(?:\.\d+)?)\s*")
SHORT_ZIP = re.compile(r"\d{3,4}")  # a spreadsheet has taken the leading zeros away: 2903 is Providence
STATES = dict(
    re.findall(
        r"([a-z ]+)=([A-Z]{2})",
        "alabama=AL;alaska=AK;american samoa=AS;arizona=AZ;arkansas=AR;california=CA;colorado=CO;connecticut=CT;"
        "delaware=DE;district of columbia=DC;florida=FL;georgia=GA;guam=GU;hawaii=HI;idaho=ID;illinois=IL;indiana=IN;"
        "iowa=IA;kansas=KS;kentucky=KY;louisiana=LA;maine=ME;maryland=MD;massachusetts=MA;michigan=MI;minnesota=MN;"
        "mississippi=MS;missouri=MO;montana=MT;nebraska=NE;nevada=NV;new hampshire=NH;new jersey=NJ;new mexico=NM;"
        "new york=NY;north carolina=NC;north dakota=ND;northern mariana islands=MP;ohio=OH;oklahoma=OK;oregon=OR;"
        "pennsylvania=PA;puerto rico=PR;rhode island=RI;south carolina=SC;south dakota=SD;tennessee=TN;texas=TX;"
        "utah=UT;vermont=VT;virgin islands=VI;virginia=VA;washington=WA;west virginia=WV;wisconsin=WI;wyoming=WY",
    )
)
WRITTEN_OUT = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
STATE_CODES = frozenset(STATES.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A ZIP area: its code, its town and other names for it, its state, its middle in degrees."""

    code: str
    towns: tuple[str, ...]
    state: str
    lat: float
    lon: float
    has_streets: bool  # not only post-office boxes


def zip_of(postcode: str) -> str:
    """The five digits of a ZIP code, with leading zeros given back; empty when it is none."""
    text = postcode.strip()
    if SHORT_ZIP.fullmatch(text):
        text = text.zfill(5)
    found = ZIP.fullmatch(text)
    return found[1] if found else ""


def state_of(text: str) -> str:
    """The two letters of a state given by code or name; empty when it is none."""
    code = text.strip().upper()
    return code if code in STATE_CODES else STATES.get(fold(text), "")


def place_of_postcode(postcode: str) -> Place | None:
    """The middle of a ZIP area, named "Tucson, AZ"; None when unknown."""
    return _by_zip().get(zip_of(postcode))


def find_place(text: str, country: str = "") -> Place | None:
    """The place that a ZIP code, a town ("Tucson", "Tucson, AZ") or "latitude,longitude" names; None when unknown.

    Of several towns of one name the one with most ZIP codes wins. Names are known in the United States only.
    """
    if point := POINT.fullmatch(text):
        at = coordinates(float(point[1]), float(point[2]))
        return Place(name=text.strip(), lat=at[0], lon=at[1]) if at else None
    if country.strip().upper() not in ("", "US", "USA"):
        return None
    if found := place_of_postcode(text) or _place_within(text):
        return found
    words = _town_key(text).split()
    for size in (1, 2, 3):  # "billings mt", "fargo north dakota", "washington district of columbia"
        state = state_of(" ".join(words[-size:])) if len(words) > size else ""
        if found_town := _towns().get((" ".join(words[:-size]), state)):
            return found_town[1]
    return _biggest().get(" ".join(words))


def find_place_near(home: Home | None, text: str) -> Place | None:
    """The same, but the owner's own place goes first when its name is meant, wherever in the world it is."""
    if home is not None and home.lat is not None and home.lon is not None:
        own = fold(home.place)
        if fold(text) in (own, fold(home.place.partition(",")[0])) and own:
            return Place(name=home.place, lat=home.lat, lon=home.lon)
    return find_place(text)


def coordinates(lat: float, lon: float) -> tuple[float, float] | None:
    """A point on the Earth in degrees; None out of bounds, and at (0, 0), which means unknown."""
    inside = -90 <= lat <= 90 and -180 <= lon <= 180
    return (lat, lon) if inside and (abs(lat) > 1e-6 or abs(lon) > 1e-6) else None


def _place_within(text: str) -> Place | None:
    """A ZIP code at the end of a longer text: "Tucson, AZ 85701"."""
    found = re.search(r"\b(\d{5})(-\d{4})?\s*$", text)
    return _by_zip().get(found[1]) if found else None


@cache
def _areas() -> tuple[Area, ...]:
    """All ZIP areas of the United States."""
    # By the first two digits at a time: asking for all at once keeps 42,000 dictionaries in memory.
    return tuple(
        Area(
            code=a["zip_code"],
            towns=(a["city"], *a["acceptable_cities"]),
            state=a["state"],
            lat=float(a["lat"]),
            lon=float(a["long"]),
            has_streets=a["zip_code_type"] == "STANDARD",
        )
        for prefix in range(100)
        for a in zipcodes.similar_to(f"{prefix:02d}")  # type: ignore[no-untyped-call]
        if coordinates(float(a["lat"] or 0), float(a["long"] or 0)) and a["country"] in ("US", "")
    )


@cache
def _by_zip() -> dict[str, Place]:
    return {area.code: Place(name=f"{area.towns[0]}, {area.state}", lat=area.lat, lon=area.lon) for area in _areas()}


@cache
def _towns() -> dict[tuple[str, str], tuple[int, Place]]:
    """(Folded town, state) -> how many ZIP areas with streets it has, and the median of them.

    A name that the post office merely accepts for an area counts only where no area has it as its own.
    """
    own, accepted = defaultdict[tuple[str, str], list[Area]](list), defaultdict[tuple[str, str], list[Area]](list)
    names: dict[tuple[str, str], str] = {}
    for area in _areas():
        for rank, town in enumerate(area.towns):
            key = _town_key(town), area.state
            (accepted if rank else own)[key].append(area)
            names.setdefault(key, town)
    return {key: _middle(f"{names[key]}, {key[1]}", areas) for key, areas in (accepted | own).items()}


def _middle(name: str, areas: list[Area]) -> tuple[int, Place]:
    best = [area for area in areas if area.has_streets]
    lat, lon = median(a.lat for a in best or areas), median(a.lon for a in best or areas)
    return len(best), Place(name=name, lat=round(lat, 4), lon=round(lon, 4))


@cache
def _biggest() -> dict[str, Place]:
    """Folded town -> the place of that name with most ZIP areas."""
    best: dict[str, tuple[int, Place]] = {}
    for (town, _), sized in _towns().items():
        if town not in best or sized[0] > best[town][0]:
            best[town] = sized
    return {town: place for town, (_, place) in best.items()}


def _town_key(text: str) -> str:
    """A town's name folded, with the first word written out: "St. Louis" is "saint louis"."""
    first, _, rest = fold(text).partition(" ")
    return f"{WRITTEN_OUT.get(first, first)} {rest}".strip() if rest else first


def is_town(text: str) -> bool:
    """Whether some place in the United States has this name."""
    return _town_key(text) in _biggest()
