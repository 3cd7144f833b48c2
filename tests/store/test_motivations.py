"""What moves a business or a person, as a network keeps it."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from matcher.answers.partners import Profile
from matcher.answers.whose import Whose
from matcher.errors import Invalid, NotFound
from matcher.facts import Business, Kept, Motivation, Need, Person
from matcher.known import knowledge
from matcher.store import Store
from matcher.store.motivations import NOBODY_TOLD, open_needs, profile, save
from matcher.units import SHARED
from tests.store.conftest import ALICE, BOB, NOON, owners

TOLD = Profile(
    wants="Fewer, larger weddings.",
    wanted_markets=("engaged",),
    wants_to_grow=True,
    has_room=False,
    vouch_share=0.75,
    reputation_share=1.0,
    reward="card",
    asked_on="2026-02-20",
)


@pytest.fixture
def florist(store: Store) -> Whose:
    """A business of the shared directory, which Alice and Bob both look at."""
    owners(store)
    with store.session(SHARED, writes=True) as session:
        shared = Business(network_id=SHARED, key="florist", name="Florist", edited_at=NOON)
        session.add(shared)
        session.flush()
        return Whose(shared.id)


@pytest.fixture
def person(store: Store, florist: Whose) -> Whose:
    """Somebody whom Alice knows."""
    with store.session(ALICE, writes=True) as session:
        known = Person(network_id=ALICE, name="Rosa")
        session.add(known)
        session.flush()
        return Whose(person_id=known.id)


def tell(store: Store, whose: Whose, told: Profile, *, forget: bool = False, network: int = ALICE) -> Profile:
    """Keep a profile, and give it as it is read again."""
    with store.session(network, writes=True) as session:
        kept = save(session, network, whose, told, NOON, forget=forget)
    assert read(store, whose, network) == kept
    return kept


def read(store: Store, whose: Whose, network: int = ALICE) -> Profile:
    """A profile as a network has it."""
    with store.session(network) as session:
        return profile(session, whose)


def rows(store: Store) -> int:
    """How many profiles Alice has."""
    with store.session(ALICE) as session:
        return session.scalar(select(func.count(Motivation.id))) or 0


@pytest.mark.parametrize("who", ["florist", "person"])
def test_what_is_told_is_kept(store: Store, who: str, request: pytest.FixtureRequest) -> None:
    """A profile of a business or of a person is read as it was told, and told again replaces it."""
    whose: Whose = request.getfixturevalue(who)
    assert read(store, whose) == NOBODY_TOLD
    assert tell(store, whose, TOLD) == TOLD
    assert tell(store, whose, replace(TOLD, wants="", has_room=None)).has_room is None
    assert rows(store) == 1


def test_a_profile_that_says_nothing_leaves_nothing(store: Store, florist: Whose) -> None:
    """A profile that is emptied, or was empty from the start, leaves no row."""
    tell(store, florist, NOBODY_TOLD)
    assert rows(store) == 0
    tell(store, florist, TOLD)
    assert tell(store, florist, NOBODY_TOLD) == NOBODY_TOLD
    assert rows(store) == 0


def test_never_money_is_remembered(store: Store, florist: Whose) -> None:
    """Who once said never to send money keeps that, and money is cleared, until we are told to forget it."""
    assert tell(store, florist, replace(TOLD, reward="money")).reward == "money"
    assert tell(store, florist, replace(TOLD, reward="money", never_money=True)) == replace(
        TOLD, reward="", never_money=True
    )
    assert tell(store, florist, replace(TOLD, reward="money")) == replace(TOLD, reward="", never_money=True)
    assert tell(store, florist, NOBODY_TOLD) == replace(NOBODY_TOLD, never_money=True)
    assert tell(store, florist, replace(TOLD, reward="money"), forget=True) == replace(TOLD, reward="money")


def test_another_network_is_told_nothing(store: Store, florist: Whose, person: Whose) -> None:
    """What Alice was told of a shared business is nobody else's, and her people are not there for others."""
    tell(store, florist, TOLD)
    assert read(store, florist, BOB) == NOBODY_TOLD
    with store.session(BOB) as session:
        assert knowledge(session, NOON.date()) == {}
    with pytest.raises(NotFound):
        read(store, person, BOB)
    with pytest.raises(NotFound):
        tell(store, person, TOLD, network=BOB)


@pytest.mark.parametrize("whose", [Whose(business_id=999), Whose(person_id=999), Whose()])
def test_somebody_who_is_not_there(store: Store, florist: Whose, whose: Whose) -> None:
    """Nothing is kept or read of somebody who is not there."""
    with pytest.raises(NotFound):
        read(store, whose)
    with pytest.raises(NotFound):
        tell(store, whose, TOLD)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"wants": "x" * 401}, "wants"),
        ({"wanted_markets": ("martians",)}, "wanted_markets"),
        ({"vouch_share": 1.5}, "vouch_share"),
        ({"reputation_share": -0.1}, "reputation_share"),
        ({"reward": "gold"}, "reward"),
        ({"asked_on": "2026-03-03"}, "asked_on"),
        ({"asked_on": "last week"}, "asked_on"),
    ],
)
def test_what_cannot_be_kept_is_refused(store: Store, florist: Whose, change: dict[str, object], field: str) -> None:
    """A profile with something in it that cannot be is refused by one sentence, and nothing of it is kept."""
    with pytest.raises(Invalid) as refused:
        tell(store, florist, replace(TOLD, **change))  # type: ignore[arg-type]
    assert refused.value.field == field
    assert rows(store) == 0


def test_the_engine_is_told_all_but_the_reward(store: Store, florist: Whose) -> None:
    """What the engine knows of a business is its profile, with the days since it was asked, but not its reward."""
    tell(store, florist, TOLD)
    with store.session(ALICE) as session:
        known = knowledge(session, NOON.date())[florist.business_id or 0]
    assert (known.wants_to_grow, known.has_room, known.wanted_markets) == (True, False, ("engaged",))
    assert (known.vouch_share, known.reputation_share, known.asked_days) == (0.75, 1.0, 10)
    tell(store, florist, replace(TOLD, reward="money"))
    with store.session(ALICE) as session:
        assert knowledge(session, NOON.date())[florist.business_id or 0] == known


def test_a_told_business_stays(store: Store, florist: Whose) -> None:
    """A business of which somebody was told something stays when its import is undone."""
    tell(store, florist, TOLD)
    with store.session(ALICE) as session:
        assert session.get(Kept, florist.business_id) is not None


def test_open_needs_are_counted_by_service(store: Store, florist: Whose) -> None:
    """Needs that nobody has taken up yet are counted by service, in their own network only."""
    with store.session(ALICE, writes=True) as session:
        for service, status in (("florist", "open"), ("florist", "open"), ("caterer", "open"), ("venue", "filled")):
            session.add(Need(network_id=ALICE, service=service, status=status, heard_on=date(2026, 3, 1)))
    with store.session(ALICE) as session:
        assert open_needs(session) == {"florist": 2.0, "caterer": 1.0}
    with store.session(BOB) as session:
        assert open_needs(session) == {}
