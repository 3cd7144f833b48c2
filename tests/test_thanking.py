"""Safe thanks and care in a network: rules and gifts come together, and limits hold whoever asks."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.answers.cared import CareTold
from matcher.answers.partners import Profile
from matcher.answers.referred import ReferralTold
from matcher.answers.thanked import GiftTold
from matcher.answers.told import ClientTold
from matcher.answers.whose import Whose
from matcher.errors import Conflict, Invalid, MatcherError, NotFound
from matcher.network import Network
from matcher.store import Store
from matcher.units import now_utc
from tests.networks import HOME, REALTY, id_of
from tests.store.conftest import BOB


@pytest.fixture
def insurer(alice: Network) -> Network:
    """The same, where Alice sells insurance in Seattle, with a cap of 100 dollars a person."""
    alice.settle(replace(HOME, services={"insurance_agent": 1.0}, place="Seattle, WA", lat=47.6, lon=-122.3))
    return alice


@pytest.fixture
def maria(insurer: Network) -> Whose:
    """A client of Alice, who lives in Washington."""
    whose = Whose(person_id=insurer.add_client(ClientTold(name="Maria")))
    insurer.set_care(whose, CareTold(place="US-WA"))
    return whose


def verdicts(network: Network, whose: Whose) -> dict[str, str]:
    """Kind of thanks -> verdict."""
    return {way.reward: way.verdict for way in network.safe_thanks(whose).ways}


def test_both_professions_and_the_wish_count(alice: Network) -> None:
    """A mortgage broker gives a real estate agent no gift; what they like is marked, never money is kept."""
    realty = Whose(id_of(alice, REALTY))
    alice.set_motivation(Profile(reward="card", never_money=True), realty.business_id)
    found = alice.safe_thanks(realty)
    assert (found.name, found.place) == (REALTY, "US-AZ")
    assert verdicts(alice, realty)["gift"] == "refused"
    assert next(way for way in found.ways if way.reward == "money").reason == "They said never to send money."
    assert [way.reward for way in found.ways if way.preferred] == ["card"]
    with pytest.raises(Conflict, match="anything of value"):
        alice.note_gift(realty, GiftTold(reward="gift", value_cents=500))


def test_a_limit_is_kept(insurer: Network, maria: Whose) -> None:
    """Gifts use up the limit of twelve months; what is over it is refused, and undo gives it back."""
    first = insurer.note_gift(maria, GiftTold(reward="gift", value_cents=7_000, note="a fern"))
    with pytest.raises(Conflict, match="30 USD"):
        insurer.note_gift(maria, GiftTold(reward="charity", value_cents=3_001))
    insurer.note_gift(maria, GiftTold(reward="charity", value_cents=3_000))
    assert verdicts(insurer, maria)["gift"] == "refused"
    assert insurer.undo_gift(first) == maria
    found = insurer.safe_thanks(maria)
    assert next(way for way in found.ways if way.reward == "gift").left_cents == 7_000
    assert [(one.reward, one.value_cents) for one in found.gifts] == [("charity", 3_000)]


def test_gifts_at_once_pass_no_limit(insurer: Network, maria: Whose) -> None:
    """Of ten gifts of 30 dollars told at the same moment, three are kept."""

    def give(_: int) -> bool:
        try:
            insurer.note_gift(maria, GiftTold(reward="gift", value_cents=3_000))
        except MatcherError:
            return False
        return True

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(give, range(10))) == 3
    assert sum(gift.value_cents for gift in insurer.safe_thanks(maria).gifts) == 9_000


def test_a_gift_belongs_to_its_referral(insurer: Network, maria: Whose) -> None:
    """A gift for a referral goes to whoever sent it, and stays when the referral is taken back."""
    number = insurer.add_referral(ReferralTold(given=False, whose=maria, prospect="Joe"))
    insurer.note_gift(maria, GiftTold(reward="card", referral_id=number))
    with pytest.raises(Conflict, match="somebody else"):
        insurer.note_gift(Whose(id_of(insurer, REALTY)), GiftTold(reward="card", referral_id=number))
    insurer.remove_referral(number)
    assert [gift.referral_id for gift in insurer.safe_thanks(maria).gifts] == [None]


def test_thanks_and_gift_are_one(insurer: Network, maria: Whose) -> None:
    """A gift that goes along with thanks is kept with them, and a refused one keeps both back."""
    number = insurer.add_referral(ReferralTold(given=False, whose=maria, prospect="Joe"))
    with pytest.raises(Conflict, match="more than the rule leaves"):
        insurer.thank(number, gift=GiftTold(reward="gift", value_cents=10_001))
    assert insurer.referral(number).thanked_on == ""
    assert insurer.thank(number, gift=GiftTold(reward="gift", value_cents=10_000)).owed == ()
    assert [gift.referral_id for gift in insurer.safe_thanks(maria).gifts] == [number]
    gave = insurer.add_referral(ReferralTold(given=True, whose=maria, prospect="Ann"))
    with pytest.raises(Conflict, match="theirs to say"):
        insurer.thank(gave, gift=GiftTold(reward="card"))
    assert len(insurer.safe_thanks(maria).gifts) == 1


def test_care_is_kept_and_forgotten(alice: Network) -> None:
    """What is said of looking after somebody is kept whole, and forgotten when nothing is said."""
    whose = Whose(id_of(alice, REALTY))
    told = CareTold(
        rhythm_days=90,
        refers=False,
        why_not="cannot",
        thank_publicly=True,
        place="US-DE",
        post_to="1 Main St",
        asked_count=2,
    )
    assert alice.set_care(whose, told) == told
    assert alice.set_care(whose, CareTold()) == alice.care(whose) == CareTold()


def test_public_thanks_need_a_yes(alice: Network) -> None:
    """Public thanks are owed to who welcomes them, and refused for who said no."""
    whose = Whose(id_of(alice, REALTY))
    number = alice.add_referral(ReferralTold(given=False, whose=whose, prospect="Joe", result="done"))
    alice.set_care(whose, CareTold(thank_publicly=True))
    assert {due.kind for due in alice.referral(number).owed} == {"at_once", "again", "publicly"}
    alice.set_care(whose, CareTold(thank_publicly=False))
    with pytest.raises(Conflict, match="in private"):
        alice.thank(number, "publicly")


@pytest.mark.parametrize(
    ("told", "field"),
    [
        (GiftTold(reward="yacht"), "reward"),  # type: ignore[arg-type]
        (GiftTold(reward="gift", value_cents=-1), "value_cents"),
        (GiftTold(reward="gift", value_cents=1, note="x" * 401), "note"),
        (GiftTold(reward="gift", value_cents=1, given_on=now_utc().date() + timedelta(days=2)), "on"),
    ],
)
def test_gifts_that_make_no_sense(insurer: Network, maria: Whose, told: GiftTold, field: str) -> None:
    """A gift that cannot be is refused by name."""
    with pytest.raises(Invalid) as refused:
        insurer.note_gift(maria, told)
    assert refused.value.field == field


@pytest.mark.parametrize(
    "changes",
    [{"rhythm_days": 0}, {"why_not": "lazy"}, {"place": "Mars"}, {"post_to": "x" * 401}, {"asked_count": -1}],
    ids=lambda changes: next(iter(changes)),
)
def test_care_that_makes_no_sense(alice: Network, changes: dict[str, object]) -> None:
    """Care that cannot be is refused by name."""
    with pytest.raises(Invalid) as refused:
        alice.set_care(Whose(id_of(alice, REALTY)), CareTold(**changes))  # type: ignore[arg-type]
    assert refused.value.field == next(iter(changes))


def test_another_network_knows_nothing(insurer: Network, maria: Whose, store: Store) -> None:
    """Gifts and care of one network are neither seen nor taken back by another."""
    gift, bob = insurer.note_gift(maria, GiftTold(reward="card")), Network(store, BOB)
    with pytest.raises(NotFound):
        bob.undo_gift(gift)
    for act in (bob.safe_thanks, bob.care):
        with pytest.raises(NotFound):
            act(maria)
    with pytest.raises(NotFound):
        bob.set_care(maria, CareTold(refers=True))
