"""Files packed with gzip, unpacked while they are read and never beyond the limit."""

import gzip
import io
import zlib
from typing import BinaryIO, cast

from matcher.exchange.grid import UNPACKED_BYTES, refuse

GZIP_MAGIC = b"\x1f\x8b"  # RFC 1952
TOO_MUCH = (
    f"This packed file unpacks to more than {UNPACKED_BYTES // 2**20} MB. "
    "Split the list into smaller files and import each."
)


class _Bounded(io.RawIOBase):
    """The unpacked bytes; refuses at the limit, and in plain words when the packing is damaged."""

    def __init__(self, content: bytes) -> None:
        self._unpacked = gzip.GzipFile(fileobj=io.BytesIO(content))
        self._left = UNPACKED_BYTES

    def readable(self) -> bool:
        """Yes: `io.BufferedReader` asks."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Unpack the next bytes into the buffer; gives how many (0 at the end)."""
        try:
            piece = self._unpacked.read(len(buffer))
        except (OSError, EOFError, zlib.error) as error:
            raise refuse("This packed file is damaged or cut short. Download or export it again.") from error
        self._left -= len(piece)
        if self._left < 0:
            raise refuse(TOO_MUCH)
        buffer[: len(piece)] = piece
        return len(piece)


def unpacked(content: bytes) -> BinaryIO:
    """A stream of the unpacked bytes; it stops at the limit, whatever size the file claims for itself."""
    return cast(BinaryIO, io.BufferedReader(_Bounded(content), 2**16))
