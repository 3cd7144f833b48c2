"""Names of services, journeys and figures as they stand in a running sentence."""

import re
from collections.abc import Sequence
from datetime import date

from matcher.languages import LANGUAGES
from matcher.taxonomy import Taxonomy

BRACKETS = re.compile(r"\s*\([^()]*\)")
PROPER = frozenset(
    ("Medicare", "Medicaid", "Pilates", "Montessori", "Amazon", "Google", "European", "English", "Airbnb")
)


def language_words(code: str) -> str:
    """A language by its code: "Spanish"; one that we have no name for by the code itself."""
    return LANGUAGES.get(code, f"the language “{code}”")


def counted(count: int, word: str) -> str:
    """So many of something: "1 client", "3 clients"."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def times(count: int) -> str:
    """How often: "once", "twice", "9 times"."""
    return {1: "once", 2: "twice"}.get(count, f"{count:,} times")


def running(name: str) -> str:
    """A name as it stands inside a sentence: lower case at the start, unless it is an abbreviation or a proper name."""
    first = name.split(maxsplit=1)[0] if name else ""
    return name if first in PROPER or any(c.isupper() for c in first[1:]) else name[:1].lower() + name[1:]


def service_words(taxonomy: Taxonomy, code: str) -> str:
    """A service inside a sentence: "mortgage broker or home lender"."""
    return running(taxonomy.services[code].name)


def journey_words(taxonomy: Taxonomy, code: str) -> str:
    """A journey inside a sentence, without what its name says in brackets: "buying a first home"."""
    return running(BRACKETS.sub("", taxonomy.journeys[code].name))


def article(words: str) -> str:
    """The words with "a" or "an" before them, by how they begin."""
    first = words.split(maxsplit=1)[0]
    spelled = first.isupper() and first[:1] in "AEFHILMNORSX"
    vowel = first[:1].lower() in "aeiou" and not first.lower().startswith(("uni", "use", "eu", "one"))
    return f"{'an' if spelled or (vowel and not first.isupper()) else 'a'} {words}"


def sentence_start(words: str) -> str:
    """The words with a capital at the start, the rest untouched."""
    return words[:1].upper() + words[1:]


def and_list(words: Sequence[str], last: str = "and") -> str:
    """Words as people list them: "a, b and c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def of_hundred(share: float) -> str:
    """A share as people say it: "34 of 100", "fewer than 1 of 100"."""
    count = round(100 * share)
    return "fewer than 1 of 100" if count < 1 else "nearly all" if count >= 98 else f"{count} of 100"


def usd(amount: float) -> str:
    """An amount of dollars rounded to two figures: "$1,200"."""
    digits = max(0, len(str(int(max(amount, 0)))) - 2)
    return f"${round(amount, -digits):,.0f}"


def km(distance_km: float) -> str:
    """A distance as people say it: "3 km", "less than 1 km"."""
    return "less than 1 km" if distance_km < 1 else f"{distance_km:,.0f} km"


def between_days(begin: date, end: date) -> str:
    """Two days as people say them, the year once where it is the same: "between 12 May and 3 June 2026"."""
    year = "" if begin.year == end.year else f" {begin.year}"
    return f"between {begin.day} {begin:%B}{year} and {end.day} {end:%B %Y}"
