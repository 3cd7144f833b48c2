"""A network taken out whole and brought into another installation."""

import io
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from matcher import facts
from matcher.answers.connected import TieTold
from matcher.answers.told import ClientTold, NeedTold
from matcher.answers.whole import Restored
from matcher.answers.whose import Whose
from matcher.errors import Conflict, Invalid
from matcher.network import Network
from matcher.store import Store
from matcher.store.tables import name_of, private_tables, rows_of
from matcher.units import SHARED
from tests.networks import MOVERS, REALTY, STREET, bring_in, csv_of, id_of, shared_and_owners
from tests.store.conftest import ALICE, NOON, Town, canaries

SECRET = "5f0c1e7a9b3d48266af1d0c7e5b94831"
QUICK = settings(  # a case takes a tenth of a second, too long to make it smaller
    deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
PEOPLE = {"kept", "one", "other"}  # columns of people that are not called so


@pytest.fixture
def elsewhere(request: pytest.FixtureRequest, database: str, migrated_file: Path, tmp_path: Path) -> Iterator[Store]:
    """Another installation with the same secret, on the other kind of database."""
    if database.startswith("sqlite"):
        url, clean = request.getfixturevalue("migrated_database")
    else:
        url, clean = f"sqlite:///{tmp_path / 'elsewhere.db'}", None
        shutil.copy(migrated_file, tmp_path / "elsewhere.db")
    store = Store(url, secret=SECRET)
    yield store
    store.engine.dispose()
    if clean:
        clean.clean()


def parts(content: bytes) -> dict[str, Any]:
    """A file of a network as its label and its rows by table."""
    with ZipFile(io.BytesIO(content)) as packed:
        return {
            name: [json.loads(line) for line in packed.read(name).decode().splitlines()]
            if name.endswith(".jsonl")
            else json.loads(packed.read(name))
            for name in packed.namelist()
        }


def unnumbered(content: bytes) -> dict[str, Any]:
    """The same with each number put as its place among those of its table."""
    found = parts(content)
    rows = {name.removeprefix("tables/")[: -len(".jsonl")]: told for name, told in found.items() if "jsonl" in name}
    places = {
        name: {row["id"]: place for place, row in enumerate(told)}
        for name, told in rows.items()
        if told and "id" in told[0]
    }
    shared = {row["id"]: row["key"] for row in rows["directory"]}

    def placed(column: str, told: Any) -> Any:
        stem = column.removesuffix("_id")
        if stem == column or told is None:
            return told
        table = "person" if stem in PEOPLE else next(t for t in places if stem == t or stem.endswith(f"_{t}"))
        return shared.get(told, places[table].get(told)) if table == "business" else places[table].get(told)

    found["network.json"]["home_id"] = placed("business_id", found["network.json"]["home_id"])
    for told in rows.values():
        for place, row in enumerate(told):
            for column in row:
                row[column] = place if column == "id" else placed(column, row[column])
            if str(row.get("key", "")).count(":") == 2:
                before, table, number = row["key"].split(":")
                row["key"] = (before, table, places[table][int(number)])
    return {"label": found["network.json"], **rows}


def test_a_network_with_a_row_in_every_table_moves_whole(town: Town, elsewhere: Store) -> None:
    """What comes out of another installation, on the other database, is what went in but for the numbers."""
    town.store.secret = SECRET
    with town.store.session(ALICE, writes=True) as session:
        person = next(one for one in town.facts[ALICE] if isinstance(one, facts.Person))
        need = next(one for one in town.facts[ALICE] if isinstance(one, facts.Need))
        business = town.business(SHARED)
        session.add(facts.TaskMark(network_id=ALICE, key=f"remind:person:{person.id}"))
        session.add(facts.Partnership(network_id=ALICE, business_id=business, since_on=need.heard_on))
        session.get_one(facts.Person, person.id).business_id = business
        session.get_one(facts.Need, need.id).business_id = town.business(ALICE)
        session.get_one(facts.Network, ALICE).home_id = town.business(ALICE)
    _, alice, _ = shared_and_owners(elsewhere)
    canaries(elsewhere, SHARED)  # the same directory, with other numbers
    first = Network(town.store, ALICE).export_network()
    done = alice.restore_network(first)
    assert (done.businesses_found, done.businesses_added, done.notes) == (1, 0, ())
    assert unnumbered(alice.export_network()) == unnumbered(first)
    tables = {name_of(table) for table in private_tables()}
    left = tables - {part[7:-6] for part in parts(first) if part.startswith("tables/")}
    assert left == tables & {"staged_file", "merge", "coached", "programme_invite"}


def test_no_secret_leaves(town: Town) -> None:
    """The file holds no password of a mail server, no token and nobody else's row; what waits is held back."""
    with town.store.session(ALICE, writes=True) as session:
        session.query(facts.Sender).one().secret = b"SEALED"
        session.query(facts.Mail).one().state = "queued"
    found = parts(Network(town.store, ALICE).export_network())
    told = json.dumps(found)
    assert "U0VBTEVE" not in told
    assert "token" not in told
    assert "CANARY3" not in told
    assert found["tables/mail.jsonl"][0]["state"] == "stopped"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_directory_that_is_not_there_comes_along(store: Store, elsewhere: Store) -> None:
    """Businesses that the other directory lacks become the network's own, with what they offer, and stay partners."""
    shared, alice, _ = shared_and_owners(store)
    bring_in(shared, csv_of(STREET))
    for name in (REALTY, MOVERS):
        alice.set_stage(id_of(alice, name), "agreed")
    other, moved, _ = shared_and_owners(elsewhere)
    bring_in(other, csv_of(STREET[:1]))
    done = moved.restore_network(alice.export_network())
    assert (done.businesses_found, done.businesses_added) == (1, 1)
    assert {(b.name, tuple(b.services)) for b in moved.agreed_partners()} == {
        (b.name, tuple(b.services)) for b in alice.agreed_partners()
    }
    with elsewhere.session(SHARED) as session:
        assert session.query(facts.Kept).count() == 2


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_hashes_stay_behind_with_their_secret(town: Town, store: Store, elsewhere: Store) -> None:
    """Under another secret, hashes of addresses would be dead: they are left out, and a sentence says so."""
    _, alice, _ = shared_and_owners(elsewhere)
    (note,) = alice.restore_network(Network(town.store, ALICE).export_network()).notes
    assert "want no mail" in note
    with elsewhere.session(ALICE) as session:
        assert (session.query(facts.Suppression).count(), session.query(facts.Erasure).count()) == (0, 0)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_only_an_empty_network_takes_one_in(store: Store) -> None:
    """A network that holds anything refuses, and keeps what it has."""
    _, alice, bob = shared_and_owners(store)
    alice.add_client(ClientTold(name="Ann"))
    bob.add_client(ClientTold(name="Bo"))
    with pytest.raises(Conflict):
        bob.restore_network(alice.export_network())
    assert [client.name for client in bob.clients().clients] == ["Bo"]


person = st.fixed_dictionaries(
    {
        "name": st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=20),
        "note": st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=40),
        "needs": st.lists(st.sampled_from(("roofer", "plumber")), max_size=3),
        "knows": st.integers(0, 9),
        "goes": st.booleans(),
    }
)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@settings(
    max_examples=10, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(people=st.lists(person, max_size=8))
def test_any_network_moves(store: Store, people: list[dict[str, Any]]) -> None:
    """Whoever is in a network, and whoever has gone from it, what is brought in is what was taken out."""
    with store.session(writes=True) as session:
        new = [facts.Network(name="N", created_at=NOON) for _ in range(2)]
        session.add_all(new)
    first, second = (Network(store, network.id) for network in new)
    numbers = []
    for one in people:
        needs = [NeedTold(service=service, wording=one["note"]) for service in one["needs"]]
        numbers.append(first.add_client(ClientTold(name=one["name"], note=one["note"]), needs, journey="first_home"))
    for number, one in zip(numbers, people, strict=True):
        other = numbers[one["knows"] % len(numbers)]
        if other != number:
            first.set_tie(TieTold(years=1), Whose(person_id=number), Whose(person_id=other))
    first.remove_clients([number for number, one in zip(numbers, people, strict=True) if one["goes"]])
    second.restore_network(first.export_network())
    assert unnumbered(second.export_network()) == unnumbered(first.export_network())


def rewritten(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same file with one part of it changed."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as packed, ZipFile(out, "w") as new:
        for part in packed.namelist():
            new.writestr(part, change(packed.read(part)) if part == name else packed.read(part))
    return out.getvalue()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        ("network.json", b'"version": 1', b'"version": 2'),
        ("network.json", b"switchboard network", b"another program"),
        ("tables/person.jsonl", b'"id"', b'"number"'),
        ("tables/person.jsonl", b"CANARY2", b"C" * 201),
        ("tables/person.jsonl", b'"note": ""', b'"note": null'),
        ("tables/client.jsonl", b'"person_id": ', b'"person_id": 99'),
        ("tables/need.jsonl", b"2026-03-02", b"soon"),
        ("tables/need.jsonl", b'"value_cents": null', b'"value_cents": 1e99'),
        ("tables/outcome.jsonl", b"true", b"1"),
        ("directory.jsonl", b"", b"[]\n"),
    ],
)
def test_a_broken_file_stores_nothing(town: Town, part: str, before: bytes, after: bytes) -> None:
    """A file that is newer, foreign or does not hang together is refused in one sentence, and nothing is stored."""
    broken = rewritten(
        Network(town.store, ALICE).export_network(), part, lambda told: told.replace(before, after) if before else after
    )
    with town.store.session(writes=True) as session:
        session.add(facts.Network(id=9, name="New", created_at=town.facts[ALICE][0].staged_at))  # type: ignore[attr-defined]
    with pytest.raises(Invalid) as refused:
        Network(town.store, 9).restore_network(broken)
    assert refused.value.sentence.count(".") <= 2
    with town.store.session(9) as session:
        assert not any(list(rows_of(session, 9, table)) for table in private_tables())


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@settings(QUICK, max_examples=20)
@given(noise=st.binary(max_size=300), at=st.integers(0, 4000), cut=st.integers(0, 4000))
def test_any_other_file_is_refused(town: Town, noise: bytes, at: int, cut: int) -> None:
    """Bytes written over a file, or cut off, are refused or change nothing that matters; there is no traceback."""
    whole = Network(town.store, ALICE).export_network()
    changed = whole[:at] + noise + whole[at + len(noise) : len(whole) - cut]
    try:
        done = Network(town.store, 3).restore_network(changed)
    except (Invalid, Conflict):
        return
    assert isinstance(done, Restored)
