"""One cell of a list of clients at a time: its text as the value that we keep, or a sentence about it."""

import re
from datetime import date

from matcher.answers.covered import Grade
from matcher.answers.told import FIRST_DAY, LAST_DAY, is_email
from matcher.exchange.cells import Note
from matcher.exchange.clean import clean, shorten
from matcher.exchange.client_columns import GRADE

MOST_CENTS = 2**31 - 1  # what the column holds
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
MONTH_FIRST = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4}|\d{2})(?:[T ].*)?")  # as in the United States
DAY_FIRST = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})")
IN_WORDS = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?\.? )?([a-z]{3})[a-z]*\.?,?(?: (\d{1,2})(?:st|nd|rd|th)?,?)? (\d{4})"
)
AMOUNT = re.compile(r"(\d[\d.,']*)(k?)")
CENTURY = 2_000  # of a year in two figures


def grade_of(cell: str, note: Note) -> Grade:
    """A, B or C; empty for anything else."""
    text = clean(cell)
    found = GRADE.fullmatch(text)
    if text and not found:
        note("grade", f"“{shorten(text, 40)}” is no grade (A, B or C); it stands in the note.")
    return found[1].upper() if found else ""  # type: ignore[return-value]


def client_email_of(cell: str, note: Note) -> str:
    """An e-mail address; of several the first."""
    text = re.split(r"[;,\s]+", clean(cell).removeprefix("mailto:"))[0]
    if text and not is_email(text):
        note("email", f"“{shorten(text, 60)}” is no e-mail address; it stands in the note.")
        return ""
    return text


def cents_of(cell: str, note: Note) -> int | None:
    """An amount of dollars in cents: "1200", "$1,200.50", "1.200,50", "1.2k"; None when there is none."""
    text = clean(cell)
    bare = re.sub(r"[$€£\s]|usd|eur|gbp", "", text.lower())
    found = AMOUNT.fullmatch(bare)
    cents = round(100 * _figure(found[1]) * (1_000 if found[2] else 1)) if found else None
    if cents is not None and cents <= MOST_CENTS:
        return cents
    if text:
        note("value", f"“{shorten(text, 40)}” is no amount of money that we can keep; it stands in the note.")
    return None


def _figure(text: str) -> float:
    """A number, whichever of comma and point marks its thousands."""
    plain = text.replace("'", "")
    marks = [mark for mark in plain if mark in ".,"]
    last = marks[-1] if marks else "."
    whole, _, rest = plain.rpartition(last) if marks else (plain, "", "")
    if marks and (marks.count(last) > 1 or (len(rest) == 3 and len(set(marks)) == 1)):
        whole, rest = plain, ""  # 1,200 and 1.200.000 have no fraction
    return float(f"{re.sub('[.,]', '', whole) or 0}.{rest or 0}")


def day_of(field: str, cell: str, note: Note) -> date | None:
    """A day, such as 2026-06-30, 6/30/2026, 30.6.2026 or June 30, 2026; None when there is none."""
    text = clean(cell)
    found = _day(text)
    if text and found is None:
        note(field, f"“{shorten(text, 40)}” is no day that we can read, such as 2026-06-30; it stands in the note.")
    return found


def _day(text: str) -> date | None:
    if found := YEAR_FIRST.fullmatch(text):
        return _date(found[1], found[2], found[3])
    if found := MONTH_FIRST.fullmatch(text):
        return _date(found[3], found[1], found[2]) or _date(found[3], found[2], found[1])
    if found := DAY_FIRST.fullmatch(text):
        return _date(found[3], found[2], found[1])
    if (found := IN_WORDS.fullmatch(text.lower())) and found[2] in MONTHS:
        return _date(found[4], str(MONTHS.index(found[2]) + 1), found[1] or found[3] or "1")
    return None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        found = date(int(year) + (CENTURY if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None
    return found if FIRST_DAY <= found <= LAST_DAY else None
