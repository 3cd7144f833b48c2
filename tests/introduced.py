"""What the tests of introductions do again and again: draft one, let two agree, let days pass."""

from datetime import timedelta

from sqlalchemy import select

from matcher.answers.introduced import IntroductionTold
from matcher.answers.whose import Whose
from matcher.facts import Ask
from matcher.network import Network
from matcher.store import Store
from matcher.visitors.consenting import answer_ask
from tests.networks import MOVERS, id_of
from tests.store.conftest import ALICE


def to_movers(alice: Network, joe: int, need: int | None = None) -> IntroductionTold:
    """That a client is to know the movers."""
    movers = Whose(business_id=id_of(alice, MOVERS))
    return IntroductionTold(
        for_us=False, first=Whose(person_id=joe), target=movers, need_id=need, first_reason="They are careful."
    )


def favour(alice: Network, introducer: str, wanted: str) -> int:
    """An introduction in which one business is to make us known to another."""
    first, target = (Whose(business_id=id_of(alice, name)) for name in (introducer, wanted))
    return alice.draft_introduction(IntroductionTold(for_us=True, first=first, target=target))


def agree(alice: Network, store: Store, introduction_id: int) -> None:
    """Let both say yes."""
    for role in ("first", "target"):
        answer_ask(store, alice.ask(introduction_id, role), "yes")  # type: ignore[arg-type]


def days_pass(store: Store, days: int, network_id: int = ALICE) -> None:
    """Let what was asked have been asked so many days earlier."""
    with store.session(network_id, writes=True) as session:
        for ask in session.scalars(select(Ask)):
            ask.asked_on -= timedelta(days=days)
            ask.answered_at = ask.answered_at - timedelta(days=days) if ask.answered_at else None
