"""Our own notes of introductions, from which each limit is read in a slow, plain way: nothing here asks the engine."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from matcher.answers.introduced import AskPage, Role
from matcher.answers.whose import Whose
from matcher.store import Session

DAY = timedelta(days=1)


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
    came: str = ""

    @property
    def closed(self) -> bool:
        """Whether all that could come of it has."""
        return self.came in ("done", "nowhere")

    def silent(self, role: str, today: date) -> bool:
        """Whether a question stood for 14 days without an answer."""
        over = self.asked[role] + timedelta(days=14)
        return role not in self.said and today >= over and not (self.withdrawn and self.withdrawn < over)

    def under_way(self, today: date) -> bool:
        """Whether somebody was asked, nobody said anything but yes, and the two do not know of each other yet."""
        refused = any(answer != "yes" for answer, _ in self.said.values())
        over = self.withdrawn or self.connected or refused
        return bool(self.asked) and not over and not any(self.silent(role, today) for role in self.asked)

    def waits(self, role: str, today: date) -> bool:
        """Whether this side was asked and can still answer."""
        return self.under_way(today) and role in self.asked and role not in self.said

    def turns(self, role: str) -> list[tuple[int, date]]:
        """After how many days, and when, something changes for who has this part; none before they were asked."""
        if role not in self.asked:
            return []
        favour = [30] if self.for_us and role == "first" else []
        answer, on = self.said.get(role, ("", self.asked[role]))
        days = {"": [7, 13, 14, 104], "yes": [14], "no": [180], "later": [30]}[answer]
        return [(n, on + timedelta(days=n)) for n in days] + [(n, self.asked[role] + timedelta(days=n)) for n in favour]

    def tell(self, came: str) -> None:
        """Note what came of it: done work stays done, and a late "met" takes nothing back."""
        late = came == "met" and self.came in ("won", "nowhere")
        if came != "waiting" and self.came != "done" and not late:
            self.came = came

    def stage(self, today: date) -> str:
        """How far it has come."""
        if self.connected:
            return {"": "connected", "met": "met", "won": "referral"}.get(self.came, "closed")
        answers = [answer for answer, _ in self.said.values()]
        if self.withdrawn:
            return "withdrawn"
        if "no" in answers:
            return "declined"
        if "later" in answers:
            return "later"
        if any(self.silent(role, today) for role in self.asked):
            return "silent"
        if answers == ["yes", "yes"]:
            return "agreed"
        return ("drafted", "first_asked", "target_asked")[len(self.asked)]


@dataclass
class Own:
    """What one owner has in a walk: a session, our notes, and every link that was ever given."""

    network_id: int
    session: Session
    noted: dict[int, Noted]
    links: list[tuple[str, int, Role, AskPage]] = field(default_factory=list)
    live: dict[tuple[int, Role], str] = field(default_factory=dict)
    reports: list[tuple[str, int]] = field(default_factory=list)
    mails: list[tuple[str, int, dict[str, tuple[str, date]]]] = field(default_factory=list)  # key, about, said


def standing(all_noted: dict[int, Noted], number: int, role: str, today: date) -> set[str]:
    """The names of all limits that forbid to ask somebody today; empty when we may."""
    whose, ours = all_noted[number].whose[role], all_noted[number]
    others = [one for key, one in all_noted.items() if key != number]
    found = {"enough_at_a_time"} if sum(one.under_way(today) for one in others) > 2 else set()
    favours = 0
    for one in others:
        for part, day in one.asked.items():
            if one.whose[part] == whose:
                favours += one.for_us and part == "first" and (today - day).days < 30
                found |= set(_against(one, part, today))
    return found | ({"favours_are_rare"} if ours.for_us and role == "first" and favours > 1 else set())


def _against(one: Noted, part: str, today: date) -> Iterator[str]:
    """The names of the limits that one question to somebody brings about."""
    answer, on = one.said.get(part, ("", today))
    asked, said = (today - one.asked[part]).days, (today - on).days
    if one.under_way(today) or (not answer and asked < 14):
        yield "one_at_a_time"
    if answer == "no" and said < 180:
        yield "quiet_after_a_no"
    if answer == "later" and said < 30:
        yield "quiet_after_a_later"
    if one.silent(part, today) and asked < 14 + 90:
        yield "quiet_after_silence"


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


def reminder_stops(one: Noted, role: str, today: date) -> set[str]:
    """What forbids to remind one side today; empty when we may."""
    if not one.waits(role, today):
        return {"nobody_waits"}
    found = {"reminded_once"} if role in one.reminded else set()
    return found | ({"reminded_after_a_week"} if (today - one.asked[role]).days < 7 else set())
