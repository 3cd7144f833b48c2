"""What operations on referrals, thanks and sources take; more on such types in `inputs`."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from matcher.answers.cared import ASKED_MOST, POST_CHARACTERS, RHYTHM_MOST_DAYS, CareTold, WhyNot
from matcher.answers.learned import EARLIEST
from matcher.answers.referred import (
    BECAUSE_CHARACTERS,
    NOTE_CHARACTERS,
    PROSPECT_CHARACTERS,
    AskedHow,
    ReferralsWanted,
    ReferralTold,
    Result,
    ThankKind,
)
from matcher.answers.thanked import GIFT_NOTE_CHARACTERS, GiftTold
from matcher.answers.whose import Whose
from matcher.errors import Invalid
from matcher.lists.letters import Form
from webapp.api.client_inputs import LINES, Cents, RowNumber
from webapp.api.inputs import DAY, PRINTED, WHOLE, Body, First, Limit, Query, ServiceCode, Text

Been = Annotated[date, Field(ge=EARLIEST, description="Not in the future; today when it is left out."), DAY]


class ReferralsWantedQuery(Query):
    """Some referrals; `q` is looked for in the names, `owed` asks for those for which thanks are owed."""

    given: bool | None = None
    result: tuple[Result, ...] = ()
    asked: AskedHow = ""
    owed: bool = False
    business_id: RowNumber | None = None
    client_id: RowNumber | None = None
    q: Text = ""

    def wanted(self) -> ReferralsWanted:
        """The same as the core asks for it."""
        whose = Whose(self.business_id, self.client_id)
        return ReferralsWanted(
            given=self.given,
            results=self.result,
            asked_how=self.asked,
            owed=self.owed,
            whose=whose if any(whose) else None,
            text=self.q,
        )


class ReferralsQuery(ReferralsWantedQuery):
    """A page of them."""

    first: First = 0
    limit: Limit = 50


class ReferralsFileQuery(ReferralsWantedQuery):
    """All of them as a file of a form."""

    form: Form = "csv"


class ReferralBody(Body):
    """A referral: a business or a client sent us the prospect, or got them from us (`given`)."""

    given: bool
    business_id: RowNumber | None = None
    client_id: RowNumber | None = None
    prospect: Annotated[str, Field(min_length=1, max_length=PROSPECT_CHARACTERS, pattern=PRINTED)]
    service: ServiceCode | Literal[""] = ""
    referred_on: Been | None = None
    because: Annotated[str, Field(max_length=BECAUSE_CHARACTERS, pattern=LINES)] = ""
    asked_how: AskedHow = ""
    note: Annotated[str, Field(max_length=NOTE_CHARACTERS, pattern=LINES)] = ""
    introduction_id: RowNumber | None = None
    result: Result = "open"
    value_cents: Cents | None = None
    closed_on: Been | None = None

    def told(self) -> ReferralTold:
        """The same as the core takes it; Invalid unless it names exactly one source."""
        if (self.business_id is None) == (self.client_id is None):
            raise Invalid("business_id", "Please name a business or a client: one of the two.")
        own = {"business_id", "client_id"}
        fields = {name: getattr(self, name) for name in type(self).model_fields if name not in own}
        return ReferralTold(whose=Whose(self.business_id, self.client_id), **fields)


class ResultBody(Body):
    """What became of a referral; a value that is left out stays as it was."""

    result: Result
    value_cents: Cents | None = None
    on: Been | None = None


class ThankBody(Body):
    """That we said thank you: at once, again when the work is done, or publicly."""

    kind: ThankKind
    on: Been | None = None


class ThankQuery(Query):
    """Which thanks are meant."""

    kind: ThankKind


class GiftBody(Body):
    """Something given as thanks; words and a card cost nothing, everything else needs its price."""

    reward: Literal["word", "card", "gift", "charity", "access", "money"]
    value_cents: Annotated[int, Field(ge=0, le=100_000_000), WHOLE] = 0
    given_on: Been | None = None
    note: Annotated[str, Field(max_length=GIFT_NOTE_CHARACTERS, pattern=LINES)] = ""
    referral_id: RowNumber | None = None

    def told(self) -> GiftTold:
        """The same as the core takes it."""
        return GiftTold(**{name: getattr(self, name) for name in type(self).model_fields})


class CareBody(Body):
    """How we look after a source; what is left out is not known."""

    rhythm_days: Annotated[int, Field(ge=1, le=RHYTHM_MOST_DAYS), WHOLE] | None = None
    refers: bool | None = None
    why_not: WhyNot = ""
    thank_publicly: bool | None = None
    place: Annotated[str, Field(max_length=8, pattern=PRINTED, description="Such as US-AZ, DE or UK.")] = ""
    post_to: Annotated[str, Field(max_length=POST_CHARACTERS, pattern=LINES)] = ""
    asked_count: Annotated[int, Field(ge=0, le=ASKED_MOST), WHOLE] = 0

    def told(self) -> CareTold:
        """The same as the core takes it."""
        return CareTold(**{name: getattr(self, name) for name in type(self).model_fields})
