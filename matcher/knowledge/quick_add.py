"""One line about a client, read at once: who it is, what they go through, where, and what they need."""

from collections.abc import Callable, Mapping
from datetime import date

from matcher.answers.covered import Wish
from matcher.answers.partners import Mode
from matcher.answers.quick_note import QuickNote
from matcher.errors import Invalid
from matcher.knowledge.meaning import TEXT_CHARACTERS, best_mode
from matcher.names import lookup_key
from matcher.readers.contacts import read_asides, read_email, read_grade, read_phone, read_value
from matcher.readers.days import read_days, settle_days
from matcher.readers.journeys import read_journey
from matcher.readers.line import Line
from matcher.readers.names import read_name
from matcher.readers.needs import read_needs
from matcher.readers.places import read_marked_place, read_place
from matcher.readers.reading import Reading
from matcher.readers.wishes import read_distance, read_language, read_tier
from matcher.visible import visible

LINES = 500  # of clients at a time

Corrections = Mapping[str, str]  # comparable form of a wording -> the service that the owner says it means
# In this order: what can be nothing else goes first, so that the rest is read without it.
READERS: tuple[Callable[[Reading], None], ...] = (
    read_asides,
    read_email,
    read_days,
    read_value,
    read_distance,
    read_marked_place,
    read_phone,
    read_grade,
    read_name,
    read_language,
    read_journey,
    read_tier,
    read_place,
    read_needs,
    settle_days,
)


def read_line(text: str, corrections: Corrections, today: date, mode: Mode | None = None) -> QuickNote:
    """What one line says of a client; Invalid when there is no word in it, or too many."""
    said = visible(text)
    if len(said) > TEXT_CHARACTERS:
        raise Invalid("text", f"Please keep a line under {TEXT_CHARACTERS:,} characters: one line for each client.")
    if not lookup_key(said):
        raise Invalid("text", "There is no word in this. Please write who it is and what they need.")
    reading = Reading(line=Line(said), today=today, corrections=corrections, mode=mode or best_mode())
    for read in READERS:
        read(reading)
    return _note(reading)


def read_lines(text: str, corrections: Corrections, today: date, mode: Mode | None = None) -> tuple[QuickNote, ...]:
    """What each line says of a client; a line without a word is passed over. Invalid names the line it is about."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if lookup_key(visible(line))]
    if not lines:
        raise Invalid("text", "There is no word in this. Please write one line for each client.")
    if len(lines) > LINES:
        raise Invalid("text", f"Please add at most {LINES} clients at a time; these are {len(lines):,}.")
    for number, line in lines:
        if len(visible(line)) > TEXT_CHARACTERS:
            raise Invalid("text", f"Line {number:,}: please keep it under {TEXT_CHARACTERS:,} characters.")
    return tuple(read_line(line, corrections, today, mode) for _, line in lines)


def _note(reading: Reading) -> QuickNote:
    return QuickNote(
        text=reading.line.text,
        name=reading.name,
        grade=reading.grade,
        markets=tuple(reading.markets),
        journey=reading.journey.journey if reading.journey else "",
        day_zero=reading.day_zero,
        place=reading.place,
        place_unknown=reading.place_unknown,
        needs=tuple(reading.needs),
        needed_by=reading.needed_by,
        wish=Wish(tier=reading.tier, language=reading.language, within_km=reading.within_km),
        value_cents=reading.value_cents,
        email=reading.email,
        phone=reading.phone,
        questions=tuple(dict.fromkeys(reading.questions)),
    )
