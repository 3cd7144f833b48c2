"""What operations take: each type is both the check and the schema that the document shows."""

import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    WithJsonSchema,
)
from pydantic_core import core_schema
from typing_extensions import TypeAliasType

from matcher.answers.imported import About
from matcher.answers.invited import TEXT_CHARACTERS as TEXT_MOST
from matcher.answers.learned import EARLIEST, OutcomeKind
from matcher.answers.partners import RADIUS_KM, WANTS_LENGTH, Facts, Filters, Home, Place, Profile, Reward, Sells, Side
from matcher.answers.told import CHECK_CHARACTERS, NOTE_CHARACTERS, Checked, CheckedKind
from matcher.chapters.suggesting import REASON_LENGTH, Answer, Stage
from matcher.errors import Invalid
from matcher.knowledge import meaning
from matcher.knowledge.places import find_place
from matcher.lists.list_kinds import fields_of
from matcher.taxonomy import taxonomy
from webapp.forms import FIRST_MAX, TEXT_CHARACTERS

EARTH_KM = 20_100.0  # half way round: nothing is farther away
FIGURE_MAX = 1_000_000_000  # clients a year, cents an order; both columns hold more
SERVICES_MAX = 100  # that one client needed; the longest journey has fewer steps
LIMIT_MAX = 200  # of one page of a list
COLUMN_FIELDS = tuple(dict.fromkeys(chain.from_iterable(map(fields_of, get_args(About)))))  # what a column can hold
COLUMN = "^[0-9]{1,4}$"  # position of a column, from 0
WRITTEN = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")  # a day
DIGITS = re.compile(r"-?[0-9]+")
PRINTED = r"^[^\u0000-\u001f\u007f]*$"  # no control characters: PostgreSQL takes no NUL, and a name has one line


def _day(told: Any) -> Any:
    """A day as it is written; Pydantic alone takes a number of seconds for one, too."""
    if not isinstance(told, str):
        return told
    if WRITTEN.fullmatch(told):
        with suppress(ValueError):  # the 30th of February
            return date.fromisoformat(told)
    raise ValueError("Please write a day like 2026-03-02.")


def _whole(told: Any) -> Any:
    """A whole number: 3.0 is 3, and in an address digits alone are one; Pydantic alone takes 1_0 for ten, too."""
    if isinstance(told, float) and told.is_integer():
        return int(told)
    if isinstance(told, str) and not DIGITS.fullmatch(told):
        raise ValueError("Please write a whole number, such as 3.")
    return told


@dataclass(frozen=True)
class Known:
    """A code out of a part of the taxonomy; the schema lists them all."""

    part: Literal["services", "markets", "groups", "journeys"]

    def codes(self) -> Collection[str]:
        """All codes of this part."""
        found: Collection[str] = getattr(taxonomy(), self.part)
        return found

    def check(self, code: str) -> str:
        """The code itself; ValueError with a sentence for an unknown one."""
        if code not in self.codes():
            raise ValueError(f"There is no such code among the {self.part}.")
        return code

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, core_schema.str_schema())

    def __get_pydantic_json_schema__(self, _: Any, __: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "enum": sorted(self.codes())}


ServiceCode = TypeAliasType("ServiceCode", Annotated[str, Known("services")])
MarketCode = TypeAliasType("MarketCode", Annotated[str, Known("markets")])
GroupCode = TypeAliasType("GroupCode", Annotated[str, Known("groups")])
JourneyCode = TypeAliasType("JourneyCode", Annotated[str, Known("journeys")])
Code = Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,39}$")]  # of a service, also of one that a programme adds
Text = Annotated[str, Field(max_length=TEXT_CHARACTERS, pattern=PRINTED)]
Said = Annotated[str, Field(min_length=1, max_length=meaning.TEXT_CHARACTERS, description="At least one telling word.")]
Share = Annotated[float, Field(ge=0, le=1)]
WHOLE, DAY = BeforeValidator(_whole), BeforeValidator(_day)  # stand last: limits after them are not in the document
Figure = Annotated[float, Field(ge=0, le=FIGURE_MAX)]
First = Annotated[int, Field(ge=0, le=FIRST_MAX, description="Where the page starts, from 0."), WHOLE]
Limit = Annotated[int, Field(ge=1, le=LIMIT_MAX, description="How many at most."), WHOLE]


class Query(BaseModel):
    """Arguments of a URL; a tuple may be given several times. Unknown ones are refused."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class Body(BaseModel):
    """A JSON body; exactly these fields, in exactly these types."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class Words(Query):
    """What somebody has typed so far; everything when empty."""

    q: Text = ""


class Saying(Query):
    """What somebody said, as a sentence or a short message."""

    q: Said


class WordingBody(Body):
    """What some words mean, as the owner says."""

    text: Said
    service: ServiceCode


class DirectoryQuery(Query):
    """A page of the directory; `q` is looked for in name, city and postcode."""

    q: Text = ""
    group: tuple[GroupCode, ...] = ()
    service: tuple[ServiceCode, ...] = ()
    first: First = 0
    limit: Limit = 50

    def filters(self) -> Filters:
        """The same as the core asks for it."""
        return Filters(text=self.q, groups=self.group, services=self.service)


class SuggestionsQuery(Query):
    """A page of suggestions for the stored home business, or for one that is described by `sells` and the rest."""

    group: tuple[GroupCode, ...] = ()
    service: tuple[ServiceCode, ...] = ()
    market: tuple[MarketCode, ...] = ()
    within_km: Annotated[float, Field(ge=0, le=EARTH_KM)] | None = None
    sells_to: Sells | None = None
    side: Side | None = None
    q: Text = ""
    decided: bool = False
    first: First = 0
    limit: Limit = 20
    sells: Annotated[tuple[ServiceCode, ...], Field(description="Ask for a business that sells this instead.")] = ()
    to: tuple[MarketCode, ...] = ()
    near: Annotated[Text, Field(description="A town with its state, or a ZIP code, of the United States.")] = ""
    radius_km: Annotated[float, Field(ge=1, le=EARTH_KM)] = RADIUS_KM

    def filters(self) -> Filters:
        """The same as the core asks for it."""
        return Filters(
            groups=self.group,
            services=self.service,
            markets=self.market,
            within_km=self.within_km,
            sells_to=self.sells_to,
            side=self.side,
            text=self.q,
            decided=self.decided,
        )

    def home(self) -> Home | None:
        """The described business; None when the stored one is meant."""
        if not self.sells:
            return None
        place = find_place(self.near) if self.near else None
        if self.near and place is None:
            raise Invalid("near", "This is not a place we know. Try a US town with its state, or a ZIP code.")
        return Home(
            services=dict.fromkeys(self.sells, 1.0),
            markets=self.to,
            place=place.name if place else "",
            lat=place.lat if place else None,
            lon=place.lon if place else None,
            radius_km=self.radius_km,
        )


class HomeBody(Body):
    """The owner's own business."""

    services: Annotated[dict[ServiceCode, Share], Field(min_length=1, description="Code -> how surely offered, 0-1.")]
    markets: tuple[MarketCode, ...] = ()
    name: Annotated[Text, Field(min_length=1)]
    place: Annotated[Text, Field(max_length=100)] = ""
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None
    radius_km: Annotated[float, Field(ge=1, le=EARTH_KM)] = RADIUS_KM
    tier: Annotated[int, Field(ge=1, le=3, description="Price: 1 plain, 2 middle, 3 premium."), WHOLE] | None = None
    clients_a_year: Figure | None = None
    order_value_cents: Annotated[int, Field(ge=0, le=FIGURE_MAX), WHOLE] | None = None
    wants_to_grow: bool | None = None

    def home(self) -> Home:
        """The same as the core takes it."""
        return Home(**{name: getattr(self, name) for name in type(self).model_fields})


class VerdictBody(Body):
    """What the owner answers to a suggestion, and why."""

    answer: Answer
    reason: Annotated[str, Field(max_length=REASON_LENGTH, pattern=PRINTED)] = ""


class RulingBody(Body):
    """The owner's own word on whether a business competes, and why."""

    competes: bool
    reason: Annotated[str, Field(max_length=REASON_LENGTH, pattern=PRINTED)] = ""


class StageBody(Body):
    """How far a partnership is."""

    stage: Stage


class OneSidedQuery(Query):
    """A page of those who help one side only, or neither."""

    first: First = 0
    limit: Limit = 20


class MotivationBody(Body):
    """What moves somebody; what is left out is not known. `forget` drops a "never money" of before."""

    wants: Annotated[str, Field(max_length=WANTS_LENGTH, pattern=PRINTED)] = ""
    wanted_markets: tuple[MarketCode, ...] = ()
    wants_to_grow: bool | None = None
    has_room: bool | None = None
    vouch_share: Share | None = None
    reputation_share: Share | None = None
    reward: Annotated[Reward, Field(description="How they like to be thanked; never part of a score.")] = ""
    never_money: bool = False
    asked_on: Annotated[date, Field(description="When we last asked something of them."), DAY] | None = None
    forget: bool = False

    def profile(self) -> Profile:
        """The same as the core takes it."""
        told = {name: getattr(self, name) for name in type(self).model_fields if name != "forget"}
        return Profile(**told | {"asked_on": self.asked_on.isoformat() if self.asked_on else ""})


class OutcomeBody(Body):
    """What came of something: whether they said yes, sent somebody, closed, or kept a promise."""

    kind: OutcomeKind
    came_true: bool


class NeedsBody(Body):
    """What a client on a journey needed; today unless a day is given."""

    journey: JourneyCode
    services: Annotated[tuple[ServiceCode, ...], Field(max_length=SERVICES_MAX)] = ()
    on: Annotated[date, Field(ge=EARLIEST, description="Not in the future."), DAY] | None = None


class PlaceBody(Body):
    """A point on the map, with the name that people use for it."""

    name: Annotated[Text, Field(max_length=100)] = ""
    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]


class FactsBody(Body):
    """What the owner says of a business, instead of all that was said before; null leaves the directory's word."""

    services: Annotated[dict[ServiceCode, Share], Field(description="Code -> how surely offered, 0-1.")] | None = None
    markets: tuple[MarketCode, ...] | None = None
    tier: Annotated[int, Field(ge=1, le=3, description="Price: 1 plain, 2 middle, 3 premium."), WHOLE] | None = None
    clients_a_year: Figure | None = None
    order_value_cents: Annotated[int, Field(ge=0, le=FIGURE_MAX), WHOLE] | None = None
    radius_km: Annotated[float, Field(ge=1, le=EARTH_KM)] | None = None
    place: PlaceBody | None = None

    def facts(self) -> Facts:
        """The same as the core takes it."""
        told = {name: getattr(self, name) for name in type(self).model_fields}
        return Facts(**(told | {"place": Place(**self.place.model_dump()) if self.place else None}))


class CallBody(Body):
    """What a call looks for: around a place, or where the owner's own business is."""

    service: ServiceCode
    place: PlaceBody | None = None
    wording: Annotated[str, Field(max_length=TEXT_MOST, description="The owner's own words; no client's name.")] = ""

    def where(self) -> Place | None:
        """The same as the core takes it."""
        return Place(**self.place.model_dump()) if self.place else None


class DecisionBody(Body):
    """What the owner answers to who answered a call."""

    answer: Literal["yes", "no"]


class CheckedBody(Body):
    """Something that was checked, on which day, and until when it holds."""

    kind: CheckedKind
    checked_on: Annotated[date, Field(description="Not in the future."), DAY]
    valid_until: Annotated[date, Field(description="Not before it was checked."), DAY] | None = None
    note: Annotated[str, Field(max_length=CHECK_CHARACTERS)] = ""

    def checked(self) -> Checked:
        """The same as the core takes it."""
        return Checked(**{name: getattr(self, name) for name in type(self).model_fields})


class StepBody(Body):
    """What is done and noted of a step of the plan for a partner; what is left out stays as it is."""

    code: Annotated[str, Field(min_length=1, max_length=40, description="As in the plan, such as learn_wants.")]
    done: bool | None = None
    note: Annotated[str, Field(max_length=NOTE_CHARACTERS)] | None = None


class KindQuery(Query):
    """Which check is meant."""

    kind: CheckedKind


class ImportQuery(Query):
    """What the file holds that is sent along."""

    about: About = "businesses"


class ColumnsBody(Body):
    """What the columns hold, where the guess of the preview is wrong: position -> field, "" leaves one out."""

    columns: Annotated[
        dict[Annotated[str, Field(pattern=COLUMN)], Annotated[str, Field(max_length=40)]],
        WithJsonSchema(
            {
                "type": "object",
                "propertyNames": {"pattern": COLUMN},
                "additionalProperties": {"type": "string", "enum": ["", *COLUMN_FIELDS]},
            }
        ),
    ] = {}

    def chosen(self) -> dict[int, str]:
        """The same with positions as numbers; Invalid for a field that there is not."""
        if not {"", *COLUMN_FIELDS}.issuperset(self.columns.values()):
            raise Invalid("columns", f"A column can be one of {', '.join(COLUMN_FIELDS)}, or empty.")
        return {int(position): field for position, field in self.columns.items()}
