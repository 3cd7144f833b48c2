"""Operations on who fills what clients need, where the gaps are, and whom to recruit."""

from dataclasses import dataclass
from typing import Annotated

from flask import g
from pydantic import AfterValidator, Field, WithJsonSchema

from matcher.answers.covered import Assignment, Coverage, Recruits
from matcher.answers.quick_note import Heard
from matcher.answers.told import RoomTold
from matcher.chapters.filling import NAMES_MOST, RECRUITS_MOST, RECRUITS_USUAL
from matcher.languages import LANGUAGES
from webapp.api.client_inputs import RowNumber
from webapp.api.inputs import WHOLE, Body, Query, Said
from webapp.api.operation import operation
from webapp.pages.room import ROOM_MOST


def _language(code: str) -> str:
    if code not in LANGUAGES:
        raise ValueError("There is no such language among those that we know.")
    return code


LanguageCode = Annotated[str, AfterValidator(_language), WithJsonSchema({"type": "string", "enum": sorted(LANGUAGES)})]


class WhyNotQuery(Query):
    """A need, and a partner who does not get it."""

    need_id: RowNumber
    business_id: RowNumber


class RecruitsQuery(Query):
    """How many to recruit, and whether to prove that there is no better choice."""

    count: Annotated[int, Field(ge=1, le=RECRUITS_MOST), WHOLE] = RECRUITS_USUAL
    prove: bool = False


class HeardQuery(Query):
    """What somebody said they need, and which client it was."""

    q: Said
    client_id: RowNumber | None = None


class NamesBody(Body):
    """How many names a client is offered for a need; null: as the programme says, else three."""

    names: Annotated[int, Field(ge=1, le=NAMES_MOST), WHOLE] | None


class RoomBody(Body):
    """What a partner told us of working for our clients; null: nobody told us."""

    room: Annotated[int, Field(ge=0, le=ROOM_MOST, description="Needs that they take at a time."), WHOLE] | None = None
    languages: Annotated[tuple[LanguageCode, ...], Field(max_length=20, description="ISO 639-1.")] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """Why a need goes to its partner and not to another."""

    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesOffered:
    """How many names a client is offered for a need."""

    names: int


@operation("GET", "/coverage")
def get_coverage() -> Coverage:
    """How much of what our clients need our own network fills, by service and partner, with the gaps."""
    found: Coverage = g.network.coverage()
    return found


@operation("GET", "/assignment")
def get_assignment() -> Assignment:
    """Which partner gets which need, why, and who else could."""
    found: Assignment = g.network.assignment()
    return found


@operation("GET", "/assignment/why-not")
def get_why_not(query: WhyNotQuery) -> WhyNot:
    """Why a need does not go to this partner."""
    return WhyNot(sentence=g.network.why_not_partner(query.need_id, query.business_id))


@operation("GET", "/recruits")
def get_recruits(query: RecruitsQuery) -> Recruits:
    """Whom to recruit next, by the needs that they would close."""
    found: Recruits = g.network.recruits(query.count, prove=query.prove)
    return found


@operation("GET", "/heard")
def get_heard(query: HeardQuery) -> Heard:
    """What somebody's words call for, who of the partners could do it, and a draft to introduce them."""
    found: Heard = g.network.heard(query.q, query.client_id)
    return found


@operation("PUT", "/settings/names-offered", "owner")
def put_names_offered(body: NamesBody) -> NamesOffered:
    """Say how many names a client is offered for a need, or null to follow the programme."""
    g.network.set_names_offered(body.names)
    return NamesOffered(names=g.network.names_offered().value)


@operation("PUT", "/businesses/<int:business_id>/room")
def put_room(business_id: int, body: RoomBody) -> RoomTold:
    """Keep what a partner told us of working for our clients, instead of what was kept before."""
    g.network.note_room(business_id, RoomTold(room=body.room, languages=body.languages))
    found: RoomTold = g.network.room(business_id)
    return found
