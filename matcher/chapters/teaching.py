"""The chapter of `Network` on teaching partners whom to send: their plan, the kit, what they are given."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from matcher.answers.sources import Source
from matcher.answers.taught import Addressed, Champion, Kit, OwnContact, PartnerPlan, Step
from matcher.answers.whose import Somebody, Whose
from matcher.chapters.sourcing import Sourcing
from matcher.engine.brought import brought
from matcher.engine.explain import explain
from matcher.engine.ratings import rated
from matcher.errors import Conflict, Invalid
from matcher.exchange.camera import camera_svg
from matcher.exchange.pdf import Paper, write_pdf
from matcher.exchange.vcard import Version, write_vcards
from matcher.facts import PlanStep
from matcher.kit import checked_contact, flyer_texts, kit_of
from matcher.knowledge.plan import plan_steps
from matcher.lists.handouts import Handout, handout
from matcher.store import Session, businesses, clock, kits, motivations, people, plans, vettings


class Teaching(Sourcing):
    """Teaching partners whom to send: their plan, the kit, what they are given."""

    # -- the plan for one partner ----------------------------------------------------------------
    def plan(self, business_id: int) -> PartnerPlan:
        """How a business is courted: what they want, what we can bring, what is done, how clients rated them."""
        card, today = self.business(business_id), self.today()
        bring = self._bring(business_id)
        with self._store.session(self.id) as session:
            steps = _steps(session, business_id)
            return PartnerPlan(
                business_id=business_id,
                name=card.name,
                stage=card.stage or "",
                wants=motivations.profile(session, Whose(business_id=business_id)),
                bring=bring,
                steps=steps,
                done=sum(bool(step.done_on) for step in steps),
                checks=vettings.of_business(session, business_id, today),
                rated=rated(plans.ratings(session, business_id), today),
            )

    def mark_step(
        self,
        business_id: int,
        code: str,
        *,
        done: bool | None = None,
        note: str | None = None,
        on: date | None = None,
    ) -> PartnerPlan:
        """Keep that a step of the plan is done (today unless told) or not, and its note; None leaves each as it is."""
        day = self._day_told(on).isoformat()
        self.business(business_id)
        with self._store.session(self.id, writes=True) as session:
            step = next((one for one in _steps(session, business_id) if one.code == code), None)
            if step is None:
                raise Invalid("code", "There is no such step in the plan.")
            if done is not None:
                step = replace(step, done_on=(step.done_on if on is None and step.done_on else day) if done else "")
            plans.mark(session, self.id, business_id, step if note is None else replace(step, note=note))
        return self.plan(business_id)

    # -- what we hand out ------------------------------------------------------------------------
    def kit(self) -> Kit:
        """What teaches others whom to send us: who we are, for whom we are good, and what such people say."""
        with self._store.session(self.id) as session:
            home, own = businesses.home(session, self.id), kits.own(session, self.id)
        if home is None or own is None:
            raise Conflict("Please say first what you sell, to whom and where.")
        return kit_of(home, own)

    def own_card(self, version: Version = "3.0") -> bytes:
        """Our own business as a card for address books."""
        return write_vcards([self.kit().own], version)

    def card_picture(self) -> str:
        """Our own card as a picture for a phone's camera, as SVG; "" when it is too long for one."""
        return camera_svg(self.own_card().decode())

    def flyer(self, paper: Paper = "a4") -> bytes:
        """A page to pin up as PDF, with a picture of our card; Unavailable without the extra `pdf`."""
        return write_pdf("flyer.typ", flyer_texts(self.kit(), self.card_picture(), paper))

    def handout(self, what: Handout) -> str:
        """What we hand out as plain text: a pocket card, the page “who to send us”, a block for a newsletter."""
        return handout(self.kit(), what)

    def addresses(self, ids: Sequence[int]) -> list[Addressed]:
        """Businesses with each part of their address, in this order; those that we cannot see are passed over."""
        with self._store.session(self.id) as session:
            return list(kits.addresses(session, ids))

    def partner_addresses(self, text: str = "") -> list[Addressed]:
        """All with whom a partnership has not ended, by name; `text` is looked for as in the directory."""
        with self._store.session(self.id) as session:
            ids = kits.partners(session, ("courted", "agreed", "paused"))
            named = businesses.named(session, text) if text else set(ids)
            return list(kits.addresses(session, [one for one in ids if one in named]))

    def card_of(self, business_id: int, version: Version = "3.0") -> bytes:
        """One business as a card for address books; NotFound for one that this network cannot see."""
        self.business(business_id)
        return write_vcards(self.addresses([business_id]), version)

    def tell_contact(self, told: OwnContact) -> Kit:
        """Keep how our own business is reached, as it is printed on what we hand out."""
        self.kit()
        neat = checked_contact(told)
        with self._store.session(self.id, writes=True) as session:
            kits.tell_contact(session, self.id, neat, clock.now(session))
        return self.kit()

    def champions(self) -> tuple[Champion, ...]:
        """Who has already sent us people, with how they like to be thanked; recent ones weigh more."""
        found = [source for source in self.sources().sources if source.received]
        with self._store.session(self.id) as session:
            names = people.look_up_all(session, [one.whose for one in found])
            return tuple(_champion(session, one, names[one.whose]) for one in found if one.whose in names)

    def _bring(self, business_id: int) -> tuple[str, ...]:
        """What we can bring a business; nothing before we have said what we sell, or for our own business."""
        if self.home() is None:
            return ()
        with self._asking() as (index, question, _):
            if not index.can_see(self.id, business_id):
                return ()
            return brought(explain(index, question, business_id))


def _champion(session: Session, source: Source, who: Somebody) -> Champion:
    moves = motivations.profile(session, source.whose)
    return Champion(
        whose=source.whose,
        name=who.name,
        contact=who.contact,
        sent=source.received,
        last_on=source.last_on,
        weight=source.weight,
        reward=moves.reward,
        never_money=moves.never_money,
    )


def _steps(session: Session, business_id: int) -> tuple[Step, ...]:
    """All steps of the plan with what is marked of them."""
    found = plans.marks(session, business_id)
    return tuple(_marked(step, found[step.code]) if step.code in found else step for step in plan_steps())


def _marked(step: Step, mark: PlanStep) -> Step:
    return replace(step, done_on=mark.done_on.isoformat() if mark.done_on else "", note=mark.note)
