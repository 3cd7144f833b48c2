"""The columns in which people are compared: their comparable forms, each distinct one once."""

from collections.abc import Callable, Iterable, Sequence
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
    given, surname = _two(people.names, name_form)
    house, street = _two(people.streets or [""] * size, street_form)
    company = _field(people.companies, company_form, size)
    return Columns(
        size=size,
        given=given,
        surname=surname,
        company=company,
        words=words_of(company.texts),
        email=_several(people.emails or [()] * size, email_form),
        phone=_several(people.phones or [()] * size, phone_form),
        house=house,
        street=street,
        city=_field(people.cities, fold, size),
        postcode=_field(people.postcodes, _code, size),
        born=_field(people.born, _code, size),
        number=_field(people.numbers, _code, size),
    )


def _code(text: str) -> str:
    return fold(text).replace(" ", "")


class _Numbered:
    """Gives each form a number, 0 for "", and remembers which text has which."""

    def __init__(self, form: Callable[[str], str]) -> None:
        self._form, self._of_text, self._numbers = form, {"": 0}, {"": 0}

    def __call__(self, text: str) -> int:
        number = self._of_text.get(text)
        if number is None:
            number = self._of_text[text] = self._numbers.setdefault(self._form(text), len(self._numbers))
        return number

    def field(self, codes: Iterable[int]) -> Field:
        """The field of those who have these forms."""
        return Field(np.array(list(self._numbers), dtype=object), np.fromiter(codes, dtype=np.int64))


def _field(texts: Sequence[str], form: Callable[[str], str], size: int) -> Field:
    """A field from what people wrote; nobody has it when there is no such column."""
    numbered = _Numbered(form)
    return numbered.field(list(map(numbered, texts or [""] * size)))


def _two(texts: Sequence[str], form: Callable[[str], tuple[str, str]]) -> tuple[Field, Field]:
    """The two fields that a text holds."""
    one, other = _Numbered(str), _Numbered(str)
    ones, others = [], []
    for text in texts:
        first, second = form(text)
        ones.append(one(first))
        others.append(other(second))
    return one.field(ones), other.field(others)


def _several(texts: Sequence[Sequence[str]], form: Callable[[str], str]) -> Several:
    numbered, mains, more = _Numbered(form), [], {}
    owners, codes = [], []
    for owner, some in enumerate(texts):
        held = [code for code in map(numbered, some) if code]
        mains.append(held[0] if held else 0)
        if len(held) > 1:
            held = list(dict.fromkeys(held))
            more[owner] = frozenset(held)
        for code in held:
            owners.append(owner)
            codes.append(code)
    main = numbered.field(mains)
    return Several(main, np.array(owners, dtype=np.int64), np.array(codes, dtype=np.int64), more)
