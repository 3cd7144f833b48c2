"""Operations on the plan for a partner, and on what we hand out."""

from dataclasses import dataclass

from flask import g

from matcher.answers.taught import Champion, Kit, PartnerPlan
from webapp.api.inputs import StepBody
from webapp.api.kit_inputs import CardQuery, FlyerQuery, HandoutQuery, OwnContactBody
from webapp.api.operation import operation
from webapp.downloads import FileAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoutText:
    """What we hand out, as plain text."""

    text: str


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


@operation("GET", "/kit")
def get_kit() -> Kit:
    """What teaches others whom to send us: who we are, for whom we are good, and what such people say."""
    found: Kit = g.network.kit()
    return found


@operation("PUT", "/kit/contact")
def put_kit_contact(body: OwnContactBody) -> Kit:
    """Keep how our own business is reached, as it is printed on what we hand out."""
    found: Kit = g.network.tell_contact(body.told())
    return found


@operation("GET", "/kit/text")
def get_kit_text(query: HandoutQuery) -> HandoutText:
    """A pocket card, the page “who to send us”, or a block for a newsletter."""
    return HandoutText(text=g.network.handout(query.what))


@operation("GET", "/kit/card")
def get_kit_card(query: CardQuery) -> FileAnswer:
    """Our own business as a card for address books."""
    return FileAnswer(g.network.own_card(query.version), "card", "vcf")


@operation("GET", "/kit/flyer")
def get_kit_flyer(query: FlyerQuery) -> FileAnswer:
    """A page to pin up as PDF, with a picture of our card for a phone's camera."""
    return FileAnswer(g.network.flyer(query.paper), "flyer", "pdf")


@operation("GET", "/kit/champions")
def get_champions() -> tuple[Champion, ...]:
    """Who has already sent us people, with how they like to be thanked; recent ones weigh more."""
    found: tuple[Champion, ...] = g.network.champions()
    return found
