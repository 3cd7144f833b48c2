"""The outbox: what goes out, what waits, what is never sent twice."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from threading import Event, Thread
from typing import Any

import pytest

from matcher.answers.posted import UNDO_SECONDS
from matcher.errors import Conflict
from matcher.network import Network
from matcher.postman import NO_PASSWORD, NO_SERVER, Postman
from matcher.store import Store
from matcher.store.mail import LEASE_SECONDS, LOST, RETRY_MINUTES
from matcher.units import now_utc
from tests.commands import TOP
from tests.mail_server import HANG_UP, Postbox, mail_server, silent_server
from tests.posting import BASE_URL, SECRET, SENDER, TOLD, mailing_alice, only, postman, served, through
from tests.test_intake import together

WORKERS = 20


@pytest.fixture
def alice(store: Store) -> Network:
    """Alice's network, whose mail comes from her; there is no server yet."""
    return mailing_alice(store)


@pytest.fixture
def postbox(alice: Network) -> Iterator[Postbox]:
    """What arrives at Alice's mail server."""
    with served(alice) as postbox:
        yield postbox


def test_what_is_approved_arrives_once(alice: Network, store: Store, postbox: Postbox) -> None:
    """A mail goes out once, from the owner to one person, with who sends it, from where, and a link to get no more."""
    number = alice.approve_mail(TOLD)
    assert alice.approve_mail(TOLD) == number
    assert (postman(store).work(), postman(store).work()) == (1, 0)
    (got,) = postbox.received
    assert (got.sender, got.recipients) == ("alice@example.com", ("joe@example.com",))
    assert got.mail["From"] == "Alice Lends <alice@example.com>"
    assert got.mail["To"] == "Joe <joe@example.com>"
    assert got.mail["Message-ID"].endswith("@example.com>")
    assert got.mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text = got.mail.get_content()
    link = got.mail["List-Unsubscribe"].strip("<>")
    assert text.startswith("Dear Joe.\r\n\r\n-- \r\nAlice Lends\r\n1 Main St\r\nTucson, AZ 85701")
    assert link.startswith(f"{BASE_URL}/unsubscribe/")
    assert link in text
    assert only(alice).state == "sent"
    assert alice.approve_mail(replace(TOLD, body="Once more")) == number
    assert postman(store).work() == 0


def test_a_mail_that_does_not_promote_is_the_text_alone(alice: Network, store: Store, postbox: Postbox) -> None:
    """An answer to somebody has no foot and no header of lists."""
    alice.approve_mail(replace(TOLD, promotes=False))
    postman(store).work()
    (got,) = postbox.received
    assert got.mail.get_content() == "Dear Joe.\r\n"
    assert "List-Unsubscribe" not in got.mail


def test_a_mail_can_be_held_back(alice: Network, store: Store, postbox: Postbox) -> None:
    """For a minute nothing goes out; what is held back stays, until it is approved or sent again."""
    number = alice.approve_mail(TOLD)
    assert postman(store, 0.9).work() == 0
    assert alice.stop_mail(number).state == "stopped"
    assert postman(store, 60).work() == 0
    alice.approve_mail(replace(TOLD, body="Better."))
    postman(store).work()
    assert "Better." in postbox.received[0].mail.get_content()
    with pytest.raises(Conflict):
        alice.stop_mail(number)


def test_without_an_address_of_our_own_nothing_goes(alice: Network, store: Store, postbox: Postbox) -> None:
    """As long as no base URL is set, mail waits."""
    alice.approve_mail(TOLD)
    assert Postman(store, "", clock=lambda: now_utc() + timedelta(hours=1)).work() == 0
    assert (postbox.received, only(alice).state) == ([], "queued")


def test_not_now_is_tried_again(alice: Network, store: Store, postbox: Postbox) -> None:
    """A 4xx is repeated after 1, 5, 30 minutes, 2 and 8 hours; what the server said is shown, and then it arrives."""
    postbox.to_recipient[:] = ["451 Busy", "451 Busy", "250 Taken"]
    postbox.to_text[:] = ["452 Full", "250 Taken"]
    alice.approve_mail(TOLD)
    said, passed = [], UNDO_SECONDS / 60
    for wait in RETRY_MINUTES[:4]:
        assert postman(store, passed).work() == 1
        said.append(only(alice).said)
        assert postman(store, passed + wait - 0.1).work() == 0
        passed += wait + 0.1
    assert said == ["451 Busy", "451 Busy", "452 Full", ""]
    assert len(postbox.received) == 1
    assert (only(alice).state, only(alice).attempts) == ("sent", 4)


def test_we_give_up_in_the_end(alice: Network, store: Store, postbox: Postbox) -> None:
    """A server that never has time gets six tries; then the owner sees what it said, and can send it again."""
    postbox.to_recipient[:] = ["451 Busy"]
    number = alice.approve_mail(TOLD)
    assert [postman(store, 2_000 * (1 + day)).work() for day in range(8)] == [1] * 6 + [0] * 2
    card = only(alice)
    assert (card.state, card.said) == ("refused", "We gave up after 6 tries. 451 Busy")
    postbox.to_recipient[:] = ["250 Taken"]
    assert alice.send_mail_again(number).state == "queued"
    postman(store).work()
    assert only(alice).state == "sent"


def test_sent_again_it_has_all_its_tries_again(alice: Network, store: Store, postbox: Postbox) -> None:
    """What was given up and is sent again waits a minute after its first try, and is given up after six more."""
    postbox.to_recipient[:] = ["451 Busy"]
    number = alice.approve_mail(TOLD)
    for _ in range(2):
        assert [postman(store, 2_000 * (1 + day)).work() for day in range(7)] == [1] * 6 + [0]
        assert only(alice).said == "We gave up after 6 tries. 451 Busy"
        assert alice.send_mail_again(number).state == "queued"
    assert [postman(store, minutes).work() for minutes in (1, 1.9, 2.1)] == [1, 0, 1]
    assert only(alice).attempts == 14


@pytest.mark.parametrize("answers", ["to_recipient", "to_text"])
def test_no_is_no(alice: Network, store: Store, postbox: Postbox, answers: str) -> None:
    """A 5xx is not repeated, and the owner sees what the server said."""
    getattr(postbox, answers)[:] = ["550 No such person here"]
    alice.approve_mail(TOLD)
    assert (postman(store).work(), postman(store, 10_000).work()) == (1, 0)
    assert (only(alice).state, only(alice).said) == ("refused", "550 No such person here")


@pytest.mark.parametrize(
    ("greeting", "security"),
    [
        (b"", "none"),
        (b"220 hello\r\n", "none"),
        (b"", "tls"),
        (b"HTTP/1.1 400 Bad\r\n\r\n", "none"),
        (b"554 No\r\n", "none"),
    ],
    ids=["silent", "silent later", "no TLS", "not mail", "closed"],
)
def test_a_dead_server_loses_nothing(alice: Network, store: Store, greeting: bytes, security: Any) -> None:
    """A server that takes the connection and says nothing, or nonsense, is left alone, and the mail is kept."""
    with silent_server(greeting) as port:
        alice.set_sender(replace(SENDER, host="127.0.0.1", port=port, security=security))
        alice.approve_mail(TOLD)
        assert postman(store).work() == 1
    assert only(alice).state == ("refused" if greeting.startswith(b"554") else "queued")
    assert only(alice).said
    with mail_server() as (port, postbox):
        through(alice, port)
        if only(alice).state == "refused":
            alice.send_mail_again(only(alice).mail_id)
        postman(store, 60).work()
        assert len(postbox.received) == 1


def test_a_server_that_drips_is_cut_off(alice: Network, store: Store) -> None:
    """Patience is counted for the whole beginning, so an endless greeting does not hold the postman."""
    with silent_server(b"220-wait\r\n" * 3) as port:
        through(alice, port)
        alice.approve_mail(TOLD)
        assert postman(store).work() == 1
    assert only(alice).state == "queued"


@pytest.mark.parametrize("answer", [HANG_UP, "200 What"])
def test_nobody_knows_what_was_not_answered(alice: Network, store: Store, answer: str) -> None:
    """A server that takes the text and does not answer leaves an unknown mail, which only a human sends again."""
    steps: list[str] = []
    with mail_server() as (port, postbox):
        through(alice, port)
        alice.approve_mail(TOLD)
        postbox.to_text[:] = [answer]
        postman(store, step=steps.append).work()
        assert steps == ["claim", "hand in", "begin", "hand over", "note", "noted", "claim"]
        assert only(alice).state == "unknown"
        assert postman(store, 10_000).work() == 0
        assert alice.note_arrived(only(alice).mail_id).state == "sent"
        with pytest.raises(Conflict):
            alice.send_mail_again(only(alice).mail_id)


def test_settings_that_do_not_work_are_said(alice: Network, store: Store) -> None:
    """Without a server, and with a password that was sealed with another secret, the mail waits and says why."""
    alice.approve_mail(TOLD)
    postman(store).work()
    assert (only(alice).state, only(alice).said) == ("queued", NO_SERVER)
    alice.set_sender(replace(SENDER, host="127.0.0.1", port=1, username="alice", password="otter", security="none"))
    store.secret = SECRET[::-1]
    postman(store, 60).work()
    assert (only(alice).state, only(alice).said) == ("queued", NO_PASSWORD)


STEPS = ("claim", "hand in", "begin", "hand over", "note", "noted")
KILLED = """
import os, signal, sys
from datetime import timedelta
from matcher.postman import Postman
from matcher.store import Store
from matcher.units import now_utc

url, secret, base_url, wanted = sys.argv[1:]
def step(name):
    if name == wanted:
        os.kill(os.getpid(), signal.SIGKILL)
Postman(Store(url, secret=secret), base_url, clock=lambda: now_utc() + timedelta(minutes=1), step=step).work()
"""


@pytest.mark.parametrize("step", STEPS)
def test_killed_between_any_two_steps(alice: Network, store: Store, postbox: Postbox, step: str) -> None:
    """Whenever the sender is killed, the mail arrives once, or is unknown and waits for a human; never twice."""
    number = alice.approve_mail(TOLD)
    url = store.url.render_as_string(hide_password=False)
    words = [sys.executable, "-c", KILLED, url, SECRET, BASE_URL, step]
    killed = subprocess.run(words, cwd=TOP, env={**os.environ, "PYTHONPATH": str(TOP)}, check=False)
    assert killed.returncode == -signal.SIGKILL
    arrived = len(postbox.received)
    assert arrived == (step in ("note", "noted"))
    assert postman(store, 2).work() == (step == "claim")  # the lease still holds
    for hours in (1, 2, 100):
        postman(store, 60 * hours).work()
    if step in ("hand over", "note"):
        assert (only(alice).state, only(alice).said) == ("unknown", LOST)
        assert len(postbox.received) == arrived
        alice.send_mail_again(number)
        postman(store, 6_001).work()
        assert len(postbox.received) == arrived + 1
    else:
        assert (only(alice).state, len(postbox.received)) == ("sent", 1)


def test_twenty_workers_send_each_mail_once(alice: Network, store: Store, postbox: Postbox) -> None:
    """Twenty postmen at once take a mail each, and none takes another's."""
    for number in range(WORKERS):
        alice.approve_mail(replace(TOLD, key=f"ask:{number}", to_email=f"joe{number}@example.com"))
    worked = together(*(postman(store, seconds=60).work for _ in range(WORKERS)))
    assert sum(done for done in worked if isinstance(done, int)) == WORKERS, worked
    assert sorted(got.recipients[0] for got in postbox.received) == sorted(
        f"joe{number}@example.com" for number in range(WORKERS)
    )


def test_held_back_while_a_server_is_slow(alice: Network, store: Store, postbox: Postbox) -> None:
    """Undo works until the text goes out: the last look at the outbox comes after the recipient was taken."""
    number = alice.approve_mail(TOLD)
    postman(store, step=lambda name: name == "begin" and alice.stop_mail(number)).work()
    assert (postbox.received, only(alice).state) == ([], "stopped")


def test_a_sender_who_slept_does_not_send(alice: Network, store: Store, postbox: Postbox) -> None:
    """Whoever comes back after the lease is over finds the mail sent by another, and lets it be."""

    def slept(name: str) -> None:
        if name == "begin":
            postman(store, 2 + LEASE_SECONDS / 60).work()

    postman(store, step=slept).work()
    alice.approve_mail(TOLD)
    postman(store, step=slept).work()
    assert (len(postbox.received), only(alice).state) == (1, "sent")


def test_the_postman_works_until_stopped(alice: Network, store: Store, postbox: Postbox) -> None:
    """A postman in a thread sends what is due, goes on after trouble, and ends when told."""
    stopped, arrived, troubled = Event(), Event(), iter([True])

    def watched(name: str) -> None:
        if name == "claim" and next(troubled, False):
            raise RuntimeError("trouble")
        if name == "noted":
            arrived.set()

    alice.approve_mail(TOLD)
    working = Thread(target=postman(store, step=watched).work_until, args=(stopped,), kwargs={"every_seconds": 0.01})
    working.start()
    assert arrived.wait(60)
    stopped.set()
    working.join(60)
    assert not working.is_alive()
    assert len(postbox.received) == 1
