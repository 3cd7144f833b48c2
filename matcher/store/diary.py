"""Queries on all that the agenda is worked out from, as one diary."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.answers.agenda import (
    Contact,
    Diary,
    Looked,
    Mark,
    Noticed,
    Passed,
    Planned,
    Proof,
    Question,
    Stars,
    Stood,
    Work,
)
from matcher.answers.whose import Whose
from matcher.facts import (
    Ask,
    Care,
    Client,
    Introduction,
    Moment,
    Rating,
    Referral,
    Report,
    Sale,
    StageChange,
    TaskMark,
    Touch,
    Vetting,
)
from matcher.store import businesses, clock, people
from matcher.taxonomy import taxonomy


def diary(session: Session, network_id: int) -> Diary:
    """Everything that happened in a network, with the names of those it is about."""
    home = businesses.home(session, network_id)
    markets = [taxonomy().markets[code].name.lower() for code in home.markets] if home else []
    found = Diary(
        clients=frozenset(session.scalars(select(Client.person_id))),
        owner=home.name if home else "",
        whom=markets[0] if markets else "",
        works=tuple(map(_work, session.scalars(select(Sale).order_by(Sale.id)))),
        referrals=tuple(map(_passed, session.scalars(select(Referral).order_by(Referral.id)))),
        moments=tuple(map(_noticed, session.scalars(select(Moment).order_by(Moment.id)))),
        contacts=tuple(Contact(whose=_whose(t), touched_on=t.touched_on) for t in session.scalars(select(Touch))),
        introductions=_introductions(session),
        proofs=tuple(_proofs(session.scalars(select(Vetting)))),
        ratings=tuple(map(_stars, session.scalars(select(Rating).order_by(Rating.id)))),
        stages=tuple(map(_stood, session.scalars(select(StageChange).order_by(StageChange.id)))),
        care={_whose(care): _looked(care) for care in session.scalars(select(Care))},
        marks={m.key: Mark(done_on=m.done_on, until_on=m.until_on) for m in session.scalars(select(TaskMark))},
    )
    return _named(session, found)


def _named(session: Session, found: Diary) -> Diary:
    those = {one.whose for part in (found.works, found.referrals, found.moments, found.proofs) for one in part}
    those |= {one.whose for part in (found.ratings, found.contacts) for one in part} | set(found.care)
    those |= {whose for planned in found.introductions for whose in (planned.first, planned.target)}
    return replace(found, people=people.look_up_all(session, those))


def _whose(fact: Referral | Moment | Touch | Care) -> Whose:
    return Whose(business_id=fact.business_id, person_id=fact.person_id)


def _work(sale: Sale) -> Work:
    return Work(
        sale_id=sale.id,
        whose=Whose(person_id=sale.person_id),
        what=sale.what,
        agreed_on=sale.agreed_on,
        done_on=sale.done_on,
        meeting_on=sale.meeting_on,
        results_on=sale.results_on,
        promised=sale.promised,
    )


def _passed(referral: Referral) -> Passed:
    return Passed(
        referral_id=referral.id,
        given=referral.given,
        whose=_whose(referral),
        prospect=referral.prospect,
        referred_on=referral.referred_on,
        result=referral.result,
        value_cents=referral.value_cents,
        closed_on=referral.closed_on,
        because=referral.because,
        thanked_on=referral.thanked_on,
        thanked_again_on=referral.thanked_again_on,
        thanked_publicly_on=referral.thanked_publicly_on,
        introduced=referral.introduction_id is not None,
        sale_id=referral.sale_id,
    )


def _noticed(moment: Moment) -> Noticed:
    return Noticed(
        moment_id=moment.id,
        kind=moment.kind,
        whose=_whose(moment),
        wording=moment.wording,
        noticed_on=moment.noticed_on,
    )


def _introductions(session: Session) -> tuple[Planned, ...]:
    asks, reported = defaultdict(list), {}
    for ask in session.scalars(select(Ask).order_by(Ask.id)):
        asks[ask.introduction_id].append(ask)
    for report in session.scalars(select(Report).order_by(Report.asked_on.desc())):
        reported[report.introduction_id] = report.asked_on
    return tuple(
        Planned(
            introduction_id=one.id,
            first=_sides(one)["first"],
            target=_sides(one)["target"],
            drafted_on=one.drafted_on,
            withdrawn_on=one.withdrawn_on,
            connected_on=one.connected_on,
            met_on=one.met_on,
            closed_on=one.closed_on,
            reported_on=reported.get(one.id),
            questions=tuple(_question(session, ask, _sides(one)) for ask in asks[one.id]),
        )
        for one in session.scalars(select(Introduction).order_by(Introduction.id))
    )


def _sides(one: Introduction) -> dict[str, Whose]:
    return {
        "first": Whose(one.first_business_id, one.first_person_id),
        "target": Whose(one.target_business_id, one.target_person_id),
    }


def _question(session: Session, ask: Ask, sides: dict[str, Whose]) -> Question:
    return Question(
        ask_id=ask.id,
        role=ask.role,
        whose=sides[ask.role],
        asked_on=ask.asked_on,
        reminded_on=ask.reminded_on,
        answer=ask.answer,
        answered_on=clock.day_of(session, ask.answered_at) if ask.answered_at else None,
    )


def _proofs(vettings: Iterable[Vetting]) -> Iterable[Proof]:
    for one in vettings:
        if one.valid_until_on:
            whose = Whose(business_id=one.business_id)
            yield Proof(whose=whose, kind=one.kind, checked_on=one.checked_on, until=one.valid_until_on)


def _stars(rating: Rating) -> Stars:
    whose = Whose(business_id=rating.business_id)
    return Stars(rating_id=rating.id, whose=whose, stars=rating.stars, rated_on=rating.rated_on)


def _stood(change: StageChange) -> Stood:
    return Stood(whose=Whose(business_id=change.business_id), stage=change.stage, changed_on=change.changed_on)


def _looked(care: Care) -> Looked:
    return Looked(
        rhythm_days=care.rhythm_days,
        refers=care.refers,
        thank_publicly=care.thank_publicly,
        post_to=care.post_to,
    )
