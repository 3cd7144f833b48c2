"""The chapter of `Network` on the one message that makes two known to each other; it goes out once both said yes."""

from dataclasses import replace

from matcher.answers.introduced import IntroductionCard, MessageToBoth, Reached
from matcher.answers.posted import MailTold, Recipient, mail_address
from matcher.answers.whose import Somebody
from matcher.chapters import giving
from matcher.chapters.client_book import ClientBook
from matcher.chapters.posting import NO_SENDER, cleaned
from matcher.errors import Conflict, Invalid
from matcher.exchange.eml import Letter, draft_file
from matcher.introductions.agreeing import key_of
from matcher.introductions.disclosing import asker
from matcher.introductions.introduction_cards import cards
from matcher.knowledge import blurbs
from matcher.store import Session, clock, mail, senders

CHANGED = "An address of the two is another one now. Please look at the message once more."


class ToBoth(ClientBook):
    """The message to both: shown, saved as a file, and out only to the addresses that its owner has read."""

    def message_to_both(self, introduction_id: int, tone: str = "warm") -> MessageToBoth:
        """The message to both, to whom it goes and what became of it; Conflict as long as not both have said yes."""
        with self._store.session(self.id) as session:
            key, now = key_of(session, introduction_id), clock.now(session)
            card = cards(session, clock.today(session), introduction_id)[0]
            draft = blurbs.known_to_each_other(card, asker(session, self.id), tone)
            first, target = _both(card)
            gone = mail.find_by_key(session, key)
            return MessageToBoth(
                subject=draft.subject,
                text=draft.text,
                first=first,
                target=target,
                not_by_mail=_not_by_mail(first, target),
                mail=mail.cards(session, now, gone.id)[0] if gone else None,
            )

    def approve_to_both(self, introduction_id: int, subject: str, body: str, read: tuple[str, str]) -> int:
        """Put the message into the outbox, to the two addresses that were read, and give its number; twice is once."""
        now = self.now()
        with self._store.session(self.id, writes=True) as session:
            key = key_of(session, introduction_id)
            if senders.find(session) is None:
                raise Conflict(NO_SENDER)
            letter = _letter(session, introduction_id, subject, body)
            if (letter.to_email, letter.also_email) != read:
                raise Conflict(CHANGED)
            told = MailTold(key=key, to_email=letter.to_email, to_name=letter.to_name, subject=subject, body=body)
            clean, also = cleaned(told), Recipient(letter.also_name, letter.also_email)
            giving.hold_words(session, clean.subject, clean.body, clock.day_of(session, now))
            return mail.approve(session, self.id, clean, self._store.secret, now, also=also)

    def eml_to_both(self, introduction_id: int, subject: str, body: str) -> bytes:
        """The message as an .eml file to both that a mail program opens for writing on."""
        with self._store.session(self.id) as session:
            key_of(session, introduction_id)
            giving.hold_words(session, subject, body, clock.today(session))
            return draft_file(_letter(session, introduction_id, subject, body))


def _letter(session: Session, introduction_id: int, subject: str, body: str) -> Letter:
    """The message as a letter to both, without their names when a header cannot hold them; Conflict says why not."""
    first, target = _both(cards(session, clock.today(session), introduction_id)[0])
    if stop := _not_by_mail(first, target):
        raise Conflict(stop)
    sender = senders.find(session)
    letter = Letter(
        to_email=first.email,
        to_name=first.name,
        also_email=target.email,
        also_name=target.name,
        from_email=sender.email if sender else "",
        from_name=sender.name if sender else "",
        subject=subject,
        body=body,
    )
    try:
        draft_file(letter)
    except Invalid:
        return replace(letter, to_name="", also_name="")
    return letter


def _both(card: IntroductionCard) -> tuple[Reached, Reached]:
    return _reached(card.first), _reached(card.target)


def _reached(somebody: Somebody) -> Reached:
    """Somebody with the address that mail can go to, if we know one."""
    try:
        email = mail_address("to_email", somebody.email)
    except Invalid:
        email = ""
    return Reached(name=somebody.name, email=email, address=somebody.address)


def _not_by_mail(first: Reached, target: Reached) -> str:
    """Why a message to both cannot go as one mail; "" when it can."""
    if missing := [one.name for one in (first, target) if not one.email]:
        return f"We know no e-mail address of {' and of '.join(missing)}, so please copy the message."
    same = first.email.casefold() == target.email.casefold()
    return "Both have the same e-mail address, so please copy the message." if same else ""
