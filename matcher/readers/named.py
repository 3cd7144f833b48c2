"""Several services or kinds of clients named in one line, as people type them: “plumber, bathroom fitter”."""

import re

from matcher.coach_kit.services import NOTHING_ADDED, Added, named
from matcher.errors import Invalid
from matcher.taxonomy import taxonomy

SURE = 0.7  # confidence in a name, from which we do not ask back (prior)
OFFERED = 3  # names that we ask back with
BETWEEN = re.compile(r"[,;\n]+")
BETWEEN_WHOLE = re.compile(r"[;\n]+")  # a service may have a comma in its name


def services_named(field: str, text: str, added: Added = NOTHING_ADDED) -> tuple[str, ...]:
    """The services that a line names, each once; Invalid asks back about the first one that we do not know."""
    found = []
    for words in _services_in(text, added):
        if code := named(words, added):
            found.append(code)
            continue
        guesses = taxonomy().find_service(words, OFFERED)
        if not guesses or guesses[0].confidence < SURE:
            names = " or ".join(taxonomy().services[guess.service].name for guess in guesses)
            asked = f"Did you mean {names}?" if names else "Try other words, such as “moving company”."
            raise Invalid(field, f"We do not know “{words}”. {asked}")
        found.append(guesses[0].service)
    return tuple(dict.fromkeys(found))


def markets_named(field: str, text: str) -> tuple[str, ...]:
    """The kinds of clients that a line names, each once; Invalid for one that we do not know."""
    found = []
    for words in words_in(text):
        market = taxonomy().find_market(words)
        if market is None:
            raise Invalid(field, f"We do not know the kind of client “{words}”. Try other words, such as “retirees”.")
        found.append(market)
    return tuple(dict.fromkeys(found))


def words_in(text: str) -> tuple[str, ...]:
    """What stands between commas, semicolons and line ends, without blanks around it."""
    return tuple(filter(None, (" ".join(part.split()) for part in BETWEEN.split(text))))


def _services_in(text: str, added: Added) -> list[str]:
    """The same, but for a name with a comma in it that we know as a whole."""
    found: list[str] = []
    for part in BETWEEN_WHOLE.split(text):
        whole = taxonomy().find_service(part, 1)
        found += [part] if (whole and whole[0].confidence == 1) or named(part, added) else words_in(part)
    return found
