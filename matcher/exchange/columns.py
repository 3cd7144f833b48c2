"""What each column of a list holds, by its heading and by what stands in it."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from matcher.answers.imported import ColumnGuess
from matcher.exchange import headings
from matcher.exchange.clean import clean, shorten
from matcher.exchange.headings import OTHERS, field_of, words_of
from matcher.exchange.industry import is_industry_code, services_of_category
from matcher.knowledge.places import coordinates, is_town, place_of_postcode, state_of
from matcher.names import fold

FIELDS: Mapping[str, str] = {  # of a business -> what the owner reads; a column in no field is not stored
    "name": "Name of the business",
    "address": "Street and number",
    "city": "Town",
    "region": "State or region",
    "postcode": "Postcode or ZIP",
    "country": "Country",
    "lat": "Latitude",
    "lon": "Longitude",
    "phone": "Telephone",
    "email": "E-mail",
    "website": "Website",
    "naics": "Industry code (NAICS)",
    "category": "Category or trade",
    "services": "Services",
    "markets": "Target markets",
    "tier": "Price level",
    "closed": "Closed or not",
}
JOINED = {"address": 8, "category": 5, "naics": 3, "closed": 3, "services": 3, "markets": 3}  # columns at most
SAMPLE = 200  # values of a column that are looked at
LEAST = 0.4  # sureness below which a column is left out
CLEAR = 0.8  # share of values from which the content speaks for itself
NO_WORD = 0.35  # what a heading alone is worth when none of the values look like it
SHOWN, SHOWN_CHARACTERS = 3, 40  # examples of a column
STREET = re.compile(r"\d.*\s[^\W\d].*|[^\W\d]{3}.*\s\d+ ?[a-zA-Z]?")  # "12 Main St", "Hauptstraße 5"
DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T].*)?")
PHONE = re.compile(r"(tel:?\s*)?[+(]?\d[\d\s().+/-]{5,22}(\s*(x|ext\.?)\s*\d+)?", re.IGNORECASE)
EMAIL = re.compile(r"(mailto:)?[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]{2,}", re.IGNORECASE)
WEBSITE = re.compile(r"(https?://\S+|(www\.)?[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,12}(/\S*)?)", re.IGNORECASE)
POSTCODE = re.compile(  # USA, most of Europe; Great Britain; Canada; Netherlands
    r"\d{3,6}|\d{5}[- ]?\d{4}|[A-Z]{1,2}\d[A-Z\d]? ?\d?[A-Z]{0,2}"
    r"|[A-Z]\d[A-Z] ?\d[A-Z]\d|\d{4} ?[A-Z]{2}",
    re.IGNORECASE,
)
DECIMAL = re.compile(r"[-+]?\d{1,3}[.,]\d+")
LEGAL = re.compile(
    r"\b(llc|l\.l\.c|inc|incorporated|corp|corporation|ltd|limited|llp|pllc|pc|plc|gmbh|kg|ohg|e\.k|sarl|sas|sa|bv|nv|srl|"
    r"spa|sl)\b\.?",
    re.IGNORECASE,
)
LEGAL_FORM = re.compile(
    r"(subchapter s )?(llc|corporation|crp|prt|partnership|sole propriet\w+|limited liab\w+.*|non-?profit.*|trust|"
    r"cooperative|individual|self-employed.*|gmbh|inc\.?|ltd\.?|employee stock.*|professional association)(\W.*)?",
    re.IGNORECASE,
)
CLOSED = re.compile(
    r"(yes|no|true|false|y|n|0|1|open|active|current|issued|operating|valid|aac|closed|inactive|expired|revoked|dissolved|"
    r"cancell?ed|ceased|out of business|permanently closed|aktiv|inaktiv|geschlossen|ferm\w+|cerrado|gesloten|chiuso)",
    re.IGNORECASE,
)
TIER = re.compile(r"[1-4]|[$€£]{1,4}|low|mid(dle)?|medium|high|budget|premium|plain|luxury", re.IGNORECASE)
# A street column with one of these words is a piece to be joined, not a second address.
PARTS = frozenset(
    re.findall(
        r"[^,]+",
        "number,no,nr,direction,dir,suffix,suite,apt,unit,floor,building,type,2,3,line,housenumber,hausnummer,hausnr,"
        "huisnummer,numero,civico,premise,apartment,complement",
    )
)


Test = tuple[Callable[[str], bool], str]  # whether a value looks right, and the words for it


@dataclass(frozen=True, slots=True)
class Claim:
    """That a column holds a field, how surely, and why."""

    position: int
    field: str
    sure: float
    why: str


def _is_zip(text: str) -> bool:
    return place_of_postcode(text) is not None if text.isdigit() else POSTCODE.fullmatch(text) is not None


def _is_phone(text: str) -> bool:
    digits = sum(c.isdigit() for c in text)
    return (
        7 <= digits <= 15 and bool(PHONE.fullmatch(text)) and not DATE.fullmatch(text) and not DECIMAL.fullmatch(text)
    )


def _is_us_phone(text: str) -> bool:
    digits = "".join(c for c in text if c.isdigit())
    return _is_phone(text) and len(digits.removeprefix("1") if len(digits) == 11 else digits) == 10


def _degrees(text: str, most: float) -> bool:
    return bool(DECIMAL.fullmatch(text)) and abs(float(text.replace(",", "."))) <= most


def _is_words(text: str) -> bool:
    return sum(c.isalpha() for c in text) >= 3 and not LEGAL_FORM.fullmatch(text)


# Field -> the test that a value passes when the heading is right; the words for it.
FITS: Mapping[str, Test] = {
    "name": (lambda t: any(c.isalpha() for c in t) and not EMAIL.fullmatch(t), "look like names"),
    "address": (lambda t: not EMAIL.fullmatch(t), "could be part of an address"),
    "city": (lambda t: t[:1].isalpha() and not any(c in t for c in "@/"), "look like towns"),
    "region": (lambda t: any(c.isalpha() for c in t) and len(t) < 40, "look like states or regions"),
    "postcode": (lambda t: POSTCODE.fullmatch(t) is not None, "look like postcodes"),
    "country": (lambda t: t[:1].isalpha() and len(t) < 40, "look like countries"),
    "lat": (lambda t: _degrees(t, 90), "look like degrees of latitude"),
    "lon": (lambda t: _degrees(t, 180), "look like degrees of longitude"),
    "phone": (_is_phone, "look like telephone numbers"),
    "email": (lambda t: EMAIL.fullmatch(t) is not None, "look like e-mail addresses"),
    "website": (lambda t: WEBSITE.fullmatch(t) is not None, "look like web addresses"),
    "naics": (
        lambda t: re.match(r"(1[1-9]|2[1-3]|3[1-3]|4[2-9]|[56]\d|7[12]|81|92|99)\d{0,4}\b", t) is not None,
        "look like NAICS codes",
    ),
    "category": (_is_words, "are words"),
    "services": (_is_words, "are words"),
    "markets": (_is_words, "are words"),
    "tier": (lambda t: TIER.fullmatch(t) is not None, "look like price levels"),
    "closed": (lambda t: bool(CLOSED.fullmatch(t) or DATE.fullmatch(t)), "say open or closed, or are dates"),
}
# Field -> a stricter test by which a column without a telling heading gives itself away.
SHOWS: Mapping[str, Test] = {
    "email": FITS["email"],
    "website": (
        lambda t: t.lower().startswith(("http", "www.")) and bool(WEBSITE.fullmatch(t)),
        "look like web addresses",
    ),
    "phone": (_is_us_phone, "look like US phone numbers"),
    "naics": (lambda t: len(t) == 6 and t.isdigit() and is_industry_code(t), "are NAICS codes"),
    "postcode": (_is_zip, "are ZIP codes or postcodes"),
    "region": (lambda t: len(t) < 25 and bool(state_of(t)), "are US states"),
    "lat": (
        lambda t: _degrees(t, 90) and len(t) > 5 and float(t.replace(",", ".")) > 15,
        "look like degrees of latitude",
    ),
    "lon": (
        lambda t: _degrees(t, 180) and len(t) > 5 and float(t.replace(",", ".")) < 15,
        "look like degrees of longitude",
    ),
    "city": (lambda t: len(t) < 40 and t[:1].isalpha() and is_town(t), "are towns in the United States"),
    "address": (
        lambda t: bool(STREET.fullmatch(t)) and not DATE.fullmatch(t) and not _is_phone(t),
        "look like streets",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What the columns of one kind of list may hold, and how each is recognised."""

    headings: str  # the file of `data/taxonomy` that says what headings mean
    fields: Mapping[str, str]  # field -> what the owner reads
    joined: Mapping[str, int]  # field -> columns at most, where it may have several
    fits: Mapping[str, Test]
    shows: Mapping[str, Test]
    names: frozenset[str]  # without a column of these, the content says which one is the name
    trades: frozenset[str] = frozenset()  # the same for the trade; empty: nobody asks for it


BUSINESSES = Layout(
    headings=headings.BUSINESSES,
    fields=FIELDS,
    joined=JOINED,
    fits=FITS,
    shows=SHOWS,
    names=frozenset(("name",)),
    trades=frozenset(("category", "naics", "services")),
)


def guess_columns(
    header: Sequence[str], rows: Sequence[Sequence[str]], layout: Layout = BUSINESSES
) -> tuple[ColumnGuess, ...]:
    """One guess for each column of a list, from its heading and a sample of its rows; "" for one to leave out."""
    columns = [[v for row in rows if i < len(row) and (v := row[i].strip())][:SAMPLE] for i in range(len(header))]
    claims = [claim for i, values in enumerate(columns) for claim in _claims(i, header[i], values, layout)]
    taken = _settle(claims, header, columns, layout)
    if layout.names.isdisjoint(claim.field for claim in taken.values()):
        taken |= _name_by_content(header, columns, taken)
    if layout.trades and layout.trades.isdisjoint(claim.field for claim in taken.values()):
        taken |= _category_by_content(columns, taken)
    return tuple(
        ColumnGuess(
            position=i,
            header=shorten(clean(header[i]), 100),
            field=taken[i].field if i in taken else "",
            confidence=round(taken[i].sure, 2) if i in taken else 0.0,
            why=taken[i].why if i in taken else "nothing we keep",
            examples=tuple(shorten(clean(v), SHOWN_CHARACTERS) for v in dict.fromkeys(columns[i]))[:SHOWN],
        )
        for i in range(len(header))
    )


def _claims(position: int, heading: str, values: list[str], layout: Layout) -> list[Claim]:
    """What the heading claims, if the values agree; otherwise what the values show by themselves."""
    field, sure = field_of(heading, layout.headings)
    if field and field not in layout.fields:
        return []  # a heading that is known for what nobody needs
    said = f"the heading says “{shorten(clean(heading), SHOWN_CHARACTERS)}”"
    if field and not values:
        return [Claim(position, field, sure * 0.6, said)]
    if field:
        test, words = layout.fits[field]
        count = sum(map(test, values))
        sure *= NO_WORD + (1 - NO_WORD) * count / len(values)
        if count == len(values):
            return [Claim(position, field, sure, said)]
        if count > 0.2 * len(values):
            return [Claim(position, field, sure, f"{said}, and {count} of {len(values)} {words}")]
    elif not OTHERS.isdisjoint(words_of(heading).split()):
        return []
    return _shown(position, values, layout)


def _shown(position: int, values: list[str], layout: Layout) -> list[Claim]:
    claims = []
    for field, (test, words) in layout.shows.items():
        count = sum(map(test, values)) if values else 0
        if values and count >= CLEAR * len(values):
            claims.append(Claim(position, field, 0.75 * count / len(values), f"{count} of {len(values)} {words}"))
    return claims


def _settle(claims: list[Claim], header: Sequence[str], columns: list[list[str]], layout: Layout) -> dict[int, Claim]:
    """The surest claim to each field; fields that are joined take further columns."""
    taken: dict[int, Claim] = {}
    used: Counter[str] = Counter()
    for claim in sorted(claims, key=lambda c: (-c.sure, c.position)):
        if claim.sure < LEAST or claim.position in taken or used[claim.field] >= layout.joined.get(claim.field, 1):
            continue
        if claim.field == "address" and used["address"] and not _joins(claim.position, taken, header, columns):
            continue
        taken[claim.position] = claim
        used[claim.field] += 1
    return taken


def _joins(position: int, taken: dict[int, Claim], header: Sequence[str], columns: list[list[str]]) -> bool:
    """Whether a street column is a piece of the address (its number, its suite) rather than a second address."""
    pieces = [i for i, claim in taken.items() if claim.field == "address"] + [position]
    others = [i for i in pieces if PARTS.isdisjoint(words_of(header[i]).split())]
    full = [i for i in others if sum(bool(STREET.fullmatch(v)) for v in columns[i]) > 0.5 * len(columns[i])]
    return position not in others or len(others) < 2 or not full


def _name_by_content(header: Sequence[str], columns: list[list[str]], taken: dict[int, Claim]) -> dict[int, Claim]:
    """The column with most company names, or else with most different words, where no heading names one."""
    best: tuple[float, int, int] | None = None
    for i, values in enumerate(columns):
        if i in taken or not values or not OTHERS.isdisjoint(words_of(header[i]).split()):
            continue
        named = sum(bool(LEGAL.search(v)) and not LEGAL_FORM.fullmatch(v) for v in values)
        texts = len({fold(v) for v in values if _is_words(v)}) / len(values)
        if texts > 0.5 and (best is None or (named / len(values) + texts, -i) > best[:2]):
            best = (named / len(values) + texts, -i, named)
    if best is None:
        return {}
    position, count = -best[1], len(columns[-best[1]])
    why = f"{best[2]} of {count} end like company names" if best[2] else "the values differ and are words"
    return {position: Claim(position, "name", 0.6 if best[2] else LEAST, why)}


def _category_by_content(columns: list[list[str]], taken: dict[int, Claim]) -> dict[int, Claim]:
    """The column whose values repeat and mostly name trades that we know."""
    for i, values in enumerate(columns):
        kinds = Counter(values)
        if i in taken or len(values) < 3 or len(kinds) > 0.7 * len(values) or max(map(len, kinds)) > 80:
            continue
        known = sum(count for value, count in kinds.items() if services_of_category(clean(value)))
        if known >= CLEAR * len(values):
            return {i: Claim(i, "category", 0.6, f"{known} of {len(values)} are trades we know")}
    return {}


def is_point(lat: str, lon: str) -> tuple[float, float] | None:
    """Latitude and longitude in degrees from two texts; None when they are no place on the Earth."""
    if not (_degrees(lat, 90) or lat.lstrip("-+").isdigit()) or not (_degrees(lon, 180) or lon.lstrip("-+").isdigit()):
        return None
    return coordinates(float(lat.replace(",", ".")), float(lon.replace(",", ".")))
