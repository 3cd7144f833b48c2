"""Address book cards as a list of contacts: a line for each person, with all their addresses and numbers."""

from collections.abc import Iterator

from matcher.exchange.card_lines import Card, Property, read_cards
from matcher.exchange.grid import Grid, Line, refuse, within_limits
from matcher.exchange.vcard import NO_CARD

EMAILS, PHONES, ADDRESSES, WEBSITES = 8, 8, 4, 4  # of one card at most; the fullest real one has 4, 7, 2 and 2


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
        card.first("ORG").parts[0],
        card.first("TITLE").text or card.first("ROLE").text,
        "\n".join(dict.fromkeys(one.text for one in card.all("NOTE"))),
        *_padded([one.text for one in card.all("EMAIL")], EMAILS),
        *_padded([cell for one in card.all("TEL")[:PHONES] for cell in _phone(one)], 2 * PHONES),
        *_padded([cell for one in addresses for cell in one], 5 * ADDRESSES),
        *_padded([one.text for one in card.all("URL")], WEBSITES),
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
    """Street, town, state, postcode and country; the box or the house stands for a street that is not there."""
    box, more, street, *rest = [*one.parts, *[""] * 7][:7]
    return [", ".join(part for part in (street, more) if part.strip()) or box, *rest]


def _padded(cells: list[str], size: int) -> list[str]:
    return [*cells, *[""] * size][:size]
