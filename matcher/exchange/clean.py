"""Text from files made safe to keep: one line, nothing invisible, not too long."""

import re
import unicodedata

BLANKS = re.compile(r"\s+")
# Control characters, marks of writing direction, zero-width characters, byte order mark, surrogates, tag characters.
INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)


def clean(text: str) -> str:
    """The text on one line without anything invisible; a line break becomes a blank."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split()) if "  " in text else text.strip()
    plain = INVISIBLE.sub("", BLANKS.sub(" ", text))
    return " ".join(unicodedata.normalize("NFC", plain).split())


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, cut at a word where one ends near."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut).rstrip() + "…"
