"""Reader of where the client is: “Tucson”, “in Portland, Oregon”, 85716, or a position."""

import re

from matcher.answers.partners import Place
from matcher.knowledge.meaning import understand
from matcher.knowledge.places import STATE_CODES, STATES, find_place
from matcher.names import lookup_key
from matcher.readers.line import Clause
from matcher.readers.reading import Reading
from matcher.taxonomy import taxonomy

UNKNOWN_WORDS_MOST = 3  # of a clause that is taken for a place which nobody knows
UNKNOWN = (
    "We do not know where “{}” is. Please write a town with its state, a ZIP code, or a position such as 32.2, -110.9."
)
SURELY = r"lives? in|living in|based in|located in|in|near|not far from|close to|from|around|outside(?: of)?"
AT = rf"(?:\b(?:{SURELY}|at|to)\s+)"
CAPITAL = r"[^\W\d_a-zà-ÿ][\w.’'-]*"
TOWN = rf"{CAPITAL}(?:\s+(?:of\s+|the\s+|de\s+)?{CAPITAL}){{0,3}}"
POINT = re.compile(r"(?<![\d.-])(?P<town>-?\d{1,2}\.\d+\s*[,;]\s*-?\d{1,3}\.\d+)(?![\d.])")
ZIP = r"(?<![\w.,$€£-])(?P<zip>\d{5}(?:-\d{4})?)(?![\w-])"
STATE = rf"(?:{'|'.join(sorted(STATE_CODES))}|(?i:{'|'.join(sorted(STATES, key=len, reverse=True))}))"
TOWN_AND_STATE = re.compile(rf"{AT}?(?P<town>{TOWN}),?\s+(?P<state>{STATE})(?![\w’'-])(?:,?\s+{ZIP})?")
TOWN_AND_ZIP = re.compile(rf"{AT}?(?P<town>{TOWN}),?\s+{ZIP}")
ALONE = re.compile(rf"{AT}?{ZIP}")
AT_TOWN = re.compile(rf"{AT}({TOWN})")
AT_LOWER = re.compile(rf"{AT}((?:[^\W\d_]+\s+){{0,2}}[^\W\d_]+)")
SURELY_AT = re.compile(rf"(?:{SURELY})\b", re.IGNORECASE)
COMING = re.compile(r"\b(?:mov|relocat|arriv|came|coming|back|retir)\w*\b.*\bfrom\s+$", re.IGNORECASE)  # now elsewhere


def read_marked_place(reading: Reading) -> None:
    """A place that can be nothing else: with a state or a ZIP code, or a position; before names are read."""
    for pattern in (POINT, TOWN_AND_STATE, TOWN_AND_ZIP, ALONE):
        for found in pattern.finditer(reading.line.unread):
            town, state, postcode = (found.groupdict().get(part) or "" for part in ("town", "state", "zip"))
            skipped = _before_town(town, state)  # “Bob Smith ” of “Bob Smith Phoenix AZ”
            known = skipped is not None and (find_place(postcode) or find_place(f"{town[skipped:]} {state}"))
            if known:
                reading.place = known
                reading.line.mark(found.start("town") + skipped if skipped else found.start(), found.end())
                return


def _before_town(said: str, state: str) -> int | None:
    """How many characters stand before the longest name of a town at the end; None when none is known there."""
    starts = [0, *(blank.end() for blank in re.finditer(r"\s+", said))]
    return next((start for start in starts if not said or find_place(f"{said[start:]} {state}")), None)


def read_place(reading: Reading) -> None:
    """A town after “in” or between two commas; what looks like one and is none becomes a question."""
    if reading.place:
        return
    _read_at(reading) or _read_clause(reading)


def _read_at(reading: Reading) -> bool:
    """A town after “in”, “near” or “from”; in small letters only where the whole line is."""
    line = reading.line
    lower = line.text == line.text.lower()
    for found in (AT_LOWER if lower else AT_TOWN).finditer(line.unread):
        if COMING.search(line.text, reading.clause_at(found.start()).start, found.start(1)):
            continue
        words = found[1].split()
        for size in range(len(words), 0, -1):
            town = " ".join(words[:size])
            if (place := find_place(town)) and not (lower and _means_something(town)):
                reading.place = place
                line.mark(found.start(), found.start(1) + len(town))
                return True
        if not lower and SURELY_AT.match(found[0]) and not _means_something(found[1]):
            _ask(reading, found.start(), found.end(), found[1])
            return True
    return False


def _read_clause(reading: Reading) -> bool:
    """A clause that is the name of a town and nothing else, or could be."""
    line = reading.line
    for clause in line.clauses():
        start, end = line.trimmed(clause.start, clause.end)
        said = line.text[start:end]
        if said and said == line.unread[start:end] and (place := _town(said)):
            reading.place = place
            line.mark(start, end)
            return True
    return any(_read_unknown(reading, clause) for clause in line.clauses() if clause.after != ":")


def _town(said: str) -> Place | None:
    return find_place(said) if re.fullmatch(TOWN, said) or not _means_something(said) else None


def _read_unknown(reading: Reading, clause: Clause) -> bool:
    start, end = reading.line.trimmed(clause.start, clause.end)
    said = reading.line.unread[start:end]
    looks_like_one = re.fullmatch(TOWN, said) and len(said.split()) <= UNKNOWN_WORDS_MOST
    if start == 0 or not looks_like_one or _means_something(said):
        return False
    _ask(reading, start, end, said)
    return True


def _ask(reading: Reading, start: int, end: int, said: str) -> None:
    reading.place_unknown = said
    reading.ask(UNKNOWN, said)
    reading.line.mark(start, end)


def _means_something(said: str) -> bool:
    """Whether a word is known for something else: a service, a kind of client."""
    if not lookup_key(said):
        return True
    return taxonomy().find_market(said) is not None or understand(said, {}, "words").sure
