"""Address book cards as a list of contacts: a line for each person, with all that their card says.

What an import has no field for stands in columns of its own, under headings that say whether it goes to the note or is
left out: so the preview shows everything, and nothing of a card is lost unseen. What is for programs is passed over.
"""

from collections.abc import Iterable, Iterator

from matcher.exchange.card_lines import Card, Property, read_cards
from matcher.exchange.grid import Grid, Line, refuse, within_limits
from matcher.exchange.vcard import NO_CARD

EMAILS, PHONES, ADDRESSES, WEBSITES = 8, 8, 4, 4  # of one card in columns; the fullest real one has 4, 7, 2 and 2
BESIDE = {  # heading -> the properties of which each says so
    "Birthday": ("BDAY",),
    "Nickname": ("NICKNAME",),
    "Anniversary": ("ANNIVERSARY", "X-ANNIVERSARY", "X-MS-ANNIVERSARY", "X-EVOLUTION-ANNIVERSARY"),
    "Categories": ("CATEGORIES",),
    "Spouse": ("X-SPOUSE", "X-MS-SPOUSE", "X-EVOLUTION-SPOUSE"),
    "Manager's Name": ("X-MS-MANAGER", "X-MANAGER", "X-EVOLUTION-MANAGER"),
    "Assistant's Name": ("X-MS-ASSISTANT", "X-ASSISTANT", "X-EVOLUTION-ASSISTANT"),
    "IM Address": ("IMPP", "X-MS-IMADDRESS", "X-AIM", "X-ICQ", "X-JABBER", "X-MSN", "X-YAHOO", "X-SKYPE", "X-SIP"),
}
HANDLED = frozenset({"FN", "N", "ORG", "X-DEPARTMENT", "TITLE", "ROLE", "NOTE", "EMAIL", "TEL", "ADR", "LABEL", "URL"})
MOST = {"FN": 1, "N": 1, "EMAIL": EMAILS, "TEL": PHONES, "ADR": ADDRESSES, "URL": WEBSITES}  # in columns of their own
FOR_PROGRAMS = frozenset(  # nothing about anybody
    {
        *("VERSION", "PRODID", "REV", "UID", "CLASS", "KIND", "SORT-STRING", "MAILER", "SOURCE", "NAME", "PROFILE"),
        *("CLIENTPIDMAP", "XML", "TZ", "FBURL", "CALURI", "CALADRURI", "AGENT", "X-ABUID", "X-ABSHOWAS", "X-ABADR"),
        *("X-ABLABEL", "X-MS-OL-DEFAULT-POSTAL-ADDRESS", "X-FILE-AS", "X-EVOLUTION-FILE-AS"),
    }
)
KNOWN = HANDLED.union(FOR_PROGRAMS, *BESIDE.values())


def open_grid(content: bytes) -> Grid:
    """The cards of a file as lines under headings such as address books write them."""
    rows = [_header(), *map(_cells, read_cards(content))]
    if len(rows) == 1:
        raise refuse(NO_CARD)
    used = sorted({i for cells in rows[1:] for i, cell in enumerate(cells) if cell.strip()})

    def lines() -> Iterator[Line]:
        return ((number, [cells[i] for i in used]) for number, cells in enumerate(rows, start=1))

    return Grid(form="vCard", lines=lambda: within_limits(lines()), heading_is_first=True)


def _cells(card: Card) -> list[str]:
    """The cells of one card, as many as `_header` has."""
    addresses = [_address(one) for one in card.all("ADR")[:ADDRESSES]]
    return [
        _name(card),
        next(iter(card.all("ORG")), card.first("ORG")).parts[0],
        next(iter(_positions(card)), ""),
        "\n".join(dict.fromkeys(one.text for one in card.all("NOTE"))),
        *_padded([one.text for one in card.all("EMAIL")], EMAILS),
        *_padded([cell for one in card.all("TEL")[:PHONES] for cell in _phone(one)], 2 * PHONES),
        *_padded([cell for one in addresses for cell in one], 5 * ADDRESSES),
        *_padded([one.text for one in card.all("URL")], WEBSITES),
        *map("; ".join, _departments(card)),
        "; ".join(_positions(card)[1:]),
        *_printed(card),
        *("; ".join(_texts(card, names)) for names in BESIDE.values()),
        "; ".join(_others(card)),
    ]


def _header() -> list[str]:
    numbered = range(1, ADDRESSES + 1)
    parts = ("Street", "City", "Region", "Postal Code", "Country")
    return [
        *("Name", "Company", "Job Title", "Notes"),
        *(f"E-mail {n} - Value" for n in range(1, EMAILS + 1)),
        *(f"Phone {n} - {part}" for n in range(1, PHONES + 1) for part in ("Label", "Value")),
        *(f"Address {n} - {part}" for n in numbered for part in parts),
        *(f"Website {n} - Value" for n in range(1, WEBSITES + 1)),
        *("Department", "Further company", "Further position", "Address as printed", "Address 1 - Formatted"),
        *BESIDE,
        "Custom Field 1 - Value",
    ]


def _name(card: Card) -> str:
    """The name as it is shown, else put together from its parts, else how they are called or where they work."""
    family, given, more, _, suffix = [*card.first("N").parts, *[""] * 5][:5]
    whole = " ".join(part.strip() for part in (given, more, family, suffix) if part.strip())
    names = (card.first("FN").text, whole, card.first("NICKNAME").text, card.first("ORG").parts[0])
    return next((name for name in names if name.strip()), "")


def _phone(one: Property) -> tuple[str, str]:
    return one.kinds, one.text.removeprefix("tel:")


def _address(one: Property) -> list[str]:
    """Street with house and box, town, state, postcode and country."""
    box, more, street, *rest = [*one.parts, *[""] * 7][:7]
    return [", ".join(part for part in (street, more, box) if part.strip()), *rest]


def _departments(card: Card) -> tuple[list[str], list[str]]:
    """The departments of a card, and the firms after the first; a firm stands before the semicolon."""
    firms = [[part.strip() for part in one.parts] for one in card.all("ORG")]
    departments = [part for firm in firms for part in firm[1:] if part] + _texts(card, ["X-DEPARTMENT"])
    further = [firm[0] for firm in firms[1:] if firm[0] not in ("", firms[0][0])]
    return list(dict.fromkeys(departments)), list(dict.fromkeys(further))


def _positions(card: Card) -> list[str]:
    return _texts(card, ["TITLE", "ROLE"])


def _printed(card: Card) -> tuple[str, str]:
    """Addresses as they are printed, where they are all that there is, and where they repeat one in parts."""
    text = "; ".join(_texts(card, ["LABEL"]))
    return ("", text) if card.all("ADR") else (text, "")


def _others(card: Card) -> list[str]:
    """What else a card says, behind the name that it gives it: parts of the name, and what is beyond the columns."""
    others = {name: card.all(name) for name in card.properties if name not in KNOWN and "PHONETIC" not in name}
    others |= {name: card.all(name)[most:] for name, most in MOST.items()}
    name = _name(card)
    parts = " ".join(part for one in card.first("N").parts if (part := one.strip()) not in name)
    return ([f"Name: {parts}"] if parts else []) + [
        f"{name.removeprefix('X-').capitalize()}: {', '.join(filter(None, map(str.strip, one.parts)))}"
        for name, told in others.items()
        for one in told
    ]


def _texts(card: Card, names: Iterable[str]) -> list[str]:
    """What the properties of these names say, each once."""
    return list(dict.fromkeys(text for name in names for one in card.all(name) if (text := one.text.strip())))


def _padded(cells: list[str], size: int) -> list[str]:
    return [*cells, *[""] * size][:size]
