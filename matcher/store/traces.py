"""Where a network holds something of a person: rows that are theirs, rows that lead to them, texts that name them."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.erasing import Marks
from matcher.errors import NotFound
from matcher.facts import Merge, Person, Referral
from matcher.names import fold
from matcher.store.tables import Row, Table, key_of, name_of, points_at, private_tables, rows_of, texts_of

# Columns in which a mark is somebody else's, or a business's own name: they are never searched.
OTHERS: Mapping[str, frozenset[str]] = {
    "person": frozenset({"name", "email", "phone", "other_emails", "other_phones"}),
    "business": frozenset({"name", "key", "folded"}),
    "sender": frozenset({"name", "email", "postal_address", "host", "username"}),
    "open_call": frozenset({"token"}),
}
# Rows that nothing in the database joins to a person, and that are theirs all the same.
THEIRS: Mapping[str, Callable[[Marks, Row], bool]] = {
    "mail": lambda marks, row: any(
        marks.found_in(row[f"{side}_email"]) or marks.is_name(row[f"{side}_name"]) for side in ("to", "also")
    ),
    "application": lambda marks, row: marks.found_in(row["email"]) or marks.is_name(row["contact"]),
    "roster_member": lambda marks, row: marks.is_name(row["person"]) and not row["business"],
    "merge": lambda marks, row: marks.found_in(row["before"]),  # parting them again would bring them back
}
UNSEARCHED = ("erasure", "suppression", "staged_file")  # hashes, and bytes that only their reader understands
ABOUT = ("task_mark", "mail")  # tables whose key ends with what it is about, such as "remind:ask:12"


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """A row that is not theirs and speaks of them, and in which columns."""

    table: Table
    row: Row
    columns: tuple[str, ...]


@dataclass(kw_only=True)
class Traces:
    """All that a network holds of one person."""

    people: Sequence[Person]  # their cards; more than one where a list brought them twice
    marks: Marks
    theirs: dict[Table, list[Row]] = field(default_factory=dict)
    spoken: list[Spoken] = field(default_factory=list)
    ids: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))  # table -> numbers of `theirs`

    def take(self, table: Table, row: Row) -> None:
        """Count a row as theirs."""
        self.theirs.setdefault(table, []).append(row)
        if "id" in row:
            self.ids[name_of(table)].add(row["id"])


def find(session: Session, network_id: int, person_id: int) -> Traces:
    """Everything of a person in the session's network; NotFound when there is no such person."""
    people = _cards(session, person_id)
    emails = {email for one in people for email in (one.email, *one.other_emails) if email}
    phones = {phone for one in people for phone in (one.phone, *one.other_phones) if phone}
    names = {one.name for one in people}.union(_names_before(session, people))
    marks = Marks(names=sorted(names), emails=sorted(emails), phones=sorted(phones))
    found = Traces(people=people, marks=marks)
    found.ids["person"] = {one.id for one in people}
    searched = (table for table in private_tables() if name_of(table) not in UNSEARCHED)
    for table in sorted(searched, key=lambda table: name_of(table) in ABOUT):  # these last: they lead to any other
        _sort(found, table, rows_of(session, network_id, table))
    return found


def is_about(traces: Traces, table: Table, row: Row) -> bool:
    """Whether a key such as "remind:ask:12" is about a row that is theirs."""
    kind, _, number = str(row["key"]).rpartition(":")
    about = kind.rpartition(":")[2]
    return name_of(table) in ABOUT and number.isdigit() and int(number) in traces.ids[about]


def _cards(session: Session, person_id: int) -> list[Person]:
    """The card of a person, and others with the same name and an e-mail address in common."""
    first = session.scalar(select(Person).where(Person.id == person_id))
    if first is None:
        raise NotFound("There is no such person.")
    found, emails = [first], _emails(first)
    for other in session.scalars(select(Person).where(Person.id != person_id).order_by(Person.id)):
        if fold(other.name) == fold(first.name) and emails & _emails(other):
            found.append(other)
    return found


def _names_before(session: Session, people: Sequence[Person]) -> Iterator[str]:
    """How cards were called that were put together into theirs."""
    merged = select(Merge.before).where(Merge.kept_id.in_([one.id for one in people]))
    for before in session.scalars(merged):
        for step in before.get("steps", ()):
            if step.get("drop") == Person.__tablename__:
                yield str(step.get("row", {}).get("name", ""))


def _emails(person: Person) -> set[str]:
    return {email.strip().casefold() for email in (person.email, *person.other_emails) if email.strip()}


def _sort(found: Traces, table: Table, rows: Iterator[Row]) -> None:
    """Put the rows of a table where they belong; tables come after those to which they lead."""
    for row in rows:
        if _is_theirs(found, table, row):
            found.take(table, row)
        elif columns := _speaking(found, table, row):
            found.spoken.append(Spoken(table=table, row=row, columns=columns))


def _is_theirs(found: Traces, table: Table, row: Row) -> bool:
    if table is Person:
        return row["id"] in found.ids["person"]
    if any(goes and row[column] in found.ids[to] for column, (to, goes) in points_at(table).items()):
        return True
    if name_of(table) in ABOUT and is_about(found, table, row):
        return True
    rule = THEIRS.get(name_of(table))
    keys = [row[name] for name in key_of(table) if name in texts_of(table)]
    return bool(rule and rule(found.marks, row)) or any(map(found.marks.found_in, keys))


def _speaking(found: Traces, table: Table, row: Row) -> tuple[str, ...]:
    skipped = OTHERS.get(name_of(table), frozenset[str]())
    named = [name for name in texts_of(table) if name not in skipped and row[name] and found.marks.found_in(row[name])]
    if table is Referral and row["prospect_person_id"] in found.ids["person"]:
        named += [name for name in ("prospect", "because", "note") if row[name] and name not in named]
    return tuple(named)
