"""Which words of a message sell, and what to say instead: phrases of `data/taxonomy/selling.csv`, names of a brand."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from matcher.answers.programme import Flag
from matcher.taxonomy import read_rows

BRAND = "Leave the company out; people meet you first. Say what you do in plain words, if they ask."
SHOWN = 3  # flags in one sentence; the others are shown when these are gone (prior)
QUOTES = str.maketrans("’‘`", "'''")


def flagged(text: str, brand_words: Iterable[str] = ()) -> tuple[Flag, ...]:
    """The words of a message that sell, in the order in which they stand; whatever the capitals and the line ends.

    Of two that overlap the longer one is told. A name within a longer word is none: “Actually” holds no “act”.
    """
    brands = {_key(word): ("brand", BRAND) for word in brand_words if word.strip()}
    known = {**_phrases(), **brands}
    found = [
        Flag(start=hit.start(), end=hit.end(), words=text[hit.start() : hit.end()], kind=kind, instead=instead)
        for phrase, (kind, instead) in known.items()
        for hit in _pattern(phrase).finditer(text.translate(QUOTES))
    ]
    longest = sorted(found, key=lambda flag: (flag.start, -flag.end))
    return tuple(one for at, one in enumerate(longest) if all(one.end > before.end for before in longest[:at]))


def sentence(flags: Iterable[Flag]) -> str:
    """What to change in a message, as one sentence for each of the first flags."""
    shown = tuple(flags)[:SHOWN]
    return " ".join(f"“{' '.join(flag.words.split())}” sells. {flag.instead}" for flag in shown)


@cache
def _phrases() -> Mapping[str, tuple[str, str]]:
    return {_key(row["phrase"]): (row["kind"], row["instead"]) for row in read_rows("selling.csv")}


def _key(phrase: str) -> str:
    return " ".join(phrase.translate(QUOTES).casefold().split())


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    """The phrase as whole words, with any blanks or a hyphen between them."""
    words = r"[\s-]+".join(map(re.escape, phrase.split()))
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
