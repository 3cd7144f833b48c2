"""A list without headings, such as pasted text: one person a line, their name, company and addresses in any order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from matcher.exchange.columns import EMAIL, LEGAL
from matcher.exchange.grid import Grid, Line
from matcher.names import fold
from matcher.positions import service_of_position

HEADINGS = ("Name", "Company", "Job Title", "E-mail", "Phone", "Website", "Notes")
PARTS = re.compile(r"\s*[,;|\t]\s*")
BULLET = re.compile(r"\s*(?:[-*•·–—]+|\d{1,4}[.)])\s+")
WRITTEN_TO = re.compile(r'(?:"([^"<>]{1,200})"|([^"<>,;]{0,200}))\s*<\s*([^<>@\s]{1,64}@[^<>@\s]{1,190})\s*>')
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
    for number, cells in grid.lines():
        told = [cell.strip() for cell in cells if cell.strip()]
        whole = ", ".join(told)
        people = list(WRITTEN_TO.finditer(whole))
        if len(people) > 1:
            for one in people:
                yield number, _person([one[1] or one[2], one[3]])
        elif told:
            if people:
                whole = f"{people[0][1] or people[0][2]}, {people[0][3]}, {whole[: people[0].start()]}"
            yield number, _person(PARTS.split(whole) if people or len(told) == 1 else told)


def _person(texts: Sequence[str]) -> list[str]:
    """One line's texts as the cells of HEADINGS: what can be told by its form first, then the name."""
    cells = dict.fromkeys(HEADINGS, "")
    words: list[str] = []
    for number, written in enumerate(texts):
        text = BULLET.sub("", written, count=1).strip() if not number else written.strip()
        field = _by_form(text)
        if field and not cells[field]:
            cells[field] = text
        elif text:
            words.append(text)
    if len(words) > 1:
        _take(cells, words, "Company", [text for text in words if _is_firm(text)])
        _take(cells, words, "Job Title", [text for text in words if service_of_position(text)])
    for field in ("Name", "Company"):
        if words and not cells[field]:
            cells[field] = words.pop(0)
    cells["Notes"] = ", ".join(words)
    return list(cells.values())


def _by_form(text: str) -> str:
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


def _is_firm(text: str) -> bool:
    return bool(LEGAL.search(text)) or "&" in text or not FIRMS.isdisjoint(fold(text).split())
