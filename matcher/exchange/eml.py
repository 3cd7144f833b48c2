"""Mail as bytes: one sender, one recipient or two, text only; nothing that somebody typed can become a header."""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP, Policy
from email.utils import format_datetime
from urllib.parse import quote

from matcher.answers.posted import (
    BODY_CHARACTERS,
    NAME_CHARACTERS,
    SUBJECT_CHARACTERS,
    header_line,
    mail_address,
)
from matcher.errors import Invalid
from matcher.lines import few_lines

ONE_CLICK = "List-Unsubscribe=One-Click"  # RFC 8058, section 3.1
LOCAL_SAFE = "!$'*+-._~"  # of a mailto: RFC 6068, section 2
LIST_HEADERS = ("list-unsubscribe", "list-unsubscribe-post")
BODY_HEADERS = ("mime-version", "content-type", "content-transfer-encoding")
OUR_HEADERS = {"from", "to", "subject", "date", "message-id", "x-unsent", *LIST_HEADERS, *BODY_HEADERS}


class Verbatim(UnstructuredHeader, BaseHeader):
    """A header on one line as it is: programs read it, and a long address must not be cut or encoded."""

    def fold(self, *, policy: Policy) -> str:
        """The header's line."""
        return f"{self.name}: {self}{policy.linesep}"


HEADERS = HeaderRegistry()
HEADERS.map_to_type("list-unsubscribe", Verbatim)
HEADERS.map_to_type("message-id", Verbatim)
POLICY = SMTP.clone(header_factory=HEADERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """All that a mail is made of; what is empty is left out."""

    to_email: str
    subject: str
    body: str
    to_name: str = ""
    also_email: str = ""  # the second of two recipients, who both see each other's address
    also_name: str = ""
    from_email: str = ""
    from_name: str = ""
    sent_at: datetime | None = None
    message_id: str = ""  # such as <token@example.com>
    unsubscribe: str = ""  # where one asks for no more of them


def message(letter: Letter) -> bytes:
    """The mail as it goes to a server; Invalid names the part that cannot be in one."""
    return _checked(_composed(letter), letter)


def draft_file(letter: Letter) -> bytes:
    """The same as an .eml file that a mail program opens for writing on; the recipient may still be missing."""
    mail = _composed(letter)
    mail["X-Unsent"] = "1"
    return _checked(mail, letter)


def mailto(to_email: str, subject: str, body: str, also_email: str = "") -> str:
    """A link that opens a mail program with the draft in it (RFC 6068), to nobody yet, to one address or to two."""
    to = ",".join(_linked(email) for email in (to_email, also_email) if email.strip())
    crlf = few_lines("body", body, BODY_CHARACTERS).replace("\n", "\r\n")
    written = f"subject={quote(header_line('subject', subject, SUBJECT_CHARACTERS), safe='')}"
    return f"mailto:{to}?{written}&body={quote(crlf, safe='')}"


def _linked(email: str) -> str:
    local, at, domain = mail_address("to_email", email).rpartition("@")
    return f"{quote(local, safe=LOCAL_SAFE)}{at}{domain}"


def _composed(letter: Letter) -> EmailMessage:
    mail = EmailMessage(policy=POLICY)
    if letter.from_email:
        mail["From"] = _address("from", letter.from_name, letter.from_email)
    both = ((letter.to_name, letter.to_email), (letter.also_name, letter.also_email))
    if to := [_address("to", name, email) for name, email in both if email]:
        mail["To"] = to
    mail["Subject"] = header_line("subject", letter.subject, SUBJECT_CHARACTERS)
    if letter.sent_at:
        mail["Date"] = format_datetime(letter.sent_at)
    if letter.message_id:
        mail["Message-ID"] = header_line("message_id", letter.message_id, SUBJECT_CHARACTERS)
    if letter.unsubscribe:
        mail["List-Unsubscribe"] = f"<{header_line('unsubscribe', letter.unsubscribe, SUBJECT_CHARACTERS)}>"
    if letter.unsubscribe.startswith("https://"):  # one click is for https alone
        mail["List-Unsubscribe-Post"] = ONE_CLICK
    mail.set_content(few_lines("body", letter.body, BODY_CHARACTERS) + "\n", cte="quoted-printable")
    return mail


def _address(side: str, name: str, email: str) -> Address:
    return Address(header_line(f"{side}_name", name, NAME_CHARACTERS), addr_spec=mail_address(f"{side}_email", email))


def _checked(mail: EmailMessage, letter: Letter) -> bytes:
    """The bytes, once they have been read back as a server would: our headers, each once, and nobody else addressed."""
    try:
        content = mail.as_bytes()
        read = BytesParser(policy=SMTP).parsebytes(content, headersonly=True)
        names = [name.lower() for name in read.keys()]  # noqa: SIM118  # a header may occur twice, a key may not
        people = [[one.addr_spec for one in read[name].addresses] if read[name] else [] for name in ("To", "From")]
    except (ValueError, IndexError, AttributeError) as error:  # what the library throws at odd texts
        raise Invalid("subject", "This cannot be written into a mail. Please use plain letters.") from error
    sides = ((letter.to_email, letter.also_email), (letter.from_email,))
    wanted = [[mail_address("email", one) for one in side if one] for side in sides]
    if len(names) != len(set(names)) or not OUR_HEADERS.issuperset(names) or people != wanted or read.defects:
        raise Invalid("to_name", "This cannot be written into a mail safely. Please use plain letters.")
    return content
