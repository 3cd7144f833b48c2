"""What becomes of what the two, or the owner, tell of an introduction: a meeting, a referral, stars, a filled need."""

from datetime import date

from matcher.answers.introduced import Came
from matcher.answers.whose import Whose
from matcher.facts import Introduction, Referral
from matcher.store import Session, client_needs, introductions, people, referrals
from matcher.taxonomy import taxonomy

RESULTS: dict[Came, str] = {"met": "open", "won": "won", "done": "done", "nowhere": "nowhere"}  # of the referral


def note_came(session: Session, introduction: Introduction, came: Came, value_cents: int | None, on: date) -> None:
    """Keep what became of it. Done work stays done; otherwise the last word counts, but "met" takes nothing back."""
    if came == "waiting" or introduction.result == "worked":
        return
    referral = _referral(session, introduction, on)
    if came == "met" and referral.result != "open":
        return
    if came != "nowhere":
        introduction.met_on = introduction.met_on or on
    referrals.note_result(session, referral.id, RESULTS[came], value_cents, on)
    introduction.closed_on = on if came in ("done", "nowhere") else None
    introduction.result = {"done": "worked", "nowhere": "nowhere"}.get(came, "")
    if came == "done":
        _fill_need(session, introduction, on)


def _referral(session: Session, introduction: Introduction, on: date) -> Referral:
    """The referral that came of it: received when we were introduced, else given."""
    first, target = introductions.sides(introduction)
    backwards = introduction.for_us or (target.business_id is None and first.business_id is not None)
    partner, prospect = (first, target) if backwards else (target, first)
    found = people.look_up_all(session, (partner, prospect))
    number = referrals.add(session, _made(introduction, partner, prospect, found[prospect].name, on=on))
    return referrals.find(session, number)


def _made(introduction: Introduction, partner: Whose, prospect: Whose, name: str, *, on: date) -> Referral:
    return Referral(
        network_id=introduction.network_id,
        given=not introduction.for_us,
        business_id=partner.business_id,
        person_id=partner.person_id,
        prospect=name,
        prospect_person_id=prospect.person_id,
        introduction_id=introduction.id,
        service=introduction.service if introduction.service in taxonomy().services else "",  # a kit may have added it
        referred_on=introduction.connected_on or on,
    )


def _fill_need(session: Session, introduction: Introduction, on: date) -> None:
    partner = introduction.target_business_id or introduction.first_business_id
    if introduction.need_id is None or partner is None:
        return
    need = client_needs.find_of_anybody(session, introduction.need_id)
    if need.service and need.status in ("open", "introduced") and need.business_id in (None, partner):
        client_needs.move(session, need, "filled", partner, on)
