"""A real mail server for the tests, which keeps what it gets and answers as it is told."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

TAKEN = "250 Taken"
WAITING = 4  # connections that fill a queue for one
HANG_UP = "hang up"  # instead of an answer


@dataclass(frozen=True)
class Received:
    """A mail as it arrived: whom the envelope names, and the bytes."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes

    @property
    def mail(self) -> EmailMessage:
        """The same, read."""
        read = BytesParser(policy=SMTP).parsebytes(self.content)
        assert isinstance(read, EmailMessage)
        return read


@dataclass
class Postbox:
    """What has arrived, and what the server answers: to each recipient, then to each text; the last answer stays."""

    received: list[Received] = field(default_factory=list)
    to_recipient: list[str] = field(default_factory=lambda: [TAKEN])
    to_text: list[str] = field(default_factory=lambda: [TAKEN])
    lock: Any = field(default_factory=Lock)

    async def handle_RCPT(self, *arguments: Any) -> str:  # noqa: N802  # aiosmtpd's name
        """Answer to a recipient."""
        _, _, envelope, address, _ = arguments
        answer = self._next(self.to_recipient)
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, *arguments: Any) -> str:  # noqa: N802  # aiosmtpd's name
        """Keep a mail, unless it is refused."""
        server, _, envelope = arguments
        answer = self._next(self.to_text)
        if answer == HANG_UP:
            server.transport.abort()
        if answer.startswith("2"):
            with self.lock:
                self.received.append(Received(envelope.mail_from, tuple(envelope.rcpt_tos), envelope.content))
        return answer

    def _next(self, answers: list[str]) -> str:
        with self.lock:
            return answers.pop(0) if len(answers) > 1 else answers[0]


class AnyPort(Controller):
    """A server on whatever port is free."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server(**options: Any) -> Iterator[tuple[int, Postbox]]:
    """A server on this machine: its port and its postbox; `options` are aiosmtpd's."""
    postbox = Postbox()
    controller = AnyPort(postbox, hostname="127.0.0.1", port=0, ready_timeout=30, **options)
    controller.start()
    try:
        yield controller.port, postbox
    finally:
        controller.stop()


@contextmanager
def silent_server(greeting: bytes = b"") -> Iterator[int]:
    """A server that takes every connection and says nothing more than this; its port."""
    kept = []

    def accept() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            kept.append(connection)
            connection.sendall(greeting)

    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        taking = Thread(target=accept, daemon=True)
        taking.start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)
        taking.join()
    for connection in kept:
        connection.close()


@contextmanager
def black_hole() -> Iterator[int]:
    """A port at which nobody ever takes a connection: those that may wait there do so already."""
    with closing(socket.socket()) as listening, ExitStack() as waiting:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        for _ in range(WAITING):
            caller = waiting.enter_context(closing(socket.socket()))
            caller.setblocking(False)
            caller.connect_ex(listening.getsockname())
        yield listening.getsockname()[1]


def certificate(folder: Path, name: str = "localhost") -> tuple[Path, ssl.SSLContext]:
    """A server's own certificate for a name: the file by which it can be trusted, and what the server needs."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = x509.CertificateBuilder(called, called, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    file, secret = folder / "server.pem", folder / "server.key"
    file.write_bytes(made.sign(key, SHA256()).public_bytes(Encoding.PEM))
    secret.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file, secret)
    return file, context
