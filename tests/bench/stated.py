"""Figures of a ranking against pairs that pages state, with intervals that draw the pages anew."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tests.bench.tables import Around

DRAWS = 1000  # of the pages, for an interval
WITHIN = (2.5, 97.5)  # percentiles
NAMES = ("AUC", "hit@5", "recall@10")
Scores = NDArray[np.float64]
Figures = NDArray[np.float64]  # (3,) in the order of NAMES


@dataclass(frozen=True, slots=True)
class Statement:
    """One page says that a profession has a good partner; numbers are those of services."""

    profession: str
    number: int
    partner: int
    source: str


class Stated:
    """The statements of all pages, by profession and page."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self.sources = sorted({one.source for one in statements})
        self.numbers = {one.profession: one.number for one in statements}
        self.partners: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for one in statements:
            self.partners[one.profession][one.source].add(one.partner)

    def __len__(self) -> int:
        """How many professions have a partner."""
        return len(self.numbers)


def around(matrices: Sequence[Scores], stated: Stated) -> dict[str, Around]:
    """Each figure of a score, with the interval that holds most of what other draws of the pages would give."""

    @cache
    def of_one(number: int, partners: frozenset[int]) -> Figures:
        return np.mean([figures(scores, number, partners) for scores in matrices], axis=0)

    whole = mean_figures(of_one, stated, Counter(stated.sources))
    rng = np.random.default_rng(0)
    drawn = []
    for _ in range(DRAWS):
        pages = Counter(rng.choice(stated.sources, len(stated.sources)).tolist())
        drawn.append(mean_figures(of_one, stated, pages))
    low, high = np.percentile(drawn, WITHIN, axis=0)
    return {
        name: Around(*map(float, three)) for name, three in zip(NAMES, zip(whole, low, high, strict=True), strict=True)
    }


def mean_figures(of_one: Callable[[int, frozenset[int]], Figures], stated: Stated, pages: Counter[str]) -> Figures:
    """Means over the professions of which the drawn pages speak, each as often as its pages were drawn."""
    total, weights = np.zeros(len(NAMES)), 0.0
    for profession, by_source in stated.partners.items():
        times = sum(pages[source] for source in by_source) / len(by_source)
        if times:
            partners = frozenset[int]().union(*(found for source, found in by_source.items() if pages[source]))
            total += times * of_one(stated.numbers[profession], partners)
            weights += times
    return total / weights


def figures(scores: Scores, number: int, partners: frozenset[int]) -> Figures:
    """AUC; whether one of the first 5 is stated; share of the stated among the first 10."""
    others = np.delete(np.arange(len(scores)), number)
    score, right = scores[number, others], np.isin(others, list(partners))
    above = score[right][:, None] - score[~right][None, :]
    best = right[np.argsort(-score, kind="stable")]
    return np.array(
        [np.mean(above > 0) + np.mean(above == 0) / 2, best[:5].any(), best[:10].sum() / len(partners)], dtype=float
    )
