"""Text that can never become a formula in a spreadsheet, whatever the separator; and back again.

A cell is dangerous where it starts, and after every character that some program may take for a separator, because
the file may be opened with another separator than it was written with. There an apostrophe is put before the sign
that starts a formula. A text that has apostrophes there already gets one more, so that taking one away at each such
place always gives back the original.
"""

import re

SIGNS = "=+@\uff1d\uff0b\uff0d\uff20-"  # what starts a formula, also in full width (OWASP: CSV injection)
SEPARATORS = frozenset(",;\t|:^\r\n\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029")
# Separators, and what a spreadsheet drops or may drop before the sign: blanks, quotation marks, invisible characters.
RUN = r",;|:^\s\"\x00-\x20\x85\u200b-\u200f\u2028\u2029\u2060\ufeff"
PLACE = re.compile(rf"(?<![{RUN}])([{RUN}]*+)('*+)([{SIGNS}])")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def neutralise(text: str) -> str:
    """The text with an apostrophe wherever a formula could start; plain numbers are left alone."""
    return text if NUMBER.fullmatch(text) else PLACE.sub(_mark, text)


def restore(text: str) -> str:
    """The text as it was before `neutralise`."""
    return PLACE.sub(_unmark, text) if "'" in text else text


def _starts(place: re.Match[str]) -> bool:
    return place.start() == 0 or not SEPARATORS.isdisjoint(place[1])


def _mark(place: re.Match[str]) -> str:
    return f"{place[1]}'{place[2]}{place[3]}" if _starts(place) else place[0]


def _unmark(place: re.Match[str]) -> str:
    return f"{place[1]}{place[2][1:]}{place[3]}" if _starts(place) else place[0]
