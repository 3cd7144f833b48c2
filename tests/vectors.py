"""Makes the files of `data/embedding` anew after a change of the taxonomy: `python -m tests.vectors`.

`services.npz` holds for each service the sum of the vectors of all it is called, as the language model gives them.
`words.npz` holds vectors of single words, fitted so that their sums say of a text what the model says of it.
"""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import lsmr

from matcher.knowledge.embedding import embed, whole_words
from matcher.knowledge.likeness import Example, summed
from matcher.knowledge.meaning import digest, examples
from matcher.names import fold
from matcher.taxonomy import data_folder

FOLDER = data_folder() / "embedding"
DIMENSIONS = 64  # of a word's vector: as good as 128, measured on phrases kept out of the fit
TELLING = 2  # power of the idf, by which a word's vector is the longer the more it tells (prior)
PULL = 1.0  # how hard a word is held to where the model alone puts it; 0.3 and 3 do as well

Floats = NDArray[np.float64]


def main() -> None:
    """Read all names, synonyms, phrases and category words as the language model does; keep their sums, and words."""
    known = list(examples())
    numbers = {label: number for number, label in enumerate(dict.fromkeys(example.label for example in known))}
    vectors = embed([example.text for example in known])
    sums = summed(known, numbers, lambda _: vectors).astype(np.float16)
    np.savez(FOLDER / "services.npz", sums=sums, known=np.array(digest(known)))
    words = sorted({word for example in known for word in fold(example.text).split()} | set(whole_words()))
    fit = fitted(known, vectors.astype(np.float64), words)
    np.savez_compressed(FOLDER / "words.npz", words=np.array("\n".join(words)), **packed(fit))


def fitted(known: Sequence[Example], vectors: Floats, words: Sequence[str]) -> Floats:
    """(words, dimensions) the vectors whose sums come closest to those of the texts, by ridge regression.

    With X the shares of words in texts, T the texts' vectors and A those of the words alone, each along the directions
    in which texts differ most: A + the D that makes |T - X(A + D)|^2 + PULL^2 |D|^2 least, times how telling a word is.
    """
    middle = vectors.mean(axis=0)
    directions = np.linalg.eigh(np.cov(vectors.T))[1][:, -DIMENSIONS:]
    goal, alone = unit((vectors - middle) @ directions), unit((embed(words) - middle) @ directions)
    telling = tellings(known, words)
    shares = holdings(known, words, telling)
    missing = goal - shares @ alone
    moved = np.array([lsmr(shares, column, damp=PULL)[0] for column in missing.T]).T
    return (alone + moved) * telling[:, None]


def tellings(known: Sequence[Example], words: Sequence[str]) -> Floats:
    """How much each word tells: its idf over services to the power TELLING, at most that of a word of one service."""
    holders: dict[str, set[str]] = defaultdict(set)
    for example in known:
        for word in fold(example.text).split():
            holders[word].add(example.label)
    services = len({example.label for example in known})
    counts = np.array([max(1, len(holders[word])) for word in words])
    idf: Floats = np.log1p((services - counts + 0.5) / (counts + 0.5)) ** TELLING
    return idf


def holdings(known: Sequence[Example], words: Sequence[str], telling: Floats) -> csr_matrix:
    """(texts, words) how much each word makes up of a text; the squares of a row sum to 1."""
    places = {word: place for place, word in enumerate(words)}
    rows, columns, told = [], [], []
    for row, example in enumerate(known):
        held = [places[word] for word in fold(example.text).split()]
        rows += [row] * len(held)
        columns += held
        told += list(telling[held] / np.linalg.norm(telling[held]))
    return csr_matrix((told, (rows, columns)), shape=(len(known), len(words)))


def unit(vectors: Floats) -> Floats:
    """The same directions, each of length 1."""
    long: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return long


def packed(vectors: Floats) -> dict[str, NDArray[np.int8] | NDArray[np.float16]]:
    """Directions in 8 bits a number, 127 for the greatest of its word, and the factor that gives the vector back."""
    most = np.maximum(np.abs(vectors).max(axis=1), 1e-9)
    return {
        "directions": np.rint(127 * vectors / most[:, None]).astype(np.int8),
        "lengths": (most / 127).astype(np.float16),
    }


if __name__ == "__main__":
    main()
