"""Readers of what is written in figures and letters: e-mail, telephone, grade, what a client is worth."""

import re

from matcher.readers.reading import Reading

VALUE_LARGEST = 10_000_000  # dollars a year; the form for the worth of a client takes no more
MONTHS = 12
EMAIL = re.compile(r"(?:\be-?mail:?\s*)?(?<![\w.+-])([\w.+-]{1,64}@(?:[\w-]+\.)+[^\W\d_]{2,})(?![\w-])", re.IGNORECASE)
PHONE = re.compile(
    r"(?:\b(?:phone|telephone|tel|call|cell|mobile|ph)\b[.:]*\s*)?(?<![\w$€£.,/@-])"
    r"(\+\d[\d ()./-]{5,18}\d|\(?\d{3}\)?[ ./-]{0,2}\d{3}[ .-]\d{4}|\d{10}|\d{3}-\d{4}|0\d[\d ()/-]{5,14}\d)(?![\w-])",
    re.IGNORECASE,
)
GRADE = re.compile(
    r"\(\s*([abcABC])\s*\)|\[\s*([abcABC])\s*\]|\b(?:[Gg]rade|[Cc]lass)[: ]\s*([abcABC])\b"
    r"|(?:(?<=[,;:(]\s)|(?<=\())([ABC])(?=\s*[,;)\0]|$)|(?<=\S\s)(?:an? )?([ABC])[- ]client\b|^([ABC])-client\b"
)
ASIDE = re.compile(
    r"\b(?:no (?:rush|hurry)|whenever|btw|fyi|many thanks|thank you|thanks|cheers"
    r"|(?:please )?call (?:him|her|them)(?: back)?|(?:aged? )?\d{1,3}[- ]years?[- ]olds?)\b",
    re.IGNORECASE,
)
FIGURE = r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?"
VALUE = re.compile(
    rf"(?:\b(?:worth|budget(?: of|:)?|value[ds]?(?: at| of|:)?|pays|about|around|up to|under|below|less than|at most"
    rf"|max(?:imum)?|(?:not|no) more than)\s+)*"
    rf"(?:([$€£])\s?{FIGURE}\s?(k|m|thousand|million)?\b|(?<![\w.,]){FIGURE}\s?(k|m|thousand|million)?\b"
    rf"\s*(€|dollars|usd|euros?|bucks)?)"
    rf"(\s*(?:(?:a|per|each|/)\s*|/)(?:year|yr|month|mo)\b|\s+(?:yearly|annually|monthly))?(?:\s+budget\b)?",
    re.IGNORECASE,
)
TIMES = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000}


def read_asides(reading: Reading) -> None:
    """What people add that says nothing of what the client needs: “no rush”, “thank you”, “85 years old”."""
    while reading.line.take(ASIDE):
        pass


def read_email(reading: Reading) -> None:
    """The first e-mail address."""
    if found := reading.line.take(EMAIL):
        reading.email = found[1]


def read_phone(reading: Reading) -> None:
    """The first telephone number, as it was written."""
    if found := reading.line.take(PHONE):
        reading.phone = found[1].strip()


def read_grade(reading: Reading) -> None:
    """How good a client it is: “(A)”, “grade B”, “an A client”."""
    if found := reading.line.take(GRADE):
        reading.grade = next(filter(None, found.groups())).upper()


def read_value(reading: Reading) -> None:
    """What the client is worth a year: “$5,000”, “worth 12k a year”; a bare number is none."""
    for found in VALUE.finditer(reading.line.unread):
        if (cents := _cents(found)) is not None:
            reading.value_cents = cents
            return reading.line.mark(*found.span())
    return None


def _cents(found: re.Match[str]) -> int | None:
    """The value in a match; None when nothing says that it is money, and beyond what a form would take."""
    sign, whole, part, size, bare, bare_part, bare_size, unit, rate = found.groups()
    is_worth = re.match(r"worth|budget|value|pays", found[0], re.IGNORECASE)
    if not (sign or unit or is_worth or (rate and bare_size)):
        return None
    amount = float((whole or bare).replace(",", "") + (part or bare_part or ""))
    amount *= TIMES.get((size or bare_size or "").lower(), 1)
    amount *= MONTHS if rate and "mo" in rate.lower() else 1
    return round(amount * 100) if 0 < amount <= VALUE_LARGEST else None
