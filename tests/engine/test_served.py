"""Which partner for which need, as people read it."""

import pytest
from hypothesis import given, settings

from matcher.answers.covered import Assignment, Served, Stopped, Wish
from matcher.engine.served import assignment, assignment_of
from matcher.engine.takers import Told
from matcher.engine.why_not import why_not
from matcher.errors import NotFound
from tests.engine import plainly
from tests.engine.needy import FLOW, HOME, KM, TOWN, Town, business, need, partners_of, towns

NEAR, FAR = TOWN[0] + 2 * KM, TOWN[0] + 15 * KM


def served(town: Town) -> Assignment:
    """The answer to everything, with three names for each need."""
    return assignment(town.needs, town.takers(), HOME, FLOW)


def only(town: Town) -> Served:
    """The one need of a town."""
    (one,) = served(town).needs
    return one


def answer(town: Town, need_id: int, business_id: int) -> Stopped | str:
    """Why a need does not go to a business."""
    return why_not(town.needs, town.takers(), HOME, FLOW, need_id=need_id, business_id=business_id)


@settings(max_examples=100)
@given(towns())
def test_every_need_has_a_place_in_the_answer(town: Town) -> None:
    """Each need is there once, gaps last, with a partner exactly where it is given, and sentences everywhere."""
    match = town.match()
    found = assignment_of(match)
    assert sorted(one.need.need_id for one in found.needs) == sorted(one.need_id for one in town.needs)
    states = [one.state for one in found.needs]
    assert states == sorted(states, key=lambda state: state == "gap")
    partners = partners_of(match)
    for one in found.needs:
        assert one.sentence.endswith(".")
        assert all(stopped.sentence.endswith(".") for stopped in one.stopped)
        assert (one.state == "gap") == (one.emptied_by is not None)
        business_id = one.need.business_id if plainly.chosen(one.need) else partners[one.need.need_id]
        assert (one.partner.business_id if one.partner else None) == business_id
    for slot in found.slots:
        assert slot.sentence.startswith(f"{slot.name} ") or f" at {slot.name} " in slot.sentence


@settings(max_examples=100)
@given(towns())
def test_others_could_fill_it_too(town: Town) -> None:
    """The others named for a need may fill it, have room beside what they hold, and are the best that do."""
    match, may, room = town.match(), plainly.pairs(town), plainly.free(town)
    for one in assignment_of(match, 2).needs:
        if one.state == "ready" and not one.need.pinned:
            fits = {b: fit for b, fit in may[one.need.need_id].items() if room[b]}
            left = sorted(fit for b, fit in fits.items() if one.partner and b != one.partner.business_id)
            assert [other.fit_share for other in one.others] == pytest.approx(left[::-1][:1])


def test_as_many_names_as_the_owner_offers() -> None:
    """The partner and the next best make as many names as the owner offers."""
    match = Town([business(n, lat=TOWN[0] + n * KM) for n in range(1, 7)], {}, [need(1)]).match()
    for count in (1, 3, 5):
        (one,) = assignment_of(match, count).needs
        assert one.partner is not None
        assert [one.partner.business_id, *(other.business_id for other in one.others)] == list(range(1, count + 1))


def test_why_this_partner() -> None:
    """A partner is the only one, the best, the one with room, or the one whose turn it is."""
    near, far = business(1, lat=NEAR), business(2, lat=FAR)
    assert only(Town([near], {}, [need(1)])).sentence == "Partner 1 is the only one who could."
    assert only(Town([near, far], {}, [need(1)])).sentence == "Partner 1 fits best of 2 who could."
    full = only(Town([near, far], {1: Told(room=0)}, [need(1)]))
    assert full.sentence == "Partner 2 has room; Partner 1 fits better and is full."
    busy = Town([near, business(2, lat=NEAR + KM)], {1: Told(load=9.0)}, [need(1)])
    assert only(busy).sentence == "Partner 2 has had fewer needs lately; Partner 1 fits a little better."


def test_whose_word_it_is() -> None:
    """What was filled, introduced or chosen says by whom, also by somebody who is no partner any more."""
    told = {"business_id": 1, "business": "Ann"}
    assert only(Town([business(1)], {}, [need(1, status="filled", **told)])).sentence == "Filled by Partner 1."
    introduced = only(Town([], {}, [need(1, status="introduced", **told)]))
    assert introduced.sentence == "You introduced them to Ann."
    assert introduced.partner is not None
    assert (introduced.partner.name, introduced.partner.terms) == ("Ann", ())
    assert only(Town([business(1, "roofer")], {}, [need(1, pinned=True, **told)])).sentence == "You chose Partner 1."
    assert only(Town([business(1)], {}, [need(1, "plumber")])).sentence == "You do this yourself."
    assert "which service" in only(Town([business(1)], {}, [need(1, "")])).sentence


@pytest.mark.parametrize(
    ("told", "wish", "words"),
    [
        (Told(competes=True), Wish(), "Only businesses that compete with you do this."),
        (Told(), Wish(within_km=1.0), "Nobody who does this is near enough."),
        (Told(), Wish(language="es"), "We know of nobody suitable who speaks Spanish."),
        (Told(trust_share=0.1), Wish(), "Whoever could do this has too little of your trust."),
        (Told(asked_days=1), Wish(), "Whoever could do this was asked only lately."),
        (Told(room=0), Wish(), "Whoever could do this is full."),
    ],
)
def test_why_nobody(told: Told, wish: Wish, words: str) -> None:
    """A gap says which filter left nobody, and names who was stopped."""
    one = only(Town([business(1, lat=NEAR)], {1: told}, [need(1, wish=wish)]))
    assert one.sentence == words
    assert [stopped.filter for stopped in one.stopped] == [one.emptied_by]


def test_who_is_stopped_last_comes_first() -> None:
    """Of those who are stopped the nearest to passing are named first, three at most, and who may take it is not."""
    town = Town(
        [business(n, lat=TOWN[0] + n * KM) for n in range(1, 7)],
        {2: Told(asked_days=1), 3: Told(trust_share=0.1), 4: Told(competes=True), 5: Told(trust_share=0.1)},
        [need(1)],
    )
    assert [one.business_id for one in only(town).stopped] == [2, 3, 5]


def test_what_one_more_place_brings() -> None:
    """The room of a partner says how much is left, or which need one more place would fill."""
    needs = [need(1), need(2, value_cents=50_00), need(3, value_cents=1250_00)]
    (slot,) = served(Town([business(1)], {1: Told(room=2)}, needs)).slots
    assert (slot.room, slot.room_assumed, slot.used) == (2, False, 2)
    assert (slot.worth_cents, slot.need_id) == (50_00, 2)
    assert slot.sentence == "One more place at Partner 1 would fill a need of Client 2: electrician, worth $50."
    (slot,) = served(Town([business(1)], {1: Told(room=5)}, needs)).slots
    assert (slot.used, slot.worth_cents, slot.need_id) == (3, 0, None)
    assert slot.sentence == "Partner 1 has room for 2 more needs."
    (slot,) = served(Town([business(1)], {1: Told(room=3)}, needs)).slots
    assert slot.sentence == "Partner 1 is full, and no need waits for one more place there."


def test_why_not_somebody_who_is_stopped() -> None:
    """The answer names the filter, also for somebody who does not offer the service or holds all that they can."""
    town = Town([business(1), business(2, lat=TOWN[0] + 30 * KM), business(3, "roofer")], {}, [need(1)])
    for business_id, name in ((2, "area"), (3, "service")):
        found = answer(town, 1, business_id)
        assert isinstance(found, Stopped)
        assert (found.filter, found.business_id) == (name, business_id)
    held = [need(2, status="introduced", business_id=4), need(1)]
    found = answer(Town([business(1), business(4)], {4: Told(room=1)}, held), 1, 4)
    assert isinstance(found, Stopped)
    assert found.filter == "full"


def test_why_not_somebody_who_could() -> None:
    """The answer says who fits better and in what, and what would change if the owner chose the other."""
    town = Town([business(1, lat=NEAR), business(2, lat=FAR)], {}, [need(1)])
    assert answer(town, 1, 2) == (
        "Partner 1 fits better (0.48 against 0.30: nearer). If you choose Partner 2, nothing else changes."
    )
    assert answer(town, 1, 1) == "Partner 1 has this need already."


def test_why_not_somebody_who_is_busy() -> None:
    """Where the other fits better, the answer says what keeps them from it."""
    busy = Town([business(1, lat=NEAR), business(2, lat=NEAR + KM)], {1: Told(load=9.0)}, [need(1)])
    assert answer(busy, 1, 1) == (
        "Partner 1 fits better (0.48 against 0.46: nearer), and Partner 1 has had more needs lately. "
        "If you choose Partner 1, nothing else changes."
    )


def test_why_not_says_whom_it_would_cost() -> None:
    """Choosing a partner whose only place fills another need says whose, and whether it is left over or moves."""
    needs = [need(1, value_cents=900_00), need(2)]
    gap = Town([business(1)], {1: Told(room=1)}, needs)
    assert answer(gap, 2, 1) == (
        "Partner 1 could do this and is full, as needs that are worth more go there. "
        "If you choose Partner 1, nobody would be left for the need of Client 1 (electrician)."
    )
    two = Town([business(1), business(2, lat=FAR)], {1: Told(room=1), 2: Told(room=1)}, needs)
    assert answer(two, 2, 1) == (
        "Partner 1 fits better (0.52 against 0.30: nearer), and Partner 1 is full. "
        "If you choose Partner 1, the need of Client 1 (electrician) would go to somebody else."
    )


def test_why_not_after_somebodys_word() -> None:
    """What is introduced, filled, chosen, ours or unsorted is not compared any more."""
    told = {"business_id": 1}
    both = [business(1), business(2)]
    assert answer(Town(both, {}, [need(1, status="filled", **told)]), 1, 2) == "Partner 1 filled this need already."
    assert "was introduced" in str(answer(Town(both, {}, [need(1, status="introduced", **told)]), 1, 2))
    assert answer(Town(both, {}, [need(1, pinned=True, **told)]), 1, 2) == "You chose Partner 1 for this need."
    assert "yourself" in str(answer(Town(both, {}, [need(1, "plumber")]), 1, 2))
    assert "which service" in str(answer(Town(both, {}, [need(1, "")]), 1, 2))


def test_why_not_asks_for_what_is_there() -> None:
    """A need or a partner that is not there is not found."""
    town = Town([business(1)], {}, [need(1)])
    for need_id, business_id in ((2, 1), (1, 2)):
        with pytest.raises(NotFound):
            answer(town, need_id, business_id)
