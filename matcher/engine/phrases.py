"""Which sentences of the taxonomy people should listen for: few, short, and each about something else."""

from collections.abc import Iterable

from matcher.names import fold

SHOWN = 6  # sentences that fit a pocket card and a memory (prior)
LEAST_WORDS, MOST_WORDS = 4, 11  # of a sentence that can be recognised when it is said aloud (prior)
ALIKE_SHARE = 0.5  # of the telling words of the shorter one, from which two say the same (prior)
ALIKE_LEAST = 2  # words shared, unless the shorter one has no more: one word is the subject (prior)
TELLING = 4  # letters of a word that tells something (prior)


def trigger_phrases(phrases: Iterable[str], count: int = SHOWN) -> tuple[str, ...]:
    """The shortest sentences that people can recognise, none that says what a shorter one says already."""
    fit = [phrase for phrase in dict.fromkeys(phrases) if LEAST_WORDS <= len(phrase.split()) <= MOST_WORDS]
    chosen: list[str] = []
    for phrase in sorted(fit, key=lambda text: (len(text), text)):
        if len(chosen) < count and not any(_alike(phrase, other) for other in chosen):
            chosen.append(phrase)
    return tuple(chosen)


def _alike(one: str, other: str) -> bool:
    words, others = _telling(one), _telling(other)
    shared, fewer = len(words & others), min(len(words), len(others))
    return 0 < shared == fewer or shared >= max(ALIKE_LEAST, ALIKE_SHARE * fewer)


def _telling(phrase: str) -> set[str]:
    return {word for word in fold(phrase).split() if len(word) >= TELLING}
