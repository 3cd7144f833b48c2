"""Operations on the plan for a partner."""

from flask import g

from matcher.answers.taught import PartnerPlan
from webapp.api.inputs import StepBody
from webapp.api.operation import operation


@operation("GET", "/businesses/<int:business_id>/plan")
def get_plan(business_id: int) -> PartnerPlan:
    """How a business is courted: what they want, what we can bring, each step, and how clients rated them."""
    found: PartnerPlan = g.network.plan(business_id)
    return found


@operation("PUT", "/businesses/<int:business_id>/plan")
def put_plan(business_id: int, body: StepBody) -> PartnerPlan:
    """Keep what is done and noted of one step."""
    found: PartnerPlan = g.network.mark_step(business_id, body.code, done=body.done, note=body.note)
    return found
