"""The commands about mail."""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta

import pytest
from sqlalchemy import update

from matcher.facts import Mail
from matcher.network import Network
from matcher.store import Store
from matcher.units import now_utc
from tests.commands import COMMAND, Terminal
from tests.mail_server import Postbox
from tests.posting import BASE_URL, SECRET, TOLD, mailing_alice, served
from tests.store.conftest import ALICE

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def alice(store: Store) -> Network:
    """Alice's network, whose mail comes from her."""
    return mailing_alice(store)


@pytest.fixture
def postbox(alice: Network) -> Iterator[Postbox]:
    """What arrives at Alice's mail server."""
    with served(alice) as postbox:
        yield postbox


def post(terminal: Terminal, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `switchboard post` with these variables around it."""
    around = {name: text for name, text in terminal.environment.items() if name != "SWITCHBOARD_BASE_URL"}
    command = [*COMMAND, "post"]
    return subprocess.run(
        command, cwd=terminal.folder, env=around | variables, capture_output=True, text=True, check=False
    )


def test_post_sends_what_is_due(terminal: Terminal, alice: Network, store: Store, postbox: Postbox) -> None:
    """`post` sends what is due, once, and needs to know where the links in a mail lead."""
    alice.approve_mail(TOLD)
    with store.session(ALICE, writes=True) as session:
        session.execute(update(Mail).values(next_at=now_utc() - timedelta(seconds=1)))
    assert "Please set SWITCHBOARD_BASE_URL" in post(terminal, SWITCHBOARD_SECRET_KEY=SECRET).stderr
    around = {"SWITCHBOARD_SECRET_KEY": SECRET, "SWITCHBOARD_BASE_URL": BASE_URL}
    assert [post(terminal, **around).stdout for _ in range(2)] == ["1 attempt.\n", "0 attempts.\n"]
    assert len(postbox.received) == 1


def test_outbox_lists_and_changes(terminal: Terminal, alice: Network) -> None:
    """`outbox` prints each mail with its state, holds one back, sends it again, and has the JSON of the API."""
    assert "Nothing has gone out yet." in terminal.ok("outbox", "--network", ALICE)
    number = alice.approve_mail(TOLD)
    listed = terminal.ok("outbox", "--network", ALICE)
    assert f"{number}. Hello  joe@example.com: goes out soon" in listed
    assert "held back" in terminal.ok("outbox", "--network", ALICE, "--stop", number)
    assert "goes out soon" in terminal.ok("outbox", "--network", ALICE, "--again", number)
    told = json.loads(terminal.ok("outbox", "--network", ALICE, "--json"))
    assert told == json.loads(json.dumps(asdict(alice.outbox())))
    assert terminal.run("outbox", "--network", ALICE, "--arrived", number).returncode == 2
