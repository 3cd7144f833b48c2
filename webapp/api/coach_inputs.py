"""What operations on coaching take; more on such types in `inputs`."""

from typing import Annotated, Any

from pydantic import Field

from matcher.answers.coached import KIT_NAME_CHARACTERS, NUDGE_CHARACTERS, WHOM_CHARACTERS
from matcher.coach_kit import content as kit
from webapp.api.client_inputs import LINES
from webapp.api.inputs import PRINTED, WHOLE, Body, Code, Query

Line = Annotated[str, Field(min_length=1, max_length=kit.TITLE_CHARACTERS, pattern=PRINTED)]
Lines = Annotated[str, Field(max_length=kit.TEXT_CHARACTERS, pattern=LINES)]
Token = Annotated[str, Field(min_length=1, max_length=100, pattern=PRINTED)]
Script = Annotated[Lines, Field(min_length=1)]


class StepBody(Body):
    """One step of a programme."""

    week: Annotated[int, Field(ge=1, le=kit.WEEK_MOST), WHOLE]
    title: Line
    do: Annotated[Lines, Field(min_length=1)]
    minutes: Annotated[int, Field(ge=0, le=kit.MINUTES_MOST), WHOLE] = 20
    words: Lines = ""


class ServiceBody(Body):
    """A service that the taxonomy does not have."""

    code: Code
    name: Line
    group: Code
    words: Lines = ""


class LimitsBody(Body):
    """How many names a client is told of, and how many introductions are open at a time."""

    names_offered: Annotated[int, Field(ge=1, le=kit.LIMITS["names_offered"][1]), WHOLE] = 3
    open_introductions: Annotated[int, Field(ge=1, le=kit.LIMITS["open_introductions"][1]), WHOLE] = 3


class KitBody(Body):
    """A whole programme; nobody may be named in it."""

    name: Annotated[str, Field(min_length=1, max_length=KIT_NAME_CHARACTERS, pattern=PRINTED)]
    steps: Annotated[tuple[StepBody, ...], Field(max_length=kit.STEPS_MOST)] = ()
    scripts: Annotated[dict[Code, Script], Field(max_length=kit.LISTED_MOST, default_factory=dict)]
    services: Annotated[tuple[ServiceBody, ...], Field(max_length=kit.LISTED_MOST)] = ()
    brand_words: Annotated[tuple[Line, ...], Field(max_length=kit.LISTED_MOST)] = ()
    limits: LimitsBody = LimitsBody()
    goal: Annotated[int, Field(ge=1, le=kit.GOAL_MOST), WHOLE] = kit.GOAL
    days_locked: Annotated[int, Field(ge=0, le=kit.LOCKED_MOST_DAYS), WHOLE] = kit.DAYS_LOCKED

    def told(self) -> dict[str, Any]:
        """The same as the core takes it."""
        return self.model_dump()


class WhomBody(Body):
    """Whom a link is for, in the coach's words."""

    whom: Annotated[str, Field(max_length=WHOM_CHARACTERS, pattern=PRINTED)] = ""


class NudgeBody(Body):
    """A few words to an agent."""

    words: Annotated[str, Field(min_length=1, max_length=NUDGE_CHARACTERS, pattern=LINES)]


class TokenQuery(Query):
    """What a coach's link ends with."""

    token: Token


class KnownBody(Body):
    """What a coach's link ends with, and how the coach shall see the agent."""

    token: Token

    known_as: Annotated[str, Field(min_length=1, max_length=WHOM_CHARACTERS, pattern=PRINTED)]


class VersionBody(Body):
    """The version of a programme that was looked at."""

    content_hash: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
