"""The chapter of `Network` on the agenda: sales, promises and moments, and what is to be done on a day."""

from datetime import date

from matcher.answers.agenda import Task
from matcher.chapters.client_book import ClientBook
from matcher.engine.agenda import agenda
from matcher.store import diary
from matcher.units import now_utc

AHEAD_MOST = 366  # days


class Remembering(ClientBook):
    """The agenda: sales, promises and moments, and what is to be done on a day."""

    def agenda(self, on: date | None = None, *, ahead_days: int = 0) -> tuple[Task, ...]:
        """The tasks due on a day, today unless told, or within the days ahead, as the facts stood on that day."""
        with self._store.session(self.id) as session:
            return agenda(diary.diary(session, self.id), on or now_utc().date(), min(ahead_days, AHEAD_MOST))
