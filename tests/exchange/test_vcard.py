"""Cards for address books: what a name holds never becomes a line of its own, and everything comes back."""

import re
from dataclasses import replace

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from matcher.answers.taught import Addressed
from matcher.errors import Invalid
from matcher.exchange.card_lines import CARDS_MOST, LINES_MOST
from matcher.exchange.clean import plain
from matcher.exchange.headings import field_of
from matcher.exchange.tables import read_table
from matcher.exchange.vcard import Version, read_vcards, write_vcards
from tests.exchange.payloads import PAYLOADS

VERSIONS: tuple[Version, ...] = ("3.0", "4.0")
HOSTILE = (
    "Ana\r\nTEL:+1 900 555 0199",
    "Ana\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:Eve",
    "Ana\u2028EMAIL:eve@example.com",
    "Ana\x85URL:javascript:alert(1)",
    "Ana;Eve,Mallory\\n\\",
    "\\",
    ":;,=",
)
WRITTEN = st.text(st.characters(codec="utf-8"), max_size=200).map(plain)
CARDS = st.builds(
    Addressed,
    name=WRITTEN.filter(bool),
    phone=WRITTEN,
    email=WRITTEN,
    street=WRITTEN,
    city=WRITTEN,
    region=WRITTEN,
    postcode=WRITTEN,
    country=WRITTEN,
    note=WRITTEN,
    website=st.sampled_from(("", "https://example.com/a,b;c?d=e", "www.example.com")),
)


@given(st.lists(CARDS, max_size=4), st.sampled_from(VERSIONS))
def test_cards_read_back_equal(cards: list[Addressed], version: Version) -> None:
    """What was written in either version is what is read."""
    assert read_vcards(write_vcards(cards, version)) == cards


@given(CARDS, WRITTEN, st.sampled_from(VERSIONS))
def test_a_contact_reads_back_beside_the_business(card: Addressed, contact: str, version: Version) -> None:
    """The person at a business comes back as the person, unless they are called as the business is."""
    told = replace(card, contact=contact if contact != card.name else "")
    assert read_vcards(write_vcards([told], version)) == [told]


@given(CARDS, st.sampled_from(VERSIONS))
def test_no_line_is_too_long_or_cut_through_a_character(card: Addressed, version: Version) -> None:
    """Each line holds at most 75 octets and is UTF-8 by itself."""
    lines = write_vcards([card], version).split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None for line in lines)  # strict: a cut character would raise


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("text", [*PAYLOADS, *HOSTILE])
def test_no_text_becomes_a_line_of_its_own(text: str, version: Version) -> None:
    """A card of hostile texts has one of each line, whichever sign a reader takes for the end of a line."""
    fields = ("name", "contact", "phone", "email", "website", "street", "city", "region", "postcode", "country", "note")
    card = Addressed(**dict.fromkeys(fields, text))  # type: ignore[arg-type]
    unfolded = write_vcards([card], version).decode().replace("\r\n ", "")
    names = [re.split("[;:]", line)[0] for line in unfolded.splitlines()]
    known = ["BEGIN", "VERSION", "FN", "N", "ORG", "TEL", "EMAIL", "URL", "ADR", "NOTE", "END"]
    assert [name for name in known if name in names] == names
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]", unfolded)


@pytest.mark.parametrize("text", [*PAYLOADS, *HOSTILE])
def test_another_program_reads_the_same_texts(text: str) -> None:
    """The library vobject finds in a card of version 3.0 one card with the name, number and note as they were."""
    (found,) = vobject.readComponents(write_vcards([Addressed(name=text, phone=text, note=text)]).decode())
    wanted = plain(text)
    assert (found.fn.value, found.tel.value, found.note.value) == (wanted, wanted, wanted)
    assert found.org.value == [wanted]
    assert len(found.contents["tel"]) == 1


def test_a_script_is_no_website() -> None:
    """An address that is none of the web's stays out of the card."""
    card = Addressed(name="Eve", website="javascript:alert(1)")
    assert b"javascript" not in write_vcards([card])


def test_a_card_of_another_program_is_read() -> None:
    """Groups, parameters, folded lines and a byte order mark do no harm."""
    text = (
        '\ufeffBEGIN:VCARD\nVERSION:4.0\nitem1.TEL;TYPE="work,voice";PREF=1:+1 520 555\n 0101\n'
        'FN:Ana Lopez\nORG:Roofs\\, Inc.;Sales\nADR;LABEL="1: Main":;;1 Main St;Tucson;AZ;85701;US\nEND:VCARD\n'
    )
    (found,) = read_vcards(text.encode())
    assert (found.name, found.contact, found.phone) == ("Roofs, Inc.", "Ana Lopez", "+1 520 5550101")
    assert (found.street, found.city, found.postcode) == ("1 Main St", "Tucson", "85701")


def test_cards_are_imported_like_any_list() -> None:
    """A file of cards is a table whose columns an import knows."""
    cards = [Addressed(name="Saguaro Realty", phone="520-555-0101", street="1 Main St", city="Tucson", region="AZ")]
    table = read_table("cards.vcf", write_vcards(cards))
    assert dict(zip(table.header, next(table.rows())[1], strict=True))["City"] == "Tucson"
    meant = [field_of(heading)[0] for heading in table.header]
    assert meant[:7] == ["name", "address", "city", "region", "postcode", "country", "phone"]


def test_too_many_cards_are_refused_before_they_are_read() -> None:
    """A file of more cards, or of more lines, than anybody has is refused with what to do."""
    for content in (
        b"BEGIN:VCARD\nEND:VCARD\n" * (CARDS_MOST + 1),
        b"BEGIN:VCARD\n" + b"A:\n" * LINES_MOST + b"END:VCARD\n",
        b"BEGIN:VCARD\n" + b"AGENT:BEGIN:VCARD\\nEND:VCARD\n" * CARDS_MOST + b"END:VCARD\n",
    ):
        with pytest.raises(Invalid, match="several files"):
            read_table("cards.vcf", content)


def test_half_a_card_is_refused_with_a_sentence() -> None:
    """A file that breaks off before a card ends is no list."""
    with pytest.raises(Invalid, match="no whole card"):
        read_table("cards.vcf", b"BEGIN:VCARD\r\nFN:Ana\r\n")
