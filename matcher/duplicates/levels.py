"""How alike two people are in each field, on one scale of five levels."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, JaroWinkler

from matcher.duplicates.columns import Codes, Columns, Field, Several
from matcher.duplicates.forms import own_domain
from matcher.duplicates.nicknames import FORMAL, one_name

UNKNOWN, DIFFERENT, NEAR, ALIKE, SAME = range(5)
LEVELS = 5
FIELDS = ("given", "surname", "company", "email", "phone", "street", "place", "born", "number")
Levels = NDArray[np.int8]

# scorer with results 0-1, from where two forms are alike and from where they are near (priors)
CUTS: dict[str, tuple[Callable[..., float], float, float]] = {
    "given": (JaroWinkler.normalized_similarity, 0.90, 0.80),
    "surname": (JaroWinkler.normalized_similarity, 0.92, 0.82),
    "company": (fuzz.token_sort_ratio, 0.88, 0.88),
    "email": (OSA.normalized_similarity, 0.90, 0.80),
    "phone": (OSA.normalized_similarity, 0.85, 0.70),
    "house": (OSA.normalized_similarity, 0.66, 0.66),
    "street": (fuzz.token_set_ratio, 0.85, 0.60),
    "city": (JaroWinkler.normalized_similarity, 0.90, 0.80),
    "postcode": (OSA.normalized_similarity, 0.75, 0.60),
    "born": (OSA.normalized_similarity, 0.85, 0.70),
    "number": (OSA.normalized_similarity, 0.80, 0.70),
}
NO_DIGIT = re.compile(r"\D+")
HUNDRED = ("company", "street")  # whose scorers count to 100
PART, WHOLE = 0.4, 0.9  # of what a firm's name tells: near, alike (from the Chicago sites)
WEIGHT = np.array([1.5, 0.0, 1.0, 2.0, 3.0])  # of a level, to see whether given name and surname stand crossed


def levels_of(columns: Columns, left: Codes, right: Codes) -> Levels:
    """(pairs, fields) levels of pairs of people, in the order of `FIELDS`."""
    given, surname = _names(columns, left, right)
    found = [
        given,
        surname,
        _company(columns, left, right),
        _email(columns.email, left, right),
        _several("phone", columns.phone, left, right),
        _address(columns, left, right),
        _place(columns, left, right),
        _alike("born", columns.born, left, right),
        _alike("number", columns.number, left, right),
    ]
    return np.stack(found, axis=1)


def _scored(kind: str, texts: tuple[NDArray[Any], NDArray[Any]], codes: tuple[Codes, Codes]) -> Levels:
    """(pairs,) levels of two codes each: every two different texts are compared once, whoever has them."""
    scorer, alike, near = CUTS[kind]
    one, other = codes
    levels = np.full(len(one), UNKNOWN, dtype=np.int8)
    known = (one != 0) & (other != 0)
    if texts[0] is texts[1]:
        levels[known & (one == other)] = SAME
        known &= one != other
    known = np.flatnonzero(known)
    if not len(known):
        return levels
    width = len(texts[1])
    both, back = np.unique(one[known] * width + other[known], return_inverse=True)
    ours, theirs = texts[0][both // width], texts[1][both % width]
    score = process.cpdist(list(ours), list(theirs), scorer=scorer, dtype=np.float32, workers=-1)
    score = score / 100 if kind in HUNDRED else score
    found = np.where(score >= near, NEAR, DIFFERENT)
    found[score >= alike] = ALIKE
    if kind == "given":
        _short_forms(found, ours, theirs)
    found[ours == theirs] = SAME
    levels[known] = found[back]
    return levels


def _short_forms(found: NDArray[Any], ours: NDArray[Any], theirs: NDArray[Any]) -> None:
    """Raise initials to near and nicknames to alike."""
    for at in np.flatnonzero(found < ALIKE):
        one, other = ours[at], theirs[at]
        if one in FORMAL and other in FORMAL and one_name(one, other):
            found[at] = ALIKE
        elif (len(one) == 1 or len(other) == 1) and one[0] == other[0]:
            found[at] = NEAR


def _alike(kind: str, field: Field, left: Codes, right: Codes) -> Levels:
    return _scored(kind, (field.texts, field.texts), (field.codes[left], field.codes[right]))


def _several(kind: str, several: Several, left: Codes, right: Codes) -> Levels:
    """As `_alike`, and the same when any of the values of the two is."""
    levels = _alike(kind, several.main, left, right)
    if several.more:
        many = np.zeros(len(several.main.codes), dtype=bool)
        many[list(several.more)] = True
        mains = several.main.codes
        for at in np.flatnonzero((many[left] | many[right]) & (levels != SAME)):
            one, other = int(left[at]), int(right[at])
            ours = several.more.get(one) or {int(mains[one])} - {0}
            if not ours.isdisjoint(several.more.get(other) or {int(mains[other])} - {0}):
                levels[at] = SAME
    return levels


def _email(several: Several, left: Codes, right: Codes) -> Levels:
    """The same address; alike: one letter wrong, or another domain; near: a domain of the same firm.

    Two who are called Ann Lee are ann.lee12 and ann.lee85 at the same house: with other digits it is another address.
    """
    levels, texts, codes = _several("email", several, left, right), several.main.texts, several.main.codes
    levels[levels == NEAR] = DIFFERENT
    for at in np.flatnonzero(levels == ALIKE):
        if NO_DIGIT.sub("", texts[codes[left[at]]]) != NO_DIGIT.sub("", texts[codes[right[at]]]):
            levels[at] = DIFFERENT
    for part, to in ((_local, ALIKE), (own_domain, NEAR)):
        levels[_equal(texts, codes, part, (left, right)) & (levels < to) & (levels != UNKNOWN)] = to
    return levels


def _equal(
    texts: NDArray[Any], codes: Codes, part: Callable[[str], str], pairs: tuple[Codes, Codes]
) -> NDArray[np.bool_]:
    """(pairs,) whether a part of the two texts is the same and not empty."""
    known = {"": 0}
    of_text = np.fromiter((known.setdefault(part(text), len(known)) for text in texts), np.int64)
    left, right = (of_text[codes[side]] for side in pairs)
    return np.asarray((left == right) & (left != 0))


def _local(email: str) -> str:
    return email.partition("@")[0]


def _names(columns: Columns, left: Codes, right: Codes) -> tuple[Levels, Levels]:
    """Levels of given name and of surname; crossed where that fits better, as in “Lee Ann” for “Ann Lee”."""
    given, surname = columns.given, columns.surname
    straight = _alike("given", given, left, right), _alike("surname", surname, left, right)
    crossed = (
        _scored("surname", (given.texts, surname.texts), (given.codes[left], surname.codes[right])),
        _scored("surname", (surname.texts, given.texts), (surname.codes[left], given.codes[right])),
    )
    better = WEIGHT[crossed[0]] + WEIGHT[crossed[1]] > WEIGHT[straight[0]] + WEIGHT[straight[1]]
    better &= (crossed[0] >= ALIKE) | (crossed[1] >= ALIKE)
    return np.where(better, crossed[1], straight[0]), np.where(better, crossed[0], straight[1])


def _company(columns: Columns, left: Codes, right: Codes) -> Levels:
    """The same name; alike: written almost so, or all that one tells stands in the other; near: much of it does."""
    levels, codes = _alike("company", columns.company, left, right), columns.company.codes
    lower = np.flatnonzero((levels != UNKNOWN) & (levels < ALIKE))
    overlap = columns.words.overlap(codes[left[lower]], codes[right[lower]])
    levels[lower[overlap >= PART]] = NEAR
    levels[lower[overlap >= WHOLE]] = ALIKE
    return levels


def _address(columns: Columns, left: Codes, right: Codes) -> Levels:
    """The same number in the same street; alike: in one of a like name, or no number; near: the next houses."""
    street = _alike("street", columns.street, left, right)
    house = _alike("house", columns.house, left, right)
    levels = np.where((house == UNKNOWN) | (street == UNKNOWN), np.minimum(street, ALIKE), DIFFERENT).astype(np.int8)
    levels[(house == SAME) & (street == NEAR)] = ALIKE
    levels[(house == SAME) & (street >= ALIKE)] = SAME
    levels[(house == DIFFERENT) & (street >= ALIKE)] = NEAR
    levels[(house == ALIKE) & (street >= ALIKE)] = NEAR
    return levels


def _place(columns: Columns, left: Codes, right: Codes) -> Levels:
    """The same or almost the same postcode; near: the same town with another postcode or none."""
    levels = _alike("postcode", columns.postcode, left, right)
    city = _alike("city", columns.city, left, right)
    levels[levels == NEAR] = DIFFERENT
    levels[(city >= ALIKE) & (levels <= DIFFERENT)] = NEAR
    levels[(city == DIFFERENT) & (levels == UNKNOWN)] = DIFFERENT
    return levels


def apart(levels: Levels) -> NDArray[np.bool_]:
    """(pairs,) whether something sets two apart whatever else agrees.

    Families share surname, address and telephone, so people of different given names are two, unless a birthday or a
    number says otherwise; the sites of one organisation share its name and telephone, so places in different streets
    are two.
    """
    given, street, born, number = (levels[:, FIELDS.index(name)] for name in ("given", "street", "born", "number"))
    families = (given == DIFFERENT) & (born < ALIKE) & (number < ALIKE)
    sites = (given == UNKNOWN) & (levels[:, FIELDS.index("company")] != UNKNOWN) & (street == DIFFERENT)
    return np.asarray(families | sites)
