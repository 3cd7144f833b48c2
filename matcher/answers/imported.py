"""What an import would do, does and did, as answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

About = Literal["businesses", "clients", "contacts"]  # what a list holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something in a user's file that needs their eye; a value, never an exception."""

    line: int  # as a spreadsheet numbers it: the header is line 1; 0 is the whole file
    field: str
    sentence: str
    keeps_out: bool = False  # the row was not stored because of it


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnGuess:
    """What we think a column holds; the user corrects it before anything is stored."""

    position: int  # from 0
    header: str
    field: str  # one of those of its kind of list, or "" for "leave out"
    confidence: float  # 0-1
    why: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What an import would do, before it does it."""

    import_id: int
    about: About
    file_name: str
    form: str  # "CSV, semicolon, Windows-1252", "Excel sheet 'Members'"
    rows: int
    columns: tuple[ColumnGuess, ...]
    sample: tuple[Mapping[str, str], ...]  # first rows as they would be stored, field -> text
    problems: tuple[Problem, ...]  # of the sample


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did: rows = stored + same + problems."""

    import_id: int
    about: About
    file_name: str
    state: str  # staged, running, stopped (its worker died; nothing was stored), stored, undone
    rows: int
    stored: int
    same: int
    problems: int  # rows kept out, one listed problem each
    notes: int  # problems that kept no row out
    done_share: float
    listed: tuple[Problem, ...] = ()  # problems and notes by line, the first 1,000


# -- what moves somebody, and who helps one side only ------------------------------------------------------
