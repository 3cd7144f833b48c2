"""Words for introductions, thanks and asks: messages to look through before they are sent.

A template of `data/taxonomy/scripts.csv` holds placeholders, {client}, and parts in square brackets that appear only
when there is a word for each of their placeholders: [in {place}]. Behind a bar stands what appears instead:
[Hi {client},|Hello,].
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from matcher.answers.quick_note import Draft
from matcher.coach_kit.services import name_of
from matcher.errors import Invalid, NotFound
from matcher.taxonomy import read_rows
from matcher.visible import visible

WORD_CHARACTERS = 500  # of what stands for one placeholder: a few sentences
PLACEHOLDERS: Mapping[str, str] = {
    "client": "the name of the client",
    "partner": "the partner, or up to three of them",
    "partner_contact": "whom you write to",
    "candidate": "the business that you would like to win",
    "service": "the service, such as roofing contractor",
    "need": "what it is about, such as the leaking roof",
    "number": "how many clients need it",
    "owner": "your own name",
    "reason": "why you thought of them",
    "place": "the town",
    "when": "by when, such as by the end of June",
    "link": "the link to the page",
    "paper": "what has to be checked, such as the licence",
    "prospect": "whom they sent you, or you sent them",
    "whom": "whom you would like to meet, such as young families",
    "work": "what you did for them, such as the new roof",
    "source": "who sent them to you",
    "because": "why they sent them, in their words",
    "outcome": "what came of it",
    "trade": "what they do, such as a roofing contractor",
    "client_details": "how the one is reached",
    "partner_details": "how the other is reached",
    "deal": "what a partner offers for a while, such as Blue Roofs: a free look at the roof",
}
TONES = ("warm", "plain")  # the first is taken when a message has no other
PLACEHOLDER = re.compile(r"\{(\w+)\}")
OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
NAMES_WITH_CAPITAL = frozenset({"Medicare"})  # first words of services that keep their capital in a sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A message with placeholders: who gets it, in which tone."""

    code: str
    audience: str  # client, partner, candidate or network
    tone: str
    subject: str
    text: str

    @property
    def placeholders(self) -> frozenset[str]:
        """All that words can be given for."""
        return frozenset(PLACEHOLDER.findall(self.subject + self.text))

    @property
    def required(self) -> frozenset[str]:
        """What there is no message without: the placeholders outside of brackets."""
        return frozenset(PLACEHOLDER.findall(OPTIONAL.sub("", self.subject + self.text)))


def draft(code: str, tone: str = "warm", **words: str) -> Draft:
    """A message with these words in it; Invalid for a word that it cannot do without, NotFound for a message unknown.

    Words are put in as they are, on one line: what looks like a placeholder in them stays what it is.
    """
    return filled(script_of(code, tone), **words)


def filled(script: Script, **words: str) -> Draft:
    """The same for a message at hand, such as a coach's own."""
    if unknown := (words.keys() | script.placeholders) - PLACEHOLDERS.keys():
        raise Invalid(min(unknown), f"There is no place for “{min(unknown)}” in a message.")
    given = {name: said for name, word in words.items() if (said := " ".join(visible(word).split()))}
    for name in PLACEHOLDERS:
        if name in script.required and name not in given:
            raise Invalid(name, f"Please say {PLACEHOLDERS[name]}; the message needs it.")
        if len(given.get(name, "")) > WORD_CHARACTERS:
            raise Invalid(name, f"Please keep this under {WORD_CHARACTERS} characters.")
    return Draft(subject=_filled(script.subject, given), text=_filled(script.text, given))


def script_of(code: str, tone: str = "warm") -> Script:
    """A message in a tone, or in the one tone that it has; Invalid for another tone, NotFound for another code."""
    if tone not in TONES:
        raise Invalid("tone", f"Please choose one of these tones: {' or '.join(TONES)}.")
    found = next((scripts()[code, one] for one in (tone, *TONES) if (code, one) in scripts()), None)
    if found is None:
        raise NotFound("There is no such message.")
    return found


@cache
def scripts() -> Mapping[tuple[str, str], Script]:
    """(Code, tone) -> message, in the order of the file."""
    return {(row["code"], row["tone"]): Script(**row) for row in read_rows("scripts.csv")}


def spoken(service: str) -> str:
    """A service as it stands in a sentence: “roofing contractor”, “HR consultant”."""
    name = name_of(service)
    first = re.split(r"\W", name)[0]
    return name if first in NAMES_WITH_CAPITAL or first[1:] != first[1:].lower() else name[0].lower() + name[1:]


def choice_of(names: Sequence[str]) -> str:
    """Several partners to choose from: “Ana Lopez, Blue Roofs or Cy Young”."""
    return " or ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _filled(template: str, given: Mapping[str, str]) -> str:
    """The template with its words, put in once; what brackets leave out leaves no gap."""
    chosen = OPTIONAL.sub(lambda part: _alternative(part[1], given), template)
    lines = [" ".join(line.split()) for line in chosen.split("\n")]
    neat = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return PLACEHOLDER.sub(lambda found: given[found[1]], neat)


def _alternative(part: str, given: Mapping[str, str]) -> str:
    """The first of the alternatives for which there are all the words; nothing when there is none."""
    return next((one for one in part.split("|") if set(PLACEHOLDER.findall(one)) <= given.keys()), "")
