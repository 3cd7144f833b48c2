"""Mail as bytes: what goes in, and above all what cannot."""

from dataclasses import replace
from datetime import UTC, datetime
from email.parser import BytesParser
from email.policy import SMTP, compat32
from itertools import islice
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from matcher.errors import Invalid
from matcher.exchange.eml import OUR_HEADERS, Letter, draft_file, mailto, message
from matcher.exchange.smtp import Envelope, Server, hand_in
from tests.hostile import EVIL, hostile_texts
from tests.mail_server import mail_server

TRIES = 400  # `python -m tests.bench mail` tries 10,000
LETTER = Letter(
    to_email="joe@example.com",
    to_name="Joe Müller, “the roofer”",
    from_email="ana@example.org",
    from_name="Ana (mortgages)",
    subject="Hello: 50 % more, Zoë",
    body="Dear Joe,\n\nit is € 5.\n.\nFrom here\n" + "y" * 2_000,
    sent_at=datetime(2026, 3, 2, 12, tzinfo=UTC),
    message_id="<" + "a" * 90 + "@example.org>",
    unsubscribe="https://partners.example.org/unsubscribe/" + "b" * 64,
)


def test_a_mail_says_what_was_written() -> None:
    """A mail read back holds the names, the subject and the text, has CRLF lines of ASCII, and no other header."""
    content = message(LETTER)
    read = BytesParser(policy=SMTP).parsebytes(content)
    (to,), (sender,) = read["To"].addresses, read["From"].addresses
    assert (to.display_name, to.addr_spec) == (LETTER.to_name, LETTER.to_email)
    assert (sender.display_name, sender.addr_spec) == (LETTER.from_name, LETTER.from_email)
    assert read["Subject"] == LETTER.subject
    assert read.get_content().replace("\r\n", "\n").rstrip("\n") == LETTER.body
    assert {name.lower() for name in read.keys()} == OUR_HEADERS - {"x-unsent"}  # noqa: SIM118
    assert content.isascii()
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, content.split(b"\r\n"))) < 998


def test_what_programs_read_is_never_encoded() -> None:
    """However long, the link to get no more mail stands as it is, with the header that makes it one click."""
    content = message(LETTER).decode()
    assert f"\r\nList-Unsubscribe: <{LETTER.unsubscribe}>\r\n" in content
    assert "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in content
    assert f"\r\nMessage-ID: {LETTER.message_id}\r\n" in content


def test_a_mail_to_two_names_both() -> None:
    """Both stand in the one To of a mail, of a draft's file and of its link, each with their own name."""
    letter = replace(LETTER, also_email="ann@example.com", also_name="Ann, <b@example.com>")
    for content in (message(letter), draft_file(letter)):
        to = BytesParser(policy=SMTP).parsebytes(content)["To"].addresses
        assert [one.addr_spec for one in to] == ["joe@example.com", "ann@example.com"]
        assert [one.display_name for one in to] == [LETTER.to_name, "Ann, <b@example.com>"]
    link = mailto("joe@example.com", "Hello", "Text", "a&n@example.com")
    assert link == "mailto:joe@example.com,a%26n@example.com?subject=Hello&body=Text"
    with pytest.raises(Invalid):
        mailto("joe@example.com", "Hello", "Text", f"ann@example.com, {EVIL}")


def test_a_draft_file_is_unsent() -> None:
    """A mail program opens the file for writing on, also when nobody is named yet."""
    read = BytesParser(policy=SMTP).parsebytes(draft_file(Letter(to_email="", subject="Hello", body="Text")))
    assert read["X-Unsent"] == "1"
    assert read["To"] is None
    assert read.get_content() == "Text\r\n"


@pytest.mark.parametrize(
    "name",
    [f"Joe\r\nBcc: {EVIL}", "Joe\nX", "Joe\0", "Joe\u202egnp", "=?utf-8?q?=0D=0ABcc:_x?=", "=?utf-8?q?x", "Joe\u2028X"],
)
@pytest.mark.parametrize("field", ["to_name", "from_name", "subject"])
def test_what_could_become_a_header_is_refused(field: str, name: str) -> None:
    """Line ends, zero bytes, turned writing and encoded words in a name or subject end with one sentence."""
    told = {slot: getattr(LETTER, slot) for slot in LETTER.__slots__}
    with pytest.raises(Invalid) as refusal:
        message(Letter(**told | {field: name}))
    assert refusal.value.field == field


@pytest.mark.parametrize(
    "address",
    ["", "joe", f"joe@example.com, {EVIL}", f"joe@example.com\r\nBcc: {EVIL}", "<joe@example.com>", "joé@example.com"],
)
def test_there_is_exactly_one_recipient(address: str) -> None:
    """Several addresses, none, or one that few servers take cannot be put into a draft's link."""
    if address:
        with pytest.raises(Invalid):
            mailto(address, "Hello", "Text")
        with pytest.raises(Invalid):
            message(Letter(to_email=address, subject="Hello", body="Text"))
    else:
        assert mailto(address, "Hello", "Text") == "mailto:?subject=Hello&body=Text"


def test_a_mailto_link_holds_the_whole_draft() -> None:
    """Subject and text come back from the link unchanged, with lines ended as RFC 6068 wants them."""
    subject, body = "50 % & more? #1 + Zoë", "Dear Joe,\n\nA&B = “C” + 1%0D;\n"
    link = mailto("o'joe+a&b@example.com", subject, body)
    parts = urlsplit(link)
    assert (parts.scheme, unquote(parts.path)) == ("mailto", "o'joe+a&b@example.com")
    assert "a%26b@" in link
    assert " " not in link
    assert "+" not in parts.query
    read = parse_qs(parts.query)
    assert read == {"subject": [subject], "body": [body.strip().replace("\n", "\r\n")]}
    assert "%0D%0A%0D%0A" in link


def tried(count: int, seed: int = 5) -> tuple[int, int]:
    """Hand in as many mails with hostile names, subjects and texts, and say how many went and how many were refused.

    AssertionError when one of them arrives with another recipient or header.
    """
    texts, refused = hostile_texts(seed), 0
    with mail_server() as (port, postbox):
        server = Server(host="127.0.0.1", port=port, security="none")
        for number, (to, subject, sender, body) in enumerate(islice(zip(*[texts] * 4, strict=False), count)):
            kind = number % 4  # one hostile part at a time gets farther than all at once
            recipients = ("joe@example.com", "ann@example.com")[: 1 + number // 4 % 2]  # to one, or to two
            letter = Letter(
                to_email="joe@example.com",
                to_name=to if kind in (0, 3) else "Joe",
                also_email="".join(recipients[1:]),
                also_name=to if kind in (0, 3) else "Ann",
                from_email="ana@example.org",
                from_name=sender if kind == 1 else "Ana",
                subject=subject if kind in (2, 3) else "Hello",
                body=body,
            )
            try:
                envelope = Envelope(from_email="ana@example.org", to_emails=recipients, content=message(letter))
            except Invalid:
                refused += 1
                continue
            assert hand_in(server, envelope, lambda: True).state == "sent", letter
            got = postbox.received.pop()
            assert (got.sender, got.recipients) == ("ana@example.org", recipients), letter
            for policy in (SMTP, compat32):
                read = BytesParser(policy=policy).parsebytes(got.content)
                names = sorted(name.lower() for name in read.keys())  # noqa: SIM118
                wanted = ["content-transfer-encoding", "content-type", "from", "mime-version", "subject", "to"]
                assert names == wanted, letter
                assert not read.is_multipart()
            read = BytesParser(policy=SMTP).parsebytes(got.content)
            assert [one.addr_spec for one in read["To"].addresses] == list(recipients), letter
            assert [one.addr_spec for one in read["From"].addresses] == ["ana@example.org"], letter
        assert not postbox.received
    return count - refused, refused


def test_hostile_names_and_subjects_reach_nobody_else() -> None:
    """Whatever is written into names, subjects and texts, a server gets its one or two recipients, no other header."""
    went, refused = tried(TRIES)
    assert went > TRIES / 10
    assert refused > TRIES / 10
