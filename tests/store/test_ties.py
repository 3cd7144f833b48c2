"""Who knows whom, who can introduce us, and whom we could bring together, in one owner's network."""

from datetime import date, timedelta
from typing import Any

import pytest

from matcher.answers.connected import ContactTold, TieTold
from matcher.answers.whose import Whose
from matcher.errors import Invalid, NotFound
from matcher.facts import Ask, Introduction
from matcher.network import Network
from matcher.store import Store
from matcher.units import now_utc
from tests.networks import INSPECTIONS, MOVERS, REALTY, id_of
from tests.store.conftest import ALICE, BOB

GOOD = TieTold(years=10, contacts_a_year=52, worked_together=True, would_vouch=True)


def whose(network: Network, name: str) -> Whose:
    """A business by its name."""
    return Whose(id_of(network, name))


def ask(store: Store, introducer: Whose, target: Whose, days: int, **more: Any) -> None:
    """Keep that somebody was asked to introduce Alice so many days ago."""
    on = now_utc().date() - timedelta(days=days)
    if "answered_days" in more:
        more["answered_at"] = now_utc() - timedelta(days=more.pop("answered_days"))
    with store.session(ALICE, writes=True) as session:
        about = Introduction(
            network_id=ALICE,
            for_us=True,
            first_business_id=introducer.business_id,
            first_person_id=introducer.person_id,
            target_business_id=target.business_id,
            drafted_on=on,
            withdrawn_on=more.pop("withdrawn_on", None),
            closed_on=more.pop("closed_on", None),
        )
        session.add(about)
        session.flush()
        session.add(Ask(network_id=ALICE, introduction_id=about.id, role="first", asked_on=on, **more))


def test_a_tie_is_kept_once(alice: Network) -> None:
    """Told again, from either side, a tie takes the place of the one before and counts from today."""
    realty, movers = whose(alice, REALTY), whose(alice, MOVERS)
    first = alice.set_tie(TieTold(years=2), realty, movers)
    assert alice.set_tie(GOOD, movers, realty) == first
    (tie,) = alice.ties(realty)
    assert (tie.business_id, tie.name, tie.strength_share) == (movers.business_id, MOVERS, pytest.approx(1.0))
    assert tie.told_on == now_utc().date().isoformat()
    alice.forget_tie(first)
    assert alice.ties(movers) == ()


def test_the_owner_comes_first(alice: Network) -> None:
    """Among the ties of somebody the owner's comes first, then the strongest."""
    ann = Whose(person_id=alice.add_contact(ContactTold(name="Ann")))
    alice.set_tie(TieTold(years=1), ann, whose(alice, REALTY))
    alice.set_tie(GOOD, ann, whose(alice, MOVERS))
    alice.set_tie(TieTold(years=3), ann)
    assert [(tie.name, tie.years) for tie in alice.ties(ann)] == [("", 3), (MOVERS, 10), (REALTY, 1)]


@pytest.mark.parametrize(
    ("told", "field"),
    [(TieTold(years=-1), "years"), (TieTold(years=101), "years"), (TieTold(contacts_a_year=1_001), "contacts_a_year")],
)
def test_what_no_tie_can_be(alice: Network, told: TieTold, field: str) -> None:
    """Years and talks that cannot be are refused by name."""
    with pytest.raises(Invalid) as refusal:
        alice.set_tie(told, whose(alice, REALTY))
    assert refusal.value.field == field


def test_nobody_knows_themselves(alice: Network) -> None:
    """A tie has two sides."""
    with pytest.raises(Invalid):
        alice.set_tie(GOOD, whose(alice, REALTY), whose(alice, REALTY))


def test_ties_are_private(alice: Network, store: Store) -> None:
    """Another network can neither tell, see nor forget a tie of ours."""
    bob, realty, movers = Network(store, BOB), whose(alice, REALTY), whose(alice, MOVERS)
    tie = alice.set_tie(GOOD, realty)
    for act in (
        lambda: bob.ties(realty),
        lambda: bob.set_tie(GOOD, realty, movers),
        lambda: bob.forget_tie(tie),
        lambda: bob.who_connects(realty),
    ):
        with pytest.raises(NotFound):
            act()
    assert len(alice.ties(realty)) == 1


def test_a_tie_goes_with_whom_it_was_with(alice: Network) -> None:
    """Who is taken out takes their ties along."""
    ann = alice.add_contact(ContactTold(name="Ann"))
    alice.set_tie(GOOD, Whose(person_id=ann), whose(alice, REALTY))
    alice.remove_contact(ann)
    assert alice.ties(whose(alice, REALTY)) == ()


def test_who_introduces_us_rests_after_two_requests(alice: Network, store: Store) -> None:
    """Through her contact there, a business introduces us; asked twice this month, it rests, and we say so."""
    realty, movers = whose(alice, REALTY), whose(alice, MOVERS)
    ann = Whose(person_id=alice.add_contact(ContactTold(name="Ann", business_id=realty.business_id)))
    alice.set_tie(GOOD, ann)
    alice.set_tie(GOOD, ann, movers)
    found = alice.who_connects(movers)
    assert found.sentence == f"Ask Ann ({REALTY}) to introduce you to {MOVERS}."
    ask(store, realty, movers, 20, answer="yes", closed_on=now_utc().date())
    ask(store, ann, movers, 3, answer="yes", closed_on=now_utc().date())
    (one,) = alice.who_connects(movers).connectors
    again = now_utc().date() + timedelta(days=10)
    assert not one.may_ask
    assert one.sentence.endswith(f"You may ask again from {again.day} {again:%B %Y}.")
    assert f"Ann ({REALTY}) was asked twice this month." in one.sentence


@pytest.mark.parametrize(
    ("days", "more", "free"),
    [
        (3, {}, False),
        (13, {}, False),
        (14, {}, False),
        (103, {}, False),
        (104, {}, True),
        (179, {"answer": "no", "answered_days": 179}, False),
        (180, {"answer": "no", "answered_days": 180}, True),
    ],
    ids=["waiting", "last day", "silent", "still quiet", "quiet is over", "after a no", "no longer"],
)
def test_the_limits_on_asking_hold(alice: Network, store: Store, days: int, more: dict[str, Any], free: bool) -> None:
    """Nobody is asked while we wait for them, for 90 days after 14 of silence, or for 180 days after a no."""
    realty, movers = whose(alice, REALTY), whose(alice, MOVERS)
    alice.set_tie(GOOD, realty)
    alice.set_tie(GOOD, realty, movers)
    ask(store, realty, movers, days, **more)
    assert alice.who_connects(movers).connectors[0].may_ask is free


def test_agreed_partners_are_known_without_a_tie(alice: Network) -> None:
    """An agreed partner can introduce us before we have told how well we know them, and we say that we assume it."""
    realty, movers = whose(alice, REALTY), whose(alice, MOVERS)
    alice.set_tie(GOOD, realty, movers)
    assert alice.who_connects(movers).connectors == ()
    alice.set_stage(realty.business_id or 0, "agreed")
    assert alice.who_connects(movers).connectors[0].sentence.startswith("We assume that you know")


def pairs(network: Network) -> set[frozenset[str]]:
    """The names of all pairs to bring together."""
    return {frozenset((two.first, two.second)) for two in network.bring_together(limit=500).pairs}


def test_partners_who_have_not_met_are_brought_together(alice: Network) -> None:
    """Agreed and courted partners are paired; paused and ended ones are not, nor strangers."""
    for name, stage in ((REALTY, "agreed"), (INSPECTIONS, "courted"), (MOVERS, "paused")):
        alice.set_stage(id_of(alice, name), stage)  # type: ignore[arg-type]
    assert pairs(alice) == {frozenset((REALTY, INSPECTIONS))}
    found = alice.bring_together()
    assert (found.total, found.partners, found.met) == (1, 2, 0)
    assert found.pairs[0].weaker_a_year == min(found.pairs[0].first_a_year, found.pairs[0].second_a_year) > 0


def test_the_face_of_a_business_can_be_brought_together(alice: Network) -> None:
    """A contact's business counts without a partnership; contacts without a business are counted, not paired."""
    alice.set_stage(id_of(alice, REALTY), "agreed")
    alice.add_contact(ContactTold(name="Ann", business_id=id_of(alice, MOVERS)))
    alice.add_contact(ContactTold(name="Ben"))
    (two,) = alice.bring_together().pairs
    assert {two.first: two.first_contact, two.second: two.second_contact} == {REALTY: "", MOVERS: "Ann"}
    assert alice.bring_together().without_business == 1


@pytest.mark.parametrize("how", ["tie", "introduction", "withdrawn"])
def test_those_who_have_met_are_not_brought_together(alice: Network, store: Store, how: str) -> None:
    """A tie, also between their people, or an introduction that was not withdrawn says that two have met."""
    realty, movers = whose(alice, REALTY), whose(alice, MOVERS)
    for one in (realty, movers):
        alice.set_stage(one.business_id or 0, "agreed")
    if how == "tie":
        ann = alice.add_contact(ContactTold(name="Ann", business_id=realty.business_id))
        alice.set_tie(TieTold(), Whose(person_id=ann), movers)
    else:
        with store.session(ALICE, writes=True) as session:
            session.add(
                Introduction(
                    network_id=ALICE,
                    for_us=False,
                    first_business_id=movers.business_id,
                    target_business_id=realty.business_id,
                    drafted_on=date(2026, 3, 2),
                    withdrawn_on=date(2026, 3, 3) if how == "withdrawn" else None,
                )
            )
    assert len(pairs(alice)) == alice.bring_together().total == (how == "withdrawn")
