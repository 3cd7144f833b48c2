"""The chapter of `Network` on referrals: given and received, what became of them, and thanks."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, get_args

from matcher.answers.partners import Filters
from matcher.answers.quick_note import Draft
from matcher.answers.referred import (
    BECAUSE_CHARACTERS,
    NOTE_CHARACTERS,
    PROSPECT_CHARACTERS,
    AskedHow,
    Fallback,
    ReferralCard,
    ReferralList,
    ReferralsWanted,
    ReferralTold,
    Result,
    ThankKind,
)
from matcher.answers.thanked import GiftTold
from matcher.chapters.remembering import hold_asks
from matcher.chapters.sourcing import Sourcing
from matcher.chapters.thanking import Thanking
from matcher.engine.fallback import fallback_partners, suggested
from matcher.engine.owed import owed
from matcher.engine.suggest import suggest
from matcher.errors import Conflict, Invalid
from matcher.facts import Referral
from matcher.knowledge.scripts import draft
from matcher.lists.letters import Form, list_file
from matcher.lists.referral_lists import EVERY, narrowed, referral_paper, referral_rows
from matcher.store import Session, cares, clock, people, referrals, tasks
from matcher.taxonomy import taxonomy
from matcher.visible import visible

CLOSED: tuple[Result, ...] = ("done", "nowhere")
BEFORE_IT = "This is before the referral itself. Please choose a later day."
VALUE_MOST_CENTS = 1_000_000_000  # ten million dollars; more is a slip of the pen


THANK_SCRIPTS: dict[ThankKind, str] = {"at_once": "thank_now", "again": "thank_again", "publicly": "thank_publicly"}
FALLBACKS = 3  # partners named when a referral went nowhere


class Referring(Thanking, Sourcing):
    """Referrals: given and received, what became of them, and thanks."""

    def referrals(self, wanted: ReferralsWanted = EVERY, *, first: int = 0, limit: int = 50) -> ReferralList:
        """A page of referrals, the newest first, with the thanks that are owed."""
        with self._store.session(self.id) as session:
            cards = _with_owed(session, referrals.cards(session))
        kept = narrowed(cards, wanted)
        return ReferralList(
            referrals=kept[first : first + limit],
            total=len(kept),
            value_cents=sum(card.value_cents or 0 for card in kept if card.result in ("won", "done")),
            owed=sum(bool(card.owed) for card in cards),
        )

    def referral(self, referral_id: int) -> ReferralCard:
        """One referral with the thanks that are owed; NotFound for one that we do not have."""
        with self._store.session(self.id) as session:
            return _with_owed(session, [referrals.card(session, referral_id)])[0]

    def add_referral(self, told: ReferralTold) -> int:
        """Keep a referral, given or received, and give its number; of one introduction there is one each way."""
        fields = _fields(told, self._day_told)
        with self._store.session(self.id, writes=True) as session:
            people.look_up(session, told.whose)
            return referrals.add(session, Referral(network_id=self.id, **fields))

    def edit_referral(self, referral_id: int, told: ReferralTold) -> ReferralCard:
        """Keep what the owner now says of a referral; thanks that were said stay said."""
        fields = _fields(told, self._day_told)
        with self._store.session(self.id, writes=True) as session:
            row = referrals.find(session, referral_id)
            people.look_up(session, told.whose)
            for name in fields.keys() - {"introduction_id"}:
                setattr(row, name, fields[name])
        return self.referral(referral_id)

    def remove_referral(self, referral_id: int) -> None:
        """Take a referral back, as if nobody had told it."""
        with self._store.session(self.id, writes=True) as session:
            hold_asks(session, self.id, f"referral:{referral_id}")
            referrals.remove(session, referral_id)

    def note_result(
        self, referral_id: int, result: Result, value_cents: int | None = None, *, on: date | None = None
    ) -> ReferralCard:
        """Say what became of a referral, and what it brought; a value that is not given stays as it was."""
        day = self._day_told(on)
        _check_result(result, value_cents)
        with self._store.session(self.id, writes=True) as session:
            if day < referrals.find(session, referral_id).referred_on:
                raise Invalid("on", BEFORE_IT)
            referrals.note_result(session, referral_id, result, value_cents, day)
        return self.referral(referral_id)

    def thank(
        self, referral_id: int, kind: ThankKind = "at_once", *, on: date | None = None, gift: GiftTold | None = None
    ) -> ReferralCard:
        """Say that we thanked for a referral, with what we gave along: both are kept, or neither."""
        day = self._day_told(on)
        with self._store.session(self.id, writes=True) as session:
            card = referrals.card(session, referral_id)
            if day.isoformat() < card.referred_on:
                raise Invalid("on", BEFORE_IT)
            if card.given:
                raise Conflict("You gave this referral yourself: the thanks are theirs to say.")
            if kind == "publicly" and cares.of(session, card.whose).thank_publicly is False:
                raise Conflict("They said no to public thanks. Please thank them in private.")
            if gift is not None:
                self._give(session, card.whose, replace(gift, referral_id=referral_id))
            referrals.note_thanks(session, referral_id, kind, day)
        return self.referral(referral_id)

    def unthank(self, referral_id: int, kind: ThankKind) -> ReferralCard:
        """Take back that we thanked for a referral; the agenda asks for it again."""
        with self._store.session(self.id, writes=True) as session:
            referrals.note_thanks(session, referral_id, kind, None)
            tasks.owe_again(session, f"{THANK_SCRIPTS[kind]}:referral:{referral_id}")
        return self.referral(referral_id)

    def thank_draft(
        self, referral_id: int, kind: ThankKind = "at_once", *, outcome: str = "", tone: str = "warm"
    ) -> Draft:
        """Words to thank with, to read and send oneself; public ones name nobody but the source."""
        home = self.home()
        with self._store.session(self.id) as session:
            card = referrals.card(session, referral_id)
            somebody = people.look_up(session, card.whose)
        words = {"source": somebody.contact or somebody.name, "owner": home.name if home else ""}
        if kind != "publicly":
            words |= {"prospect": card.prospect, "because": card.because}
        if kind == "again":
            words["outcome"] = outcome
        return draft(THANK_SCRIPTS[kind], tone, **words)

    def fallbacks(self, referral_id: int) -> Sequence[Fallback]:
        """Who else could serve a prospect whom we sent somewhere in vain: partners first, then suggestions."""
        with self._store.session(self.id) as session:
            card = referrals.card(session, referral_id)
            cards = referrals.cards(session)
        if not card.given or card.result != "nowhere" or not card.service:
            return ()
        tried = {one.business_id for one in cards if one.given and one.prospect == card.prospect}
        agreed = [one for one in self.agreed_partners() if card.service in one.services]
        found = fallback_partners(agreed, cards, tried)
        if len(found) < FALLBACKS:
            asked = Filters(services=(card.service,), decided=True)
            with self._asking(asked) as (index, question, names):
                others = suggest(index, question, names, first=0, limit=FALLBACKS + len(tried)).suggestions
            found += suggested(others, tried.union(one.business_id for one in found))
        return found[:FALLBACKS]

    def export_referrals(self, form: Form, wanted: ReferralsWanted = EVERY) -> bytes:
        """All referrals that are asked for as a file: those of the list; as cards, from or to whom they went."""
        with self._store.session(self.id) as session:
            cards = _with_owed(session, referrals.cards(session))
        found = narrowed(cards, wanted)
        return list_file(
            form, "Referrals", referral_rows(found), referral_paper(found), self.cards_of(one.whose for one in found)
        )


def _with_owed(session: Session, cards: Sequence[ReferralCard]) -> list[ReferralCard]:
    told, today = cares.all_told(session), clock.today(session)
    public = {whose for whose, care in told.items() if care.thank_publicly}
    return [replace(card, owed=owed(card, today, publicly=card.whose in public)) for card in cards]


def _fields(told: ReferralTold, day_told: Callable[[date | None], date]) -> dict[str, Any]:
    """The columns of a referral as it is told; Invalid for what cannot be kept."""
    _check_result(told.result, told.value_cents)
    referred_on = day_told(told.referred_on)
    closed_on = day_told(told.closed_on) if told.result in CLOSED else None
    if closed_on and closed_on < referred_on:
        raise Invalid("closed_on", BEFORE_IT)
    if told.service and told.service not in taxonomy().services:
        raise Invalid("service", "Please choose the service from the list.")
    if told.asked_how not in get_args(AskedHow):
        raise Invalid("asked_how", "Please choose how you asked from the list.")
    return {
        "given": told.given,
        "business_id": told.whose.business_id,
        "person_id": told.whose.person_id,
        "prospect": _line("prospect", told.prospect, PROSPECT_CHARACTERS, "Please say whom this is about."),
        "service": told.service,
        "referred_on": referred_on,
        "result": told.result,
        "value_cents": told.value_cents,
        "closed_on": closed_on,
        "because": _line("because", told.because, BECAUSE_CHARACTERS),
        "asked_how": told.asked_how,
        "note": _line("note", told.note, NOTE_CHARACTERS),
        "introduction_id": told.introduction_id,
    }


def _check_result(result: Result, value_cents: int | None) -> None:
    if result not in get_args(Result):
        raise Invalid("result", "Please choose what became of it from the list.")
    if value_cents is not None and not 0 <= value_cents <= VALUE_MOST_CENTS:
        raise Invalid("value_cents", "Please write what it brought as an amount from 0 to 10 million.")


def _line(field: str, text: str, most: int, missing: str = "") -> str:
    """Words as they are kept; Invalid when they are too long, or missing where they must not be."""
    kept = visible(text)
    if not kept and missing:
        raise Invalid(field, missing)
    if len(kept) > most:
        raise Invalid(field, f"Please keep this under {most:,} characters.")
    return kept
