"""One mail to one server: protected and signed in, or not at all, and never for longer than we have patience."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from matcher.exchange.smtp import PATIENCE_SECONDS, Envelope, Outcome, Server, hand_in
from tests.mail_server import Postbox, black_hole, certificate, mail_server, silent_server

MAIL = Envelope(from_email="ana@example.org", to_emails=("joe@example.com",), content=b"Subject: Hello\r\n\r\nText\r\n")
SIGNED_IN = LoginPassword(b"ana", b"otter-lamp")
SLACK_SECONDS = 10.0  # for a busy machine


def send(server: Server) -> Outcome:
    """Hand the mail in."""
    return hand_in(server, MAIL, lambda: True)


def _signs_in(*arguments: Any) -> AuthResult:
    """Whether a name and a password are the right ones."""
    return AuthResult(success=arguments[-1] == SIGNED_IN, handled=False)


@dataclass(frozen=True)
class Guarded:
    """A server that takes mail over STARTTLS from those alone who sign in."""

    server: Server
    postbox: Postbox
    certificate: Path


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[Guarded]:
    """Such a server, with a certificate that nobody trusts yet."""
    file, context = certificate(tmp_path)
    options = {"tls_context": context, "require_starttls": True, "authenticator": _signs_in, "auth_required": True}
    with mail_server(**options) as (port, postbox):
        told = Server(host="localhost", port=port, security="starttls", username="ana", password="otter-lamp")
        yield Guarded(told, postbox, file)


def test_a_mail_goes_protected_and_signed_in(guarded: Guarded, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the machine trusts the certificate, the mail arrives over STARTTLS, with the name and password."""
    monkeypatch.setenv("SSL_CERT_FILE", str(guarded.certificate))
    assert send(guarded.server).state == "sent"
    (got,) = guarded.postbox.received
    assert got.recipients == ("joe@example.com",)


def test_a_wrong_password_is_said(guarded: Guarded, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that does not accept the password gets no mail, and the owner is told to look at the settings."""
    monkeypatch.setenv("SSL_CERT_FILE", str(guarded.certificate))
    outcome = send(replace(guarded.server, password="wrong"))
    assert (outcome.state, guarded.postbox.received) == ("later", [])
    assert outcome.said.startswith("The server does not accept the user name and password.")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"], ids=["nobody trusts it", "another name"])
def test_a_certificate_has_to_be_good(guarded: Guarded, monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    """A certificate that the machine does not trust, or of another name, gets neither password nor mail."""
    if host != "localhost":
        monkeypatch.setenv("SSL_CERT_FILE", str(guarded.certificate))
    outcome = send(replace(guarded.server, host=host))
    assert (outcome.state, guarded.postbox.received) == ("later", [])
    assert outcome.said.startswith("The server's certificate is not good")


def test_no_protection_no_mail() -> None:
    """A server without STARTTLS, when that is asked for, gets nothing, and the owner reads why."""
    with mail_server() as (port, postbox):
        outcome = send(Server(host="127.0.0.1", port=port, security="starttls", username="ana", password="x"))
    assert (outcome.state, postbox.received) == ("later", [])
    assert outcome.said.startswith("The server offers no protection by STARTTLS, so it was told nothing.")


def test_a_dead_server_is_given_up() -> None:
    """Servers that say nothing, stop talking, or never take the connection are given up when ten seconds are over."""
    assert PATIENCE_SECONDS == 10
    with silent_server() as silent, silent_server(b"220 hello\r\n") as stopped, black_hole() as hole:
        servers = [Server(host="127.0.0.1", port=port, security="none") for port in (silent, stopped, hole)]
        began = time.monotonic()
        with ThreadPoolExecutor(len(servers)) as pool:
            outcomes = list(pool.map(send, servers))
        took = time.monotonic() - began
    assert {outcome.state for outcome in outcomes} == {"later"}
    assert PATIENCE_SECONDS - 1 < took < PATIENCE_SECONDS + SLACK_SECONDS
