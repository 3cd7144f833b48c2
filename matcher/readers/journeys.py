"""Reader of what the client goes through: “buying their first home”, “getting married”, “opens a shop”."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from matcher.names import fold, singular
from matcher.readers.cues import CUE
from matcher.readers.line import Clause
from matcher.readers.reading import Reading, SaidJourney
from matcher.taxonomy import read_rows, taxonomy

GAP = 1  # words that may stand between two of a phrase: “opens a little shop”
WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")
PASSED_OVER = frozenset(
    "a an the his her their our my its your this that just recently currently now finally very own both is are "  # noqa: SIM905
    "am".split()
)  # words that make no difference to what somebody goes through
SAME: Mapping[str, str] = dict(
    re.findall(
        r"(\w+)=(\w+)",
        "bought=buy sold=sell got=get had=have has=have having=have lost=lose left=leave built=build found=find "
        "went=go goes=go going=go became=become began=begin broke=break house=home houses=home grew=grow wed=wedding "
        "children=child kids=child kid=child died=die dying=die renovate=remodel renovating=remodel "
        "renovated=remodel remodelling=remodel remodelled=remodel relocating=relocate relocated=relocate "
        "business=firm company=firm companies=firm purchase=buy purchased=buy purchasing=buy mum=mother mom=mother "
        "wife=partner husband=partner launching=open launches=open launched=open start=open starts=open "
        "starting=open started=open store=shop vacation=holiday vehicle=car separated=separate",
    )
)  # forms of one word, and words that mean the same on a journey
LEADING_ON = frozenset({"to", "from", "in", "on"})  # leads on to a place or a day, which others read
WHICH = "Is it “{}”, or rather “{}”?"
PAST = frozenset("bought sold got had lost left built found went became began broke died was wed were".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Phrase:
    """What people say on a journey, with the journeys that it may tell of, each told of the past or not."""

    stems: tuple[str, ...]
    choices: tuple[tuple[bool, str], ...]  # likeliest first
    act: bool  # “opening a shop”, “for the wedding”; not “new website”, which may be just what somebody needs


@dataclass(frozen=True, slots=True)
class Told:
    """A phrase found in the line."""

    phrase: Phrase
    start: int
    end: int
    past: bool
    asked_for: bool  # it stands behind “needs”, and belongs to the words of the need as well
    close: bool  # no other word between

    @property
    def journeys(self) -> tuple[str, ...]:
        """The journeys of this tense: who got married is further than who is getting married; else all."""
        fit = tuple(journey for past, journey in self.phrase.choices if past == self.past)
        return fit or tuple(journey for _, journey in self.phrase.choices)

    @property
    def rank(self) -> tuple[bool, int, bool, bool, int]:
        """Which of several is meant: the longest, in its own tense, without another word between."""
        fits = any(past == self.past for past, _ in self.phrase.choices)
        return not self.asked_for, len(self.phrase.stems), fits, self.close, -self.start


def read_journey(reading: Reading) -> None:
    """The journey that most words of a phrase tell of, with its first market; asked when it may be another."""
    found = [told for clause in reading.line.clauses() for told in _told(reading, clause)]
    if not found:
        return
    best = max(found, key=lambda told: told.rank)
    journey, *others = best.journeys
    reading.journey = SaidJourney(start=best.start, end=best.end, journey=journey, past=best.past, act=best.phrase.act)
    reading.markets += taxonomy().journeys[journey].markets[:1]
    if others:
        reading.ask(WHICH, taxonomy().journeys[journey].name, taxonomy().journeys[others[0]].name)
    if best.phrase.act and not best.asked_for:
        reading.line.mark(best.start, best.end)


def _told(reading: Reading, clause: Clause) -> Iterator[Told]:
    """All that the words of one clause tell of."""
    line, cue = reading.line, CUE.search(reading.line.unread, clause.start, clause.end)
    words = [word for word in WORD.finditer(line.unread, clause.start, clause.end) if fold(word[0]) not in PASSED_OVER]
    stems = [stem(word[0]) for word in words]
    for first, word in enumerate(words):
        asked_for = cue is not None and cue.start() <= word.start()
        for phrase in _phrases().get(stems[first], ()):
            last = _reaches(stems[first:], phrase.stems)
            if last is None or (asked_for and (not phrase.act or len(phrase.stems) == 1)):
                continue
            final = words[first + last - (stems[first + last] in LEADING_ON)]
            yield Told(phrase, word.start(), final.end(), is_past(word[0]), asked_for, last + 1 == len(phrase.stems))


def stem(word: str) -> str:
    """A rough stem, by which “opening”, “opens” and “opened” are one word."""
    plain = singular(SAME.get(fold(word), fold(word)))
    plain = SAME.get(plain, plain)
    for ending in ("ing", "ed"):
        if plain.endswith(ending) and len(plain) > len(ending) + 2:
            plain = plain[: -len(ending)]
            plain = plain[:-1] if plain[-1] == plain[-2] and plain[-1] not in "ls" else plain
    return plain[:-1] if plain.endswith("e") and len(plain) > 3 else plain


def is_past(word: str) -> bool:
    """Whether a verb tells of what has been."""
    plain = fold(word)
    return plain in PAST or (plain.endswith("ed") and not plain.endswith("eed"))


def _reaches(said: Sequence[str], stems: Sequence[str]) -> int | None:
    """Where the last of the stems stands among those said, in order and close together; None if they do not."""
    place = 0
    for wanted in stems[1:]:
        near = list(said[place + 1 : place + 2 + GAP])
        if wanted not in near:
            return None
        place += 1 + near.index(wanted)
    return place


@cache
def _phrases() -> Mapping[str, Sequence[Phrase]]:
    """First stem -> the phrases that begin with it."""
    told: dict[tuple[str, ...], list[tuple[bool, int, str, bool]]] = defaultdict(list)
    for row in read_rows("occasions.csv"):
        words = [word for word in WORD.findall(row["text"]) if fold(word) not in PASSED_OVER]
        act = words[0].endswith("ing") or is_past(words[0]) or words[0] in ("for", "after")
        told[tuple(map(stem, words))].append((is_past(words[0]), int(row["choice"]), row["journey"], act))
    known: dict[str, list[Phrase]] = defaultdict(list)
    for stems, found in told.items():
        choices = tuple(dict.fromkeys((past, journey) for past, _, journey, _ in sorted(found)))
        known[stems[0]].append(Phrase(stems, choices, any(act for *_, act in found)))
    return known
