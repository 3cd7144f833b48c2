"""Comparable forms of names and texts, and the near-name look-up."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from math import log, sqrt

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

WORD = re.compile(r"[^\W_]+")
SMALL_WORDS = frozenset("a an and at by co de der die du for in la le of on or the to und et y".split())  # noqa: SIM905
ENDINGS = ("ed", "er", "ers", "ing", "ings", "ly", "able")  # of regular forms of words
WORDS_MOST = 8  # of what is looked for: more narrow nothing down
LONG_ENOUGH = 5  # letters of a word from which an error in it can be told from another word (prior)
LETTERS_PER_ERROR = 4  # of a misspelt word: one error in 4-7 letters, two in 8-11; none in “PEO” (prior)


def fold(text: str) -> str:
    """Lower case, without accents, punctuation or repeated blanks: two spellings of a name become equal."""
    if text.isascii():  # most are, and then there is nothing to take apart
        return " ".join(WORD.findall(text.lower()))
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(WORD.findall("".join(c for c in plain if not unicodedata.combining(c))))


def holds(text: str, wanted: str) -> bool:
    """Whether each of the first words of `wanted` stands in a text, whatever its capitals and accents.

    Databases differ in the capitals and accents that they know; this does not. Signs alone are looked for as they are.
    """
    said, plain = text.casefold(), fold(text)
    words = wanted.casefold().split()[:WORDS_MOST]
    return all(word in said or (bool(fold(word)) and fold(word) in plain) for word in words)


def order(name: str) -> tuple[str, str]:
    """What names are sorted by: whatever their capitals and accents, and always the same way."""
    return fold(name), name


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
    """Spellings close to `text`, word by word, with likeness (0-1), best first; for typing errors, not meaning."""
    found = process.extract(text, list(choices), scorer=fuzz.ratio, score_cutoff=100 * at_least, limit=4 * limit)
    return [(choice, score / 100) for choice, score, _ in found if _same_words(text, choice)][:limit]


def roots(word: str) -> Iterator[str]:
    """The word, and those of which it may be a regular form: “potted” of “pot”, “raking” of “rake”."""
    yield word
    yield singular(word)
    for ending in ENDINGS:
        root = word.removesuffix(ending)
        if len(word) > len(root) > 2:
            yield from (root, root + "e")
            if root[-1] == root[-2]:
                yield root[:-1]


def respelled(text: str, usual: Mapping[str, int], known: Callable[[str], bool]) -> str:
    """The text, each word of which no root is known put as the usual word that is one typing error away, if any."""

    def meant(found: re.Match[str]) -> str:
        word = fold(found[0])
        if len(word) < LONG_ENOUGH or not word.isalpha() or any(map(known, roots(word))):
            return found[0]
        near = process.extract(word, list(usual), scorer=OSA.distance, score_cutoff=1, limit=None)
        likely = [choice for choice, _, _ in near if choice[0] == word[0]]  # few mistype the first letter
        return max(likely, key=lambda choice: (usual[choice], choice), default=found[0])

    return WORD.sub(meant, text)


def _same_words(text: str, choice: str) -> bool:
    """Whether each word could be a misspelling of the other text's: “property” and “pet” are not."""
    ours, theirs = text.split(), choice.split()
    if len(ours) != len(theirs):
        return text.replace(" ", "") == choice.replace(" ", "")
    return all(OSA.distance(a, b) <= len(a) // LETTERS_PER_ERROR for a, b in zip(ours, theirs, strict=True))


class WordIndex:
    """Finds texts that share telling words with a query: the rarer a word, the more it tells (idf)."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = list(keys)
        self._where: dict[str, list[int]] = defaultdict(list)
        for number, key in enumerate(self._keys):
            for word in set(key.split()):
                self._where[word].append(number)
        self._idf = {word: log(len(self._keys) / len(found)) for word, found in self._where.items()}
        self._norm = [sqrt(sum(self._idf[word] ** 2 for word in set(key.split()))) for key in self._keys]

    def find(self, key: str, at_least: float) -> list[tuple[str, float]]:
        """Texts with likeness (0-1, idf-weighted cosine of word sets), best first; unknown words count fully."""
        unknown = log(max(2, len(self._keys)))
        words = {word: self._idf.get(word, unknown) for word in key.split()}
        norm = sqrt(sum(idf**2 for idf in words.values()))
        dots: dict[int, float] = defaultdict(float)
        for word, idf in words.items():
            for number in self._where.get(word, ()):
                dots[number] += idf**2
        found = [(self._keys[n], dot / (norm * self._norm[n])) for n, dot in dots.items() if self._norm[n] > 0]
        return sorted((pair for pair in found if pair[1] >= at_least), key=lambda pair: (-pair[1], pair[0]))
