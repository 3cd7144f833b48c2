"""A question that waits in the outbox goes out only while its link leads to it."""

from collections.abc import Callable

import pytest

from matcher.answers.posted import MailTold
from matcher.network import Network
from matcher.postman import DEAD_LINK
from matcher.store import Store
from matcher.visitors.consenting import answer_ask
from tests.mail_server import Postbox
from tests.posting import BASE_URL, only, postman

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
ENDS: dict[str, Callable[[Network, int], object]] = {
    "withdrawn": lambda alice, number: alice.withdraw(number),
    "answered on the phone": lambda alice, number: alice.note_answer(number, "first", "no"),
    "another link": lambda alice, number: alice.ask(number, "first"),
}


def _asked(alice: Network, drafted: int) -> str:
    """Ask the first one by mail, and give the token."""
    token = alice.ask(drafted, "first")
    text = alice.ask_draft(drafted, "first", f"{BASE_URL}/ask/{token}").text
    alice.approve_mail(MailTold(key="ask:1", to_email="joe@example.com", subject="A question", body=text))
    return token


@pytest.mark.parametrize("end", ENDS)
def test_a_question_that_is_over_is_not_sent(
    alice: Network, store: Store, drafted: int, postbox: Postbox, end: str
) -> None:
    """What was withdrawn, answered or asked anew before the mail went stays in the outbox, which says why."""
    _asked(alice, drafted)
    ENDS[end](alice, drafted)
    postman(store).work()
    assert (postbox.received, only(alice).state, only(alice).said) == ([], "refused", DEAD_LINK)


def test_a_question_that_was_answered_is_not_sent(alice: Network, store: Store, drafted: int, postbox: Postbox) -> None:
    """Who answered through the link is not asked by a mail that waited for a busy server."""
    answer_ask(store, _asked(alice, drafted), "later")
    postman(store).work()
    assert (postbox.received, only(alice).state) == ([], "refused")


def test_a_question_that_stands_is_sent(alice: Network, store: Store, drafted: int, postbox: Postbox) -> None:
    """A mail whose link works goes out, whatever other addresses with long words stand in it."""
    token = alice.ask(drafted, "first")
    body = f"Please see {BASE_URL}/ask/{token}. More: https://elsewhere.example/ask/{'x' * 43}"
    alice.approve_mail(MailTold(key="ask:1", to_email="joe@example.com", subject="A question", body=body))
    postman(store).work()
    assert (len(postbox.received), only(alice).state) == (1, "sent")
