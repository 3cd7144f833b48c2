"""Clients and what they need, in the database."""

from datetime import date, timedelta

import pytest

from matcher.answers.covered import Wish
from matcher.answers.partners import Place
from matcher.answers.told import ClientTold, NeedTold
from matcher.errors import Conflict, Invalid, NotFound
from matcher.network import Network
from matcher.store import Store
from matcher.units import now_utc
from tests.networks import MOVERS, id_of
from tests.store.conftest import BOB

TUCSON = Place(name="Tucson, AZ", lat=32.22, lon=-110.97)
JOE = ClientTold(
    name="Joe and Ana",
    grade="A",
    markets=("first_home_buyers",),
    place=TUCSON,
    value_cents=120_000,
    email="joe@example.com",
    phone="520-555-0143",
    note="Met at the fair.",
)
MOVE = NeedTold(
    service="moving_company",
    wording="We move in June.",
    needed_by=date(2026, 6, 1),
    wish=Wish(tier=2, language="es", within_km=20.0),
    value_cents=90_000,
)


def test_a_client_comes_back_as_told(alice: Network) -> None:
    """All that was told of a client and a need stands on the client's card."""
    card = alice.client(alice.add_client(JOE, [MOVE], journey="first_home", since=date(2026, 5, 4)))
    told = ClientTold(
        name=card.name,
        grade=card.grade,
        markets=card.markets,
        place=Place(name=card.place, lat=card.lat or 0, lon=card.lon or 0),
        value_cents=card.value_cents,
        email=card.email,
        phone=card.phone,
        note=card.note,
    )
    assert told == JOE
    (need,) = card.needs
    assert (need.service, need.wording, need.wish, need.value_cents) == (
        MOVE.service,
        MOVE.wording,
        MOVE.wish,
        MOVE.value_cents,
    )
    assert (need.needed_by, need.status, need.value_assumed) == ("2026-06-01", "open", False)
    assert [(j.journey, j.day_zero) for j in card.journeys] == [("first_home", "2026-05-04")]
    assert need.occasion_id == card.journeys[0].occasion_id


def test_a_need_without_a_value_takes_the_usual_one(alice: Network) -> None:
    """What nobody told us of an order is the service's usual figure, and says so."""
    card = alice.client(alice.add_client(JOE, [NeedTold(service="moving_company")]))
    assert card.needs[0].value_assumed
    assert card.needs[0].value_cents > 0


def test_a_need_that_nobody_can_name_is_kept(alice: Network) -> None:
    """A need without a service keeps its words, and cannot be handed on before somebody says what it is."""
    card = alice.client(alice.add_client(JOE, [NeedTold(wording="something for the thing")]))
    assert (card.needs[0].service, card.needs[0].wording) == ("", "something for the thing")
    with pytest.raises(Conflict):
        alice.set_need_status(card.needs[0].need_id, "introduced", id_of(alice, MOVERS))


def test_the_course_of_a_need(alice: Network) -> None:
    """A need is introduced to a partner and filled by them, and opening it again forgets both."""
    need = alice.client(alice.add_client(JOE, [MOVE])).needs[0].need_id
    movers = id_of(alice, MOVERS)
    introduced = alice.set_need_status(need, "introduced", movers)
    assert (introduced.status, introduced.business_id, introduced.business) == ("introduced", movers, MOVERS)
    assert alice.set_need_status(need, "filled").business_id == movers
    opened = alice.set_need_status(need, "open")
    assert (opened.status, opened.business_id) == ("open", None)


def test_nobody_fills_a_need_without_a_name(alice: Network) -> None:
    """Introduced and filled need a partner; the need stays as it was."""
    need = alice.client(alice.add_client(JOE, [MOVE])).needs[0].need_id
    with pytest.raises(Invalid):
        alice.set_need_status(need, "filled")
    assert alice.need(need).status == "open"


def test_a_pin_stands_until_it_is_taken_away(alice: Network) -> None:
    """The owner's own choice of partner is kept with the need, and only while it is open."""
    need = alice.client(alice.add_client(JOE, [MOVE])).needs[0].need_id
    movers = id_of(alice, MOVERS)
    assert alice.pin_need(need, movers).pinned
    assert not alice.pin_need(need, None).pinned
    alice.set_need_status(need, "introduced", movers)
    with pytest.raises(Conflict):
        alice.pin_need(need, None)


@pytest.mark.parametrize(
    "told",
    [
        ClientTold(name=" "),
        ClientTold(name="x" * 201),
        ClientTold(name="Joe", grade="D"),  # type: ignore[arg-type]
        ClientTold(name="Joe", markets=("nobody",)),
        ClientTold(name="Joe", value_cents=-1),
        ClientTold(name="Joe", email="joe"),
        ClientTold(name="Joe", note="x" * 2_001),
    ],
    ids=["no name", "long name", "grade", "market", "value", "email", "note"],
)
def test_what_cannot_be_kept_is_refused_whole(alice: Network, told: ClientTold) -> None:
    """A client with one wrong field is refused with a sentence, and nothing is stored."""
    with pytest.raises(Invalid):
        alice.add_client(told, [MOVE])
    assert alice.clients().total == 0


@pytest.mark.parametrize(
    "told",
    [
        NeedTold(),
        NeedTold(service="zeppelins"),
        NeedTold(wording="x" * 401),
        NeedTold(service="roofer", wish=Wish(tier=4)),
        NeedTold(service="roofer", wish=Wish(language="Spanish")),
        NeedTold(service="roofer", wish=Wish(within_km=0.0)),
        NeedTold(service="roofer", value_cents=-1),
    ],
    ids=["nothing", "service", "long", "tier", "language", "distance", "value"],
)
def test_a_need_that_cannot_be_kept_takes_the_client_along(alice: Network, told: NeedTold) -> None:
    """A client with a wrong need is refused whole: nothing is half stored."""
    with pytest.raises(Invalid):
        alice.add_client(JOE, [MOVE, told])
    assert alice.clients().total == 0


def test_a_journey_on_the_way_teaches_nothing_yet(alice: Network) -> None:
    """Only when the owner says that all is told does a client's journey count as one that we have seen."""
    number = alice.add_client(JOE, [MOVE], journey="first_home")
    assert alice.needs().clients == ()
    occasion = alice.client(number).journeys[0].occasion_id
    assert alice.complete_journey(occasion) == number
    assert [client.services for client in alice.needs().clients] == [("moving_company",)]


def test_an_ended_journey_keeps_what_was_said(alice: Network) -> None:
    """To forget a journey leaves the client's needs."""
    number = alice.add_client(JOE, [MOVE], journey="first_home")
    alice.end_journey(alice.client(number).journeys[0].occasion_id)
    card = alice.client(number)
    assert card.journeys == ()
    assert [need.service for need in card.needs] == ["moving_company"]


def test_journeys_let_us_expect_needs(alice: Network) -> None:
    """What a journey calls for is expected, apart from what the client said and what we sell ourselves."""
    number = alice.add_client(JOE, [MOVE], journey="first_home")
    card = alice.client(number)
    expected = {need.service for need in card.expected}
    assert "home_inspector" in expected or "painter" in expected
    assert expected.isdisjoint({"moving_company", "mortgage_broker"})
    assert {need.occasion_id for need in card.expected} == {card.journeys[0].occasion_id}


def test_what_is_to_come_is_the_likeliest_of_all_clients(alice: Network) -> None:
    """Needs to expect within 30 days come from all clients' journeys, the likeliest first, and never what was said."""
    told = alice.add_client(JOE, [MOVE], journey="first_home")
    other = alice.add_client(ClientTold(name="Zoe"), journey="first_home")
    found = alice.upcoming()
    assert [one.need.chance_30 for one in found] == sorted((one.need.chance_30 for one in found), reverse=True)
    moves = [one.client_id for one in found if one.need.service == "moving_company"]
    assert {one.client_id for one in found} == {told, other}
    assert moves == [other]
    assert alice.upcoming(1) == found[:1]


def test_needs_may_be_told_late(alice: Network) -> None:
    """What was heard and introduced some days ago is kept with its day; a day to come is refused."""
    today = now_utc().date()
    heard = today - timedelta(days=40)
    number = alice.add_client(JOE, [MOVE], on=heard)
    need = alice.client(number).needs[0]
    assert need.heard_on == heard.isoformat()
    alice.set_need_status(need.need_id, "introduced", id_of(alice, MOVERS), on=heard)
    with pytest.raises(Invalid):
        alice.add_need(number, MOVE, on=today + timedelta(days=1))
    with pytest.raises(Invalid):
        alice.set_need_status(need.need_id, "filled", on=today + timedelta(days=1))


def test_clients_are_found_by_name_place_and_grade(alice: Network) -> None:
    """A page of clients is narrowed by words of the name or place, and by grade."""
    alice.add_client(JOE)
    alice.add_client(ClientTold(name="Zoe", grade="C"))
    assert [c.name for c in alice.clients().clients] == ["Joe and Ana", "Zoe"]
    assert [c.name for c in alice.clients("tucson").clients] == ["Joe and Ana"]
    assert [c.name for c in alice.clients(grade="C").clients] == ["Zoe"]
    assert alice.clients("%").total == 0


def test_capitals_and_accents_make_no_difference(alice: Network) -> None:
    """Clients are found and ordered by name however it is spelled, on either database."""
    for name in ("Zoe", "émile", "Özgür Åberg", "adam O'Neill", "שרה כהן"):
        alice.add_client(ClientTold(name=name))
    assert [c.name for c in alice.clients().clients] == ["adam O'Neill", "émile", "Özgür Åberg", "Zoe", "שרה כהן"]
    for text in ("ÖZGÜR", "ozgur aberg", "åberg"):
        assert [c.name for c in alice.clients(text).clients] == ["Özgür Åberg"]
    assert [alice.clients(text).total for text in ("o'neill", "שרה", "emile", "'x")] == [1, 1, 1, 0]


def test_nobody_else_sees_a_client(alice: Network, store: Store) -> None:
    """Another network finds no client of ours, no need, and can change neither."""
    number = alice.add_client(JOE, [MOVE], journey="first_home")
    card, bob = alice.client(number), Network(store, BOB)
    assert bob.clients().total == 0
    for act in (
        lambda: bob.client(number),
        lambda: bob.need(card.needs[0].need_id),
        lambda: bob.remove_client(number),
        lambda: bob.set_need_status(card.needs[0].need_id, "dropped"),
        lambda: bob.end_journey(card.journeys[0].occasion_id),
    ):
        with pytest.raises(NotFound):
            act()
    assert alice.client(number) == card


def test_a_removed_client_leaves_nothing(alice: Network) -> None:
    """With a client go their needs and journeys."""
    number = alice.add_client(JOE, [MOVE], journey="first_home")
    need = alice.client(number).needs[0].need_id
    alice.remove_client(number)
    with pytest.raises(NotFound):
        alice.need(need)
    assert alice.clients().total == 0
