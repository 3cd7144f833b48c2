"""The promise of a happy client, made by many at once; SQLite and PostgreSQL let others wait in their own ways."""

from matcher.answers.agenda import MadeKnown, PromisePage, SaleTold
from matcher.answers.referred import ReferralsWanted
from matcher.answers.told import ClientTold
from matcher.errors import Conflict
from matcher.store import Store
from matcher.visitors.promising import make_known, read_promise
from tests.networks import settled_alice
from tests.test_intake import together

AT_ONCE = 50


def test_fifty_at_once_make_one_introduction(store: Store) -> None:
    """Of fifty who send the last introduction promised at the same moment exactly one is kept; the others are told."""
    alice = settled_alice(store)
    client = alice.add_client(ClientTold(name="Mia Hart"))
    token = alice.send_promise(alice.note_sale(client, SaleTold(what="the loan", promised=1)))
    answers = together(
        *(
            lambda number=number: make_known(store, token, MadeKnown(name=f"Friend {number}", reach="555-0100"))
            for number in range(AT_ONCE)
        )
    )
    kept = [answer for answer in answers if isinstance(answer, PromisePage)]
    refused = [answer for answer in answers if isinstance(answer, Conflict)]
    assert (len(kept), len(refused)) == (1, AT_ONCE - 1)
    assert alice.referrals(ReferralsWanted()).total == read_promise(store, token).delivered == 1
