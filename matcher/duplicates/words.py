"""The words of firms' names and how telling they are: a rare word in common says more than “Services”."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST = 8  # words of a name that are looked at
STEM = 6  # letters of a word by which it is known, so that “Douglas” is “Douglass” (prior)
CHUNK = 200_000  # pairs at once: 200,000 x 8 x 8 truth values are 13 MB


@dataclass(frozen=True, slots=True)
class Words:
    """`codes` (k, MOST) are the words of k names, 0 for none; `tells` (v,) is ln(k / names with it) of each word."""

    codes: NDArray[np.int64]
    tells: NDArray[np.float64]

    def rarest(self, at: int) -> NDArray[np.int64]:
        """(k,) the word of each name that is the rarest (`at` 0) or the next (1) of those that two names have."""
        found = np.argsort(-np.where(self.shared[self.codes], self.tells[self.codes], -1.0), axis=1, kind="stable")
        codes = np.take_along_axis(self.codes, found[:, at : at + 1], axis=1)[:, 0]
        return np.where(self.shared[codes], codes, 0)

    @property
    def shared(self) -> NDArray[np.bool_]:
        """(v,) whether at least two names have a word."""
        found = self.tells < np.log(max(2, len(self.codes))) - 0.5
        found[0] = False
        return np.asarray(found)

    def overlap(self, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float64]:
        """(pairs,) how much two names tell in common, as a share (0-1) of what the one that tells less does."""
        parts = [self._overlap(left[at : at + CHUNK], right[at : at + CHUNK]) for at in range(0, len(left), CHUNK)]
        return np.concatenate([np.zeros(0), *parts])

    def _overlap(self, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float64]:
        ours, theirs = self.codes[left], self.codes[right]
        shared = np.any(ours[:, :, None] == theirs[:, None, :], axis=2) & (ours != 0)
        common = np.sum(self.tells[ours] * shared, axis=1)
        least = np.minimum(*(np.sum(self.tells[codes], axis=1) for codes in (ours, theirs)))
        return np.asarray(common / np.maximum(least, 1e-9))


def words_of(texts: NDArray[Any]) -> Words:
    """The words of distinct names, each once a name."""
    known, codes = {"": 0}, np.zeros((len(texts), MOST), dtype=np.int64)
    for at, text in enumerate(texts):
        stems = dict.fromkeys(word[:STEM] for word in text.split())
        found = [known.setdefault(stem, len(known)) for stem in stems][:MOST]
        codes[at, : len(found)] = found
    counts = np.maximum(np.bincount(codes.ravel(), minlength=len(known)), 1)
    tells = np.log(max(1, len(texts)) / counts)
    tells[0] = 0.0
    return Words(codes, np.maximum(tells, 0.0))
