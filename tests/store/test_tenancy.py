"""The wall between networks, table by table, on both engines."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from sqlalchemy import (
    column,
    delete,
    exists,
    func,
    insert,
    lambda_stmt,
    literal_column,
    select,
    table,
    text,
    true,
    union_all,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session, aliased
from sqlalchemy.orm import join as joined

from matcher.facts import Business, DeclaredMarket, Fact, Network, Offer, Partnership, Person, Private, Verdict
from matcher.store.tenancy import TenancyError
from matcher.units import SHARED
from tests.store.conftest import ALICE, BOB, NOON, Town, canaries

DIRECTORY = (Business, Offer, DeclaredMarket)  # what everybody may read of the shared network
PRIVATE = sorted((m.class_ for m in Fact.registry.mappers if issubclass(m.class_, Private)), key=lambda c: c.__name__)
OTHER = aliased(Business)


def everything(town: Town) -> str:
    """All rows of all private tables as one text, each read inside its own network."""
    shown = []
    for network_id in (SHARED, ALICE, BOB):
        with town.store.session(network_id) as session:
            for fact in PRIVATE:
                columns = fact.__mapper__.column_attrs
                for row in session.scalars(select(fact).where(fact.network_id == network_id)):
                    shown.append(f"{fact.__tablename__} {[(c.key, getattr(row, c.key)) for c in columns]}")
    return "\n".join(sorted(shown))


def test_every_private_table_has_a_canary(town: Town) -> None:
    """The town holds a row of each network in every private table, so that the other tests leave none out."""
    for network_id in (SHARED, ALICE, BOB):
        assert {type(fact) for fact in town.facts[network_id]} == set(PRIVATE)


# -- without a network ---------------------------------------------------------------------------
def test_statement_without_a_network(town: Town, subtests: pytest.Subtests) -> None:
    """No private table can be read, updated or emptied by a session that belongs to no network."""
    for fact, act in product(PRIVATE, (select, update, delete)):
        statement = update(fact).values(network_id=BOB) if act is update else act(fact)
        with (
            subtests.test(f"{act.__name__} {fact.__tablename__}"),
            pytest.raises(TenancyError),
            town.store.session() as session,
        ):
            session.execute(statement)


def test_insert_without_a_network(town: Town, subtests: pytest.Subtests) -> None:
    """No private row can be inserted by a session that belongs to no network."""
    for fact in PRIVATE:
        with subtests.test(fact.__tablename__), pytest.raises(TenancyError), town.store.session(writes=True) as session:
            session.execute(insert(fact), [{"network_id": ALICE}])


def test_flush_without_a_network(town: Town, subtests: pytest.Subtests) -> None:
    """No private fact can be deleted through a session that belongs to no network."""
    for mine in town.facts[ALICE]:
        with subtests.test(mine.__tablename__), pytest.raises(TenancyError), town.store.session(writes=True) as session:
            session.delete(mine)


# -- reading -------------------------------------------------------------------------------------
def test_rows_of_others_are_never_read(town: Town, subtests: pytest.Subtests) -> None:
    """A network reads its own rows, those of the directory where it may, and never another owner's."""
    for fact in PRIVATE:
        visible = {ALICE, SHARED} if fact in DIRECTORY else {ALICE}
        with subtests.test(fact.__tablename__), town.store.session(ALICE) as session:
            assert {row.network_id for row in session.scalars(select(fact))} == visible
            assert session.scalar(select(func.count()).select_from(fact)) == len(visible)


def test_rows_of_others_by_key(town: Town, subtests: pytest.Subtests) -> None:
    """Asked for by its key, another network's row is not there."""
    for theirs in town.facts[BOB]:
        key = theirs.__mapper__.primary_key_from_instance(theirs)
        with subtests.test(theirs.__tablename__), town.store.session(ALICE) as session:
            assert session.get(type(theirs), key) is None


def test_the_directory_sees_no_owner(town: Town) -> None:
    """The operator of the shared directory sees nothing of any owner."""
    with town.store.session(SHARED) as session:
        for fact in PRIVATE:
            assert {row.network_id for row in session.scalars(select(fact))} == {SHARED}


def test_networks_take_turns(town: Town) -> None:
    """The same statement asked by one network after the other answers each with its own rows."""
    statement = select(Person.name)
    for network_id in (ALICE, BOB, ALICE):
        with town.store.session(network_id) as session:
            assert session.scalars(statement).all() == [f"CANARY{network_id}"]


NAMES = select(Business.name).subquery()
NAMES_WITH = select(Business.name).cte()
DETOURS = {
    "alias": select(OTHER.name),
    "subquery": select(NAMES.c.name),
    "alias of a subquery": select(aliased(Business, select(Business).subquery()).name),
    "common table expression": select(NAMES_WITH.c.name),
    "union": union_all(select(Business.name), select(Person.name)),
    "joined to itself": select(Business.name, OTHER.name).join(OTHER, OTHER.id != Business.id),
    "joined to all": select(Business.name, OTHER.name).join(OTHER, true()),
    "joined beforehand": select(OTHER.name).select_from(joined(Business, OTHER, true())),
    "outer joined": select(Network.id, Person.name).outerjoin(Person, Person.network_id == Network.id),
    "in a column": select(select(func.max(Person.name)).scalar_subquery()),
    "in a condition": select(Network.name).where(exists().where(Person.network_id == Network.id)),
    "in a function": select(func.max(Person.note + Person.name)),
    "without duplicates": select(Business.name).distinct(),
    "lambda": lambda_stmt(lambda: select(Person.name)),
    "from a statement": select(Person).from_statement(select(Person).order_by(Person.id)),
    "by what others hold": select(Business.name).where(Business.id.in_(select(Verdict.business_id))),
    "sorted by what others hold": select(Person.name).order_by(select(func.max(Business.name)).scalar_subquery()),
}


@pytest.mark.parametrize("detour", DETOURS.values(), ids=DETOURS)
def test_reading_by_a_detour(town: Town, detour: Any) -> None:
    """However a statement reaches a private table, nothing of another owner's comes back."""
    with town.store.session(ALICE) as session:
        found = [[getattr(value, "name", value) for value in row] for row in session.execute(detour).all()]
    assert found
    assert f"CANARY{BOB}" not in str(found)
    assert "Bob" not in str(found)


BARE = Business.__table__
UNHELD = {
    "text": text("SELECT name FROM business"),
    "text as a column": select(text("name FROM business")),
    "text as a condition": select(Person.name).where(text("1 = 1")),
    "text with columns": text("SELECT name FROM business").columns(column("name")),
    "text for a class": select(Business).from_statement(text("SELECT * FROM business")),
    "text as a column name": select(literal_column("(SELECT max(name) FROM person)")),
    "text before": select(Network.id).prefix_with("DISTINCT"),
    "text behind": select(Network.id).suffix_with("UNION SELECT id FROM person"),
    "table": select(BARE),
    "table by name": select(column("name")).select_from(table("business")),
    "alias of a table": select(BARE.alias().c.name),
    "table beside a class": select(Network.id, BARE.c.name).join(BARE, true()),
    "table in a condition": select(Network.id).where(exists(select(BARE.c.id))),
    "table in a column": select(Business, select(func.max(BARE.c.name)).scalar_subquery()),
    "table for a class": select(Business).from_statement(select(BARE)),
    "alias of a class over a table": select(aliased(Business, select(BARE).subquery()).name),
    "update of a table": update(BARE).values(name="x"),
    "update from a table": update(Business).values(name=select(func.max(BARE.c.name)).scalar_subquery()),
    "delete from a table": delete(BARE),
    "insert from others": insert(Network).from_select(["name"], select(Business.name)),
}


@pytest.mark.parametrize("unheld", UNHELD.values(), ids=UNHELD)
def test_statements_that_cannot_be_held(town: Town, unheld: Any) -> None:
    """Raw text and bare tables are refused wherever they stand in a statement, also inside a network."""
    with pytest.raises(TenancyError), town.store.session(ALICE, writes=True) as session:
        session.execute(unheld)


# -- writing -------------------------------------------------------------------------------------
def test_update_and_delete_touch_own_rows(town: Town, subtests: pytest.Subtests) -> None:
    """An update or a delete of a whole table reaches the one row of the own network; not even the directory's."""
    for fact in PRIVATE:
        first = next(c for c in fact.__mapper__.column_attrs if not c.columns[0].foreign_keys)
        with subtests.test(fact.__tablename__), town.store.session(ALICE, writes=True) as session:
            changed = session.execute(update(fact).values({first.key: getattr(fact, first.key)}))
            assert changed.rowcount == 1  # type: ignore[attr-defined]
            assert session.execute(delete(fact)).rowcount == 1  # type: ignore[attr-defined]
            session.rollback()


def test_deleting_everything_stays_inside(town: Town) -> None:
    """A network that empties every table leaves all rows of the others as they were."""
    others = [row for row in everything(town).splitlines() if f"('network_id', {ALICE})" not in row]
    with town.store.session(ALICE, writes=True) as session:
        for fact in PRIVATE:
            session.execute(delete(fact))
    assert everything(town).splitlines() == others


def test_insert_for_another_network(town: Town, subtests: pytest.Subtests) -> None:
    """Rows for another network are refused, one by one and in bulk, also among own ones."""
    own, others = {"network_id": ALICE}, ({"network_id": SHARED}, {"network_id": BOB})
    for fact, rows in product(PRIVATE, [[], *others, *([row] for row in others), *([own, row] for row in others)]):
        with (
            subtests.test(f"{fact.__tablename__} {rows}"),
            pytest.raises(TenancyError),
            town.store.session(ALICE, writes=True) as session,
        ):
            session.execute(insert(fact), rows)


@pytest.mark.parametrize("owner", [SHARED, BOB], ids=["directory", "other"])
def test_flush_of_another_network(town: Town, owner: int, subtests: pytest.Subtests) -> None:
    """A fact of another network that has come into a session is neither changed nor deleted nor taken over."""
    before = everything(town)
    for theirs in town.facts[owner]:
        with subtests.test(theirs.__tablename__):
            with pytest.raises(TenancyError), town.store.session(ALICE, writes=True) as session:
                session.delete(theirs)
            theirs.network_id = ALICE
            with pytest.raises(TenancyError), town.store.session(ALICE, writes=True) as session:
                session.add(theirs)
    assert everything(town) == before


def test_the_directory_is_not_written_by_owners(town: Town) -> None:
    """An owner who has read a business of the directory cannot change it, delete it or make it their own."""
    before, shared = everything(town), town.business(SHARED)
    for spoil in ({"name": "x"}, {"network_id": ALICE}, {"network_id": ALICE, "name": "x", "key": "x"}):
        with town.store.session(ALICE) as session:
            business = session.get_one(Business, shared)
            for name, value in spoil.items():
                setattr(business, name, value)
            with pytest.raises(TenancyError):
                session.flush()
            session.rollback()
    assert everything(town) == before


def forms(town: Town) -> dict[str, Callable[[Session], object]]:
    """Ways to write that the wall cannot follow into the rows."""
    theirs = town.business(BOB)
    row = {"id": theirs, "network_id": ALICE, "key": "x", "name": "x", "edited_at": NOON}
    return {
        "move": lambda s: s.execute(update(Business).values(network_id=BOB)),
        "move by column": lambda s: s.execute(update(Business).values({Business.network_id: BOB})),
        "by key": lambda s: s.execute(update(Business), [{"id": theirs, "name": "x"}]),
        "by parameters": lambda s: s.execute(update(Business), {"network_id": BOB}),
        "values": lambda s: s.execute(insert(Person).values(network_id=BOB, name="x")),
        "values over rows": lambda s: s.execute(insert(Person).values(network_id=BOB), [{"network_id": ALICE}]),
        "replace": lambda s: s.execute(insert(Business).prefix_with("OR REPLACE"), [row]),
        "upsert": lambda s: s.execute(upsert(Business).on_conflict_do_update(["id"], set_={"name": "x"}), [row]),
        "from a select": lambda s: s.execute(insert(Person).from_select(["name"], select(Business.name))),
        "bulk insert": lambda s: s.bulk_insert_mappings(Person.__mapper__, [{"network_id": BOB, "name": "x"}]),
        "bulk update": lambda s: s.bulk_update_mappings(Business.__mapper__, [{"id": theirs, "name": "x"}]),
        "bulk save": lambda s: s.bulk_save_objects([Person(network_id=BOB, name="x")]),
    }


def test_writing_by_a_detour(town: Town) -> None:
    """Ways to write that cannot be held to a network are refused, and nothing is changed."""
    before = everything(town)
    for name, write in forms(town).items():
        with town.store.session(ALICE, writes=True) as session:
            with pytest.raises(TenancyError):
                pytest.fail(f"{name}: {write(session)}")
            session.rollback()
    assert everything(town) == before


def test_other_networks_stay(town: Town) -> None:
    """Nobody renames or deletes another network, which would delete all its rows."""
    before = everything(town)
    with town.store.session(ALICE, writes=True) as session:
        assert session.execute(delete(Network).where(Network.id == BOB)).rowcount == 0  # type: ignore[attr-defined]
        assert session.execute(update(Network).values(name="x")).rowcount == 1  # type: ignore[attr-defined]
    for network_id in (None, ALICE):
        with pytest.raises(TenancyError), town.store.session(network_id, writes=True) as session:
            session.delete(session.get_one(Network, BOB))
        with pytest.raises(TenancyError), town.store.session(network_id, writes=True) as session:
            session.get_one(Network, BOB).name = "x"
    with pytest.raises(TenancyError), town.store.session(writes=True) as session:
        session.execute(delete(Network))
    assert everything(town) == before


def test_own_rows_are_written(town: Town) -> None:
    """Inside its own network everything ordinary goes through: insert, change, delete."""
    with town.store.session(ALICE, writes=True) as session:
        session.execute(insert(Person), [{"network_id": ALICE, "name": "Zoe", "email": "", "phone": "", "note": ""}])
        session.execute(update(Person).where(Person.name == "Zoe").values(note="met at the fair"))
        session.execute(delete(Partnership))
        session.get_one(Business, town.business(ALICE)).name = "Renamed"
    with town.store.session(ALICE) as session:
        assert session.scalars(select(Person.note).where(Person.name == "Zoe")).all() == ["met at the fair"]
        assert session.scalars(select(Partnership)).all() == []
        assert session.get_one(Business, town.business(ALICE)).name == "Renamed"


def test_an_error_stores_nothing(town: Town) -> None:
    """When a transaction ends in an error, nothing of it is stored."""
    before = everything(town)
    with pytest.raises(NoResultFound), town.store.session(ALICE, writes=True) as session:  # noqa: PT012
        session.execute(delete(Person))
        session.get_one(Business, 0)
    assert everything(town) == before


def test_deleting_a_network_deletes_its_rows_alone(town: Town) -> None:
    """A network that deletes itself takes all its rows along and no others."""
    others = [row for row in everything(town).splitlines() if f"('network_id', {ALICE})" not in row]
    with town.store.session(ALICE, writes=True) as session:
        session.delete(session.get_one(Network, ALICE))
    assert everything(town).splitlines() == others


def test_canaries_differ(town: Town) -> None:
    """Two networks can hold the same business under the same key without a clash."""
    with town.store.session(writes=True) as session:
        session.add(Network(id=BOB + 1, name="Carol", created_at=NOON))
    assert len(canaries(town.store, BOB + 1)) == len(PRIVATE)
