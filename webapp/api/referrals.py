"""Operations on referrals, thanks, and those who send us clients."""

from flask import g

from matcher.answers.cared import CareTold
from matcher.answers.referred import Fallback, ReferralCard, ReferralList
from matcher.answers.sources import Sources
from matcher.answers.thanked import SafeThanks
from matcher.answers.whose import Whose
from webapp.api.operation import operation
from webapp.api.referral_inputs import (
    CareBody,
    GiftBody,
    ReferralBody,
    ReferralsQuery,
    ResultBody,
    ThankBody,
    ThankQuery,
)


@operation("GET", "/referrals")
def get_referrals(query: ReferralsQuery) -> ReferralList:
    """A page of referrals, the newest first, with the thanks that are owed."""
    found: ReferralList = g.network.referrals(query.wanted(), first=query.first, limit=query.limit)
    return found


@operation("POST", "/referrals")
def post_referral(body: ReferralBody) -> ReferralCard:
    """Keep a referral, given or received; of one introduction there is one each way."""
    return _card(g.network.add_referral(body.told()))


@operation("GET", "/referrals/<int:referral_id>")
def get_referral(referral_id: int) -> ReferralCard:
    """One referral, with the thanks that are owed."""
    return _card(referral_id)


@operation("PUT", "/referrals/<int:referral_id>")
def put_referral(referral_id: int, body: ReferralBody) -> ReferralCard:
    """Keep what the owner now says of a referral; thanks that were said stay said."""
    card: ReferralCard = g.network.edit_referral(referral_id, body.told())
    return card


@operation("DELETE", "/referrals/<int:referral_id>")
def delete_referral(referral_id: int) -> ReferralCard:
    """Take a referral back, as if nobody had told it; gives what it was."""
    card = _card(referral_id)
    g.network.remove_referral(referral_id)
    return card


@operation("PUT", "/referrals/<int:referral_id>/result")
def put_result(referral_id: int, body: ResultBody) -> ReferralCard:
    """Say what became of a referral, and what it brought."""
    card: ReferralCard = g.network.note_result(referral_id, body.result, body.value_cents, on=body.on)
    return card


@operation("PUT", "/referrals/<int:referral_id>/thanks")
def put_thanks(referral_id: int, body: ThankBody) -> ReferralCard:
    """Keep that we said thank you for a referral."""
    card: ReferralCard = g.network.thank(referral_id, body.kind, on=body.on)
    return card


@operation("DELETE", "/referrals/<int:referral_id>/thanks")
def delete_thanks(referral_id: int, query: ThankQuery) -> ReferralCard:
    """Take back that we said thank you."""
    card: ReferralCard = g.network.unthank(referral_id, query.kind)
    return card


@operation("GET", "/referrals/<int:referral_id>/fallbacks")
def get_fallbacks(referral_id: int) -> tuple[Fallback, ...]:
    """Who else could serve a prospect whom we sent somewhere in vain."""
    return tuple(g.network.fallbacks(referral_id))


@operation("GET", "/sources")
def get_sources() -> Sources:
    """Who sends us clients, the strongest first; concentration, mix, balance, and how asking works."""
    found: Sources = g.network.sources()
    return found


@operation("GET", "/businesses/<int:business_id>/thanks")
def get_business_thanks(business_id: int) -> SafeThanks:
    """How a business may be thanked: fine, limited, to be asked first or refused, each with its rule."""
    found: SafeThanks = g.network.safe_thanks(Whose(business_id))
    return found


@operation("GET", "/clients/<int:client_id>/thanks")
def get_client_thanks(client_id: int) -> SafeThanks:
    """How a client may be thanked: fine, limited, to be asked first or refused, each with its rule."""
    found: SafeThanks = g.network.safe_thanks(Whose(person_id=client_id))
    return found


@operation("POST", "/businesses/<int:business_id>/gifts")
def post_business_gift(business_id: int, body: GiftBody) -> SafeThanks:
    """Keep what a business was given as thanks; 409 with the rule for what is refused or over a limit."""
    g.network.note_gift(Whose(business_id), body.told())
    return get_business_thanks(business_id)  # type: ignore[no-any-return]


@operation("POST", "/clients/<int:client_id>/gifts")
def post_client_gift(client_id: int, body: GiftBody) -> SafeThanks:
    """Keep what a client was given as thanks; 409 with the rule for what is refused or over a limit."""
    g.network.note_gift(Whose(person_id=client_id), body.told())
    return get_client_thanks(client_id)  # type: ignore[no-any-return]


@operation("DELETE", "/gifts/<int:gift_id>")
def delete_gift(gift_id: int) -> SafeThanks:
    """Take back that something was given."""
    found: SafeThanks = g.network.safe_thanks(g.network.undo_gift(gift_id))
    return found


@operation("GET", "/businesses/<int:business_id>/care")
def get_business_care(business_id: int) -> CareTold:
    """How we look after a business."""
    return _care(Whose(business_id))


@operation("PUT", "/businesses/<int:business_id>/care")
def put_business_care(business_id: int, body: CareBody) -> CareTold:
    """Keep how we look after a business, in place of what was said before."""
    return _care(Whose(business_id), body)


@operation("GET", "/clients/<int:client_id>/care")
def get_client_care(client_id: int) -> CareTold:
    """How we look after a client."""
    return _care(Whose(person_id=client_id))


@operation("PUT", "/clients/<int:client_id>/care")
def put_client_care(client_id: int, body: CareBody) -> CareTold:
    """Keep how we look after a client, in place of what was said before."""
    return _care(Whose(person_id=client_id), body)


def _card(referral_id: int) -> ReferralCard:
    card: ReferralCard = g.network.referral(referral_id)
    return card


def _care(whose: Whose, body: CareBody | None = None) -> CareTold:
    told: CareTold = g.network.set_care(whose, body.told()) if body else g.network.care(whose)
    return told
