"""Why two people are taken for one, in plain words."""

import numpy as np
from numpy.typing import NDArray

from matcher.duplicates.levels import ALIKE, DIFFERENT, FIELDS, NEAR, SAME

WORDS = {  # field -> level -> what it says; what is not here says nothing for the two
    "email": {SAME: "same e-mail", ALIKE: "e-mails alike", NEAR: "e-mail at the same firm"},
    "phone": {SAME: "same telephone", ALIKE: "telephones alike"},
    "number": {SAME: "same number", ALIKE: "numbers alike"},
    "born": {SAME: "same birthday", ALIKE: "birthdays alike"},
    "street": {SAME: "same address", ALIKE: "addresses alike"},
    "company": {SAME: "same company", ALIKE: "companies alike", NEAR: "companies partly alike"},
    "place": {SAME: "same postcode", ALIKE: "postcodes alike", NEAR: "same town"},
}
AGAINST = {  # what speaks against it is said as well
    "email": "other e-mail",
    "phone": "other telephone",
    "street": "other address",
    "company": "other company",
}


def reason(levels: NDArray[np.int8]) -> str:
    """What agrees between two people, the most telling first, then what differs: “same telephone; names alike”."""
    by_field = dict(zip(FIELDS, (int(level) for level in levels), strict=True))
    agrees = [words[by_field[field]] for field, words in WORDS.items() if by_field[field] in words]
    if "same address" in agrees:
        agrees = [word for word in agrees if word not in ("same postcode", "same town")]
    names = _names(by_field["given"], by_field["surname"])
    differs = [word for field, word in AGAINST.items() if by_field[field] in _apart(field)]
    said = "; ".join([*agrees, *([names] if names else [])])
    return f"{said} (but {', '.join(differs)})" if differs else said


def _apart(field: str) -> set[int]:
    """The levels at which a field speaks against the two: near, too, where that is said for nothing."""
    return {DIFFERENT} if NEAR in WORDS[field] else {DIFFERENT, NEAR}


def _names(given: int, surname: int) -> str:
    least = min((level for level in (given, surname) if level), default=0)
    if least == SAME:
        return "same name"
    if least >= NEAR:
        return "names alike"
    return "same surname" if surname == SAME else "same given name" if given == SAME else ""
