"""What the columns of a list of contacts may hold, and how each is recognised."""

import re
from collections.abc import Mapping, Sequence

from matcher.exchange.columns import EMAIL, PHONE, SHOWS, Layout, Test
from matcher.exchange.headings import words_of

CONTACT_HEADINGS = "contact_headings.csv"
CONTACT_FIELDS: Mapping[str, str] = {  # field -> what the owner reads; a column in no field is not stored
    "name": "Name",
    "first_name": "First name",
    "middle_name": "Middle name",
    "last_name": "Last name",
    "suffix": "What follows the name (Jr.)",
    "company": "Where they work",
    "position": "What they do there",
    "email": "E-mail",
    "phone": "Telephone",
    "website": "Website or profile",
    "street": "Street and number",
    "city": "Town",
    "region": "State or region",
    "postcode": "Postcode or ZIP",
    "country": "Country",
    "referred_by": "Who sent them to you",
    "known_since": "Known since",
    "note": "Note",
    "birthday": "Birthday, for the note",
    "department": "Department, for the note",
    "beside": "Something else, for the note",
}
ADDRESS = ("street", "city", "region", "postcode", "country")
ADDRESSES = 8  # of one person; the widest export observed has four
HONORIFIC = re.compile(
    r"(mr|mrs|ms|miss|mx|dr|prof|professor|rev|sir|herr|frau|mme|m|sr|sra|sig|sigra|dhr|mevr)\.?", re.IGNORECASE
)
WORDS = re.compile(r".*[^\W\d_].*", re.DOTALL)
WHICH = re.compile(r"(address \d|business|work|home|other|mailing|billing|shipping|private)\b")


def _is_text(text: str) -> bool:
    return WORDS.fullmatch(text) is not None and not EMAIL.fullmatch(text)


def which_address(heading: str) -> str:
    """Which of several addresses a column belongs to, such as "home" or "address 2"; empty where there is one."""
    found = WHICH.match(words_of(heading))
    return found[1] if found else ""


def addresses(header: Sequence[str], at: Mapping[str, Sequence[int]]) -> list[dict[str, list[int]]]:
    """The columns of each address in the order of the file: field -> positions."""
    found: dict[str, dict[str, list[int]]] = {}
    for position, field in sorted((i, part) for part in ADDRESS for i in at.get(part, ())):
        found.setdefault(which_address(header[position]), {}).setdefault(field, []).append(position)
    return list(found.values())


NAMES: Test = (_is_text, "look like names")
PLACES: Test = (lambda t: not EMAIL.fullmatch(t), "could be part of an address")  # each country writes its own
CONTACT_FITS: Mapping[str, Test] = {
    **dict.fromkeys(("name", "first_name", "middle_name", "last_name"), NAMES),
    "suffix": (lambda t: len(t) <= 20, "are short"),
    "company": NAMES,
    "position": (lambda t: _is_text(t) and not HONORIFIC.fullmatch(t), "are words"),
    "email": (lambda t: not PHONE.fullmatch(t), "could be e-mail addresses"),
    "phone": (lambda t: not EMAIL.fullmatch(t), "could be telephone numbers"),  # "ask Ann"
    "website": (lambda t: "." in t and not EMAIL.fullmatch(t), "look like web addresses"),
    **dict.fromkeys(ADDRESS, PLACES),
    "referred_by": NAMES,
    "known_since": (lambda t: any(c.isdigit() for c in t), "look like days"),
    "birthday": (lambda t: any(c.isdigit() for c in t), "look like days"),
    **dict.fromkeys(("department", "beside", "note"), (lambda t: bool(t.strip()), "are words")),
}
CONTACTS = Layout(
    headings=CONTACT_HEADINGS,
    fields=CONTACT_FIELDS,
    joined={"email": 8, "phone": 16, "website": 8, "street": 4 * ADDRESSES}
    | {"note": 8, "birthday": 3, "department": 4, "beside": 8}
    | dict.fromkeys(ADDRESS[1:], ADDRESSES),
    fits=CONTACT_FITS,
    shows={field: SHOWS[field] for field in ("email", "website", "phone")},
    names=frozenset(("name", "first_name", "last_name")),
)
