"""The chapter of `Network` on introductions: who is made known to whom, who was asked and what they answered."""

from collections.abc import Collection, Sequence

from matcher.answers.coached import Limit
from matcher.answers.introduced import (
    OPEN_MOST,
    Closing,
    IntroductionCard,
    IntroductionStage,
    IntroductionTold,
    Reissued,
    Reply,
    Role,
)
from matcher.answers.quick_note import Draft
from matcher.chapters import giving
from matcher.chapters.client_book import ClientBook
from matcher.errors import Conflict, Invalid
from matcher.introductions import acquainting, reopening
from matcher.introductions.disclosing import ask_page, asker
from matcher.introductions.introduction_cards import cards
from matcher.introductions.outcome_told import note_came
from matcher.knowledge import blurbs
from matcher.store import clock, introductions, limits, people


class Introducing(ClientBook):
    """Introductions: who is made known to whom, who was asked and what they answered; `consenting` is the other end."""

    def draft_introduction(self, told: IntroductionTold) -> int:
        """Keep an introduction that nobody was asked about yet, and give its number."""
        self._settled()
        with self._store.session(self.id, writes=True) as session:
            if told.for_us:
                giving.hold_selling(session, clock.today(session))
            return acquainting.draft(session, self.id, told, clock.now(session))

    def introductions(self, stages: Collection[IntroductionStage] = ()) -> Sequence[IntroductionCard]:
        """All introductions in these stages, or all; the newest first."""
        with self._store.session(self.id) as session:
            found = cards(session, clock.today(session))
        return [card for card in found if not stages or card.stage in stages]

    def open_introductions(self) -> Limit:
        """How many introductions may be open at a time, and who says so."""
        with self._store.session(self.id) as session:
            return limits.limit(session, self.id, "open_introductions")

    def set_open_introductions(self, most: int | None) -> None:
        """Say how many introductions may be open at a time, from 1 to 10, or None to follow the programme.

        Those that are open stay.
        """
        if most is not None and not 1 <= most <= OPEN_MOST:
            raise Invalid("open_introductions", f"Please choose from 1 to {OPEN_MOST} introductions at a time.")
        with self._store.session(self.id, writes=True) as session:
            limits.set_limit(session, self.id, "open_introductions", most)

    def introduction(self, introduction_id: int) -> IntroductionCard:
        """One introduction: what to do next, and what stands in the way."""
        with self._store.session(self.id) as session:
            return cards(session, clock.today(session), introduction_id)[0]

    def ask(self, introduction_id: int, role: Role) -> str:
        """Ask one side and give the token of their link, once; Conflict says which limit stands in the way."""
        self._settled()
        with self._store.session(self.id, writes=True) as session:
            if introductions.find(session, introduction_id).for_us:
                giving.hold_selling(session, clock.today(session))
            return acquainting.ask(session, introduction_id, role, clock.now(session))

    def remind(self, introduction_id: int, role: Role) -> str:
        """Remind one side, once, and give the token of their new link."""
        with self._store.session(self.id, writes=True) as session:
            return acquainting.remind(session, introduction_id, role, clock.now(session))

    def note_answer(self, introduction_id: int, role: Role, answer: Reply, words: str = "") -> None:
        """Keep what somebody told the owner themselves; their link works no more."""
        with self._store.session(self.id, writes=True) as session:
            introductions.find(session, introduction_id)
            asked = introductions.find_ask(session, introduction_id, role)
            acquainting.note_answer(session, asked, answer, words, now=clock.now(session))

    def undo_answer(self, introduction_id: int, role: Role) -> Reissued:
        """Take back an answer that the owner noted by mistake; they can answer again, through a new link."""
        with self._store.session(self.id, writes=True) as session:
            return reopening.take_answer_back(session, introduction_id, role, clock.now(session))

    def withdraw(self, introduction_id: int) -> None:
        """Take an introduction back before the two know of each other; nobody is told."""
        with self._store.session(self.id, writes=True) as session:
            acquainting.withdraw(session, introduction_id, clock.now(session))

    def undo_withdraw(self, introduction_id: int) -> Reissued | None:
        """Go on with an introduction that was withdrawn; whoever could still answer gets a new link."""
        with self._store.session(self.id, writes=True) as session:
            return reopening.take_withdrawal_back(session, introduction_id, clock.now(session))

    def connect(self, introduction_id: int) -> None:
        """Keep that the two were made known to each other; only after both said yes."""
        with self._store.session(self.id, writes=True) as session:
            acquainting.connect(session, introduction_id, clock.now(session))

    def undo_connect(self, introduction_id: int) -> None:
        """Take back that the two were made known to each other, as long as nothing came of it."""
        with self._store.session(self.id, writes=True) as session:
            reopening.take_connection_back(session, introduction_id, clock.now(session))

    def met(self, introduction_id: int) -> None:
        """Keep that the two have met."""
        with self._store.session(self.id, writes=True) as session:
            one, today = acquainting.known(session, introduction_id, clock.now(session)), clock.today(session)
            note_came(session, one, "met", None, today)

    def close_introduction(self, introduction_id: int, result: Closing, value_cents: int | None = None) -> None:
        """Close an introduction: it worked, and the work is done, or it came to nothing."""
        if result not in ("worked", "nowhere"):
            raise Invalid("result", "Please say whether it worked or came to nothing.")
        with self._store.session(self.id, writes=True) as session:
            one = acquainting.known(session, introduction_id, clock.now(session))
            note_came(session, one, "done" if result == "worked" else "nowhere", value_cents, clock.today(session))

    def ask_what_came(self, introduction_id: int, role: Role) -> str:
        """Ask one side what became of it and give the token of their link, once."""
        with self._store.session(self.id, writes=True) as session:
            return acquainting.ask_what_came(session, introduction_id, role, clock.now(session))

    # -- drafts ----------------------------------------------------------------------------------
    def ask_draft(self, introduction_id: int, role: Role, link: str, tone: str = "warm") -> Draft:
        """The message with which one side is asked; it can be passed on as it is."""
        with self._store.session(self.id) as session:
            asked = introductions.find_ask(session, introduction_id, role)
            if asked is None:
                raise Conflict("They have not been asked yet.")
            reader = people.look_up(session, introductions.side(introductions.find(session, introduction_id), role))
            return blurbs.question(ask_page(session, self.id, asked), reader, link, tone)

    def reminder_draft(self, introduction_id: int, role: Role, link: str, tone: str = "warm") -> Draft:
        """The message with which one side is reminded."""
        return blurbs.reminder(self.introduction(introduction_id).somebody(role), link, self._asker(), tone)

    def outcome_draft(self, introduction_id: int, role: Role, link: str, tone: str = "warm") -> Draft:
        """The message with which one side is asked what became of it."""
        return blurbs.outcome(self.introduction(introduction_id), role, link, self._asker(), tone)

    def _asker(self) -> str:
        with self._store.session(self.id) as session:
            return asker(session, self.id)
