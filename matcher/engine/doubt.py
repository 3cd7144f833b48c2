"""How much is open about a candidate: how far its score could be from what we work out, and what a call would tell.

A score is a product, so what we are unsure of adds up in its logarithm: the chance of a yes by the posterior of the
rate, what they sell by how surely they sell it, and each figure that nobody has told us. In what they did with us all
strangers are alike; they differ in the rest.
"""

from collections.abc import Mapping

import numpy as np

from matcher.engine.flow import Floats
from matcher.engine.index import Index
from matcher.engine.known import STRANGER, Known
from matcher.engine.learning import EIGHTY, width
from matcher.engine.pairs import Pairs
from matcher.engine.value import Worth
from matcher.engine.words import and_list, article, service_words

UNTOLD = 0.5  # spread of ln(figure) that nobody has told us: within a factor of 1.65 two times in three (prior)
SHOWN = 3  # of what is open, in a sentence
TOLD = (
    ("how many clients they see", "clients"),
    ("what a client brings them", "orders_usd"),
    ("where they are", "lats"),
)


def openness(index: Index, pairs: Pairs, worth: Worth, known: Mapping[int, Known]) -> Floats:
    """(n,) width of the score's 80 % interval, by what we are unsure of."""
    variance = sum((part for _, part in _parts(index, pairs, worth, known)), np.zeros(len(pairs.rows)))
    return np.asarray(2 * EIGHTY * worth.score * np.sqrt(variance))


def open_question(index: Index, pair: Pairs, worth: Worth, known: Mapping[int, Known]) -> str:
    """What there is to find out about one candidate, the largest first, as a sentence."""
    parts = {name: float(part[0]) for name, part in _parts(index, pair, worth, known)}
    ordered = sorted((name for name in parts if parts[name] > 0), key=lambda name: -parts[name])[:SHOWN]
    service = service_words(index.flow.taxonomy, index.flow.codes[int(pair.main[0])])
    words = {"yes": "whether they would say yes", "sells": f"whether they work as {article(service)}"}
    return f"What we do not know: {and_list([words.get(name, name) for name in ordered])}. One call would tell."


def _parts(index: Index, pairs: Pairs, worth: Worth, known: Mapping[int, Known]) -> list[tuple[str, Floats]]:
    """What we are unsure of, each with its variance (n,) in ln(score)."""
    ids = index["ids"][pairs.rows].tolist()
    yes, no = np.array([known.get(business, STRANGER).accept for business in ids]).reshape(-1, 2).T
    part = worth.yes_us / np.maximum(worth.yes_us + worth.yes_them, 1e-12)  # by which the harmonic mean follows theirs
    spread = part * width(worth.model_yes_them, yes, no) / (2 * EIGHTY * np.maximum(worth.yes_them, 1e-12))
    parts = [("yes", spread**2), ("sells", (1 - pairs.sure) / np.maximum(pairs.sure, 1e-12))]
    return parts + [(words, UNTOLD**2 * np.isnan(index[column][pairs.rows])) for words, column in TOLD]
