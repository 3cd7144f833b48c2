"""How well everyday sentences and official texts find their service.

*Phrases*: what clients say, each asked as if the lexicon did not hold it (left out one by one; its neighbours stay).
One service is right: the one that the phrase is kept under. Most phrases name no trade on purpose, so this is hard.
The vectors of words were fitted to these phrases among others, which flatters “words” by some two in a hundred.
*Mistyped*: the same phrases with an error in the longest word.

*Index texts*: entries of an official industry index whose code means services (`industry_codes.csv`). Right is any of
the services with the code's highest share; in the rows “any”, every service of the code. The map goes by code, not by
text: “building demolition” stands under site preparation, so that excavation counts as right and demolition does not.
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from matcher.answers.partners import Mode, ServiceGuess
from matcher.knowledge.embedding import available
from matcher.knowledge.kinship import embed_words
from matcher.knowledge.likeness import KIN, Example, Likeness
from matcher.knowledge.meaning import GUESSES, as_read, examples, kept_sums, offered, sure
from matcher.taxonomy import taxonomy
from tests.bench.tables import SHARED_DATA, Cell, Report
from tests.bench.texts import BASELINES, figures, remembered, share

DEFAULT = SHARED_DATA / "industry" / "naics2012_index.csv"
DRAWN = 3_000  # index texts, by seed
TOPS = (1, 3)
SURELY = ("none", "sure", "right then")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Texts with their right services; `own` is the number of the example that a text is itself."""

    texts: list[str]
    right: dict[str, list[set[str]]]  # what counts -> by text
    own: list[int | None]


def measure(path: Path | None) -> Report:
    """Top-1 and top-3 by words alone and by meaning as well, beside the plain ways; how often we pass or are sure."""
    known = list(examples())
    phrases = _phrases(known)
    sets = {"phrases": phrases, "mistyped": _mistyped(phrases), "index texts": _index_texts(path or DEFAULT)}
    modes: list[Mode] = ["words", "meaning"] if available() else ["words"]
    rows: list[dict[str, Cell]] = []
    for name, asked in sets.items():
        found = {way: rank(asked.texts, known, asked.own) for way, rank in BASELINES.items()}
        guessed = {mode: _guessed(known, asked, mode) for mode in modes}
        found |= {mode: [[guess.service for guess in one] for one in guesses] for mode, guesses in guessed.items()}
        for counted, right in asked.right.items():
            for way, rankings in found.items():
                line: dict[str, Cell] = {"texts": f"{name}{counted}", "way": way, **figures(rankings, right, TOPS)}
                rows.append(line | (_surely(guessed[way], right) if way in guessed else dict.fromkeys(SURELY, "")))
    return Report(
        title=f"Services meant: {len(phrases.texts):,} phrases left out one by one, {DRAWN:,} index texts",
        rows=rows,
        facts={"examples": len(known), "services": len(taxonomy().services)},
    )


def _phrases(known: Sequence[Example]) -> Asked:
    phrases = {(phrase, service.code) for service in taxonomy().services.values() for phrase in service.phrases}
    own = [number for number, example in enumerate(known) if (example.text, example.label) in phrases]
    return Asked(texts=[known[n].text for n in own], right={"": [{known[n].label} for n in own]}, own=[*own])


def _mistyped(asked: Asked) -> Asked:
    """The same texts, in the longest word of each a letter left out or two in the wrong order."""
    drawn = np.random.default_rng(2)

    def wrong(text: str) -> str:
        word = max(re.findall(r"[a-z]+", text), key=len)
        place = int(drawn.integers(1, max(2, len(word) - 1)))
        swapped = word[:place] + word[place : place + 2][::-1] + word[place + 2 :]
        return text.replace(word, swapped if drawn.random() < 0.5 else word[:place] + word[place + 1 :], 1)

    return Asked(texts=[wrong(text) for text in asked.texts], right=asked.right, own=asked.own)


def _index_texts(path: Path) -> Asked:
    with path.open(encoding="utf-8-sig", newline="") as file:
        entries = [(row["index_item"], ("naics2012", row["code"])) for row in csv.DictReader(file)]
    codes = taxonomy().industry_codes
    mapped = [(text, codes[code]) for text, code in entries if code in codes]
    drawn = [mapped[number] for number in np.random.default_rng(1).permutation(len(mapped))[:DRAWN]]
    return Asked(
        texts=[text for text, _ in drawn],
        right={
            "": [{code for code, part in shares.items() if part == max(shares.values())} for _, shares in drawn],
            ", any": [set(shares) for _, shares in drawn],
        },
        own=[None] * len(drawn),
    )


def _guessed(known: Sequence[Example], asked: Asked, mode: Mode) -> list[list[ServiceGuess]]:
    """The services of each text, most likely first: a name that it is, then by likeness."""
    owns = [[] if own is None else [known[own]] for own in asked.own]
    read = [as_read(text, own) for text, own in zip(asked.texts, owns, strict=True)]
    index, found = _index(known, [*read, *(example.text for own in owns for example in own)], mode), []
    for text, sentence, own in zip(asked.texts, read, owns, strict=True):
        without = [replace(example, weight=-example.weight) for example in own]
        named = taxonomy().spelled(text, GUESSES)
        known_already = {guess.service for guess in named}
        likely = offered(index, sentence, without, mode)
        found.append([*named, *(guess for guess in likely if guess.service not in known_already)])
    return found


def _index(known: Sequence[Example], texts: Sequence[str], mode: Mode) -> Likeness:
    if mode == "words":
        return Likeness(known, embed_words, cosine=KIN)
    sums = kept_sums(known)
    unread = [] if sums is not None else [example.text for example in known]
    return Likeness(known, remembered([*texts, *unread]), sums)


def _surely(guessed: list[list[ServiceGuess]], right: list[set[str]]) -> dict[str, Cell]:
    """How often we have no guess at all, how often we would be sure, and how often that is right."""
    answered = [(one[0].service, labels) for one, labels in zip(guessed, right, strict=True) if sure(one)]
    shares = (
        share(not one for one in guessed),
        len(answered) / len(guessed),
        share(s in found for s, found in answered),
    )
    return dict(zip(SURELY, shares, strict=True))
