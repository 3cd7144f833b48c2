"""Open calls: who can read and answer them, and what a yes makes of an answer."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select, update

from matcher.answers.invited import APPLICATIONS_MOST, CALL_DAYS, ApplicationTold
from matcher.answers.partners import Place
from matcher.answers.told import ClientTold, NeedTold
from matcher.errors import Conflict, Invalid, NotFound
from matcher.facts import Application, Business, PrivateLink, Vetting
from matcher.network import Network
from matcher.store import Store
from matcher.units import now_utc
from matcher.visitors.answering import apply, read_call
from tests.networks import HOME, bring_in, csv_of, id_of, suggested
from tests.store.conftest import ALICE, BOB
from tests.test_intake import together

AT_ONCE = 50
PHOENIX = Place(name="Phoenix, AZ", lat=33.45, lon=-112.07)
TOLD = ApplicationTold(
    business="Adobe Roofing",
    contact="Rosa Diaz",
    email="rosa@example.com",
    phone="520-555-0177",
    website="adobe-roofing.example",
    licence="ROC 123456",
    insurance="Two million, with Acme",
    references="The Smiths on 4th Street\nThe school",
    note="We answer within a day.",
)


def _held(store: Store, fact: type[Application | Business | Vetting]) -> int:
    with store.session(ALICE) as session:
        own = select(func.count()).select_from(fact).where(fact.network_id == ALICE)
        return session.scalar(own) or 0


def test_a_call_says_who_asks_and_what(alice: Network, store: Store) -> None:
    """Its page shows the owner's business, the service, where and until when, and how many clients have asked."""
    for name in ("CANARY Ann", "CANARY Ben"):
        client = alice.add_client(ClientTold(name=name, note="CANARY"))
        for _ in range(2):
            alice.add_need(client, NeedTold(service="roofer", wording="CANARY leaks"))
    alice.add_client(ClientTold(name="Zoe"), [NeedTold(service="painter")])
    card = alice.open_call("roofer", wording="Somebody who\r\ncalls back.")
    page = read_call(store, card.token)
    assert (page.business, page.service, page.place) == (HOME.name, "roofer", "Tucson, AZ")
    assert (page.asked, page.wording) == (2, "Somebody who\ncalls back.")
    assert page.ends_on == card.closes_on
    assert (card.open, card.asked, card.applications) == (True, 2, ())
    assert "CANARY" not in repr(page)


def test_the_same_call_twice_is_one(alice: Network) -> None:
    """A double click opens one call, and another place or wording another one."""
    first = alice.open_call("roofer")
    assert alice.open_call("roofer") == first
    assert alice.open_call("roofer", PHOENIX).call_id != first.call_id
    alice.close_call(first.call_id)
    assert alice.open_call("roofer").call_id != first.call_id
    assert len(alice.calls()) == 3


@pytest.mark.parametrize(
    ("service", "place", "wording"),
    [("zeppelin", None, ""), ("roofer", replace(PHOENIX, name="a\nb"), ""), ("roofer", None, "x" * 2_001)],
    ids=["service", "place", "wording"],
)
def test_a_call_that_cannot_be_kept(alice: Network, service: str, place: Place | None, wording: str) -> None:
    """An unknown service, a place of several lines and a text without end are refused."""
    with pytest.raises(Invalid):
        alice.open_call(service, place, wording)
    assert alice.calls() == ()


def test_who_calls_has_a_name(alice: Network, store: Store) -> None:
    """Before the owner has described the own business there is nobody in whose name to look."""
    with pytest.raises(Conflict):
        Network(store, BOB).open_call("roofer")


def test_an_answer_is_kept_as_it_was_given(alice: Network, store: Store) -> None:
    """All that a business writes reaches the owner, and nothing else happens."""
    card, before = alice.open_call("roofer"), _held(store, Business)
    apply(store, card.token, TOLD)
    (application,) = alice.call(card.call_id).applications
    assert application.told == TOLD
    assert (application.answer, application.business_id) == ("", None)
    assert _held(store, Business) == before


def test_the_same_answer_twice_is_one(alice: Network, store: Store) -> None:
    """The same business with the same contact counts once, however it is spelt; another contact is another answer."""
    token = alice.open_call("roofer").token
    for told in (
        TOLD,
        TOLD,
        replace(TOLD, business=" ADOBE  roofing", email="Rosa@Example.com", phone="(520) 555 0177", note="Hello?"),
        replace(TOLD, contact="Luis Diaz"),
    ):
        apply(store, token, told)
    assert [a.told.contact for a in alice.calls()[0].applications] == ["Luis Diaz", "Rosa Diaz"]


def test_there_is_an_end_to_answers(alice: Network, store: Store) -> None:
    """Of more answers at once than one person can read, exactly so many are kept; the others are told."""
    token = alice.open_call("roofer").token
    more = APPLICATIONS_MOST + 4
    answered = together(
        *(lambda n=n: apply(store, token, replace(TOLD, business=f"Roofing {n}")) for n in range(more))  # type: ignore[misc]
    )
    assert sorted(type(one).__name__ for one in answered) == ["Conflict"] * 4 + ["NoneType"] * APPLICATIONS_MOST
    assert _held(store, Application) == APPLICATIONS_MOST


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"business": ""}, "business"),
        ({"business": "  🙂 "}, "business"),
        ({"business": "x" * 201}, "business"),
        ({"business": "Adobe\r\nBcc: all@example.com"}, "business"),
        ({"contact": "Rosa\nDiaz"}, "contact"),
        ({"contact": "=?utf-8?q?Rosa?="}, "contact"),
        ({"contact": "Rosa\u202eDiaz"}, "contact"),
        ({"licence": "ROC\x00"}, "licence"),
        ({"email": "rosa"}, "email"),
        ({"email": "rosa@example.com\r\nBcc: x@example.com"}, "email"),
        ({"email": "", "phone": ""}, "email"),
        ({"email": "", "phone": "call me"}, "email"),
        ({"phone": "5" * 41}, "phone"),
        ({"website": "x" * 301}, "website"),
        ({"references": "x" * 2_001}, "references"),
        ({"note": "x" * 10_000}, "note"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_an_answer_that_cannot_be_kept(alice: Network, store: Store, change: dict[str, str], field: str) -> None:
    """What has no name, cannot be answered, is too long or hides something is refused by its field; nothing is kept."""
    token = alice.open_call("roofer").token
    with pytest.raises(Invalid) as refusal:
        apply(store, token, replace(TOLD, **change))
    assert refusal.value.field == field
    assert _held(store, Application) == 0


def test_emoji_and_markup_are_text(alice: Network, store: Store) -> None:
    """Whatever can be seen is kept letter for letter, also when it looks like a program."""
    told = replace(TOLD, business="<script>alert(1)</script> 🏠👨‍👩‍👧 Łódź", note="=cmd()\n\tx\x07")
    apply(store, alice.open_call("roofer").token, told)
    (application,) = alice.calls()[0].applications
    assert application.told.business == told.business
    assert application.told.note == "=cmd()\n x"


@pytest.mark.parametrize("over", ["closed", "expired"])
def test_a_call_that_is_over(alice: Network, store: Store, over: str) -> None:
    """A call that was closed or is too old shows nothing and takes no answers; its owner still sees who answered."""
    card = alice.open_call("roofer")
    apply(store, card.token, TOLD)
    if over == "closed":
        assert not alice.close_call(card.call_id).open
        assert alice.close_call(card.call_id).token == ""
    else:
        with store.session(writes=True) as session:
            session.execute(update(PrivateLink).values(expires_at=now_utc()))
    with pytest.raises(NotFound):
        read_call(store, card.token)
    with pytest.raises(NotFound):
        apply(store, card.token, replace(TOLD, business="Too Late Roofing"))
    assert len(alice.call(card.call_id).applications) == 1


def test_a_call_lasts_as_long_as_it_says(alice: Network, store: Store) -> None:
    """The link works until the last day is over everywhere on Earth."""
    alice.open_call("roofer")
    with store.session() as session:
        link = session.scalars(select(PrivateLink)).one()
    assert link.expires_at.date().toordinal() - now_utc().date().toordinal() == CALL_DAYS + 1


def test_a_yes_makes_a_business_to_court(alice: Network, store: Store) -> None:
    """A yes makes a private business at the call's place that offers the service, courted, found by suggestions."""
    card = alice.open_call("home_inspector")
    apply(store, card.token, TOLD)
    (application,) = alice.call(card.call_id).applications
    number = alice.decide_application(application.application_id, "yes")
    assert number is not None
    business = alice.business(number)
    assert (business.name, business.place, business.shared) == ("Adobe Roofing", "Tucson, AZ", False)
    assert (business.services, business.said_by) == ({"home_inspector": 1.0}, {"home_inspector": "owner"})
    assert (business.email, business.phone, business.website) == (TOLD.email, TOLD.phone, TOLD.website)
    assert (business.stage, business.verdict, business.verdict_reason) == ("courted", "yes", "They answered our call.")
    assert (business.lat, business.lon) == (HOME.lat, HOME.lon)
    (answered,) = alice.call(card.call_id).applications
    assert (answered.answer, answered.business_id) == ("yes", number)
    alice.undo_verdict(business.verdict_id or 0)
    assert "Adobe Roofing" in suggested(alice)


def test_a_yes_checks_nothing(alice: Network, store: Store) -> None:
    """What they say of licence, insurance and references stays a claim of theirs."""
    card = alice.open_call("roofer")
    apply(store, card.token, TOLD)
    number = alice.decide_application(alice.calls()[0].applications[0].application_id, "yes") or 0
    assert [(v.kind, v.claimed, v.checked_on) for v in alice.vetting(number)] == [
        ("licence", TOLD.licence, ""),
        ("insurance", TOLD.insurance, ""),
        ("references", TOLD.references, ""),
    ]
    assert _held(store, Vetting) == 0


def test_a_yes_twice_is_one(alice: Network, store: Store) -> None:
    """However often and at the same time somebody says yes, there is one business and one verdict."""
    card, before = alice.open_call("roofer"), _held(store, Business)
    apply(store, card.token, TOLD)
    number = alice.calls()[0].applications[0].application_id
    made = together(*[lambda: alice.decide_application(number, "yes")] * 8)
    assert len(set(made)) == 1
    assert _held(store, Business) == before + 1


def test_a_no_can_become_a_yes_but_not_the_other_way(alice: Network, store: Store) -> None:
    """A no makes nothing and can be thought over; a yes is taken back on the page of the business."""
    card = alice.open_call("roofer")
    apply(store, card.token, TOLD)
    number = alice.calls()[0].applications[0].application_id
    assert alice.decide_application(number, "no") is None
    assert alice.calls()[0].applications[0].answer == "no"
    assert alice.decide_application(number, "yes") is not None
    with pytest.raises(Conflict):
        alice.decide_application(number, "no")


def test_a_business_that_is_there_already_is_not_made_again(alice: Network, store: Store) -> None:
    """Who stands in the network's own list is that business, with what is known of it, and stays a partner."""
    bring_in(alice, csv_of([("Adobe Roofing", "Painter", "", "Tucson", "AZ", "")]))
    standing, before = id_of(alice, "Adobe Roofing"), _held(store, Business)
    alice.set_stage(standing, "agreed")
    card = alice.open_call("roofer")
    apply(store, card.token, replace(TOLD, business="ADOBE ROOFING"))
    assert alice.decide_application(alice.calls()[0].applications[0].application_id, "yes") == standing
    found = alice.business(standing)
    assert (found.name, found.stage, found.phone) == ("Adobe Roofing", "agreed", "")
    assert found.services["roofer"] == 1.0
    assert _held(store, Business) == before


def test_a_place_elsewhere_is_kept_by_name(alice: Network, store: Store) -> None:
    """Outside the United States the business stands in the town as the call names it, at its coordinates."""
    alice.open_call("roofer", Place(name="Köln", lat=50.94, lon=6.96))
    apply(store, alice.calls()[0].token, TOLD)
    number = alice.decide_application(alice.calls()[0].applications[0].application_id, "yes") or 0
    business = alice.business(number)
    assert (business.place, business.lat, business.lon) == ("Köln", 50.94, 6.96)


def test_nobody_else_sees_a_call(alice: Network, store: Store) -> None:
    """Another network finds neither the call nor who answered, and cannot decide or close."""
    card, bob = alice.open_call("roofer"), Network(store, BOB)
    apply(store, card.token, TOLD)
    application = alice.calls()[0].applications[0].application_id
    assert bob.calls() == ()
    for act in (
        lambda: bob.call(card.call_id),
        lambda: bob.close_call(card.call_id),
        lambda: bob.decide_application(application, "yes"),
        lambda: bob.decide_application(application, "no"),
    ):
        with pytest.raises(NotFound):
            act()
    assert alice.call(card.call_id).open
    assert alice.calls()[0].applications[0].answer == ""
