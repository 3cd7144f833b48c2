"""The chapter of `Network` on businesses: whom to meet and why, what one thinks of them, what came of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from matcher.answers.learned import Needs, OutcomeKind, Outcomes
from matcher.answers.partners import (
    BusinessCard,
    Explanation,
    Factor,
    Facts,
    Filters,
    Home,
    Listing,
    OneSidedList,
    Overflow,
    Picture,
    Profile,
    Shortlist,
)
from matcher.answers.whose import Whose
from matcher.chapters.asking import ALL, Asking
from matcher.engine.example import made_example
from matcher.engine.explain import explain
from matcher.engine.factors import factors
from matcher.engine.flow import flow_of
from matcher.engine.learning import ENOUGH_ANSWERS
from matcher.engine.needs import client_needs, day_of_needs, learned_steps
from matcher.engine.odds import stated_weights
from matcher.engine.one_sided import one_sided
from matcher.engine.overflow import overflow
from matcher.engine.picture import picture
from matcher.engine.rates import STRANGER_RATES, model_rates, rates
from matcher.engine.suggest import suggest
from matcher.errors import Conflict, Invalid, NotFound
from matcher.facts import Occasion, Outcome, Ruling, Verdict
from matcher.knowledge.choices import services_in
from matcher.knowledge.zones import zone_of_place
from matcher.known import clients, our_journeys, partners
from matcher.store import (
    businesses,
    clock,
    corrections,
    motivations,
    needs,
    outcomes,
    partnerships,
    rulings,
)
from matcher.taxonomy import taxonomy

Answer = Literal["yes", "later", "no"]
Stage = Literal["courted", "agreed", "paused", "ended"]
LATER_DAYS = 30  # after which a "later" comes back
REASON_LENGTH = 400  # characters of a verdict's reason


class Suggesting(Asking):
    """Businesses and what the owner says of them: facts in, suggestions out."""

    # -- home ------------------------------------------------------------------------------------
    def settle(self, home: Home) -> Home:
        """Store what the owner sells, to whom and where (the first run, and settings later).

        As long as nobody told the time zone, it is that of the place, where its name says which.
        """
        unknown = [code for code in home.services if code not in taxonomy().services]
        unknown += [code for code in home.markets if code not in taxonomy().markets]
        if unknown or not home.services:
            raise Invalid("services", "Please choose what you sell, and to whom, from the list.")
        with self._store.session(self.id, writes=True) as session:
            if clock.zone(session) is None:
                clock.set_zone(session, zone_of_place(home.place, home.lon) or None)
            return replace(home, business_id=businesses.settle(session, self.id, home, clock.now(session)))

    # -- suggestions -----------------------------------------------------------------------------
    def suggestions(
        self, filters: Filters = ALL, *, first: int = 0, limit: int = 20, home: Home | None = None
    ) -> Shortlist:
        """Ranked suggestions for the home business, or for a `home` that is only described, not stored."""
        with self._asking(filters, home) as (index, question, names):
            return suggest(index, question, names, first=first, limit=limit)

    def why(self, business_id: int, *, home: Home | None = None) -> Explanation:
        """Why this business, or why not, and what would change it. NotFound for one that this network cannot see."""
        card = self.business(business_id)
        with self._asking(ALL, home) as (index, question, _):
            if not index.can_see(self.id, business_id):
                raise NotFound("There is no such business to meet.")  # the owner's own, or one just taken out
            return explain(index, question, business_id, name=card.name, place=card.place)

    @staticmethod
    def factors() -> Sequence[Factor]:
        """All that counts in a score: what it means, its weight, and where the weight comes from."""
        return factors()

    def example(self, business_id: int | None = None) -> Explanation:
        """The terms of one score: of this business, or of the best suggestion, or made up (its number is 0)."""
        if business_id is not None:
            return self.why(business_id)
        best = self.suggestions(limit=1).suggestions if self.home() else ()
        return self.why(best[0].business_id) if best else made_example(flow_of(taxonomy()))

    def decide(self, business_id: int, answer: Answer, reason: str = "") -> int:
        """Keep a verdict (yes opens a courted partnership) and give its number; the same twice is one verdict."""
        self.business(business_id)
        with self._store.session(self.id, writes=True) as session:
            now, back_on = clock.now(session), clock.today(session) + timedelta(days=LATER_DAYS)
            verdict = Verdict(
                network_id=self.id,
                business_id=business_id,
                answer=answer,
                reason=" ".join(reason.split())[:REASON_LENGTH],
                given_at=now,
                until_on=back_on if answer == "later" else None,
            )
            return partnerships.decide(session, verdict)

    def undo_verdict(self, verdict_id: int) -> None:
        """Take a verdict back, with the courted partnership that it opened."""
        with self._store.session(self.id, writes=True) as session:
            partnerships.undo(session, verdict_id, clock.now(session))

    def set_stage(self, business_id: int, stage: Stage, *, on: date | None = None) -> None:
        """Move a partnership along, today unless a day is told."""
        day = self._day_told(on)
        self.business(business_id)
        with self._store.session(self.id, writes=True) as session:
            outcomes.move_along(session, self.id, business_id, stage, day)

    def picture(self) -> Picture:
        """The network at a glance, with hollow seats for services that clients will need and nobody offers."""
        with self._store.session(self.id) as session:
            home, known = businesses.home(session, self.id), partners(session)
            if home is None:
                raise Conflict("Please say first what you sell, to whom and where.")
            ours = our_journeys(session, flow_of(taxonomy()), home.services, clock.today(session))
        return picture(home, known, ours)

    # -- what came of things -----------------------------------------------------------------------
    def note_outcome(self, business_id: int, kind: OutcomeKind, came_true: bool) -> int:
        """Keep what came of something with a business today, and give the note's number."""
        self.business(business_id)
        told = Outcome(
            network_id=self.id,
            business_id=business_id,
            kind=kind,
            came_true=came_true,
            happened_on=self.today(),
        )
        with self._store.session(self.id, writes=True) as session:
            return outcomes.note(session, told)

    def undo_outcome(self, outcome_id: int) -> int:
        """Take a note back, and give the number of its business."""
        with self._store.session(self.id, writes=True) as session:
            return outcomes.take_back(session, outcome_id)

    def outcomes(self, business_id: int) -> Outcomes:
        """How far a business says yes, sends somebody, closes and keeps its word, with the notes behind each."""
        self.business(business_id)
        models, weights = STRANGER_RATES, stated_weights()
        if self.home() is not None:
            with self._asking() as (index, question, _):
                models, weights = model_rates(index, question, business_id), question.weights or weights
        with self._store.session(self.id) as session:
            noted, answers = outcomes.of_business(session, business_id), len(outcomes.answers(session))
        told = [(o.id, o.kind, o.came_true, o.happened_on) for o in noted]
        found = rates(models, told, self.today())
        return Outcomes(rates=found, answers=answers, answers_wanted=ENOUGH_ANSWERS, weights=weights)

    # -- what clients needed -----------------------------------------------------------------------
    def needs(self) -> Needs:
        """What our clients needed, and what that taught about the journeys that they are on."""
        with self._store.session(self.id) as session:
            home, noted = businesses.home(session, self.id), clients(session)
        sold = home.services if home else ()
        learned = learned_steps(flow_of(taxonomy()), noted, self.today(), sold)
        return Needs(clients=client_needs(noted), learned=learned)

    def note_needs(self, journey: str, services: Sequence[str], on: date | None = None) -> int:
        """Keep what a client on a journey needed (nothing else counts too), and give the note's number."""
        day = day_of_needs(taxonomy(), journey, services, on=on, today=self.today())
        told = Occasion(network_id=self.id, journey=journey, began_on=day)
        with self._store.session(self.id, writes=True) as session:
            return needs.note(session, told, services)

    def undo_needs(self, occasion_id: int) -> None:
        """Take back what a client needed."""
        with self._store.session(self.id, writes=True) as session:
            needs.take_back(session, occasion_id)

    # -- what moves people -------------------------------------------------------------------------
    def motivation(self, business_id: int | None = None, *, person_id: int | None = None) -> Profile:
        """What moves a business, or a person; all unknown when nobody has told us."""
        with self._store.session(self.id) as session:
            return motivations.profile(session, Whose(business_id, person_id))

    def set_motivation(
        self, told: Profile, business_id: int | None = None, *, person_id: int | None = None, forget: bool = False
    ) -> Profile:
        """Keep what moves somebody, and give what was kept; only `forget` drops a "never send money" of before."""
        whose = Whose(business_id, person_id)
        with self._store.session(self.id, writes=True) as session:
            return motivations.save(session, self.id, whose, told, clock.now(session), forget=forget)

    def one_sided(self, *, first: int = 0, limit: int = 20, home: Home | None = None) -> OneSidedList:
        """Businesses in reach that do not compete, but help one side only or neither, and what would change it."""
        with self._asking(ALL, home) as (index, question, names):
            return one_sided(index, question, names, first=first, limit=limit)

    # -- competition -----------------------------------------------------------------------------
    def rule(self, business_id: int, competes: bool, reason: str = "") -> None:
        """Say whether a business competes, and why; this goes before what we work out, until it is taken back."""
        given = Ruling(
            network_id=self.id,
            business_id=self.business(business_id).business_id,
            competes=competes,
            reason=" ".join(reason.split())[:REASON_LENGTH],
            given_at=self.now(),
        )
        with self._store.session(self.id, writes=True) as session:
            rulings.rule(session, given)

    def unrule(self, business_id: int) -> None:
        """Take one's word on whether a business competes back; nothing happens where there is none."""
        self.business(business_id)
        with self._store.session(self.id, writes=True) as session:
            rulings.unrule(session, business_id)

    def overflow(
        self, filters: Filters = ALL, *, first: int = 0, limit: int = 20, home: Home | None = None
    ) -> Overflow:
        """Competitors who could take work that the owner cannot take, the best first."""
        with self._asking(filters, home) as (index, question, names):
            return overflow(index, question, names, first=first, limit=limit)

    # -- directory -------------------------------------------------------------------------------
    def directory(self, filters: Filters = ALL, *, first: int = 0, limit: int = 50) -> Listing:
        """Businesses that this network can see, by name."""
        with self._store.session(self.id) as session:
            return businesses.listing(session, filters.text, services_in(filters), first=first, limit=limit)

    def whole_directory(self, filters: Filters = ALL) -> Sequence[BusinessCard]:
        """The same in one go."""
        with self._store.session(self.id) as session:
            return [*businesses.whole_listing(session, filters.text, services_in(filters))]

    # -- what this network knows better ------------------------------------------------------------
    def correct_facts(self, business_id: int, facts: Facts) -> BusinessCard:
        """Keep what this network says of a business, instead of what it said before; other networks never see it."""
        unknown = [code for code in facts.services or () if code not in taxonomy().services]
        if unknown or any(code not in taxonomy().markets for code in facts.markets or ()):
            raise Invalid("services", "Please choose what they sell, and to whom, from the list.")
        self.business(business_id)
        with self._store.session(self.id, writes=True) as session:
            corrections.correct(session, self.id, business_id, facts, clock.now(session))
            businesses.changed(session, self.id)
        return self.business(business_id)

    def forget_correction(self, business_id: int) -> BusinessCard:
        """Let the directory's word hold again for a business; nothing happens when nothing was corrected."""
        return self.correct_facts(business_id, Facts())
