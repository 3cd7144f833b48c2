"""A whole network as a file: a zip with a label and one file of JSON lines for each table.

Not in it are passwords, private links and who signs in, files that wait to be stored, and whom a coach invited; from
`coached` the coach's account is left out, so that a coach sees nothing where the file is brought in.
"""

import io
import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from matcher.answers.whole import FORM, VERSION, Plain, Whole
from matcher.errors import Invalid

LABEL, DIRECTORY, TABLES = "network.json", "directory.jsonl", "tables/"
NO_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip knows: the same network gives the same file
BYTES_MOST = 1_000_000_000  # of all that a file holds when unpacked; 100,000 people are 60 MB (prior)
PARTS_MOST = 200  # files in it
UNREADABLE = (BadZipFile, zlib.error, ValueError, KeyError, NotImplementedError, RuntimeError, EOFError, OSError)
BROKEN = "This is not a whole network as Switchboard writes it, or the file is damaged. Export it once more."
NEWER = "This file was written by a newer Switchboard. Bring this one up to date first."


def write_network(whole: Whole) -> bytes:
    """The network as a file."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        _put(packed, LABEL, json.dumps(whole.label, ensure_ascii=False, indent=2))
        _put(packed, DIRECTORY, _lines(whole.directory))
        for name in sorted(whole.tables):
            _put(packed, f"{TABLES}{name}.jsonl", _lines(whole.tables[name]))
    return out.getvalue()


def read_network(content: bytes) -> Whole:
    """The network in a file; Invalid("file", ...) in one sentence for any other file."""
    try:
        with ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > PARTS_MOST or sum(part.file_size for part in parts) > BYTES_MOST:
                raise Invalid("file", BROKEN)
            return _whole({part.filename: packed.read(part) for part in parts})
    except UNREADABLE as error:
        raise Invalid("file", BROKEN) from error


def _whole(parts: Mapping[str, bytes]) -> Whole:
    label = json.loads(parts[LABEL])
    if not isinstance(label, dict) or label.get("form") != FORM or not isinstance(label.get("version"), int):
        raise Invalid("file", BROKEN)
    if label["version"] > VERSION:
        raise Invalid("file", NEWER)
    tables = {
        name.removeprefix(TABLES).removesuffix(".jsonl"): _rows(content)
        for name, content in parts.items()
        if name.startswith(TABLES)
    }
    return Whole(label=label, tables=tables, directory=_rows(parts[DIRECTORY]))


def _rows(content: bytes) -> Sequence[Plain]:
    rows: list[Any] = [json.loads(line) for line in content.decode().split("\n") if line]
    if not all(isinstance(row, dict) for row in rows):
        raise Invalid("file", BROKEN)
    return rows


def _lines(rows: Sequence[Plain]) -> str:
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)


def _put(packed: ZipFile, name: str, text: str) -> None:
    about = ZipInfo(name, NO_DAY)
    about.compress_type = ZIP_DEFLATED
    packed.writestr(about, text.encode())
