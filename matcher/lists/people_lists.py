"""Everybody on the list as a list for a spreadsheet, under headings that an import of contacts recognises."""

from collections.abc import Iterable, Mapping, Sequence

from matcher.answers.programme import ListedCard, Standing
from matcher.lists.answer_lists import Cell, Sheet
from matcher.taxonomy import taxonomy

HEADING = (
    "Name",
    "E-mail",
    "Telephone",
    "Company",
    "Position",
    "Town",
    "Services",
    "Sells to",
    "May lack",
    "Years you know each other",
    "Talks a year",
    "You worked together",
    "You would vouch",
    "About business",
    "Client",
    "Tagged on",
)
STANDINGS: Mapping[Standing, str] = {"": "", "cold": "never talked about", "no": "said no"}
YES_NO = {True: "yes", False: "no", None: ""}


def person_rows(people: Iterable[ListedCard]) -> Sheet:
    """People of the list with their tags."""
    return HEADING, map(_row, people)


def _row(one: ListedCard) -> Sequence[Cell]:
    known, tie = taxonomy(), one.tie
    return (
        one.name,
        one.email,
        one.phone,
        one.company,
        one.position,
        one.place,
        "; ".join(known.services[code].name for code in one.offers if code in known.services),
        "; ".join(known.markets[code].name for code in one.serves if code in known.markets),
        "; ".join(lack.wording or known.services[lack.service].name for lack in one.lacks if lack.status == "open"),
        tie.years,
        tie.contacts_a_year,
        YES_NO[tie.worked_together],
        YES_NO[tie.would_vouch],
        STANDINGS[one.standing],
        YES_NO[one.is_client],
        one.tagged_on,
    )
