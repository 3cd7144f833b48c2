"""Text from files made safe to keep: one line, nothing invisible, not too long."""

import re
import unicodedata

BLANKS = re.compile(r"\s+")
# Control characters, marks of writing direction, zero-width characters, byte order mark, surrogates, tag characters.
INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
LINE_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def plain(text: str) -> str:
    """The text with one kind of line break and no other control characters but the tab, as paper and cards hold it."""
    return CONTROLS.sub("", LINE_BREAKS.sub("\n", text))


def clean(text: str) -> str:
    """The text on one line without anything invisible; a line break becomes a blank."""
    if not text.isprintable():  # what is printable holds no other blank than the usual one, and nothing invisible
        text = INVISIBLE.sub("", BLANKS.sub(" ", text))
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.split()) if "  " in text else text.strip()


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, cut at a word where one ends near."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut).rstrip() + "…"
