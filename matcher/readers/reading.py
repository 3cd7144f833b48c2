"""What has been read of a line so far: each reader adds its part."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from matcher.answers.covered import Grade
from matcher.answers.partners import Mode, Place
from matcher.answers.quick_note import NotedNeed
from matcher.readers.line import Clause, Line

QUOTED = 80  # characters of a part that a question repeats


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidDay:
    """A day that the line names, with what it is when told of what is to come, and of what has been."""

    start: int  # where it stands in the line
    end: int
    ahead: date
    behind: date
    until: bool  # “by”, “before”, “as soon as possible”


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidJourney:
    """A journey that the line tells of, and where."""

    start: int
    end: int
    journey: str
    past: bool  # told as something that has been
    act: bool  # told as something that they do: “opening a shop”, not “new website”

    def is_in(self, clause: Clause) -> bool:
        """Whether it is told in a clause."""
        return clause.start <= self.start < clause.end


@dataclass(slots=True, kw_only=True)
class Reading:
    """A line being read."""

    line: Line
    today: date
    corrections: Mapping[str, str]
    mode: Mode
    name: str = ""
    grade: Grade = ""
    markets: list[str] = field(default_factory=list)
    journey: SaidJourney | None = None
    days: list[SaidDay] = field(default_factory=list)
    day_zero: str = ""
    place: Place | None = None
    place_unknown: str = ""
    needs: list[NotedNeed] = field(default_factory=list)
    needed_by: str = ""
    tier: int | None = None
    language: str = ""
    within_km: float | None = None
    value_cents: int | None = None
    email: str = ""
    phone: str = ""
    questions: list[str] = field(default_factory=list)

    def ask(self, question: str, *said: str) -> None:
        """Ask about something that was said; only the beginning of a long part is repeated."""
        short = (part if len(part) <= QUOTED else f"{part[: QUOTED - 1].rstrip()}…" for part in said)
        self.questions.append(question.format(*short))

    def clause_at(self, position: int) -> Clause:
        """The clause in which a position lies."""
        clauses = self.line.clauses()
        return next((clause for clause in clauses if clause.start <= position < clause.end), clauses[-1])
