"""Asking a client what they lack: the link, the answer, what becomes of it."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from matcher.answers.invited import SURVEY_DAYS, SurveyAnswers, last_day
from matcher.answers.told import ClientTold, NeedTold
from matcher.errors import Conflict, Invalid, NotFound
from matcher.facts import PrivateLink, Survey
from matcher.network import Network
from matcher.store import Store
from matcher.units import now_utc
from matcher.visitors.answering import TICKED, answer_survey, read_survey
from tests.networks import HOME, id_of
from tests.store.conftest import ALICE, BOB
from tests.test_intake import together

AT_ONCE = 50
JOE = ClientTold(name="CANARY Joe", grade="A", markets=("first_home_buyers",), email="canary@example.com")


@pytest.fixture
def joe(alice: Network) -> int:
    """A client of Alice's."""
    return alice.add_client(JOE)


def _needs(network: Network, client_id: int) -> dict[str, str]:
    """Service -> words, of the needs of a client."""
    return {need.service: need.wording for need in network.client(client_id).needs}


def test_answers_become_needs_and_interests(alice: Network, store: Store, joe: int) -> None:
    """What is ticked and written is kept with the client and dated; a clear sentence becomes the need that it means."""
    told = SurveyAnswers(groups=("home", "pets"), services=("painter", "landscaper"), words="My roof is leaking.")
    answer_survey(store, alice.send_survey(joe), told)
    card, today = alice.client(joe), now_utc().date().isoformat()
    assert card.interests == ("home", "pets")
    assert (card.surveyed_on, card.answered_on) == (today, today)
    assert _needs(alice, joe) == {"painter": TICKED, "landscaper": TICKED, "roofer": "My roof is leaking."}
    assert {(need.status, need.heard_on) for need in card.needs} == {("open", today)}


def test_words_that_are_not_clear_are_kept_as_they_are(alice: Network, store: Store, joe: int) -> None:
    """Words of which nobody can be sure are a need without a service, which the owner will sort."""
    answer_survey(store, alice.send_survey(joe), SurveyAnswers(words="something for the thing"))
    assert _needs(alice, joe) == {"": "something for the thing"}


@pytest.mark.parametrize("words", ["🙂🙂", "???", "x" * 400], ids=["emoji", "signs", "long"])
def test_words_without_meaning_are_kept_too(alice: Network, store: Store, joe: int, words: str) -> None:
    """Also what has no word in it is kept, as somebody wrote it."""
    answer_survey(store, alice.send_survey(joe), SurveyAnswers(words=words))
    assert words in _needs(alice, joe).values()


def test_what_the_owner_taught_counts(alice: Network, store: Store, joe: int) -> None:
    """Words that the owner has explained mean in a survey what the owner said."""
    alice.correct("The usual, please", "locksmith")
    answer_survey(store, alice.send_survey(joe), SurveyAnswers(words="the usual please"))
    assert _needs(alice, joe) == {"locksmith": "the usual please"}


def test_what_waits_already_is_not_asked_for_twice(alice: Network, store: Store, joe: int) -> None:
    """A ticked service that is open or introduced adds nothing, one that was filled does; words are never lost."""
    waiting = alice.add_need(joe, NeedTold(service="painter"))
    introduced = alice.add_need(joe, NeedTold(service="roofer"))
    done = alice.add_need(joe, NeedTold(service="landscaper"))
    partner = id_of(alice, "Ocotillo Movers")
    alice.set_need_status(introduced, "introduced", partner)
    alice.set_need_status(done, "filled", partner)
    told = SurveyAnswers(services=("painter", "roofer", "landscaper"), words="My roof is leaking.")
    answer_survey(store, alice.send_survey(joe), told)
    new = [need for need in alice.client(joe).needs if need.need_id not in (waiting, introduced, done)]
    assert {(need.service, need.wording) for need in new} == {
        ("landscaper", TICKED),
        ("", "My roof is leaking."),
    }


def test_a_ticked_service_takes_the_words_that_mean_it(alice: Network, store: Store, joe: int) -> None:
    """Who ticks a service and writes of it has one need, in their own words."""
    answer_survey(store, alice.send_survey(joe), SurveyAnswers(services=("roofer",), words="My roof is leaking."))
    assert _needs(alice, joe) == {"roofer": "My roof is leaking."}


def test_only_what_was_offered_can_be_ticked(alice: Network, store: Store, joe: int) -> None:
    """Codes that are not on the page, among them what the owner sells, are left out."""
    told = SurveyAnswers(groups=("nowhere", "home"), services=("mortgage_broker", "zeppelin", "painter", "painter"))
    answer_survey(store, alice.send_survey(joe), told)
    assert alice.client(joe).interests == ("home",)
    assert _needs(alice, joe) == {"painter": TICKED}


def test_nothing_is_an_answer(alice: Network, store: Store, joe: int) -> None:
    """Who needs nothing has answered, and the link is used up."""
    token = alice.send_survey(joe)
    answer_survey(store, token, SurveyAnswers())
    card = alice.client(joe)
    assert (card.needs, card.interests, card.answered_on != "") == ((), (), True)
    with pytest.raises(NotFound):
        read_survey(store, token)


def test_what_is_too_long_uses_nothing_up(alice: Network, store: Store, joe: int) -> None:
    """An answer that cannot be kept is refused whole, and the link still works."""
    token = alice.send_survey(joe)
    with pytest.raises(Invalid):
        answer_survey(store, token, SurveyAnswers(services=("painter",), words="x" * 401))
    assert alice.client(joe).needs == ()
    answer_survey(store, token, SurveyAnswers(services=("painter",)))
    assert _needs(alice, joe) == {"painter": TICKED}


def test_of_many_at_once_one_wins(alice: Network, store: Store, joe: int) -> None:
    """Of fifty answers that arrive at the same moment exactly one is kept; the others find the link gone."""
    token = alice.send_survey(joe)
    answered = together(
        *(
            lambda n=n: answer_survey(store, token, SurveyAnswers(services=("painter",), words=f"note {n}"))  # type: ignore[misc]
            for n in range(AT_ONCE)
        )
    )
    assert sorted(type(one).__name__ for one in answered) == ["NoneType", *["NotFound"] * (AT_ONCE - 1)]
    assert len(alice.client(joe).needs) == 2
    winner = answered.index(None)
    assert f"note {winner}" in _needs(alice, joe).values()


def test_a_new_link_ends_the_old_one(alice: Network, store: Store, joe: int) -> None:
    """A client has one link: when they are sent another, the one before is gone, used or not."""
    first, second = alice.send_survey(joe), alice.send_survey(joe)
    with pytest.raises(NotFound):
        read_survey(store, first)
    answer_survey(store, second, SurveyAnswers(groups=("home",)))
    third = alice.send_survey(joe)
    assert read_survey(store, third).business == HOME.name
    assert alice.client(joe).answered_on != ""
    with store.session(ALICE) as session:
        assert len(session.scalars(select(Survey)).all()) == 2


def test_a_link_ends(alice: Network, store: Store, joe: int) -> None:
    """A link lasts as many days as its page says, everywhere on Earth, and is then as if it had never been."""
    token = alice.send_survey(joe)
    page = read_survey(store, token)
    today = now_utc().date()
    assert page.ends_on == last_day(today).isoformat()
    with store.session(writes=True) as session:
        link = session.scalars(select(PrivateLink)).one()
        over = datetime.fromisoformat(page.ends_on).replace(tzinfo=UTC) - now_utc()
        assert SURVEY_DAYS - 1 <= over.days <= SURVEY_DAYS
        assert link.expires_at.date().toordinal() - today.toordinal() == SURVEY_DAYS + 1
        session.execute(update(PrivateLink).values(expires_at=now_utc()))
    for act in (lambda: read_survey(store, token), lambda: answer_survey(store, token, SurveyAnswers())):
        with pytest.raises(NotFound):
            act()
    assert alice.client(joe).answered_on == ""


@pytest.mark.parametrize("token", ["", "x", "é🙂", "x" * 10_000])
def test_wrong_used_and_expired_are_the_same(alice: Network, store: Store, joe: int, token: str) -> None:
    """Whatever is wrong with a link, the sentence is the same."""
    used, told = alice.send_survey(joe), []
    answer_survey(store, used, SurveyAnswers())
    for wrong in (token, used):
        with pytest.raises(NotFound) as refusal:
            read_survey(store, wrong)
        told.append(refusal.value.sentence)
    assert told[0] == told[1]


def test_only_the_hash_of_a_token_is_kept(alice: Network, store: Store, joe: int) -> None:
    """Who reads the database finds no link that works."""
    token = alice.send_survey(joe)
    with store.session() as session:
        link = session.scalars(select(PrivateLink)).one()
    assert token not in repr(vars(link))


def test_the_page_says_nothing_of_the_client(alice: Network, store: Store, joe: int) -> None:
    """The page holds the owner's business and services, whatever we know of the client; their markets do not show."""
    quiet = read_survey(store, alice.send_survey(joe))
    divorcing = alice.add_client(ClientTold(name="CANARY Zoe", markets=("divorcing",)))
    alice.add_need(divorcing, NeedTold(service="painter", wording="CANARY"))
    other = read_survey(store, alice.send_survey(divorcing))
    assert "canary" not in repr((quiet, other)).lower()
    assert quiet.groups == other.groups
    assert quiet.business == HOME.name


def test_a_client_that_is_gone_takes_the_link_along(alice: Network, store: Store, joe: int) -> None:
    """The link of a client who was taken out works no more, not even for the client who comes next."""
    token = alice.send_survey(joe)
    alice.remove_client(joe)
    with store.session() as session:
        assert session.scalars(select(PrivateLink)).all() == []
    alice.send_survey(alice.add_client(ClientTold(name="Next")))
    with pytest.raises(NotFound):
        answer_survey(store, token, SurveyAnswers(services=("painter",)))


def test_nobody_else_can_ask(alice: Network, store: Store, joe: int) -> None:
    """Another network cannot send a survey to our client, and a call's link opens no survey."""
    bob = Network(store, BOB)
    bob.settle(HOME)
    with pytest.raises(NotFound):
        bob.send_survey(joe)
    assert alice.client(joe).surveyed_on == ""
    alice.send_survey(joe)  # its number is the call's as well
    with pytest.raises(NotFound):
        read_survey(store, alice.open_call("roofer").token)


def test_who_asks_has_a_name(alice: Network, store: Store) -> None:
    """Before the owner has described the own business there is nobody in whose name to ask."""
    bob = Network(store, BOB)
    with pytest.raises(Conflict):
        bob.send_survey(bob.add_client(ClientTold(name="Zoe")))
