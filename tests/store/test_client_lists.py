"""Many clients at once, in the database."""

from datetime import date

import pytest

from matcher.answers.partners import Home
from matcher.answers.told import ClientTold, NeedTold, NewClient, client_key
from matcher.errors import Conflict, Invalid, NotFound
from matcher.network import Network
from matcher.store import Store, client_needs
from matcher.units import now_utc
from tests.networks import HOME, MOVERS, id_of, shared_and_owners
from tests.store.conftest import ALICE, BOB
from tests.test_intake import together

MOVE = NeedTold(service="moving_company", wording="We move in June.")
JOE = NewClient(told=ClientTold(name="Joe"), needs=(MOVE,), journey="first_home", since=date(2026, 5, 4))
ZOE = NewClient(told=ClientTold(name="Zoe", email="zoe@example.com"))


def test_several_clients_are_kept_with_all_that_is_theirs(alice: Network) -> None:
    """Each client has their own needs and journey, and the numbers come in the order told."""
    joe, zoe = (alice.client(number) for number in alice.add_clients([JOE, ZOE]))
    assert (joe.name, zoe.name) == ("Joe", "Zoe")
    assert [(need.service, need.occasion_id) for need in joe.needs] == [("moving_company", joe.journeys[0].occasion_id)]
    assert [(journey.journey, journey.day_zero) for journey in joe.journeys] == [("first_home", "2026-05-04")]
    assert (zoe.needs, zoe.journeys) == ((), ())


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (NewClient(told=ClientTold(name="")), "clients.1.name"),
        (NewClient(told=ClientTold(name="Bo"), journey="flying"), "clients.1.journey"),
        (NewClient(told=ClientTold(name="Bo"), needs=(MOVE, NeedTold())), "clients.1.needs.1.wording"),
    ],
)
def test_one_wrong_client_keeps_all_out(alice: Network, wrong: NewClient, field: str) -> None:
    """When one of several cannot be kept, none is, and the field says which one and where."""
    with pytest.raises(Invalid) as refused:
        alice.add_clients([JOE, wrong])
    assert refused.value.field == field
    assert alice.clients().total == 0


def test_several_are_taken_out_together(alice: Network, store: Store) -> None:
    """Clients go with all that is theirs; one that is gone already, or another network's, does no harm."""
    numbers = alice.add_clients([JOE, ZOE, JOE])
    need = alice.client(numbers[0]).needs[0].need_id
    alice.remove_client(numbers[1])
    Network(store, BOB).remove_clients(numbers)
    assert alice.clients().total == 2
    alice.remove_clients(numbers)
    assert alice.clients().total == 0
    with pytest.raises(NotFound):
        alice.need(need)


def test_only_clients_with_an_open_need(alice: Network) -> None:
    """A page can be narrowed to those whom somebody has to be found for."""
    joe, _ = alice.add_clients([JOE, ZOE])
    assert [card.name for card in alice.clients(waiting=True).clients] == ["Joe"]
    alice.set_need_status(alice.client(joe).needs[0].need_id, "dropped")
    assert alice.clients(waiting=True).total == 0


def test_a_need_moves_to_another_journey(alice: Network, store: Store) -> None:
    """The owner says to which journey a need belongs, but never to somebody else's."""
    joe, bo = alice.add_clients([JOE, JOE])
    card, other = alice.client(joe), alice.client(bo)
    need = card.needs[0].need_id
    alice.edit_need(need, NeedTold(service="roofer"))
    assert alice.need(need).occasion_id is None
    with pytest.raises(NotFound):
        alice.edit_need(need, NeedTold(service="roofer", occasion_id=other.journeys[0].occasion_id))
    again = alice.begin_journey(joe, "first_home", needs=[need, other.needs[0].need_id])
    assert alice.need(need).occasion_id == again
    assert alice.client(bo) == other


def test_a_step_taken_back_keeps_the_day_on_which_it_was_handed_on(alice: Network, store: Store) -> None:
    """A need that was filled, and then was not after all, counts as handed on since the day it was."""
    number = alice.client(alice.add_clients([JOE])[0]).needs[0].need_id
    alice.set_need_status(number, "introduced", id_of(alice, MOVERS))
    with store.session(ALICE, writes=True) as session:
        client_needs.find(session, number).introduced_on = date(2026, 3, 2)
    for status in ("filled", "introduced"):
        alice.set_need_status(number, status)  # type: ignore[arg-type]
    with store.session(ALICE) as session:
        assert client_needs.closings(session)[number] == (date(2026, 3, 2), None)


def test_who_can_take_a_need(alice: Network) -> None:
    """Only businesses with which a partnership is agreed are offered."""
    assert alice.agreed_partners() == []
    alice.set_stage(id_of(alice, MOVERS), "courted")
    assert alice.agreed_partners() == []
    alice.set_stage(id_of(alice, MOVERS), "agreed")
    assert [card.name for card in alice.agreed_partners()] == [MOVERS]


def test_our_own_town_is_known_wherever_it_is(store: Store) -> None:
    """A place that no list of towns has is found when it is the owner's own."""
    _, alice, _ = shared_and_owners(store)
    assert alice.find_place("Wrenfield") is None
    alice.settle(Home(services=HOME.services, place="Wrenfield, OR", lat=44.6, lon=-123.0))
    found = alice.find_place("wrenfield")
    assert found is not None
    assert (found.name, found.lat) == ("Wrenfield, OR", 44.6)
    assert alice.find_place("Tucson") is not None


def test_the_same_client_has_the_same_key() -> None:
    """Capitals and accents make no other client; another name or e-mail does, also one without letters."""
    assert client_key("José  Díaz", "JO@example.com") == client_key("jose diaz", " jo@example.com")
    assert len({client_key(name, email) for name in ("Jo", "🙂", "🙃") for email in ("", "a@example.com")}) == 6


def test_a_day_that_was_not_told_is_today(alice: Network) -> None:
    """A journey without a day counts from today."""
    (number,) = alice.add_clients([NewClient(told=ClientTold(name="Bo"), journey="first_home")])
    assert alice.client(number).journeys[0].day_zero == now_utc().date().isoformat()


def test_a_form_sent_twice_adds_nobody_twice(alice: Network, store: Store) -> None:
    """Of two sendings of one form at the same moment one adds the clients; a third one does once they are gone."""
    first, second = together(*[lambda: alice.add_clients([JOE, ZOE], form="f")] * 2)
    (numbers,) = [one for one in (first, second) if isinstance(one, list)]
    assert any(isinstance(one, Conflict) for one in (first, second)), (first, second)
    assert (alice.clients().total, alice.clients_added_by("f")) == (2, numbers)
    assert len(Network(store, BOB).add_clients([JOE], form="f")) == 1
    alice.remove_clients(numbers)
    assert len(alice.add_clients([JOE, ZOE], form="f")) == 2


def test_a_form_adds_nobody_twice_after_a_merge_is_undone(alice: Network) -> None:
    """Clients whom two forms have added are made one and parted again, each known by their own form."""
    (one,), (other,) = alice.add_clients([ZOE], form="f"), alice.add_clients([ZOE], form="g")
    alice.undo_merge(alice.merge([one, other]).merge_id)
    assert [alice.clients_added_by(form) for form in "fg"] == [[one], [other]]
