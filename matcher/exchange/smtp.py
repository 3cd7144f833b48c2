"""One mail to one mail server, step by step, so that what is known of its way is known for sure."""

import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Timer
from types import TracebackType
from typing import Literal, Self

from matcher.answers.posted import Security

PATIENCE_SECONDS = 10.0  # from the first word with a server until it has taken sender and recipient
LAST_WORD_SECONDS = 60.0  # for its answer to the text itself, which many look through first (RFC 5321 allows 600)
SAID_CHARACTERS = 400  # kept of what a server says, as wide as the column
UNSURE = "The connection broke before the server said that it has the mail."


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where mail is handed in, and as whom."""

    host: str
    port: int
    security: Security
    username: str = ""
    password: str = ""
    patience_seconds: float = PATIENCE_SECONDS
    last_word_seconds: float = LAST_WORD_SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What a server is told: from whom, to whom, and the mail itself."""

    from_email: str
    to_emails: tuple[str, ...]
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one attempt: later is to be tried again, unknown may have arrived, given up never began."""

    state: Literal["sent", "later", "refused", "unknown", "given up"]
    said: str = ""


def hand_in(server: Server, mail: Envelope, go_ahead: Callable[[], bool]) -> Outcome:
    """Try once to hand a mail in; `go_ahead` is asked right before the text goes out, from when on it may arrive.

    To all of its recipients or to none: as long as a server does not take one of them, it gets no text.
    """
    handing_over = False
    try:
        with Line(server, mail.from_email.rpartition("@")[2]) as line:
            _taken(*line.smtp.mail(mail.from_email))
            for email in mail.to_emails:
                _taken(*line.smtp.rcpt(email), f" ({email})" if len(mail.to_emails) > 1 else "")
            if not go_ahead():
                return Outcome(state="given up")
            handing_over = True
            line.wait_longer()
            code, said = line.smtp.data(mail.content)
            return Outcome(state="sent") if code == 250 else _answered(code, said)
    except smtplib.SMTPDataError as error:  # it did not want to hear the text
        return _answered(error.smtp_code, error.smtp_error)
    except (smtplib.SMTPException, OSError, ValueError) as error:  # an SSLError is an OSError
        return Outcome(state="unknown", said=UNSURE) if handing_over else _failed(error)


class Unprotected(smtplib.SMTPException):
    """A server that was to protect the connection does not offer it."""


class Line:
    """A connection to a server, cut when its beginning takes too long, however slowly the server keeps talking."""

    def __init__(self, server: Server, own_domain: str) -> None:
        self._server, self._context = server, ssl.create_default_context()
        within = server.patience_seconds
        self.smtp = (
            smtplib.SMTP_SSL(local_hostname=own_domain, timeout=within, context=self._context)
            if server.security == "tls"
            else smtplib.SMTP(local_hostname=own_domain, timeout=within)
        )
        self.smtp._host = server.host  # type: ignore[attr-defined]  # connect forgets it; TLS checks the name with it
        self._cut = Timer(within, self._cut_off)

    def __enter__(self) -> Self:
        self._cut.start()
        try:
            self._open()
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        if kind is None:
            with suppress(smtplib.SMTPException, OSError):
                self._wait(1)  # for a goodbye, which changes nothing any more
                self.smtp.quit()
        self._close()

    def wait_longer(self) -> None:
        """Give the server time for its answer to the text."""
        self._cut.cancel()
        self._wait(self._server.last_word_seconds)

    def _wait(self, seconds: float) -> None:
        if self.smtp.sock is not None:
            self.smtp.sock.settimeout(seconds)

    def _open(self) -> None:
        code, said = self.smtp.connect(self._server.host, self._server.port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, said)
        if self._server.security == "starttls":
            self.smtp.ehlo_or_helo_if_needed()
            if not self.smtp.has_extn("starttls"):
                raise Unprotected
            self.smtp.starttls(context=self._context)
        self.smtp.ehlo_or_helo_if_needed()
        if self._server.username:
            self.smtp.login(self._server.username, self._server.password)

    def _cut_off(self) -> None:
        if self.smtp.sock is not None:
            with suppress(OSError):
                self.smtp.sock.shutdown(socket.SHUT_RDWR)

    def _close(self) -> None:
        self._cut.cancel()
        self.smtp.close()


def _taken(code: int, said: bytes, about: str = "") -> None:
    """Go on when a server has taken sender or recipient; else raise what it said, and about whom."""
    if code not in (250, 251):
        raise smtplib.SMTPResponseException(code, said + about.encode())


def _answered(code: int, said: bytes | str) -> Outcome:
    """What an answer means: 4xx not now, 5xx never, anything else is no answer that we know."""
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    words = " ".join(f"{code} {text}".split())[:SAID_CHARACTERS]
    if 400 <= code < 600:
        return Outcome(state="later" if code < 500 else "refused", said=words)
    return Outcome(state="unknown", said="The server gave an answer that mail servers do not give.")


def _failed(error: Exception) -> Outcome:
    """What went wrong before anything was handed over: nothing arrived, so all of it may be tried again."""
    match error:
        case smtplib.SMTPAuthenticationError():
            said = "The server does not accept the user name and password. Please look at the settings."
        case Unprotected():
            said = "The server offers no protection by STARTTLS, so it was told nothing. Please look at the settings."
        case smtplib.SMTPNotSupportedError():
            said = "The server does not offer this kind of sign-in. Please look at the settings."
        case smtplib.SMTPResponseException(smtp_code=code, smtp_error=words) if 400 <= code < 600:
            return _answered(code, words)
        case ssl.SSLCertVerificationError():
            said = "The server's certificate is not good for its name."
        case socket.gaierror():
            said = "There is no server of this name. Please look at the settings."
        case _:
            said = "The server does not answer as a mail server does."
    return Outcome(state="later", said=said)
