"""The year of `data/golden/year.csv` as facts of a network, and the agendas that it calls for."""

import csv
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from matcher import facts
from matcher.facts import Private
from matcher.store import Session
from matcher.taxonomy import data_folder

GOLDEN = data_folder() / "golden"
Row = Mapping[str, str]
Expected = set[tuple[str, str, str]]  # key, name, due on


def agendas() -> dict[str, Expected]:
    """Day -> exactly the tasks that are due on it."""
    found: dict[str, Expected] = defaultdict(set)
    for row in _rows("agendas.csv"):
        due = {(f"{row['rule']}:{row['about']}", row["who"], row["due_on"])} if row["rule"] else set()
        found[row["on"]] |= due
    return dict(found)


def live_through(session: Session, network_id: int) -> None:
    """Keep the whole year in a network that is empty, under the very numbers of the file."""
    year = _Year(network_id)
    for row in _rows("year.csv"):
        year.keep(row)
    session.add_all(year.people.values())
    session.flush()
    for kind in year.order:
        session.add_all(year.rows[kind].values())
        session.flush()


def _rows(name: str) -> list[Row]:
    with (GOLDEN / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass
class _Year:
    """Facts under way from lines to rows: each line makes one, or says more of one."""

    network_id: int
    people: dict[str, Private] = field(default_factory=dict)
    rows: dict[type, dict[object, Any]] = field(default_factory=lambda: defaultdict(dict))
    order: tuple[type, ...] = (
        *(facts.Client, facts.Introduction, facts.Ask, facts.Report, facts.Sale, facts.Referral, facts.Moment),
        *(facts.Touch, facts.Vetting, facts.Rating, facts.Care, facts.StageChange, facts.TaskMark),
    )

    def keep(self, row: Row) -> None:
        """Take in one line."""
        on = date.fromisoformat(row["on"]) if row["on"] else date(2026, 1, 1)
        number = int(row["number"]) if row["number"] else None
        told = dict(part.split("=", 1) for part in row["more"].split("; ") if "=" in part)
        KEEP[row["fact"]](self, on, number, row, told)

    def add(self, kind: type, number: object, /, **values: Any) -> None:
        """A new row."""
        own = {} if kind in (facts.Client, facts.Vetting, facts.TaskMark) else {"id": number}
        own = own if isinstance(number, int) else {}
        self.rows[kind][number or len(self.rows[kind])] = kind(network_id=self.network_id, **own, **values)

    def edit(self, kind: type, number: object, /, **values: Any) -> None:
        """More of a row."""
        for name, value in values.items():
            setattr(self.rows[kind][number], name, value)


def _whose(who: str, before: str = "") -> dict[str, int]:
    kind, _, number = who.partition(":")
    return {f"{before}{kind}_id": int(number)}


def _somebody(year: _Year, on: date, number: int | None, row: Row, told: dict[str, str]) -> None:
    kind, _, own = row["who"].partition(":")
    name = told["name"]
    if kind == "person":
        year.people[row["who"]] = facts.Person(network_id=year.network_id, id=int(own), name=name)
        grade = {"person_id": int(own), "grade": told["grade"], "added_on": on}
        year.rows[facts.Client][own] = facts.Client(network_id=year.network_id, **grade)
        return
    edited = datetime.combine(on, time(12), UTC)
    year.people[row["who"]] = facts.Business(
        network_id=year.network_id, id=int(own), key=name, name=name, edited_at=edited
    )


def _care(year: _Year, on: date, number: int | None, row: Row, told: dict[str, str]) -> None:
    rhythm = int(told["rhythm"]) if "rhythm" in told else None
    public = {"thank_publicly": told["public"] == "yes"} if "public" in told else {}
    refers = {"refers": told["refers"] == "yes"} if "refers" in told else {}
    year.add(facts.Care, row["who"], **_whose(row["who"]), rhythm_days=rhythm, **public, **refers)


def _vetting(year: _Year, on: date, number: int | None, row: Row, told: dict[str, str]) -> None:
    until = date.fromisoformat(told["until"])
    year.add(facts.Vetting, row["who"], **_whose(row["who"]), kind=told["kind"], checked_on=on, valid_until_on=until)


def _sale(year: _Year, on: date, number: int | None, row: Row, told: dict[str, str]) -> None:
    promised = int(told["promised"])
    year.add(facts.Sale, number, **_whose(row["who"]), what=told["what"], agreed_on=on, promised=promised)


def _referral(given: bool) -> Callable[..., None]:
    def keep(year: _Year, on: date, number: int | None, row: Row, told: dict[str, str]) -> None:
        year.add(facts.Referral, number, given=given, **_whose(row["who"]), referred_on=on, **told)

    return keep


def _closed(result: str) -> Callable[..., None]:
    def keep(year: _Year, on: date, number: int | None, row: Row, told: dict[str, str]) -> None:
        value = 100 * int(row["more"]) if row["more"] else None
        year.edit(facts.Referral, number, result=result, closed_on=on, value_cents=value)

    return keep


def _noted(kind: type, column: str) -> Callable[..., None]:
    """More of a row: the day on which something was done."""

    def keep(year: _Year, on: date, number: int | None, row: Row, told: dict[str, str]) -> None:
        year.edit(kind, number, **{column: on})

    return keep


def _answered(year: _Year, on: date, number: int | None, row: Row, told: dict[str, str]) -> None:
    year.edit(facts.Ask, number, answer=row["more"], answered_at=datetime.combine(on, time(12), UTC))


def _put_off(year: _Year, on: date, number: int | None, row: Row, told: dict[str, str]) -> None:
    year.add(facts.TaskMark, row["more"], key=row["more"], until_on=on)


KEEP: Mapping[str, Callable[..., None]] = {
    "somebody": _somebody,
    "care": _care,
    "vetting": _vetting,
    "sale agreed": _sale,
    "sale done": _noted(facts.Sale, "done_on"),
    "results meeting": _noted(facts.Sale, "meeting_on"),
    "results confirmed": _noted(facts.Sale, "results_on"),
    "referral received": _referral(given=False),
    "referral given": _referral(given=True),
    "referral done": _closed("done"),
    "referral nowhere": _closed("nowhere"),
    "thanked": _noted(facts.Referral, "thanked_on"),
    "thanked again": _noted(facts.Referral, "thanked_again_on"),
    "thanked publicly": _noted(facts.Referral, "thanked_publicly_on"),
    "connected": _noted(facts.Introduction, "connected_on"),
    "answered": _answered,
    "task put off": _put_off,
    "stage": lambda year, on, _, row, __: year.add(
        facts.StageChange, None, **_whose(row["who"]), stage=row["more"], changed_on=on
    ),
    "touch": lambda year, on, _, row, __: year.add(
        facts.Touch, None, **_whose(row["who"]), kind=row["more"], touched_on=on
    ),
    "moment": lambda year, on, number, row, told: year.add(
        facts.Moment, number, **_whose(row["who"]), noticed_on=on, **told
    ),
    "introduction drafted": lambda year, on, number, row, told: year.add(
        facts.Introduction,
        number,
        for_us=False,
        **_whose(row["who"], "first_"),
        **_whose(told["target"], "target_"),
        drafted_on=on,
    ),
    "asked": lambda year, on, number, _, told: year.add(
        facts.Ask, number, introduction_id=int(told["introduction"]), role=told["role"], asked_on=on
    ),
    "report asked": lambda year, on, number, *_: year.add(
        facts.Report, None, introduction_id=number, role="first", asked_on=on
    ),
    "rating": lambda year, on, number, row, _: year.add(
        facts.Rating, number, **_whose(row["who"]), stars=int(row["more"]), rated_on=on
    ),
    "task done": lambda year, on, _, row, __: year.add(facts.TaskMark, row["more"], key=row["more"], done_on=on),
}
