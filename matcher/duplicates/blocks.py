"""Which pairs are worth comparing: those who share a telephone, an address, a street, a name by sound, and so on.

Each block sorts people by a key and pairs each with those who follow with the same key, up to `WINDOW` of them. A block
that is no larger is paired in full; in a larger one (a switchboard's number, all John Smiths) people are sorted by a
second key, so that those who are alike stand together: the sorted neighbourhood of Hernandez & Stolfo (1995).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.duplicates.columns import Codes, Columns, Field
from matcher.duplicates.forms import own_domain, sound

WINDOW = 20  # people after somebody in a block with whom they are paired (prior)
LETTERS = 4  # of a name that make its key (prior)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs worth comparing, `left` < `right`; `crowded`: people in blocks too large to be paired in full."""

    left: Codes
    right: Codes
    crowded: int


def candidates(columns: Columns, new_from: int = 0) -> Candidates:
    """Every pair that shares a block, once; only pairs with somebody at or after `new_from`."""
    found, crowded = [np.zeros(0, dtype=np.int64)], 0
    for owners, keys, second in _blocks(columns):
        pairs, many = _paired(owners, keys, second, columns.size, new_from)
        found.append(pairs)
        crowded += many
    pairs = np.unique(np.concatenate(found))
    return Candidates(pairs // columns.size, pairs % columns.size, crowded)


def _paired(owners: Codes, keys: Codes, second: Codes, size: int, new_from: int) -> tuple[Codes, int]:
    """(p,) pairs of one block as left * size + right, and how many people stand in crowded ones; key 0 is unknown."""
    known = keys != 0
    owners, keys, second = owners[known], keys[known], second[known]
    _, keys, counts = np.unique(keys, return_inverse=True, return_counts=True)
    if new_from:
        fresh = np.bincount(keys[owners >= new_from], minlength=len(counts)) > 0
        shared = (fresh & (counts > 1))[keys]
        owners, keys, second = owners[shared], keys[shared], second[shared]
    order = np.lexsort((owners, second, keys))
    owners, keys = owners[order], keys[order]
    found = [np.zeros(0, dtype=np.int64)]
    for step in range(1, WINDOW + 1):
        same = np.flatnonzero(keys[:-step] == keys[step:])
        if not len(same):
            break
        one, other = owners[same], owners[same + step]
        left, right = np.minimum(one, other), np.maximum(one, other)
        wanted = (left != right) & (right >= new_from)
        found.append(left[wanted] * size + right[wanted])
    return np.concatenate(found), int(np.sum(counts[counts > WINDOW + 1]))


def _blocks(columns: Columns) -> Iterator[tuple[Codes, Codes, Codes]]:
    """(Who, key, second key) of each block."""
    everybody = np.arange(columns.size)
    sounds = [_mapped(field, sound) for field in (columns.given, columns.surname)]
    given, surname = (_mapped(field, lambda text: text[:LETTERS]) for field in (columns.given, columns.surname))
    name = _joined(columns.given.codes, columns.surname.codes, columns.given.codes)
    where = _joined(columns.street.codes, columns.house.codes, name)
    street = _mapped(columns.street, _start)
    domain = _mapped(columns.email.main, own_domain)
    for several in (columns.phone, columns.email):
        yield several.owners, several.codes, name[several.owners]
    yield everybody, _joined(sounds[0], sounds[1]), where
    yield everybody, _joined(*np.sort(np.stack([given, surname]), axis=0)), where
    yield everybody, _joined(domain, surname), name
    yield everybody, _joined(columns.postcode.codes, surname), name
    yield everybody, _joined(columns.postcode.codes, sounds[0]), name
    yield everybody, _joined(columns.house.codes, street), _joined(columns.company.codes, name, name)
    for rarest in (columns.words.rarest(0), columns.words.rarest(1)):
        yield everybody, rarest[columns.company.codes], where
    yield everybody, columns.number.codes, name
    yield everybody, columns.born.codes, name


def _mapped(field: Field, change: Any) -> Codes:
    """(n,) numbers of what becomes of each person's form, 0 for nothing."""
    known = {"": 0}
    return np.fromiter((known.setdefault(change(text), len(known)) for text in field.texts), np.int64)[field.codes]


def _joined(one: Codes, other: Codes, either: NDArray[Any] | None = None) -> Codes:
    """(n,) numbers of both together, 0 where one is unknown; with `either`, only where both are."""
    numbers = one * (np.max(other, initial=0) + 1) + other
    return numbers if either is not None else np.where((one != 0) & (other != 0), numbers, 0)


def _start(text: str) -> str:
    """The first letters of the first two words of a text."""
    return " ".join(word[:LETTERS] for word in text.split()[:2])
