"""Filling every need from the network, from the database to the answer."""

from dataclasses import replace

import pytest

from matcher.answers.covered import Wish
from matcher.answers.partners import Facts, Place, Profile
from matcher.answers.told import ClientTold, NeedTold, RoomTold
from matcher.errors import Conflict, Invalid, NotFound
from matcher.network import Network
from matcher.store import Store
from matcher.units import now_utc
from tests.networks import FAR, INSPECTIONS, LOANS, MOVERS, REALTY, id_of
from tests.store.conftest import BOB

TUCSON = Place(name="Tucson, AZ", lat=32.22, lon=-110.97)
JOE, ZOE = ClientTold(name="Joe and Ana", grade="A", place=TUCSON), ClientTold(name="Zoe", grade="C", place=TUCSON)
MOVE, INSPECT = NeedTold(service="moving_company"), NeedTold(service="home_inspector")


def agree(network: Network, name: str) -> int:
    """Make a business a partner, and give its number."""
    business = id_of(network, name)
    network.decide(business, "yes")
    network.set_stage(business, "agreed")
    return business


def states(network: Network) -> dict[str, str]:
    """Service of each need -> what becomes of it."""
    return {served.need.service: served.state for served in network.assignment().needs}


def test_a_new_partner_closes_what_recruiting_promised(alice: Network) -> None:
    """What a business would close by itself is what coverage grows by when it joins."""
    alice.add_client(JOE, [MOVE, INSPECT])
    alice.add_client(ZOE, [MOVE])
    before = alice.coverage()
    assert (before.needs, before.covered) == (3, 0)
    first = alice.recruits(1).recruits[0]
    assert (first.name, len(first.alone), len(first.adds)) == (MOVERS, 2, 2)
    agree(alice, first.name)
    after = alice.coverage()
    assert after.covered == before.covered + len(first.alone)
    assert after.covered_cents == before.covered_cents + first.alone_cents
    assert [recruit.name for recruit in alice.recruits().recruits] == [INSPECTIONS]


def test_one_look_says_the_same_as_several(alice: Network) -> None:
    """Coverage, assignment and recruits at one look are those that are asked for one by one."""
    agree(alice, INSPECTIONS)
    alice.add_client(JOE, [MOVE, INSPECT], journey="first_home")
    standing = alice.standing(recruits=2)
    assert standing.coverage == alice.coverage()
    assert standing.assignment == alice.assignment()
    assert standing.recruits == alice.recruits(2)
    assert alice.standing().recruits is None


def test_needs_by_number(alice: Network) -> None:
    """Needs are given by number as each one by itself is, without those that are gone."""
    first, second = (need.need_id for need in alice.client(alice.add_client(JOE, [MOVE, INSPECT])).needs)
    assert alice.needs_of_clients([first, second]) == {one: alice.need(one) for one in (first, second)}
    alice.remove_need(second)
    assert list(alice.needs_of_clients([first, second])) == [first]


def test_recruits_leave_out_who_is_decided_on(alice: Network) -> None:
    """Somebody who was told no, or is courted already, is not suggested again."""
    alice.add_client(JOE, [MOVE])
    alice.decide(id_of(alice, MOVERS), "no", "rude")
    found = alice.recruits()
    assert found.recruits == ()
    assert "Nobody" in found.sentence
    assert found.left == {"service": 1}


def test_a_competitor_gets_no_need_without_the_owners_word(alice: Network) -> None:
    """A partner who competes with home is given nothing until the owner says that they do not compete."""
    loans = agree(alice, LOANS)
    alice.correct_facts(loans, Facts(services={"mortgage_broker": 1.0, "moving_company": 1.0}))
    alice.add_client(JOE, [MOVE])
    (served,) = alice.assignment().needs
    assert (served.state, served.emptied_by) == ("gap", "competitor")
    alice.rule(loans, competes=False, reason="They left the town.")
    assert states(alice) == {"moving_company": "ready"}


def test_what_we_sell_we_do_ourselves(alice: Network) -> None:
    """A need for our own service is ours, whoever else could."""
    agree(alice, LOANS)
    alice.add_client(JOE, [NeedTold(service="mortgage_broker")])
    assert states(alice) == {"mortgage_broker": "ours"}


def test_what_a_partner_tells_of_their_room_counts(alice: Network) -> None:
    """A partner with room for one gets the more valuable need, and says what one more place would bring."""
    movers = agree(alice, MOVERS)
    alice.add_client(JOE, [MOVE])
    alice.add_client(ZOE, [MOVE])
    assert alice.coverage().covered == 2
    alice.note_room(movers, RoomTold(room=1, languages=("en",)))
    assert alice.room(movers) == RoomTold(room=1, languages=("en",))
    found = alice.assignment()
    assert [(served.need.client, served.state) for served in found.needs] == [("Joe and Ana", "ready"), ("Zoe", "gap")]
    assert found.needs[1].emptied_by == "full"
    (slot,) = found.slots
    assert (slot.room, slot.used, slot.need_id) == (1, 1, found.needs[1].need.need_id)
    assert alice.coverage().gaps[0].filter == "full"


@pytest.mark.parametrize(("wish", "emptied_by"), [(Wish(language="es"), "language"), (Wish(within_km=0.001), "area")])
def test_a_gap_names_its_filter(alice: Network, wish: Wish, emptied_by: str) -> None:
    """A need that nobody fills says which wish left nobody."""
    agree(alice, MOVERS)
    alice.add_client(
        ClientTold(name="Joe", place=Place(name="Marana", lat=32.4, lon=-111.1)),
        [NeedTold(service="moving_company", wish=wish)],
    )
    (served,) = alice.assignment().needs
    assert (served.state, served.emptied_by) == ("gap", emptied_by)


def test_a_partner_far_away_does_not_help(alice: Network) -> None:
    """A partner whose area does not reach the client leaves a gap that names the area."""
    agree(alice, FAR)
    alice.add_client(JOE, [NeedTold(service="real_estate_agent")])
    (served,) = alice.assignment().needs
    assert (served.state, served.emptied_by) == ("gap", "area")


def test_too_little_trust_and_too_many_questions_leave_a_gap(alice: Network) -> None:
    """What the owner said of a partner counts: hardly trusted, or asked only lately."""
    movers = agree(alice, MOVERS)
    alice.add_client(JOE, [MOVE])
    alice.set_motivation(Profile(vouch_share=0.1), movers)
    assert alice.assignment().needs[0].emptied_by == "trust"
    alice.set_motivation(Profile(asked_on=now_utc().date().isoformat()), movers)
    assert alice.assignment().needs[0].emptied_by == "resting"


def test_a_pin_goes_before_everything(alice: Network) -> None:
    """The owner's own choice is kept, and letting go of it brings ours back."""
    movers, inspections = agree(alice, MOVERS), agree(alice, INSPECTIONS)
    need = alice.client(alice.add_client(JOE, [MOVE])).needs[0].need_id
    alice.pin_need(need, inspections)
    partner = alice.assignment().needs[0].partner
    assert partner is not None
    assert partner.business_id == inspections
    alice.pin_need(need, None)
    partner = alice.assignment().needs[0].partner
    assert partner is not None
    assert partner.business_id == movers


def test_why_not_says_what_stands_in_the_way(alice: Network) -> None:
    """Asked why another partner does not get a need, we name the reason; a stranger is no partner."""
    agree(alice, MOVERS)
    inspections = agree(alice, INSPECTIONS)
    need = alice.client(alice.add_client(JOE, [MOVE])).needs[0].need_id
    assert "does not do this" in alice.why_not_partner(need, inspections)
    with pytest.raises(NotFound):
        alice.why_not_partner(need, id_of(alice, REALTY))


def test_names_offered_is_a_setting(alice: Network) -> None:
    """The owner says how many names a client is told, from one to five."""
    assert alice.names_offered().value == 3
    alice.set_names_offered(1)
    assert alice.assignment().names_offered == 1
    with pytest.raises(Invalid):
        alice.set_names_offered(6)


def test_recruits_need_a_sensible_number(alice: Network) -> None:
    """Nobody courts a hundred at a time."""
    with pytest.raises(Invalid):
        alice.recruits(0)
    with pytest.raises(Invalid):
        alice.recruits(26)


def test_room_needs_a_partnership(alice: Network) -> None:
    """What a stranger can take is not ours to say."""
    with pytest.raises(Conflict):
        alice.note_room(id_of(alice, MOVERS), RoomTold(room=2))


def test_everything_filled_needs_nobody(alice: Network) -> None:
    """When nothing is open, nobody has to be recruited, and the page says so."""
    agree(alice, MOVERS)
    alice.add_client(JOE, [MOVE])
    found = alice.recruits()
    assert (found.recruits, found.gaps) == ((), 0)
    assert found.sentence == "Every need whose service you know is filled, or somebody is ready for it."
    assert alice.coverage().sentence == "Your network fills the one need there is."


def test_a_proof_agrees_with_the_quick_answer(alice: Network) -> None:
    """On a street everybody can be tried: the quick choice is the best, and proved so."""
    alice.add_client(JOE, [MOVE, INSPECT, NeedTold(service="real_estate_agent")])
    proof = alice.recruits(2, prove=True).proof
    assert proof is not None
    assert (proof.exact, proof.share, proof.fewest) == (True, 1.0, 3)


def test_the_trend_ends_with_today(alice: Network) -> None:
    """The last point of the trend is the coverage of today."""
    agree(alice, MOVERS)
    alice.add_client(JOE, [MOVE, INSPECT])
    found = alice.coverage()
    assert (found.trend[-1].needs, found.trend[-1].covered) == (found.needs, found.covered) == (2, 1)


def test_today_alone_is_the_same_without_its_years(alice: Network) -> None:
    """Without the years before and after, coverage says the same of today, and nothing of them."""
    agree(alice, MOVERS)
    alice.add_client(JOE, [MOVE, INSPECT], journey="first_home")
    assert alice.coverage(years=False) == replace(alice.coverage(), trend=(), expected={})


def test_the_trend_knows_what_the_owner_chose(alice: Network) -> None:
    """A need that the owner has given to a partner, whatever the filters say, is covered in the last point, too."""
    inspections = agree(alice, INSPECTIONS)
    joe = alice.add_client(JOE, [MOVE])
    alice.pin_need(alice.client(joe).needs[0].need_id, inspections)
    found = alice.coverage()
    assert (found.trend[-1].covered, found.covered) == (1, 1)


def test_what_journeys_let_us_expect_stands_apart(alice: Network) -> None:
    """Needs that nobody has told are expected by service, and counted nowhere else."""
    alice.add_client(JOE, [MOVE], journey="first_home")
    found = alice.coverage()
    assert found.needs == 1
    assert found.expected
    assert "moving_company" not in found.expected


def test_what_was_heard_gets_a_partner_and_a_draft(alice: Network) -> None:
    """From somebody's words come the service, the partner and a message that asks before anybody is introduced."""
    movers = agree(alice, MOVERS)
    joe = alice.add_client(JOE)
    alice.correct("the piano has to go to the new house", "moving_company")
    found = alice.heard("The piano has to go to the new house", joe)
    assert found.service == "moving_company"
    assert found.served is not None
    assert found.served.partner is not None
    assert found.served.partner.business_id == movers
    assert found.draft is not None
    assert all(word in found.draft.text for word in ("Joe and Ana", MOVERS, "Alice Lends"))
    assert alice.coverage().needs == 0


def test_what_was_heard_may_find_nobody(alice: Network) -> None:
    """Where nobody in the network does it we say so and draft nothing."""
    alice.correct("the piano has to go", "moving_company")
    found = alice.heard("the piano has to go")
    assert found.served is not None
    assert (found.served.state, found.draft) == ("gap", None)


def test_one_networks_needs_are_nobody_elses(alice: Network, store: Store) -> None:
    """Another network's coverage knows nothing of our clients."""
    alice.add_client(JOE, [MOVE])
    bob = Network(store, BOB)
    bob.settle(alice.home() or pytest.fail("no home"))
    assert bob.coverage().needs == 0
    assert bob.recruits().gaps == 0
