"""What a person has no field for, as lines of their note, and what a preview says of such lines."""

import calendar
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from matcher.answers.imported import Problem
from matcher.exchange.clean import clean, shorten

BIRTHDAY, DEPARTMENT, ANOTHER, WEBSITE, SINCE = "Birthday", "Department", "Another address", "Website", "Known since"
DAY = re.compile(r"(\d{4}|--)-?(\d{2})-?(\d{2})(?:[T ].*)?")  # 1980-03-22, 19800322, --0322 where the year is not told
HEADING_CHARACTERS = 60  # of a column, as it stands before what it says
KINDS_MOST = 12  # of lines that one sentence counts


def birthday_lines(cells: Sequence[str]) -> list[str]:
    """A birthday as lines of a note; year, month and day in columns of their own are one day."""
    texts = [text for text in map(clean, cells) if text]
    if len(texts) == 3 and all(text.isdecimal() and text.isascii() for text in texts):
        texts = ["-".join(text.zfill(2) for text in texts)]
    return [f"{BIRTHDAY}: {_day(text)}" for text in texts]


def _day(text: str) -> str:
    found = DAY.fullmatch(text)
    if found is None or not 1 <= int(found[2]) <= 12:
        return text
    year, month, day = found.groups()
    return f"{int(day)} {calendar.month_name[int(month)]}" if year == "--" else f"{year}-{month}-{day}"


def headed_line(heading: str, cell: str) -> str:
    """What a column says, behind its heading."""
    return f"{shorten(clean(heading), HEADING_CHARACTERS) or 'Beside that'}: {cell}"


def together(first: str, more: str) -> str:
    """Two notes of one person as one, each line once."""
    return "\n".join(dict.fromkeys(line for note in (first, more) for line in note.split("\n") if line))


def said_of(kinds: Counter[str]) -> Iterable[Problem]:
    """What stands in notes as it has no place of its own, counted by kind, in one sentence for the whole file."""
    counted = ", ".join(f"{kind} ({count:,})" for kind, count in kinds.most_common(KINDS_MOST))
    if counted:
        sentence = f"What has no place of its own stands in the notes: {counted}."
        yield Problem(line=0, field="note", sentence=sentence)
