"""Two owners' networks beside the shared directory, with a canary in every private table of each."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from matcher import facts
from matcher.facts import Private
from matcher.store import Session, Store
from matcher.units import SHARED

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ALICE, BOB = 2, 3  # ids of two owners' networks


@dataclass(frozen=True)
class Town:
    """A store with three networks, and every private fact in it by network."""

    store: Store
    facts: dict[int, list[Private]]

    def business(self, network_id: int) -> int:
        """The id of the one business that a network holds."""
        return next(fact.id for fact in self.facts[network_id] if isinstance(fact, facts.Business))


def owners(store: Store) -> None:
    """Add the networks of Alice and Bob, with nothing in them; their days are those of UTC, as tests reckon them."""
    with store.session(writes=True) as session:
        for number, name in ((ALICE, "Alice"), (BOB, "Bob")):
            session.add(facts.Network(id=number, name=name, zone="UTC", created_at=NOON))


@pytest.fixture
def town(store: Store) -> Town:
    """The shared directory, Alice's and Bob's network, with one row in each private table of each."""
    owners(store)
    return Town(store, {network_id: canaries(store, network_id) for network_id in (SHARED, ALICE, BOB)})


def canaries(store: Store, network_id: int) -> list[Private]:
    """One row in every private table of a network, each with the word CANARY and the network's number in it."""
    told = f"CANARY{network_id}"
    with store.session(network_id, writes=True) as session:
        own = facts.Import(network_id=network_id, file_name=told, content_hash=told, staged_at=NOON)
        business = facts.Business(network_id=network_id, key=told, name=told, edited_at=NOON)
        person = facts.Person(network_id=network_id, name=told)
        session.add_all([own, business, person])
        session.flush()
        days = {"opened_on": NOON.date(), "closes_on": NOON.date()}
        call = facts.OpenCall(network_id=network_id, service="roofer", wording=told, token=told, **days)
        introduction = facts.Introduction(
            network_id=network_id,
            for_us=False,
            first_person_id=person.id,
            target_business_id=business.id,
            drafted_on=NOON.date(),
            note=told,
        )
        roster = facts.Roster(network_id=network_id, name=told, read_on=NOON.date())
        session.add_all([call, introduction, roster])
        session.flush()
        rows: list[Private] = [
            facts.StagedFile(network_id=network_id, import_id=own.id, content=told.encode()),
            facts.ImportProblem(
                network_id=network_id, import_id=own.id, line=2, field="name", sentence=told, keeps_out=True
            ),
            facts.Occasion(network_id=network_id, journey=told, began_on=NOON.date()),
            facts.Need(network_id=network_id, service="roofer", wording=told, heard_on=NOON.date()),
            facts.Wording(network_id=network_id, key=told, service="roofer", told_at=NOON),
            facts.Client(network_id=network_id, person_id=person.id, place=told, added_on=NOON.date()),
            facts.Survey(network_id=network_id, person_id=person.id, sent_on=NOON.date()),
            facts.Tie(network_id=network_id, to_person_id=person.id, years=3.0, told_on=NOON.date()),
            facts.Application(network_id=network_id, open_call_id=call.id, business=told, sent_at=NOON),
            facts.RosterMember(
                network_id=network_id, roster_id=roster.id, key=told, business=told, seen_on=NOON.date()
            ),
        ]
        rows += business_canaries(network_id, told, business.id)
        rows += [*mail_canaries(network_id, told), *loop_canaries(told, introduction, business.id)]
        rows += [*people_canaries(told, person), *programme_canaries(network_id, told, business.id)]
        rows += coach_canaries(session, network_id, told)
        session.add_all(rows)
    return [own, business, person, call, introduction, roster, *rows]


def business_canaries(network_id: int, told: str, business_id: int) -> list[Private]:
    """One row in each table about a business."""
    belonging = {"network_id": network_id, "business_id": business_id}
    return [
        facts.Offer(**belonging, service=told, confidence=0.5, source="owner"),
        facts.DeclaredMarket(**belonging, market=told),
        facts.Partnership(**belonging, since_on=date(2026, 3, 2), note=told),
        facts.Verdict(**belonging, answer="yes", reason=told, given_at=NOON),
        facts.Correction(**belonging, services={told: 1.0}, corrected_at=NOON),
        facts.Ruling(**belonging, competes=False, reason=told, given_at=NOON),
        facts.Motivation(**belonging, wants=told, edited_at=NOON),
        facts.Outcome(**belonging, kind=told, came_true=True, happened_on=NOON.date()),
        facts.StageChange(**belonging, stage="courted", changed_on=NOON.date()),
        facts.Vetting(**belonging, kind="licence", checked_on=NOON.date(), note=told),
    ]


def mail_canaries(network_id: int, told: str) -> list[Private]:
    """One row in each table of mail."""
    own = {"network_id": network_id}
    mail = {"key": told, "to_email": told, "subject": told, "body": told, "approved_at": NOON, "next_at": NOON}
    return [
        facts.Sender(**own, name=told, email=told, postal_address=told, edited_at=NOON),
        facts.Mail(**own, **mail),
        facts.Suppression(**own, address_hash=told, because="owner", since_on=NOON.date()),
    ]


def loop_canaries(told: str, introduction: facts.Introduction, business_id: int) -> list[Private]:
    """One row in each table of introductions, referrals and the agenda."""
    own, day = {"network_id": introduction.network_id}, NOON.date()
    asked = {**own, "introduction_id": introduction.id, "role": "first", "asked_on": day}
    theirs = {**own, "business_id": business_id}
    return [
        facts.Ask(**asked, wording=told),
        facts.Report(**asked, words=told),
        facts.Referral(**theirs, given=False, prospect=told, referred_on=day),
        facts.Rating(**theirs, stars=5, words=told, rated_on=day),
        facts.Care(**theirs, post_to=told),
        facts.Gift(**theirs, reward="card", given_on=day, note=told),
        facts.PlanStep(**theirs, code="learn_wants", note=told),
        facts.Sale(**own, person_id=introduction.first_person_id or 0, what=told, agreed_on=day),
        facts.Moment(**theirs, kind="praise", wording=told, noticed_on=day),
        facts.Touch(**theirs, kind="call", touched_on=day, note=told),
        facts.TaskMark(**own, key=told, done_on=day),
    ]


def people_canaries(told: str, person: facts.Person) -> list[Private]:
    """One row in each table about people on lists."""
    own, day = {"network_id": person.network_id}, NOON.date()
    return [
        facts.Merge(**own, kept_id=person.id, before={"name": told}, merged_at=NOON),
        facts.NotSame(**own, one_id=person.id, other_id=person.id, told_on=day),
        facts.Erasure(**own, sign_hash=told, erased_on=day),
        facts.ColumnChoice(**own, about="contacts", headings_hash=told, fields=[told], chosen_at=NOON),
    ]


def programme_canaries(network_id: int, told: str, business_id: int) -> list[Private]:
    """One row in each table of the first six months."""
    own, day = {"network_id": network_id}, NOON.date()
    return [
        facts.Programme(**own, started_on=day, kit={"name": told}),
        facts.Week(**own, number=1, kept_on=day, note=told),
        facts.JoggerMark(**own, code=told, done_on=day),
        facts.Deal(**own, business_id=business_id, what=told, from_on=day, until_on=day),
        facts.Nudge(**own, words=told, sent_at=NOON),
    ]


def coach_canaries(session: Session, network_id: int, told: str) -> list[Private]:
    """One row in each table of a coach and the agents; the coaching is over."""
    own, coach = {"network_id": network_id}, {"account_id": 99, "coach_network_id": 99, "coach": told}
    kit = facts.ProgrammeKit(**own, name=told, content={"name": told}, content_hash=told, edited_at=NOON)
    session.add(kit)
    session.flush()
    return [
        kit,
        facts.ProgrammeInvite(**own, kit_id=kit.id, account_id=99, whom=told, invited_on=NOON.date()),
        facts.Coached(**own, **coach, kit_id=kit.id, known_as=told, since_at=NOON, ended_at=NOON),
    ]
