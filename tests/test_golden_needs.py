"""What clients say they need is read as an expert would read it, or it is asked.

The sentences in data/golden/needs.csv were written from the names of the services alone, before the lexicon was looked
at. Neither they nor their services are changed to suit it.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest

from matcher.answers.partners import Mode, Understood
from matcher.knowledge.meaning import understand
from matcher.taxonomy import taxonomy

SENTENCES = Path(__file__).parents[1] / "data/golden/needs.csv"
COUNT = 120
LEAST_FIRST_THREE = 0.85  # share of all sentences: what we promise
MOST_SURELY_WRONG = 2  # of the sentences
MODES: tuple[Mode, ...] = ("words", "meaning")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A sentence with the services an expert accepts, and what was understood."""

    right: set[str]
    found: Understood

    def among(self, first: int) -> bool:
        """Whether a right service is among the first guesses."""
        return not self.right.isdisjoint(guess.service for guess in self.found.guesses[:first])


def golden() -> list[tuple[str, list[str]]]:
    """Each sentence with its right services, the one to call first before the others."""
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        return [(row["sentence"], row["services"].split()) for row in csv.DictReader(file)]


@pytest.fixture(scope="module", params=MODES)
def readings(request: pytest.FixtureRequest) -> list[Reading]:
    """All sentences as one text mode reads them, where nobody has corrected anything."""
    return [
        Reading(right=set(services), found=understand(sentence, {}, request.param)) for sentence, services in golden()
    ]


def test_every_sentence_has_known_services() -> None:
    """The file holds as many different sentences as it says, each with one to three different known services."""
    sentences = golden()
    assert len(sentences) == len({sentence for sentence, _ in sentences}) == COUNT
    for sentence, services in sentences:
        assert 1 <= len(services) == len(set(services)) <= 3, sentence
        assert set(services) <= set(taxonomy().services), sentence


def test_a_right_service_is_among_the_first_three(readings: list[Reading]) -> None:
    """For as many sentences as we promise, a service that an expert accepts is among the first three guesses."""
    assert sum(reading.among(3) for reading in readings) / len(readings) >= LEAST_FIRST_THREE


def test_hardly_anything_is_surely_wrong(readings: list[Reading]) -> None:
    """Indirect speech is asked about: hardly a sentence is answered without a question and wrongly."""
    assert sum(reading.found.sure and not reading.among(1) for reading in readings) <= MOST_SURELY_WRONG
