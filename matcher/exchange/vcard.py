"""Address book cards of businesses: vCard 3.0 (RFC 2426) and 4.0 (RFC 6350) written, these and 2.1 read.

Our own, as the library vobject writes 3.0 alone. Phones read 3.0; 4.0 is for programs that ask for it. Whatever a name
holds, it stays a name: line breaks of every kind are written as `\\n`, other control characters are left out.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from matcher.answers.taught import Addressed
from matcher.exchange.card_lines import Card, read_cards
from matcher.exchange.clean import plain
from matcher.exchange.columns import WEBSITE
from matcher.exchange.grid import Grid, Line, refuse, within_limits

Version = Literal["3.0", "4.0"]
LINE_OCTETS = 75  # of a line without its end (both standards)
SPECIAL = re.compile(r"([\\,;\n])")
NO_CARD = "This file has no whole card in it. Save the cards again as vCard 3.0 or 4.0."
HEADINGS = {  # what an import calls a column -> the field of a card
    "Name": "name",
    "Address": "street",
    "City": "city",
    "State": "region",
    "ZIP": "postcode",
    "Country": "country",
    "Phone": "phone",
    "Email": "email",
    "Website": "website",
    "Notes": "note",
}
UNTOLD_NAME = "No name"  # a card needs one
TYPES: dict[Version, dict[str, str]] = {
    "3.0": {"TEL": "TEL;TYPE=WORK,VOICE", "EMAIL": "EMAIL;TYPE=INTERNET,WORK", "ADR": "ADR;TYPE=WORK"},
    "4.0": {"TEL": "TEL;TYPE=work", "EMAIL": "EMAIL;TYPE=work", "ADR": "ADR;TYPE=work"},
}


def write_vcards(cards: Iterable[Addressed], version: Version = "3.0") -> bytes:
    """The cards as one file in UTF-8, which address books read as they are; `read_vcards` gives back the same."""
    return b"".join(_folded(line) for card in cards for line in _lines(card, version))


def read_vcards(content: bytes) -> list[Addressed]:
    """The cards of a file; what stands on a card and has no place here is passed over."""
    return [_card(card) for card in read_cards(content)]


def open_grid(content: bytes) -> Grid:
    """The cards of a file as lines under headings that an import recognises."""
    cards = read_vcards(content)
    if not cards:
        raise refuse(NO_CARD)
    return Grid(form="vCard", lines=lambda: within_limits(_rows(cards)), heading_is_first=True)


def _rows(cards: Iterable[Addressed]) -> Iterator[Line]:
    yield 1, list(HEADINGS)
    for number, card in enumerate(cards, start=2):
        yield number, [getattr(card, field) for field in HEADINGS.values()]


def _lines(card: Addressed, version: Version) -> Iterator[str]:
    """The lines of one card; a line that would say nothing is left out."""
    typed = TYPES[version]
    contact, firm = plain(card.contact), plain(card.name) or UNTOLD_NAME
    given, _, family = contact.rpartition(" ")
    address = (card.street, card.city, card.region, card.postcode, card.country)
    yield from ("BEGIN:VCARD", f"VERSION:{version}")
    yield f"FN:{_escaped(contact or firm)}"
    yield f"N:{_escaped(family)};{_escaped(given)};;;"
    yield f"ORG:{_escaped(firm)}"
    if card.phone:
        yield f"{typed['TEL']}:{_escaped(card.phone)}"
    if card.email:
        yield f"{typed['EMAIL']}:{_escaped(card.email)}"
    if WEBSITE.fullmatch(card.website) and not re.search(r"[\s\\]", plain(card.website)):
        yield f"URL:{plain(card.website)}"  # an address is no text: nothing in it is escaped
    if any(address):
        yield f"{typed['ADR']}:;;{';'.join(map(_escaped, address))}"
    if card.note:
        yield f"NOTE:{_escaped(card.note)}"
    yield "END:VCARD"


def _escaped(text: str) -> str:
    return SPECIAL.sub(lambda sign: "\\n" if sign[1] == "\n" else f"\\{sign[1]}", plain(text))


def _folded(line: str) -> bytes:
    """The line in UTF-8, broken so that no part is longer than 75 octets and no character is cut through."""
    parts, room, octets = [], LINE_OCTETS, b""
    for sign in line:
        written = sign.encode()
        if len(octets) + len(written) > room:
            parts.append(octets)
            octets, room = b"", LINE_OCTETS - 1  # the blank before it
        octets += written
    return b"\r\n ".join((*parts, octets)) + b"\r\n"


def _card(card: Card) -> Addressed:
    address = [*card.first("ADR").parts, *[""] * 7]
    shown, firm = card.first("FN").text, card.first("ORG").parts[0]
    return Addressed(
        name=firm or shown,
        contact=shown if firm and shown != firm else "",
        phone=card.first("TEL").text,
        email=card.first("EMAIL").text,
        website=card.first("URL").text,
        street=address[2],
        city=address[3],
        region=address[4],
        postcode=address[5],
        country=address[6],
        note=card.first("NOTE").text,
    )
