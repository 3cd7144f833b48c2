"""What operations on introductions take; more on such types in `inputs`."""

from typing import Annotated, Literal

from pydantic import Field

from matcher.answers.introduced import (
    OPEN_MOST,
    REASON_CHARACTERS,
    WORDS_CHARACTERS,
    Closing,
    IntroductionStage,
    IntroductionTold,
    Reply,
    Role,
)
from matcher.answers.posted import BODY_CHARACTERS, SUBJECT_CHARACTERS
from matcher.answers.whose import Whose
from matcher.lists.letters import Form
from webapp.api.client_inputs import LINES, ONE_OF_TWO, Cents, RowNumber
from webapp.api.inputs import PRINTED, WHOLE, Body, Query, ServiceCode
from webapp.api.mail_inputs import Address

Tone = Literal["warm", "plain"]
Reason = Annotated[str, Field(max_length=REASON_CHARACTERS, pattern=LINES)]


class IntroductionsQuery(Query):
    """Which stages are asked for; none means all."""

    stage: tuple[IntroductionStage, ...] = ()


class IntroductionsFileQuery(IntroductionsQuery):
    """The same as a file of a form."""

    form: Form = "csv"


class OpenIntroductionsBody(Body):
    """How many introductions may be open at a time; null: as the programme says, else three."""

    most: Annotated[int, Field(ge=1, le=OPEN_MOST), WHOLE] | None


class ToneQuery(Query):
    """In which tone a message is drafted."""

    tone: Tone = "warm"


class RoleQuery(ToneQuery):
    """Which of the two, and in which tone the message is drafted."""

    role: Role


class WhoseBody(Body):
    """A business or a person: one of the two."""

    model_config = ONE_OF_TWO

    business_id: RowNumber | None = None
    person_id: RowNumber | None = None

    def whose(self) -> Whose:
        """The same as the network takes it."""
        return Whose(self.business_id, self.person_id)


class IntroductionBody(Body):
    """Two who could be made known to each other; `for_us`: the first introduces us to the target."""

    for_us: bool = False
    first: WhoseBody
    target: WhoseBody
    need_id: RowNumber | None = None
    service: ServiceCode | None = None
    first_reason: Reason = ""
    target_reason: Reason = ""

    def told(self) -> IntroductionTold:
        """The same as the network takes it."""
        return IntroductionTold(
            for_us=self.for_us,
            first=self.first.whose(),
            target=self.target.whose(),
            need_id=self.need_id,
            service=self.service or "",
            first_reason=self.first_reason,
            target_reason=self.target_reason,
        )


class RoleBody(Body):
    """Which of the two, and in which tone the message is drafted."""

    role: Role
    tone: Tone = "warm"


class MessageBody(Body):
    """The message to both as its owner has read it, with the two addresses that were shown with it."""

    to_email: Address
    also_email: Address
    subject: Annotated[str, Field(min_length=1, max_length=SUBJECT_CHARACTERS, pattern=PRINTED)]
    body: Annotated[str, Field(min_length=1, max_length=BODY_CHARACTERS, pattern=LINES)]


class AnswerBody(Body):
    """What one of the two told the owner."""

    role: Role
    answer: Reply
    words: Annotated[str, Field(max_length=WORDS_CHARACTERS, pattern=LINES)] = ""


class ConcludedBody(Body):
    """What came of it, as the owner knows."""

    result: Closing | Literal["met"]
    value_cents: Cents | None = None
