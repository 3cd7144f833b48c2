"""A table of businesses as businesses: cleaned, placed, with the services that their industry offers."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from hashlib import blake2b

from matcher.answers.imported import Problem
from matcher.answers.partners import Place
from matcher.exchange import cells
from matcher.exchange.clean import clean, shorten
from matcher.exchange.columns import is_point
from matcher.exchange.industry import services_of_category, services_of_code, sharpen, strongest
from matcher.exchange.reader import Reader, read_all
from matcher.exchange.tables import Table
from matcher.knowledge.places import find_place, place_of_postcode, state_of
from matcher.names import fold
from matcher.taxonomy import taxonomy

LISTED_SURE = 0.95  # a service that the file lists by name: told, but not by the owner of this network
CLOSE = 0.75  # sureness that a listed service needs: a near spelling with one letter in eight wrong
BESIDE_CODE = 0.8  # sureness from which a category adds a service that the industry code does not know
FAR_DEGREES = 1.5  # a position farther from the middle of its ZIP area is doubtful (100 km; the largest areas have 80)
REMEMBERED = 10_000  # texts of listed services kept with their answer; a list repeats a few hundred (2 MB at most)


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessRow:
    """A business as a file tells it. `key` is equal for the same name at the same place."""

    line: int
    key: str
    name: str
    address: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    roughly_placed: bool = False  # at the middle of its ZIP area or town, not at its door
    phone: str = ""
    email: str = ""
    website: str = ""
    category: str = ""
    tier: int | None = None
    offers: Mapping[str, tuple[float, str]] = field(default_factory=dict)  # service -> (sureness, source)
    markets: tuple[str, ...] = ()

    def columns(self) -> dict[str, object]:
        """The columns of the table of businesses that a file can fill."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name not in BESIDE}

    def shown(self) -> dict[str, str]:
        """Field -> text, as a preview shows what would be stored; services by their names."""
        names = [taxonomy().services[service].name for service in self.offers]
        texts = {k: str(v) for k, v in self.columns().items() if v not in (None, "") and k not in UNSHOWN}
        markets = [taxonomy().markets[market].name for market in self.markets]
        return {**texts, **{k: "; ".join(v) for k, v in (("services", names), ("markets", markets)) if v}}


BESIDE = frozenset(("line", "offers", "markets"))  # not columns of the table of businesses
UNSHOWN = frozenset(("key", "roughly_placed"))  # columns that say nothing to the reader of a preview


def read_businesses(
    table: Table,
    columns: Mapping[int, str],
    *,
    limit: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Iterator[BusinessRow | Problem]:
    """The businesses of a table, then its problems; `columns` is position -> field. More in `read_all`.

    A later line of the same business may add a service to it.
    """
    return read_all(_Reader(table, columns), table, limit, progress)


class _Reader(Reader[BusinessRow]):
    """Reads businesses."""

    def why_out(self, row: tuple[str, ...]) -> str:
        """Why a line cannot be stored; empty when it can."""
        name = self._joined("name", row)
        if not any(c.isalnum() for c in name):
            return "This line has no name of a business."
        shut = [text for i in self._at.get("closed", ()) if cells.is_shut(text := row[i])]
        return f"“{shorten(name, 80)}” is marked as closed ({shorten(clean(shut[-1]), 40)})." if shut else ""

    def read_row(self, row: tuple[str, ...]) -> BusinessRow:
        """The business of one line."""
        get, note = self._get, self._note
        name = cells.text_of("name", self._joined("name", row), note)
        address = cells.text_of("address", self._joined("address", row), note)
        city, region = cells.text_of("city", get("city", row), note), cells.text_of("region", get("region", row), note)
        country = cells.country_of(get("country", row))
        postcode = cells.postcode_of(get("postcode", row), region, country, note)
        in_states = cells.is_united_states(postcode, city, region, country)
        area = place_of_postcode(postcode) if in_states and postcode else None
        lat, lon, rough = self._position(row, area, city, region if in_states else "")
        if area and not city:
            city, _, region = area.name.rpartition(", ")
        category = " > ".join(dict.fromkeys(self._cells("category", row)))
        return BusinessRow(
            line=self._line,
            key=key_of(name, address, postcode, city),
            name=name,
            address=address,
            city=city,
            region=region,
            postcode=postcode,
            country=country or ("US" if area else ""),
            lat=lat,
            lon=lon,
            roughly_placed=rough,
            phone=cells.phone_of(get("phone", row), note),
            email=cells.email_of(get("email", row), note),
            website=cells.website_of(get("website", row), note),
            category=shorten(category, cells.LIMITS["category"]),
            tier=cells.tier_of(get("tier", row), note),
            offers=strongest(self._offers(name, category, row)),
            markets=tuple(self._markets(get("markets", row))),
        )

    def _position(
        self, row: tuple[str, ...], area: Place | None, city: str, region: str
    ) -> tuple[float | None, float | None, bool]:
        """Latitude, longitude and whether they are only the middle of the ZIP area or the town."""
        lat, lon = self._get("lat", row).strip(), self._get("lon", row).strip()
        point = is_point(lat, lon) if lat and lon else None
        if point:
            if area and max(abs(point[0] - area.lat), abs(point[1] - area.lon)) > FAR_DEGREES:
                self._note("lat", "The position on the map is far from the ZIP code. Please check which is right.")
            return *point, False
        if (lat or lon) and {lat, lon} != {"0"}:
            self._note("lat", f"“{shorten(lat, 20)}, {shorten(lon, 20)}” is no position on the map; stored without it.")
        place = area or (find_place(f"{city}, {region}") if city and state_of(region) else None)
        return (place.lat, place.lon, True) if place else (None, None, False)

    def _offers(self, name: str, category: str, row: tuple[str, ...]) -> Iterator[tuple[str, float, str]]:
        """(Service, sureness, source) from the industry codes, the category and the services listed by name."""
        by_code: set[str] = set()
        for code in self._cells("naics", row):
            services = sharpen(name, services_of_code(code))
            by_code.update(services)
            yield from self._known("naics", code, services)
        if category:
            services = sharpen(name, services_of_category(category))
            for service, sure, source in self._known("category", category, services):
                if not by_code or service in by_code or sure >= BESIDE_CODE:
                    yield service, sure, source
        for i in self._at.get("services", ()):
            for text in self._listed("services", row[i]):
                if service := _service_listed(text):
                    yield service, LISTED_SURE, "services"
                else:
                    self.unknown["services", text] += 1

    def _known(self, source: str, text: str, services: Mapping[str, float]) -> Iterator[tuple[str, float, str]]:
        if not services:
            self.unknown[source, text] += 1
        for service, sure in services.items():
            yield service, sure, source

    def _markets(self, cell: str) -> Iterator[str]:
        for text in self._listed("markets", cell):
            if market := taxonomy().find_market(text):
                yield market
            else:
                self.unknown["markets", text] += 1

    def repeat(self, earlier: BusinessRow, later: BusinessRow) -> str:
        """The same business once more: one is stored, and offers what either line says."""
        if later.offers.keys() <= earlier.offers.keys():
            return f"The same business as line {earlier.line}; stored once."
        told = [(s, sure, source) for row in (earlier, later) for s, (sure, source) in row.offers.items()]
        self.found[earlier.key] = replace(earlier, offers=strongest(told))
        return f"The same business as line {earlier.line}; stored once, with the services of both lines."


@lru_cache(maxsize=REMEMBERED)
def _service_listed(text: str) -> str:
    """The service that a text names closely enough; empty when there is none."""
    guesses = taxonomy().find_service(text, limit=1)
    return guesses[0].service if guesses and guesses[0].confidence >= CLOSE else ""


def key_of(name: str, address: str, postcode: str, city: str) -> str:
    """A short hash of who and where: folded name, address, and the postcode (five digits in the USA) or the town."""
    where = re.sub(r"-\d{4}$", "", postcode) or city
    parts = "\n".join(fold(part) for part in (name, address, where))
    return blake2b(parts.encode(), digest_size=16).hexdigest()
