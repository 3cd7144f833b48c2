"""Excel and OpenDocument spreadsheets, parsed in a child process that may not grow or take long."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from matcher.exchange.clean import clean, shorten
from matcher.exchange.dialects import Dialect
from matcher.exchange.grid import (
    COLUMNS,
    ROWS,
    SPREADSHEET_BYTES,
    SPREADSHEET_SECONDS,
    SPREADSHEET_WAIT_SECONDS,
    UNPACKED_BYTES,
    ZIP_MEMBERS,
    Grid,
    Line,
    refuse,
    within_limits,
)

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Excel 97-2003, and every spreadsheet that has a password
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream that holds a spreadsheet with a password
CHILD = Path(__file__).with_name("spreadsheet_child.py")
KINDS = (("xl/", "Excel"), ("content.xml", "OpenDocument"))
AS_CSV = "Open it in your spreadsheet, keep the rows you need and save it as CSV."
LABEL = 60  # characters of a sheet's name in a sentence; four names fit into the 400 that are stored
WRONG = {
    "password": "This spreadsheet has a password. Open it, remove the password and save it again.",
    "size": f"This spreadsheet is larger than it can be read here. {AS_CSV}",
    "damaged": "This spreadsheet is damaged or not of a known kind. Open it in your spreadsheet and save it again.",
    "empty": "This spreadsheet has no sheet with anything on it. Choose a list of businesses.",
}


def recognises(content: bytes) -> bool:
    """A zip archive or an old Office file, by its first bytes."""
    return content.startswith((ZIP_MAGIC, OLE_MAGIC))


def open_grid(content: bytes) -> Grid:
    """The largest visible sheet of a spreadsheet; Invalid when it cannot be read."""
    kind = _check_archive(content) if content.startswith(ZIP_MAGIC) else _check_old(content)
    report, sheet = _parse(content)
    if "columns" in report:
        raise refuse(
            f"This sheet has {report['columns']:,} columns; {COLUMNS} are the most we read. "
            "Keep the columns you need and save the file again."
        )
    if "wrong" in report:
        raise refuse(WRONG[str(report["wrong"])])
    others = report["others"]
    notes = (f"Only the sheet {_quoted(report['sheet'])} was read, not {_listed(others)}.",) if others else ()
    return Grid(
        form=f"{kind} sheet {_quoted(report['sheet'])}",
        lines=lambda: within_limits(_lines(sheet)),
        notes=notes,
    )


def _check_archive(content: bytes) -> str:
    """The kind of spreadsheet in a zip archive, after a look at its table of contents."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise refuse(WRONG["damaged"]) from error
    if len(members) > ZIP_MEMBERS or sum(member.file_size for member in members) > UNPACKED_BYTES:
        raise refuse(WRONG["size"])
    for part, kind in KINDS:
        if any(member.filename.startswith(part) for member in members):
            return kind
    raise refuse("This is a packed file without a spreadsheet in it. Unpack it and import the list itself.")


def _check_old(content: bytes) -> str:
    if ENCRYPTED in content:
        raise refuse(WRONG["password"])
    return "Excel 97"


def _parse(content: bytes) -> tuple[dict[str, object], bytes]:
    """What the child process reports, and the sheet as CSV in UTF-8."""
    limits = (SPREADSHEET_SECONDS, SPREADSHEET_BYTES, ROWS, COLUMNS + 1, UNPACKED_BYTES)
    try:
        child = subprocess.run(  # noqa: S603 (our own script, no shell)
            [sys.executable, "-I", str(CHILD), *map(str, limits)],
            input=content,
            capture_output=True,
            timeout=SPREADSHEET_WAIT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"wrong": "size"}, b""
    if child.returncode:
        return {"wrong": "size"}, b""
    report, _, sheet = child.stdout.partition(b"\n")
    return json.loads(report), sheet


def _lines(sheet: bytes) -> Iterator[Line]:
    text = (line.decode() for line in BytesIO(sheet))
    for number, cells in enumerate(Dialect(",").reader(text), start=1):
        if any(cells):
            yield number, cells


def _listed(names: object) -> str:
    quoted = [_quoted(name) for name in names] if isinstance(names, list) else []
    return ", ".join(quoted[:3]) + (f" and {len(quoted) - 3} more" if len(quoted) > 3 else "")


def _quoted(name: object) -> str:
    return f"“{shorten(clean(str(name)), LABEL)}”"
