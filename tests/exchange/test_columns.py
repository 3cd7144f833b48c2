"""Columns are recognised by their headings and by what stands in them."""

from pathlib import Path

import pytest

from matcher.exchange.columns import FIELDS, guess_columns
from matcher.exchange.headings import field_of
from matcher.exchange.tables import read_table
from matcher.taxonomy import read_rows


def fields(header: list[str], *rows: list[str]) -> list[str]:
    """The guessed field of each column."""
    return [guess.field for guess in guess_columns(header, rows)]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("BusinessName", "name"),
        ("business_name", "name"),
        ("DBA NAME", "name"),
        ("Firmenname", "name"),
        ("Raison sociale", "name"),
        ("Razón social", "name"),
        ("Bedrijfsnaam", "name"),
        ("Ragione Sociale", "name"),
        ("Straße", "address"),
        ("Zip_Code", "postcode"),
        ("PLZ", "postcode"),
        ("Code postal", "postcode"),
        ("Ville", "city"),
        ("Localidad", "city"),
        ("Woonplaats", "city"),
        ("Téléphone", "phone"),
        ("Sito web", "website"),
        ("E-mail Address", "email"),
        ("Primary NAICS Code", "naics"),
        ("Primary business telephone number", "phone"),
        ("Closed?", "closed"),
    ],
)
def test_headings_are_known_in_six_languages(heading: str, field: str) -> None:
    """Case, accents, underscores and joined words do not matter."""
    assert field_of(heading)[0] == field


@pytest.mark.parametrize(
    "heading", ["Owner Name", "Fax", "Lender", "First Name", "Date Approved", "closest_stop", "Loan ID"]
)
def test_headings_about_others_are_left_out(heading: str) -> None:
    """People, lenders, dates and numbers of a licence are not facts about the business that we keep."""
    assert field_of(heading)[0] == ""


def test_every_heading_belongs_to_a_field_and_to_one_only() -> None:
    """The list of headings and the list of fields agree."""
    rows = read_rows("headings.csv")
    assert {row["field"] for row in rows} == set(FIELDS)
    assert len({row["text"] for row in rows}) == len(rows)


def test_columns_without_headings_are_known_by_content() -> None:
    """Telephone, ZIP, state, web, e-mail and position speak for themselves."""
    rows = [
        ["Acme Plumbing LLC", "12 Main St", "Tucson", "AZ", "85701", "(520) 555-0134", "info@acme.com", "www.acme.com"],
        [
            "Beta Books Inc",
            "5 Elm Avenue",
            "Phoenix",
            "AZ",
            "85004",
            "(602) 555-0147",
            "hi@beta.org",
            "https://beta.org",
        ],
        ["Gamma Gym", "77 Oak Rd", "Mesa", "AZ", "85201", "480-555-0188", "gym@gamma.net", "www.gamma.net"],
    ]
    header = [f"Column {i}" for i in range(1, 9)]
    expected = ["name", "address", "city", "region", "postcode", "phone", "email", "website"]
    assert fields(header, *rows) == expected


def test_industry_codes_and_positions_are_known_by_content() -> None:
    """Six digits that are NAICS codes, and degrees north and west."""
    rows = [["A LLC", "541110", "32.2217", "-110.9265"], ["B LLC", "722511", "32.1150", "-110.8800"]]
    assert fields(["x1", "x2", "x3", "x4"], *rows) == ["name", "naics", "lat", "lon"]


def test_content_corrects_a_wrong_heading() -> None:
    """A column called telephone that is full of e-mail addresses is e-mail."""
    rows = [["Acme", "info@acme.com"], ["Beta", "hi@beta.org"]]
    assert fields(["Name", "Phone"], *rows) == ["name", "email"]


def test_pieces_of_a_street_are_joined_but_two_addresses_are_not() -> None:
    """Number, name and suite belong together; a second, complete address does not."""
    pieces = ["Street_Number", "Street_Name", "Suite", "Name"]
    assert fields(pieces, ["12", "Main", "4", "A"]) == ["address", "address", "address", "name"]
    two = fields(["Name", "Address", "Site Address"], ["A", "12 Main St", "9 Elm St"], ["B", "13 Main St", "8 Elm St"])
    assert two == ["name", "address", ""]


def test_a_legal_form_is_no_category() -> None:
    """ "Business type" may say Corporation, which says nothing about the trade."""
    assert fields(["Name", "Business Type"], ["A", "Corporation"], ["B", "Limited Liability Company(LLC)"]) == [
        "name",
        "",
    ]


def test_a_category_without_heading_is_known_by_trades_that_repeat() -> None:
    """A column of a few words that are all trades is the category."""
    rows = [
        [f"Firm {i} Inc", trade] for i, trade in enumerate(["Plumber", "Bakery", "Plumber", "Dentist", "Bakery"] * 2)
    ]
    assert fields(["a", "b"], *rows) == ["name", "category"]


def test_each_guess_says_why() -> None:
    """The owner reads a reason and examples, in order to correct a guess."""
    phones = [["Acme", f"520-555-01{i:02d}"] for i in range(9)] + [["Beta", "none"]]
    name, phone = guess_columns(["Name", "Nr"], phones)
    assert name.why == "the heading says “Name”"
    assert phone.why == "9 of 10 look like US phone numbers"
    assert phone.examples[0] == "520-555-0100"


def test_unknown_columns_are_left_out() -> None:
    """What nobody asked for is not stored."""
    assert fields(["Name", "Shoe size of the mayor"], ["A", "43"], ["B", "44"]) == ["name", ""]


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (
            "businesses/tucson_licenses.csv",
            {"Business_Name": "name", "NAICS_Code": "naics", "Zip_Code": "postcode", "lon": "lon"},
        ),
        ("businesses/montana_ppp.csv", {"BusinessName": "name", "NAICSCode": "naics", "Zip": "postcode", "Lender": ""}),
        (
            "businesses/venues_ri_de_vt_wy.csv.gz",
            {"name": "name", "tags": "category", "deprecated": "closed", "wof_id": ""},
        ),
        ("duplicates/chicago_sites.csv", {"name": "name", "phone": "phone", "true_id": ""}),
    ],
)
def test_columns_of_real_lists_are_recognised(file: str, expected: dict[str, str], shared_data: Path) -> None:
    """Licence lists, loan lists and maps need no correction."""
    table = read_table(file, (shared_data / file).read_bytes())
    rows = [row for _, (_, row) in zip(range(200), table.rows(), strict=False)]
    found = {guess.header: guess.field for guess in guess_columns(table.header, rows)}
    assert {heading: found[heading] for heading in expected} == expected
