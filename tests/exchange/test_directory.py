"""Tables become businesses, and every row is accounted for."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.answers.imported import Problem
from matcher.exchange.columns import guess_columns
from matcher.exchange.directory import BusinessRow, read_businesses
from matcher.exchange.reader import LISTED
from matcher.exchange.tables import read_table

from .conftest import Read


def test_a_row_becomes_a_business(read: Read) -> None:
    """All fields that the list tells are kept, with the services of the code and where they come from."""
    (business,), problems = read(
        "Name,Street,City,State,Zip,Phone,Email,Web,NAICS,Price tier\n"
        "Acme CPA LLC,12 Main St,Tucson,AZ,857011234,520-555-0134,info@acme.com,www.acme.com,541211,$$\n"
    )
    assert problems == []
    assert (business.name, business.address, business.city) == ("Acme CPA LLC", "12 Main St", "Tucson")
    assert (business.region, business.postcode, business.country) == ("AZ", "85701-1234", "US")
    assert (business.phone, business.email, business.website) == ("520-555-0134", "info@acme.com", "www.acme.com")
    assert business.tier == 2
    assert business.offers["accountant"][1] == "naics"


def test_pieces_of_the_address_are_joined_in_order(read: Read) -> None:
    """Number, direction, name, suffix and suite make one address."""
    (business,), _ = read(
        "Name,Street_Number,Street_Direction,Street_Name,Street_Suffix,Suite\nA Inc,4918,E,25TH,ST,#5\n"
    )
    assert business.address == "4918 E 25TH ST #5"


def test_levels_of_a_category_are_joined(read: Read) -> None:
    """Category and subcategory are read as one path."""
    (business,), _ = read("name,category,subcategory\nA,Services,Barber\n")
    assert business.category == "Services > Barber"
    assert set(business.offers) == {"barber"}


def test_a_zip_code_places_a_business_roughly(read: Read) -> None:
    """Without a position the middle of the ZIP area is used, and said to be rough; lost zeros come back."""
    (business,), _ = read("Name,State,Zip\nAcme,RI,2903\n")
    assert business.postcode == "02903"
    assert business.roughly_placed
    assert business.lat == pytest.approx(41.8, abs=0.1)
    assert business.city == "Providence"


def test_a_position_in_the_file_is_exact(read: Read) -> None:
    """Coordinates in the list win over the ZIP area."""
    (business,), _ = read("Name,Zip,State,lat,lon\nAcme,85701,AZ,32.25,-110.95\n")
    assert (business.lat, business.lon, business.roughly_placed) == (32.25, -110.95, False)


@pytest.mark.parametrize("position", ["132.2,-110.9", "north,west", "32.2,-190.5"])
def test_a_bad_position_is_a_problem_that_keeps_the_row(read: Read, position: str) -> None:
    """The business is stored without its position, and the owner is told."""
    (business, _), problems = read(f"Name,City,lat,lon\nAcme,,{position}\nBeta,,32.2217,-110.9265\n")
    assert business.lat is None
    assert [(p.line, p.field, p.keeps_out) for p in problems] == [(2, "lat", False)]


def test_zero_zero_means_unknown_without_a_complaint(read: Read) -> None:
    """The point where missing values end up is no position, and no problem."""
    (business, _), problems = read("Name,lat,lon\nAcme,0,0\nBeta,32.2217,-110.9265\n")
    assert (business.lat, problems) == (None, [])


def test_a_position_far_from_its_zip_code_is_pointed_out(read: Read) -> None:
    """One of the two is wrong; the owner knows which."""
    _, problems = read("Name,State,Zip,lat,lon\nAcme,NE,68064,41.8227,-71.4399\n")
    assert "far from the ZIP code" in problems[0].sentence


def test_a_european_postcode_is_not_taken_for_a_zip_code(read: Read) -> None:
    """10115 in Berlin is not in New York, and 1010 in Vienna keeps its four digits."""
    (berlin, vienna), _ = read("Firma,PLZ,Ort\nBäcker Groß,10115,Berlin\nCafé Mozart,1010,Wien\n")
    assert (berlin.lat, berlin.country) == (None, "")
    assert vienna.postcode == "1010"


def test_a_row_without_a_name_stays_out(read: Read) -> None:
    """There is nothing to store, and the line says so."""
    businesses, problems = read("Name,City\nAcme,Tucson\n,Ajo\n--,Mesa\n")
    assert len(businesses) == 1
    assert [(p.line, p.sentence) for p in problems] == [
        (3, "This line has no name of a business."),
        (4, "This line has no name of a business."),
    ]


@pytest.mark.parametrize(
    ("heading", "value"), [("closed_on", "2018-08-16"), ("Business Status", "Inactive"), ("superseded", "True")]
)
def test_a_closed_business_stays_out(read: Read, heading: str, value: str) -> None:
    """A business that is no more is nobody to meet."""
    businesses, problems = read(f"Name,City,{heading}\nAcme,Tucson,{value}\nBeta,Ajo,\n")
    assert [business.name for business in businesses] == ["Beta"]
    assert problems[0].keeps_out
    assert value in problems[0].sentence


@pytest.mark.parametrize("value", ["Active", "False", "no", "9999-12-31", "0000-00-00"])
def test_an_open_business_is_stored(read: Read, value: str) -> None:
    """Words for open, and dates that only fill the field, close nothing."""
    businesses, _ = read(f"Name,City,closed\nAcme,Tucson,{value}\n")
    assert len(businesses) == 1


def test_a_repeated_row_is_stored_once(read: Read) -> None:
    """Spelling and case of name and address do not make a second business."""
    businesses, problems = read(
        "Name,Address,Zip\nAcme Inc.,12 Main St.,85701\nACME, INC,12 MAIN ST,85701\n".replace(
            "ACME, INC", '"ACME, INC"'
        )
    )
    assert len(businesses) == 1
    assert problems[0].sentence == "The same business as line 2; stored once."


def test_a_repeated_row_with_another_industry_adds_its_services(read: Read) -> None:
    """Two licences of one firm at one place are one business with both trades."""
    (business,), problems = read("Name,Address,Zip,NAICS\nAcme,1 Elm St,85701,621210\nAcme,1 Elm St,85701,811111\n")
    assert {"dentist", "auto_repair"} <= set(business.offers)
    assert problems[0].keeps_out


def test_the_same_name_elsewhere_is_another_business(read: Read) -> None:
    """Branches of a chain are kept apart."""
    businesses, _ = read("Name,Address,Zip\nSubway,1 Elm St,85701\nSubway,2 Oak St,85701\nSubway,1 Elm St,85321\n")
    assert len({business.key for business in businesses}) == 3


def test_the_key_does_not_depend_on_the_file(read: Read) -> None:
    """Another export of the same list, with other columns and separators, has the same keys."""
    (one,), _ = read("Name,Address,Zip,State\nAcme Inc,12 Main St,85701-1234,AZ\n")
    (two,), _ = read("State;ZIP;Phone;Street;Company\nAZ;85701;520-555-0134;12 main st.;ACME INC.\n")
    assert one.key == two.key


def test_unknown_trades_are_counted_once_and_keep_nothing_out(read: Read) -> None:
    """One sentence for each unknown category and code, with the number of rows."""
    businesses, problems = read("Name,Category,NAICS\nA,Xyzzy,\nB,Xyzzy,\nC,,999999\n")
    assert len(businesses) == 3
    assert {(p.line, p.sentence) for p in problems} == {
        (0, "We know no service for “Xyzzy” (2 rows)."),
        (0, "We know no service for the industry code “999999” (1 row)."),
    }


def test_services_and_markets_may_be_listed_by_name(read: Read) -> None:
    """A list that says what a business offers is believed; unknown words are named."""
    (business,), problems = read(
        "Name,Services,Target market\nAcme,Plumber; Electrician; Xyzzy,First-time home buyers\n"
    )
    assert set(business.offers) == {"plumber", "electrician"}
    assert business.markets == ("first_home_buyers",)
    assert problems[0].sentence == "We know no service for “Xyzzy” (1 row)."


@pytest.mark.parametrize(("heading", "known"), [("Services", "barber"), ("Markets", "homeowners")])
def test_a_cell_that_lists_too_much_is_read_in_part(read: Read, heading: str, known: str) -> None:
    """Of a cell with very many services or markets the first are read, which is said; the business is stored."""
    listed = ", ".join([known, *(f"qq{number}zz" for number in range(LISTED))])
    businesses, problems = read(f'name,{heading}\nA,"{listed}"\n')
    assert [b.name for b in businesses] == ["A"]
    assert problems[0].sentence == f"One cell of this line lists {LISTED + 1} things; we read the first {LISTED}."
    assert len(problems) == LISTED  # the note, and all but the known one and the last
    assert known in (*businesses[0].offers, *businesses[0].markets)


def test_the_name_alone_never_gives_a_service(read: Read) -> None:
    """A firm called Plumbing may sell anything until somebody says so."""
    (business,), _ = read("Name,City\nAce Plumbing & Heating,Tucson\n")
    assert business.offers == {}


def test_hostile_text_is_stored_as_plain_text(read: Read) -> None:
    """Line breaks and invisible characters go; formulas, tags and encoded words stay as text."""
    (one, two, three), _ = read(
        'Name,City\n"Acme\r\nBcc: x@y.z\u202e\u0007\u200b",Tucson\n'
        "<script>alert(1)</script>,=1+1\n=?utf-8?q?hi=0Abcc?=,Ajo\n"
    )
    assert one.name == "Acme Bcc: x@y.z"
    assert (two.name, two.city) == ("<script>alert(1)</script>", "=1+1")
    assert three.name == "=?utf-8?q?hi=0Abcc?="


def test_a_script_is_no_website(read: Read) -> None:
    """Only web addresses are kept as such."""
    businesses, problems = read("Name,Website\nAcme,javascript:alert(1)\nBeta,www.beta.org\n")
    assert [business.website for business in businesses] == ["", "www.beta.org"]
    assert problems[0].field == "website"


def test_long_text_is_cut_and_said_so(read: Read) -> None:
    """A name of 5,000 characters does not reach the database."""
    (business,), problems = read(f"Name,City\n{'Acme ' * 1000},Tucson\n")
    assert len(business.name) <= 200
    assert problems[0].sentence == "The name is longer than 200 characters and was cut."


def test_a_line_with_too_many_cells_stays_out(read: Read) -> None:
    """A comma without quotation marks moves all cells, so nothing of that line is believed."""
    lines = "".join(f"Firm {i},Tucson,85701\n" for i in range(9))
    businesses, problems = read(f"Name,City,Zip\n{lines}Acme, Inc,Tucson,85701\n")
    assert len(businesses) == 9
    assert "4 cells where the heading has 3" in problems[0].sentence


def test_columns_that_nobody_mapped_are_not_kept() -> None:
    """A column left out by the owner leaves no trace in the business."""
    table = read_table("x", b"Name,Secret,City\nAcme,hush,Tucson\n")
    (business,) = read_businesses(table, {0: "name", 1: "", 2: "city"})
    assert isinstance(business, BusinessRow)
    assert "hush" not in repr(business)


def test_the_preview_shows_texts_under_field_names(read: Read) -> None:
    """The first rows are shown as they would be stored."""
    (business,), _ = read("Name,State,Zip,NAICS\nAcme,AZ,85701,812111\n")
    shown = business.shown()
    assert shown["name"] == "Acme"
    assert "Barber" in shown["services"]
    assert "key" not in shown


def test_progress_is_told_on_the_way() -> None:
    """Long imports say how far they are."""
    table = read_table("x", b"Name,City\n" + b"".join(b"Firm %d,Tucson\n" % i for i in range(2_500)))
    told: list[int] = []
    list(read_businesses(table, {0: "name", 1: "city"}, progress=told.append))
    assert told == [1_000, 2_000]


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\n\r;,\"='"), max_size=30)


@given(st.lists(st.tuples(*[CELL] * 5), min_size=1, max_size=20))
def test_every_row_is_a_business_or_a_problem(rows: list[tuple[str, ...]]) -> None:
    """Rows read = businesses + problems that keep a row out, whatever stands in the cells."""
    lines = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    table = read_table("x", f"Name,City,Zip,NAICS,closed\n{lines}\nLast,,,,".encode())
    found = list(read_businesses(table, dict(enumerate(["name", "city", "postcode", "naics", "closed"]))))
    kept_out = sum(row.keeps_out for row in found if isinstance(row, Problem))
    assert table.row_count == kept_out + sum(isinstance(row, BusinessRow) for row in found)


@pytest.mark.parametrize(
    ("file", "rows", "mapped"),
    [
        ("tucson_licenses.csv", 4_270, 2_660),
        ("montana_ppp.csv", 2_196, 2_192),
        ("venues_ri_de_vt_wy.csv.gz", 151_755, 151_567),
    ],
)
def test_real_lists_import_whole(file: str, rows: int, mapped: int, shared_data: Path) -> None:
    """Every row of a real list is accounted for, and at least 85 % of those with an industry get a service."""
    table = read_table(file, (shared_data / "businesses" / file).read_bytes())
    sample = [row for _, (_, row) in zip(range(200), table.rows(), strict=False)]
    columns = {guess.position: guess.field for guess in guess_columns(table.header, sample)}
    found = list(read_businesses(table, columns))
    businesses = [row for row in found if isinstance(row, BusinessRow)]
    kept_out = sum(row.keeps_out for row in found if isinstance(row, Problem))
    assert table.row_count == rows == len(businesses) + kept_out
    assert sum(bool(business.offers) for business in businesses) > 0.85 * (mapped - kept_out)
    assert all(business.lat is not None for business in businesses)
