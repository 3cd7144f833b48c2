"""Introductions from the first question to what came of them, and each way they can end early."""

import pytest
from sqlalchemy import select, update

from matcher.answers.introduced import IntroductionTold, ReportTold
from matcher.answers.referred import ReferralsWanted
from matcher.answers.told import ClientTold
from matcher.answers.whose import Whose
from matcher.errors import Conflict, Invalid, NotFound
from matcher.exchange.vcard import read_vcards
from matcher.facts import Person, Rating, Referral
from matcher.introductions.introduction_cards import introduction_paper
from matcher.network import Network
from matcher.store import Store
from matcher.units import now_utc
from matcher.visitors.consenting import answer_ask, answer_report, read_ask
from tests.introduced import agree, days_pass, favour, to_movers
from tests.networks import HOME, INSPECTIONS, MOVERS, REALTY, id_of
from tests.store.conftest import ALICE, BOB
from tests.test_intake import together


def test_the_whole_loop(alice: Network, store: Store, joe: int, need: int, drafted: int) -> None:
    """Two yeses, a connection, a meeting and done work close it, with a referral, stars and a filled need."""
    stages = [alice.introduction(drafted).stage]
    for role in ("first", "target"):
        token = alice.ask(drafted, role)  # type: ignore[arg-type]
        stages.append(alice.introduction(drafted).stage)
        answer_ask(store, token, "yes")
    stages.append(alice.introduction(drafted).stage)
    alice.connect(drafted)
    stages.append(alice.introduction(drafted).stage)
    assert alice.need(need).status == "introduced"
    for told in (ReportTold(outcome="met"), ReportTold(outcome="won", value_cents=90_000)):
        answer_report(store, alice.ask_what_came(drafted, "target"), told)
        stages.append(alice.introduction(drafted).stage)
    answer_report(store, alice.ask_what_came(drafted, "first"), ReportTold(outcome="done", stars=5, words="Careful."))
    card = alice.introduction(drafted)
    stages.append(card.stage)
    assert stages == [
        *("drafted", "first_asked", "target_asked", "agreed", "connected", "met", "referral", "closed"),
    ]
    assert (card.result, card.next_sentence) == ("worked", "It went well. Now say thank you.")
    assert (alice.need(need).status, alice.need(need).business) == ("filled", MOVERS)
    with store.session(ALICE) as session:
        (referral,), (rating,) = session.scalars(select(Referral)).all(), session.scalars(select(Rating)).all()
    assert (referral.given, referral.result, referral.value_cents) == (True, "done", 90_000)
    assert (referral.prospect_person_id, referral.introduction_id, referral.service) == (joe, drafted, "moving_company")
    assert (rating.stars, rating.person_id, rating.business_id) == (5, joe, id_of(alice, MOVERS))


def test_a_favour_becomes_a_received_referral(alice: Network, store: Store) -> None:
    """Who introduces us to somebody has sent us somebody, as soon as we have met."""
    number = favour(alice, MOVERS, REALTY)
    agree(alice, store, number)
    alice.connect(number)
    alice.met(number)
    with store.session(ALICE) as session:
        (referral,) = session.scalars(select(Referral)).all()
    assert (referral.given, referral.result, referral.prospect) == (False, "open", REALTY)
    assert referral.business_id == id_of(alice, MOVERS)
    alice.close_introduction(number, "nowhere")
    assert (alice.introduction(number).stage, alice.introduction(number).result) == ("closed", "nowhere")


def test_what_worked_stays_so_without_its_referral(alice: Network, store: Store, drafted: int) -> None:
    """The last word on the referral counts; when it is taken out, what the owner said of the introduction does."""
    agree(alice, store, drafted)
    alice.connect(drafted)
    alice.close_introduction(drafted, "worked")
    (referral,) = alice.referrals(ReferralsWanted()).referrals
    alice.note_result(referral.referral_id, "nowhere")
    assert alice.introduction(drafted).next_sentence.startswith("Nothing came of it.")
    alice.remove_referral(referral.referral_id)
    assert alice.introduction(drafted).next_sentence == "It went well. Now say thank you."


def test_silence_ends_it(alice: Network, store: Store, drafted: int, joe: int) -> None:
    """After 14 days without an answer the link is gone, and the owner cannot note an answer any more."""
    token = alice.ask(drafted, "first")
    days_pass(store, 13)
    assert read_ask(store, token).business == HOME.name
    days_pass(store, 1)
    assert alice.introduction(drafted).stage == "silent"
    for act in (lambda: read_ask(store, token), lambda: answer_ask(store, token, "yes")):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(Conflict):
        alice.note_answer(drafted, "first", "yes")
    again = alice.draft_introduction(to_movers(alice, joe))
    with pytest.raises(Conflict, match="Joe Canary did not answer"):
        alice.ask(again, "first")
    days_pass(store, 90)
    alice.ask(again, "first")


def test_the_second_waits_for_the_first(alice: Network, drafted: int) -> None:
    """Nobody is asked before the first one has said yes."""
    with pytest.raises(Conflict):
        alice.ask(drafted, "target")
    alice.ask(drafted, "first")
    with pytest.raises(Conflict):
        alice.ask(drafted, "target")


def test_one_reminder_after_a_week(alice: Network, store: Store, drafted: int) -> None:
    """A reminder is possible from the seventh day on, once, and gives a new link."""
    alice.ask(drafted, "first")
    days_pass(store, 6)
    with pytest.raises(Conflict, match="You may remind them from"):
        alice.remind(drafted, "first")
    days_pass(store, 1)
    assert alice.introduction(drafted).next_act == "remind"
    token = alice.remind(drafted, "first")
    assert alice.reminder_draft(drafted, "first", "x://y").text.count("x://y") == 1
    with pytest.raises(Conflict, match="Once is enough"):
        alice.remind(drafted, "first")
    answer_ask(store, token, "yes")


def test_an_answer_by_phone(alice: Network, store: Store, drafted: int) -> None:
    """What somebody says on the phone counts like their tap, is marked as noted, and ends their link."""
    token = alice.ask(drafted, "first")
    alice.note_answer(drafted, "first", "yes", "Glad to")
    (asked,) = alice.introduction(drafted).asks
    assert (asked.answer, asked.by_link, asked.words) == ("yes", False, "Glad to")
    with pytest.raises(NotFound):
        answer_ask(store, token, "no")
    with pytest.raises(Conflict):
        alice.note_answer(drafted, "first", "no")


def test_limits_say_what_stands_in_the_way(alice: Network, store: Store) -> None:
    """Who was asked twice in 30 days is not asked a third time, and the page says so before one tries."""
    for wanted in (REALTY, INSPECTIONS):
        number = favour(alice, MOVERS, wanted)
        answer_ask(store, alice.ask(number, "first"), "yes")
        alice.withdraw(number)
    number = favour(alice, MOVERS, REALTY)
    (stop,) = alice.introduction(number).stops
    assert stop.startswith(f"{MOVERS} was asked twice this month.")
    with pytest.raises(Conflict, match="was asked twice this month"):
        alice.ask(number, "first")


def test_the_limit_of_open_introductions_is_a_setting(alice: Network, joe: int) -> None:
    """The owner says how many may be open at a time; the sentence that refuses one more names the limit."""
    assert alice.open_introductions().value == 3
    alice.set_open_introductions(1)
    alice.ask(alice.draft_introduction(to_movers(alice, joe)), "first")
    number = favour(alice, INSPECTIONS, REALTY)
    assert any("Your limit is 1 at a time" in stop for stop in alice.introduction(number).stops)
    assert not any(one.may_ask for one in alice.who_connects(Whose(business_id=id_of(alice, REALTY))).connectors)
    with pytest.raises(Conflict, match="Your limit is 1 at a time"):
        alice.ask(number, "first")
    alice.set_open_introductions(2)
    alice.ask(number, "first")
    for most in (0, 11):
        with pytest.raises(Invalid):
            alice.set_open_introductions(most)


def test_the_face_of_a_business_is_the_business(alice: Network, store: Store) -> None:
    """Who said no for a business is not asked as a person, and the other way round."""
    movers = id_of(alice, MOVERS)
    tom = alice.add_client(ClientTold(name="Tom"))
    with store.session(ALICE, writes=True) as session:
        session.execute(update(Person).where(Person.id == tom).values(business_id=movers))
    answer_ask(store, alice.ask(favour(alice, MOVERS, REALTY), "first"), "no")
    told = IntroductionTold(
        for_us=True, first=Whose(person_id=tom), target=Whose(business_id=id_of(alice, INSPECTIONS))
    )
    with pytest.raises(Conflict, match="Tom said no"):
        alice.ask(alice.draft_introduction(told), "first")
    same = IntroductionTold(for_us=False, first=Whose(person_id=tom), target=Whose(business_id=movers))
    with pytest.raises(Invalid):
        alice.draft_introduction(same)


def test_of_many_asks_at_once_three_win(alice: Network, store: Store) -> None:
    """Of many introductions begun at the same moment no more than three open, whoever asks."""
    people = [alice.add_client(ClientTold(name=f"Client {n}")) for n in range(8)]
    drafts = [alice.draft_introduction(to_movers(alice, one)) for one in people]
    results = together(*(lambda n=n: alice.ask(n, "first") for n in drafts))  # type: ignore[misc]
    assert sum(isinstance(one, Conflict) for one in results) == len(drafts) - 3
    assert sum(card.stage == "first_asked" for card in alice.introductions()) == 3


def test_a_client_that_is_gone_takes_it_along(alice: Network, store: Store, drafted: int, joe: int) -> None:
    """With a client go their introductions, and the links to them work no more."""
    token = alice.ask(drafted, "first")
    alice.remove_client(joe)
    assert list(alice.introductions()) == []
    with pytest.raises(NotFound):
        read_ask(store, token)


def test_nobody_else_can_touch_it(alice: Network, store: Store, drafted: int) -> None:
    """Another network finds no introduction of ours, and a survey's link answers no question."""
    bob = Network(store, BOB)
    bob.settle(HOME)
    for act in (
        lambda: bob.introduction(drafted),
        lambda: bob.ask(drafted, "first"),
        lambda: bob.note_answer(drafted, "first", "yes"),
        lambda: bob.withdraw(drafted),
    ):
        with pytest.raises(NotFound):
            act()
    client = alice.introduction(drafted).first.whose.person_id or 0
    with pytest.raises(NotFound):
        read_ask(store, alice.send_survey(client))


@pytest.mark.parametrize(
    ("first", "target", "field"),
    [
        (Whose(), Whose(business_id=2), "first"),
        (Whose(1, 1), Whose(business_id=2), "first"),
        (Whose(business_id=2), Whose(business_id=2), "target"),
    ],
)
def test_what_is_no_introduction(alice: Network, first: Whose, target: Whose, field: str) -> None:
    """An introduction has two sides, each one business or one person, and not the same."""
    with pytest.raises(Invalid) as refusal:
        alice.draft_introduction(IntroductionTold(for_us=False, first=first, target=target))
    assert refusal.value.field == field
    told = IntroductionTold(for_us=False, first=Whose(person_id=999), target=Whose(business_id=2))
    with pytest.raises(NotFound):
        alice.draft_introduction(told)


def test_the_list_is_what_is_exported(alice: Network, store: Store, drafted: int, joe: int) -> None:
    """A list under a filter and its file hold the same introductions, the newest first."""
    other = alice.draft_introduction(to_movers(alice, joe))
    assert [card.introduction_id for card in alice.introductions()] == [other, drafted]
    alice.ask(drafted, "first")
    assert [card.introduction_id for card in alice.introductions(["first_asked"])] == [drafted]
    lines = alice.export("introductions", "csv", stages=["first_asked"]).decode("utf-8-sig").strip().split("\r\n")
    assert len(lines) == 2
    assert "First one asked" in lines[1]
    assert now_utc().date().isoformat() in lines[1]


def test_both_sides_are_cards_as_well(alice: Network, drafted: int, joe: int) -> None:
    """The address book of a filtered list has each of its people once, and nobody of another stage."""
    alice.draft_introduction(to_movers(alice, joe))
    cards = read_vcards(alice.export("introductions", "vcf", stages=["drafted"]))
    sides = [side.name for card in alice.introductions() for side in (card.first, card.target)]
    assert [card.name for card in cards] == list(dict.fromkeys(sides))
    assert alice.export("introductions", "vcf", stages=["closed"]) == b""


def test_introductions_on_paper(alice: Network, drafted: int) -> None:
    """With the extra, the list is a PDF that names both sides."""
    pytest.importorskip("typst", reason="needs the extra `pdf`")
    assert alice.export("introductions", "pdf").startswith(b"%PDF-")
    (card,), (_, rows) = alice.introductions(), introduction_paper(alice.introductions())
    assert [list(row)[:2] for row in rows] == [[card.first.name, card.target.name]]
