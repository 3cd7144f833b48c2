"""The chapter of `Network` on coaching: numbers for the coach; who sees what, and until when, for the agent."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any, NamedTuple

from matcher.answers.coached import (
    NUDGE_CHARACTERS,
    AgentCard,
    CoachCard,
    KitCard,
    NewerKit,
    NudgeCard,
)
from matcher.chapters.kit_making import KitMaking
from matcher.chapters.programme import GivingFirst
from matcher.coach_kit.changes import changes
from matcher.coach_kit.content import DAYS_LOCKED, content_hash, fingerprint
from matcher.coach_kit.files import signature_of, vouched
from matcher.errors import Conflict, Invalid, NotFound
from matcher.facts import Coached, Nudge, Programme
from matcher.lines import few_lines
from matcher.store import Session, clock, coachings, limits, programme_kits
from matcher.store.accounts import Accounts, is_role

NOT_YOURS = "There is no such agent."


class _Kept(NamedTuple):
    """The copy that an agent has; all of it empty when they have stopped the programme."""

    content: Mapping[str, Any]
    whole: str  # its hash
    taken_on: str
    opens_on: date  # what sells


def _kept(session: Session, own: Programme | None) -> _Kept:
    if own is None:
        return _Kept({}, "", "", date.min)
    usual = own.started_on + timedelta(days=own.kit.get("days_locked", DAYS_LOCKED))
    return _Kept(own.kit, own.kit_hash, clock.iso_day(session, own.taken_at), min(own.selling_from_on or usual, usual))


class Coaching(KitMaking, GivingFirst):
    """What a coach and an agent see of each other; what a coach does is asked for by the number of an account."""

    def owner_account(self) -> int:
        """The account that has owned this network for longest, for doors at which nobody signs in."""
        return Accounts(self._store).owner_of(self.id)

    # -- the coach -------------------------------------------------------------------------------
    def agents(self, account_id: int) -> tuple[AgentCard, ...]:
        """The board: every agent who lets this account see their counts, by the name they chose."""
        kits = {kit.kit_id: kit for kit in self.programme_kits()}
        theirs = [one for one in Accounts(self._store).memberships(account_id) if one.role == "coach"]
        cards = (self._agent(account_id, one.network_id, kits) for one in theirs)
        return tuple(sorted(filter(None, cards), key=lambda card: (card.known_as.casefold(), card.agent_id)))

    def nudge(self, account_id: int, agent_id: int, words: str) -> None:
        """Leave an agent a few words, which stand in their network; nothing is mailed."""
        with self._coached(account_id, agent_id) as session:
            clean, now = few_lines("words", words, NUDGE_CHARACTERS), clock.now(session)
            if not clean:
                raise Invalid("words", "Please write a few words first.")
            coachings.nudge(session, Nudge(network_id=agent_id, words=clean, sent_at=now))

    def open_selling_for(self, account_id: int, agent_id: int) -> None:
        """Let an agent use what sells before their time is over."""
        with self._coached(account_id, agent_id) as session:
            coachings.open_selling(session, clock.today(session))

    @contextmanager
    def _coached(self, account_id: int, agent_id: int) -> Iterator[Session]:
        """To write what a coach may; NotFound, the same for an agent of somebody else and for none."""
        theirs = Accounts(self._store).memberships(account_id)
        if not any(one.network_id == agent_id and one.role == "coach" for one in theirs):
            raise NotFound(NOT_YOURS)
        with self._store.session(agent_id, writes=True) as session:
            if not self._is_ours(coachings.present(session), account_id):
                raise NotFound(NOT_YOURS)
            yield session

    def _is_ours(self, coached: Coached | None, account_id: int) -> bool:
        return coached is not None and (coached.account_id, coached.coach_network_id) == (account_id, self.id)

    def _agent(self, account_id: int, agent_id: int, kits: Mapping[int, KitCard]) -> AgentCard | None:
        """One agent in numbers; None for whoever is coached from another network of the same account."""
        with self._store.session(agent_id) as session:
            coached, own = coachings.present(session), coachings.programme(session)
            if coached is None or not self._is_ours(coached, account_id):
                return None
            kept = _kept(session, own)
            kit, nudged = kits.get(coached.kit_id), coachings.last_nudge(session, coached.since_at)
            today = clock.today(session)
            return AgentCard(
                agent_id=agent_id,
                known_as=coached.known_as,
                since_on=clock.iso_day(session, coached.since_at),
                kit_id=coached.kit_id,
                kit=kit.name if kit else "",
                fingerprint=fingerprint(kept.whole),
                has_newest=kit is None or kit.content_hash == kept.whole,
                taken_on=kept.taken_on,
                selling_open=kept.opens_on <= today,
                nudged_on=clock.iso_day(session, nudged.sent_at if nudged else None),
                nudge_read=nudged is not None and nudged.read_at is not None,
                counts=type(self)(self._store, agent_id).counts(),  # one function says what a coach sees
            )

    # -- the agent -------------------------------------------------------------------------------
    def coach(self) -> CoachCard | None:
        """Who sees the counts, since when, and whether their programme is newer than the copy; None without a coach."""
        with self._store.session(self.id) as session:
            coached, own = coachings.present(session), coachings.programme(session)
            if coached is None:
                return None
            since_on = clock.iso_day(session, coached.since_at)
            kept, own_limits = _kept(session, own), limits.own_limits(session, self.id)
        return CoachCard(
            coach=coached.coach,
            known_as=coached.known_as,
            since_on=since_on,
            kit=kept.content.get("name", ""),
            fingerprint=fingerprint(kept.whole),
            taken_on=kept.taken_on,
            unchanged=content_hash(kept.content) == kept.whole,
            signed=vouched(kept.whole, coached.signature, self._store.secret),
            newer=self._newer(coached, kept, own_limits),
            counts=self.counts(),
        )

    def take_newer_kit(self, whole: str) -> None:
        """Take the newer version of the coach's programme, the one with this hash; Conflict if it has changed again."""
        with self._store.session(self.id) as session:
            coached = coachings.present(session)
        kit = self._offered(coached) if coached else None
        if coached is None or kit is None:
            raise NotFound("There is no newer version.")
        if kit.content_hash != whole:
            raise Conflict("Your coach has changed it once more. Please look at what is new before you take it.")
        with self._store.session(self.id, writes=True) as session:
            coachings.take(session, self.id, kit.content, clock.now(session))
            coachings.sign(session, signature_of(whole, self._store.secret)[1])

    def leave_coach(self) -> None:
        """Let the coach see nothing any more, from now on; the programme, the list and everything else stay."""
        with self._store.session(self.id, writes=True) as session:
            coachings.end(session, self.id, clock.now(session))

    def past_coaches(self) -> tuple[tuple[str, str, str], ...]:
        """(Coach, first day, last day) of whoever saw the counts once, the latest first."""
        with self._store.session(self.id) as session:
            return tuple(
                (one.coach, clock.iso_day(session, one.since_at), clock.iso_day(session, one.ended_at))
                for one in coachings.past(session)
                if one.ended_at
            )

    def nudges(self) -> tuple[NudgeCard, ...]:
        """All words of coaches, the newest first."""
        with self._store.session(self.id) as session:
            return coachings.nudges(session)

    def read_nudge(self, nudge_id: int) -> None:
        """Note that a coach's words are read; twice is no mistake."""
        with self._store.session(self.id, writes=True) as session:
            coachings.read(session, nudge_id, clock.now(session))

    def _offered(self, coached: Coached) -> KitCard | None:
        """The coach's kit as it is today; None when it was taken away, or stands in a network that is not theirs."""
        try:
            with self._store.session(coached.coach_network_id) as session:
                if not is_role(session, coached.coach_network_id, coached.account_id, "owner"):
                    return None
                return programme_kits.cards(session, coached.kit_id)[0]
        except NotFound:
            return None

    def _newer(self, coached: Coached, kept: _Kept, own: Mapping[str, int | None]) -> NewerKit | None:
        kit = self._offered(coached)
        if kit is None or kit.content_hash == kept.whole:
            return None
        return NewerKit(
            content_hash=kit.content_hash,
            fingerprint=kit.fingerprint,
            edited_on=kit.edited_on,
            changes=changes(kept.content, kit.content, own),
        )
