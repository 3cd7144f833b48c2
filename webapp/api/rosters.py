"""Operations on associations and their lists of members."""

from collections.abc import Sequence
from typing import Annotated

from flask import g
from pydantic import Field
from werkzeug.datastructures import FileStorage

from matcher.answers.partners import BusinessCard
from matcher.answers.rosters import RosterCard, RosterLine
from matcher.store.rosters import NAME_CHARACTERS
from webapp.api.client_inputs import LINES
from webapp.api.inputs import PRINTED, Body, Query
from webapp.api.operation import operation
from webapp.pages.rosters import PASTED_CHARACTERS

Name = Annotated[str, Field(min_length=1, max_length=NAME_CHARACTERS, pattern=PRINTED)]
Key = Annotated[str, Field(min_length=64, max_length=64, pattern="^[0-9a-f]*$")]


class RosterQuery(Query):
    """Of which association the list is; `whole`: those who are missing have really left."""

    name: Name
    whole: bool = False


class PastedBody(Body):
    """A list as it was pasted: a table, or one name a line."""

    name: Name
    text: Annotated[str, Field(min_length=1, max_length=PASTED_CHARACTERS, pattern=LINES)]
    whole: bool = False


class MemberBody(Body):
    """Which member."""

    key: Key


class SameBody(Body):
    """One who left and one who joined."""

    left: Key
    joined: Key


@operation("GET", "/rosters")
def get_rosters() -> Sequence[RosterLine]:
    """All associations whose lists were read."""
    found: Sequence[RosterLine] = g.network.rosters()
    return found


@operation("POST", "/rosters")
def post_roster(query: RosterQuery, file: FileStorage) -> RosterCard:
    """Send an association's list of members; the answer says who joined, left and changed."""
    found: RosterCard = g.network.read_roster(query.name, file.filename or "", file.read(), whole=query.whole)
    return found


@operation("POST", "/rosters/pasted")
def post_pasted_roster(body: PastedBody) -> RosterCard:
    """The same for a list that was pasted."""
    found: RosterCard = g.network.read_pasted_roster(body.name, body.text, whole=body.whole)
    return found


@operation("GET", "/rosters/<int:roster_id>")
def get_roster(roster_id: int) -> RosterCard:
    """What an association's last list tells."""
    return _roster(roster_id)


@operation("DELETE", "/rosters/<int:roster_id>")
def delete_roster(roster_id: int) -> RosterCard:
    """Take an association out; the answer is what was there."""
    gone = _roster(roster_id)
    g.network.forget_roster(roster_id)
    return gone


@operation("POST", "/rosters/<int:roster_id>/same")
def post_same(roster_id: int, body: SameBody) -> RosterCard:
    """Say that one who left and one who joined are the same."""
    found: RosterCard = g.network.same_member(roster_id, body.left, body.joined)
    return found


@operation("POST", "/rosters/<int:roster_id>/greet")
def post_greeting(roster_id: int, body: MemberBody) -> RosterCard:
    """Note the moment that somebody we know has joined."""
    g.network.greet_member(roster_id, body.key)
    return _roster(roster_id)


@operation("POST", "/rosters/<int:roster_id>/court")
def post_courted(roster_id: int, body: MemberBody) -> BusinessCard:
    """Make a partner to court of a member."""
    found: BusinessCard = g.network.business(g.network.court_member(roster_id, body.key))
    return found


def _roster(roster_id: int) -> RosterCard:
    found: RosterCard = g.network.roster(roster_id)
    return found
