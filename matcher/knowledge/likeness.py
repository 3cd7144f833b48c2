"""Which label a text is like, from example texts of each: by its words, and by its meaning where vectors are at hand.

All texts of a label count as one long text. Words, pairs of words and pieces of words are weighed as BM25 does; the
meaning is the cosine to the sum of the label's vectors. `python -m tests.bench industry` and `needs` measure it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

from matcher.names import lookup_key

# the four constants of BM25 and its sum with the meaning: tuned on the shared industry index and our own phrases
REPEATED = 2.5  # k1: how much more a word tells that a label's texts hold often
LONG = 0.5  # b: how far a label with many texts is held back
TELLING = 1.75  # power of the idf: a word of few labels tells most, “need” nearly nothing
MEANING = 3.0  # weight of the cosine beside the two BM25 scores, all three 0-1, when it is that of whole texts
KIN = 1.0  # its weight when it is that of their words; 0.5 and 1.5 find less
COMMON = 0.1  # share of the labels above which a word that they hold tells nothing (prior)
PIECES = (3, 4, 5)  # letters of a piece of a word
NOTHING = 1e-9  # what rounding leaves of a count that is zero

Numbers = NDArray[np.float64]
Vectors = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]
Features = Callable[[str], Counter[str]]


@dataclass(frozen=True, slots=True)
class Example:
    """A text that means a label; a negative weight takes back one that is known."""

    text: str
    label: str
    weight: float = 1.0


def words_of(text: str) -> Counter[str]:
    """The telling words of a text, and each two that follow each other."""
    words = lookup_key(text).split()
    return Counter(chain(words, (" ".join(pair) for pair in pairwise(words))))


def pieces_of(text: str) -> Counter[str]:
    """The pieces of a text's words: “leaks” and “leaking” share most of them, and so do misspellings."""
    return Counter(chain.from_iterable(_pieces(word) for word in lookup_key(text).split()))


@lru_cache(maxsize=50_000)
def _pieces(word: str) -> tuple[str, ...]:
    whole = f" {word} "
    return tuple(whole[start : start + size] for size in PIECES for start in range(len(whole) - size + 1))


class Wordings:
    """How much each label's texts share with a text, 0-1: BM25 over one kind of feature."""

    def __init__(self, examples: Iterable[Example], numbers: dict[str, int], features: Features) -> None:
        self._numbers, self._features = numbers, features
        self._lengths = np.zeros(len(numbers))
        postings: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
        for example in examples:
            number, counts = numbers[example.label], features(example.text)
            self._lengths[number] += example.weight * counts.total()
            for feature, count in counts.items():
                postings[feature][number] += example.weight * count
        self._postings = {
            feature: (np.fromiter(found, np.int64), np.fromiter(found.values(), np.float64))
            for feature, found in postings.items()
        }

    def shares(self, text: str, more: Sequence[Example]) -> tuple[list[str], Numbers]:
        """The text's features, and (labels, features) what each adds to a label's likeness; all add up to 0-1."""
        asked = list(self._features(text))
        places = {feature: place for place, feature in enumerate(asked)}
        counts, lengths = np.zeros((len(self._numbers), len(asked))), self._lengths.copy()
        for feature, place in places.items():
            if feature in self._postings:
                labels, found = self._postings[feature]
                counts[labels, place] = found
        for example in more:
            number, features = self._numbers[example.label], self._features(example.text)
            lengths[number] += example.weight * features.total()
            for feature in features.keys() & places.keys():
                counts[number, places[feature]] += example.weight * features[feature]
        counts[counts < NOTHING] = 0.0
        return asked, _bm25(counts, lengths)


def _bm25(counts: Numbers, lengths: Numbers) -> Numbers:
    """(labels, features) BM25 by feature, as a share of what a label could reach at most."""
    holders = (counts > 0).sum(axis=0)
    idf = np.log1p((len(lengths) - holders + 0.5) / (holders + 0.5)) ** TELLING
    held_back = REPEATED * (1 - LONG + LONG * lengths / max(float(lengths.mean()), NOTHING))
    shares: Numbers = idf * counts / (counts + held_back[:, None]) / max(float(idf.sum()), NOTHING)
    return shares


class Likeness:
    """Labels with example texts; asks of any text which label it is like."""

    def __init__(
        self,
        examples: Sequence[Example],
        embed: Embed | None = None,
        sums: Vectors | None = None,
        cosine: float = MEANING,
    ) -> None:
        self.labels = tuple(dict.fromkeys(example.label for example in examples))
        self.numbers = {label: number for number, label in enumerate(self.labels)}
        self._words = Wordings(examples, self.numbers, words_of)
        self._pieces = Wordings(examples, self.numbers, pieces_of)
        self._embed, self._cosine = embed, cosine
        if embed:
            self._sums = summed(examples, self.numbers, embed) if sums is None else sums

    def scores(self, text: str, more: Sequence[Example] = ()) -> Numbers:
        """By label, how like the text it is, just as if the examples had held `more` as well."""
        scores: Numbers = sum(part.shares(text, more)[1].sum(axis=1) for part in (self._words, self._pieces))
        if self._embed:
            scores += self._cosine * self._cosines(text, more, self._embed)
        return scores

    def tells(self, text: str, more: Sequence[Example] = ()) -> bool:
        """Whether a word of the text is one that some labels hold, but few."""
        words, shares = self._words.shares(text, more)
        return any(self._told_by_few(shares) & [" " not in word for word in words])

    def shared_words(self, text: str, label: str, limit: int = 3) -> list[str]:
        """The words of the text that tell most for a label; none when it is the meaning alone."""
        words, shares = self._words.shares(text, ())
        told = np.where(self._told_by_few(shares), shares[self.numbers[label]], 0.0)
        least = max(float(told.max(initial=0.0)) / 3, NOTHING)
        return [words[n] for n in np.argsort(-told, kind="stable") if told[n] >= least and " " not in words[n]][:limit]

    def _told_by_few(self, shares: Numbers) -> NDArray[np.bool_]:
        """(features) whether some labels hold it, but so few that it tells something: “we” and “house” do not."""
        holders = (shares > 0).sum(axis=0)
        few: NDArray[np.bool_] = (holders > 0) & (holders <= max(1, COMMON * len(self.labels)))
        return few

    def _cosines(self, text: str, more: Sequence[Example], embed: Embed) -> Numbers:
        sums = self._sums.astype(np.float64)
        vectors = embed([text, *(example.text for example in more)])
        for example, vector in zip(more, vectors[1:], strict=True):
            sums[self.numbers[example.label]] += example.weight * vector
        cosines: Numbers = sums @ vectors[0] / np.maximum(np.linalg.norm(sums, axis=1), NOTHING)
        return cosines


def summed(examples: Sequence[Example], numbers: dict[str, int], embed: Embed) -> Vectors:
    """(labels, dimensions) the sum of the vectors of each label's examples."""
    vectors = embed([example.text for example in examples])
    sums = np.zeros((len(numbers), vectors.shape[1]))
    weights = np.array([example.weight for example in examples])
    np.add.at(sums, [numbers[example.label] for example in examples], vectors * weights[:, None])
    return sums.astype(np.float32)
