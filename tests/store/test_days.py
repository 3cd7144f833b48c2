"""Days are the owner's own: what is told, shown and answered is dated by the clock where they are."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from matcher.answers.introduced import IntroductionTold
from matcher.answers.invited import SurveyAnswers
from matcher.answers.posted import MailTold, SenderTold
from matcher.answers.told import ClientTold
from matcher.answers.whose import Whose
from matcher.errors import Invalid
from matcher.facts import Ask, Partnership
from matcher.knowledge.zones import zone_of_place
from matcher.network import Network
from matcher.store import Store
from matcher.taxonomy import read_rows
from matcher.visitors.answering import answer_survey
from matcher.visitors.consenting import answer_ask
from matcher.visitors.promising import read_calendar
from matcher.zones import on_clock, zone_names
from tests.clocks import set_clock
from tests.networks import HOME, LOANS, MOVERS, REALTY, id_of
from tests.store.conftest import BOB

AUCKLAND, LOS_ANGELES = "Pacific/Auckland", "America/Los_Angeles"
ON_ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # of the two databases
FIRST, SECOND = date(2026, 3, 1), date(2026, 3, 2)


@ON_ONE
@pytest.mark.parametrize(
    ("zone", "instant", "today"),
    [
        (AUCKLAND, "2026-03-01T22:00Z", SECOND),
        (LOS_ANGELES, "2026-03-02T02:00Z", FIRST),
        ("", "2026-03-01T22:00Z", FIRST),
        ("", "2026-03-02T02:00Z", SECOND),
    ],
)
def test_today_is_the_owners(
    alice: Network, monkeypatch: pytest.MonkeyPatch, zone: str, instant: str, today: date
) -> None:
    """A touch of the owner's own today is kept, one of tomorrow is not, and the agenda is that of today."""
    alice.set_zone(zone)
    set_clock(monkeypatch, instant)
    assert alice.today() == today
    whose = Whose(business_id=id_of(alice, REALTY))
    with pytest.raises(Invalid):
        alice.note_touch(whose, "call", on=today + timedelta(days=1))
    assert alice.note_touch(whose, "call", on=today)
    assert alice.agenda() == alice.agenda(today)


def test_who_answers_is_dated_by_the_owners_day(alice: Network, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A yes and a survey that come in the afternoon of the first in California are of the first, and so shown."""
    alice.set_zone(LOS_ANGELES)
    set_clock(monkeypatch, "2026-03-02T02:00Z")
    two = {"first": Whose(business_id=id_of(alice, REALTY)), "target": Whose(business_id=id_of(alice, MOVERS))}
    number = alice.draft_introduction(IntroductionTold(for_us=False, **two))
    answer_ask(store, alice.ask(number, "first"), "yes")
    (asked,) = alice.introduction(number).asks
    assert (asked.asked_on, asked.answered_on) == (FIRST.isoformat(), FIRST.isoformat())
    with store.session(alice.id) as session:
        assert session.scalars(select(Ask.answered_at)).one() == datetime(2026, 3, 2, 2, tzinfo=UTC)
    client = alice.add_client(ClientTold(name="Joe", markets=("first_home_buyers",)))
    answer_survey(store, alice.send_survey(client), SurveyAnswers(words="A leaking tap"))
    assert {need.heard_on for need in alice.client(client).needs} == {FIRST.isoformat()}


@ON_ONE
def test_a_calendar_begins_on_the_owners_day(alice: Network, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is overdue stands in the calendar on the day that it is where the owner is."""
    alice.set_zone(AUCKLAND)
    set_clock(monkeypatch, "2026-02-27T22:00Z")
    alice.note_moment(Whose(business_id=id_of(alice, REALTY)), "joined")
    token = alice.open_calendar()
    set_clock(monkeypatch, "2026-03-01T22:00Z")
    due = {line for line in read_calendar(store, token).decode().splitlines() if line.startswith("DTSTART")}
    assert due
    assert min(due).endswith("20260302")


@ON_ONE
def test_instants_are_shown_on_the_owners_clock(alice: Network, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a mail was let go is told on the owner's clock, with its distance from UTC."""
    alice.set_zone(AUCKLAND)
    set_clock(monkeypatch, "2026-03-01T22:00Z")
    store.secret = "5e0c9a1d4f7b4c2e8d6a3b9f10e7c5d2"  # random, of this test alone
    alice.set_sender(SenderTold(name="Alice", email="alice@example.com", postal_address="1 Main St, Tucson"))
    alice.approve_mail(MailTold(key="x", to_email="joe@example.com", subject="Hello", body="Hello Joe."))
    (mail,) = alice.outbox().mails
    assert mail.approved_at == "2026-03-02T11:00:00+13:00"


@ON_ONE
def test_a_verdict_of_the_evening_is_of_that_day(alice: Network, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A partnership that a yes opens in the evening begins on that day, not on the one that it is in Greenwich."""
    alice.set_zone(LOS_ANGELES)
    set_clock(monkeypatch, "2026-03-02T02:00Z")
    alice.decide(id_of(alice, LOANS), "yes")
    with store.session(alice.id) as session:
        assert session.scalars(select(Partnership.since_on)).one() == FIRST


@ON_ONE
def test_zones_are_told_by_name(alice: Network) -> None:
    """A zone may be typed in any letters and with a blank, is forgotten by saying nothing, and must be one."""
    assert alice.set_zone(" america/los angeles ") == LOS_ANGELES == alice.zone()
    for wrong in ("Middle/Earth", "../etc/passwd", "America", "local"):
        with pytest.raises(Invalid, match="time zone"):
            alice.set_zone(wrong)
    assert alice.zone() == LOS_ANGELES
    assert alice.set_zone("") is None is alice.zone()


@pytest.mark.parametrize(
    ("place", "lon", "zone"),
    [
        ("Tucson, AZ", -110.97, "America/Phoenix"),
        ("Wrenfield, OR", -122.98, LOS_ANGELES),
        ("Springfield, Illinois 62701", -89.65, "America/Chicago"),
        ("Munich, DE", 11.58, "Europe/Berlin"),
        ("Dover, DE", -75.52, "America/New_York"),
        ("Linz, Österreich", 14.29, "Europe/Vienna"),
        ("Perth, WA", 115.86, "Australia/Perth"),
        ("Singapore", None, "Asia/Singapore"),
        ("Washington", -77.04, ""),
        ("Austin, USA", -97.74, ""),
        ("48.14, 11.58", 11.58, ""),
        ("", None, ""),
    ],
)
def test_a_place_says_its_zone(place: str, lon: float | None, zone: str) -> None:
    """The state or country behind a town's name says the zone, unless the place lies elsewhere or has several."""
    assert zone_of_place(place, lon) == zone


def test_every_zone_of_a_place_is_one() -> None:
    """Each zone in the table of places can be chosen, and no zone has a place twice."""
    rows = [(row["zone"], name) for row in read_rows("zones.csv") for name in row["names"].split(";")]
    assert {zone for zone, _ in rows} <= set(zone_names())
    assert len(set(rows)) == len(rows)


@ON_ONE
def test_a_home_says_its_zone_once(alice: Network) -> None:
    """Where the business is settled, its place's zone is the owner's, until and unless they tell another one."""
    alice.set_zone("")
    alice.settle(HOME)
    assert alice.zone() == "America/Phoenix"
    alice.set_zone(AUCKLAND)
    alice.settle(replace(HOME, place="Wrenfield, OR", lat=44.6, lon=-123.0))
    assert alice.zone() == AUCKLAND


@ON_ONE
def test_zones_are_the_owners_alone(alice: Network, store: Store) -> None:
    """One owner's zone is nobody else's."""
    bob = Network(store, BOB)
    before = bob.zone()
    alice.set_zone(AUCKLAND)
    assert bob.zone() == before != AUCKLAND


def test_every_zone_has_a_clock() -> None:
    """Each zone to choose from can be read; what no installation knows counts as UTC."""
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert all(on_clock(noon, zone) == noon for zone in zone_names())
    assert on_clock(noon, "Middle/Earth").utcoffset() == timedelta(0)


def test_hours_are_hours_when_clocks_change() -> None:
    """Six hours after midnight of the night in which clocks go forward, six hours have passed."""
    before = datetime(2026, 3, 8, 8, tzinfo=UTC)  # midnight in California, two hours before clocks go forward
    assert on_clock(before, LOS_ANGELES) + timedelta(hours=6) == before + timedelta(hours=6)
    assert on_clock(before + timedelta(hours=6), LOS_ANGELES).hour == 7
