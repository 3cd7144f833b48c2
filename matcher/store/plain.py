"""Values of columns as JSON holds them, and back: checked, so that no file stores what a column cannot hold."""

from base64 import b64decode, b64encode
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Float, Integer, LargeBinary, String

from matcher.facts import UtcTime

WHOLE_MOST = 2**31 - 1  # what an integer column holds


def plain(told: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(told, bytes):
        return b64encode(told).decode()
    return told.isoformat() if isinstance(told, date | datetime) else told


def value_of(column: Column[Any], told: Any) -> Any:
    """The same as the column holds it; ValueError for what it cannot hold."""
    if told is None:
        if not column.nullable:
            raise ValueError(f"{column} is empty.")
        return None
    return _checked(column, told)


def _checked(column: Column[Any], told: Any) -> Any:
    kind = column.type
    if isinstance(kind, JSON):
        return told
    if isinstance(kind, Boolean):
        return _is(told, bool)
    if isinstance(kind, Integer):
        return _within(_is(told, int))
    if isinstance(kind, Float):
        return float(_is(told, int | float))
    text: str = _is(told, str)
    if isinstance(kind, UtcTime):
        return _zoned(datetime.fromisoformat(text))
    if isinstance(kind, Date):
        return date.fromisoformat(text)
    if isinstance(kind, LargeBinary):
        return b64decode(text, validate=True)
    if not isinstance(kind, String) or "\0" in text or (kind.length is not None and len(text) > kind.length):
        raise ValueError(f"{column} cannot hold this.")
    return text


def _is(told: Any, kind: Any) -> Any:
    if not isinstance(told, kind) or (isinstance(told, bool) and kind is not bool):
        raise ValueError("A value is of another kind.")
    return told


def _within(told: int) -> int:
    if abs(told) > WHOLE_MOST:
        raise ValueError("A number is too large.")
    return told


def _zoned(told: datetime) -> datetime:
    if told.tzinfo is None:
        raise ValueError("A time has no zone.")
    return told
