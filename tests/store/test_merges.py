"""Several people made one, and parted again so that nothing tells that they were one."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update

from matcher import facts
from matcher.answers.agenda import SaleTold
from matcher.answers.cared import CareTold
from matcher.answers.connected import ContactTold, TieTold
from matcher.answers.introduced import IntroductionTold
from matcher.answers.referred import ReferralTold
from matcher.answers.thanked import GiftTold
from matcher.answers.told import ClientTold, NeedTold, NewClient
from matcher.answers.whose import Whose
from matcher.errors import Conflict, Invalid, NotFound
from matcher.network import Network
from matcher.store import Store
from matcher.store.journal import TABLES, rows
from tests.networks import REALTY, id_of, settled_alice, shared_and_owners
from tests.store.conftest import ALICE, NOON

DAY = date(2026, 3, 2)
SECRET = "5e0c9a1d4f7b4c2e8d6a3b9f10e7c5d2"  # random, of these tests alone
Whole = dict[str, list[dict[str, Any]]]


def everything(store: Store) -> Whole:
    """All rows of all tables of Alice's network but the merges themselves."""
    with store.session(ALICE) as session:
        return {name: rows(session, table) for name, table in TABLES.items() if name != "merge"}


def busy(alice: Network, name: str, **told: Any) -> int:
    """A client of whom every table that can hold a person says something."""
    number = alice.add_client(
        ClientTold(name=name, **told), [NeedTold(wording="roof", service="roofer")], journey="first_home"
    )
    whose = Whose(person_id=number)
    alice.set_tie(TieTold(years=number), whose)
    alice.set_tie(TieTold(years=3), whose, Whose(id_of(alice, REALTY)))
    alice.set_care(whose, CareTold(post_to=f"{name} Street 1"))
    alice.note_sale(number, SaleTold(what="roof", agreed_on=DAY))
    alice.note_moment(whose, "praise", f"{name} is glad")
    alice.note_touch(whose, "call")
    return number


def test_what_is_told_of_both_is_kept(alice: Network, store: Store) -> None:
    """One person stays with the values chosen; other addresses are kept beside them, and needs and sales move along."""
    ann = busy(alice, "Ann Lee", email="ann@lee.example", phone="1")
    other = alice.add_contact(ContactTold(name="Ann Lea", email="ann@work.example", note="Choir"))
    done = alice.merge([ann, other], {"email": other, "name": ann})
    assert (done.person_id, done.name, done.people) == (other, "Ann Lee", 2)
    with store.session(ALICE) as session:
        (person,) = rows(session, facts.Person)
        assert (person["email"], person["other_emails"]) == ("ann@work.example", ["ann@lee.example"])
        assert (person["phone"], person["note"]) == ("1", "Choir")
        for table in (facts.Client, facts.Sale, facts.Need, facts.Occasion, facts.Care, facts.Touch, facts.Moment):
            assert {row["person_id"] for row in rows(session, table)} <= {other, None}
    assert alice.client(other).needs[0].wording == "roof"


def test_two_clients_become_one(alice: Network, store: Store) -> None:
    """Of two rows that only one person can have, one stays and takes what it did not say from the other."""
    ann, other = busy(alice, "Ann", grade="A"), busy(alice, "Anne", value_cents=500)
    alice.merge([ann, other])
    with store.session(ALICE) as session:
        (client,) = rows(session, facts.Client)
        assert (client["person_id"], client["grade"], client["value_cents"]) == (other, "A", 500)
        assert len(rows(session, facts.Care)) == 1
        assert len(rows(session, facts.Tie)) == 2
    assert len(alice.client(other).needs) == 2


def test_undo_restores_every_row(alice: Network, store: Store) -> None:
    """After a merge of three and its undoing every row of every table is what it was."""
    three = [busy(alice, name) for name in ("Ann", "Anne", "Annie")]
    alice.set_tie(TieTold(years=1), Whose(person_id=three[0]), Whose(person_id=three[1]))
    fourth = alice.add_contact(ContactTold(name="Zoe"))
    alice.set_tie(TieTold(years=9), Whose(person_id=three[0]), Whose(person_id=fourth))
    alice.set_tie(TieTold(years=8), Whose(person_id=three[1]), Whose(person_id=fourth))
    alice.tell_not_same([three[0], fourth])
    alice.tell_not_same([three[1], fourth])
    before = everything(store)
    done = alice.merge([*three])
    assert everything(store) != before
    assert alice.undo_merge(done.merge_id).undone
    assert everything(store) == before
    alice.undo_merge(done.merge_id)
    assert everything(store) == before


ACTS: list[Callable[[Network, int, int], object]] = [
    lambda alice, one, _: alice.set_tie(TieTold(years=one % 50), Whose(person_id=one)),
    lambda alice, one, two: one != two and alice.set_tie(TieTold(years=2), Whose(person_id=one), Whose(person_id=two)),
    lambda alice, one, _: alice.set_care(Whose(person_id=one), CareTold(post_to=f"Street {one}")),
    lambda alice, one, two: one != two and alice.tell_not_same([one, two]),
    lambda alice, one, _: alice.note_touch(Whose(person_id=one), "call"),
    lambda alice, one, two: one != two and alice.merge([one, two]),
]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 5), st.integers(0, 5)), max_size=14),
    merged=st.sets(st.integers(0, 5), min_size=2, max_size=4),
)
def test_merge_and_undo_change_nothing(store: Store, acts: list[tuple[Any, int, int]], merged: set[int]) -> None:
    """Whatever was told of six people, merging any of them and undoing it leaves all tables as they were."""
    alice = _fresh(store)
    people = [alice.add_client(ClientTold(name=f"Ann {n}", phone=str(n))) for n in range(6)]
    for act, one, two in acts:
        left = _left(store)
        act(alice, left[one % len(left)], left[two % len(left)])
    left = _left(store)
    chosen = sorted({left[one % len(left)] for one in merged})
    if len(chosen) > 1:
        before = everything(store)
        alice.undo_merge(alice.merge(chosen).merge_id)
        assert everything(store) == before
    assert people


def _fresh(store: Store) -> Network:
    """Alice's network without anybody in it; made at the first call."""
    with store.session() as session:
        known = session.scalar(select(func.count(facts.Network.id)).where(facts.Network.id == ALICE))
    if not known:
        return settled_alice(store)
    alice = Network(store, ALICE)
    for number in _left(store):
        alice.remove_client(number)
    return alice


def _left(store: Store) -> list[int]:
    with store.session(ALICE) as session:
        return list(session.scalars(select(facts.Person.id).order_by(facts.Person.id)))


def test_later_words_stay_with_who_stayed(alice: Network, store: Store) -> None:
    """What is told after a merge is not lost by undoing it: it stays with the person who stayed."""
    ann = alice.add_contact(ContactTold(name="Ann", phone="1"))
    other = alice.add_contact(ContactTold(name="Anne", email="anne@lee.example"))
    done = alice.merge([ann, other])
    alice.edit_contact(other, ContactTold(name="Anne Lee", phone="2"))
    alice.note_touch(Whose(person_id=other), "call")
    alice.undo_merge(done.merge_id)
    assert {(card.person_id, card.name, card.phone) for card in alice.contacts()} == {
        (ann, "Ann", "1"),
        (other, "Anne Lee", "2"),
    }
    with store.session(ALICE) as session:
        assert [row["person_id"] for row in rows(session, facts.Touch)] == [other]


def test_undoing_goes_backwards(alice: Network) -> None:
    """A merge whose person was made one with another since is undone after that one."""
    one, two, three = (alice.add_contact(ContactTold(name=f"Ann {n}")) for n in range(3))
    first = alice.merge([one, two])
    second = alice.merge([first.person_id, three])
    with pytest.raises(Conflict):
        alice.undo_merge(first.merge_id)
    alice.undo_merge(second.merge_id)
    alice.undo_merge(first.merge_id)
    assert {card.person_id for card in alice.contacts()} == {one, two, three}
    assert alice.merges() == []


def test_nothing_unseen_is_merged(alice: Network, store: Store) -> None:
    """When somebody of the group changes or goes after it was shown, nothing is merged."""
    told = {"name": "Ann Lee", "email": "ann@lee.example", "phone": "520-555-0177"}
    ann, other = (alice.add_contact(ContactTold(**told)) for _ in range(2))
    (group,) = alice.duplicates().groups
    alice.edit_contact(ann, ContactTold(**told, note="New"))
    with pytest.raises(Conflict):
        alice.merge([ann, other], seen=group.seen)
    alice.merge([ann, other], seen=alice.duplicates().groups[0].seen)
    with pytest.raises(Conflict):
        alice.merge([ann, other])
    with store.session(ALICE) as session:
        assert len(rows(session, facts.Merge)) == 1


def test_two_sides_are_two_people(alice: Network, store: Store) -> None:
    """Two who are to be made known to each other cannot be made one, and stay as they are."""
    ann, other = busy(alice, "Ann"), busy(alice, "Anne")
    alice.draft_introduction(IntroductionTold(for_us=False, first=Whose(person_id=ann), target=Whose(person_id=other)))
    before = everything(store)
    with pytest.raises(Conflict):
        alice.merge([ann, other])
    assert everything(store) == before


def test_an_undone_import_leaves_older_people(alice: Network, store: Store) -> None:
    """Whoever was known before a list came does not go with it when the list is taken back."""
    ann, other = (alice.add_contact(ContactTold(name="Ann")) for _ in range(2))
    with store.session(ALICE, writes=True) as session:
        session.execute(update(facts.Person).where(facts.Person.id == other).values(import_id=7))
    alice.merge([ann, other])
    with store.session(ALICE) as session:
        assert rows(session, facts.Person)[0]["import_id"] is None


def _from_list(alice: Network) -> tuple[int, Callable[[], object]]:
    staged = alice.stage("people.csv", b"Name,Note\nAnn Lee,Sings\nBo Ray,\n", "contacts").import_id
    alice.store_import(staged)
    return alice.contacts("ann lee")[0].person_id, lambda: alice.undo_import(staged)


def _from_list_of_clients(alice: Network) -> tuple[int, Callable[[], object]]:
    staged = alice.stage("clients.csv", b"Name,Email\nAnn Lee,a@b.example\nBo Ray,\n", "clients").import_id
    alice.store_import(staged)
    return alice.clients("ann lee").clients[0].client_id, lambda: alice.undo_import(staged)


def _by_name(alice: Network) -> tuple[int, Callable[[], object]]:
    ids = alice.add_names("Ann Lee, Bo Ray").person_ids
    return ids[0], lambda: alice.remove_names(ids)


def _in_one_line(alice: Network) -> tuple[int, Callable[[], object]]:
    ids = alice.add_clients([NewClient(told=ClientTold(name=name)) for name in ("Ann Lee", "Bo Ray")])
    return ids[0], lambda: alice.remove_clients(ids)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("come", [_from_list, _from_list_of_clients, _by_name, _in_one_line])
def test_taking_back_who_came_takes_nobody_else_along(
    alice: Network, store: Store, come: Callable[[Network], tuple[int, Callable[[], object]]]
) -> None:
    """What brought somebody is not taken back while somebody else is merged into them, and is once they are parted."""
    older = alice.add_contact(ContactTold(name="Ann L.", note="Met at school"))
    ann, undo = come(alice)
    done = alice.merge([older, ann])
    before = everything(store)
    with pytest.raises(Conflict, match=r"^Ann L\. was made one with somebody else since, so nothing is taken back"):
        undo()
    assert everything(store) == before
    alice.undo_merge(done.merge_id)
    undo()
    assert [(row["id"], row["note"]) for row in everything(store)["person"]] == [(older, "Met at school")]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_two_of_one_list_go_with_it(alice: Network, store: Store) -> None:
    """Two of one list who were made one go with their list."""
    staged = alice.stage("people.csv", b"Name,Email\nAnn,a@b.example\nAnne,c@d.example\n", "contacts").import_id
    alice.store_import(staged)
    alice.merge([card.person_id for card in alice.contacts()])
    alice.undo_import(staged)
    assert everything(store)["person"] == []


def test_what_makes_no_sense_is_refused(alice: Network) -> None:
    """One person, strangers among the choices, unknown fields and unknown merges are refused."""
    ann, other = (alice.add_contact(ContactTold(name="Ann")) for _ in range(2))
    for ids, choices in (([ann, ann], {}), ([ann, other], {"name": 999}), ([ann, other], {"age": ann})):
        with pytest.raises(Invalid):
            alice.merge(ids, choices)
    with pytest.raises(NotFound):
        alice.undo_merge(999)


def _tied(alice: Network, one: int, other: int) -> None:
    """Say of somebody in every way that ties two people that they have to do with another."""
    first, second = Whose(person_id=one), Whose(person_id=other)
    alice.set_tie(TieTold(years=1), first, second)
    alice.tell_not_same([one, other])
    alice.draft_introduction(IntroductionTold(for_us=False, first=first, target=second))
    alice.add_referral(ReferralTold(given=False, whose=second, prospect="Zed", because="kind"))
    alice.note_gift(second, GiftTold(reward="card"))


LEAVES: list[Callable[[Network, int], object]] = [
    lambda alice, number: alice.erase_person(number, "Zoe Quill"),
    lambda alice, number: alice.remove_contact(number),
]


@pytest.mark.parametrize("leave", LEAVES, ids=["erased", "taken out"])
def test_who_is_gone_does_not_come_back_with_an_undo(
    alice: Network, store: Store, leave: Callable[[Network, int], object]
) -> None:
    """Parting people brings back no tie to somebody who was erased or taken out meanwhile, nor gives it to another."""
    store.secret = SECRET
    ann, anne = (alice.add_contact(ContactTold(name=name)) for name in ("Ann", "Anne"))
    zoe = alice.add_contact(ContactTold(name="Zoe Quill", email="zoe@quill.example"))
    for one in (ann, anne):
        _tied(alice, one, zoe)
    alice.set_tie(TieTold(years=4), Whose(person_id=ann))
    done = alice.merge([ann, anne])
    leave(alice, zoe)
    newer = alice.add_contact(ContactTold(name="Somebody New"))  # on SQLite with the number that is free
    known = alice.draft_introduction(
        IntroductionTold(for_us=False, first=Whose(person_id=anne), target=Whose(person_id=newer))
    )
    assert alice.undo_merge(done.merge_id).undone
    left = everything(store)
    assert "quill" not in repr(left).lower()
    assert [(row["from_person_id"], row["to_person_id"]) for row in left["tie"]] == [(None, ann)]
    assert [(row["id"], row["first_person_id"]) for row in left["introduction"]] == [(known, anne)]
    assert [row["name"] for row in left["person"]] == ["Ann", "Anne", "Somebody New"]
    assert (left["not_same"], left["referral"], left["gift"]) == ([], [], [])


def test_a_tie_comes_back_though_its_number_is_taken(store: Store) -> None:
    """On SQLite the highest number is given again, maybe in another network: parting people works all the same."""
    _, alice, bob = shared_and_owners(store)
    ann, anne = (alice.add_contact(ContactTold(name=name)) for name in ("Ann", "Anne"))
    alice.set_tie(TieTold(years=7), Whose(person_id=ann), Whose(person_id=anne))
    done = alice.merge([ann, anne])
    bo = bob.add_contact(ContactTold(name="Bo"))
    bob.set_tie(TieTold(years=1), Whose(person_id=bo))
    alice.undo_merge(done.merge_id)
    (tie,) = everything(store)["tie"]
    assert (tie["from_person_id"], tie["to_person_id"], tie["years"]) == (ann, anne, 7)


def test_what_leads_to_a_business_that_is_gone_stays_gone(alice: Network, store: Store) -> None:
    """Parting people works when a business that one of them was tied to has been taken out meanwhile."""
    ann, anne = (alice.add_contact(ContactTold(name="Ann")) for _ in range(2))
    with store.session(ALICE, writes=True) as session:
        mine = facts.Business(network_id=ALICE, key="mine", name="Mine", edited_at=NOON)
        session.add(mine)
        session.flush()
        own = mine.id
    for one in (ann, anne):
        alice.set_tie(TieTold(years=one), Whose(person_id=one), Whose(business_id=own))
    done = alice.merge([ann, anne])
    with store.session(ALICE, writes=True) as session:
        session.execute(delete(facts.Business).where(facts.Business.id == own))
    alice.undo_merge(done.merge_id)
    assert [row["id"] for row in everything(store)["person"]] == [ann, anne]
    assert everything(store)["tie"] == []


def test_not_the_same_is_remembered_and_forgotten(alice: Network) -> None:
    """Two whom the owner calls two are not shown as one again, until the owner takes that back."""
    told = ContactTold(name="Ann Lee", email="ann@lee.example")
    ids = [alice.add_contact(told) for _ in range(2)]
    assert [[one.person_id for one in group.people] for group in alice.duplicates().groups] == [ids]
    alice.tell_not_same(ids)
    alice.tell_not_same(ids)
    assert alice.duplicates().total == 0
    alice.forget_not_same(ids)
    assert alice.duplicates().total == 1


def test_where_people_seem_to_work(alice: Network) -> None:
    """An e-mail domain or a company's name names a business, a free address none, and only the owner's yes is kept."""
    realty = id_of(alice, REALTY)
    ann = alice.add_contact(ContactTold(name="Ann", email="ann@gmail.com"))
    assert alice.workplaces() == ()
    alice.edit_contact(ann, ContactTold(name="Ann", email="ann@gmail.com", note="x"))
    with alice._store.session(ALICE, writes=True) as session:
        session.execute(
            update(facts.Business).where(facts.Business.id == realty).values(website="https://www.saguaro.example/x")
        )
        session.execute(
            update(facts.Person)
            .where(facts.Person.id == ann)
            .values(email="ann@saguaro.example", company="Saguaro Realty, Inc.")
        )
    (found,) = alice.workplaces()
    assert (found.person_id, found.business_id) == (ann, realty)
    assert found.reason == "e-mail at saguaro.example; same company name"
    assert alice.contact(ann).business_id is None
    alice.set_workplace(ann, realty)
    assert alice.contact(ann).business_id == realty
    assert alice.workplaces() == ()


def test_what_is_done_stays_done(alice: Network, store: Store) -> None:
    """A task that was marked for somebody is marked for who stayed, and for them alone when it is undone."""
    ann, other = (alice.add_contact(ContactTold(name="Ann")) for _ in range(2))
    with store.session(ALICE, writes=True) as session:
        session.add(facts.TaskMark(network_id=ALICE, key=f"keep_in_touch:person:{ann}", done_on=DAY))
        session.add(facts.TaskMark(network_id=ALICE, key=f"keep_in_touch:person:{ann}0", done_on=DAY))
    before = everything(store)
    done = alice.merge([ann, other])
    with store.session(ALICE) as session:
        keys = {row["key"] for row in rows(session, facts.TaskMark)}
    assert keys == {f"keep_in_touch:person:{other}", f"keep_in_touch:person:{ann}0"}
    alice.undo_merge(done.merge_id)
    assert everything(store) == before
