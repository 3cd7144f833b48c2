"""Operations on what came of things, and on what clients needed."""

from flask import g

from matcher.answers.learned import Needs, Outcomes
from matcher.knowledge.choices import journeys_like
from matcher.taxonomy import taxonomy
from webapp.api.inputs import NeedsBody, OutcomeBody, Words
from webapp.api.operation import operation
from webapp.api.routes import MANY, Choice


@operation("GET", "/businesses/<int:business_id>/outcomes")
def get_outcomes(business_id: int) -> Outcomes:
    """How far a business says yes, sends somebody, closes and keeps its word, with the notes behind each."""
    return _outcomes(business_id)


@operation("POST", "/businesses/<int:business_id>/outcomes")
def post_outcome(business_id: int, body: OutcomeBody) -> Outcomes:
    """Note what came of something with a business today."""
    g.network.note_outcome(business_id, body.kind, body.came_true)
    return _outcomes(business_id)


@operation("DELETE", "/outcomes/<int:outcome_id>")
def delete_outcome(outcome_id: int) -> Outcomes:
    """Take a note back; the answer is about its business."""
    return _outcomes(g.network.undo_outcome(outcome_id))


@operation("GET", "/needs")
def get_needs() -> Needs:
    """What clients needed, newest first, and what that taught."""
    return _needs()


@operation("POST", "/needs")
def post_needs(body: NeedsBody) -> Needs:
    """Note what a client on a journey needed; no services: nothing else."""
    g.network.note_needs(body.journey, body.services, body.on)
    return _needs()


@operation("DELETE", "/occasions/<int:occasion_id>")
def delete_needs(occasion_id: int) -> Needs:
    """Take back what a client needed."""
    g.network.undo_needs(occasion_id)
    return _needs()


@operation("GET", "/journeys", "signed in")
def get_journeys(query: Words) -> tuple[Choice, ...]:
    """Client journeys by what people call them; `kind` is the main market that goes through each."""
    known = taxonomy().journeys
    codes = journeys_like(query.q, MANY) if query.q.strip() else known
    return tuple(Choice(code=code, name=known[code].name, kind=known[code].markets[0]) for code in codes)


def _outcomes(business_id: int) -> Outcomes:
    found: Outcomes = g.network.outcomes(business_id)
    return found


def _needs() -> Needs:
    found: Needs = g.network.needs()
    return found
