"""A network taken out whole, and brought into an empty one with new numbers throughout."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matcher.answers.whole import FORM, VERSION, Plain, Restored, Whole
from matcher.errors import Conflict
from matcher.facts import Business, Coached, DeclaredMarket, Import, Merge, Network, Offer
from matcher.store import businesses, clock, whole_merges
from matcher.store.partnerships import keep
from matcher.store.plain import plain, value_of
from matcher.store.tables import Row, Table, by_name, columns_of, name_of, points_at, private_tables, rows_of
from matcher.units import SHARED, now_utc
from matcher.zones import known_zone

LEFT = frozenset({"staged_file", "programme_invite"})  # files that wait, and whom a coach invited: their links stay
HASHED = frozenset({"suppression", "erasure"})  # rows that only the same secret can read
STAYS = {  # column -> what stands there afterwards: secrets, and what leads to a coach's account
    ("sender", "secret"): None,
    ("open_call", "token"): "",
    ("coached", "account_id"): 0,
    ("coached", "coach_network_id"): 0,
    ("coached", "kit_id"): 0,
    ("coached", "signature"): "",
}
MADE_HERE = frozenset({"network_id", "revision", "folded", "folded_city", "sending"})
SOFT = {  # columns that lead to another table and say so nowhere
    ("person", "business_id"): "business",
    ("person", "import_id"): "import",
    ("need", "business_id"): "business",
}
ABOUT = frozenset({"task_mark", "mail"})  # their key may end with what it is about, such as "remind:ask:12"
OF_PLACE = frozenset({"id", "home_id", "revision", "created_at"})  # columns of the network that stay where they are
HELD = "It was held back when the network moved. Send it if it has not gone already."
FULL = "This network holds something already. Please bring the file into a new, empty one."
UNREAD = (
    "Which addresses want no mail, and who was erased, stays behind: only the installation that the file comes from "
    "can read it. Please ask before you write to people who said no."
)
CHUNK = 500  # values in one IN list


# -- out ---------------------------------------------------------------------------------------------
def taken_out(session: Session, network_id: int, mark: str) -> Whole:
    """Everything of a network but secrets and links; `mark` is what the installation's secret is known again by.

    An agent's programme goes with its weeks and the copy of the kit; that the coach sees their numbers ends there.
    """
    network = session.scalars(select(Network).where(Network.id == network_id)).one()
    stored = {row["id"] for row in rows_of(session, network_id, Import) if row["state"] in ("stored", "undone")}
    tables = {
        name_of(table): [_plain_row(table, r) for r in rows_of(session, network_id, table) if _goes(table, r, stored)]
        for table in private_tables()
        if name_of(table) not in LEFT
    }
    own = {column.name: plain(getattr(network, column.name)) for column in _own_columns()}
    label = {"form": FORM, "version": VERSION, "secret": mark, "home_id": network.home_id, **own}
    return Whole(label=label, tables=tables, directory=_directory(session, tables, network.home_id))


def _goes(table: Table, row: Row, stored: Collection[int]) -> bool:
    """Whether a row is taken along: lists that were never stored have nothing to show."""
    number = {"import": "id", "import_problem": "import_id"}.get(name_of(table))
    return number is None or row[number] in stored


def _plain_row(table: Table, row: Row) -> Plain:
    name = name_of(table)
    hidden = MADE_HERE.union(column for where, column in STAYS if where == name)
    told = {column: plain(one) for column, one in row.items() if column not in hidden}
    if name == "mail" and told["state"] in ("queued", "sending"):
        told |= {"state": "stopped", "said": HELD, "leased_until": None}
    return told


def _own_columns() -> list[Column[Any]]:
    """What a network says of itself."""
    columns: Iterable[Any] = Network.__table__.columns
    return [column for column in columns if column.name not in OF_PLACE]


def _directory(session: Session, tables: Mapping[str, Sequence[Plain]], home_id: int | None) -> list[Plain]:
    """The businesses of the shared directory that the rows speak of."""
    ids = {row[column] for table, column in _to_businesses() for row in tables.get(table, ())} | {home_id}
    ids |= whole_merges.businesses_in(tables)
    wanted = sorted({int(one) for one in ids if one is not None}.difference(row["id"] for row in tables["business"]))
    rows = {row.id: row for row in _shared(session, Business.id, wanted)}
    offers, markets = businesses.offers_of(session, list(rows)), businesses.markets_of(session, list(rows))
    said = businesses.said_by(session, list(rows))
    names = [c.name for c in columns_of(Business) if c.name not in (*MADE_HERE, "import_id")]
    return [
        {name: plain(getattr(rows[number], name)) for name in names}
        | {"offers": [[s, sure, said[number][s]] for s, sure in offers.get(number, {}).items()]}
        | {"markets": list(markets.get(number, ()))}
        for number in sorted(rows)
    ]


def _shared(session: Session, column: Any, wanted: Sequence[Any]) -> Iterable[Business]:
    """Businesses of the shared directory that have one of these values in a column."""
    for start in range(0, len(wanted), CHUNK):
        several = column.in_(wanted[start : start + CHUNK])
        yield from session.scalars(select(Business).where(Business.network_id == SHARED, several))


def _to_businesses() -> list[tuple[str, str]]:
    hard = [
        (name_of(table), column)
        for table in private_tables()
        for column, (to, _) in points_at(table).items()
        if to == "business"
    ]
    return hard + [at for at, to in SOFT.items() if to == "business"]


# -- in ----------------------------------------------------------------------------------------------
@dataclass(kw_only=True)
class _Move:
    """A network on its way into another one: old numbers -> new ones, by table."""

    session: Session
    network_id: int
    numbers: dict[str, dict[int, int]] = field(default_factory=dict)
    rows: int = 0

    def put(self, table: Table, told: Sequence[Plain]) -> None:
        """Store the rows of a table with new numbers; ValueError or KeyError for what does not hang together."""
        made = [table(**self.values(table, row)) for row in told]
        self.session.add_all(made)
        self.session.flush()
        if "id" in by_name(table):
            pairs = {row["id"]: one.id for row, one in zip(told, made, strict=True)}  # type: ignore[attr-defined]
            if len(pairs) != len(made):
                raise ValueError("A number is there twice.")
            self.numbers.setdefault(name_of(table), {}).update(pairs)
        self.rows += len(made)

    def values(self, table: Table, row: Plain) -> dict[str, Any]:
        """Values of columns as they hold them, with new numbers; KeyError for one that leads nowhere."""
        known = by_name(table)
        if not row.keys() <= known.keys():
            raise ValueError("There is a column that we do not know.")
        values = {name: value_of(known[name], told) for name, told in row.items() if name not in ("id", *MADE_HERE)}
        if table is Coached:
            values["ended_at"] = values.get("ended_at") or now_utc()
        for name in values:
            to = points_at(table).get(name, ("", False))[0] or SOFT.get((name_of(table), name), "")
            if to and values[name] is not None:
                values[name] = self._new(to, values[name], soft=(name_of(table), name) in SOFT)
        if name_of(table) in ABOUT and "key" in values:
            values["key"] = self._about(values["key"])
        if table is Business:
            values["revision"] = businesses.revision(self.session, self.network_id)
        values |= {column: left for (where, column), left in STAYS.items() if where == name_of(table)}
        return values | {"network_id": self.network_id}

    def _new(self, table: str, number: int, *, soft: bool) -> int | None:
        """The new number of what stands under an old one; what is gone already is let go where nothing holds it."""
        known = self.numbers.get(table, {})
        return known.get(number) if soft else known[number]

    def _about(self, key: str) -> str:
        """A key such as "remind:ask:12" with the new number."""
        before, _, number = key.rpartition(":")
        known = self.numbers.get(before.rpartition(":")[2], {})
        return f"{before}:{known[int(number)]}" if number.isdecimal() and int(number) in known else key


def bring_in(session: Session, network_id: int, whole: Whole, mark: str) -> Restored:
    """Store a whole network in an empty one; Conflict when it is not, ValueError or KeyError for a broken file."""
    tables = {name_of(table): table for table in private_tables()}
    if not whole.tables.keys() <= tables.keys() - LEFT:
        raise ValueError("There is a table that we do not know.")
    if any(True for name, table in tables.items() if name not in HASHED for _ in rows_of(session, network_id, table)):
        raise Conflict(FULL)
    same, move = whole.label.get("secret") == mark, _Move(session=session, network_id=network_id)
    found = _find_directory(move, whole)
    businesses.changed(session, network_id)
    try:
        _store(move, whole, found, tables if same else {name: tables[name] for name in tables.keys() - HASHED})
    except IntegrityError as error:
        raise ValueError("Two rows stand where one can.") from error
    _settle(move, whole)
    hashed = any(whole.tables.get(name) for name in HASHED)
    return Restored(
        rows=move.rows,
        businesses_found=len(found),
        businesses_added=len(whole.directory) - len(found),
        notes=() if same or not hashed else (UNREAD,),
    )


def _store(move: _Move, whole: Whole, found: Collection[int], tables: Mapping[str, Table]) -> None:
    """Store the rows of all tables, each after those to which it leads."""
    merged = whole_merges.taken_out(whole.tables)
    for name, table in sorted(tables.items(), key=lambda one: _order(one[1])):
        if name in whole.tables:
            move.put(table, _with_merged(move, table, whole.tables[name], merged.get(name, ())))
        if name == "business":
            _add_missing(move, whole, found)
    whole_merges.give_steps(move.session, whole.tables.get("merge", ()), move.numbers, move.values)
    move.rows -= whole_merges.let_go(move.session, merged, move.numbers)


def _with_merged(move: _Move, table: Table, told: Sequence[Plain], merged: Sequence[Plain]) -> Sequence[Plain]:
    """Rows together with those that merges took out, where these still lead somewhere, in the order of numbers."""
    if table is Merge:
        return [{**row, "before": {}} for row in told]
    more = [row for row in merged if whole_merges.holds(table, row, move.numbers)]
    return sorted((*told, *more), key=lambda row: int(row["id"])) if more else told


def _order(table: Table) -> tuple[bool, bool, int]:
    """After those to which a table leads, said or unsaid; those that are about any other at last."""
    return (name_of(table) in ABOUT, name_of(table) not in SOFT.values(), private_tables().index(table))


def _find_directory(move: _Move, whole: Whole) -> set[int]:
    """The old numbers of businesses that the shared directory here knows, too; their new ones are noted."""
    keys = {str(row["key"]): int(row["id"]) for row in whole.directory}
    pairs = {keys[row.key]: row.id for row in _shared(move.session, Business.key, list(keys))}
    move.numbers["business"] = dict(pairs)
    return set(pairs)


def _add_missing(move: _Move, whole: Whole, found: Collection[int]) -> None:
    """Make what the directory here lacks the network's own; one that the network has itself is that one."""
    own = {str(row["key"]): int(row["id"]) for row in whole.tables.get("business", ())}
    missing = [row for row in whole.directory if row["id"] not in found]
    for row in missing:
        if row["key"] in own:
            move.numbers["business"][row["id"]] = move.numbers["business"][own[row["key"]]]
    new = [row for row in missing if row["key"] not in own]
    move.put(Business, [{k: told for k, told in row.items() if k not in ("offers", "markets")} for row in new])
    move.put(Offer, list(_offers(new)))
    move.put(DeclaredMarket, [{"business_id": row["id"], "market": one} for row in new for one in row["markets"]])


def _offers(rows: Iterable[Plain]) -> Iterable[Plain]:
    for row in rows:
        for service, sure, source in row["offers"]:
            yield {"business_id": row["id"], "service": service, "confidence": sure, "source": source}


def _settle(move: _Move, whole: Whole) -> None:
    """The network's own columns; and that no undone import takes away what it has decided on.

    A time zone that the file does not tell, or that is not known here, stays what it is here.
    """
    here = clock.zone(move.session)
    network = move.session.scalars(select(Network).where(Network.id == move.network_id)).one()
    for own in _own_columns():
        if own.name in whole.label:
            setattr(network, own.name, value_of(own, whole.label[own.name]))
    clock.set_zone(move.session, known_zone(network.zone or "") or here)
    home = whole.label["home_id"]
    network.home_id = move.numbers["business"][home] if home is not None else None
    beside = ("offer", "declared_market")
    for table, column in _to_businesses():
        for row in whole.tables.get(table, ()) if table not in beside else ():
            if row[column] in move.numbers["business"]:
                keep(move.session, move.numbers["business"][row[column]])
