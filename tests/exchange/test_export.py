"""What is exported opens as text everywhere and comes back unchanged."""

import csv
import io
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape
from python_calamine import CalamineWorkbook

from matcher.exchange.export import NOT_IN_XML, write_csv, write_xlsx
from matcher.exchange.formulas import neutralise, restore
from matcher.exchange.tables import read_table
from tests.exchange.payloads import PAYLOADS


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet may take a cell for a formula: its first sign after blanks starts one."""
    text = cell.lstrip(' \t\r\n\v\f\u00a0\u3000\ufeff\u200b"')
    return text[:1] in tuple("=+-@\uff1d\uff0b\uff0d\uff20") and not text.lstrip("-").replace(".", "", 1).isdigit()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_cell_is_a_formula_whatever_the_separator(payload: str, delimiter: str) -> None:
    """A file opened with the wrong separator falls apart into cells, and none of them is a formula."""
    content = write_csv(["Name", payload, "City"], [["Acme", payload, payload], [payload, "x", payload]])
    text = content.decode("utf-8-sig")
    for lines in (
        csv.reader(io.StringIO(text, newline=""), delimiter=delimiter),
        (line.split(delimiter) for line in text.splitlines()),
    ):
        assert not [cell for line in lines for cell in line if is_formula(cell)]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_was_exported_comes_back_unchanged(payload: str) -> None:
    """Reading our own CSV takes the marks away again."""
    table = read_table("x", write_csv(["Name", "City"], [[payload, "Tucson"]]))
    assert [cells for _, cells in table.rows()] == [(payload, "Tucson")]


@given(st.text())
def test_marking_can_be_undone(text: str) -> None:
    """Every text comes back from its safe form."""
    assert restore(neutralise(text)) == text


SIGNS = st.text(st.sampled_from("=+-@'\";,\t|\n\r a1\u00a0\uff1d"), max_size=12)


@given(SIGNS)
def test_marking_can_be_undone_where_signs_crowd(text: str) -> None:
    """Also where separators, apostrophes and signs follow each other closely."""
    assert restore(neutralise(text)) == text


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)


@given(st.lists(st.tuples(TEXT.map(lambda t: "n" + t), TEXT, SIGNS), min_size=1, max_size=8))
def test_a_csv_reads_back_equal(rows: list[tuple[str, str, str]]) -> None:
    """Export, then read: the same header and the same cells."""
    table = read_table("x", write_csv(["Name", "City", "Zip"], rows))
    assert table.header == ("Name", "City", "Zip")
    assert [cells for _, cells in table.rows()] == rows


def test_plain_numbers_stay_plain() -> None:
    """A longitude is a number in the spreadsheet, not a text with an apostrophe."""
    assert b'"-110.95"' in write_csv(["lon"], [[-110.95]])


def test_a_csv_opens_in_excel_with_its_umlauts() -> None:
    """The byte order mark, the quotation marks and the line ends that spreadsheets expect."""
    assert write_csv(["Name"], [["Müller"], [None]]) == '\ufeff"Name"\r\n"Müller"\r\n""\r\n'.encode()


def sheet_of(content: bytes) -> list[tuple[object, ...]]:
    """The cells of the first sheet as another program reads them."""
    return list(openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True))


def test_a_workbook_holds_texts_numbers_and_dates() -> None:
    """Each value keeps its kind."""
    rows = sheet_of(write_xlsx(["Name", "km", "Since"], [["Müller", 3.5, date(2024, 2, 29)], ["Zip 02903", 7, None]]))
    assert rows[0] == ("Name", "km", "Since")
    assert rows[1][:2] == ("Müller", 3.5)
    assert str(rows[1][2]).startswith("2024-02-29")
    assert rows[2] == ("Zip 02903", 7, None)


def test_no_payload_is_a_formula_or_a_link_in_a_workbook() -> None:
    """The sheet has no formula, no hyperlink and no connection to anywhere."""
    rows = [[payload, "http://x.test/", "mailto:a@b.c"] for payload in PAYLOADS]
    with zipfile.ZipFile(io.BytesIO(write_xlsx(["a", "b", "c"], rows))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in sheet
        assert b"hyperlink" not in sheet
        assert not [name for name in archive.namelist() if "_rels/sheet" in name]


def test_every_payload_comes_back_byte_for_byte_from_a_workbook() -> None:
    """Calamine, openpyxl and our own import read each payload as it was written; LibreOffice was not at hand."""
    kept = [NOT_IN_XML.sub("", payload) for payload in PAYLOADS]
    content = write_xlsx(["Name", "Town"], [[payload, "Tucson"] for payload in PAYLOADS])
    calamine = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in calamine[1:]] == kept
    assert [unescape(str(row[0])) for row in sheet_of(content)[1:]] == kept  # it leaves _x000D_ to its caller
    assert [cells[0] for _, cells in read_table("x", content).rows()] == kept


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_file_saved_again_with_another_separator_comes_back_unchanged(delimiter: str) -> None:
    """A program that keeps what it read and writes it with a semicolon or a tab loses nothing of a payload."""
    content = write_csv(["Name", "Town"], [[payload, "Tucson"] for payload in PAYLOADS]).decode("utf-8-sig")
    again = io.StringIO()
    rows = csv.reader(io.StringIO(content, newline=""))
    csv.writer(again, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    table = read_table("x", ("\ufeff" + again.getvalue()).encode())
    assert [cells[0] for _, cells in table.rows()] == PAYLOADS


XML_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40)


@given(st.lists(XML_TEXT.filter(lambda t: t.strip()), min_size=1, max_size=5))
def test_a_workbook_reads_back_equal(texts: list[str]) -> None:
    """Texts written to a workbook are the texts read from it."""
    rows = sheet_of(write_xlsx(["Name"], [[text] for text in texts]))
    kept = [text.replace("\ufffe", "").replace("\uffff", "") or None for text in texts]
    assert [row[0] for row in rows[1:]] == kept


def test_our_own_workbook_can_be_imported() -> None:
    """What one owner exports another can import."""
    table = read_table("x", write_xlsx(["Name", "Zip"], [["=1+1", "02903"], ["Bäcker", "85701"]]))
    assert [cells for _, cells in table.rows()] == [("=1+1", "02903"), ("Bäcker", "85701")]
