"""Which encoding a text file is in, by its own bytes."""

import codecs
import re
from typing import BinaryIO

import chardet

CHUNK_BYTES = 2**16  # bytes read at a time
ODD_BYTES = 2**14  # bytes of lines with foreign letters that are looked at; more does not change the answer
BAD_SHARE = 0.1  # broken characters per good one up to which a file counts as UTF-8 with a few errors
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
NAMES = {
    "utf-8-sig": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252",
    "latin-1": "Latin-1",
}
TELLING = 100  # foreign letters below which a guess at the language is a coin toss (tried on lists of 3-30 names)
UNDEFINED_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")  # bytes that Windows-1252 leaves empty and Latin-1 does not


def find_encoding(stream: BinaryIO) -> tuple[str, str]:
    """Codec and plain name of the encoding of a stream of bytes; reads on where its beginning does not tell."""
    head = stream.read(CHUNK_BYTES)
    codec = next((codec for mark, codec in MARKS if head.startswith(mark)), "") or _wide(head)
    if not codec:
        is_utf8, odd = _read_on(head, stream)
        codec = "utf-8" if is_utf8 or _mostly_utf8(odd) else _eight_bit(odd)
    return codec, NAMES.get(codec, codec.upper())


def _wide(head: bytes) -> str:
    """UTF-16 without a mark: nearly every second byte of western text is zero."""
    half = max(1, len(head) // 2)
    for codec, at in (("utf-16-le", 1), ("utf-16-be", 0)):
        zeros, others = head[at::2].count(0), head[1 - at :: 2].count(0)
        if zeros > 0.4 * half and zeros > 10 * others:  # a third of foreign letters would still leave 0.6
            return codec
    return ""


def _read_on(head: bytes, stream: BinaryIO) -> tuple[bool, bytes]:
    """Whether all of it is UTF-8, and some of the lines with bytes beyond ASCII."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8, odd = True, bytearray()
    while head:
        try:
            if is_utf8:
                decoder.decode(head)
        except UnicodeDecodeError:
            is_utf8 = False
        if len(odd) < ODD_BYTES and not head.isascii():
            for line in head.splitlines():
                if not line.isascii() and len(odd) < ODD_BYTES:
                    odd += line[:ODD_BYTES] + b"\n"
        head = stream.read(CHUNK_BYTES)
    return is_utf8, bytes(odd)


def _mostly_utf8(odd: bytes) -> bool:
    """UTF-8 that somebody has cut or mixed in a few places."""
    text = odd.decode("utf-8", "replace")
    good = sum(character > "\x7f" for character in text)
    bad = text.count("\ufffd")
    return bad <= BAD_SHARE * (good - bad)


def _eight_bit(odd: bytes) -> str:
    """One of the old encodings: chardet's word if it fits the bytes, otherwise Windows-1252 or Latin-1."""
    if _few_letters(odd):
        return "cp1252"
    guess = (chardet.detect(odd)["encoding"] or "").lower()
    try:
        codec = codecs.lookup(guess).name
        same = odd.decode(codec) == odd.decode("cp1252", "replace")
    except (LookupError, UnicodeDecodeError):
        same = True
    if same or codec in ("iso8859-1", "cp1252") or codec.startswith("utf"):
        return "latin-1" if UNDEFINED_1252.search(odd) else "cp1252"
    return codec


def _few_letters(odd: bytes) -> bool:
    """Whether there are too few foreign characters to go by, and all are letters in Windows-1252."""
    foreign = [character for character in odd.decode("cp1252", "replace") if character > "\x7f"]
    return len(foreign) < TELLING and all(character.isalpha() for character in foreign)
