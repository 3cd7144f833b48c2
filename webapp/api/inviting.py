"""Operations on surveys for clients, open calls and who answered them, and on what was checked of a business."""

from dataclasses import dataclass
from datetime import date

from flask import g

from matcher.answers.invited import OpenCallCard, Vetted, last_day
from webapp.api.inputs import CallBody, CheckedBody, DecisionBody, KindQuery
from webapp.api.operation import operation
from webapp.public import address


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyLink:
    """The link to a client's survey; it is told this once."""

    link: str
    ends_on: str  # such as 2026-04-01, the last day


@operation("POST", "/clients/<int:client_id>/survey")
def post_survey(client_id: int) -> SurveyLink:
    """Make a link on which a client says what they lack; the one before stops working."""
    token = g.network.send_survey(client_id)
    ends_on = last_day(date.fromisoformat(g.network.client(client_id).surveyed_on))
    return SurveyLink(link=address("answer.show", token=token), ends_on=ends_on.isoformat())


@operation("GET", "/calls")
def get_calls() -> tuple[OpenCallCard, ...]:
    """All open calls with who answered, the newest first."""
    found: tuple[OpenCallCard, ...] = g.network.calls()
    return found


@operation("POST", "/calls")
def post_call(body: CallBody) -> OpenCallCard:
    """Look for a business that offers a service, on a page to pass round."""
    card: OpenCallCard = g.network.open_call(body.service, body.where(), body.wording)
    return card


@operation("GET", "/calls/<int:call_id>")
def get_call(call_id: int) -> OpenCallCard:
    """One open call with who answered; its page is /call/ and the token."""
    card: OpenCallCard = g.network.call(call_id)
    return card


@operation("POST", "/calls/<int:call_id>/close")
def close_call(call_id: int) -> OpenCallCard:
    """Let nobody answer a call any more."""
    card: OpenCallCard = g.network.close_call(call_id)
    return card


@operation("PUT", "/applications/<int:application_id>/answer")
def put_application_answer(application_id: int, body: DecisionBody) -> OpenCallCard:
    """Say yes or no to who answered a call; a yes makes a business that is courted."""
    g.network.decide_application(application_id, body.answer)
    cards: tuple[OpenCallCard, ...] = g.network.calls()
    return next(card for card in cards for one in card.applications if one.application_id == application_id)


@operation("GET", "/businesses/<int:business_id>/vetting")
def get_vetting(business_id: int) -> tuple[Vetted, ...]:
    """Licence, insurance and references of a business: what it claims, what was checked and when, what is over."""
    found: tuple[Vetted, ...] = g.network.vetting(business_id)
    return found


@operation("PUT", "/businesses/<int:business_id>/vetting")
def put_vetting(business_id: int, body: CheckedBody) -> tuple[Vetted, ...]:
    """Keep that something of a business was checked, in place of the check before."""
    found: tuple[Vetted, ...] = g.network.note_vetting(business_id, body.checked())
    return found


@operation("DELETE", "/businesses/<int:business_id>/vetting")
def delete_vetting(business_id: int, query: KindQuery) -> tuple[Vetted, ...]:
    """Forget that something of a business was checked; nothing happens where it was not."""
    found: tuple[Vetted, ...] = g.network.forget_vetting(business_id, query.kind)
    return found
