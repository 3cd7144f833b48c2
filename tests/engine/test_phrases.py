"""Which sentences people should listen for, and who counts as a champion."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from matcher.answers.whose import Whose
from matcher.engine.champions import champions
from matcher.engine.phrases import LEAST_WORDS, MOST_WORDS, SHOWN, trigger_phrases
from matcher.taxonomy import taxonomy

TODAY = date(2026, 3, 2)


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


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 900)), max_size=20))
def test_champions_count_everybody_once(sent: list[tuple[int, int]]) -> None:
    """Each source is there once, all people are counted, and the heaviest come first."""
    received = [(Whose(business_id=who), TODAY - timedelta(days=days)) for who, days in sent]
    found = champions(received, TODAY)
    assert sum(one.sent for one in found) == len(sent)
    assert len({one.whose for one in found}) == len(found)
    assert [one.weight for one in found] == sorted((one.weight for one in found), reverse=True)


def test_recent_people_weigh_more() -> None:
    """Somebody who sent one person this month goes before somebody who sent one years ago."""
    old, new = Whose(business_id=1), Whose(person_id=1)
    received = [(old, TODAY - timedelta(days=1_500)), (new, TODAY)]
    assert [one.whose for one in champions(received, TODAY)] == [new, old]
