"""A table of businesses as businesses: cleaned, placed, with the services that their industry offers."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from hashlib import blake2b
from itertools import islice

from matcher.answers import Place
from matcher.exchange import cells
from matcher.exchange.clean import clean, shorten
from matcher.exchange.columns import is_point
from matcher.exchange.industry import services_of_category, services_of_code, sharpen, strongest
from matcher.exchange.tables import Table
from matcher.imported import Problem
from matcher.names import fold
from matcher.places import find_place, place_of_postcode, state_of
from matcher.taxonomy import taxonomy

LISTED_SURE = 0.95  # a service that the file lists by name: told, but not by the owner of this network
CLOSE = 0.75  # sureness that a listed service needs: a near spelling with one letter in eight wrong
BESIDE_CODE = 0.8  # sureness from which a category adds a service that the industry code does not know
FAR_DEGREES = 1.5  # a position farther from the middle of its ZIP area is doubtful (100 km; the largest areas have 80)
LISTED = 30  # services or markets read from one cell; nobody sells more, and each look-up takes half a millisecond
REMEMBERED = 10_000  # texts of listed services kept with their answer; a list repeats a few hundred (2 MB at most)
UNKNOWN_SHOWN = 100  # kinds of unknown category that are listed, commonest first
PROGRESS_EVERY = 1_000  # rows between two calls of `progress`
SPLIT = re.compile(r"\s*[;|,\n]\s*")


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
    """The businesses of a table, then its problems; `columns` is position -> field, `limit` counts rows read.

    Rows read = businesses + problems that keep a row out. The whole table is read first, because a later line of the
    same business may add a service to it; `progress` is told the rows read so far.
    """
    reader = _Reader(table, columns)
    for count, (line, row) in enumerate(islice(table.rows(), limit), start=1):
        reader.read(line, row)
        if progress and count % PROGRESS_EVERY == 0:
            progress(count)
    yield from reader.businesses.values()
    yield from sorted(reader.problems, key=lambda problem: problem.line)
    yield from reader.unknown_problems()


class _Reader:
    """Reads one line after the other and remembers the businesses by key."""

    def __init__(self, table: Table, columns: Mapping[int, str]) -> None:
        self.businesses: dict[str, BusinessRow] = {}
        self.problems: list[Problem] = list(table.problems)
        self.unknown: Counter[tuple[str, str]] = Counter()  # (field, text) that no service could be found for
        self._width = len(table.header)
        self._at: dict[str, list[int]] = {}
        for position in sorted(columns):
            if columns[position] and position < self._width:
                self._at.setdefault(columns[position], []).append(position)
        self._line = 0

    def read(self, line: int, row: tuple[str, ...]) -> None:
        """Keep the business of one line, or the reason why it stays out."""
        self._line = line
        reason = self._why_out(row)
        if reason:
            self._problem("name", reason, keeps_out=True)
            return
        business = self._business(row)
        earlier = self.businesses.setdefault(business.key, business)
        if earlier is not business:
            self._repeat(earlier, business)

    def _why_out(self, row: tuple[str, ...]) -> str:
        """Why a line cannot be stored; empty when it can."""
        if any(cell.strip() for cell in row[self._width :]):
            return (
                f"This line has {len(row)} cells where the heading has {self._width}: they are in the wrong columns. "
                "Put cells that hold a separator in quotation marks."
            )
        name = self._joined("name", row)
        if not any(c.isalnum() for c in name):
            return "This line has no name of a business."
        shut = [text for i in self._at.get("closed", ()) if cells.is_shut(text := row[i])]
        return f"“{shorten(name, 80)}” is marked as closed ({shorten(clean(shut[-1]), 40)})." if shut else ""

    def _business(self, row: tuple[str, ...]) -> BusinessRow:
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
        category = " > ".join(dict.fromkeys(t for i in self._at.get("category", ()) if (t := clean(row[i]))))
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
        for i in self._at.get("naics", ()):
            if code := clean(row[i]):
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

    def _listed(self, field_name: str, cell: str) -> list[str]:
        """The texts that a cell lists, each once, as many as we read."""
        texts = list(dict.fromkeys(filter(None, SPLIT.split(clean(cell)))))
        if len(texts) > LISTED:
            self._note(field_name, f"This line lists {len(texts):,} {field_name}; the first {LISTED} were read.")
        return texts[:LISTED]

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

    def _repeat(self, earlier: BusinessRow, later: BusinessRow) -> None:
        """The same business once more: one is stored, and offers what either line says."""
        sentence = f"The same business as line {earlier.line}; stored once."
        if not later.offers.keys() <= earlier.offers.keys():
            told = [(s, sure, source) for row in (earlier, later) for s, (sure, source) in row.offers.items()]
            self.businesses[earlier.key] = replace(earlier, offers=strongest(told))
            sentence = f"The same business as line {earlier.line}; stored once, with the services of both lines."
        self._problem("name", sentence, keeps_out=True)

    def unknown_problems(self) -> Iterator[Problem]:
        """One problem for each kind of text that nothing could be found for, commonest first."""
        for (field_name, text), count in self.unknown.most_common(UNKNOWN_SHOWN):
            rows = "1 row" if count == 1 else f"{count:,} rows"
            kind = "market" if field_name == "markets" else "service"
            code = "the industry code " if field_name == "naics" else ""
            sentence = f"We know no {kind} for {code}“{shorten(text, 120)}” ({rows})."
            yield Problem(line=0, field=field_name, sentence=sentence)
        rest = len(self.unknown) - UNKNOWN_SHOWN
        if rest > 0:
            yield Problem(line=0, field="category", sentence=f"We know no service for {rest:,} further kinds of text.")

    def _get(self, field_name: str, row: tuple[str, ...]) -> str:
        """The cell of a field that has one column."""
        at = self._at.get(field_name)
        return row[at[0]] if at else ""

    def _joined(self, field_name: str, row: tuple[str, ...]) -> str:
        return " ".join(filter(None, (clean(row[i]) for i in self._at.get(field_name, ()))))

    def _note(self, field_name: str, sentence: str) -> None:
        self._problem(field_name, sentence, keeps_out=False)

    def _problem(self, field_name: str, sentence: str, *, keeps_out: bool) -> None:
        self.problems.append(Problem(line=self._line, field=field_name, sentence=sentence, keeps_out=keeps_out))


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
