"""What the columns of a list of clients may hold, and how each is recognised."""

import re
from collections.abc import Mapping

from matcher.exchange.columns import CLOSED, DATE, EMAIL, FITS, SHOWS, Layout, Test
from matcher.taxonomy import taxonomy

CLIENT_FIELDS: Mapping[str, str] = {  # field -> what the owner reads; a column in no field is not stored
    "name": "Name of the client",
    "first_name": "First name",
    "last_name": "Last name",
    "email": "E-mail",
    "phone": "Telephone",
    "place": "Place (town and state, or ZIP)",
    "city": "Town",
    "region": "State",
    "postcode": "ZIP code",
    "country": "Country",
    "grade": "Grade (A, B or C)",
    "markets": "Kind of client",
    "value": "Worth a year",
    "note": "Note",
    "need": "What they need",
    "service": "Which service that is",
    "needed_by": "Needed by",
    "journey": "What they go through",
    "since": "Its day",
}
GRADE = re.compile(r"(?:grade|class|klasse)?\s*([ABC])\s*[+-]?(?:[- ]?(?:client|customer|kunde))?", re.IGNORECASE)
MONEY = re.compile(r"[$€£]?\s*-?\d[\d.,' ]*\s*[kK]?\s*([$€£]|usd|eur|gbp)?", re.IGNORECASE)
DAY = re.compile(rf"(?:{DATE.pattern})|(?:.*[^\W\d]{{3,}}.*\d{{4}}.*)")  # in figures, or with the month in letters
WORDS = re.compile(r".*[^\W\d]{2}.*", re.DOTALL)


def _is_name(text: str) -> bool:
    return WORDS.fullmatch(text) is not None and not EMAIL.fullmatch(text) and not CLOSED.fullmatch(text)


def _is_market(text: str) -> bool:
    return any(taxonomy().find_market(part) for part in re.split(r"[;|,\n]", text)[:3])


CLIENT_FITS: Mapping[str, Test] = {
    **{field: FITS[field] for field in ("email", "phone", "city", "region", "postcode", "country")},
    "name": (_is_name, "look like names"),
    "first_name": (_is_name, "look like names"),
    "last_name": (_is_name, "look like names"),
    "place": (lambda t: not EMAIL.fullmatch(t) and len(t) > 1, "could be places"),
    "grade": (lambda t: GRADE.fullmatch(t) is not None, "are A, B or C"),
    "markets": (_is_market, "are kinds of clients that we know"),
    "value": (lambda t: MONEY.fullmatch(t) is not None and not DATE.fullmatch(t), "look like amounts"),
    "note": (lambda t: bool(t.strip()), "are words"),
    "need": (lambda t: WORDS.fullmatch(t) is not None and not EMAIL.fullmatch(t), "are words"),
    "service": (lambda t: bool(taxonomy().spelled(t, 1)), "are services that we know"),
    "needed_by": (lambda t: DAY.fullmatch(t) is not None, "look like days"),
    "journey": (lambda t: WORDS.fullmatch(t) is not None and not EMAIL.fullmatch(t), "are words"),
    "since": (lambda t: DAY.fullmatch(t) is not None, "look like days"),
}
CLIENTS = Layout(
    headings="client_headings.csv",
    fields=CLIENT_FIELDS,
    joined={"note": 5, "need": 5, "markets": 3},
    fits=CLIENT_FITS,
    shows={field: SHOWS[field] for field in ("email", "phone", "postcode", "region", "city")},
    names=frozenset(("name", "first_name", "last_name")),
)
