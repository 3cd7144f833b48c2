"""The chapter of `Network` on filling needs: who gets which, what nobody fills, and whom to recruit for it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from matcher.answers.coached import Limit
from matcher.answers.covered import (
    ANY,
    Assignment,
    ClientCard,
    Coverage,
    NeedCard,
    Recruits,
    Served,
    Standing,
    TrendPoint,
)
from matcher.answers.partners import Home
from matcher.answers.quick_note import Draft, Heard
from matcher.answers.told import RoomTold
from matcher.chapters.client_book import ClientBook
from matcher.coach_kit.content import LIMITS
from matcher.coach_kit.services import as_ours
from matcher.engine.coverage import coverage, trend_point
from matcher.engine.flow import Flow
from matcher.engine.index import Index
from matcher.engine.match import Match, matched
from matcher.engine.question import Question
from matcher.engine.recruiting import recruits
from matcher.engine.served import assignment_of
from matcher.engine.suggest import Names
from matcher.engine.takers import Takers, Told, takers
from matcher.engine.why_not import why_not
from matcher.engine.words import article
from matcher.errors import Invalid
from matcher.knowledge.scripts import choice_of, draft, spoken
from matcher.known import handed_on
from matcher.looking_back import month_ends, needs_on, partners_on
from matcher.store import client_needs, clients, limits, partnerships, programmes

PROOF_SECONDS = 20.0  # for which a proof is looked for before we say how near it came
RECRUITS_USUAL = 5
RECRUITS_MOST = 25  # in one answer; nobody courts more at a time
NAMES_MOST = LIMITS["names_offered"][1]  # partners told to a client for one need


@dataclass(frozen=True, kw_only=True)
class Work:
    """All that answers on filling needs stand on."""

    index: Index
    question: Question
    names: Names
    needs: Sequence[NeedCard]
    told: Mapping[int, Told]
    flow: Flow  # journeys as our clients go through them, with the services that the programme adds
    offering: Mapping[int, Sequence[str]]  # business -> which of those it offers
    called: Mapping[int, str]  # agreed partners by name

    @cached_property
    def partners(self) -> Takers:
        """The agreed partners, as those who could take needs."""
        return self.takers(self.called)

    def takers(self, called: Mapping[int, str]) -> Takers:
        """Some businesses, as those who could take needs."""
        rows = self.index.rows(called, self.question.network_id)
        found = takers(self.index, self.question.home, rows, self.told, called)
        more = {one: [self.flow.numbers[code] for code in codes] for one, codes in self.offering.items()}
        return found.also_offering(more) if more else found

    def match(self) -> Match:
        """Who fills which need today."""
        return matched(self.needs, self.partners, self.question.home, self.flow)


class Filling(ClientBook):
    """Needs of clients beside the owner's own network: answers only; nobody is told anything."""

    def coverage(self, *, years: bool = True) -> Coverage:
        """How much of what clients need the network fills, by service and partner, with gaps.

        `years`: also the last year and what to expect of the next, which take most of the time.
        """
        with self._work() as work:
            return self._coverage(work, work.match(), years=years)

    def standing(self, *, years: bool = True, recruits: int = 0) -> Standing:
        """Coverage, assignment and so many `recruits` at one look, for a page that shows them together."""
        with self._work() as work:
            match = work.match()
            return Standing(
                coverage=self._coverage(work, match, years=years),
                assignment=assignment_of(match, self.names_offered().value),
                recruits=_recruits(work, match, recruits) if recruits else None,
            )

    def assignment(self) -> Assignment:
        """Which partner for which need, with as many names as the owner wants to offer."""
        with self._work() as work:
            return assignment_of(work.match(), self.names_offered().value)

    def why_not_partner(self, need_id: int, business_id: int) -> str:
        """Why this partner does not get a need, or what would change if it did."""
        self.need(need_id), self.business(business_id)
        with self._work() as work:
            found = why_not(
                work.needs, work.partners, work.question.home, work.flow, need_id=need_id, business_id=business_id
            )
        return found if isinstance(found, str) else found.sentence

    def recruits(self, count: int = RECRUITS_USUAL, *, prove: bool = False) -> Recruits:
        """The next businesses to recruit for needs that nobody fills; `prove` compares them with the best possible."""
        if not 1 <= count <= RECRUITS_MOST:
            raise Invalid("count", f"Please ask for 1 to {RECRUITS_MOST} businesses.")
        with self._work() as work:
            return _recruits(work, work.match(), count, PROOF_SECONDS if prove else None)

    def heard(self, text: str, client_id: int | None = None) -> Heard:
        """What somebody said: the service it calls for, the partner for it beside all other needs, and a draft."""
        understood = self.understand(text)
        service = understood.guesses[0].service if understood.guesses else ""
        if not service:
            return Heard(understood=understood)
        client = self.client(client_id) if client_id is not None else None
        with self._work() as work:
            need = just_heard(service, text, client, work.question.home)
            found = assignment_of(replace(work, needs=[*work.needs, need]).match(), self.names_offered().value)
            served = next(served for served in found.needs if served.need.need_id == need.need_id)
            return Heard(
                understood=understood, service=service, served=served, draft=_offer(served, work.question.home.name)
            )

    # -- settings --------------------------------------------------------------------------------
    def names_offered(self) -> Limit:
        """How many partners a client is told of for a need, and who says so."""
        with self._store.session(self.id) as session:
            return limits.limit(session, self.id, "names_offered")

    def set_names_offered(self, names: int | None) -> None:
        """Say how many partners a client is told of for a need, or None to follow the programme."""
        if names is not None and not 1 <= names <= NAMES_MOST:
            raise Invalid("names", f"Please choose 1 to {NAMES_MOST} names.")
        with self._store.session(self.id, writes=True) as session:
            limits.set_limit(session, self.id, "names_offered", names)

    def room(self, business_id: int) -> RoomTold:
        """What a partner told us of working for our clients."""
        with self._store.session(self.id) as session:
            return partnerships.rooms(session).get(business_id, RoomTold())

    def note_room(self, business_id: int, told: RoomTold) -> None:
        """Keep how many of our clients a partner takes at a time, and which languages they speak."""
        self.business(business_id)
        with self._store.session(self.id, writes=True) as session:
            partnerships.note_room(session, business_id, told)

    # -- how it is put together --------------------------------------------------------------------
    @contextmanager
    def _work(self) -> Iterator[Work]:
        today = self.today()
        with self._asking() as (index, question, names), self._store.session(self.id) as session:
            told = handed_on(session, today)
            agreed = [partner for partner in question.partners if partner.stage == "agreed"]
            added, flow = programmes.added_services(session), question.ours or index.flow
            yield Work(
                index=index,
                question=question,
                names=names,
                needs=client_needs.cards(session, clients.cards(session)),
                told=told,
                flow=flow.also(as_ours(added)) if added else flow,
                offering=programmes.offering(session, added),
                called={partner.business_id: partner.name for partner in agreed},
            )

    def _coverage(self, work: Work, match: Match, *, years: bool) -> Coverage:
        return coverage(match, self._expected(), self._trend(work, match)) if years else coverage(match, {})

    def _trend(self, work: Work, match: Match) -> tuple[TrendPoint, ...]:
        """Coverage at the ends of the last months, as soon as there were needs, and today as `match` has it."""
        with self._store.session(self.id) as session:
            needs = client_needs.cards(session, clients.cards(session), dropped=True)
            closings, changes = client_needs.closings(session), partnerships.stage_changes(session)
        ever = {business: "" for _, business, _ in changes}
        those = work.takers(ever)
        *days, today = month_ends(self.today())
        points = []
        for day in days:
            then, partners = needs_on(day, needs, closings), partners_on(day, changes)
            if then:
                at = np.flatnonzero(np.isin(those.ids, list(partners)))
                points.append(trend_point(day.isoformat(), matched(then, those.at(at), work.question.home, work.flow)))
        return (*points, trend_point(today.isoformat(), match)) if match.needs else tuple(points)

    def _expected(self) -> Mapping[str, float]:
        """Service -> needs to expect within a year that nobody has told yet."""
        expected: dict[str, float] = defaultdict(float)
        for _, odds in self._all_odds()[1]:
            for one in odds:
                expected[one.service] += one.in_365
        return dict(sorted(expected.items(), key=lambda one: (-one[1], one[0])))


def _recruits(work: Work, match: Match, count: int, seconds: float | None = None) -> Recruits:
    gaps = [match.needs[number] for number in match.among({"gap"})]
    return recruits(work.index, work.question, gaps, work.told, work.names, count=count, seconds=seconds)


def just_heard(service: str, wording: str, client: ClientCard | None, home: Home) -> NeedCard:
    """A need that is not kept, of a client or of somebody near home; its number is 0."""
    where = client or home
    return NeedCard(
        need_id=0,
        client_id=client.client_id if client else 0,
        client=client.name if client else "",
        grade=client.grade if client else "",
        service=service,
        wording=wording,
        status="open",
        heard_on="",
        needed_by="",
        wish=ANY,
        lat=where.lat,
        lon=where.lon,
        value_cents=client_needs.usual_cents(service),
        value_assumed=True,
    )


def _offer(served: Served, owner: str) -> Draft | None:
    """A message that offers the client whom we would call, or several to choose from."""
    names = [option.name for option in (served.partner, *served.others) if option is not None and option.name]
    if not names:
        return None
    words = {"need": article(spoken(served.need.service)), "owner": owner, "client": served.need.client}
    code = "heard_offer" if len(names) == 1 else "offer_names"
    return draft(code, partner=choice_of(names), **words)
