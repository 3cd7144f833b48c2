"""The columns in which people are compared: their comparable forms, each distinct one once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.duplicates.forms import company_form, email_form, name_form, phone_form, street_form
from matcher.duplicates.words import Words, words_of
from matcher.names import fold

Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Whom to look through: one column a field, all as long as `names` or empty; "" says that nobody told us.

    `emails` and `phones` hold all that somebody has, the main one first. `born` and `numbers` (of a member or an
    insured) are compared when a list has them.
    """

    names: Sequence[str]
    emails: Sequence[Sequence[str]] = ()
    phones: Sequence[Sequence[str]] = ()
    companies: Sequence[str] = ()
    streets: Sequence[str] = ()
    cities: Sequence[str] = ()
    postcodes: Sequence[str] = ()
    born: Sequence[str] = ()
    numbers: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One field of n people: `texts` (k) are its distinct forms, "" first, and `codes` (n) which of them each has."""

    texts: NDArray[Any]
    codes: Codes

    def of(self) -> NDArray[Any]:
        """(n,) the form that each person has."""
        return np.asarray(self.texts[self.codes])

    def counts(self) -> Codes:
        """(k,) how many people have each form."""
        return np.bincount(self.codes, minlength=len(self.texts))


@dataclass(frozen=True, slots=True)
class Several:
    """A field of which somebody may have several values: the main one as a field, and all of them.

    `owners` and `codes` (m each) say who has which; `more` holds those who have more than one.
    """

    main: Field
    owners: Codes
    codes: Codes
    more: dict[int, frozenset[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The comparable forms of n people."""

    size: int
    given: Field
    surname: Field
    company: Field
    words: Words  # of `company.texts`
    email: Several
    phone: Several
    house: Field
    street: Field
    city: Field
    postcode: Field
    born: Field
    number: Field


def columns_of(people: People) -> Columns:
    """The comparable forms of people; what is written differently and means the same becomes equal."""
    size = len(people.names)
    names = [name_form(name) for name in people.names]
    company = _field(map(company_form, people.companies or [""] * size))
    streets = [street_form(street) for street in people.streets or [""] * size]
    return Columns(
        size=size,
        given=_field(given for given, _ in names),
        surname=_field(surname for _, surname in names),
        company=company,
        words=words_of(company.texts),
        email=_several([[email_form(one) for one in some] for some in people.emails or [()] * size]),
        phone=_several([[phone_form(one) for one in some] for some in people.phones or [()] * size]),
        house=_field(number for number, _ in streets),
        street=_field(street for _, street in streets),
        city=_field(map(fold, people.cities or [""] * size)),
        postcode=_field(fold(code).replace(" ", "") for code in people.postcodes or [""] * size),
        born=_field(fold(day).replace(" ", "") for day in people.born or [""] * size),
        number=_field(fold(number).replace(" ", "") for number in people.numbers or [""] * size),
    )


def _field(forms: Iterable[str], known: dict[str, int] | None = None) -> Field:
    numbers = {"": 0} if known is None else known
    codes = np.fromiter((numbers.setdefault(form, len(numbers)) for form in forms), dtype=np.int64)
    return Field(np.array(list(numbers), dtype=object), codes)


def _several(forms: Sequence[Sequence[str]]) -> Several:
    known = {"": 0}
    held = [[known.setdefault(form, len(known)) for form in dict.fromkeys(some) if form] for some in forms]
    owners = np.repeat(np.arange(len(held)), [len(some) for some in held])
    codes = np.fromiter((code for some in held for code in some), dtype=np.int64)
    more = {owner: frozenset(some) for owner, some in enumerate(held) if len(some) > 1}
    main = np.fromiter((some[0] if some else 0 for some in held), dtype=np.int64)
    return Several(Field(np.array(list(known), dtype=object), main), owners, codes, more)
