"""Addresses as files: columns for a mail merge, cards for an address book, a list on paper."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from matcher.answers.covered import ClientCard
from matcher.answers.partners import Suggestion
from matcher.answers.programme import ListedCard
from matcher.answers.taught import Addressed
from matcher.errors import Invalid
from matcher.exchange.export import write_csv, write_xlsx
from matcher.exchange.pdf import write_pdf_list
from matcher.exchange.vcard import write_vcards
from matcher.lists.answer_lists import Sheet
from matcher.taxonomy import taxonomy

Form = Literal["csv", "xlsx", "vcf", "pdf"]  # a card is of somebody; on paper goes what fits there
HEADING = (  # an import recognises all but the greeting, the reason and the partnership
    "Greeting",
    "Name",
    "Contact",
    "Address",
    "City",
    "State",
    "ZIP",
    "Country",
    "Email",
    "Phone",
    "Website",
    "Services",
    "Reason",
    "Partnership",
)
ON_PAPER = ("Business", "What they sell", "Whom to ask for", "Phone", "E-mail", "Address", "Partnership")


def merge_rows(found: Sequence[Addressed], reasons: Mapping[int, str]) -> Sheet:
    """A line for each letter: whom to greet, where it goes, and why we write."""
    return HEADING, (
        (
            one.contact or one.name,
            one.name,
            one.contact,
            one.street,
            one.city,
            one.region,
            one.postcode,
            one.country,
            one.email,
            one.phone,
            one.website,
            _services(one),
            reasons.get(one.business_id or 0, ""),
            one.stage,
        )
        for one in found
    )


def address_file(form: str, title: str, found: Sequence[Addressed], suggested: Iterable[Suggestion]) -> bytes:
    """The addresses in one of four forms: csv, xlsx, vcf, pdf; a suggestion says why we write to a business."""
    if form == "vcf":
        return write_vcards(found)
    if form == "pdf":
        return write_pdf_list(title, ON_PAPER, [_on_paper(one) for one in found], sentence=_count(len(found)))
    return (write_xlsx if form == "xlsx" else write_csv)(
        *merge_rows(found, {one.business_id: _reason_for_them(one) for one in suggested})
    )


def _reason_for_them(suggestion: Suggestion) -> str:
    """The strongest reason why they should want to meet us, as a letter may say it."""
    theirs = [reason for reason in suggestion.reasons if reason.side == "them"]
    return theirs[0].sentence if theirs else ""


def list_file(form: Form, title: str, sheet: Sheet, paper: Sheet, cards: Iterable[Addressed]) -> bytes:
    """A list of what is about people, in one of four forms: all columns, fewer of them on paper, or their cards."""
    if form == "vcf":
        return write_vcards(cards)
    if form == "pdf":
        rows = list(paper[1])
        return write_pdf_list(title, paper[0], rows, sentence=f"{len(rows):,} in this list.")
    return (write_xlsx if form == "xlsx" else write_csv)(*sheet)


def person_cards(people: Iterable[ClientCard | ListedCard]) -> bytes:
    """People as cards for an address book, without what we noted of them."""
    cards = [Addressed(name=one.name, phone=one.phone, email=one.email, city=one.place) for one in people]
    return write_vcards(cards)


def only_as_sheet(form: str) -> Invalid:
    """The exception for a list that is about nobody, asked for as cards or on paper."""
    kind = "cards" if form == "vcf" else "a PDF"
    return Invalid("form", f"This list cannot be written as {kind}. Take one that is about people, or choose Excel.")


def _on_paper(one: Addressed) -> tuple[str, ...]:
    town = " ".join(filter(None, (one.city, one.region, one.postcode)))
    where = ", ".join(filter(None, (one.street, town)))
    return one.name, _services(one), one.contact, one.phone, one.email, where, one.stage


def _services(one: Addressed) -> str:
    services = taxonomy().services
    return "; ".join(services[code].name for code in one.services if code in services)


def _count(number: int) -> str:
    return "One business" if number == 1 else f"{number:,} businesses"
