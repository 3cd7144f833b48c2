"""Moments found in notes: sixty sentences written before the rules, and what a note must not be read as."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.readers.moments import NAMES, find_moments
from matcher.taxonomy import data_folder, read_rows

with (data_folder() / "golden" / "moments.csv").open(encoding="utf-8", newline="") as file:
    SENTENCES = [(row["text"], row["moment"]) for row in csv.DictReader(file)]
MISSED_MOST = 0.1  # of the sentences with a moment
WRONG_MOST = 0  # a moment where there is none, or another one


def test_the_sixty_sentences() -> None:
    """At least nine in ten moments are found, none where there is none, and none is taken for another."""
    found = [({one.kind for one in find_moments(text)}, {kind} - {""}) for text, kind in SENTENCES]
    told = [(text, got) for (text, _), (got, wanted) in zip(SENTENCES, found, strict=True) if got - wanted]
    missed = [text for (text, _), (got, wanted) in zip(SENTENCES, found, strict=True) if wanted - got]
    assert len(told) <= WRONG_MOST, told
    assert len(missed) <= MISSED_MOST * sum(bool(kind) for _, kind in SENTENCES), missed


def test_a_moment_comes_with_its_sentence() -> None:
    """Of a longer note the one sentence is shown that tells of it, unchanged."""
    (found,) = find_moments("Rang at nine.\nThey are delighted with the roof! Invoice on Monday.")
    assert (found.kind, found.sentence) == ("praise", "They are delighted with the roof!")
    assert found.phrase == "delighted with"


def test_each_kind_once() -> None:
    """Two sentences of praise are one moment, and a note can tell of several kinds in its own order."""
    note = "We finished today. They love it. She said that we did a great job. She gave our name to her boss."
    assert [one.kind for one in find_moments(note)] == ["done", "praise", "referred"]


@pytest.mark.parametrize(
    "text",
    [
        "They are not very happy with it.",
        "If you saved us some time, good.",
        "Have you left us a five-star review?",
        "We have not finished the work.",
        "Nobody recommended us to them.",
        "",
        "???",
    ],
)
def test_what_is_denied_asked_or_wished(text: str) -> None:
    """A sentence that denies it, asks for it or only thinks of it is no moment."""
    assert find_moments(text) == ()


def test_every_kind_has_phrases_of_its_own() -> None:
    """Each of the six kinds has ten phrases or more, and no phrase belongs to two."""
    phrases = [(row["moment"], row["text"]) for row in read_rows("moments.csv")]
    assert {kind for kind, _ in phrases} == set(NAMES)
    assert all(sum(kind == one for kind, _ in phrases) >= 10 for one in NAMES)
    assert len({text for _, text in phrases}) == len(phrases)


@given(st.text(max_size=300))
def test_any_note_is_read(note: str) -> None:
    """Whatever is pasted, what is found stands in it."""
    for one in find_moments(note):
        assert one.kind in NAMES
        assert one.sentence
