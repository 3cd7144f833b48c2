"""Random walks of two owners through introductions of the same people, in one database, each beside our own notes."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, ClassVar, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import or_, select

from matcher.answers.introduced import IntroductionTold, ReportTold, Role
from matcher.answers.whose import Whose
from matcher.engine.introductions import stage_of
from matcher.errors import Conflict, NotFound
from matcher.facts import Introduction
from matcher.introductions import acquainting, agreeing, reopening
from matcher.introductions.outcome_told import note_came
from matcher.store import Session, Store, introductions, links
from matcher.store.tenancy import TenantSession
from matcher.visitors.consenting import kept_answer, kept_report, shown_ask
from tests.acquainting_notes import DAY, Noted, Own, goes_on, reminder_stops, standing
from tests.store.conftest import ALICE, BOB, NOON

Made = TypeVar("Made")
BUSINESSES, PEOPLE = 5, 2  # the businesses are in the directory that both owners share
OWNERS = {ALICE: "Alice Lends", BOB: "Bob Bakes"}
NAME = "CANARY"  # of every person: no business may read it
SECRET = "SECRET"  # in everybody's words for the owner
WAITS = (1, 2, 7, 14)
AROUND = (-1, -1, 0, 1)  # days from the end of a limit; on the last one it still refuses
roles: st.SearchStrategy[Role] = st.sampled_from(("first", "target"))
numbers = st.integers(0, 10**6)
answers: Any = st.sampled_from(("yes", "yes", "yes", "no", "later"))
outcomes: Any = st.sampled_from(("waiting", "met", "won", "done", "nowhere"))


class Introductions(RuleBasedStateMachine):
    """Two owners, who ask, wait, remind, withdraw and connect as it comes, and people who answer or do not."""

    store: ClassVar[Store]
    everybody: ClassVar[dict[int, list[Whose]]]  # by network
    same: ClassVar[dict[Whose, Whose]]  # the face of a business -> the business
    drafted: ClassVar[dict[int, dict[int, Noted]]]  # by network, before a walk begins
    seen: ClassVar[Counter[str]] = Counter()  # walks, steps, asks, stages reached, refusals by limit

    def __init__(self) -> None:
        super().__init__()
        self.seen.update({"walks": 1, "steps": -1})  # the invariant is looked at once before the first step
        self.connection = self.store.engine.connect().execution_options(writes=True)
        self.connection.begin()  # one for both: each would see what the other writes
        drafted = deepcopy(self.drafted)
        self.owns = [Own(number, self._session(number), drafted[number]) for number in OWNERS]
        self.own, self.now = self.owns[0], NOON

    def _session(self, network_id: int) -> Session:
        return TenantSession(bind=self.connection, info={"network_id": network_id}, expire_on_commit=False)

    def teardown(self) -> None:
        """Forget all of it."""
        for own in self.owns:
            own.session.close()
        self.connection.close()

    @property
    def today(self) -> date:
        """The day it is."""
        return self.now.date()

    @rule()
    def turn_to_the_other(self) -> None:
        """It is the other owner's turn."""
        self.own = self.owns[self.own is self.owns[0]]

    @rule(for_us=st.booleans(), first=numbers, other=numbers)
    def draft(self, for_us: bool, first: int, other: int) -> None:
        """Draft an introduction of two who are not the same."""
        everybody = self.everybody[self.own.network_id]
        one, two = (everybody[n % len(everybody)] for n in (first, other))
        if self.same.get(one, one) != self.same.get(two, two):
            key, noted = noted_draft(self.own.session, self.own.network_id, for_us, one, two)
            self.own.noted[key] = noted

    @rule(number=numbers, role=roles)
    def ask(self, number: int, role: Role) -> None:
        """Ask: exactly when each limit lets us, the first one first."""
        key, one = self._chosen(number)
        again = one.waits(role, self.today)
        fresh = role not in one.asked and not (one.withdrawn or one.connected)
        turn = role == "first" or (one.under_way(self.today) and one.said.get("first", ("",))[0] == "yes")
        stops = standing(self.own.noted, key, role, self.today) if fresh and turn else set()
        may = again or (fresh and turn and not stops)
        token = self._made(lambda: acquainting.ask(self.own.session, key, role, self.now), may)
        self._count(stops, standing(self.own.noted, key, role, self.today + DAY) if stops else set())
        if token:
            one.asked.setdefault(role, self.today)
            self._remember(token, key, role)
            self.seen["asks"] += 1

    @rule(for_us=st.booleans(), first=numbers, other=numbers)
    def begin(self, for_us: bool, first: int, other: int) -> None:
        """Draft an introduction and ask at once: so several are open at a time."""
        before = len(self.own.noted)
        self.draft(for_us, first, other)
        if len(self.own.noted) > before:
            self.ask(0, "first")

    @rule(number=numbers, answer=answers)
    def ask_and_hear(self, number: int, answer: Any) -> None:
        """Ask whoever comes next, and let them answer at once: so walks get farther."""
        _, one = self._chosen(number)
        given = len(self.own.links)
        self.ask(number, "target" if "first" in one.said else "first")
        if len(self.own.links) > given:
            self.answer(0, answer)

    @rule(number=numbers, role=roles)
    def remind(self, number: int, role: Role) -> None:
        """Remind: once, from the seventh day on, while they can answer."""
        key, one = self._chosen(number)
        stops = reminder_stops(one, role, self.today)
        token = self._made(lambda: acquainting.remind(self.own.session, key, role, self.now), not stops)
        self._count(stops, reminder_stops(one, role, self.today + DAY))
        if token:
            one.reminded.append(role)
            self._remember(token, key, role)

    @precondition(lambda self: self.own.links)
    @rule(number=numbers, answer=answers)
    def answer(self, number: int, answer: Any) -> None:
        """Somebody presses a button behind any link there ever was: it counts once, in time, and is private."""
        token, key, role, _ = self.own.links[-1 - number % len(self.own.links)]
        session, one, words = self.own.session, self.own.noted[key], f"{SECRET} {len(self.own.links)}"
        good = self.own.live.get((key, role)) == token and one.waits(role, self.today)
        good = good and (self.today - one.asked[role]).days < 13  # the link's last day, at noon
        if self._works(lambda: kept_answer(session, token, answer, words, now=self.now), good):
            one.said[role] = (answer, self.today)
            assert not self._works(lambda: kept_answer(session, token, answer, words, now=self.now), False)

    @precondition(lambda self: self.own.links)
    @rule(number=numbers)
    def look(self, number: int) -> None:
        """Whatever the other one answered, a link shows what it showed at first, or nothing at all."""
        token, _, _, page = self.own.links[-1 - number % len(self.own.links)]
        with suppress(NotFound):
            assert links.look_up(self.owns[0].session, token, "ask", self.now).network_id == self.own.network_id
            assert shown_ask(self.own.session, self.own.network_id, token, self.now) == page

    @rule(number=numbers, role=roles, answer=answers)
    def note_answer(self, number: int, role: Role, answer: Any) -> None:
        """The owner notes what somebody said on the phone."""
        (key, one), session = self._chosen(number), self.own.session
        asked, may = introductions.find_ask(session, key, role), one.waits(role, self.today)
        if self._works(lambda: acquainting.note_answer(session, asked, answer, SECRET, now=self.now), may, Conflict):
            one.said[role] = (answer, self.today)
            one.told_us.add(role)

    @rule(number=numbers, role=roles)
    def undo_answer(self, number: int, role: Role) -> None:
        """The owner takes back what they noted by mistake: never what somebody answered themselves."""
        (key, one), session = self._chosen(number), self.own.session
        said = {part: answer for part, answer in one.said.items() if part != role}
        may = role in one.told_us and not (role == "first" and "target" in one.asked)
        may = may and not (one.withdrawn or one.connected)
        may = may and goes_on(self.own.noted, key, replace(one, said=said), self.today)
        token = self._made(lambda: reopening.take_answer_back(session, key, role, self.now).token, may)
        if token:
            one.said = said
            one.told_us.discard(role)
            self._remember(token, key, role)

    @rule(number=numbers)
    def withdraw(self, number: int) -> None:
        """The owner takes it back, while it has not ended."""
        key, one = self._chosen(number)
        may = one.under_way(self.today) or not (one.asked or one.withdrawn)
        if self._works(lambda: acquainting.withdraw(self.own.session, key, self.now), may, Conflict):
            one.withdrawn = self.today

    @rule(number=numbers)
    def undo_withdraw(self, number: int) -> None:
        """The owner goes on with what was withdrawn: only while no other limit has come to stand in the way."""
        (key, one), session = self._chosen(number), self.own.session
        may = one.withdrawn is not None and goes_on(self.own.noted, key, replace(one, withdrawn=None), self.today)
        new = self._made(lambda: reopening.take_withdrawal_back(session, key, self.now), may)
        if may:
            one.withdrawn = None
        if new:
            self._remember(new.token, key, new.role)

    @rule(number=numbers)
    def connect(self, number: int) -> None:
        """The owner makes the two known to each other: only after two yeses."""
        key, one = self._chosen(number)
        agreed = [answer for answer, _ in one.said.values()] == ["yes", "yes"]
        may = agreed and not (one.withdrawn or one.connected)
        if self._works(lambda: acquainting.connect(self.own.session, key, self.now), may, Conflict):
            one.connected = self.today

    @rule(number=numbers)
    def undo_connect(self, number: int) -> None:
        """The owner takes back that the two know of each other: while nothing came of it, and no limit stands there."""
        (key, one), session = self._chosen(number), self.own.session
        may = one.connected is not None and not one.came and key not in {about for _, about in self.own.reports}
        may = may and goes_on(self.own.noted, key, replace(one, connected=None), self.today)
        if self._works(lambda: reopening.take_connection_back(session, key, self.now), may, Conflict):
            one.connected = None

    @rule(number=numbers, late=numbers)
    def send_to_both(self, number: int, late: int) -> None:
        """A message to two goes after two yeses; one of all there were arrives, and only who agrees as then has met."""
        key, one = self._chosen(number)
        may = [answer for answer, _ in one.said.values()] == ["yes", "yes"] and not one.withdrawn
        if mail := self._made(lambda: agreeing.key_of(self.own.session, key), may):
            self.own.mails.append((mail, key, dict(one.said)))
        if self.own.mails:
            mail, about, said = self.own.mails[-1 - late % len(self.own.mails)]
            agreeing.note_gone(self.own.session, mail, self.now)
            one = self.own.noted[about]
            if one.said == said and not (one.withdrawn or one.connected):
                one.connected = self.today

    @rule(number=numbers, role=roles)
    def ask_what_came(self, number: int, role: Role) -> None:
        """The owner asks what came of it, once the two know of each other."""
        key, one = self._chosen(number)
        may = one.connected is not None and not one.closed
        token = self._made(lambda: acquainting.ask_what_came(self.own.session, key, role, self.now), may)
        self.own.reports += [(token, key)] if token else []

    @precondition(lambda self: self.own.reports)
    @rule(number=numbers, came=outcomes, stars=st.integers(1, 5))
    def report(self, number: int, came: Any, stars: int) -> None:
        """Somebody taps what came of it, behind any such link there ever was."""
        token, key = self.own.reports[-1 - number % len(self.own.reports)]
        with suppress(NotFound):
            kept_report(self.own.session, token, ReportTold(outcome=came, stars=stars), now=self.now)
            self.own.noted[key].tell(came)

    @rule(number=numbers)
    def met(self, number: int) -> None:
        """The owner notes that they have met."""
        (key, one), session = self._chosen(number), self.own.session

        def act() -> None:
            note_came(session, acquainting.known(session, key, self.now), "met", None, self.today)

        if self._works(act, one.connected is not None and not one.closed, Conflict):
            one.tell("met")

    @rule(number=numbers, role=roles)
    def touch_the_others(self, number: int, role: Role) -> None:
        """What the other owner has is not there, whatever is tried with its number."""
        session, theirs = self.own.session, self.owns[self.own is self.owns[0]]
        key = sorted(theirs.noted)[-1 - number % len(theirs.noted)]
        for act in (acquainting.withdraw, acquainting.connect, acquainting.known):
            with suppress(NotFound):
                act(session, key, self.now)
                raise AssertionError(f"{act.__name__} of another network")
        for ask in (acquainting.ask, acquainting.remind, acquainting.ask_what_came):
            with suppress(NotFound):
                ask(session, key, role, self.now)
                raise AssertionError(f"{ask.__name__} of another network")

    @rule(days=st.sampled_from(WAITS))
    def wait(self, days: int) -> None:
        """Days pass."""
        self.now += timedelta(days=days)

    @rule(limit=numbers, turn=numbers, days=st.sampled_from(AROUND), for_us=st.booleans())
    def wait_for(self, limit: int, turn: int, days: int, for_us: bool) -> None:
        """Days pass until a limit is about to end, has just ended, or a day more; then the same one is asked again.

        The limit is drawn first, so that the rare and long ones are waited for as often as the others.
        """
        known = [(key, one, role) for key, one in sorted(self.own.noted.items()) for role in one.asked]
        turns = [(after, day + days * DAY, key, role) for key, one, role in known for after, day in one.turns(role)]
        ahead = [found for found in turns if found[1] > self.today]
        if ahead:
            limits = sorted({after for after, *_ in ahead})
            chosen = [found for found in ahead if found[0] == limits[limit % len(limits)]]
            _, day, key, role = chosen[-1 - turn % len(chosen)]
            self._ask_again_on(day, key, role, for_us)

    @rule(number=numbers, answer=st.sampled_from(("no", "later")), days=st.sampled_from(AROUND), for_us=st.booleans())
    def refused(self, number: int, answer: str, days: int, for_us: bool) -> None:
        """Somebody refuses, and is asked again around the day from which that is allowed."""
        key, one = self._chosen(number)
        before = dict(one.said)
        self.ask_and_hear(number, answer)
        for role in one.said.keys() - before.keys():
            (_, day), *_ = one.turns(role)
            self._ask_again_on(day + days * DAY, key, role, for_us)

    @rule(number=numbers, came=outcomes)
    def agree(self, number: int, came: Any) -> None:
        """Two are asked, say yes, are made known to each other and say what came of it, as far as the limits allow."""
        for answer in ("yes", "yes"):
            self.ask_and_hear(number, answer)
        self.connect(number)
        asked = len(self.own.reports)
        self.ask_what_came(number, "target")
        if len(self.own.reports) > asked:
            self.report(0, came, 5)

    @rule(number=numbers)
    def favours_taken_back(self, number: int) -> None:
        """Two favours of the same one are asked, granted and withdrawn: that they were asked still counts."""
        everybody = len(self.everybody[self.own.network_id])
        for other in (number, number + 1):
            self.draft(True, 1, 2 + other % (everybody - 2))
            self.ask_and_hear(0, "yes")
            self.withdraw(0)

    @rule()
    def compare_stages(self) -> None:
        """How far each introduction has come is what our notes say."""
        stages = {key: one.stage(self.today) for key, one in self.own.noted.items()}
        self.seen.update(f"stage {stage}" for stage in stages.values())
        courses = introductions.courses(self.own.session)
        assert stages == {key: stage_of(course, self.today) for key, course in courses.items()}

    @invariant()
    def nothing_without_consent(self) -> None:
        """Who knows of each other, met or worked together has said yes, both of them."""
        self.seen["steps"] += 1
        far = or_(
            *(day.is_not(None) for day in (Introduction.connected_on, Introduction.met_on, Introduction.closed_on))
        )
        for key, closed_on in self.own.session.execute(select(Introduction.id, Introduction.closed_on).where(far)):
            one = self.own.noted[key]
            assert (closed_on is not None) == one.closed
            assert {role: answer for role, (answer, _) in one.said.items()} == {"first": "yes", "target": "yes"}

    def _chosen(self, number: int) -> tuple[int, Noted]:
        """One of the introductions, the newer ones as likely as the older ones."""
        key = sorted(self.own.noted)[-1 - number % len(self.own.noted)]
        return key, self.own.noted[key]

    def _ask_again_on(self, day: date, key: int, role: str, for_us: bool) -> None:
        """Wait until a day, and remind and ask somebody again who was asked before."""
        one = self.own.noted[key]
        self.now += day - self.today
        self.remind(sorted(self.own.noted, reverse=True).index(key), "first" if role == "first" else "target")
        again = self.everybody[self.own.network_id].index(one.whose[role])
        self.begin(for_us or one.for_us, again, again + 1)

    def _count(self, stops: set[str], tomorrow: set[str]) -> None:
        """Count what refused a step, what did so alone, and what did so on its last day."""
        self.seen.update(f"refused {stop}" for stop in stops)
        self.seen.update(f"alone {stop}" for stop in stops if len(stops) == 1)
        self.seen.update(f"last day {stop}" for stop in stops - tomorrow if len(stops) == 1)

    def _remember(self, token: str, key: int, role: Role) -> None:
        """Keep a link with what it shows, which holds nothing that its reader may not know."""
        session, own = self.own.session, self.own
        asked = introductions.find_ask(session, key, role)
        assert asked is not None
        own.live[key, role] = token
        if self.today >= asked.asked_on + timedelta(days=13):
            return
        page = shown_ask(session, own.network_id, token, self.now)
        reader = introductions.side(introductions.find(session, key), role)
        assert page.business == OWNERS[own.network_id]
        assert SECRET not in repr(page) + asked.wording
        assert page.introduces or NAME not in repr(page)
        assert reader.person_id is not None or page.introduces or "Shop" not in repr(page)
        own.links.append((token, key, role, page))

    def _made(self, act: Callable[[], Made], may: bool) -> Made | None:
        """What an act gives; None when it is refused. It has to be refused exactly when it may not be."""
        try:
            made = act()
        except Conflict:
            assert not may
            return None
        assert may
        return made

    def _works(self, act: Callable[[], None], may: bool, refusal: type[Exception] = NotFound) -> bool:
        """Whether an act goes through, which it has to exactly when it may; what is refused changes nothing."""
        try:
            with self.own.session.begin_nested():
                act()
        except refusal:
            assert not may
            return False
        assert may
        return True


def noted_draft(session: Session, network_id: int, for_us: bool, first: Whose, target: Whose) -> tuple[int, Noted]:
    """A drafted introduction, and our own note of it."""
    same = Introductions.same
    told = IntroductionTold(for_us=for_us, first=first, target=target, service="roofer")
    noted = Noted(for_us, {"first": same.get(first, first), "target": same.get(target, target)})
    return acquainting.draft(session, network_id, told, NOON), noted
