"""What operations on the list, the programme and deals take; more on such types in `inputs`."""

from datetime import date
from typing import Annotated

from pydantic import Field

from matcher.answers.connected import TALKS_MOST, YEARS_MOST, TieTold
from matcher.answers.posted import BODY_CHARACTERS
from matcher.answers.programme import (
    DEAL_CHARACTERS,
    LACKS_MOST,
    MINUTES_MOST,
    NOTE_CHARACTERS,
    DealTold,
    Goal,
    ProgrammeTold,
    Standing,
    TagsTold,
    Which,
)
from matcher.answers.told import WORDING_CHARACTERS
from webapp.api.client_inputs import LINES, Day, RowNumber
from webapp.api.inputs import DAY, PRINTED, WHOLE, Body, Code, First, Limit, MarketCode, Query, Text
from webapp.pages.listing import NAMES_CHARACTERS
from webapp.urls import NUMBER_MAX

CODES_MOST = 20  # services or markets of one person (prior)
Wording = Annotated[str, Field(min_length=1, max_length=WORDING_CHARACTERS, pattern=PRINTED)]


class NamesBody(Body):
    """Names with commas between them."""

    names: Annotated[str, Field(min_length=1, max_length=NAMES_CHARACTERS, pattern=LINES)]


class ListQuery(Query):
    """A page of the people on the list; `q` is looked for in name, work and place."""

    q: Text = ""
    which: Which = ""
    first: First = 0
    limit: Limit = 50


class AfterQuery(Query):
    """Who was put off, so that the next one follows."""

    after: Annotated[int, Field(ge=0, le=NUMBER_MAX), WHOLE] = 0


class JoggerBody(Body):
    """A question that was thought through, or comes up again."""

    code: Annotated[str, Field(min_length=1, max_length=40, pattern=PRINTED)]
    done: bool = True


class TagsBody(Body):
    """What the owner says of somebody of the list; what is left out of the tie is not known."""

    offers: Annotated[tuple[Code, ...], Field(max_length=CODES_MOST)] = ()  # ours, and what the programme adds
    serves: Annotated[tuple[MarketCode, ...], Field(max_length=CODES_MOST)] = ()
    lacks: Annotated[tuple[Wording, ...], Field(max_length=LACKS_MOST)] = ()
    standing: Standing = ""
    city: Annotated[str, Field(max_length=100, pattern=PRINTED)] | None = None
    years: Annotated[float, Field(ge=0, le=YEARS_MOST, allow_inf_nan=False)] | None = None
    contacts_a_year: Annotated[float, Field(ge=0, le=TALKS_MOST, allow_inf_nan=False)] | None = None
    worked_together: bool | None = None
    would_vouch: bool | None = None

    def told(self) -> TagsTold:
        """The same as the core takes it."""
        tie = TieTold(
            years=self.years,
            contacts_a_year=self.contacts_a_year,
            worked_together=self.worked_together,
            would_vouch=self.would_vouch,
        )
        return TagsTold(
            offers=self.offers, serves=self.serves, lacks=self.lacks, tie=tie, standing=self.standing, city=self.city
        )


class ProgrammeBody(Body):
    """The first day of the programme, today unless told, and how many people are to be on the list."""

    started_on: Day | None = None
    goal: Annotated[Goal, WHOLE] = 100

    def told(self) -> ProgrammeTold:
        """The same as the core takes it."""
        return ProgrammeTold(started_on=self.started_on, goal=self.goal)


class OnQuery(Query):
    """A day; today unless told."""

    on: Day | None = None


class WeekBody(Body):
    """A week that was kept, or that was not."""

    week: Annotated[int, Field(ge=1, le=1_000), WHOLE]
    kept: bool = True
    minutes: Annotated[int, Field(ge=0, le=MINUTES_MOST), WHOLE] | None = None
    note: Annotated[str, Field(max_length=NOTE_CHARACTERS, pattern=LINES)] = ""


class SellingBody(Body):
    """From which day selling tools are open; null: when the programme says."""

    opens_on: Day | None


class WordsBody(Body):
    """A draft to look through."""

    text: Annotated[str, Field(max_length=BODY_CHARACTERS, pattern=LINES)]


class DealBody(Body):
    """What a partner offers for a while."""

    business_id: RowNumber
    what: Annotated[str, Field(min_length=1, max_length=DEAL_CHARACTERS, pattern=PRINTED)]
    from_on: Annotated[date, Field(description="Today unless told."), DAY] | None = None
    until_on: Annotated[date, Field(description="The last day; not over yet."), DAY]

    def told(self) -> DealTold:
        """The same as the core takes it."""
        return DealTold(business_id=self.business_id, what=self.what, from_on=self.from_on, until_on=self.until_on)
