"""Spreadsheets, good and hostile."""

import io
import zipfile
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table as OdfTable
from odf.table import TableCell, TableRow
from odf.text import P

from matcher.errors import Invalid
from matcher.exchange.grid import UNPACKED_BYTES, ZIP_MEMBERS
from matcher.exchange.tables import read_table


def workbook(*sheets: list[list[object]]) -> bytes:
    """An Excel file with these sheets."""
    book = openpyxl.Workbook()
    for number, rows in enumerate(sheets, start=1):
        sheet = book.active if number == 1 else book.create_sheet()
        sheet.title = f"Sheet {number}"
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(content: bytes, edit: Callable[[str, bytes], bytes], extra: dict[str, bytes] | None = None) -> bytes:
    """The same archive with its members edited, and more members."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, edit(name, old.read(name)))
        for name, text in (extra or {}).items():
            new.writestr(name, text)
    return out.getvalue()


def document(**sheets: list[list[str]]) -> bytes:
    """An OpenDocument file with these sheets by name."""
    book = OpenDocumentSpreadsheet()
    for name, rows in sheets.items():
        sheet = OdfTable(name=name)
        for row in rows:
            line = TableRow()
            for text in row:
                cell = TableCell(valuetype="string")
                cell.addElement(P(text=text))
                line.addElement(cell)
            sheet.addElement(line)
        book.spreadsheet.addElement(sheet)
    out = io.BytesIO()
    book.write(out)
    return out.getvalue()


GOOD = workbook([["Name", "Zip", "Since"], ["Bäckerei Groß", 2903, date(2020, 5, 1)], ["Acme", 85701.0, None]])


def test_an_excel_sheet_is_read_as_people_see_it() -> None:
    """Whole numbers have no point, dates are year-month-day."""
    table = read_table("members.csv", GOOD)
    assert table.form == "Excel sheet “Sheet 1”"
    assert [cells for _, cells in table.rows()] == [("Bäckerei Groß", "2903", "2020-05-01"), ("Acme", "85701", "")]


def test_an_opendocument_sheet_is_read() -> None:
    """LibreOffice's own format works like Excel's."""
    content = document(Leute=[["Name", "Ort"], ["Bäcker", "Köln"]])
    table = read_table("leute", content)
    assert table.form == "OpenDocument sheet “Leute”"
    assert [cells for _, cells in table.rows()] == [("Bäcker", "Köln")]


def test_the_largest_sheet_is_read_and_the_others_are_named() -> None:
    """Nobody wonders where the second sheet went."""
    table = read_table("x", workbook([["note"]], [["Name", "City"], ["A", "B"], ["C", "D"]]))
    assert table.row_count == 2
    assert table.problems[0].sentence == "Only the sheet “Sheet 2” was read, not “Sheet 1”."


def test_long_names_of_sheets_are_cut() -> None:
    """However long the names of the sheets are, the note on them can be stored."""
    rows = [["Name", "City"], ["A", "B"], ["C", "D"]]
    names = [letter * 5_000 for letter in "abcde"]
    table = read_table("x", document(**{name: rows[: 3 if name[0] == "a" else 1] for name in names}))
    (note,) = table.problems
    assert len(note.sentence) < 400
    assert len(table.form) < 100
    assert note.sentence.endswith("and 1 more.")


def test_line_numbers_are_the_spreadsheets_own() -> None:
    """Empty rows at the top count."""
    table = read_table("x", workbook([[], [], ["Name", "City"], [], ["A", "B"]]))
    assert [line for line, _ in table.rows()] == [5]


def entity(name: str, text: bytes) -> bytes:
    """The shared strings with an entity that refers to a file."""
    head = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return (
        head + text.split(b"?>", 1)[-1].replace(b"Acme", b"&x;")
        if "sheet1" in name or "sharedStrings" in name
        else text
    )


def laughs(name: str, text: bytes) -> bytes:
    """The shared strings with entities that multiply."""
    entities = b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9))
    head = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "lol">' + entities + b"]>"
    return (
        head + text.split(b"?>", 1)[-1].replace(b"Acme", b"&j;")
        if "sheet1" in name or "sharedStrings" in name
        else text
    )


def same(name: str, text: bytes) -> bytes:
    """The member as it is."""
    return text


def far_cell() -> bytes:
    """A sheet whose only cell besides the heading is in its last corner."""
    book = openpyxl.Workbook()
    book.active["A1"] = "Name"
    book.active["XFD1048576"] = "x"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HOSTILE = {
    "cut short": (lambda: GOOD[:-200], "damaged"),
    "no sheet": (lambda: workbook([]), "no sheet"),
    "only a heading": (lambda: workbook([["Name", "City"]]), "no rows below"),
    "bomb": (lambda: changed(GOOD, same, {"xl/zeros.bin": b"0" * UNPACKED_BYTES}), "larger than"),
    "too many members": (lambda: changed(GOOD, same, {f"xl/{i}": b"" for i in range(ZIP_MEMBERS)}), "larger than"),
    "entity of a file": (lambda: changed(GOOD, entity), "damaged"),
    "billion laughs": (lambda: changed(GOOD, laughs), "damaged"),
    "far cell": (far_cell, "larger than|16,384 columns"),
    "too many columns": (lambda: workbook([["Name"] * 600, ["A"] * 600]), "600 columns"),
    "no spreadsheet inside": (lambda: zipped(), "Unpack it"),
    "password": (lambda: OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600, "password"),
    "old and damaged": (lambda: OLE + bytes(range(256)) * 20, "damaged"),
}


def zipped() -> bytes:
    """A zip archive with a list in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("list.csv", "Name,City\nA,B\n")
    return out.getvalue()


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_spreadsheet_gets_one_sentence(kind: str) -> None:
    """Bombs, entities and damage end in a refusal, in a process of their own."""
    content, words = HOSTILE[kind]
    with pytest.raises(Invalid, match=words) as refusal:
        read_table("x.xlsx", content())
    assert refusal.value.field == "file"


def test_a_lying_dimension_does_not_matter() -> None:
    """A sheet that claims to be as large as can be is read by its cells."""

    def lie(name: str, text: bytes) -> bytes:
        return text.replace(b'ref="A1:C3"', b'ref="A1:XFD1048576"') if "sheet1" in name else text

    assert read_table("x", changed(GOOD, lie)).row_count == 2
