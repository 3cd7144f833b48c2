"""Nobody stands in a kit: it is copied to people whom its author does not know."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from matcher.coach_kit.content import starting_kit, texts
from matcher.errors import Invalid
from matcher.names import WORD, fold
from matcher.readers.contacts import EMAIL, PHONE

SEVERAL = re.compile(r"\S+\s+\S")
NAME_WORDS = 6  # the longest name that is looked for
SHORTEST = 3  # letters of a name of one word; “Al” is also an abbreviation


def refuse_people(content: Mapping[str, Any], names: Iterable[str]) -> None:
    """Raise Invalid when a kit holds an e-mail address, a telephone or one of these people's names.

    What we ship ourselves is about nobody: “Will you …” in it is no Will.
    """
    for where, text in texts(content):
        if found := EMAIL.search(text):
            raise Invalid(where, _sentence(f"the e-mail address “{found[1]}”", where))
        if found := PHONE.search(text):
            raise Invalid(where, _sentence(f"the telephone number “{found[1].strip()}”", where))
    _refuse_names({where: text for where, text in texts(content) if text not in _shipped()}, names)


@cache
def _shipped() -> frozenset[str]:
    return frozenset(text for _, text in texts(starting_kit("ours")["steps"]))


def _refuse_names(written: Mapping[str, str], names: Iterable[str]) -> None:
    """Names of several words in whatever case; one word only as it is written: “will” is no Will."""
    runs: dict[str, str] = {}
    words: dict[str, str] = {}
    for where, text in written.items():
        runs |= dict.fromkeys(_runs(fold(text).split()), where)
        words |= dict.fromkeys(WORD.findall(text), where)
    for name in names:
        several = SEVERAL.search(name.strip())
        key = fold(name) if several else name.strip()
        found = (runs if several else words).get(key)
        if found is not None and len(key) >= SHORTEST:
            raise Invalid(found, _sentence(f"“{name}”, whom you know,", found))


def _runs(words: list[str]) -> Iterable[str]:
    """All runs of two to NAME_WORDS words."""
    for first in range(len(words)):
        for last in range(first + 2, min(first + NAME_WORDS, len(words)) + 1):
            yield " ".join(words[first:last])


def _sentence(what: str, where: str) -> str:
    return f"A kit holds nothing of people, as others copy it: please take {what} out of “{where}”."
