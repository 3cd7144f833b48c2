"""Lists written as files that any spreadsheet opens as text, never as formulas."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date

import xlsxwriter  # type: ignore[import-untyped]

from matcher.exchange.formulas import neutralise

Value = str | int | float | date | None

BOM = "\ufeff"  # without it Excel takes UTF-8 for Windows-1252
MOST_CHARACTERS = 32_767  # of a cell (Excel's own limit)
WIDTH = 22  # characters that a column shows at first
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0 cannot hold these


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """UTF-8 with a byte order mark, every field quoted, CRLF; `read_table` gives back the same texts."""
    out = io.StringIO()
    out.write(BOM)
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([neutralise(column) for column in columns])
    writer.writerows([neutralise(_text(value)) for value in row] for row in rows)
    return out.getvalue().encode("utf-8", "replace")


def write_xlsx(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """A workbook of one sheet: texts are texts, numbers numbers, dates dates; rows go to disk as they come."""
    out = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(out, options) as book:
        page = book.add_worksheet("List")
        page.freeze_panes(1, 0)
        page.set_column(0, max(0, len(columns) - 1), WIDTH)
        _write_row(page, 0, columns, book.add_format({"bold": True}))
        for number, row in enumerate(rows, start=1):
            _write_row(page, number, row)
    return out.getvalue()


def _write_row(page: "xlsxwriter.worksheet.Worksheet", number: int, row: Sequence[Value], style: object = None) -> None:
    for position, value in enumerate(row):
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            page.write_number(number, position, value)
        elif isinstance(value, date):
            page.write_datetime(number, position, value)
        elif text := _text(value):
            page.write_string(number, position, NOT_IN_XML.sub("", text)[:MOST_CHARACTERS], style)


def _text(value: Value | bool) -> str:
    """A value as text: nothing for None, yes and no, dates as year-month-day."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
