"""Text files of every kind become tables, or one sentence."""

import contextlib
import gzip
import os
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import Invalid
from matcher.exchange import grid
from matcher.exchange.tables import VALUE, Table, read_table

TableOf = Callable[[bytes | str], Table]


def rows_of(table: Table) -> list[tuple[str, ...]]:
    """The cells of all rows."""
    return [cells for _, cells in table.rows()]


@pytest.mark.parametrize(
    ("delimiter", "name"),
    [
        (",", "comma"),
        (";", "semicolon"),
        ("\t", "tab"),
        ("|", "vertical bar"),
        ("^", "separator “^”"),
        ("~", "separator “~”"),
    ],
)
def test_any_separator_is_found(delimiter: str, name: str, table_of: TableOf) -> None:
    """The separator is told from the lines, whatever it is."""
    lines = [["Name", "City", "Zip"], ["Acme & Sons", "Tucson", "85701"], ["O'Brien Inc.", "Oro Valley", "85737"]]
    table = table_of("\n".join(delimiter.join(line) for line in lines))
    assert table.header == ("Name", "City", "Zip")
    assert rows_of(table) == [tuple(line) for line in lines[1:]]
    assert name in table.form


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp1252", "Windows-1252"),
        ("latin-1", "Windows-1252"),
    ],
)
def test_any_encoding_is_found(encoding: str, name: str, table_of: TableOf) -> None:
    """Umlauts arrive whole from every encoding in use."""
    table = table_of("Name;Ort\nMüller & Söhne;Köln\nCafé Zürich;Zürich\n".encode(encoding))
    assert table.header == ("Name", "Ort")
    assert rows_of(table) == [("Müller & Söhne", "Köln"), ("Café Zürich", "Zürich")]
    assert name in table.form


def test_polish_names_are_not_taken_for_western_ones(table_of: TableOf) -> None:
    """Windows-1250 is recognised by letters that would be signs in Windows-1252."""
    text = "Nazwa;Miasto\nŁódzkie Usługi Księgowe;Łódź\nZakład Fryzjerski Żaneta;Kraków\nWróbel i Źrebak;Gdańsk\n"
    assert rows_of(table_of(text.encode("cp1250")))[0] == ("Łódzkie Usługi Księgowe", "Łódź")


def test_a_few_broken_characters_do_not_change_the_encoding(table_of: TableOf) -> None:
    """A file that is UTF-8 but for one cut letter stays UTF-8."""
    content = ("Name,City\n" + "Café Réal,Québec\n" * 20).encode() + b"Broken \xc3,Tucson\n"
    rows = rows_of(table_of(content))
    assert rows[0] == ("Café Réal", "Québec")
    assert rows[-1][1] == "Tucson"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_all_systems_are_read(end: str, table_of: TableOf) -> None:
    """Also the lone carriage return of old Macintosh files."""
    assert rows_of(table_of(end.join(["Name,City", "A,B", "C,D"]))) == [("A", "B"), ("C", "D")]


def test_mixed_line_ends_and_line_breaks_in_quotes_are_read(table_of: TableOf) -> None:
    """A line break within quotation marks belongs to the cell."""
    assert rows_of(table_of('Name,City\rA,B\nC,D\r\nE,"F\nG"\n')) == [("A", "B"), ("C", "D"), ("E", "F\nG")]


def test_lines_are_numbered_as_a_spreadsheet_does(table_of: TableOf) -> None:
    """Blank lines and line breaks in cells do not shift the numbers that problems show."""
    table = table_of('Name,City\n"A\nA",B\n\nC,D\n')
    assert [line for line, _ in table.rows()] == [2, 4]


def test_nul_characters_are_left_away(table_of: TableOf) -> None:
    """A few stray NUL characters do no harm."""
    assert rows_of(table_of(b"name,city\nA\x00cme,Tucson\n\x00Beta,Ajo\n")) == [("Acme", "Tucson"), ("Beta", "Ajo")]


def test_the_heading_is_found_below_a_preamble(table_of: TableOf) -> None:
    """Titles and notes above the table are not its heading."""
    table = table_of("Member list of the chamber\n\nExported,2024-01-01\nName,City,Zip\nA,Tucson,85701\nB,Ajo,85321\n")
    assert table.header == ("Name", "City", "Zip")
    assert [line for line, _ in table.rows()] == [5, 6]


def test_a_list_without_heading_gets_numbered_columns(table_of: TableOf) -> None:
    """The first business is not lost as a heading."""
    table = table_of("Acme LLC,Tucson,85701\nBeta Inc,Ajo,85321\n")
    assert table.header == ("Column 1", "Column 2", "Column 3")
    assert table.row_count == 2


@pytest.mark.parametrize("text", ["9" * 1_000_000 + "x", "@." * 500_000 + " ", "a@" + "b." * 500_000 + " "])
def test_long_cells_are_tried_in_linear_time(text: str) -> None:
    """A cell of a million characters is told from a value at once; a pattern that goes back takes hours for it."""
    assert not VALUE.fullmatch(text)


@pytest.mark.parametrize("text", ["85701", "-$1,200.50", "(520) 555-0134", "a.b@c.example.org", "5 %"])
def test_a_line_with_values_is_no_heading(text: str, table_of: TableOf) -> None:
    """A first line with a number or an address in it is a business already."""
    assert table_of(f'Acme;"{text}"\nBolt;"{text}"\n').header == ("Column 1", "Column 2")


def test_a_spreadsheets_own_note_on_the_separator_is_obeyed(table_of: TableOf) -> None:
    """Excel writes "sep=;" on the first line."""
    assert table_of("sep=;\nName;City\nA, Inc;B\n").header == ("Name", "City")


def test_decimal_commas_do_not_pass_for_separators(table_of: TableOf) -> None:
    """41,82;-71,43 are two cells, not three."""
    table = table_of("name;lat;lon\nA;41,82;-71,43\nB;41,83;-71,44\nC;41,82;-71,43\n")
    assert rows_of(table)[0] == ("A", "41,82", "-71,43")


def test_a_list_of_names_only_is_fine(table_of: TableOf) -> None:
    """A comma within a name does not make a second column."""
    table = table_of("Name\nAcme LLC\nSmith, Jones & Co\n")
    assert rows_of(table) == [("Acme LLC",), ("Smith, Jones & Co",)]


def test_a_heading_that_occurs_twice_is_two_columns_and_a_remark(table_of: TableOf) -> None:
    """Nothing is lost when two columns have one name."""
    table = table_of("name,phone,phone\nA,1,2\n")
    assert table.header == ("name", "phone", "phone")
    assert "occurs 2 times" in table.problems[0].sentence


def test_short_lines_are_filled_up(table_of: TableOf) -> None:
    """A row is as wide as the heading."""
    assert rows_of(table_of("Name,City,Zip\nA,Tucson,85701\nB\n"))[1] == ("B", "", "")


def test_rows_can_be_read_again(table_of: TableOf) -> None:
    """The preview and the import read the same table."""
    table = table_of(gzip.compress(b"Name,City\nA,B\nC,D\n"))
    assert rows_of(table) == rows_of(table) == [("A", "B"), ("C", "D")]
    assert "gzip" in table.form


def bomb() -> bytes:
    """A gzip file of a few hundred kilobytes that unpacks to more than the limit."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    pieces = [packer.compress(b"0" * 2**20) for _ in range(grid.UNPACKED_BYTES // 2**20 + 2)]
    return b"".join([*pieces, packer.flush()])


REFUSALS = {
    "empty": (lambda: b"", "empty"),
    "blank": (lambda: b" \n\n\t\n", "empty"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "a picture"),
    "pdf": (lambda: b"%PDF-1.7\n", "a PDF"),
    "program": (lambda: b"MZ\x90\x00" + bytes(range(256)), "a program"),
    "web page": (lambda: b"<!DOCTYPE html><title>Members</title>", "a web page"),
    "noise": (lambda: bytes(range(256)) * 50, "not a list"),
    "bomb": (bomb, "unpacks to more than"),
    "damaged gzip": (lambda: gzip.compress(b"Name,City\nA,B\n" * 999)[:-30], "damaged"),
    "only a heading": (lambda: b"Name,City,Zip\n", "no rows below"),
    "20,000 columns": (lambda: b"a" + b",x" * 20_000 + b"\nb" + b",1" * 20_000, "20,001 columns"),
    "one wide row": (lambda: b"Name,City\nA,B\nb" + b",1" * 20_000, "Line 3 has 20,001 columns"),
    "other separator than the heading": (lambda: b"Name;City\nA,B\nC,D\n", "cannot be told apart"),
    "columns of blanks": (lambda: b"Name      City\nAcme      Tucson\nBeta      Ajo\n", "cannot be told apart"),
    "open quotation mark": (lambda: b"Name,City\n" + b"A,B\n" * 30_000 + b'"C,D\n' + b"A,B\n" * 30_000, "never closed"),
    "endless line": (lambda: b"Name,City\n" + b"x" * 2**21, "more than a million characters"),
}


@pytest.mark.parametrize("kind", REFUSALS)
def test_what_cannot_be_read_is_refused_in_one_sentence(kind: str) -> None:
    """A bad file gets a sentence about the file that says what to do."""
    content, words = REFUSALS[kind]
    with pytest.raises(Invalid, match=words) as refusal:
        read_table("list.csv", content())
    assert refusal.value.field == "file"
    assert refusal.value.sentence.rstrip(")").endswith(".")


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of rows has a limit, met while reading."""
    monkeypatch.setattr(grid, "ROWS", 10)
    with pytest.raises(Invalid, match="more than 10 rows"):
        read_table("list.csv", b"Name,City\n" + b"A,B\n" * 10)


def test_too_large_a_file_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """The size of the file is looked at before anything else."""
    monkeypatch.setattr("matcher.exchange.tables.FILE_BYTES", 2**20)
    with pytest.raises(Invalid, match="larger than 1 MB"):
        read_table("list.csv", b"x" * (2**20 + 1))


def test_long_cells_are_cut(table_of: TableOf) -> None:
    """A cell longer than the limit is cut rather than kept whole."""
    rows = rows_of(table_of(b'Name,City\n"' + b"x" * 50_000 + b'",Tucson\n'))
    assert len(rows[0][0]) == grid.CELL_CHARACTERS


def test_the_file_name_in_a_sentence_is_made_safe() -> None:
    """A name with line breaks and 4,000 characters is only a short label."""
    with pytest.raises(Invalid) as refusal:
        read_table("a\r\nSet-Cookie: x" + "y" * 4_000, b"%PDF-1.7")
    assert "\n" not in refusal.value.sentence
    assert len(refusal.value.sentence) < 250


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    """Whatever the bytes, the answer is a table or a refusal."""
    for text in (content, b"Name,City\n" + content, gzip.compress(content)):
        with contextlib.suppress(Invalid):
            table = read_table("list", text)
            assert sum(1 for _ in table.rows()) == table.row_count


def test_random_noise_is_no_list() -> None:
    """Noise does not become a business."""
    with pytest.raises(Invalid):
        read_table("noise", os.urandom(20_000))
