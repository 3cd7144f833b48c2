"""Everybody on the list as a list for a spreadsheet, under headings that an import of contacts recognises."""

from collections.abc import Iterable, Mapping, Sequence

from matcher.answers.programme import ListedCard, Standing
from matcher.coach_kit.services import Added, name_of
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


def person_rows(people: Iterable[ListedCard], added: Added) -> Sheet:
    """People of the list with their tags; `added`: services beside ours."""
    return HEADING, (_row(one, added) for one in people)


def _row(one: ListedCard, added: Added) -> Sequence[Cell]:
    markets, tie = taxonomy().markets, one.tie
    return (
        one.name,
        one.email,
        one.phone,
        one.company,
        one.position,
        one.place,
        "; ".join(name_of(code, added) for code in one.offers),
        "; ".join(markets[code].name for code in one.serves if code in markets),
        "; ".join(lack.wording or name_of(lack.service, added) for lack in one.lacks if lack.status == "open"),
        tie.years,
        tie.contacts_a_year,
        YES_NO[tie.worked_together],
        YES_NO[tie.would_vouch],
        STANDINGS[one.standing],
        YES_NO[one.is_client],
        one.tagged_on,
    )
