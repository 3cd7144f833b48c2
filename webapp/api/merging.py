"""Operations on people who are one: who seems to be, making them one and parting them, and where people work."""

from collections.abc import Sequence
from typing import Annotated

from flask import g
from pydantic import Field

from matcher.answers.merged import MERGED_MOST, Choice, DuplicateList, Merged, WorksAt
from webapp.api.client_inputs import RowNumber
from webapp.api.inputs import PRINTED, Body, First, Limit, Query
from webapp.api.operation import operation

People = Annotated[tuple[RowNumber, ...], Field(min_length=2, max_length=MERGED_MOST, description="Different people.")]


class GroupsQuery(Query):
    """A page of the groups."""

    first: First = 0
    limit: Limit = 20


class MergeBody(Body):
    """Who is one; `choices`: whose value is kept, by field; `seen` as the group gave it: nothing unseen joins."""

    ids: People
    choices: Annotated[dict[Choice, RowNumber], Field(default_factory=dict)]
    seen: Annotated[str, Field(max_length=64, pattern=PRINTED)] = ""


class NotSameBody(Body):
    """Who is not the same; with `same` true, that is forgotten again."""

    ids: People
    same: bool = False


class WorkplaceBody(Body):
    """Where somebody works; null: we do not know."""

    business_id: RowNumber | None


@operation("GET", "/duplicates")
def get_duplicates(query: GroupsQuery) -> DuplicateList:
    """Groups of people who seem to be one, the surest first, with the reason for each pair."""
    found: DuplicateList = g.network.duplicates(first=query.first, limit=query.limit)
    return found


@operation("GET", "/merges")
def get_merges() -> Sequence[Merged]:
    """The last merges that can be undone, the newest first."""
    found: Sequence[Merged] = g.network.merges()
    return found


@operation("POST", "/merges")
def post_merge(body: MergeBody) -> Merged:
    """Make people one; 409 when one of them has changed since `seen`, or is gone."""
    done: Merged = g.network.merge(body.ids, dict(body.choices), seen=body.seen)
    return done


@operation("DELETE", "/merges/<int:merge_id>")
def delete_merge(merge_id: int) -> Merged:
    """Part people again as they were."""
    done: Merged = g.network.undo_merge(merge_id)
    return done


@operation("PUT", "/not-same")
def put_not_same(body: NotSameBody) -> DuplicateList:
    """Keep that people are not the same, or forget it; the answer is the first page of groups."""
    act = g.network.forget_not_same if body.same else g.network.tell_not_same
    act(body.ids)
    found: DuplicateList = g.network.duplicates()
    return found


@operation("GET", "/workplaces")
def get_workplaces() -> tuple[WorksAt, ...]:
    """Businesses where people seem to work, by e-mail domain and company name, to say yes to."""
    found: tuple[WorksAt, ...] = g.network.workplaces()
    return found


@operation("PUT", "/people/<int:person_id>/workplace")
def put_workplace(person_id: int, body: WorkplaceBody) -> tuple[WorksAt, ...]:
    """Keep where somebody works, or that we do not know; the answer is what is left to say yes to."""
    g.network.set_workplace(person_id, body.business_id)
    found: tuple[WorksAt, ...] = g.network.workplaces()
    return found
