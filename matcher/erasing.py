"""What somebody is known again by: keyed hashes that outlive them, and their name and addresses in other texts."""

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from matcher.names import fold

ERASING = "erasing"  # the purpose of the key; see `matcher.keys.derived`
ERASED = "[erased]"  # stands where somebody was named
DIGITS_TOLD = 9  # last digits of a telephone number that are compared: with or without the country's (prior)
DIGITS_LEAST = 7  # of a number that somebody can be known by; shorter ones are extensions (prior)
BETWEEN = r"[\s().\-/]*"  # what may stand between the digits of a telephone number


def signs_of(name: str, email: str, phones: Iterable[str], key: bytes, *, company: str = "") -> set[str]:
    """Keyed hashes (HMAC-SHA-256, 64 hexadecimal digits) of what a person is known again by.

    An e-mail address, each telephone number by its last nine digits, and the name with the company, or alone where
    there is none. Only who has `key` can find out whether a text is meant.
    """
    told = {f"email {email.strip().casefold()}"} if email.strip() else set()
    told |= {f"phone {digits[-DIGITS_TOLD:]}" for phone in phones if len(digits := _digits(phone)) >= DIGITS_LEAST}
    if fold(name):
        told.add(f"name {fold(name)}|{fold(company)}")
    return {hmac.new(key, text.encode(), hashlib.sha256).hexdigest() for text in told}


def signs_in(shown: Mapping[str, str], key: bytes) -> set[str]:
    """The same for a line of a list, as its preview shows it: field -> text."""
    emails = [text for name, cell in shown.items() if "email" in name for text in re.split(r"[;,\s]+", cell)]
    phones = [text for name, cell in shown.items() if "phone" in name for text in re.split(r"[;,\n]+", cell)]
    names = shown.get("name") or " ".join(filter(None, (shown.get("first_name"), shown.get("last_name"))))
    found = signs_of(names, "", phones, key, company=shown.get("company", ""))
    return found.union(*(signs_of("", email, (), key) for email in emails))


@dataclass(frozen=True, kw_only=True)
class Marks:
    """Texts by which somebody can be found where they are only spoken of: names, e-mail addresses, telephones."""

    names: Sequence[str] = ()
    emails: Sequence[str] = ()
    phones: Sequence[str] = ()

    def found_in(self, told: Any) -> bool:
        """Whether a text, or anything in a list or a mapping, speaks of them."""
        if isinstance(told, str):
            return bool(self._pattern and self._pattern.search(told)) or self.is_name(told)
        if isinstance(told, Mapping):
            return any(self.found_in(one) for pair in told.items() for one in pair)
        return isinstance(told, list | tuple) and any(map(self.found_in, told))

    def redacted(self, told: Any) -> Any:
        """The same with “[erased]” in the place of each mark."""
        if isinstance(told, str):
            return ERASED if self.is_name(told) else self._pattern.sub(ERASED, told) if self._pattern else told
        if isinstance(told, Mapping):
            return {self.redacted(name): self.redacted(one) for name, one in told.items()}
        return [self.redacted(one) for one in told] if isinstance(told, list | tuple) else told

    def is_name(self, text: str) -> bool:
        """Whether a text is nothing but their name, however it is written."""
        return 0 < len(text) <= self._longest and fold(text) in self._folded

    @cached_property
    def _longest(self) -> int:
        """Characters of the longest text worth comparing: folding a long one takes longer than looking through it."""
        return 2 * max(map(len, self.names), default=0)

    @cached_property
    def _folded(self) -> frozenset[str]:
        return frozenset(map(fold, self.names)) - {""}

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        names = [part for name in self.names if name.split() for part in _name_patterns(name)]
        emails = [rf"(?<![\w.+\-]){re.escape(email.strip())}(?![\w\-])" for email in self.emails if email.strip()]
        phones = [_phone_pattern(phone) for phone in self.phones if len(_digits(phone)) >= DIGITS_LEAST]
        parts = emails + phones + names
        return re.compile("|".join(parts), re.IGNORECASE) if parts else None


def _name_patterns(name: str) -> list[str]:
    """A name as it is written, as it is compared, and with the last word first, as lists have it."""
    words = name.split()
    orders = [words, fold(name).split()]
    orders += [[f"{words[-1].rstrip(',')},", *words[:-1]]] if len(words) > 1 else []
    alone = [spelt for order in orders if len(order) == 1 for spelt in _spellings(order[0])]
    several = [r"\s+".join(map(re.escape, order)) for order in orders if len(order) > 1]
    return [rf"(?<!\w){part}(?!\w)" for part in (*several, *alone)]


def _spellings(word: str) -> Iterable[str]:
    """A name of one word only with its capital: “will” is no Will, and one letter is an initial of anybody."""
    capital = (one for one in {word, word.capitalize()} if one != one.lower() or one == one.upper())
    return (f"(?-i:{re.escape(one)})" for one in capital if len(one) > 1)


def _phone_pattern(phone: str) -> str:
    last = _digits(phone)[-DIGITS_TOLD:]
    return rf"(?<!\d)\+?\(?(?:\d{BETWEEN}){{0,5}}{BETWEEN.join(last)}(?!\d)"


def _digits(text: str) -> str:
    return "".join(c for c in text if c in "0123456789")
