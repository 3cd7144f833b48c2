"""Vectors of texts from their words alone, close when the words are kin: what everybody has without the extra.

A text's vector is the sum of its words' vectors. Those were fitted once, so that the sums come close to what the
language model says of whole texts, and are the longer the more a word tells (`python -m tests.vectors`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from matcher.names import fold, roots
from matcher.taxonomy import data_folder

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Kinship:
    """Words, the place of each, and in that place its vector."""

    places: Mapping[str, int]
    vectors: Vectors  # (words, dimensions)

    def place(self, word: str) -> int | None:
        """Where the vector of a folded word stands, or that of its root; None for a word we do not know."""
        return next((self.places[root] for root in roots(word) if root in self.places), None)


@cache
def kinship() -> Kinship:
    """All words of the shipped file: directions in 8 bits a number, and lengths."""
    with np.load(data_folder() / "embedding" / "words.npz", allow_pickle=False) as kept:
        words = str(kept["words"]).split("\n")
        vectors = kept["directions"].astype(np.float32) * kept["lengths"].astype(np.float32)[:, None]
    return Kinship({word: place for place, word in enumerate(words)}, vectors)


def embed_words(texts: Sequence[str]) -> Vectors:
    """(n, dimensions) unit vectors; only zeros for a text of which we know no word."""
    known = kinship()
    sums = np.zeros((len(texts), known.vectors.shape[1]), dtype=np.float32)
    for number, text in enumerate(texts):
        places = [place for word in fold(text).split() if (place := known.place(word)) is not None]
        sums[number] = known.vectors[places].sum(axis=0)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    unit: Vectors = (sums / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return unit
