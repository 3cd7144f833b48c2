"""What somebody said: what it is taken for, when it asks, and what it says to text that is none."""

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.answers.partners import Mode
from matcher.errors import Invalid
from matcher.knowledge.embedding import embed
from matcher.knowledge.likeness import summed
from matcher.knowledge.meaning import (
    FEWEST,
    GUESSES,
    TEXT_CHARACTERS,
    best_mode,
    examples,
    kept_sums,
    lexicon,
    understand,
    wording_key,
)
from matcher.names import lookup_key
from matcher.taxonomy import taxonomy

MODES: tuple[Mode, ...] = ("words", "meaning")
each_mode = pytest.mark.parametrize("mode", MODES)
NOBODY: Mapping[str, str] = {}


@each_mode
@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("plumber", "plumber"),
        ("Plummber", "plumber"),
        ("My roof is leaking!", "roofer"),
        ("we need our books done", "bookkeeper"),
        ("Steuerberater", "accountant"),
    ],
)
def test_what_we_know_is_sure(text: str, service: str, mode: Mode) -> None:
    """Names, near spellings and phrases of the lexicon are answered without a question."""
    found = understand(text, NOBODY, mode)
    assert found.sure
    assert found.guesses[0].service == service
    assert taxonomy().services[service].name in found.sentence


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("our basement is full of water after the storm", "restoration"),
        ("we would like our wedding pictures taken", "photographer"),
        ("my granddad forgets everything and shouldn't be alone", "home_care"),
    ],
)
def test_meaning_finds_what_shares_few_words(text: str, service: str) -> None:
    """Sentences that nobody wrote down lead to their service among the first three."""
    assert service in [guess.service for guess in understand(text, NOBODY, "meaning").guesses[:3]]


@each_mode
def test_it_asks_when_unsure(mode: Mode) -> None:
    """A word of several services is a question that offers them; nonsense gets no guess at all."""
    found = understand("lawyer", NOBODY, mode)
    assert not found.sure
    assert len(found.guesses) > 1
    assert found.sentence.endswith("?")
    assert sum(guess.confidence for guess in found.guesses) <= 1 + 1e-9
    assert understand("plummber", NOBODY, mode).guesses[0].why == "Spelled near “plumber”."
    assert understand("zzzzqqq", NOBODY, mode).guesses == ()


@each_mode
@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("the Kellys' gutter has come down again", "gutters_siding"),
        ("the magnolia in the hall is peeling and I want it blue", "painter"),
    ],
)
def test_it_would_rather_ask_than_shrug(text: str, service: str, mode: Mode) -> None:
    """Whenever a word tells anything there are three guesses or more, as a question."""
    found = understand(text, NOBODY, mode)
    assert not found.sure
    assert len(found.guesses) >= FEWEST
    assert service in [guess.service for guess in found.guesses[:3]]
    assert found.sentence.endswith("?")


@each_mode
def test_typing_errors_are_forgiven(mode: Mode) -> None:
    """A phrase with a letter too many is still that phrase, and errors do not hide what a sentence is about."""
    found = understand("my rooof is leaking", NOBODY, mode)
    assert (found.guesses[0].service, found.sure) == ("roofer", True)
    assert understand("he wants his celing plasterd", NOBODY, mode).guesses[0].service == "drywall"


@each_mode
def test_words_told_are_no_typing_errors(mode: Mode) -> None:
    """An unusual word of a corrected wording is read as it is written."""
    told = {wording_key("the boileg is down"): "tattoo"}
    assert understand("down with the boileg", told, mode).guesses[0].service == "tattoo"


@each_mode
def test_each_sentence_counts(mode: Mode) -> None:
    """A message with two needs in it gives both."""
    found = understand("Hello Ana! My roof is leaking. Also, I locked myself out.\nThanks", NOBODY, mode)
    assert found.sure
    assert {guess.service for guess in found.guesses[:2]} == {"roofer", "locksmith"}
    assert "Roofing contractor" in found.sentence
    assert "Locksmith" in found.sentence


@each_mode
def test_the_owners_word_goes_first(mode: Mode) -> None:
    """A wording that the owner has corrected means what they said, whatever we thought; other spellings of it too."""
    told = {wording_key("My roof is leaking"): "gutters_siding"}
    found = understand("my  ROOF is leaking!", told, mode)
    assert (found.sure, found.told, found.guesses[0].service) == (True, True, "gutters_siding")
    assert not understand("my roof is leaking", NOBODY, mode).told


@each_mode
def test_the_owners_word_teaches(mode: Mode) -> None:
    """Wordings like a corrected one become more likely to mean the same."""
    asked, told = "the gizmo is wonky again", {wording_key("our gizmo is wonky"): "appliance_repair"}
    before = [guess.service for guess in understand(asked, NOBODY, mode).guesses]
    after = understand(asked, told, mode).guesses[0]
    assert "appliance_repair" not in before[:1]
    assert after.service == "appliance_repair"


@each_mode
def test_a_service_that_is_gone_means_nothing(mode: Mode) -> None:
    """A correction to a service that the taxonomy no longer has is passed over."""
    assert (
        understand("my roof is leaking", {wording_key("my roof is leaking"): "gone"}, mode).guesses[0].service
        == "roofer"
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Please write what somebody said."),
        (" \n\0\t ", "Please write what somebody said."),
        ("🙂🙂🙂", "There is no word in this"),
        ("?!", "There is no word in this"),
        ("a" * (TEXT_CHARACTERS + 1), "Please keep it under 2,000 characters"),
    ],
)
def test_what_cannot_be_read(text: str, sentence: str) -> None:
    """Nothing, pictures alone and a whole book get one sentence that says what to do."""
    with pytest.raises(Invalid, match=sentence.replace("?", r"\?")) as refused:
        understand(text, NOBODY)
    assert refused.value.sentence.endswith(".")


@settings(max_examples=60)
@given(st.text(max_size=120), st.dictionaries(st.text(max_size=20), st.sampled_from(["roofer", "gone"]), max_size=2))
def test_any_text_gets_an_answer_or_a_sentence(text: str, told: dict[str, str]) -> None:
    """Whatever is typed, there are at most five different guesses in order with a chance each, or one sentence."""
    for mode in MODES:
        if not lookup_key(text):
            with pytest.raises(Invalid, match=r"\.$"):
                understand(text, told, mode)
            continue
        found = understand(text, told, mode)
        services = [guess.service for guess in found.guesses]
        assert len(services) == len(set(services)) <= GUESSES
        assert all(0 < guess.confidence <= 1 for guess in found.guesses)
        assert not found.sure or services


def test_installed_is_used() -> None:
    """With the extra installed, as in these tests, texts are compared by meaning."""
    assert best_mode() == understand("plumber", NOBODY).mode == "meaning"


def test_kept_vectors_are_those_of_the_taxonomy() -> None:
    """The shipped sums of vectors belong to this taxonomy; after a change, run python -m tests.vectors."""
    known = list(examples())
    sums = kept_sums(known)
    assert sums is not None, "Please run: python -m tests.vectors"
    assert kept_sums(known[1:]) is None
    few = [example for example in known if example.label == "pet_cremation"]
    anew = summed(few, {"pet_cremation": 0}, embed)[0]
    assert np.allclose(sums[lexicon("words").numbers["pet_cremation"]], anew, atol=0.01)
