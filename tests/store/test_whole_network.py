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
from matcher.answers.cared import CareTold
from matcher.answers.connected import ContactTold, TieTold
from matcher.answers.told import ClientTold, NeedTold
from matcher.answers.whole import Restored
from matcher.answers.whose import Whose
from matcher.errors import Conflict, Invalid
from matcher.network import Network
from matcher.store import Store
from matcher.store.accounts import Accounts
from matcher.store.tables import name_of, private_tables, rows_of
from matcher.units import SHARED
from matcher.visitors.taking_kits import accept_invite
from tests.kits import KIT
from tests.networks import MOVERS, REALTY, STREET, bring_in, csv_of, id_of, shared_and_owners
from tests.store.conftest import ALICE, NOON, Town, canaries

SECRET = "5f0c1e7a9b3d48266af1d0c7e5b94831"
QUICK = settings(  # a case takes a tenth of a second, too long to make it smaller
    phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
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
        if not told or "id" in told[0]
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
        session.get_one(facts.Network, ALICE).zone = "Pacific/Auckland"
    _, alice, _ = shared_and_owners(elsewhere)
    canaries(elsewhere, SHARED)  # the same directory, with other numbers
    first = Network(town.store, ALICE).export_network()
    done = alice.restore_network(first)
    assert (done.businesses_found, done.businesses_added, done.notes) == (1, 0, ())
    assert unnumbered(alice.export_network()) == unnumbered(first)
    assert alice.zone() == "Pacific/Auckland"
    tables = {name_of(table) for table in private_tables()}
    left = tables - {part[7:-6] for part in parts(first) if part.startswith("tables/")}
    assert left == tables & {"staged_file", "programme_invite"}


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


def test_merges_and_verdicts_move(store: Store, elsewhere: Store) -> None:
    """People who were made one there are parted here as they were, and whom the owner called two stays two."""
    shared, alice, _ = shared_and_owners(store)
    bring_in(shared, csv_of(STREET))
    realty = id_of(alice, REALTY)
    gone = alice.add_contact(ContactTold(name="Gone"))
    ann = alice.add_client(ClientTold(name="Ann", email="ann@one.example"), [NeedTold(service="roofer", wording="x")])
    anne = alice.add_contact(ContactTold(name="Anne", email="anne@two.example", business_id=realty))
    zoe = alice.add_contact(ContactTold(name="Anne", email="anne@two.example"))
    alice.tell_not_same([ann, zoe])
    alice.tell_not_same([anne, zoe])
    for one in (ann, anne):
        alice.set_tie(TieTold(years=one), Whose(person_id=one), Whose(realty))
        alice.set_tie(TieTold(years=one), Whose(person_id=one))
        alice.set_care(Whose(person_id=one), CareTold(post_to=f"Street {one}"))
        alice.note_touch(Whose(person_id=one), "call")
    with store.session(ALICE, writes=True) as session:
        session.add(facts.TaskMark(network_id=ALICE, key=f"keep_in_touch:person:{ann}", done_on=NOON.date()))
    alice.remove_contact(gone)
    plain = unnumbered(alice.export_network())
    merged = alice.merge([ann, anne], {"business": ann})
    other, moved, bob = shared_and_owners(elsewhere)
    bring_in(other, csv_of([*STREET[1:], STREET[0]]))
    bob.add_contact(ContactTold(name="Of another network"))
    moved.restore_network(alice.export_network())
    assert moved.duplicates().total == 0
    (done,) = moved.merges()
    assert (done.people, done.merged_on) == (2, merged.merged_on)
    moved.undo_merge(done.merge_id)
    alice.undo_merge(merged.merge_id)
    here, there = unnumbered(moved.export_network()), unnumbered(alice.export_network())
    for found in (here, there, plain):
        for part in ("merge", "label", "directory"):  # when they were parted, and what the installations are
            found.pop(part)
    assert here == there == plain


def test_an_agent_takes_the_programme_along(store: Store, elsewhere: Store) -> None:
    """Weeks, goal, the copy of the kit and who was the coach go with the agent; there, the coach sees nothing."""
    accounts = Accounts(store)
    coach_id, agent_id = (accounts.create_account(f"{name}@example.com", now=NOON) for name in ("coach", "agent"))
    theirs, mine = (accounts.create_network(name, who, now=NOON) for name, who in (("C", coach_id), ("A", agent_id)))
    coach, agent = Network(store, theirs), Network(store, mine)
    accept_invite(store, coach.invite_agent(coach.make_kit(KIT), coach_id), mine, "Dora")
    agent.keep_week(1, minutes=12, note="Met Ann")
    coach.nudge(coach_id, mine, "Well done")
    _, moved, _ = shared_and_owners(elsewhere)
    moved.restore_network(agent.export_network())
    before, after = agent.programme(), moved.programme()
    assert before is not None
    assert after is not None
    assert (after.name, after.goal, after.weeks) == (before.name, before.goal, before.weeks)
    assert moved.coach() is None
    assert [name for name, _, _ in moved.past_coaches()] == ["C"]
    assert [one.words for one in moved.nudges()] == ["Well done"]
    with elsewhere.session(ALICE) as session:
        (kept,) = session.query(facts.Coached)
        assert (kept.account_id, kept.coach_network_id, kept.kit_id, kept.signature) == (0, 0, 0, "")


ACTS: list[Callable[[Network, int, int], object]] = [
    lambda alice, one, two: one != two and alice.set_tie(TieTold(years=2), Whose(person_id=one), Whose(person_id=two)),
    lambda alice, one, _: alice.set_tie(TieTold(years=one % 50), Whose(person_id=one)),
    lambda alice, one, _: alice.set_care(Whose(person_id=one), CareTold(post_to=f"Street {one}")),
    lambda alice, one, two: one != two and alice.tell_not_same([one, two]),
    lambda alice, one, _: alice.note_touch(Whose(person_id=one), "call"),
    lambda alice, one, two: one != two and alice.merge([one, two]),
    lambda alice, one, _: alice.remove_clients([one]) if one not in {m.person_id for m in alice.merges()} else None,
]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@settings(QUICK, max_examples=15)
@given(acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 6), st.integers(0, 6)), max_size=18))
def test_any_merges_are_parted_after_a_move(store: Store, acts: list[tuple[Any, int, int]]) -> None:
    """However often people were made one before a move, parting all of them gives the same here as there."""
    with store.session(writes=True) as session:
        new = [facts.Network(name="N", created_at=NOON) for _ in range(2)]
        session.add_all(new)
    first, second = (Network(store, network.id) for network in new)
    for n in range(7):
        first.add_client(ClientTold(name=f"Ann {n}", phone=str(n)))
    for act, one, two in acts:
        left = [client.client_id for client in first.clients().clients]
        if left:
            act(first, left[one % len(left)], left[two % len(left)])
    second.restore_network(first.export_network())
    for network in (first, second):
        for done in network.merges():
            network.undo_merge(done.merge_id)
    here, there = (unnumbered(network.export_network()) for network in (second, first))
    assert len(here.pop("merge")) == len(there.pop("merge"))  # each was undone at its own time
    assert here == there


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
@settings(max_examples=10, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
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


ROSTER = b'{"id": %d, "name": "Chamber", "read_on": "2026-03-02", "readings": 1}\n'
NO_MERGES = [  # what no merge keeps for its undoing
    b"7",
    b'{"steps": [7]}',
    b'{"steps": [{"drop": "account", "row": {"id": 7}}]}',
    b'{"steps": [{"drop": "sender", "row": {"name": "X"}}]}',
    b'{"steps": [{"drop": "person", "row": {"id": 7, "name": "X"}}]}',
    b'{"steps": [{"drop": "person", "row": {"id": 7, "name": "X", "admin": true}}]}',
    b'{"steps": [{"change": "task_mark", "key": {"key": "a"}, "old": {"key": 7}, "new": {"key": "b"}}]}',
    b'{"steps": [{"change": "task_mark", "key": {"key": "a"}, "old": 7, "new": {}}]}',
]


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
        ("tables/roster.jsonl", b"", ROSTER % 1 + ROSTER % 2),
        *(("tables/merge.jsonl", b'{"name": "CANARY2"}', before) for before in NO_MERGES),
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
def test_a_file_that_cannot_be_unpacked_is_refused(town: Town) -> None:
    """A file whose packed bytes were damaged on the way is refused in a sentence."""
    whole = Network(town.store, ALICE).export_network()
    packed = len("network.json") + 30  # behind the head of the first part
    with pytest.raises(Invalid, match="damaged"):
        Network(town.store, 3).restore_network(whole[:packed] + b"\xff" * 8 + whole[packed + 8 :])


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
