"""Vectors of texts from their words: close when the words are kin, in a file that everybody has."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.knowledge.kinship import embed_words, kinship
from matcher.knowledge.meaning import examples
from matcher.names import fold


@pytest.mark.parametrize(
    ("word", "kin", "stranger"),
    [("roof", "ceiling", "wedding"), ("puppy", "dogs", "invoice"), ("solicitor", "lawyer", "boiler")],
)
def test_kin_is_closer(word: str, kin: str, stranger: str) -> None:
    """A word is closer to one of its own field than to one of another."""
    asked, near, far = embed_words([word, kin, stranger])
    assert asked @ near > asked @ far + 0.2


@given(st.lists(st.text(max_size=40), max_size=5))
def test_vectors_have_length_one_or_none(texts: list[str]) -> None:
    """Whatever is written, a text has a vector of length 1, or of zeros when it holds no word we know."""
    for text, vector in zip(texts, embed_words(texts), strict=True):
        known = any(kinship().place(word) is not None for word in fold(text).split())
        assert np.linalg.norm(vector) == pytest.approx(1.0 if known else 0.0, abs=1e-5)


def test_order_and_small_words_hardly_matter() -> None:
    """A text's vector is that of its telling words, in any order."""
    one, other = embed_words(["the roof is leaking", "leaking roof"])
    assert one @ other > 0.9


def test_our_own_words_are_known() -> None:
    """Nearly all words of the taxonomy have a vector; after a large change, run python -m tests.vectors."""
    words = {word for example in examples() for word in fold(example.text).split()}
    assert sum(kinship().place(word) is None for word in words) < 0.05 * len(words)
