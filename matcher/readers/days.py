"""Reader of days: “by June 3”, “in May”, “next week”, “as soon as possible”, 03/15/2027, 2026-12-01."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from matcher.readers import reckoning
from matcher.readers.cues import says_nothing
from matcher.readers.reading import Reading, SaidDay

UNTIL = r"(?:(?:no|not) later than|by|before|until|till|deadline:?)\s+(?:the\s+)?"
ON = r"(?:in|on|at|around|during|start(?:s|ing)?|from|since|between|this coming)\s+(?:the\s+)?"
BEGIN = rf"(?<![\w.,/$€£-])(?:(?P<until>{UNTIL})|(?P<on>{ON}))?"
EDGE = r"(?:(?P<edge>end|beginning|start|early|mid|middle|late)(?:\s+(?:of|in))?(?:\s+the)?(?:\s+|-))"
WHICH = r"(?:(?P<which>this|next|last|coming|past)\s+)"
MONTH = (
    r"(?P<month>january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
)
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
YEAR = r"(?:,?\s+(?P<year>\d{4})\b)"
WEEKDAY = r"(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?\b"
COUNT = rf"(?P<number>\d{{1,3}}|(?:a )?couple(?: of)?|(?:a )?few|{'|'.join(reckoning.NUMBERS)})\s+"
UNIT = r"(?P<unit>day|week|month|year)s?\b"
SOON = (
    r"a\.?s\.?a\.?p\b\.?|as soon as (?:possible|they can|he can|she can)|right (?:away|now)|at once|immediately"
    r"|urgent(?:ly)?|now(?=\s*(?:[,.;!]|$))"
)
PAST = re.compile(
    r"\b(?:bought|moved|got|had|opened|started|sold|lost|retired|graduated|was|were|born|died|met|since"
    r"|arrived|ago|founded|launched|inherited|adopted|broke|finished|became|turned|began|last|been|closed|signed|left)\b",
    re.IGNORECASE,
)  # a clause with one of these tells of what has been
NO_DAY = "There is no such day as “{}”. Please write it like {}."
LONG_PAST = "The day of “{}” is in the past. By when do they need it?"


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write a day; a bare one counts only with a word such as “in” or “next” before it."""

    pattern: re.Pattern[str]
    reckon: Callable[[re.Match[str], date], tuple[date, date]]
    bare: bool


FORMS = tuple(
    Form(re.compile(pattern, re.IGNORECASE), reckon, bare)
    for pattern, reckon, bare in (
        (
            rf"{BEGIN}(?P<first>\d{{4}})(?P<between>-)(?P<second>\d\d?)-(?P<third>\d\d?)(?![\w-])",
            reckoning.in_figures,
            False,
        ),
        (
            rf"{BEGIN}(?P<first>\d\d?)(?P<between>[/.])(?P<second>\d\d?)(?P=between)(?P<third>\d{{4}}|\d\d)(?![\w/-])",
            reckoning.in_figures,
            False,
        ),
        (rf"{BEGIN}(?P<first>\d\d?)(?P<between>/)(?P<second>\d\d?)(?P<third>)(?![\w/-])", reckoning.in_figures, False),
        (rf"{BEGIN}{MONTH}\s+{DAY}{YEAR}?", reckoning.day_of_month, False),
        (rf"{BEGIN}(?:the\s+)?{DAY}\.?\s+(?:of\s+)?{MONTH}{YEAR}?", reckoning.day_of_month, False),
        (rf"{BEGIN}{EDGE}?{WHICH}?{MONTH}{YEAR}", reckoning.month_of_year, False),
        (rf"{BEGIN}{EDGE}?{WHICH}?{MONTH}(?![’'])", reckoning.month, True),
        (rf"{BEGIN}{WHICH}?{WEEKDAY}(?![’'])", reckoning.weekday, True),
        (rf"{BEGIN}{WHICH}?(?P<season>spring|summer|fall|autumn|winter)\b", reckoning.season, True),
        (rf"{BEGIN}(?P<holiday>{'|'.join(reckoning.HOLIDAYS)})(?:[’']?s)?(?: (?:day|eve))?\b", reckoning.holiday, True),
        (rf"(?<!\w)(?:(?P<until>within|in the next)|in)\s+{COUNT}{UNIT}(?P<ago>)", reckoning.away, False),
        (rf"(?<!\w){COUNT}{UNIT}\s+(?P<ago>ago)\b", reckoning.away, False),
        (rf"{BEGIN}{EDGE}?{WHICH}(?P<unit>weekend|week|month|year)\b", reckoning.this_unit, False),
        (rf"{BEGIN}(?:the\s+)?{EDGE}(?P<unit>week|month|year)\b", reckoning.this_unit, False),
        (rf"{BEGIN}(?P<year>20\d\d)(?![\w-])", reckoning.year, True),
        (rf"{BEGIN}(?P<named>today|tonight|tomorrow|yesterday)\b(?![’'])", reckoning.named, False),
        (rf"(?<!\w)(?P<until>{SOON})", reckoning.named, False),
    )
)


def read_days(reading: Reading) -> None:
    """All days that the line names; which of them means what is settled when its needs and journey are known."""
    for form in FORMS:
        for found in form.pattern.finditer(reading.line.unread):
            words = found.groupdict()
            if form.bare and not any(words.get(word) for word in ("until", "on", "edge", "which")):
                continue
            reading.line.mark(*found.span())
            try:
                ahead, behind = form.reckon(found, reading.today)
            except (ValueError, OverflowError):
                reading.ask(NO_DAY, found[0], reading.today.isoformat())
                continue
            until = bool(words.get("until"))
            reading.days.append(SaidDay(start=found.start(), end=found.end(), ahead=ahead, behind=behind, until=until))


def settle_days(reading: Reading) -> None:
    """Take each day for the journey's or for the one by which the needs are to be filled; the first of each counts."""
    for day in sorted(reading.days, key=lambda day: (not _is_beside_journey(reading, day), day.start)):
        clause = reading.clause_at(day.start)
        past = PAST.search(reading.line.text, clause.start, clause.end) is not None
        if not day.until and _is_of_journey(reading, day):
            past = past or (reading.journey is not None and reading.journey.past)
            reading.day_zero = reading.day_zero or (day.behind if past else day.ahead).isoformat()
        elif day.ahead < reading.today and day.until:
            reading.ask(LONG_PAST, reading.line.text[day.start : day.end])
        elif day.ahead >= reading.today and not (past and not day.until):
            reading.needed_by = reading.needed_by or day.ahead.isoformat()


def _is_beside_journey(reading: Reading, day: SaidDay) -> bool:
    return reading.journey is not None and reading.journey.is_in(reading.clause_at(day.start))


def _is_of_journey(reading: Reading, day: SaidDay) -> bool:
    """Whether a day tells when the journey began or begins: it stands beside it, or by itself."""
    clause = reading.clause_at(day.start)
    alone = says_nothing(reading.line.rest(clause.start, clause.end))
    return _is_beside_journey(reading, day) or (reading.journey is not None and alone and not reading.day_zero)
