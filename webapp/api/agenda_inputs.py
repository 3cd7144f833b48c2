"""What operations on the agenda, sales and moments take; more on such types in `inputs`."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from matcher.answers.agenda import (
    AHEAD_MOST_DAYS,
    PROMISED_MOST,
    WHAT_CHARACTERS,
    WORDING_CHARACTERS,
    MomentKind,
    SaleStep,
    SaleTold,
    TouchKind,
)
from matcher.answers.whose import Whose
from matcher.lists.agenda_lists import Kind, Shown
from matcher.lists.letters import Form
from matcher.readers.moments import NOTE_CHARACTERS
from webapp.api.client_inputs import LINES, ONE_OF_TWO, Cents, Day, RowNumber
from webapp.api.inputs import DAY, PRINTED, WHOLE, Body, Query

KEY_CHARACTERS = 80
Key = Annotated[str, Field(min_length=1, max_length=KEY_CHARACTERS, pattern=PRINTED, description="Of a task.")]
Ahead = Annotated[int, Field(ge=0, le=AHEAD_MOST_DAYS, description="Also what falls due in so many days."), WHOLE]


class AgendaQuery(Query):
    """The agenda of a day, today unless told, with the days ahead; `kind` narrows it."""

    on: Day | None = None
    days: Ahead = 0
    kind: Kind | Literal[""] = ""

    def shown(self) -> Shown:
        """The same as the core takes it."""
        return Shown(on=self.on, ahead_days=self.days, kind=self.kind)


class AgendaFileQuery(AgendaQuery):
    """The same as a file of a form."""

    form: Form = "csv"


class MarkBody(Body):
    """A task that is done, or that comes back on a day."""

    key: Key
    done: bool = True
    until: Annotated[date, Field(description="Of a task that is not done: when it comes back."), DAY] | None = None


class KeyQuery(Query):
    """A task."""

    key: Key


class SalesQuery(Query):
    """The sales of one client, or of all."""

    client_id: RowNumber | None = None


class SaleBody(Body):
    """Work that was agreed."""

    client_id: RowNumber
    what: Annotated[str, Field(min_length=1, max_length=WHAT_CHARACTERS, pattern=PRINTED)]
    agreed_on: Annotated[date, Field(description="Not in the future."), DAY]
    promised: Annotated[int, Field(ge=0, le=PROMISED_MOST, description="Introductions, for good results."), WHOLE] = 0
    value_cents: Cents | None = None

    def told(self) -> SaleTold:
        """The same as the core takes it."""
        return SaleTold(what=self.what, agreed_on=self.agreed_on, promised=self.promised, value_cents=self.value_cents)


class StepBody(Body):
    """The day of a step of a sale; null takes it back."""

    step: SaleStep
    on: Day | None


class NoteBody(Body):
    """A note as it was pasted."""

    note: Annotated[str, Field(max_length=NOTE_CHARACTERS, pattern=LINES)]


class WhoseBody(Body):
    """A business or a person, one of the two."""

    model_config = ONE_OF_TWO

    business_id: RowNumber | None = None
    person_id: RowNumber | None = None
    on: Annotated[date, Field(description="Not in the future; today unless told."), DAY] | None = None

    def whose(self) -> Whose:
        """The same as the core takes it."""
        return Whose(business_id=self.business_id, person_id=self.person_id)


class MomentBody(WhoseBody):
    """A good time to ask somebody, and the words in which it came."""

    kind: MomentKind
    wording: Annotated[str, Field(max_length=WORDING_CHARACTERS, pattern=PRINTED)] = ""


class TouchBody(WhoseBody):
    """That we were in touch with somebody."""

    kind: TouchKind
