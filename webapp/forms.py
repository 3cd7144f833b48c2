"""Reading what a form or a URL says: each function gives a clean value or raises Invalid with one sentence."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, get_args

from flask import current_app, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from matcher.answers.partners import Filters, Sells, Side
from matcher.errors import Invalid
from matcher.taxonomy import taxonomy
from matcher.visible import visible

TEXT_CHARACTERS = 200  # longest name that a table takes
FIRST_MAX = 1_000_000  # farthest page; more rows than any directory we know
Form = MultiDict[str, str]


def text(form: Form, name: str, *, limit: int = TEXT_CHARACTERS) -> str:
    """One line without doubled blanks; empty when it is missing."""
    value = " ".join(form.get(name, "").replace("\0", "").split())
    if len(value) > limit:
        raise Invalid(name, f"Please keep this under {limit} characters.")
    return value


def lines(form: Form, name: str, *, limit: int) -> str:
    """Text of several lines, however they are ended, without what nobody can see; empty when it is missing."""
    value = visible(form.get(name, ""))
    if len(value) > limit:
        raise Invalid(name, f"Please keep this under {limit:,} characters.")
    return value


def cents(form: Form, name: str) -> int | None:
    """Dollars as one types them ("1200", "$1,200.50"), in cents; None when the field is empty."""
    value = text(form, name).replace("$", "").replace(" ", "")
    if not value:
        return None
    if not re.fullmatch(r"\d{1,3}(,\d{3})*(\.\d{1,2})?|\d{1,9}([.,]\d{1,2})?", value):
        raise Invalid(name, "Please write an amount of dollars, such as 1200.")
    thousands = re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d{1,2})?", value)
    return round(100 * float(value.replace(",", "" if thousands else ".")))


def number(form: Form, name: str, low: float, high: float) -> float | None:
    """A number in a range, with a decimal point or comma; None when the field is empty."""
    value = text(form, name).replace(",", ".")
    if not value:
        return None
    try:
        found = float(value)
    except ValueError as error:
        raise Invalid(name, "Please write a number.") from error
    if not low <= found <= high:  # also refuses nan
        raise Invalid(name, f"Please write a number from {low:g} to {high:g}.")
    return found


def day(form: Form, name: str) -> date | None:
    """A day as a date field sends it, such as 2026-03-04; None when the field is empty."""
    value = text(form, name)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise Invalid(name, "Please write the day as year-month-day, such as 2026-03-04.") from error


def codes(form: Form, name: str, known: Collection[str]) -> tuple[str, ...]:
    """The known codes among a field's values, each once, in the order given."""
    return tuple(dict.fromkeys(code for code in form.getlist(name) if code in known))


def one_of(form: Form, name: str, known: Collection[str]) -> str | None:
    """A known code, or None."""
    return next(iter(codes(form, name, known)), None)


def row(form: Form, name: str) -> int | None:
    """The number of a row; None when there is none, or no row can have it."""
    value = form.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None


def whole(form: Form, name: str) -> int:
    """A whole number; Invalid for an empty field and for anything else."""
    found = row(form, name)
    if found is None:
        raise Invalid(name, "Please write a whole number.")
    return found


def first(form: Form) -> int:
    """Where a page of a list starts; the beginning when it cannot be read."""
    value = form.get("first", "")
    return min(int(value), FIRST_MAX) if value.isascii() and value.isdigit() and len(value) < 10 else 0


def read_filters(form: Form) -> Filters:
    """What the owner wants to see, from a page's URL or an API's query."""
    known = taxonomy()
    return Filters(
        groups=codes(form, "group", known.groups),
        services=codes(form, "service", known.services),
        markets=codes(form, "market", known.markets),
        within_km=number(form, "within_km", 0, 20_100),
        sells_to=one_of(form, "sells_to", get_args(Sells)),  # type: ignore[arg-type]
        side=one_of(form, "side", get_args(Side)),  # type: ignore[arg-type]
        text=text(form, "q"),
        decided=form.get("decided") == "yes",
    )


def filter_query(filters: Filters) -> dict[str, Any]:
    """The URL arguments that `read_filters` reads back."""
    query: Mapping[str, Any] = {
        "group": list(filters.groups),
        "service": list(filters.services),
        "market": list(filters.markets),
        "within_km": f"{filters.within_km:g}" if filters.within_km is not None else None,
        "sells_to": filters.sells_to,
        "side": filters.side,
        "q": filters.text,
        "decided": "yes" if filters.decided else None,
    }
    return {name: value for name, value in query.items() if value}


def known_path(target: str | None) -> str | None:
    """`target` when it is a path of ours that can be looked at, else None; for `next=` and every redirect."""
    if (
        not target
        or not target.startswith("/")
        or target.startswith("//")
        or "\\" in target
        or not target.isprintable()
    ):
        return None
    path = target.split("?")[0].split("#")[0]
    try:
        current_app.create_url_adapter(request).match(path, method="GET")  # type: ignore[union-attr]
    except HTTPException:
        return None
    return target


def coordinates(value: str) -> tuple[float, float] | None:
    """Latitude and longitude in degrees as a map shows them (“48.1371, 11.5754”); None when there is nothing."""
    if not value:
        return None
    numbers = re.findall(
        r"[-+−]?\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d)", ".", value) if value.count(",") != 1 else value
    )
    if len(numbers) != 2:
        raise Invalid("coordinates", "Please write two numbers, such as 48.1371, 11.5754.")
    lat, lon = (float(part.replace("−", "-")) for part in numbers)
    if "S" in value.upper():
        lat = -abs(lat)
    if "W" in value.upper():
        lon = -abs(lon)
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise Invalid("coordinates", "Please write the latitude (-90 to 90) first, then the longitude (-180 to 180).")
    return lat, lon
