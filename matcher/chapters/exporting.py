"""The chapter of `Network` on files: every list by its name, whole, narrowed to what somebody asks for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal, TypedDict, Unpack

from matcher.answers.covered import ClientCard
from matcher.answers.introduced import IntroductionStage
from matcher.answers.partners import Filters, Home
from matcher.answers.programme import ListedCard, Which
from matcher.chapters.asking import ALL
from matcher.chapters.connecting import Connecting
from matcher.chapters.filling import RECRUITS_USUAL, Filling
from matcher.chapters.introducing import Introducing
from matcher.chapters.listing import Listing
from matcher.chapters.suggesting import Suggesting
from matcher.chapters.teaching import Teaching
from matcher.exchange.export import write_csv, write_xlsx
from matcher.introductions.introduction_cards import introduction_paper, introduction_rows
from matcher.lists.answer_lists import (
    Sheet,
    client_rows,
    directory_rows,
    one_sided_rows,
    overflow_rows,
    seat_rows,
    suggestion_rows,
    unmet_rows,
)
from matcher.lists.coverage_lists import WHOLE, Narrowed, assignment_rows, coverage_rows, recruit_rows
from matcher.lists.letters import Form, address_file, list_file, only_as_sheet, person_cards
from matcher.lists.people_lists import person_rows

Sheets = Literal[
    "suggestions",
    "one-sided",
    "overflow",
    "directory",
    "network",
    "coverage",
    "assignment",
    "recruits",
    "broker",
    "clients",
    "people",
]
Addresses = Literal["partners", "letters"]
Listed = Literal[Sheets, Addresses, "introductions"]
EXPORTED = 5_000  # suggestions in one exported list, as nobody calls more people


class Narrowing(TypedDict, total=False):
    """What some lists are narrowed to beside the filters."""

    home: Home | None  # a described one instead of the owner's
    needs: Narrowed  # of the assignment
    count: int  # of recruits
    grade: str  # of clients
    waiting: bool  # clients with an open need only
    stages: Sequence[IntroductionStage]  # of introductions
    which: Which  # of everybody on the list


class Exporting(Suggesting, Filling, Connecting, Listing, Introducing, Teaching):
    """Everything that is filtered is what is exported."""

    def export(self, what: Listed, form: Form, filters: Filters = ALL, **narrowed: Unpack[Narrowing]) -> bytes:
        """The whole list as a file, narrowed by the filters and by what only some lists know.

        Invalid for a list that a form cannot hold.
        """
        if what == "partners" or what == "letters":
            return _addresses(self, what, form, filters, narrowed.get("home"))
        if what == "introductions":
            return _introductions(self, form, narrowed.get("stages", ()))
        if form == "vcf" and what in PEOPLE:
            return person_cards(PEOPLE[what](self, filters, narrowed))
        if form in ("vcf", "pdf"):
            raise only_as_sheet(form)
        write = write_csv if form == "csv" else write_xlsx
        return write(*SHEETS[what](self, filters, narrowed))


def _addresses(network: "Exporting", what: Addresses, form: Form, filters: Filters, home: Home | None) -> bytes:
    """Partners, or the businesses suggested, with their addresses and why we write."""
    wanted = filters if what == "letters" else Filters(decided=True)
    asked = home or network.home()
    found = network.suggestions(wanted, limit=EXPORTED, home=home).suggestions if asked else ()
    if what == "letters":
        return address_file(form, "Businesses to meet", network.addresses([s.business_id for s in found]), found)
    return address_file(form, "Our partners", network.partner_addresses(filters.text), found)


def _introductions(network: "Exporting", form: Form, stages: Sequence[IntroductionStage]) -> bytes:
    """Introductions in these stages; as cards, both sides of each."""
    found = network.introductions(stages)
    cards = network.cards_of([side.whose for one in found for side in (one.first, one.target)])
    return list_file(form, "Introductions", introduction_rows(found), introduction_paper(found), cards)


def _suggestions(network: "Exporting", filters: Filters, narrowed: Narrowing) -> Sheet:
    found = network.suggestions(filters, limit=EXPORTED, home=narrowed.get("home"))
    return suggestion_rows(found.suggestions)


def _one_sided(network: "Exporting", _: Filters, narrowed: Narrowing) -> Sheet:
    return one_sided_rows(network.one_sided(limit=EXPORTED, home=narrowed.get("home")).businesses)


def _overflow(network: "Exporting", filters: Filters, narrowed: Narrowing) -> Sheet:
    return overflow_rows(network.overflow(filters, limit=EXPORTED, home=narrowed.get("home")).partners)


def _assignment(network: "Exporting", _: Filters, narrowed: Narrowing) -> Sheet:
    return assignment_rows(network.assignment(), narrowed.get("needs", WHOLE), network.programme_services())


def _clients(network: "Exporting", filters: Filters, narrowed: Narrowing) -> Iterator[ClientCard]:
    """Clients go by the text of the filters."""
    grade, waiting = narrowed.get("grade", ""), narrowed.get("waiting", False)
    return network.whole_client_list(filters.text, grade, waiting=waiting)


def _people(network: "Exporting", filters: Filters, narrowed: Narrowing) -> Iterator[ListedCard]:
    """So does everybody on the list."""
    return network.whole_people_list(filters.text, narrowed.get("which", ""))


PEOPLE: Mapping[str, Callable[["Exporting", Filters, Narrowing], Iterator[ClientCard | ListedCard]]] = {
    "clients": _clients,
    "people": _people,
}


SHEETS: Mapping[Sheets, Callable[["Exporting", Filters, Narrowing], Sheet]] = {
    "suggestions": _suggestions,
    "one-sided": _one_sided,
    "overflow": _overflow,
    "assignment": _assignment,
    "directory": lambda network, filters, _: directory_rows(network.whole_directory(filters)),
    "network": lambda network, *_: seat_rows(network.picture()),
    "coverage": lambda network, *_: coverage_rows(network.coverage(), network.programme_services()),
    "recruits": lambda network, _, narrowed: recruit_rows(network.recruits(narrowed.get("count", RECRUITS_USUAL))),
    "broker": lambda network, *_: unmet_rows(network.bring_together(limit=EXPORTED).pairs),
    "clients": lambda network, filters, narrowed: client_rows(
        _clients(network, filters, narrowed), network.programme_services()
    ),
    "people": lambda network, filters, narrowed: person_rows(
        _people(network, filters, narrowed), network.programme_services()
    ),
}
