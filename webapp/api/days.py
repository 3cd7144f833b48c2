"""Operations on the owner's clock."""

from typing import Annotated

from flask import g
from pydantic import Field

from matcher.answers.days import OwnersClock
from webapp.api.inputs import PRINTED, Body
from webapp.api.operation import operation

ZONE_CHARACTERS = 64  # the longest name has 32


class ZoneBody(Body):
    """A time zone by its name, such as America/Los_Angeles; null: nobody told it, and days are those of UTC."""

    zone: Annotated[str, Field(min_length=1, max_length=ZONE_CHARACTERS, pattern=PRINTED)] | None


@operation("GET", "/settings/time-zone")
def get_zone() -> OwnersClock:
    """The time zone by which days are told, and what the clock shows there."""
    found: OwnersClock = g.network.owners_clock()
    return found


@operation("PUT", "/settings/time-zone", "owner")
def put_zone(body: ZoneBody) -> OwnersClock:
    """Say in which time zone the owner is, or null to forget it; days that are kept stay as they were told."""
    g.network.set_zone(body.zone or "")
    return get_zone()  # type: ignore[no-any-return]
