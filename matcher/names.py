"""Comparable forms of names and texts, and the near-name look-up."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process

WORD = re.compile(r"[^\W_]+")
SMALL_WORDS = frozenset(
    (
        "a",
        "an",
        "and",
        "at",
        "by",
        "co",
        "de",
        "der",
        "die",
        "du",
        "for",
        "in",
        "la",
        "le",
        "of",
        "on",
        "or",
        "the",
        "to",
        "und",
        "et",
        "y",
    )
)


def fold(text: str) -> str:
    """Lower case, without accents, punctuation or repeated blanks: two spellings of a name become equal."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(WORD.findall("".join(c for c in plain if not unicodedata.combining(c))))


def singular(word: str) -> str:
    """A rough English singular, good enough to compare words of three letters and more."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def lookup_key(text: str) -> str:
    """The form under which synonyms are stored: folded, singular, small words dropped."""
    return " ".join(singular(w) for w in fold(text).split() if w not in SMALL_WORDS)


def nearest(
    text: str, choices: Mapping[str, str] | Iterable[str], at_least: float, limit: int
) -> list[tuple[str, float]]:
    """Spellings close to `text` with their likeness (0-1), best first; for typing errors, not for meaning."""
    found = process.extract(text, list(choices), scorer=fuzz.ratio, score_cutoff=100 * at_least, limit=limit)
    return [(choice, score / 100) for choice, score, _ in found]
