"""Undoing a withdrawal, and an answer that the owner noted by mistake."""

import pytest

from matcher.answers.introduced import IntroductionTold, Reply
from matcher.answers.told import ClientTold
from matcher.answers.whose import Whose
from matcher.errors import Conflict, NotFound
from matcher.network import Network
from matcher.store import Store
from matcher.visitors.consenting import answer_ask, read_ask
from tests.introduced import agree, days_pass, to_movers
from tests.networks import INSPECTIONS, REALTY, id_of


@pytest.fixture
def drafted(alice: Network) -> int:
    """An introduction of a client to the movers."""
    return alice.draft_introduction(to_movers(alice, alice.add_client(ClientTold(name="Joe Canary"))))


def _another(alice: Network, name: str, business: str) -> int:
    """An introduction of somebody else to somebody else."""
    first = Whose(person_id=alice.add_client(ClientTold(name=name)))
    told = IntroductionTold(for_us=False, first=first, target=Whose(id_of(alice, business)))
    return alice.draft_introduction(told)


def test_an_undone_withdrawal_goes_on_with_a_new_link(alice: Network, store: Store, drafted: int) -> None:
    """Whoever could still answer gets a new link that works, while the old one stays closed."""
    old = alice.ask(drafted, "first")
    alice.withdraw(drafted)
    new = alice.undo_withdraw(drafted)
    assert new is not None
    assert (new.role, alice.introduction(drafted).stage) == ("first", "first_asked")
    with pytest.raises(NotFound):
        read_ask(store, old)
    answer_ask(store, new.token, "yes")
    assert alice.introduction(drafted).asks[0].by_link


def test_nobody_waits_so_nobody_gets_a_link(alice: Network, store: Store, drafted: int) -> None:
    """A draft, and one to which both said yes, come back as they were."""
    alice.withdraw(drafted)
    assert alice.undo_withdraw(drafted) is None
    agree(alice, store, drafted)
    alice.withdraw(drafted)
    assert alice.undo_withdraw(drafted) is None
    assert alice.introduction(drafted).stage == "agreed"
    with pytest.raises(Conflict, match="not withdrawn"):
        alice.undo_withdraw(drafted)


def test_an_introduction_is_taken_back(alice: Network, store: Store, drafted: int) -> None:
    """Who was marked as introduced by mistake is not, as long as nobody was asked what came of it."""
    agree(alice, store, drafted)
    with pytest.raises(Conflict, match="do not know of each other yet"):
        alice.undo_connect(drafted)
    alice.connect(drafted)
    alice.undo_connect(drafted)
    assert (alice.introduction(drafted).stage, alice.introduction(drafted).connected_on) == ("agreed", "")
    alice.connect(drafted)
    alice.ask_what_came(drafted, "first")
    with pytest.raises(Conflict, match="asked since"):
        alice.undo_connect(drafted)
    alice.met(drafted)
    with pytest.raises(Conflict, match="came of it already"):
        alice.undo_connect(drafted)


def test_undoing_breaks_no_limit(alice: Network, drafted: int) -> None:
    """What was withdrawn stays so while three others are open."""
    alice.ask(drafted, "first")
    alice.withdraw(drafted)
    others = [_another(alice, f"Ann {n}", name) for n, name in enumerate((INSPECTIONS, REALTY, INSPECTIONS))]
    for one in others:
        alice.ask(one, "first")
    with pytest.raises(Conflict, match="3 introductions open"):
        alice.undo_withdraw(drafted)
    assert alice.introduction(drafted).stage == "withdrawn"
    alice.withdraw(others[0])
    assert alice.undo_withdraw(drafted) is not None


def test_nobody_comes_to_be_in_two(alice: Network, drafted: int) -> None:
    """What was withdrawn stays so while one of the two is in another introduction that is open."""
    alice.ask(drafted, "first")
    alice.note_answer(drafted, "first", "yes")
    alice.withdraw(drafted)
    first, realty = alice.introduction(drafted).first.whose, Whose(id_of(alice, REALTY))
    other = alice.draft_introduction(IntroductionTold(for_us=False, first=first, target=realty))
    alice.ask(other, "first")
    with pytest.raises(Conflict, match="in another introduction"):
        alice.undo_withdraw(drafted)


def test_too_late_is_too_late(alice: Network, store: Store, drafted: int) -> None:
    """When the question is over, neither a withdrawal nor an answer is taken back."""
    alice.ask(drafted, "first")
    alice.note_answer(drafted, "first", "no")
    days_pass(store, 14)
    with pytest.raises(Conflict, match="too late"):
        alice.undo_answer(drafted, "first")
    other = _another(alice, "Ann", REALTY)
    alice.ask(other, "first")
    alice.withdraw(other)
    days_pass(store, 14)
    with pytest.raises(Conflict, match="too late"):
        alice.undo_withdraw(other)


@pytest.mark.parametrize("answer", ["yes", "no", "later"])
def test_a_noted_answer_is_taken_back(alice: Network, store: Store, drafted: int, answer: Reply) -> None:
    """They can answer again through a new link, and nothing is left of what was noted."""
    alice.ask(drafted, "first")
    alice.note_answer(drafted, "first", answer, "CANARY")
    new = alice.undo_answer(drafted, "first")
    card = alice.introduction(drafted)
    assert (card.stage, card.asks[0].answer, card.asks[0].words) == ("first_asked", "", "")
    answer_ask(store, new.token, "yes")
    assert alice.introduction(drafted).asks[0].answer == "yes"


def test_their_own_answer_stays(alice: Network, store: Store, drafted: int) -> None:
    """What somebody answered behind their link is theirs; without an answer there is nothing to take back."""
    token = alice.ask(drafted, "first")
    with pytest.raises(Conflict, match="noted yourself"):
        alice.undo_answer(drafted, "first")
    answer_ask(store, token, "no")
    with pytest.raises(Conflict, match="noted yourself"):
        alice.undo_answer(drafted, "first")
    assert alice.introduction(drafted).stage == "declined"


def test_nobody_is_asked_on_a_yes_that_is_gone(alice: Network, drafted: int) -> None:
    """The first one's yes stays once the other was asked; a no of the other is private, and can be taken back."""
    alice.ask(drafted, "first")
    alice.note_answer(drafted, "first", "yes")
    alice.ask(drafted, "target")
    with pytest.raises(Conflict, match="was asked since"):
        alice.undo_answer(drafted, "first")
    alice.note_answer(drafted, "target", "no")
    assert alice.undo_answer(drafted, "target").role == "target"
    assert alice.introduction(drafted).stage == "target_asked"
    alice.note_answer(drafted, "target", "yes")
    alice.connect(drafted)
    with pytest.raises(Conflict, match="know of each other"):
        alice.undo_answer(drafted, "target")
