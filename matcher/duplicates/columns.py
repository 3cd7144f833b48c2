"""The columns in which people are compared: their comparable forms, each distinct one once."""

from collections.abc import Callable, Sequence
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
    nothing: Sequence[str] = [""] * size
    names = {name: name_form(name) for name in set(people.names)}
    streets = {street: street_form(street) for street in set(people.streets)} or {"": ("", "")}
    company = _field(people.companies or nothing, company_form)
    return Columns(
        size=size,
        given=_field(people.names, lambda name: names[name][0]),
        surname=_field(people.names, lambda name: names[name][1]),
        company=company,
        words=words_of(company.texts),
        email=_several(people.emails or [()] * size, email_form),
        phone=_several(people.phones or [()] * size, phone_form),
        house=_field(people.streets or nothing, lambda street: streets[street][0]),
        street=_field(people.streets or nothing, lambda street: streets[street][1]),
        city=_field(people.cities or nothing, fold),
        postcode=_field(people.postcodes or nothing, _code),
        born=_field(people.born or nothing, _code),
        number=_field(people.numbers or nothing, _code),
    )


def _code(text: str) -> str:
    return fold(text).replace(" ", "")


def _field(texts: Sequence[str], form: Callable[[str], str]) -> Field:
    """A field from what people wrote; each text is brought into its form once."""
    known, number_of = {"": 0}, {"": 0}
    for text in dict.fromkeys(texts):
        if text:
            number_of[text] = known.setdefault(form(text), len(known))
    codes = np.fromiter((number_of[text] for text in texts), dtype=np.int64, count=len(texts))
    return Field(np.array(list(known), dtype=object), codes)


def _several(texts: Sequence[Sequence[str]], form: Callable[[str], str]) -> Several:
    known = {"": 0}
    forms = [dict.fromkeys(map(form, filter(None, some))) for some in texts]
    held = [[known.setdefault(one, len(known)) for one in some if one] for some in forms]
    owners = np.repeat(np.arange(len(held)), [len(some) for some in held])
    codes = np.fromiter((code for some in held for code in some), dtype=np.int64)
    more = {owner: frozenset(some) for owner, some in enumerate(held) if len(some) > 1}
    main = np.fromiter((some[0] if some else 0 for some in held), dtype=np.int64)
    return Several(Field(np.array(list(known), dtype=object), main), owners, codes, more)
