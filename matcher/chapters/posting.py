"""The chapter of `Network` on mail: drafts in, and out only what the owner has read."""

import re
from dataclasses import replace

from matcher.answers.posted import (
    ADDRESS_CHARACTERS,
    BODY_CHARACTERS,
    NAME_CHARACTERS,
    SUBJECT_CHARACTERS,
    MailCard,
    MailTold,
    NoMail,
    Outbox,
    SenderCard,
    SenderTold,
    header_line,
    mail_address,
)
from matcher.chapters import giving
from matcher.chapters.client_book import ClientBook
from matcher.errors import Conflict, Invalid
from matcher.exchange.eml import Letter, draft_file
from matcher.facts import Suppression
from matcher.introductions.agreeing import note_gone
from matcher.lines import few_lines
from matcher.store import clock, mail, senders, unwanted

HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")  # a name or an IPv4 address
LOCAL = ("localhost", "127.0.0.1")  # nobody listens between here and there
TEST = {"subject": "It works", "body": "This is the test that you asked for. Your mail goes out."}
THEIR_WORD = "They asked for no more mail themselves. Only they can change that: write to them from your mail program."
NO_SENDER = "Please say first from whom your mail comes: your name, e-mail and postal address."


class Posting(ClientBook):
    """Mail: drafts in, and out only what the owner has read."""

    def approve_mail(self, told: MailTold) -> int:
        """Put a mail that its owner has read into the outbox and give its number; the same key twice is one mail."""
        clean = cleaned(told)
        with self._store.session(self.id, writes=True) as session:
            if senders.find(session) is None:
                raise Conflict(NO_SENDER)
            giving.hold_words(session, clean.subject, clean.body, clock.today(session))
            return mail.approve(session, self.id, clean, self._store.secret, clock.now(session))

    def approve_test(self) -> int:
        """Put a test to the sender's own address into the outbox, due at once, and give its number."""
        now = self.now()
        with self._store.session(self.id, writes=True) as session:
            sender = senders.find(session)
            if sender is None:
                raise Conflict(NO_SENDER)
            told = MailTold(key=f"test:{now.isoformat()}", to_email=sender.email, promotes=False, **TEST)
            return mail.approve(session, self.id, told, self._store.secret, now, to_us=True)

    def outbox(self) -> Outbox:
        """What waits, what went and what did not, the newest first."""
        now = self.now()
        with self._store.session(self.id) as session:
            sender = senders.find(session)
            return Outbox(
                mails=mail.cards(session, now),
                left_today=mail.left_today(session, now),
                ready=sender is not None and bool(sender.host),
            )

    def stop_mail(self, mail_id: int) -> MailCard:
        """Hold a mail back that is still queued."""
        with self._store.session(self.id, writes=True) as session:
            mail.stop(session, mail_id)
        return self._mail(mail_id)

    def send_mail_again(self, mail_id: int) -> MailCard:
        """Let a mail go once more, as a human decides: it was refused or held back, or nobody knows."""
        with self._store.session(self.id, writes=True) as session:
            mail.send_again(session, mail_id, clock.now(session))
        return self._mail(mail_id)

    def note_arrived(self, mail_id: int) -> MailCard:
        """Keep that a mail arrived of which nobody knew."""
        with self._store.session(self.id, writes=True) as session:
            now = clock.now(session)
            note_gone(session, mail.note_arrived(session, mail_id, now), now)
        return self._mail(mail_id)

    def eml(self, to_email: str, to_name: str, subject: str, body: str) -> bytes:
        """A draft as an .eml file that a mail program opens for writing on."""
        with self._store.session(self.id) as session:
            giving.hold_words(session, subject, body, clock.today(session))
            sender = senders.find(session)
        letter = Letter(to_email=to_email.strip(), to_name=to_name, subject=subject, body=body)
        return draft_file(replace(letter, from_email=sender.email, from_name=sender.name) if sender else letter)

    def hold_words(self, subject: str, body: str) -> None:
        """Invalid while selling tools are closed and a letter sells; the sentence says what to write instead."""
        with self._store.session(self.id) as session:
            giving.hold_words(session, subject, body, clock.today(session))

    # -- from whom -------------------------------------------------------------------------------
    def sender(self) -> SenderCard | None:
        """From whom mail comes; None as long as nobody has said."""
        with self._store.session(self.id) as session:
            found = senders.find(session)
        return senders.card(found) if found else None

    def set_sender(self, told: SenderTold) -> SenderCard:
        """Say from whom mail comes and through which server; the password is kept sealed and never shown."""
        clean = _clean_sender(told)
        with self._store.session(self.id, writes=True) as session:
            senders.keep(session, self.id, clean, self._store.secret, clock.now(session))
            found = senders.find(session)
            assert found is not None
            return senders.card(found)

    # -- to whom not -----------------------------------------------------------------------------
    def suppress(self, email: str) -> None:
        """Send nothing to an address any more; only a keyed hash of it is kept."""
        address, secret = mail_address("email", email), self._store.secret
        hashed = mail.hash_of(address, secret)
        row = Suppression(network_id=self.id, address_hash=hashed, because="owner", since_on=self.today())
        with self._store.session(self.id, writes=True) as session:
            mail.suppress(session, row, address)

    def allow_mail(self, email: str) -> None:
        """Let an address have mail again that we have kept from it; Conflict when they asked for none themselves."""
        address, secret = mail_address("email", email), self._store.secret
        with self._store.session(self.id, writes=True) as session:
            mail.allow(session, address, secret)
            if mail.suppressed(session, address, secret):
                raise Conflict(THEIR_WORD)

    def no_mail(self) -> tuple[NoMail, ...]:
        """Who gets no mail, the latest first."""
        with self._store.session(self.id) as session:
            return unwanted.cards(session, self._store.secret)

    def _mail(self, mail_id: int) -> MailCard:
        with self._store.session(self.id) as session:
            return mail.cards(session, clock.now(session), mail_id)[0]


def cleaned(told: MailTold) -> MailTold:
    """The mail as it can be sent; Invalid for what can be in none."""
    body = few_lines("body", told.body, BODY_CHARACTERS)
    subject = header_line("subject", told.subject, SUBJECT_CHARACTERS)
    for field, text in (("subject", subject), ("body", body)):
        if not text:
            raise Invalid(field, "Please write something here.")
    return replace(
        told,
        key=header_line("key", told.key, 80),
        script=header_line("script", told.script, 40),
        to_name=header_line("to_name", told.to_name, NAME_CHARACTERS),
        to_email=mail_address("to_email", told.to_email),
        subject=subject,
        body=body,
    )


def _clean_sender(told: SenderTold) -> SenderTold:
    """The sender as mail can come from; Invalid for what cannot be used, or would give the password away."""
    name = header_line("name", told.name, NAME_CHARACTERS)
    address = few_lines("postal_address", told.postal_address, ADDRESS_CHARACTERS)
    for field, text in (("name", name), ("postal_address", address)):
        if not text:
            raise Invalid(field, "Please write this: whoever gets mail has to see from whom it is.")
    host, username = told.host.strip(), header_line("username", told.username, 254)
    if host and not HOST.fullmatch(host):
        raise Invalid("host", "Please write the server's name, such as smtp.example.com.")
    if not 1 <= told.port <= 65_535:
        raise Invalid("port", "Please write a number from 1 to 65535; 587 and 465 are usual.")
    if told.security == "none" and username and host not in LOCAL:
        raise Invalid(
            "security", "Without protection everybody could read the password. Please choose STARTTLS or TLS."
        )
    return replace(
        told,
        name=name,
        email=mail_address("email", told.email),
        postal_address=address,
        host=host,
        username=username,
    )
