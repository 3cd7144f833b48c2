"""Likeness of texts to labels: against the slow, obvious way, and as if examples had never been there."""

from collections.abc import Sequence
from math import log1p

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.knowledge.likeness import LONG, PIECES, REPEATED, TELLING, Example, Likeness, Vectors, pieces_of, words_of

LABELS = ("roofer", "plumber", "baker")
WORDS = ("roof", "leak", "leaking", "pipe", "bread", "cake", "water")
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
weights = st.sampled_from([0.5, 1.0, 2.0])
made = st.builds(Example, text=texts, label=st.sampled_from(LABELS), weight=weights)
lexicons = st.lists(made, min_size=1, max_size=12).map(
    lambda found: [*(Example("something", label) for label in LABELS), *found]  # each label keeps an example
)


def letters(asked: Sequence[str]) -> Vectors:
    """A made-up embedding: how often each letter stands in a text."""
    return np.array([[text.count(letter) for letter in "abcdefghiklmnoprtw"] for text in asked], dtype=np.float32) + 0.1


def obvious(examples: Sequence[Example], text: str) -> list[float]:
    """BM25 over words and over pieces, written down as in the textbook."""
    scores = [0.0] * len(LABELS)
    for features in (words_of, pieces_of):
        counts = [{} for _ in LABELS]  # type: list[dict[str, float]]
        for example in examples:
            own = counts[LABELS.index(example.label)]
            for feature, count in features(example.text).items():
                own[feature] = own.get(feature, 0.0) + example.weight * count
        mean = sum(sum(own.values()) for own in counts) / len(LABELS)
        asked = set(features(text))
        idf = {}
        for feature in asked:
            holders = sum(feature in own for own in counts)
            idf[feature] = log1p((len(LABELS) - holders + 0.5) / (holders + 0.5)) ** TELLING
        for number, own in enumerate(counts):
            held_back = REPEATED * (1 - LONG + LONG * sum(own.values()) / mean)
            gained = sum(idf[f] * own[f] / (own[f] + held_back) for f in asked if f in own)
            scores[number] += gained / sum(idf.values())
    return scores


@given(lexicons, texts)
def test_scores_are_those_of_the_textbook(examples: list[Example], text: str) -> None:
    """The fast scores are the sums that one would write down by hand."""
    assert Likeness(examples).scores(text) == pytest.approx(obvious(examples, text))


@given(lexicons, st.lists(made, max_size=3), texts)
def test_more_examples_count_as_if_they_had_been_there(examples: list[Example], more: list[Example], text: str) -> None:
    """Scores with further examples are those of an index built with them, by words and with vectors."""
    for embed in (None, letters):
        later = Likeness(examples, embed).scores(text, more)
        assert later == pytest.approx(Likeness([*examples, *more], embed).scores(text), abs=1e-5)


@given(lexicons, st.data())
def test_left_out_is_as_if_never_known(examples: list[Example], data: st.DataObject) -> None:
    """Leaving an example out gives the scores of an index built without it, also for the very text left out."""
    number = data.draw(st.integers(len(LABELS), len(examples) - 1))
    left_out = examples[number]
    taken_back = [Example(left_out.text, left_out.label, -left_out.weight)]
    rest = examples[:number] + examples[number + 1 :]
    for embed in (None, letters):
        without = Likeness(examples, embed).scores(left_out.text, taken_back)
        assert without == pytest.approx(Likeness(rest, embed).scores(left_out.text), abs=1e-5)


def test_pieces_stay_inside_words() -> None:
    """Pieces have the sizes they should and never run from one word into the next."""
    found = pieces_of("my roof")
    assert set(map(len, found)) <= set(PIECES)
    assert found[" ro"] == found["of "] == 1
    assert not any(piece.strip().count(" ") for piece in found)


def test_shared_words_tell_most_first() -> None:
    """The words named as a cause are the rare ones that text and label share."""
    known = Likeness(
        [Example("my roof is leaking", "roofer"), Example("my bread", "baker"), Example("my pipe", "plumber")]
    )
    assert known.shared_words("my old roof", "roofer") == ["roof"]
    assert known.shared_words("cake", "roofer") == []


def test_what_many_labels_hold_tells_nothing() -> None:
    """A word tells something when a few labels hold it, and nothing when many do or none."""
    known = Likeness([*(Example("our thing", f"maker {n}") for n in range(40)), Example("our oddity", "dealer")])
    assert known.tells("an oddity")
    assert not known.tells("our thing")
    assert not known.tells("whatsit")
    assert known.tells("whatsit", [Example("a whatsit", "dealer")])
    assert known.shared_words("our oddity", "dealer") == ["oddity"]
