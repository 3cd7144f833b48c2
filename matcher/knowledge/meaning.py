"""What somebody said, as the services it means: names and told wordings first, then likeness; it asks when unsure."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from matcher.answers.partners import Mode, ServiceGuess, Understood
from matcher.errors import Invalid
from matcher.knowledge.embedding import available, embed
from matcher.knowledge.kinship import embed_words, kinship
from matcher.knowledge.likeness import KIN, Example, Likeness, Vectors
from matcher.names import fold, lookup_key, respelled
from matcher.taxonomy import SECOND_CHOICE, data_folder, read_rows, taxonomy

TEXT_CHARACTERS = 2_000  # longest text that is read: a long message
KEY_CHARACTERS = 200  # of a wording's comparable form, by which it is known again
SENTENCES = 20  # of a text that are looked at
GUESSES = 5  # services offered at most
FEWEST = 3  # services offered at least when a word of the text tells anything
LEAST = 0.015  # confidence below which a further guess is no help (prior)
SHARE_LEAST = 0.05  # of a category's firms, below which its words do not mean the service
# Chosen with `python -m tests.bench needs`, so that about nine in ten of the sure guesses on official texts are right.
SURE = 0.7  # confidence from which we take a guess for the answer
MARGIN = 0.3  # by which it must then be ahead of the next
SHARPNESS: Mapping[Mode, float] = {"words": 5.0, "meaning": 4.0}  # of the softmax from likeness to confidence
TOLD = 3.0  # how many of our own phrases a wording counts for that the owner told us (prior)
FILLERS = frozenset("also but hello hey hi just oh please really so thank too very well".split())  # noqa: SIM905
WHYS = {"name": "It is called so.", "code": "It is called so."}  # what the taxonomy says of a name -> in a sentence
SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\n+")

Corrections = Mapping[str, str]  # comparable form of a wording -> the service that the owner says it means


def understand(text: str, corrections: Corrections, mode: Mode | None = None) -> Understood:
    """The services that a text means, or a question when it is not clear; Invalid for a text without words."""
    said, mode = readable(text), mode or best_mode()
    learned = [Example(key, service, TOLD) for key, service in corrections.items() if service in taxonomy().services]
    told = corrections.get(wording_key(said))
    if told in taxonomy().services:
        guess = ServiceGuess(service=told, confidence=1.0, why="You told us so.")
        return _answer(said, [guess], [guess], mode, told=True)
    meant: list[ServiceGuess] = []
    guesses: dict[str, ServiceGuess] = {}
    for sentence in _sentences(said):
        found = _guesses(sentence, learned, mode)
        meant += found[:1] if sure(found) else []
        for guess in found:
            if guess.service not in guesses or guesses[guess.service].confidence < guess.confidence:
                guesses[guess.service] = guess
    return _answer(said, meant, list(guesses.values()), mode)


def best_mode() -> Mode:
    """By meaning where the extra `semantic` is installed, by words elsewhere."""
    return "meaning" if available() else "words"


def readable(text: str) -> str:
    """The text on one line or several, without what cannot be read; Invalid when no word is left, or too many."""
    said = "\n".join(filter(None, (" ".join(line.replace("\0", " ").split()) for line in text.splitlines())))
    if len(said) > TEXT_CHARACTERS:
        raise Invalid("text", f"Please keep it under {TEXT_CHARACTERS:,} characters; one or two sentences are enough.")
    if not said:
        raise Invalid("text", "Please write what somebody said.")
    if not lookup_key(said):
        raise Invalid("text", "There is no word in this that tells us anything. Please write what somebody said.")
    return said


def wording_key(text: str) -> str:
    """The form under which a wording is kept; two wordings of the same telling words are one."""
    return lookup_key(text)[:KEY_CHARACTERS]


def sure(guesses: Sequence[ServiceGuess]) -> bool:
    """Whether the first of the guesses is likely enough, and far enough ahead of the second, to be the answer."""
    if not guesses:
        return False
    second = guesses[1].confidence if len(guesses) > 1 else 0.0
    return guesses[0].confidence >= SURE and guesses[0].confidence - second >= MARGIN


def confidences(scores: NDArray[np.float64], mode: Mode) -> NDArray[np.float64]:
    """The chance of each label, from how like the text it is."""
    grown = np.exp(SHARPNESS[mode] * (scores - scores.max()))
    shares: NDArray[np.float64] = grown / grown.sum()
    return shares


def examples() -> Iterator[Example]:
    """All that the taxonomy knows of how people name a service or ask for it."""
    for service in taxonomy().services.values():
        yield Example(service.name, service.code)
    for row in read_rows("synonyms.csv"):
        yield Example(row["text"], row["service"], SECOND_CHOICE ** (int(row["choice"]) - 1))
    for service in taxonomy().services.values():
        yield from (Example(phrase, service.code) for phrase in service.phrases)
    for row in read_rows("category_words.csv"):
        if float(row["share"]) >= SHARE_LEAST:
            yield Example(row["words"], row["service"], float(row["share"]))


def as_read(sentence: str, learned: Sequence[Example]) -> str:
    """The sentence without the typing errors that can be told: words that are neither English nor ours."""
    usual, kin, told = _usual_words(), kinship().places, {word for known in learned for word in known.text.split()}
    return respelled(sentence, usual, lambda word: word in usual or word in kin or word in told)


def offered(known: Likeness, sentence: str, learned: Sequence[Example], mode: Mode) -> list[ServiceGuess]:
    """The services that a sentence is most like, surest first; none for words that nobody says of a service."""
    shares = confidences(known.scores(sentence, learned), mode)
    fewest = FEWEST if known.tells(sentence, learned) else 0
    ordered = np.argsort(-shares, kind="stable")[:GUESSES]
    best = [number for place, number in enumerate(ordered) if place < fewest or shares[number] >= LEAST]
    return [
        ServiceGuess(service=code, confidence=float(shares[number]), why=_why(known.shared_words(sentence, code)))
        for number in best
        for code in [known.labels[number]]
    ]


@cache
def lexicon(mode: Mode) -> Likeness:
    """The services with all their examples."""
    known = list(examples())
    if mode == "meaning":
        return Likeness(known, _vectors, kept_sums(known))
    return Likeness(known, embed_words, cosine=KIN)


def kept_sums(known: Sequence[Example]) -> Vectors | None:
    """The sums of vectors that are shipped, so that nobody waits while thousands of texts are read; None when stale."""
    path = data_folder() / "embedding" / "services.npz"
    if not path.is_file():
        return None
    with np.load(path, allow_pickle=False) as kept:
        sums: Vectors = kept["sums"].astype(np.float32)
        return sums if str(kept["known"]) == digest(known) else None


def digest(known: Sequence[Example]) -> str:
    """A fingerprint of examples: what is shipped for others is not used."""
    lines = "\n".join(f"{example.label}\t{example.weight:.6g}\t{example.text}" for example in known)
    return sha256(lines.encode()).hexdigest()


@cache
def _usual_words() -> Mapping[str, int]:
    """The words that name services or stand in phrases, with how many texts hold each."""
    return Counter(word for example in examples() for word in fold(example.text).split())


def _vectors(texts: Sequence[str]) -> Vectors:
    return np.array([_vector(text) for text in texts]) if len(texts) < 1_000 else embed(texts)


@lru_cache(maxsize=10_000)
def _vector(text: str) -> Vectors:
    vector: Vectors = embed([text])[0]
    return vector


def _sentences(said: str) -> list[str]:
    """The sentences of a text, without those that tell nothing: “Hello!” beside others."""
    parts = [part for part in SENTENCE_END.split(said) if " " in lookup_key(part)]
    return parts[:SENTENCES] or [said]


def _guesses(sentence: str, learned: Sequence[Example], mode: Mode) -> list[ServiceGuess]:
    """The services that one sentence may mean, surest first."""
    if named := taxonomy().spelled(sentence, GUESSES):
        return _named(lookup_key(sentence), named)
    read = as_read(sentence, learned)
    if services := _phrases().get(_telling(read)):
        return [ServiceGuess(service=code, confidence=1 / len(services), why="Clients say this.") for code in services]
    return offered(lexicon(mode), read, learned, mode)


def _named(key: str, named: list[ServiceGuess]) -> list[ServiceGuess]:
    """The guesses by name as shares of a whole; only the first when the text is that service's own name."""
    if key == lookup_key(taxonomy().services[named[0].service].name):
        named = named[:1]
    whole = max(1.0, sum(guess.confidence for guess in named))
    return [replace(g, confidence=g.confidence / whole, why=WHYS.get(g.why, f"Spelled {g.why}.")) for g in named]


def _telling(sentence: str) -> str:
    return " ".join(word for word in lookup_key(sentence).split() if word not in FILLERS)


def _why(words: Sequence[str]) -> str:
    return f"Because of {' and '.join(f'“{word}”' for word in words)}." if words else "Close in meaning."


@cache
def _phrases() -> Mapping[str, tuple[str, ...]]:
    """The telling words of a phrase -> the services that clients ask for with it."""
    services: dict[str, dict[str, None]] = defaultdict(dict)
    for service in taxonomy().services.values():
        for phrase in service.phrases:
            services[_telling(phrase)][service.code] = None
    return {key: tuple(codes) for key, codes in services.items()}


def _answer(
    said: str, meant: Sequence[ServiceGuess], guesses: Sequence[ServiceGuess], mode: Mode, *, told: bool = False
) -> Understood:
    """Put what is meant first, and say it in one sentence."""
    surely = dict.fromkeys(guess.service for guess in meant)
    ordered = sorted(guesses, key=lambda guess: (guess.service not in surely, -guess.confidence))[:GUESSES]
    names = " and ".join(taxonomy().services[code].name for code in surely)
    sentence = "We cannot tell what this calls for. Please say it in other words, or choose below."
    if surely:
        sentence = f"You told us that this means: {names}." if told else f"This calls for: {names}."
    elif ordered:
        sentence = "This may mean several things. Which is it?" if len(ordered) > 1 else "Is this what it means?"
    return Understood(text=said, guesses=tuple(ordered), sure=bool(surely), mode=mode, sentence=sentence, told=told)
