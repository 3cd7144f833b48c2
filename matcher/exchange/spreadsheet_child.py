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
        report, out = _convert(sys.stdin.buffer.read(), rows, columns, most)
    except python_calamine.PasswordError:
        report, out = {"wrong": "password"}, ""
    except (MemoryError, OverflowError):
        report, out = {"wrong": "size"}, ""
    except Exception:  # the parser's own errors have no common base
        report, out = {"wrong": "damaged"}, ""
    sys.stdout.buffer.write(json.dumps(report).encode() + b"\n" + out.encode("utf-8", "replace"))
    return 0


def _convert(content: bytes, rows: int, columns: int, most: int) -> tuple[dict[str, Any], str]:
    book = python_calamine.load_workbook(io.BytesIO(content))
    sizes: list[tuple[int, str]] = []
    for sheet in book.sheets_metadata:
        if sheet.visible == sheet.visible.Visible:
            end = book.get_sheet_by_name(sheet.name).end
            sizes += [((end[0] + 1) * (end[1] + 1), sheet.name)] if end else []
    if not sizes:
        return {"wrong": "empty"}, ""
    _, name = max(sizes, key=lambda pair: pair[0])
    best = book.get_sheet_by_name(name)
    last_row, last_column = best.end or (0, 0)
    if last_column >= columns:
        return {"wrong": "columns", "columns": last_column + 1}, ""
    if last_row >= rows:
        return {"wrong": "size"}, ""
    return {"sheet": name, "others": [other for _, other in sizes if other != name]}, _csv(best, most)


def _csv(sheet: Any, most: int) -> str:
    """The sheet from its first row on, so that lines keep the numbers that the spreadsheet shows."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    start = sheet.start
    for _ in range(start[0]):
        writer.writerow([""])
    left = [""] * start[1]
    for row in sheet.iter_rows():
        writer.writerow(left + [_text(cell) for cell in row])
        if out.tell() > most:
            raise MemoryError
    return out.getvalue()


def _text(cell: Any) -> str:
    """A cell as people read it: whole numbers without a point, dates as year-month-day."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return str(cell)


if __name__ == "__main__":
    sys.exit(main())
