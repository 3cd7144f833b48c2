"""What the measurements on texts share: the plain ways to compare with, the vectors read once, and how to count."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from rapidfuzz import fuzz, process

from matcher.knowledge.embedding import embed
from matcher.knowledge.likeness import Embed, Example, Vectors
from matcher.names import WordIndex, lookup_key
from tests.bench.tables import Cell

SHOWN = 5  # labels of a ranking that are looked at
AT_ONCE = 250  # texts compared with all examples in one go, to spare memory
FOUND = 200  # nearest examples of a text that are looked through for labels
Ranking = list[str]  # labels, best first


def by_spelling(texts: Sequence[str], examples: Sequence[Example], own: Sequence[int | None]) -> list[Ranking]:
    """rapidfuzz: the labels of the examples with the most similar letters, words in alphabetical order."""
    keys, found = [_sorted(example.text) for example in examples], []
    for first in range(0, len(texts), AT_ONCE):
        asked = [_sorted(text) for text in texts[first : first + AT_ONCE]]
        scores = process.cdist(asked, keys, scorer=fuzz.ratio, dtype=np.float32, workers=-1)
        for row, left_out in zip(scores, own[first:], strict=False):
            if left_out is not None:
                row[left_out] = -1
            nearest = np.argpartition(-row, FOUND)[:FOUND]
            best = nearest[np.argsort(-row[nearest], kind="stable")]
            found.append(_distinct(examples[number].label for number in best))
    return found


def by_words(texts: Sequence[str], examples: Sequence[Example], own: Sequence[int | None]) -> list[Ranking]:
    """TF-IDF: the labels of the examples with the highest cosine of word sets."""
    labels: dict[str, list[int]] = defaultdict(list)
    for number, example in enumerate(examples):
        labels[lookup_key(example.text)].append(number)
    index, found = WordIndex(labels), []
    for text, left_out in zip(texts, own, strict=True):
        near = index.find(lookup_key(text), 0.0)[:FOUND]
        found.append(_distinct(examples[n].label for key, _ in near for n in labels[key] if n != left_out))
    return found


def remembered(texts: Iterable[str]) -> Embed:
    """An `embed` for these texts, which are read together, in a tenth of the time."""
    known = list(dict.fromkeys(texts))
    vectors = dict(zip(known, embed(known), strict=True))

    def look_up(asked: Sequence[str]) -> Vectors:
        return np.array([vectors[text] for text in asked])

    return look_up


def figures(rankings: Sequence[Ranking], right: Sequence[set[str]], tops: Sequence[int]) -> dict[str, Cell]:
    """The shares of texts with a right label first, and among the first few."""
    return {
        f"top-{top}": share(_hit(one[:top], labels) for one, labels in zip(rankings, right, strict=True))
        for top in tops
    }


def share(hits: Iterable[bool]) -> float:
    """How many of these are true, as a share."""
    counted = list(hits)
    return sum(counted) / max(1, len(counted))


def _hit(ranking: Ranking, right: set[str]) -> bool:
    return not right.isdisjoint(ranking)


def _distinct(labels: Iterable[str]) -> Ranking:
    return list(dict.fromkeys(labels))[:SHOWN]


def _sorted(text: str) -> str:
    return " ".join(sorted(lookup_key(text).split()))


Baseline = Callable[[Sequence[str], Sequence[Example], Sequence[int | None]], list[Ranking]]
BASELINES: dict[str, Baseline] = {"rapidfuzz": by_spelling, "TF-IDF": by_words}
