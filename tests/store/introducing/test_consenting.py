"""What people without an account see and answer: the least, once, and in private."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from matcher.answers.introduced import IntroductionTold, ReportTold, Role
from matcher.answers.whose import Whose
from matcher.errors import Conflict, Invalid, NotFound
from matcher.facts import Ask, PrivateLink, Rating
from matcher.network import Network
from matcher.store import Store
from matcher.visitors.consenting import answer_ask, answer_report, read_ask, read_report
from tests.introduced import agree, favour
from tests.networks import HOME, MOVERS, REALTY, id_of
from tests.store.conftest import ALICE
from tests.test_intake import together

AT_ONCE = 50
SECRET = "CANARY words for the owner alone"


@pytest.mark.parametrize(("answer", "stage"), [("no", "declined"), ("later", "later")])
@pytest.mark.parametrize("role", ["first", "target"])
def test_an_early_end_is_private(
    alice: Network, store: Store, drafted: int, answer: str, stage: str, role: Role
) -> None:
    """A no or "not now" ends it; only the owner sees who and why, and nobody is asked or connected any more."""
    if role == "target":
        answer_ask(store, alice.ask(drafted, "first"), "yes")
    answer_ask(store, alice.ask(drafted, role), answer, SECRET)  # type: ignore[arg-type]
    card = alice.introduction(drafted)
    assert (card.stage, card.asks[-1].words, card.asks[-1].by_link) == (stage, SECRET, True)
    for act in (
        lambda: alice.ask(drafted, "target"),
        lambda: alice.connect(drafted),
        lambda: alice.message_to_both(drafted),
        lambda: alice.ask_what_came(drafted, "first"),
    ):
        with pytest.raises(Conflict):
            act()


def test_withdrawn_links_look_like_used_ones(alice: Network, store: Store, drafted: int) -> None:
    """A link of a withdrawn introduction says what every dead link says, and nobody learns that it was withdrawn."""
    used = alice.ask(drafted, "first")
    answer_ask(store, used, "yes")
    token, told = alice.ask(drafted, "target"), []
    alice.withdraw(drafted)
    assert alice.introduction(drafted).stage == "withdrawn"
    for dead in (token, used, "x"):
        with pytest.raises(NotFound) as refusal:
            read_ask(store, dead)
        told.append(refusal.value.sentence)
    assert len(set(told)) == 1
    with pytest.raises(Conflict):
        alice.withdraw(drafted)


def test_each_side_sees_the_least(alice: Network, store: Store, drafted: int) -> None:
    """A client sees the partner's business and trade, the partner only the need and the town; no name of a person."""
    token = alice.ask(drafted, "first")
    client = read_ask(store, token)
    assert (client.business, client.other, client.what) == (HOME.name, MOVERS, "a moving company")
    assert (client.place, client.reason, client.needs) == ("Tucson, AZ", "They are careful.", False)
    answer_ask(store, token, "yes", SECRET)
    partner = read_ask(store, alice.ask(drafted, "target"))
    assert (partner.other, partner.what, partner.needs) == ("", "a moving company", True)
    assert "canary" not in repr((client, partner, alice.ask_draft(drafted, "target", "x://y"))).lower()


def test_two_businesses_learn_no_names(alice: Network, store: Store) -> None:
    """Until both said yes a business learns of another only what it does and where."""
    first, target = (Whose(business_id=id_of(alice, name)) for name in (MOVERS, REALTY))
    number = alice.draft_introduction(IntroductionTold(for_us=False, first=first, target=target))
    page = read_ask(store, alice.ask(number, "first"))
    assert (page.other, page.needs, page.place) == ("", False, "Tucson, AZ")
    assert page.what == "a real estate agent"
    assert REALTY not in alice.ask_draft(number, "first", "x://y").text


def test_who_introduces_sees_whom_we_want_to_meet(alice: Network, store: Store) -> None:
    """The introducer sees the name of the business, which learns nothing of the introducer."""
    number = favour(alice, MOVERS, REALTY)
    token = alice.ask(number, "first")
    page = read_ask(store, token)
    assert (page.introduces, page.other) == (True, REALTY)
    answer_ask(store, token, "yes")
    wanted = read_ask(store, alice.ask(number, "target"))
    assert (wanted.wants_you, wanted.other, wanted.what, wanted.place) == (True, "", "", "")
    assert MOVERS not in alice.ask_draft(number, "target", "x://y").text


def test_contacts_come_with_two_yeses(alice: Network, store: Store, drafted: int) -> None:
    """The message that makes the two known to each other says how each is reached, and there is none before."""
    answer_ask(store, alice.ask(drafted, "first"), "yes")
    with pytest.raises(Conflict):
        alice.message_to_both(drafted)
    answer_ask(store, alice.ask(drafted, "target"), "yes")
    text = alice.message_to_both(drafted).text
    assert "Joe Canary: 520-555-0101" in text
    assert MOVERS in text


def test_a_lost_link_is_made_anew(alice: Network, store: Store, drafted: int) -> None:
    """Asked again while they can answer, they are not asked twice: there is one link, the new one."""
    old, new = alice.ask(drafted, "first"), alice.ask(drafted, "first")
    with pytest.raises(NotFound):
        read_ask(store, old)
    answer_ask(store, new, "yes")
    assert len(alice.introduction(drafted).asks) == 1


def _race(acts: list[Callable[[], None]]) -> list[str]:
    return sorted(type(one).__name__ for one in together(*acts))


def test_of_many_answers_at_once_one_wins(alice: Network, store: Store, drafted: int) -> None:
    """Of fifty taps at the same moment exactly one is kept, on a question as on a report."""
    token = alice.ask(drafted, "first")
    answers = ["yes", "no", "later"] * AT_ONCE
    acts: list[Callable[[], None]] = [
        lambda n=n: answer_ask(store, token, answers[n], f"note {n}")  # type: ignore[misc, arg-type]
        for n in range(AT_ONCE)
    ]
    results = together(*acts)
    assert sorted(type(one).__name__ for one in results) == ["NoneType", *["NotFound"] * (AT_ONCE - 1)]
    winner, (asked,) = results.index(None), alice.introduction(drafted).asks
    assert (asked.answer, asked.words) == (answers[winner], f"note {winner}")


def test_of_many_reports_at_once_one_wins(alice: Network, store: Store, drafted: int) -> None:
    """Of fifty reports at the same moment exactly one is kept, with one rating."""
    agree(alice, store, drafted)
    alice.connect(drafted)
    token = alice.ask_what_came(drafted, "first")
    told = ReportTold(outcome="done", stars=4)
    won = _race([lambda: answer_report(store, token, told)] * AT_ONCE)
    assert won == ["NoneType", *["NotFound"] * (AT_ONCE - 1)]
    with store.session(ALICE) as session:
        assert len(session.scalars(select(Rating)).all()) == 1


def test_a_report_shows_names_and_only_a_client_rates(alice: Network, store: Store, drafted: int) -> None:
    """After both yeses a report names the other side; a partner's stars for a client are not kept."""
    agree(alice, store, drafted)
    alice.connect(drafted)
    token = alice.ask_what_came(drafted, "target")
    page = read_report(store, token)
    assert (page.other, page.rates) == ("Joe Canary", False)
    answer_report(store, token, ReportTold(outcome="met", stars=1))
    assert alice.introduction(drafted).reports[0].stars is None
    other = alice.ask_what_came(drafted, "first")
    assert (read_report(store, other).other, read_report(store, other).rates) == (MOVERS, True)
    assert MOVERS in alice.outcome_draft(drafted, "first", "x://y").text
    with pytest.raises(Invalid):
        answer_report(store, other, ReportTold(outcome="done", stars=6))
    answer_report(store, other, ReportTold(outcome="nowhere"))
    assert alice.introduction(drafted).next_sentence.startswith("Nothing came of it.")


def test_done_stays_done(alice: Network, store: Store, drafted: int) -> None:
    """What was done is not undone by the other side's report, and a late "met" takes no work back."""
    agree(alice, store, drafted)
    alice.connect(drafted)
    first, target = alice.ask_what_came(drafted, "first"), alice.ask_what_came(drafted, "target")
    answer_report(store, first, ReportTold(outcome="done"))
    answer_report(store, target, ReportTold(outcome="nowhere"))
    assert (alice.introduction(drafted).stage, alice.introduction(drafted).result) == ("closed", "worked")


def test_only_hashes_of_tokens_are_kept(alice: Network, store: Store, drafted: int) -> None:
    """Who reads the database finds no link that works."""
    token = alice.ask(drafted, "first")
    with store.session() as session:
        assert token not in repr([vars(link) for link in session.scalars(select(PrivateLink))])
    with store.session(ALICE) as session:
        assert token not in repr([vars(ask) for ask in session.scalars(select(Ask))])
