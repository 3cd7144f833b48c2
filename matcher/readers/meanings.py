"""What a part of a line calls for: by the owner's word, by what clients say, by name, then by what is likest."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from matcher.answers.partners import ServiceGuess, Understood
from matcher.knowledge.meaning import understand, wording_key
from matcher.names import lookup_key
from matcher.readers.cues import CUE, KIND, OPENING, STORY
from matcher.readers.reading import Reading
from matcher.taxonomy import taxonomy

OPENINGS_MOST = 5  # “help with”, “a”, “good”, “local” before a thing; nobody says more
PERSONAL = frozenset(
    "i my me mine myself we our us ourselve he his him himself she her hers herself they their them themselve you "  # noqa: SIM905
    "your it its am is are was were been be has have had do does did m ve re s ll d t".split()
)  # words that change with the one who speaks, in the form in which they are looked up


@dataclass(frozen=True, slots=True)
class Meant:
    """Services that some words may call for, surest first."""

    guesses: tuple[ServiceGuess, ...]
    sure: bool


def meaning(reading: Reading, start: int, end: int) -> Meant:
    """What the words between two positions call for, without those that were read for something else."""
    wording = reading.line.text[start:end]
    if reading.corrections.get(wording_key(wording)) in taxonomy().services:
        return _meant(understand(wording, reading.corrections, reading.mode))
    left, thing = reading.line.rest(start, end), thing_of(reading, start, end)
    if service := _said_by_clients().get(_impersonal(left)):
        return Meant((ServiceGuess(service=service, confidence=1.0, why="Clients say this."),), sure=True)
    spoken = [said for said in (left, thing) if lookup_key(said)]
    named = [said for said in openings(thing) if lookup_key(said) and taxonomy().spelled(said, 1)]
    answers = [understand(said, reading.corrections, reading.mode) for said in dict.fromkeys([*named, *spoken])]
    if sure := next((answer for answer in answers if answer.sure), None):
        return _meant(sure)
    if not answers:
        return Meant((), sure=False)
    best = max(answers, key=lambda answer: answer.guesses[0].confidence if answer.guesses else 0.0)
    return _by_its_head(reading, thing, best) or _meant(best)


def thing_of(reading: Reading, start: int, end: int) -> str:
    """What is needed, without “needs” before it or “wanted” behind it."""
    cue = CUE.search(reading.line.unread, start, end)
    if cue is None:
        return reading.line.rest(start, end)
    return reading.line.rest(cue.end(), end) or reading.line.rest(start, cue.start())


def openings(thing: str) -> list[str]:
    """A thing, then without “someone for”, “help with”, “a good” before it piece by piece, then without “company”."""
    found = [thing]
    while len(found) < OPENINGS_MOST and (opening := OPENING.match(found[-1])):
        found.append(found[-1][opening.end() :])
    plain = KIND.sub("", found[-1])
    return found if plain == found[-1] else [*found, plain]


def _by_its_head(reading: Reading, thing: str, whole: Understood) -> Meant | None:
    """“An accountant for her shop” is an accountant, if all of it together points there as well."""
    head = STORY.sub("", openings(thing)[-1])
    if head == thing or not whole.guesses:
        return None
    heads = [understand(said, reading.corrections, reading.mode) for said in openings(head) if lookup_key(said)]
    fit = (found for found in heads if found.sure and found.guesses[0].service == whole.guesses[0].service)
    return next(map(_meant, fit), None)


def _meant(answer: Understood) -> Meant:
    return Meant(answer.guesses, answer.sure)


def _impersonal(said: str) -> str:
    """The telling words of a text whoever it is about: “I locked myself out” is “locked herself out”."""
    return " ".join(word for word in lookup_key(said).split() if word not in PERSONAL)


@cache
def _said_by_clients() -> Mapping[str, str]:
    """Impersonal words of a phrase that clients say -> the one service that they ask for with it."""
    services: dict[str, set[str]] = defaultdict(set)
    for service in taxonomy().services.values():
        for phrase in service.phrases:
            services[_impersonal(phrase)].add(service.code)
    return {key: next(iter(codes)) for key, codes in services.items() if len(codes) == 1 and " " in key}
