"""Moments to ask, found in a note: praise, a testimonial, a rescue, a new membership, work that is done, a referral.

Sentence by sentence, by the phrases of `data/taxonomy/moments.csv`; a sentence that denies it, wishes it or asks for it
tells of none. Nothing is kept before the owner has looked at it.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from matcher.answers.agenda import MomentFound, MomentKind
from matcher.names import fold
from matcher.taxonomy import read_rows
from matcher.visible import visible

NAMES: Mapping[MomentKind, str] = {  # in the order in which a sentence that tells of several is read
    "saved": "You saved them",
    "testimonial": "They wrote well of you",
    "referred": "They have referred you",
    "joined": "They joined something",
    "praise": "They praised you",
    "done": "The work is done",
}
NOTE_CHARACTERS = 4_000  # of a pasted note: a long message
GAP_WORDS = 4  # that … stands for, at most
GAP = rf"((?: \S+){{0,{GAP_WORDS}}}) "
SENTENCE = re.compile(r"(?<=[.!?…])[\"”’»]*\s+|\n+")
DENIED = re.compile(
    r"\b(?:not|never|no|nobody|none|cannot|isn t|wasn t|hasn t|haven t|didn t|don t|doesn t|could have|should have"
    r"|would you|could you|can you|will you|if|half|almost|nearly|nicht|kein|keine|pas|nunca)\b"
)
TURNS = re.compile(r"\b(?:do|does|did) not know\b")  # what they would have done without you: no denial


def find_moments(note: str) -> tuple[MomentFound, ...]:
    """The moments that a note tells of, each kind once, in the order of the note."""
    found: dict[MomentKind, MomentFound] = {}
    for sentence in _sentences(note):
        one = _moment(sentence)
        if one is not None and one.kind not in found:
            found[one.kind] = one
    return tuple(found.values())


def _sentences(note: str) -> Iterator[str]:
    for sentence in SENTENCE.split(visible(note[:NOTE_CHARACTERS])):
        if sentence.strip():
            yield sentence.strip()


def _moment(sentence: str) -> MomentFound | None:
    """The one moment that a sentence tells of."""
    words = fold(sentence)
    if sentence.rstrip('"”’»').endswith("?"):
        return None
    for kind, name in NAMES.items():
        for phrase, pattern in _phrases()[kind]:
            hit = pattern.search(words)
            if hit and not _denied(words, hit):
                return MomentFound(kind=kind, name=name, sentence=sentence, phrase=phrase)
    return None


def _denied(words: str, hit: "re.Match[str]") -> bool:
    """Whether what stands before the words, or in their gaps, takes them back."""
    around = " ".join([TURNS.sub("", words[: hit.start()]), *(gap or "" for gap in hit.groups())])
    return DENIED.search(around) is not None


@cache
def _phrases() -> Mapping[MomentKind, list[tuple[str, "re.Pattern[str]"]]]:
    found: dict[MomentKind, list[tuple[str, re.Pattern[str]]]] = {kind: [] for kind in NAMES}
    for row in read_rows("moments.csv"):
        found[row["moment"]].append((row["text"], _pattern(row["text"])))  # type: ignore[index]
    return found


def _pattern(phrase: str) -> "re.Pattern[str]":
    parts = [re.escape(fold(part)) for part in phrase.split("…")]
    return re.compile(rf"\b{GAP.join(parts)}\b")
