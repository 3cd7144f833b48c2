"""A list without headings, such as pasted text: one person a line, their name, company and addresses in any order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from matcher.exchange.clean import clean
from matcher.exchange.columns import EMAIL, LEGAL
from matcher.exchange.grid import Grid, Line, refuse
from matcher.knowledge.positions import service_of_position
from matcher.names import fold

HEADINGS = ("Name", "Company", "Job Title", "E-mail", "Phone", "Website", "Notes")
PEOPLE_MOST = 20_000  # of one list without headings; longer ones come from programs, which write headings
TOO_MANY = (
    f"We read {PEOPLE_MOST:,} people at a time from a list without headings. "
    "Put a heading line above it, such as “Name, Company, E-mail”, or split it."
)
PARTS = re.compile(r"[,;|]")
BULLET = re.compile(r"\A(?:[-*•·–—]+|\d{1,4}[.)]) ")
WRITTEN_TO = re.compile(r'(?:"([^"<>]{1,200})"|([^"<>,;]{0,200})) ?< ?([^<>@\s]{1,64}@[^<>@\s]{1,190}) ?>')
SITE = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
PHONE = re.compile(r"(?:[a-z]{1,8}[.:]?\s*)?[+(]?\d[\d\s().+/x-]{5,30}", re.IGNORECASE)
FIRMS = frozenset(  # words that are of firms and of nobody's name
    re.findall(
        r"\w+",
        "group company bank services service realty homes roofing plumbing construction consulting consultants studio "
        "solutions agency insurance associates partners law office school university college hospital clinic church "
        "restaurant cafe shop store market dental electric heating landscaping painting cleaning design designs "
        "holdings properties mortgage lending financial capital media systems technologies software foundation team",
    )
)


def open_grid(grid: Grid) -> Grid:
    """The same lines with what they tell in the columns of HEADINGS; a line may tell of several people."""
    return replace(grid, form=f"{grid.form}, no headings", lines=lambda: _lines(grid))


def _lines(grid: Grid) -> Iterator[Line]:
    people = 0
    for number, cells in grid.lines():
        for person in _people(cells):
            people += 1
            if people > PEOPLE_MOST:
                raise refuse(TOO_MANY)
            yield number, person


def _people(cells: Sequence[str]) -> Iterator[list[str]]:
    """Everybody of whom one line tells, as the cells of HEADINGS."""
    told = [text for cell in cells if (text := clean(cell.replace("\t", ";")))]
    whole = ", ".join(told)
    written_to = list(WRITTEN_TO.finditer(whole))
    if len(written_to) > 1:
        yield from (_person([one[1] or one[2], one[3]]) for one in written_to)
    elif written_to:
        (one,) = written_to
        rest = f"{whole[: one.start()]}, {whole[one.end() :]}"
        yield _person(PARTS.split(f"{one[1] or one[2]}, {one[3]}, {rest}"))
    elif told:
        yield _person(PARTS.split(whole) if len(told) == 1 else told)


def _person(texts: Sequence[str]) -> list[str]:
    """One line's texts as the cells of HEADINGS: what can be told by its form first, then the name."""
    cells = dict.fromkeys(HEADINGS, "")
    words: list[str] = []
    for number, written in enumerate(texts):
        text = BULLET.sub("", written, count=1).strip() if not number else written.strip()
        field = by_form(text)
        if field and not cells[field]:
            cells[field] = text
        elif text:
            words.append(text)
    if len(words) > 1:
        _take(cells, words, "Company", [text for text in words if is_firm(text)])
        _take(cells, words, "Job Title", [text for text in words if service_of_position(text)])
    for field in ("Name", "Company"):
        if words and not cells[field]:
            cells[field] = words.pop(0)
    cells["Notes"] = ", ".join(words)
    return list(cells.values())


def by_form(text: str) -> str:
    """The heading of what can be told by its form alone: an address, a website, a number; empty for words."""
    if EMAIL.fullmatch(text):
        return "E-mail"
    if SITE.fullmatch(text):
        return "Website"
    return "Phone" if PHONE.fullmatch(text) else ""


def _take(cells: dict[str, str], words: list[str], field: str, found: list[str]) -> None:
    """Put the first text that was found for a field there, unless none would be left for the name."""
    if found and len(words) > 1:
        cells[field] = found[0]
        words.remove(found[0])


def is_firm(text: str) -> bool:
    """Whether words are the name of a firm rather than of somebody."""
    return bool(LEGAL.search(text)) or "&" in text or not FIRMS.isdisjoint(fold(text).split())
