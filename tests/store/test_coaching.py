"""A coach and agents: kits, links, a board of numbers, nudges, and leaving."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import update

from matcher.answers.coached import NUDGES_UNREAD, KitScriptTold, KitServiceTold, KitStepTold
from matcher.answers.connected import ContactTold
from matcher.errors import Conflict, Invalid, NotFound
from matcher.facts import Coached, Introduction, Membership, Person, PrivateLink, Programme, Week
from matcher.network import Network
from matcher.store import Store
from matcher.store.accounts import Accounts
from matcher.units import now_utc
from matcher.visitors.taking_kits import accept_invite, open_account, read_invite
from tests.kits import KIT, changed_kit, coach_of, taken_by
from tests.store.conftest import ALICE, BOB
from tests.store.test_calls import together

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def networks(store: Store) -> tuple[Network, Network]:
    """Alice's and Bob's networks, the first after the shared directory."""
    accounts, now = Accounts(store), now_utc()
    names = ("alice", "bob")
    owns = [accounts.create_network(n, accounts.create_account(f"{n}@example.com", now=now), now=now) for n in names]
    return Network(store, owns[0]), Network(store, owns[1])


@pytest.fixture
def coach(store: Store, networks: tuple[Network, Network]) -> tuple[Network, int]:
    """A coach's network and account."""
    return coach_of(store)


def test_who_has_the_newest_kit(store: Store, coach: tuple[Network, int], networks: tuple[Network, Network]) -> None:
    """One kit goes to two agents; after a step changed the board shows who has it, and an agent takes it knowingly."""
    carla, account = coach
    alice, bob = networks
    kit_id = taken_by(store, carla, account, alice, "Alice")
    taken_by(store, carla, account, bob, "bob")
    assert [(a.known_as, a.has_newest) for a in carla.agents(account)] == [("Alice", True), ("bob", True)]
    step = KitStepTold(week=2, title="Ask what they lack", do="Ask five.")
    card = carla.edit_step(kit_id, 1, step)
    assert [a.has_newest for a in carla.agents(account)] == [False, False]
    seen = alice.coach()
    assert seen
    assert seen.newer
    assert [one.what for one in seen.newer.changes] == ["Week 2: Ask what they lack"]
    with pytest.raises(Conflict):
        alice.take_newer_kit("0" * 64)
    alice.take_newer_kit(card.content_hash)
    assert [(a.known_as, a.has_newest) for a in carla.agents(account)] == [("Alice", True), ("bob", False)]
    after = alice.coach()
    assert after
    assert after.newer is None
    assert (after.unchanged, after.fingerprint) == (True, card.fingerprint)


@on_sqlite
def test_limits_of_a_kit(store: Store, coach: tuple[Network, int], networks: tuple[Network, Network]) -> None:
    """A kit's limits hold for who takes it and are told before; what the agent sets after stays, until taken back."""
    carla, account = coach
    alice = networks[0]
    kit_id = carla.make_kit(_limited(2, 1))
    token = carla.invite_agent(kit_id, account)
    assert [(one.before, one.after) for one in read_invite(store, token, ALICE).settings] == [("3", "2"), ("3", "1")]
    accept_invite(store, token, ALICE, "Alice")
    assert (alice.names_offered().value, alice.open_introductions().value) == (2, 1)
    alice.set_open_introductions(4)
    version = carla.change_kit(kit_id, _limited(1, 2)).content_hash
    seen = alice.coach()
    assert seen is not None
    assert seen.newer is not None
    assert [(one.how, one.before, one.after) for one in seen.newer.changes] == [
        ("different", "2", "1"),
        ("kept", "2", "4"),
    ]
    alice.take_newer_kit(version)
    assert (alice.names_offered().value, alice.open_introductions().value) == (1, 4)
    alice.set_open_introductions(None)
    assert alice.open_introductions().value == 2
    alice.stop_programme()
    assert (alice.names_offered().value, alice.open_introductions().value) == (3, 3)


def _limited(names: int, open_most: int) -> dict[str, object]:
    return {**KIT, "limits": {"names_offered": names, "open_introductions": open_most}}


@on_sqlite
def test_steps_are_changed_added_and_taken_away(coach: tuple[Network, int]) -> None:
    """Steps stand by week wherever they were added; a step that is not there is not found."""
    carla, _ = coach
    kit_id = carla.make_kit(KIT)
    carla.edit_step(kit_id, None, KitStepTold(week=1, title="Begin", do="Sit down."))
    carla.edit_step(kit_id, 0, None)
    assert [s["title"] for s in carla.programme_kit(kit_id).content["steps"]] == ["Begin", "Ask what they lack"]
    with pytest.raises(NotFound):
        carla.edit_step(kit_id, 2, None)


@on_sqlite
def test_scripts_are_changed_added_and_taken_away(coach: tuple[Network, int]) -> None:
    """A script stands in place of one of ours or under a name of its own, once; others are not found."""
    carla, _ = coach
    kit_id = carla.make_kit(KIT)
    carla.edit_script(kit_id, None, KitScriptTold(place="drip_no", text="Hi {client}, I thought of you."))
    carla.edit_script(kit_id, "opening", KitScriptTold(name="How to begin", text="Hello!"))
    refused = (
        KitScriptTold(place="drip_no", text="Twice"),
        KitScriptTold(place="offer_names", text="Never drafted on the agenda"),
        KitScriptTold(name="how to  begin", text="Twice"),
        KitScriptTold(name="???", text="Without letters"),
        KitScriptTold(place="drip_cold", text="{boss} sends regards."),
    )
    for told in refused:
        with pytest.raises(Invalid):
            carla.edit_script(kit_id, None, told)
    scripts = carla.programme_kit(kit_id).content["scripts"]
    assert scripts == {"drip_no": "Hi {client}, I thought of you.", "how_to_begin": "Hello!"}
    carla.edit_script(kit_id, "drip_no", None)
    with pytest.raises(NotFound):
        carla.edit_script(kit_id, "drip_no", None)


@on_sqlite
def test_services_are_changed_added_and_taken_away(coach: tuple[Network, int]) -> None:
    """An extra service keeps its code under another name, so that tags stay; one that everybody has is refused."""
    carla, _ = coach
    kit_id = carla.make_kit(KIT)
    carla.edit_service(kit_id, None, KitServiceTold(name="Ski guide", group="travel"))
    carla.edit_service(kit_id, "house_blesser", KitServiceTold(name="Home blesser", group="community"))
    services = carla.programme_kit(kit_id).content["services"]
    assert [(one["code"], one["name"]) for one in services] == [
        ("house_blesser", "Home blesser"),
        ("ski_guide", "Ski guide"),
    ]
    for name in ("Ski Guide", "Plumber"):
        with pytest.raises(Invalid):
            carla.edit_service(kit_id, None, KitServiceTold(name=name, group="travel"))
    carla.edit_service(kit_id, "ski_guide", None)
    with pytest.raises(NotFound):
        carla.edit_service(kit_id, "ski_guide", KitServiceTold(name="Ski guide", group="travel"))


@on_sqlite
def test_nobody_the_coach_knows_gets_into_a_kit(coach: tuple[Network, int]) -> None:
    """A kit with the name of a contact is refused, made, changed or brought in; nothing is kept of it."""
    carla, _ = coach
    kit_id = carla.make_kit(KIT)
    file = carla.save_kit(carla.make_kit(changed_kit("Do as Ann Lee did.")))
    carla.add_contact(ContactTold(name="Ann Lee"))
    for act in (
        lambda: carla.make_kit(changed_kit("Do as Ann Lee did.")),
        lambda: carla.change_kit(kit_id, changed_kit("Do as Ann Lee did.")),
        lambda: carla.bring_kit(file),
    ):
        with pytest.raises(Invalid, match="Ann Lee"):
            act()
    assert carla.programme_kit(kit_id).content["steps"] == KIT["steps"]


@on_sqlite
def test_a_link_works_once(store: Store, coach: tuple[Network, int], networks: tuple[Network, Network]) -> None:
    """Of several who take one link at once exactly one gets in, and afterwards it looks like any dead link."""
    carla, account = coach
    token = carla.invite_agent(carla.make_kit(KIT), account, "Alice from the course")
    assert read_invite(store, token).email == "coach@example.com"
    acts = [lambda n=n: accept_invite(store, token, n.id, "Me") for n in networks * 2]  # type: ignore[misc]
    results = together(*acts)
    assert sum(one is None for one in results) == 1
    with pytest.raises(NotFound):
        read_invite(store, token)
    assert [one.state for one in carla.agent_invites()] == ["taken"]
    assert len(carla.agents(account)) == 1


@pytest.mark.parametrize("over", ["cancelled", "kit removed", "expired"])
@on_sqlite
def test_a_link_that_is_over(
    store: Store, coach: tuple[Network, int], networks: tuple[Network, Network], over: str
) -> None:
    """A link that was taken back, whose kit is gone or whose days are over shows nothing and lets nobody in."""
    carla, account = coach
    kit_id = carla.make_kit(KIT)
    token = carla.invite_agent(kit_id, account)
    if over == "cancelled":
        carla.cancel_invite(carla.agent_invites()[0].invite_id)
    elif over == "kit removed":
        carla.remove_kit(kit_id)
    else:
        with store.session(writes=True) as session:
            session.execute(update(PrivateLink).values(expires_at=now_utc()))
    for act in (lambda: read_invite(store, token), lambda: accept_invite(store, token, ALICE, "Alice")):
        with pytest.raises(NotFound):
            act()
    assert networks[0].coach() is None


@on_sqlite
def test_one_coach_at_a_time(store: Store, coach: tuple[Network, int], networks: tuple[Network, Network]) -> None:
    """A second coach, the coach's own network and an empty name are refused, and the link stays good."""
    carla, account = coach
    taken_by(store, carla, account, networks[0], "Alice")
    other, second = coach_of(store, "other@example.com")
    token = other.invite_agent(other.make_kit(KIT), second)
    with pytest.raises(Conflict, match="Desert Coaching is your coach already"):
        accept_invite(store, token, ALICE, "Alice")
    with pytest.raises(Conflict, match="own"):
        accept_invite(store, token, other.id, "Me")
    with pytest.raises(Invalid):
        accept_invite(store, token, BOB, " ")
    accept_invite(store, token, BOB, "Bob")
    assert [a.known_as for a in carla.agents(account)] == ["Alice"]


@on_sqlite
def test_an_account_for_a_new_agent(store: Store, coach: tuple[Network, int]) -> None:
    """Who holds a link and has no account gets one with a network; an address that has one is told to sign in."""
    carla, account = coach
    token = carla.invite_agent(carla.make_kit(KIT), account)
    accounts = Accounts(store)
    signed_in = accounts.use_link(open_account(store, token, "New@Example.com", "My people"), now=now_utc())
    assert signed_in == accounts.find_account("new@example.com")
    (own,) = accounts.memberships(signed_in or 0)
    assert (own.role, accounts.network_name(own.network_id)) == ("owner", "My people")
    with pytest.raises(Conflict):
        open_account(store, token, "new@example.com", "")
    with pytest.raises(NotFound):
        open_account(store, "wrong", "third@example.com", "")
    assert accounts.find_account("third@example.com") is None


@on_sqlite
def test_leaving_a_coach(store: Store, coach: tuple[Network, int], networks: tuple[Network, Network]) -> None:
    """An agent who leaves is off the board at once with all they have; the coach can do nothing there any more."""
    carla, account = coach
    alice = networks[0]
    kit_id = taken_by(store, carla, account, alice, "Alice")
    alice.add_contact(ContactTold(name="Ann Lee"))
    alice.leave_coach()
    assert carla.agents(account) == ()
    assert [m.network_id for m in Accounts(store).memberships(account)] == [carla.id]
    assert alice.coach() is None
    assert [one[0] for one in alice.past_coaches()] == ["Desert Coaching"]
    assert alice.counts().list_size == 1
    with store.session(ALICE) as session:
        own = session.get(Programme, ALICE)
        assert own is not None
        assert own.kit == carla.programme_kit(kit_id).content
    with pytest.raises(NotFound):
        carla.nudge(account, ALICE, "Come back!")
    with pytest.raises(NotFound):
        alice.leave_coach()


@on_sqlite
def test_nudges_are_read_first(store: Store, coach: tuple[Network, int], networks: tuple[Network, Network]) -> None:
    """A coach's words stand in the agent's network until read; after some unread ones the coach has to wait."""
    carla, account = coach
    alice, bob = networks
    taken_by(store, carla, account, alice, "Alice")
    for number in range(NUDGES_UNREAD):
        carla.nudge(account, ALICE, f"Week {number}: well done!")
    with pytest.raises(Conflict):
        carla.nudge(account, ALICE, "One more")
    with pytest.raises(Invalid):
        carla.nudge(account, ALICE, " ")
    first = alice.nudges()[0]
    with pytest.raises(NotFound):
        bob.read_nudge(first.nudge_id)
    assert carla.agents(account)[0].nudge_read is False
    alice.read_nudge(first.nudge_id)
    assert carla.agents(account)[0].nudge_read is True
    assert bob.nudges() == ()


@on_sqlite
def test_a_coach_reaches_only_agents(
    store: Store, coach: tuple[Network, int], networks: tuple[Network, Network]
) -> None:
    """Another network, no network and an agent of somebody else look the same, and nothing is written there."""
    carla, account = coach
    other, second = coach_of(store, "other@example.com")
    taken_by(store, other, second, networks[0], "Alice")
    acts: list[Callable[[int], None]] = [
        lambda number: carla.nudge(account, number, "Hello"),
        lambda number: carla.open_selling_for(account, number),
        lambda number: carla.nudge(second, number, "Hello"),
    ]
    for act in acts:
        for number in (ALICE, BOB, 999):
            with pytest.raises(NotFound, match="no such agent"):
                act(number)
    assert networks[0].nudges() == networks[1].nudges() == ()
    other.open_selling_for(second, ALICE)
    assert [a.selling_open for a in other.agents(second)] == [True]


@on_sqlite
def test_a_membership_alone_shows_nothing(
    store: Store, coach: tuple[Network, int], networks: tuple[Network, Network]
) -> None:
    """A coach's role without the agent's yes to this coach brings nobody onto the board."""
    carla, account = coach
    with store.session(writes=True) as session:
        session.add(Membership(network_id=ALICE, account_id=account, role="coach", since_at=now_utc()))
    assert carla.agents(account) == ()
    with pytest.raises(NotFound):
        carla.nudge(account, ALICE, "Hello")


@on_sqlite
def test_counts(store: Store, networks: tuple[Network, Network]) -> None:
    """Each number counts what it says, in one network alone; a week without a programme is none."""
    day, (alice, bob) = date(2026, 3, 2), networks
    assert alice.counts().week == 0
    with store.session(ALICE, writes=True) as session:
        people = [
            Person(network_id=ALICE, name=name, tagged_on=on) for name, on in (("A", day), ("B", None), ("C", day))
        ]
        session.add_all([*people, Programme(network_id=ALICE, started_on=now_utc().date())])
        session.add_all(Week(network_id=ALICE, number=number, kept_on=day) for number in (1, 2))
        session.flush()
        for for_us, connected, closed in (
            (False, day, None),
            (False, day, day),
            (True, day, None),
            (False, None, None),
        ):
            session.add(
                Introduction(
                    network_id=ALICE,
                    for_us=for_us,
                    first_person_id=people[0].id,
                    target_person_id=people[1].id,
                    drafted_on=day,
                    connected_on=connected,
                    closed_on=closed,
                )
            )
    found = alice.counts()
    assert (found.list_size, found.tagged, found.week) == (3, 2, 1)
    assert (found.connections_made, found.introductions_closed, found.weeks_kept) == (2, 1, 2)
    assert bob.counts().list_size == 0


@on_sqlite
def test_a_row_from_a_file_opens_nothing(
    store: Store, coach: tuple[Network, int], networks: tuple[Network, Network]
) -> None:
    """What an agent's own row says of a coach neither lets anybody in nor leads to a programme of somebody else."""
    (carla, account), (alice, bob) = coach, networks
    taken_by(store, carla, account, alice, "Alice")
    secret = bob.make_kit({**KIT, "name": "Bob's own"})
    told = {"coach": "Forged", "known_as": "Me", "since_at": now_utc()}
    with store.session(BOB, writes=True) as session:
        session.add(Coached(network_id=BOB, account_id=account, coach_network_id=carla.id, kit_id=1, **told))
    assert bob.coach() is None
    assert [a.known_as for a in carla.agents(account)] == ["Alice"]
    with store.session(ALICE, writes=True) as session:
        session.execute(update(Coached).values(coach_network_id=BOB, kit_id=secret))
    seen = alice.coach()
    assert seen
    assert seen.newer is None
    with pytest.raises(NotFound):
        alice.take_newer_kit(bob.programme_kit(secret).content_hash)
