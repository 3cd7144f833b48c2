"""The chapter of `Network` on the first six months: weeks, connections, when selling opens, deals of partners."""

from collections.abc import Sequence
from datetime import date

from matcher.answers.introduced import IntroductionTold
from matcher.answers.programme import (
    MINUTES_MOST,
    Connection,
    Connections,
    DealCard,
    DealTold,
    Flag,
    Followed,
    Lock,
    ProgrammeCard,
    ProgrammeCounts,
    ProgrammeTold,
    WeekCard,
)
from matcher.answers.told import FIRST_DAY, LAST_DAY
from matcher.chapters import giving
from matcher.chapters.introducing import Introducing
from matcher.chapters.listing import Listing
from matcher.coach_kit.scripts import to_say
from matcher.engine.programme import begins_on, connections, is_finished, lock_of, week_of
from matcher.engine.words import counted
from matcher.errors import Invalid, NotFound
from matcher.facts import Week
from matcher.readers.selling import flagged
from matcher.store import Session, clock, introductions, listing, programmes

ALL_BEHIND = "All {weeks} are behind you."


class GivingFirst(Listing, Introducing):
    """The give-first programme; `day` is today unless told."""

    # -- the programme -----------------------------------------------------------------------------
    def begin_programme(self, told: ProgrammeTold) -> None:
        """Begin the programme, or say that it began on another day or leads to a longer list."""
        day = told.started_on or self.today()
        if not FIRST_DAY <= day <= LAST_DAY:
            raise Invalid("started_on", "Please choose a day between the years 1900 and 2199.")
        with self._store.session(self.id, writes=True) as session:
            programmes.begin(session, self.id, day, told.goal)

    def stop_programme(self) -> None:
        """Stop the programme: its tasks and its lock are gone; which weeks were kept stays, should it begin again."""
        with self._store.session(self.id, writes=True) as session:
            programmes.stop(session)

    def programme(self, day: date | None = None) -> ProgrammeCard | None:
        """Every week with what to do and whether it was kept; None as long as nobody has begun."""
        today = day or self.today()
        with self._store.session(self.id) as session:
            followed = giving.followed(session)
            return None if followed is None else self._card(session, followed, today)

    def keep_week(
        self, number: int, *, minutes: int | None = None, note: str = "", on: date | None = None
    ) -> ProgrammeCard:
        """Keep that a week was kept, today unless told, with the minutes it took."""
        if minutes is not None and not 0 <= minutes <= MINUTES_MOST:
            raise Invalid("minutes", f"Please write how many minutes it took, up to {MINUTES_MOST}.")
        week = Week(network_id=self.id, number=number, kept_on=self._day_told(on), minutes=minutes, note=note)
        with self._store.session(self.id, writes=True) as session:
            self._week(session, number)
            programmes.keep_week(session, week)
            return self._card(session, self._week(session, number), clock.today(session))

    def forget_week(self, number: int) -> None:
        """Take back that a week was kept."""
        with self._store.session(self.id, writes=True) as session:
            self._week(session, number)
            programmes.forget_week(session, number)

    def counts(self, day: date | None = None) -> ProgrammeCounts:
        """How far this network is, in numbers alone; nothing of it says who anybody is."""
        with self._store.session(self.id) as session:
            return self._counts(session, giving.followed(session), day or clock.today(session))

    # -- who could be connected --------------------------------------------------------------------
    def connections(self, day: date | None = None) -> Connections:
        """The connections to make this week, at most three, from the owner's own list."""
        today = day or self.today()
        with self._store.session(self.id) as session:
            courses = list(introductions.courses(session).values())
            most = introductions.open_most(session, self.id)
            known, added = giving.everybody(session, today), programmes.added_services(session)
            return connections(known, giving.brought(session), courses, today, most, added=added)

    def draft_connection(self, one: Connection) -> int:
        """Draft the introduction of two who were suggested, and give its number; nobody is asked yet."""
        return self.draft_introduction(
            IntroductionTold(
                for_us=False,
                first=one.first,
                target=one.target,
                need_id=one.need_id,
                service=one.service,
                first_reason=one.first_reason,
                target_reason=one.target_reason,
            )
        )

    # -- selling -----------------------------------------------------------------------------------
    def selling_lock(self, day: date | None = None) -> Lock | None:
        """That selling tools are closed, until when and why; None when they are open."""
        with self._store.session(self.id) as session:
            return giving.lock(session, day or clock.today(session))

    def open_selling(self, on: date | None) -> None:
        """Open selling tools from a day on; None lets them open when the programme says."""
        if on is not None and not FIRST_DAY <= on <= LAST_DAY:
            raise Invalid("on", "Please choose a day between the years 1900 and 2199.")
        with self._store.session(self.id, writes=True) as session:
            programmes.open_selling(session, on)

    def check_words(self, text: str) -> tuple[Flag, ...]:
        """The words of a draft that sell, with what to say instead; also while selling is open, for whoever asks."""
        with self._store.session(self.id) as session:
            followed = giving.followed(session)
        return flagged(text, followed.brand_words if followed else ())

    # -- deals -------------------------------------------------------------------------------------
    def deals(self, day: date | None = None) -> Sequence[DealCard]:
        """What partners offer the people we know, those that end first first; what is over is gone."""
        with self._store.session(self.id) as session:
            return programmes.deals(session, day or clock.today(session))

    def add_deal(self, told: DealTold) -> int:
        """Put what a partner offers on the board, and give its number."""
        with self._store.session(self.id, writes=True) as session:
            return programmes.add_deal(session, self.id, told, clock.today(session))

    def remove_deal(self, deal_id: int) -> None:
        """Take a deal off the board."""
        with self._store.session(self.id, writes=True) as session:
            programmes.remove_deal(session, deal_id)

    # -- what they stand on ------------------------------------------------------------------------
    @staticmethod
    def _week(session: Session, number: int) -> Followed:
        """The programme, when it has such a week; NotFound otherwise."""
        followed = giving.followed(session)
        if followed is None or number not in {step.week for step in followed.steps}:
            raise NotFound("There is no such week in the programme.")
        return followed

    def _card(self, session: Session, followed: Followed, today: date) -> ProgrammeCard:
        kept = {week.number: week for week in programmes.kept(session)}
        counts, last = self._counts(session, followed, today), followed.steps[-1].week
        return ProgrammeCard(
            name=followed.name,
            started_on=followed.started_on.isoformat(),
            goal=followed.goal,
            week=counts.week,
            weeks=tuple(_week_card(followed, number, kept.get(number)) for number in range(1, last + 1)),
            finished=ALL_BEHIND.format(weeks=counted(last, "week")) if counts.finished else "",
            opens_on=followed.opens_on.isoformat(),
            locked=lock_of(followed, today) is not None,
            counts=counts,
            scripts=to_say(followed.scripts),
            services=tuple(programmes.added_services(session).values()),
        )

    @staticmethod
    def _counts(session: Session, followed: Followed | None, today: date) -> ProgrammeCounts:
        known, last = introductions.all_of(session), followed.steps[-1].week if followed else 0
        return ProgrammeCounts(
            list_size=listing.size(session),
            tagged=listing.tagged(session),
            connections_made=sum(one.connected_on is not None and not one.for_us for one in known),
            weeks_kept=len(programmes.kept(session)),
            introductions_closed=sum(one.closed_on is not None for one in known),
            week=week_of(followed.started_on, today, last) if followed else 0,
            finished=followed is not None and is_finished(followed.started_on, today, last),
        )


def _week_card(followed: Followed, number: int, kept: Week | None) -> WeekCard:
    steps = tuple(step for step in followed.steps if step.week == number)
    return WeekCard(
        number=number,
        begins_on=begins_on(followed.started_on, number).isoformat(),
        minutes=sum(step.minutes for step in steps),
        steps=steps,
        kept_on=kept.kept_on.isoformat() if kept else "",
        took_minutes=kept.minutes if kept else None,
        note=kept.note if kept else "",
    )
