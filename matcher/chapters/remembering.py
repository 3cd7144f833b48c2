"""The chapter of `Network` on the agenda: sales, promises and moments, and what is to be done on a day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from matcher.answers.agenda import (
    AHEAD_MOST_DAYS,
    PUT_OFF_DAYS,
    MomentCard,
    MomentFound,
    MomentKind,
    Pressing,
    SaleCard,
    SaleStep,
    SaleTold,
    Task,
    TouchKind,
)
from matcher.answers.quick_note import Draft
from matcher.answers.told import FIRST_DAY, LAST_DAY
from matcher.answers.whose import Whose
from matcher.chapters import giving
from matcher.chapters.client_book import ClientBook
from matcher.engine.agenda import ASKING, agenda, asks_whom, last_asked, pressing, promise_draft
from matcher.engine.ask_rules import delivered
from matcher.engine.care_rules import whose_of
from matcher.engine.due import about_whose
from matcher.errors import Conflict, Invalid, NotFound
from matcher.lists.agenda_lists import Shown, narrowed_tasks, task_paper, task_rows
from matcher.lists.letters import Form, list_file
from matcher.readers.moments import find_moments
from matcher.store import Session, asked, clock, diary, links, sales, tasks

LINK_DAYS = 2 * 366  # for which a calendar's link works; it can be closed at any time (prior)
PRESSING = 3  # tasks that one looks at at once (prior)


class Remembering(ClientBook):
    """The agenda: sales, promises and moments, and what is to be done on a day."""

    def agenda(self, on: date | None = None, *, ahead_days: int = 0) -> tuple[Task, ...]:
        """The tasks due on a day, today unless told, or within the days ahead, as the facts stood on that day."""
        day = on or self.today()
        if not FIRST_DAY <= day <= LAST_DAY:
            raise Invalid("on", "Please choose a day between the years 1900 and 2199.")
        with self._store.session(self.id) as session:
            return self._agenda(session, day, ahead_days)

    def pressing(self, most: int = PRESSING) -> Pressing:
        """What to do first today, and how many tasks are due."""
        return pressing(self.agenda(), most)

    def export_agenda(self, form: Form, shown: Shown) -> bytes:
        """The tasks that are shown as a file; as cards, whose they are."""
        found = narrowed_tasks(self.agenda(shown.on, ahead_days=shown.ahead_days), shown)
        cards = self.cards_of(Whose(task.business_id, task.person_id) for task in found)
        return list_file(form, "Agenda", task_rows(found), task_paper(found), cards)

    def do_task(self, key: str, *, on: date | None = None) -> None:
        """Keep that a task is done, today unless told; thanks, reminders and asks are also kept where they belong."""
        day = self._day_told(on)
        with self._store.session(self.id, writes=True) as session:
            self._check_task(session, key)
            whom = asks_whom(diary.diary(session, self.id), key)
            if tasks.do(session, self.id, key, day) and whom is not None:
                asked.note(session, self.id, whom, day, clock.now(session))
            giving.keep_done_week(session, self.id, key, day)

    def put_off_task(self, key: str, until: date | None = None) -> date:
        """Let a task come back on a day, in a week unless told, and give that day."""
        today = self.today()
        day = until or today + timedelta(days=PUT_OFF_DAYS)
        if not today < day <= today + timedelta(days=AHEAD_MOST_DAYS):
            raise Invalid("until", "Please choose a day within the next twelve months.")
        with self._store.session(self.id, writes=True) as session:
            self._check_task(session, key)
            tasks.put_off(session, self.id, key, day)
        return day

    def undo_task(self, key: str) -> None:
        """Take back that a task is done or put off; nothing happens when it is not."""
        with self._store.session(self.id, writes=True) as session:
            whom = asks_whom(diary.diary(session, self.id), key)
            done_on = tasks.undo(session, key)
            if done_on is not None and whom is not None:
                before = last_asked(diary.diary(session, self.id), whom)
                asked.take_back(session, self.id, whom, done_on, before=before, at=clock.now(session))
            giving.forget_undone_week(session, key)

    # -- sales -----------------------------------------------------------------------------------
    def note_sale(self, client_id: int, told: SaleTold) -> int:
        """Keep work agreed with a client, with the introductions they promised for good results; gives its number."""
        day = self._day_told(told.agreed_on)
        with self._store.session(self.id, writes=True) as session:
            return sales.add(session, self.id, client_id, told, day)

    def note_sale_step(self, sale_id: int, step: SaleStep, day: date | None) -> SaleCard:
        """Say when work was done, when the results are looked at or were confirmed; None takes it back."""
        checked = day if day is None or step == "meeting" else self._day_told(day)
        with self._store.session(self.id, writes=True) as session:
            sales.note_step(session, sale_id, step, checked)
        return self.sale(sale_id)

    def remove_sale(self, sale_id: int) -> int:
        """Take a sale back, as if nobody had told it, and give the client's number."""
        with self._store.session(self.id, writes=True) as session:
            hold_asks(session, self.id, f"sale:{sale_id}")
            return sales.remove(session, self.id, sale_id)

    def sales(self, client_id: int | None = None) -> tuple[SaleCard, ...]:
        """All work that was agreed, or that of one client, the newest first, with what was promised and delivered."""
        with self._store.session(self.id) as session:
            known = diary.diary(session, self.id)
            made = {work.sale_id: delivered(known, work) for work in known.works}
            return tuple(replace(card, delivered=made[card.sale_id]) for card in sales.cards(session, client_id))

    def sale(self, sale_id: int) -> SaleCard:
        """One sale; NotFound for one that we do not have."""
        found = next((card for card in self.sales() if card.sale_id == sale_id), None)
        if found is None:
            raise NotFound("There is no such sale.")
        return found

    def send_promise(self, sale_id: int) -> str:
        """Make a link on which a client makes the promised introductions; gives its token, this once."""
        if self.home() is None:
            raise Conflict("Please say first what you sell: whoever reads the page has to see who asks.")
        with self._store.session(self.id, writes=True) as session:
            giving.hold_selling(session, clock.today(session))
            return sales.promise(session, self.id, sale_id, clock.today(session))

    def promise_draft(self, sale_id: int, link: str) -> Draft:
        """The words that remind a client of what they promised, with the link to the page on which they keep it."""
        with self._store.session(self.id) as session:
            known = diary.diary(session, self.id)
        work = next((work for work in known.works if work.sale_id == sale_id), None)
        if work is None:
            raise NotFound("There is no such sale.")
        return promise_draft(known, work, link)

    # -- moments and being in touch --------------------------------------------------------------
    @staticmethod
    def find_moments(note: str) -> Sequence[MomentFound]:
        """The moments to ask that a note tells of, each with its sentence; nothing is kept."""
        return find_moments(note)

    def note_moment(self, whose: Whose, kind: MomentKind, wording: str = "", *, on: date | None = None) -> int:
        """Keep a moment to ask somebody, noticed today unless told, and give its number."""
        day = self._day_told(on)
        with self._store.session(self.id, writes=True) as session:
            return tasks.note_moment(session, self.id, whose, kind=kind, wording=wording, on=day)

    def moments(self) -> tuple[MomentCard, ...]:
        """All moments, the newest first."""
        with self._store.session(self.id) as session:
            return tasks.moments(session)

    def remove_moment(self, moment_id: int) -> None:
        """Take a moment back, as if nobody had noticed it."""
        with self._store.session(self.id, writes=True) as session:
            hold_asks(session, self.id, f"moment:{moment_id}")
            tasks.remove_moment(session, moment_id)

    def note_touch(self, whose: Whose, kind: TouchKind, *, on: date | None = None) -> int:
        """Keep that we were in touch with somebody, today unless told, and give the note's number."""
        day = self._day_told(on)
        with self._store.session(self.id, writes=True) as session:
            return tasks.note_touch(session, self.id, whose, kind, day)

    def remove_touch(self, touch_id: int) -> None:
        """Take back that we were in touch."""
        with self._store.session(self.id, writes=True) as session:
            tasks.remove_touch(session, touch_id)

    # -- the calendar ----------------------------------------------------------------------------
    def open_calendar(self) -> str:
        """Make a private link to the agenda as a calendar; gives its token, this once. The one before stops working."""
        with self._store.session(self.id, writes=True) as session:
            last_day = clock.today(session) + timedelta(days=LINK_DAYS)
            return links.issue(session, self.id, "calendar", self.id, last_day)

    def close_calendar(self) -> None:
        """Let no link to the calendar work any more."""
        with self._store.session(self.id, writes=True) as session:
            links.close(session, self.id, "calendar", self.id)

    def _agenda(self, session: Session, on: date, ahead_days: int) -> tuple[Task, ...]:
        return agenda(giving.whole_diary(session, self.id), on, min(max(ahead_days, 0), AHEAD_MOST_DAYS))

    def _check_task(self, session: Session, key: str) -> None:
        """NotFound for a task that is not on the agenda and has no mark."""
        coming = self._agenda(session, clock.today(session), AHEAD_MOST_DAYS)
        if tasks.find(session, key) is None and key not in {task.key for task in coming}:
            raise NotFound("There is no such task on the agenda.")


def hold_asks(session: Session, network_id: int, about: str) -> None:
    """Remember whom we asked because of a fact that is taken back: nobody is asked twice within a month."""
    whom = whose_of(diary.diary(session, network_id), f"ask:{about}")
    if whom is not None:
        tasks.hold(session, network_id, about, about_whose(whom), ASKING)
