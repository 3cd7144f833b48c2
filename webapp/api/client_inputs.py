"""What operations on clients take; more on such types in `inputs`."""

from datetime import date
from typing import Annotated

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from matcher.answers.covered import Grade, Status, Wish
from matcher.answers.partners import Place
from matcher.answers.told import (
    FIRST_DAY,
    LAST_DAY,
    NAME_CHARACTERS,
    NOTE_CHARACTERS,
    WORDING_CHARACTERS,
    ClientTold,
    NeedTold,
)
from matcher.store.clients import PHONE_CHARACTERS
from webapp.api.inputs import (
    DAY,
    EARTH_KM,
    FIGURE_MAX,
    PRINTED,
    WHOLE,
    Body,
    Code,
    First,
    JourneyCode,
    Limit,
    MarketCode,
    PlaceBody,
    Query,
    Said,
    Text,
)
from webapp.urls import NUMBER_MAX

NEEDS_MAX = 100  # told at once of one client
LINES = r"^[^\u0000-\u0009\u000b-\u001f\u007f]*$"  # of a note: line breaks and no other control characters
Cents = Annotated[int, Field(ge=0, le=FIGURE_MAX), WHOLE]
CENTURIES = "^(19|20|21)"  # what a schema can say of the first and the last day
Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY, json_schema_extra={"pattern": CENTURIES}), DAY]
RowNumber = Annotated[int, Field(ge=1, le=NUMBER_MAX), WHOLE]
EITHER: JsonDict = {
    "oneOf": [{"required": [name], "properties": {name: {"type": "integer"}}} for name in ("business_id", "person_id")]
}
ONE_OF_TWO = ConfigDict(json_schema_extra=EITHER)  # of a body that names a business or a person


class ClientsQuery(Query):
    """A page of clients; `q` is looked for in name and place, `waiting` asks for those with an open need."""

    q: Text = ""
    grade: Grade = ""
    waiting: bool = False
    first: First = 0
    limit: Limit = 50


class ClientBody(Body):
    """Who a client is."""

    name: Annotated[str, Field(min_length=1, max_length=NAME_CHARACTERS, pattern=PRINTED)]
    grade: Grade = ""
    markets: tuple[MarketCode, ...] = ()
    place: PlaceBody | None = None
    value_cents: Annotated[Cents, Field(description="Worth to us a year.")] | None = None
    email: Annotated[str, Field(max_length=254, pattern=PRINTED)] = ""
    phone: Annotated[str, Field(max_length=PHONE_CHARACTERS, pattern=PRINTED)] = ""
    note: Annotated[str, Field(max_length=NOTE_CHARACTERS, pattern=LINES)] = ""

    def told(self) -> ClientTold:
        """The same as the core takes it."""
        own = {name: getattr(self, name) for name in ClientBody.model_fields}
        return ClientTold(**own | {"place": Place(**self.place.model_dump()) if self.place else None})


class NeedBody(Body):
    """What a client needs: a service, or the words in which it was said, or both."""

    service: Annotated[Code, Field(description="One of ours, or one that the programme adds.")] | None = None
    wording: Annotated[str, Field(max_length=WORDING_CHARACTERS, pattern=PRINTED)] = ""
    needed_by: Day | None = None
    tier: Annotated[int, Field(ge=1, le=3, description="Price: 1 plain, 2 middle, 3 premium."), WHOLE] | None = None
    language: Annotated[str, Field(pattern="^([a-z]{2})?$", description="ISO 639-1.")] = ""
    within_km: Annotated[float, Field(gt=0, le=EARTH_KM)] | None = None
    value_cents: Annotated[Cents, Field(description="Of the order; as is usual unless told.")] | None = None
    occasion_id: Annotated[RowNumber, Field(description="The journey of the client that it belongs to.")] | None = None

    def told(self) -> NeedTold:
        """The same as the core takes it."""
        return NeedTold(
            service=self.service or "",
            wording=self.wording,
            needed_by=self.needed_by,
            wish=Wish(tier=self.tier, language=self.language, within_km=self.within_km),
            value_cents=self.value_cents,
            occasion_id=self.occasion_id,
        )


class NewClientBody(ClientBody):
    """A client with what they need and go through; the needs belong to that journey."""

    needs: Annotated[tuple[NeedBody, ...], Field(max_length=NEEDS_MAX)] = ()
    journey: JourneyCode | None = None
    since: Annotated[Day, Field(description="The journey's day zero; today unless told.")] | None = None


class StatusBody(Body):
    """What became of a need; introduced and filled need a partner, unless one is chosen already."""

    status: Status
    business_id: RowNumber | None = None


class PartnerBody(Body):
    """The owner's own choice of partner for an open need; null lets go of it."""

    business_id: RowNumber | None = None


class BegunBody(Body):
    """A journey that a client is on."""

    journey: JourneyCode
    day_zero: Annotated[Day, Field(description="Today unless told.")] | None = None


class JourneyBody(Body):
    """What is to be changed of a client's journey; null leaves it."""

    day_zero: Day | None = None
    complete: Annotated[bool, Field(description="All that they needed on it is told.")] | None = None


class LineBody(Body):
    """One line about a client, as somebody jots it down."""

    text: Said
