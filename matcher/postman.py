"""Works the outbox: claims what is due, hands it in, notes what came of it; nothing is sent twice.

Before a text goes out, the database says so. Who dies before that has sent nothing, and the mail is tried again; who
dies after it leaves a mail of which only a human can say whether to send it again.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Event

from matcher.errors import MatcherError
from matcher.exchange.eml import Letter, message
from matcher.exchange.smtp import Envelope, Outcome, Server, hand_in
from matcher.facts import Mail, Sender
from matcher.introductions.agreeing import NOT_AGREED, note_gone, still_agreed
from matcher.keys import keyed_hash
from matcher.store import Session, Store, clock, links, mail, senders
from matcher.units import now_utc

LOOK_EVERY_SECONDS = 10  # for mail that is due; a minute passes before any is (prior)
UNSUBSCRIBE_DAYS = 400  # in which its link works; the CAN-SPAM Act asks for 30 days
LINK_HERE = "To get no more mail from us"
SAY_SO = "To get no more mail from us, answer and say so."  # a link for two would not know who used it
DEAD_LINK = "A link in it works no more: it was used, closed or replaced. If it still fits, please write anew."
NO_SERVER = "There is no mail server in the settings."
NO_PASSWORD = "The password cannot be read any more. Please type it again in the settings."  # noqa: S105
log = logging.getLogger(__name__)


class Postman:
    """Sends what networks have approved. `step` is told each step before it is taken; tests stop there."""

    def __init__(
        self,
        store: Store,
        base_url: str,
        *,
        clock: Callable[[], datetime] = now_utc,
        step: Callable[[str], object] = str,
        hand: Callable[[Server], Server] = lambda server: server,
    ) -> None:
        self._store, self._base_url = store, base_url.rstrip("/")
        self._clock, self._step, self._hand = clock, step, hand

    def work(self, network_id: int | None = None) -> int:
        """Try all mail that is due, of one network or of all, and say how many attempts that took.

        Nothing goes out without an address of our own: the links in it would lead nowhere.
        """
        if not self._base_url:
            return 0
        with self._store.session() as session:
            networks = senders.networks(session) if network_id is None else [network_id]
        return sum(self._work_one(number) for number in networks)

    def work_until(self, stopped: Event, *, every_seconds: float = LOOK_EVERY_SECONDS) -> None:
        """Look for due mail again and again; a database that is busy is tried again the next time."""
        while not stopped.wait(every_seconds):
            try:
                self.work()
            except MatcherError as problem:
                log.warning("The outbox waits. %s", problem.sentence)
            except Exception:
                log.exception("The outbox waits.")

    def _work_one(self, network_id: int) -> int:
        attempts = 0
        with self._store.session(network_id) as session:
            waits = mail.waits(session, self._clock())
        while waits and self._attempt(network_id):
            attempts += 1
        return attempts

    def _attempt(self, network_id: int) -> bool:
        """Try one mail; False when there is none."""
        self._step("claim")
        with self._store.session(network_id, writes=True) as session:
            claimed, sender = mail.claim(session, self._clock()), senders.find(session)
            refused = self._refused(session, claimed) if claimed is not None else ""
            alone = claimed is not None and claimed.promotes and not claimed.also_email
            token = self._link(session, claimed) if claimed is not None and alone else ""
        if claimed is None:
            return False
        self._step("hand in")
        outcome = Outcome(state="refused", said=refused) if refused else self._send(claimed, sender, token)
        self._step("note")
        if outcome.state != "given up":
            with self._store.session(network_id, writes=True) as session:
                noted = mail.note(session, claimed.id, claimed.attempts, self._changes(claimed, outcome))
                if noted and outcome.state == "sent":
                    note_gone(session, claimed.key, self._clock())
        self._step("noted")
        return True

    def _send(self, claimed: Mail, sender: Sender | None, token: str) -> Outcome:
        if sender is None or not sender.host:
            return Outcome(state="later", said=NO_SERVER)
        password = senders.password(sender, self._store.secret)
        if password is None:
            return Outcome(state="later", said=NO_PASSWORD)
        try:
            content = message(self._letter(claimed, sender, token))
        except MatcherError as problem:
            return Outcome(state="refused", said=problem.sentence)
        server = Server(
            host=sender.host,
            port=sender.port,
            security=sender.security,  # type: ignore[arg-type]
            username=sender.username,
            password=password,
        )
        to_emails = tuple(filter(None, (claimed.to_email, claimed.also_email)))
        envelope = Envelope(from_email=sender.email, to_emails=to_emails, content=content)
        return hand_in(self._hand(server), envelope, lambda: self._begin(claimed))

    def _refused(self, session: Session, claimed: Mail) -> str:
        """Why a mail may not go, in a sentence; "" when it may.

        Somebody wants none, two do not agree any more, or what it asks was withdrawn or answered meanwhile.
        """
        both = [email for email in (claimed.to_email, claimed.also_email) if email]
        if unwanted := mail.unwanted(session, both, self._store.secret):
            return unwanted
        if claimed.also_email and not still_agreed(session, claimed.key):
            return NOT_AGREED
        return DEAD_LINK if links.is_cut_off(session, claimed.body, self._base_url, self._clock()) else ""

    def _begin(self, claimed: Mail) -> bool:
        """Keep that the text goes out from now on, before it does; not when it may not go any more."""
        self._step("begin")
        with self._store.session(claimed.network_id, writes=True) as session:
            may = not self._refused(session, claimed)
            begun = may and mail.begin(session, claimed.id, claimed.attempts, self._clock())
        self._step("hand over")
        return begun

    def _letter(self, claimed: Mail, sender: Sender, token: str) -> Letter:
        secret, domain = self._store.secret, sender.email.rpartition("@")[2]
        same = keyed_hash(secret, "message id", f"{claimed.network_id} {claimed.id} {claimed.key}")
        letter = Letter(
            from_email=sender.email,
            from_name=sender.name,
            to_email=claimed.to_email,
            to_name=claimed.to_name,
            also_email=claimed.also_email,
            also_name=claimed.also_name,
            subject=claimed.subject,
            body=claimed.body,
            sent_at=self._clock(),
            message_id=f"<{same[:40]}@{domain}>",  # at each attempt the same, so that a second one can be told
        )
        if not claimed.promotes:
            return letter
        link = f"{self._base_url}/unsubscribe/{token}" if token else ""
        leaving = f"{LINK_HERE}: {link}" if link else SAY_SO
        foot = f"-- \n{sender.name}\n{sender.postal_address}\n\n{leaving}"
        return replace(letter, body=f"{claimed.body}\n\n{foot}", unsubscribe=link)

    def _link(self, session: Session, claimed: Mail) -> str:
        """The token to ask for no more mail with; at each attempt the same, as an earlier one may have arrived."""
        about = f"{claimed.network_id} {claimed.id} {claimed.approved_at.isoformat()}"
        token = keyed_hash(self._store.secret, "unsubscribe", about)
        last_day = clock.day_of(session, self._clock()) + timedelta(days=UNSUBSCRIBE_DAYS)
        return links.issue(session, claimed.network_id, "unsubscribe", claimed.id, last_day, token=token)

    def _changes(self, claimed: Mail, outcome: Outcome) -> dict[str, object]:
        """What an outcome makes of a mail."""
        if outcome.state == "later":
            return mail.after(claimed.attempts - claimed.tried_before, outcome.said, self._clock())
        sent_at = self._clock() if outcome.state == "sent" else None
        return {"state": outcome.state, "said": outcome.said, "sent_at": sent_at}
