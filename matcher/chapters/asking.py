"""What every chapter of `Network` stands on: the database, the network's number, and how the engine is asked."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial

from matcher.answers.days import OwnersClock
from matcher.answers.learned import EARLIEST
from matcher.answers.partners import BusinessCard, Filters, Home
from matcher.answers.taught import Addressed
from matcher.answers.whose import Whose
from matcher.engine.index import Index
from matcher.engine.question import Question
from matcher.engine.suggest import Names
from matcher.engine.weights import weighed
from matcher.errors import Conflict, Invalid
from matcher.known import question_of
from matcher.live_index import live_index
from matcher.store import Store, businesses, clock, kits, outcomes
from matcher.zones import zone_told

ALL = Filters()


class Asking:
    """One owner's private network, opened; its chapters say what can be asked and told."""

    def __init__(self, store: Store, network_id: int) -> None:
        self._store = store
        self.id = network_id

    def close(self) -> None:
        """Let go of the database."""
        self._store.engine.dispose()

    # -- days ------------------------------------------------------------------------------------
    def now(self) -> datetime:
        """The time now, as the owner's clock shows it."""
        with self._store.session(self.id) as session:
            return clock.now(session)

    def today(self) -> date:
        """Which day it is where the owner is."""
        with self._store.session(self.id) as session:
            return clock.today(session)

    def zone(self) -> str | None:
        """In which time zone the owner is; None as long as nobody told it, and days are those of UTC."""
        with self._store.session(self.id) as session:
            return clock.zone(session)

    def owners_clock(self) -> OwnersClock:
        """In which time zone the owner is, and what the clock shows there."""
        with self._store.session(self.id) as session:
            now = clock.now(session)
            return OwnersClock(
                zone=clock.zone(session) or "",
                now=now.isoformat(timespec="seconds"),
                today=clock.day_of(session, now).isoformat(),
            )

    def set_zone(self, told: str) -> str | None:
        """Keep in which time zone the owner is, and give how it is spelled; "" forgets it."""
        zone = zone_told(told) if told else None
        with self._store.session(self.id, writes=True) as session:
            clock.set_zone(session, zone)
        return zone

    def _day_told(self, on: date | None) -> date:
        """The day that somebody names for what happened, today unless told; Invalid for one that cannot be."""
        today = self.today()
        day = on or today
        if not EARLIEST <= day <= today:
            raise Invalid("on", "Please choose a day from the year 2000 on that is not in the future.")
        return day

    # -- the home business -----------------------------------------------------------------------
    def home(self) -> Home | None:
        """The owner's own business, or None before the first run is finished."""
        with self._store.session(self.id) as session:
            return businesses.home(session, self.id)

    def _settled(self) -> Home:
        """The own business, whose name whoever is asked must see."""
        home = self.home()
        if home is None:
            raise Conflict("Please say first what you sell, to whom and where.")
        return home

    def business(self, business_id: int) -> BusinessCard:
        """One business that this network can see; NotFound otherwise."""
        with self._store.session(self.id) as session:
            return businesses.card(session, business_id)

    def cards_of(self, those: Iterable[Whose]) -> list[Addressed]:
        """Everybody of `those` once, with the ways to reach them."""
        with self._store.session(self.id) as session:
            return kits.cards(session, those)

    @contextmanager
    def _asking(self, filters: Filters = ALL, home: Home | None = None) -> Iterator[tuple[Index, Question, Names]]:
        """All that an answer of the engine needs: the businesses, what the owner asks, and the look-up of names."""
        index = live_index(self._store).seen_by(self.id)
        with self._store.session(self.id) as session:
            question = question_of(session, self.id, filters, home, clock.today(session))
            learned = weighed(index, question, outcomes.answers(session))
            yield index, learned, partial(businesses.names, session)
