"""Which day is meant by “in May”, “next Friday” or 12/20: once when told of what is to come, once of what has been.

A month, a week or a year stands for its first day, and for its last once it has begun. Each function takes what a
pattern of `days.py` found; ValueError and OverflowError for a day that the calendar does not have.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

Both = tuple[date, date]  # ahead, behind
Found = re.Match[str]
WEEK = 7  # days
YEARS = (1900, 2199)  # that anybody means
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOLIDAYS = {"christmas": (12, 25), "xmas": (12, 25), "new year": (1, 1), "halloween": (10, 31), "valentine": (2, 14)}
SEASONS = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12}  # -> first month, as the weather counts
NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "couple": 2, "three": 3, "few": 3, "four": 4, "five": 5, "six": 6}
STEPS = {"next": 1, "coming": 1, "last": -1, "past": -1}


def in_figures(found: Found, today: date) -> Both:
    """2026-12-01, 03/15/2027, 15.3.2027, 12/20; between slashes the month comes first where both may be meant."""
    first, second, third = int(found["first"]), int(found["second"]), found["third"]
    if len(found["first"]) == 4:
        return _on(first, second, int(third))
    day_first = found["between"] == "." or first > 12
    month, day = (second, first) if day_first else (first, second)
    return _on(int(third) + (2000 if len(third) == 2 else 0), month, day) if third else _yearly(today, month, day)


def day_of_month(found: Found, today: date) -> Both:
    """June 3; the 3rd of June 2027."""
    month, day = MONTHS.index(found["month"].lower()[:3]) + 1, int(found["day"])
    return _on(int(found["year"]), month, day) if found["year"] else _yearly(today, month, day)


def month_of_year(found: Found, today: date) -> Both:
    """June 2027, by the end of March 2027."""
    month = MONTHS.index(found["month"].lower()[:3]) + 1
    first = _on(int(found["year"]), month, 1)[0]
    return _stretch(first, _end_of_month(first), _word(found, "edge"), today)


def month(found: Found, today: date) -> Both:
    """In May, by the end of June, last March."""
    first, which = today.replace(month=MONTHS.index(found["month"].lower()[:3]) + 1, day=1), _word(found, "which")
    passed = _end_of_month(first) < today or (which == "next" and first <= today)
    ahead = later(first, 12) if passed else first
    behind = first if first <= today else later(first, -12)
    told = _stretch(ahead, _end_of_month(ahead), _word(found, "edge"), today)[0]
    past = _stretch(behind, _end_of_month(behind), _word(found, "edge"), behind)[0]
    return (past, past) if STEPS.get(which) == -1 else (told, past)


def weekday(found: Found, today: date) -> Both:
    """By Friday, next Tuesday, last Monday."""
    days, which = (WEEKDAYS.index(found["weekday"].lower()[:3]) - today.weekday()) % WEEK, _word(found, "which")
    ahead, behind = today + timedelta(days or WEEK), today + timedelta(days - WEEK)
    if which == "next" and ahead - timedelta(ahead.weekday()) <= today:  # still this week
        ahead += timedelta(WEEK)
    return (behind, behind) if STEPS.get(which) == -1 else (ahead, behind)


def season(found: Found, today: date) -> Both:
    """This summer, in the spring."""
    first = today.replace(month=SEASONS[found["season"].lower()], day=1)
    behind = first if first <= today else later(first, -12)
    ahead = first if first >= today else later(first, 12)
    return (behind, behind) if STEPS.get(_word(found, "which")) == -1 else (ahead, behind)


def holiday(found: Found, today: date) -> Both:
    """Before Christmas, for the new year: holidays that stand on the same day every year."""
    return _yearly(today, *HOLIDAYS[found["holiday"].lower()])


def away(found: Found, today: date) -> Both:
    """In two weeks, within 10 days, three months ago."""
    word = re.sub(r"^an?\s+(?=couple|few)", "", found["number"].lower()).split()[0]
    number = int(word) if word.isdecimal() else NUMBERS[word]
    number *= -1 if found["ago"] else 1
    unit = found["unit"].lower()
    days, months = {"day": (1, 0), "week": (WEEK, 0), "month": (0, 1), "year": (0, 12)}[unit]
    one = later(today + timedelta(number * days), number * months)
    return one, one


def this_unit(found: Found, today: date) -> Both:
    """Next week, this month, by the end of the year."""
    unit, step = found["unit"].lower(), STEPS.get(_word(found, "which"), 0)
    monday = today + timedelta(step * WEEK - today.weekday())
    month_begins = later(today.replace(day=1), step if unit == "month" else 0)
    first, last = {
        "week": (monday, monday + timedelta(6)),
        "weekend": (monday + timedelta(5), monday + timedelta(6)),
        "month": (month_begins, _end_of_month(month_begins)),
        "year": (date(today.year + step, 1, 1), date(today.year + step, 12, 31)),
    }[unit]
    return _stretch(first, last, _word(found, "edge"), first if step else today)


def year(found: Found, today: date) -> Both:
    """In 2028."""
    first = _on(int(found["year"]), 1, 1)[0]
    return _stretch(first, first.replace(month=12, day=31), "", today)


def named(found: Found, today: date) -> Both:
    """Today, tomorrow, yesterday, and whatever means at once."""
    one = today + timedelta({"tomorrow": 1, "yesterday": -1}.get(_word(found, "named"), 0))
    return one, one


def later(start: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    years, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(years, month + 1, min(start.day, monthrange(years, month + 1)[1]))


def _word(found: Found, group: str) -> str:
    return (found.groupdict().get(group) or "").lower()


def _on(year: int, month: int, day: int) -> Both:
    if not YEARS[0] <= year <= YEARS[1]:
        raise ValueError("Nobody means such a year.")
    return date(year, month, day), date(year, month, day)


def _yearly(today: date, month: int, day: int) -> Both:
    """The next and the last time that a day comes round; 29 February may take eight years."""
    years = range(today.year - 8, today.year + 9)
    every = [date(one, month, day) for one in years if day <= monthrange(one, month)[1]]
    if not every:
        raise ValueError("No year has such a day.")
    return next(one for one in every if one >= today), next(one for one in reversed(every) if one <= today)


def _end_of_month(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


def _stretch(first: date, last: date, edge: str, today: date) -> Both:
    """The day for which a month or a week stands when told of what is to come, and of what has been."""
    if edge in ("end", "late"):
        return last, last
    if edge in ("mid", "middle"):
        middle = first + (last - first) // 2
        return middle, middle
    return (first if first >= today or last < today else last), first
