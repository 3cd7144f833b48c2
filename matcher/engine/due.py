"""What a rule of the agenda gives: something that falls due, before it is known whether it was done or put off."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from matcher.answers.agenda import Diary
from matcher.answers.whose import Whose


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something that falls due on a day, about a fact such as "sale:3"."""

    about: str
    whose: Whose
    on: date
    title: str
    reason: str
    script: str = ""
    words: Mapping[str, str] = field(default_factory=dict)  # for the script, beside who gets it and from whom
    leads_to: tuple[str, int] | None = None  # when it is not the fact itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: what falls due, for how long it is worth doing, and whether it asks for a referral.

    `fades_days` after its day nobody would do it any more; None: it stays until it is done. An ask that outranks
    others stands before them in the table. `again`: it comes back, so that a mark says when it was done last.
    """

    code: str
    falls_due: Callable[[Diary], Iterable[Due]]
    fades_days: int | None = None
    asks: bool = False
    again: bool = False

    @property
    def why(self) -> str:
        """The reason that people read."""
        return " ".join((self.falls_due.__doc__ or "").split())


def after(day: date, days: int) -> date:
    """The day so many days later."""
    return day + timedelta(days=days)


def name_of(diary: Diary, whose: Whose) -> str:
    """How somebody is called."""
    found = diary.people.get(whose)
    return found.name if found else "somebody"


def about_whose(whose: Whose) -> str:
    """Somebody as a key names them: "person:3"."""
    return f"person:{whose.person_id}" if whose.person_id is not None else f"business:{whose.business_id}"


def day(on: date) -> str:
    """A day as a sentence says it: "2 March 2026"."""
    return f"{on.day} {on:%B %Y}"
