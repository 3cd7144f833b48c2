"""Random walks through introductions, beside notes of our own from which every limit is read in a slow, plain way."""

from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, ClassVar, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from matcher import acquainting, reopening
from matcher.answers.introduced import AskPage, IntroductionTold, ReportTold, Role
from matcher.answers.whose import Whose
from matcher.consenting import kept_answer, kept_report, shown_ask
from matcher.errors import Conflict, NotFound
from matcher.facts import Business, Person
from matcher.network import Network
from matcher.outcome_told import note_came
from matcher.store import Session, Store, introductions
from tests.networks import HOME
from tests.store.conftest import ALICE, NOON, owners

Made = TypeVar("Made")
BUSINESSES, PEOPLE = 3, 2
NAME = "CANARY"  # of every person: no business may read it
SECRET = "SECRET"  # in everybody's words for the owner
WAITS = (1, 2, 7, 14)
TURNS = (7, 13, 14, 30, 104, 180)  # days after an ask or an answer on which something changes
roles: st.SearchStrategy[Role] = st.sampled_from(("first", "target"))
numbers = st.integers(0, 10**6)
answers: Any = st.sampled_from(("yes", "yes", "yes", "no", "later"))


@dataclass
class Noted:
    """What we ourselves noted of one introduction."""

    for_us: bool
    whose: dict[str, Whose]
    asked: dict[str, date] = field(default_factory=dict)
    said: dict[str, tuple[str, date]] = field(default_factory=dict)
    told_us: set[str] = field(default_factory=set)  # whose answer the owner noted
    reminded: list[str] = field(default_factory=list)
    withdrawn: date | None = None
    connected: date | None = None
    closed: bool = False

    def silent(self, role: str, today: date) -> bool:
        """Whether a question stood for 14 days without an answer."""
        over = self.asked[role] + timedelta(days=14)
        return role not in self.said and today >= over and not (self.withdrawn and self.withdrawn < over)

    def under_way(self, today: date) -> bool:
        """Whether somebody was asked, nobody said anything but yes, and the two do not know of each other yet."""
        refused = any(answer != "yes" for answer, _ in self.said.values())
        over = self.withdrawn or self.connected or refused
        return bool(self.asked) and not over and not any(self.silent(role, today) for role in self.asked)


def allowed(all_noted: dict[int, Noted], number: int, role: str, today: date) -> bool:
    """Whether every limit lets us ask somebody today, read from the notes one limit after the other."""
    wanted, others = all_noted[number].whose[role], [one for key, one in all_noted.items() if key != number]
    if sum(one.under_way(today) for one in others) > 2:
        return False
    favours = 0
    for one in others:
        for part, day in one.asked.items():
            if one.whose[part] != wanted:
                continue
            answer, on = one.said.get(part, ("", day))
            favours += one.for_us and part == "first" and (today - day).days < 30
            pending = not answer and (today - day).days < 14
            quiet = {"no": 180, "later": 30}.get(answer, 0)
            hurt = one.silent(part, today) and (today - day).days < 14 + 90
            if one.under_way(today) or pending or (today - on).days < quiet or hurt:
                return False
    return not (all_noted[number].for_us and role == "first" and favours > 1)


def goes_on(all_noted: dict[int, Noted], number: int, after: Noted, today: date) -> bool:
    """Whether an introduction may go on like this, beside all others that are open or were asked just now."""
    others = [one for key, one in all_noted.items() if key != number]
    if not after.asked:
        return True
    if not after.under_way(today) or sum(one.under_way(today) for one in others) > 2:
        return False
    theirs = {after.whose[role] for role in after.asked}
    for one in others:
        for part, day in one.asked.items():
            pending = part not in one.said and (today - day).days < 14
            if one.whose[part] in theirs and (one.under_way(today) or pending):
                return False
    return True


class Introductions(RuleBasedStateMachine):
    """One owner, who asks, waits, reminds, withdraws and connects as it comes, and people who answer or do not."""

    store: ClassVar[Store]
    everybody: ClassVar[list[Whose]]
    same: ClassVar[dict[Whose, Whose]]  # the face of a business -> the business
    drafted: ClassVar[dict[int, Noted]]  # before a walk begins
    steps: ClassVar[int] = 0
    asks: ClassVar[int] = 0
    refusals: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.session: Session = self.store.make_session(ALICE, writes=True)
        self.now: datetime = NOON
        self.noted: dict[int, Noted] = deepcopy(self.drafted)
        self.links: list[tuple[str, int, Role, AskPage]] = []
        self.live: dict[tuple[int, Role], str] = {}
        self.reports: list[str] = []

    def teardown(self) -> None:
        """Forget all of it."""
        self.session.rollback()
        self.session.close()

    @property
    def today(self) -> date:
        """The day it is."""
        return self.now.date()

    @rule(for_us=st.booleans(), first=numbers, other=numbers)
    def draft(self, for_us: bool, first: int, other: int) -> None:
        """Draft an introduction of two who are not the same."""
        one, two = (self.everybody[n % len(self.everybody)] for n in (first, other))
        if self.same.get(one, one) != self.same.get(two, two):
            key, noted = _draft(self.session, for_us, one, two)
            self.noted[key] = noted

    @precondition(lambda self: self.noted)
    @rule(number=numbers, role=roles)
    def ask(self, number: int, role: Role) -> None:
        """Ask: exactly when each limit lets us, the first one first."""
        key, one = self._chosen(number)
        again = one.under_way(self.today) and role in one.asked and role not in one.said
        fresh = role not in one.asked and not (one.withdrawn or one.connected)
        turn = role == "first" or (one.under_way(self.today) and one.said.get("first", ("",))[0] == "yes")
        may = again or (fresh and turn and allowed(self.noted, key, role, self.today))
        token = self._try(lambda: acquainting.ask(self.session, key, role, self.now), may)
        if token:
            one.asked.setdefault(role, self.today)
            self._remember(token, key, role)
            type(self).asks += 1

    @precondition(lambda self: self.noted)
    @rule(number=numbers, answer=answers)
    def ask_and_hear(self, number: int, answer: Any) -> None:
        """Ask whoever comes next, and let them answer at once: so walks get farther."""
        _, one = self._chosen(number)
        links = len(self.links)
        self.ask(number, "target" if "first" in one.said else "first")
        if len(self.links) > links:
            self.answer(0, answer)

    @precondition(lambda self: self.noted)
    @rule(number=numbers, role=roles)
    def remind(self, number: int, role: Role) -> None:
        """Remind: once, from the seventh day on, while they can answer."""
        key, one = self._chosen(number)
        waits = one.under_way(self.today) and role in one.asked and role not in one.said
        may = waits and role not in one.reminded and (self.today - one.asked[role]).days >= 7
        token = self._try(lambda: acquainting.remind(self.session, key, role, self.now), may)
        if token:
            one.reminded.append(role)
            self._remember(token, key, role)

    @precondition(lambda self: self.links)
    @rule(number=numbers, answer=answers)
    def answer(self, number: int, answer: Any) -> None:
        """Somebody presses a button behind any link there ever was: it counts once, in time, and is private."""
        token, key, role, _ = self.links[-1 - number % len(self.links)]
        one, words = self.noted[key], f"{SECRET} {len(self.links)}"
        good = self.live.get((key, role)) == token and role not in one.said and one.under_way(self.today)
        good = good and (self.today - one.asked[role]).days < 13  # the link's last day, at noon
        if self._works(lambda: kept_answer(self.session, token, answer, words, now=self.now), good):
            one.said[role] = (answer, self.today)
            assert not self._works(lambda: kept_answer(self.session, token, answer, words, now=self.now), False)

    @precondition(lambda self: self.links)
    @rule(number=numbers)
    def look(self, number: int) -> None:
        """Whatever the other one answered, a link shows what it showed at first, or nothing at all."""
        token, _, _, page = self.links[-1 - number % len(self.links)]
        with suppress(NotFound):
            assert shown_ask(self.session, ALICE, token, self.now) == page

    @precondition(lambda self: self.noted)
    @rule(number=numbers, role=roles, answer=answers)
    def note_answer(self, number: int, role: Role, answer: Any) -> None:
        """The owner notes what somebody said on the phone."""
        key, one = self._chosen(number)
        asked = introductions.find_ask(self.session, key, role)
        may = one.under_way(self.today) and role in one.asked and role not in one.said
        noted = self._works(
            lambda: acquainting.note_answer(self.session, asked, answer, SECRET, now=self.now), may, Conflict
        )
        if noted:
            one.said[role] = (answer, self.today)
            one.told_us.add(role)

    @precondition(lambda self: self.noted)
    @rule(number=numbers, role=roles)
    def undo_answer(self, number: int, role: Role) -> None:
        """The owner takes back what they noted by mistake: never what somebody answered themselves."""
        key, one = self._chosen(number)
        said = {part: answer for part, answer in one.said.items() if part != role}
        may = role in one.told_us and not (role == "first" and "target" in one.asked)
        may = may and not (one.withdrawn or one.connected)
        may = may and goes_on(self.noted, key, replace(one, said=said), self.today)
        token = self._try(lambda: reopening.take_answer_back(self.session, key, role, self.now).token, may)
        if token:
            one.said = said
            one.told_us.discard(role)
            self._remember(token, key, role)

    @precondition(lambda self: self.noted)
    @rule(number=numbers)
    def withdraw(self, number: int) -> None:
        """The owner takes it back, while it has not ended."""
        key, one = self._chosen(number)
        may = one.under_way(self.today) or not (one.asked or one.withdrawn)
        if self._works(lambda: acquainting.withdraw(self.session, key, self.now), may, Conflict):
            one.withdrawn = self.today

    @precondition(lambda self: self.noted)
    @rule(number=numbers)
    def undo_withdraw(self, number: int) -> None:
        """The owner goes on with what was withdrawn: only while no other limit has come to stand in the way."""
        key, one = self._chosen(number)
        after = replace(one, withdrawn=None)
        may = one.withdrawn is not None and goes_on(self.noted, key, after, self.today)
        new = self._made(lambda: reopening.take_withdrawal_back(self.session, key, self.now), may)
        if may:
            one.withdrawn = None
        if new:
            self._remember(new.token, key, new.role)

    @precondition(lambda self: self.noted)
    @rule(number=numbers)
    def connect(self, number: int) -> None:
        """The owner makes the two known to each other: only after two yeses."""
        key, one = self._chosen(number)
        agreed = [answer for answer, _ in one.said.values()] == ["yes", "yes"]
        may = agreed and not (one.withdrawn or one.connected)
        if self._works(lambda: acquainting.connect(self.session, key, self.now), may, Conflict):
            one.connected = self.today

    @precondition(lambda self: self.noted)
    @rule(number=numbers, role=roles)
    def ask_what_came(self, number: int, role: Role) -> None:
        """The owner asks what came of it, once the two know of each other."""
        key, one = self._chosen(number)
        may = one.connected is not None and not one.closed
        token = self._try(lambda: acquainting.ask_what_came(self.session, key, role, self.now), may)
        self.reports += [token] if token else []

    @precondition(lambda self: self.reports)
    @rule(number=numbers, came=st.sampled_from(("waiting", "met", "won", "done", "nowhere")), stars=st.integers(1, 5))
    def report(self, number: int, came: Any, stars: int) -> None:
        """Somebody taps what came of it, behind any such link there ever was."""
        token = self.reports[-1 - number % len(self.reports)]
        try:
            kept_report(self.session, token, ReportTold(outcome=came, stars=stars), now=self.now)
        except NotFound:
            return
        for kept in introductions.all_of(self.session):
            self.noted[kept.id].closed = kept.closed_on is not None

    @precondition(lambda self: self.noted)
    @rule(number=numbers)
    def met(self, number: int) -> None:
        """The owner notes that they have met."""
        key, one = self._chosen(number)
        may = one.connected is not None and not one.closed

        def act() -> None:
            note_came(self.session, acquainting.known(self.session, key, self.now), "met", None, self.today)

        self._works(act, may, Conflict)

    @rule(days=st.sampled_from(WAITS))
    def wait(self, days: int) -> None:
        """Days pass."""
        self.now += timedelta(days=days)

    @precondition(lambda self: self.noted)
    @rule(number=numbers, role=roles, turn=st.sampled_from(TURNS), days=st.integers(-1, 0))
    def wait_for(self, number: int, role: Role, turn: int, days: int) -> None:
        """Days pass until a limit is about to end, or has just ended; then the same one is asked again."""
        one = self._chosen(number)[1]
        since = one.said[role][1] if role in one.said else one.asked.get(role)
        if since:
            self.now += max(timedelta(), since + timedelta(days=turn + days) - self.today)
            again = self.everybody.index(one.whose[role])
            self.draft(False, again, again + 1)
            self.ask(0, "first")

    @precondition(lambda self: self.noted)
    @rule(number=numbers)
    def favour_taken_back(self, number: int) -> None:
        """A favour is asked, granted and withdrawn: that it was asked still counts."""
        everybody = len(self.everybody)
        self.draft(True, 1, 2 + number % (everybody - 2))
        self.ask_and_hear(0, "yes")
        self.withdraw(0)

    @invariant()
    def nothing_without_consent(self) -> None:
        """Who knows of each other, met or worked together has said yes, both of them."""
        type(self).steps += 1
        for kept in introductions.all_of(self.session):
            one = self.noted[kept.id]
            if kept.connected_on or kept.met_on or kept.closed_on:
                assert {answer for answer, _ in one.said.values()} == {"yes"}
                assert one.said.keys() == {"first", "target"}

    def _chosen(self, number: int) -> tuple[int, Noted]:
        """One of the introductions, the newer ones as likely as the older ones."""
        key = sorted(self.noted)[-1 - number % len(self.noted)]
        return key, self.noted[key]

    def _remember(self, token: str, key: int, role: Role) -> None:
        """Keep a link with what it shows, which holds nothing that its reader may not know."""
        asked = introductions.find_ask(self.session, key, role)
        assert asked is not None
        links_end = asked.asked_on + timedelta(days=13)
        self.live[key, role] = token
        if self.today >= links_end:
            return
        page = shown_ask(self.session, ALICE, token, self.now)
        reader = introductions.side(introductions.find(self.session, key), role)
        assert SECRET not in repr(page) + asked.wording
        assert page.introduces or NAME not in repr(page)
        assert reader.person_id is not None or page.introduces or "Shop" not in repr(page)
        self.links.append((token, key, role, page))

    def _try(self, act: Callable[[], str], may: bool) -> str:
        """The token that an act gives; "" when it is refused."""
        return self._made(act, may) or ""

    def _made(self, act: Callable[[], Made], may: bool) -> Made | None:
        """What an act gives; None when it is refused. It has to be refused exactly when it may not be."""
        try:
            made = act()
        except Conflict:
            assert not may
            type(self).refusals += 1
            return None
        assert may
        return made

    def _works(self, act: Callable[[], None], may: bool, refusal: type[Exception] = NotFound) -> bool:
        """Whether an act goes through, which it has to exactly when it may; what is refused changes nothing."""
        try:
            with self.session.begin_nested():
                act()
        except refusal:
            assert not may
            return False
        assert may
        return True


def settle(store: Store) -> None:
    """Give the machine its database: Alice, who has said what she sells, businesses, people and some drafts."""
    owners(store)
    Network(store, ALICE).settle(HOME)
    with store.session(ALICE, writes=True) as session:
        shops = [Business(network_id=ALICE, key=f"b{n}", name=f"Shop {n}", edited_at=NOON) for n in range(BUSINESSES)]
        session.add_all(shops)
        session.flush()
        people = [Person(network_id=ALICE, name=f"{NAME} {n}") for n in range(PEOPLE)]
        people[0].business_id = shops[0].id
        session.add_all(people)
        session.flush()
        both = [Whose(business_id=one.id) for one in shops] + [Whose(person_id=one.id) for one in people]
        Introductions.store, Introductions.everybody, Introductions.same = store, both, {both[BUSINESSES]: both[0]}
        pairs = pairwise(both)
        Introductions.drafted = dict(_draft(session, n % 2 == 0, *pair) for n, pair in enumerate(pairs))


def _draft(session: Session, for_us: bool, first: Whose, target: Whose) -> tuple[int, Noted]:
    """A drafted introduction, and our own note of it."""
    same = Introductions.same
    told = IntroductionTold(for_us=for_us, first=first, target=target, service="roofer")
    noted = Noted(for_us, {"first": same.get(first, first), "target": same.get(target, target)})
    return acquainting.draft(session, ALICE, told, NOON), noted
