"""Runs alone, in a process of its own: a spreadsheet on standard input, a report and CSV on standard output.

Nothing of the product is imported here, so that the process starts quickly and a hostile file finds little to break.
Arguments: seconds of processor time, bytes of address space, rows, columns, bytes of output.
"""

import csv
import datetime
import io
import json
import resource
import sys
from typing import Any

import python_calamine


def main() -> int:
    """Print one line of JSON (the sheet read and the others, or what is wrong), then the sheet as CSV."""
    seconds, memory, rows, columns, most = map(int, sys.argv[1:])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    try:
        _convert(sys.stdin.buffer.read(), rows, columns, most)
    except python_calamine.PasswordError:
        _report({"wrong": "password"})
    except (MemoryError, OverflowError):
        return 1  # perhaps half-way through: the parent throws everything away
    except Exception:  # the parser's own errors have no common base
        _report({"wrong": "damaged"})
    return 0


def _report(report: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(report).encode() + b"\n")


def _convert(content: bytes, rows: int, columns: int, most: int) -> None:
    book = python_calamine.load_workbook(io.BytesIO(content))
    sizes: list[tuple[int, str]] = []
    for sheet in book.sheets_metadata:
        if sheet.visible == sheet.visible.Visible:
            end = book.get_sheet_by_name(sheet.name).end
            sizes += [((end[0] + 1) * (end[1] + 1), sheet.name)] if end else []
    if not sizes:
        return _report({"wrong": "empty"})
    _, name = max(sizes, key=lambda pair: pair[0])
    best = book.get_sheet_by_name(name)
    last_row, last_column = best.end or (0, 0)
    if last_column >= columns:
        return _report({"wrong": "columns", "columns": last_column + 1})
    if last_row >= rows:
        return _report({"wrong": "size"})
    _report({"sheet": name, "others": [other for _, other in sizes if other != name]})
    _write(best, most)


def _write(sheet: Any, most: int) -> None:
    """The sheet as CSV, from its first row on, so that lines keep the numbers that the spreadsheet shows."""
    sys.stdout.flush()
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", errors="replace", newline="")
    writer = csv.writer(out, lineterminator="\r\n")  # so that a cell with either sign is put in quotation marks
    for row in sheet.iter_rows():  # with the empty rows at the top
        most -= writer.writerow([cell if isinstance(cell, str) else _text(cell) for cell in row])
        if most < 0:
            raise MemoryError
    out.flush()


def _text(cell: Any) -> str:
    """A cell that is no text, as people read it: whole numbers without a point, dates as year-month-day."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return str(cell)


if __name__ == "__main__":
    sys.exit(main())
