"""Which sentences people should listen for."""

from matcher.engine.phrases import LEAST_WORDS, MOST_WORDS, SHOWN, trigger_phrases
from matcher.taxonomy import taxonomy


def test_every_service_has_a_full_card() -> None:
    """Each service has as many sentences to listen for as a card shows, all short enough to recognise."""
    for service in taxonomy().services.values():
        found = trigger_phrases(service.phrases)
        assert len(found) == SHOWN, service.code
        assert {LEAST_WORDS <= len(phrase.split()) <= MOST_WORDS for phrase in found} == {True}
        assert set(found) <= set(service.phrases)


def test_no_two_sentences_say_the_same() -> None:
    """A longer sentence with the words of a shorter one stays out."""
    phrases = ("we need a new roof", "we need a new roof before winter", "my gutters are overflowing")
    assert trigger_phrases(phrases) == ("we need a new roof", "my gutters are overflowing")
