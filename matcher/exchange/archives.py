"""A list inside a zip archive, such as LinkedIn's Connections.csv: taken out without unpacking anything else."""

import zipfile
import zlib
from dataclasses import replace
from io import BytesIO

from matcher.exchange import delimited
from matcher.exchange.grid import ZIP_MEMBERS, Grid, refuse
from matcher.exchange.spreadsheets import ZIP_MAGIC

CONNECTIONS = "connections.csv"
MEMBER_BYTES = 32 * 2**20  # bytes unpacked; six times the 30,000 connections that LinkedIn allows
PLAIN_PACKING = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others may ask for any amount of memory
DAMAGED = "This packed file is damaged or has a password. Download it again, or unpack it and choose the list itself."
TOO_MUCH = f"The list in this packed file is larger than {MEMBER_BYTES // 2**20} MB. Unpack it and split the list."


def recognises(content: bytes) -> bool:
    """Whether a zip archive has a list of connections in it."""
    return content.startswith(ZIP_MAGIC) and _member(content) is not None


def open_grid(content: bytes) -> Grid:
    """The lines of the list; Invalid when it is larger than it may be, whatever size it claims."""
    member = _member(content)
    if member is None or member.compress_type not in PLAIN_PACKING or member.flag_bits & 1:
        raise refuse(DAMAGED)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive, archive.open(member) as stream:
            unpacked = stream.read(MEMBER_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise refuse(DAMAGED) from error
    if len(unpacked) > MEMBER_BYTES:
        raise refuse(TOO_MUCH)
    if not unpacked.strip():
        raise refuse("The list in this packed file is empty. Download it again.")
    grid = delimited.open_grid(unpacked)
    return replace(grid, form=f"{grid.form}, in a zip file")


def _member(content: bytes) -> zipfile.ZipInfo | None:
    """The list in an archive, by its table of contents alone."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    if len(members) > ZIP_MEMBERS:
        return None
    return next((one for one in members if one.filename.rpartition("/")[2].lower() == CONNECTIONS), None)
