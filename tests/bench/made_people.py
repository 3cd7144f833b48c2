"""A made-up population with its duplicates: names as rare and as frequent as made-up ones can be, and typing errors."""

from collections import defaultdict

import numpy as np

from matcher.duplicates.columns import People

SYLLABLES = [first + vowel for first in "bcdfghjklmnprst" for vowel in "aeo"]
GIVEN = ["james", "mary", "robert", "patricia", "john", "jennifer", "michael", "linda", "david", "barbara", "susan"]
Row = list[str]  # name, e-mail, telephone, company, street, city, postcode
CHANGED = 0.15  # chance that each field of a copy is written differently


def population(size: int, copies: int, seed: int = 7) -> tuple[People, set[tuple[int, int]]]:
    """`size` different people, then `copies` rows of which half are copies of some of them; and the true pairs."""
    random = np.random.default_rng(seed)
    surnames, given = _words(random, 60_000, 3), [*GIVEN, *_words(random, 3_000, 2)]
    streets, towns, firms = _words(random, 20_000, 3), _words(random, 3_000, 3), _words(random, 80_000, 4)
    parts = [_skewed(random, words, size + copies) for words in (given, surnames, streets, towns, firms)]
    rows = [_person(random, at, *words) for at, words in enumerate(zip(*parts, strict=True))]
    pairs, copied = set(), defaultdict[int, list[int]](list)
    for at in range(size, size + copies // 2):
        original = int(random.integers(size))
        rows[at] = _copy(random, rows[original])
        pairs.update((one, at) for one in (original, *copied[original]))
        copied[original].append(at)
    names, emails, phones, companies, streets, cities, postcodes = map(list, zip(*rows, strict=True))
    people = People(
        names=names,
        emails=[[email] if email else [] for email in emails],
        phones=[[phone] if phone else [] for phone in phones],
        companies=companies,
        streets=streets,
        cities=cities,
        postcodes=postcodes,
    )
    return people, pairs


def _words(random: np.random.Generator, count: int, syllables: int) -> list[str]:
    drawn = random.integers(len(SYLLABLES), size=(2 * count, syllables))
    return list(dict.fromkeys("".join(SYLLABLES[one] for one in row) for row in drawn))[:count]


def _skewed(random: np.random.Generator, words: list[str], count: int) -> list[str]:
    """Words drawn so that some are frequent and most are rare, as names are."""
    return [words[at] for at in (len(words) * random.random(count) ** 3).astype(int)]


def _person(random: np.random.Generator, at: int, *words: str) -> Row:
    given, surname, street, town, firm = words
    chance = random.random(4)
    email = f"{given}.{surname}{at % 97}@{'gmail.com' if chance[1] < 0.5 else firm + '.example'}"
    phone = f"{random.integers(200, 999)}-{random.integers(200, 999)}-{random.integers(1000, 9999)}"
    return [
        f"{given} {surname}".title(),
        email if chance[0] < 0.7 else "",
        phone if chance[2] < 0.7 else "",
        f"{firm.title()} Inc." if chance[3] < 0.5 else "",
        f"{random.integers(1, 2000)} {street.title()} St",
        town.title(),
        f"{10_000 + hash_of(town) % 89_999}",
    ]


def hash_of(text: str) -> int:
    """A number of a text that is the same in every run."""
    return int.from_bytes(text.encode()[-6:], "big")


def _copy(random: np.random.Generator, row: Row) -> Row:
    """The same person as another list has them: fields missing, or one letter wrong."""
    return [_changed(random, text) if random.random() < CHANGED else text for text in row[:1]] + [
        ("" if random.random() < 0.5 else _changed(random, text)) if text and random.random() < CHANGED else text
        for text in row[1:]
    ]


def _changed(random: np.random.Generator, text: str) -> str:
    at = int(random.integers(len(text)))
    return text[:at] + str(random.choice(list("aeinorst"))) + text[at + int(random.integers(2)) :]
