"""Mail: what the owner lets go, from whom it comes, and what became of it."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from email_validator import EmailNotValidError, validate_email

from matcher.errors import Invalid
from matcher.lines import one_line

MailState = Literal["queued", "sending", "sent", "refused", "unknown", "stopped"]
Security = Literal["starttls", "tls", "none"]
NAME_CHARACTERS, SUBJECT_CHARACTERS, BODY_CHARACTERS, ADDRESS_CHARACTERS = 200, 400, 20_000, 400  # the columns' widths
UNDO_SECONDS = 60  # in which a mail can be held back after the button was pressed (prior)
A_DAY = 50  # mails of one network in 24 hours; nobody reads through more before they go (prior)
TO_ONE_A_WEEK = 3  # mails to one address in 7 days (prior)


class Recipient(NamedTuple):
    """Who gets a mail besides the first one, whose address both then see; without an address nobody does."""

    name: str = ""
    email: str = ""


NOBODY_ELSE = Recipient()


@dataclass(frozen=True, slots=True, kw_only=True)
class MailTold:
    """A mail that its owner has read and lets go; the same `key` twice is one mail."""

    key: str  # what it is about, such as "survey:12"
    to_email: str
    subject: str
    body: str
    to_name: str = ""
    script: str = ""  # the code of the draft it began as
    promotes: bool = True  # then it says who sends it, from where, and how to get no more


@dataclass(frozen=True, slots=True, kw_only=True)
class MailCard:
    """A mail as its owner sees it; times are ISO 8601 in UTC, "" for never."""

    mail_id: int
    key: str
    to_name: str
    to_email: str
    also_name: str  # of a mail to two: the second one
    also_email: str
    subject: str
    body: str
    promotes: bool
    state: MailState
    attempts: int
    approved_at: str
    next_at: str  # of a queued one: not before
    sent_at: str
    said: str  # by the server, or why not


@dataclass(frozen=True, slots=True, kw_only=True)
class NoMail:
    """An address that gets no mail; `name` and `email` are "" when it stands nowhere else with us."""

    name: str
    email: str
    because: Literal["unsubscribed", "refused", "owner"]
    since_on: str  # such as 2026-03-02


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbox:
    """The newest mails first, and how many more may go today."""

    mails: tuple[MailCard, ...]
    left_today: int  # of `A_DAY`
    ready: bool  # there is a server to send them through


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderTold:
    """From whom mail comes and through which server; a `password` of None leaves the one that is kept."""

    name: str
    email: str
    postal_address: str
    host: str = ""  # "": drafts only
    port: int = 587
    security: Security = "starttls"
    username: str = ""
    password: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderCard:
    """From whom mail comes; of the password only whether there is one."""

    name: str
    email: str
    postal_address: str
    host: str
    port: int
    security: Security
    username: str
    has_password: bool


def header_line(field: str, text: str, limit: int) -> str:
    """The text for a header of a mail; Invalid for anything that a mail program could read as more than text."""
    line = one_line(field, text, limit)
    if "=?" in line or not all(sign.isprintable() or sign.isspace() for sign in line):
        raise Invalid(field, "Please write this on one line, in plain letters, without “=?”.")
    return line


def mail_address(field: str, text: str) -> str:
    """The one plain address that is written; Invalid for none, for several, and for one that few servers take."""
    try:
        found = validate_email(text.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise Invalid(field, "Please write one e-mail address, such as ana@example.com.") from error
    if found.ascii_email is None:
        raise Invalid(field, "Many mail servers cannot take the letters before the “@”. Please write another address.")
    return found.ascii_email
