"""The chapter of `Network` on safe thanks: how one may be thanked, what one was given, and care."""

from collections.abc import Sequence
from datetime import date
from typing import get_args

from matcher.answers.cared import ASKED_MOST, POST_CHARACTERS, RHYTHM_MOST_DAYS, CareTold, WhyNot
from matcher.answers.thanked import GIFT_NOTE_CHARACTERS, GiftCard, GiftTold, SafeThanks
from matcher.answers.whose import Somebody, Whose
from matcher.chapters.client_book import ClientBook
from matcher.engine.thanks import Given, Receiver, refusal, ways
from matcher.errors import Conflict, Invalid
from matcher.facts import Gift
from matcher.knowledge.places import find_place
from matcher.knowledge.rewards import KINDS, PLACES, place_of
from matcher.store import Session, businesses, cares, gifts, motivations, people, referrals
from matcher.visible import visible

VALUE_MOST_CENTS = 100_000_000  # a million dollars; more is a slip of the pen


class Thanking(ClientBook):
    """Safe thanks: answers on what may be given, and gifts within the limits."""

    def safe_thanks(self, whose: Whose, *, on: date | None = None) -> SafeThanks:
        """Which kinds of thanks are fine, limited or refused for somebody on a day, today unless told, and why."""
        day = on or self.today()
        with self._store.session(self.id) as session:
            somebody, given = people.look_up(session, whose), gifts.of(session, whose)
            receiver = self._receiver(session, somebody)
        return SafeThanks(
            name=somebody.name,
            place=receiver.place,
            ways=ways(receiver, _given(given), day),
            gifts=tuple(given),
        )

    def note_gift(self, whose: Whose, told: GiftTold) -> int:
        """Keep what somebody was given as thanks, and give its number; Conflict for what a rule refuses."""
        with self._store.session(self.id, writes=True) as session:
            return self._give(session, whose, told)

    def undo_gift(self, gift_id: int) -> Whose:
        """Take back that something was given, and say to whom it was."""
        with self._store.session(self.id, writes=True) as session:
            return gifts.remove(session, gift_id)

    # -- how we look after them --------------------------------------------------------------------
    def care(self, whose: Whose) -> CareTold:
        """How we look after somebody; all unknown when nobody has said."""
        with self._store.session(self.id) as session:
            people.look_up(session, whose)
            return cares.of(session, whose)

    def set_care(self, whose: Whose, told: CareTold) -> CareTold:
        """Keep how we look after somebody, in place of what was said before."""
        _check_care(told)
        with self._store.session(self.id, writes=True) as session:
            people.look_up(session, whose)
            cares.save(session, self.id, whose, told)
        return self.care(whose)

    def _give(self, session: Session, whose: Whose, told: GiftTold) -> int:
        """Keep a gift in a session that writes; nothing passes a limit, however many are told at once."""
        note, day = _check_gift(told), self._day_told(told.given_on)
        gift = Given(reward=told.reward, value_cents=told.value_cents, given_on=day)
        gifts.one_at_a_time(session, self.id)
        if told.referral_id is not None and referrals.card(session, told.referral_id).whose != whose:
            raise Conflict("That referral came from somebody else. Please thank whoever sent it.")
        receiver = self._receiver(session, people.look_up(session, whose))
        if sentence := refusal(receiver, _given(gifts.of(session, whose)), gift):
            raise Conflict(sentence)
        row = Gift(
            network_id=self.id,
            business_id=whose.business_id,
            person_id=whose.person_id,
            referral_id=told.referral_id,
            reward=told.reward,
            value_cents=told.value_cents,
            given_on=day,
            note=note,
        )
        return gifts.add(session, row)

    def _receiver(self, session: Session, somebody: Somebody) -> Receiver:
        """Somebody as the rules see them: what they do and where, and what they like."""
        home, profile = businesses.home(session, self.id), motivations.profile(session, somebody.whose)
        told = cares.of(session, somebody.whose).place
        return Receiver(
            services=frozenset(somebody.services),
            ours=frozenset(home.services) if home else frozenset(),
            place=told or _place(somebody.place),
            our_place=_place(home.place) if home else "",
            reward=profile.reward,
            never_money=profile.never_money,
        )


def _place(text: str) -> str:
    """The state of a town of the United States that we know by name; empty for every other place."""
    found = find_place(text) if text else None
    return place_of(found.name) if found else ""


def _given(those: Sequence[GiftCard]) -> list[Given]:
    return [
        Given(reward=one.reward, value_cents=one.value_cents, given_on=date.fromisoformat(one.given_on))
        for one in those
    ]


def _check_gift(told: GiftTold) -> str:
    """The note of a gift as it is kept; Invalid for what cannot be."""
    if told.reward not in KINDS:
        raise Invalid("reward", "Please choose what it was from the list.")
    if not 0 <= told.value_cents <= VALUE_MOST_CENTS:
        raise Invalid("value_cents", "Please write what it cost as an amount from 0 to a million.")
    note = visible(told.note)
    if len(note) > GIFT_NOTE_CHARACTERS:
        raise Invalid("note", f"Please keep this under {GIFT_NOTE_CHARACTERS} characters.")
    return note


def _check_care(told: CareTold) -> None:
    """Invalid for what cannot be kept."""
    if told.rhythm_days is not None and not 1 <= told.rhythm_days <= RHYTHM_MOST_DAYS:
        raise Invalid("rhythm_days", f"Please write a number of days from 1 to {RHYTHM_MOST_DAYS:,}.")
    if told.why_not not in get_args(WhyNot):
        raise Invalid("why_not", "Please choose the cause from the list.")
    if told.place and told.place not in PLACES:
        raise Invalid("place", "Please choose the state or country from the list.")
    if len(told.post_to) > POST_CHARACTERS:
        raise Invalid("post_to", f"Please keep the address under {POST_CHARACTERS} characters.")
    if not 0 <= told.asked_count <= ASKED_MOST:
        raise Invalid("asked_count", f"Please write a number from 0 to {ASKED_MOST:,}.")
