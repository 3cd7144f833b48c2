"""How well free text finds its industry code: a tenth of an official index, kept out, by the other nine tenths.

The text machinery is the one that finds services (`matcher/knowledge/likeness.py`), given other labels and examples.
An entry is right when its own code is found, all six digits.
"""

import csv
from pathlib import Path

import numpy as np

from matcher.knowledge.embedding import available
from matcher.knowledge.likeness import Example, Likeness
from tests.bench.tables import SHARED_DATA, Cell, Report
from tests.bench.texts import BASELINES, Ranking, figures, remembered

DEFAULT = SHARED_DATA / "industry" / "naics2012_index.csv"
KEPT_OUT = 10  # one entry in so many
TOPS = (1, 5)


def measure(path: Path | None) -> Report:
    """Top-1 and top-5 by words alone and by meaning as well, beside the plain ways."""
    with (path or DEFAULT).open(encoding="utf-8-sig", newline="") as file:
        entries = [Example(row["index_item"], row["code"]) for row in csv.DictReader(file)]
    drawn = np.random.default_rng(0).permutation(len(entries))
    asked = [entries[number] for number in drawn[: len(entries) // KEPT_OUT]]
    known = [entries[number] for number in drawn[len(entries) // KEPT_OUT :]]
    right = [{entry.label} for entry in asked]
    texts, nothing = [entry.text for entry in asked], [None] * len(asked)
    rows: list[dict[str, Cell]] = [
        {"way": name, **figures(rank(texts, known, nothing), right, TOPS)} for name, rank in BASELINES.items()
    ]
    rows.append({"way": "words", **figures(_rankings(Likeness(known), texts), right, TOPS)})
    if available():
        embed = remembered(entry.text for entry in entries)
        rows.append({"way": "meaning", **figures(_rankings(Likeness(known, embed), texts), right, TOPS)})
    codes = {entry.label for entry in known}
    return Report(
        title=f"Industry codes: {len(asked):,} texts kept out, {len(known):,} examples of {len(codes):,} codes",
        rows=rows,
        facts={"texts whose code has an example": len([e for e in asked if e.label in codes]) / len(asked)},
    )


def _rankings(known: Likeness, texts: list[str]) -> list[Ranking]:
    return [[known.labels[n] for n in np.argsort(-known.scores(text), kind="stable")[: max(TOPS)]] for text in texts]
