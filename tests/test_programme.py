"""The first six months of an agent: weeks kept, connections suggested and drafted, the lock on selling, deals, drip."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from matcher.answers.agenda import SaleTold
from matcher.answers.connected import TieTold
from matcher.answers.introduced import IntroductionTold
from matcher.answers.posted import MailTold, SenderTold
from matcher.answers.programme import DealTold, ProgrammeTold, TagsTold
from matcher.answers.told import ClientTold
from matcher.answers.whose import Whose
from matcher.errors import Conflict, Invalid, NotFound
from matcher.facts import Person, Programme
from matcher.network import Network
from matcher.store import Store
from matcher.units import now_utc
from tests.introduced import agree
from tests.kits import KIT
from tests.networks import MOVERS, REALTY, id_of, settled_alice
from tests.store.conftest import ALICE

TODAY = now_utc().date()
KNOWN = TieTold(years=10, contacts_a_year=52, worked_together=True, would_vouch=True)
SIX_MONTHS = timedelta(days=180)


@pytest.fixture
def database(migrated_file: Path, tmp_path: Path) -> str:
    """One database: nothing here depends on which."""
    return f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'list.db')}"


@pytest.fixture
def alice(store: Store) -> Network:
    """Alice's network, settled in Tucson, with the street in it, on the first day of her programme."""
    alice = settled_alice(store)
    alice.begin_programme(ProgrammeTold())
    return alice


def _add(alice: Network, name: str, **tags: object) -> int:
    (number,) = alice.add_names(name).person_ids
    alice.tag(number, TagsTold(**tags))  # type: ignore[arg-type]
    return number


def test_who_lacks_meets_who_offers(alice: Network) -> None:
    """A lack of one and an offer of another of the list are a connection with reasons, which one call drafts."""
    mia = _add(alice, "Mia Hart", lacks=("a moving company",), tie=KNOWN)
    joe = _add(alice, "Joe Park", offers=("moving_company",), tie=KNOWN)
    (one,) = alice.connections().shown
    assert (one.first, one.target, one.service) == (Whose(None, mia), Whose(None, joe), "moving_company")
    assert one.reasons[0].startswith("You noted for Mia Hart: “a moving company”. Joe Park is a")
    number = alice.draft_connection(one)
    assert alice.introduction(number).need_id == one.need_id
    assert alice.connections().shown == ()


def test_a_service_of_the_kit_connects_two(alice: Network, store: Store) -> None:
    """Who lacks what only the kit knows meets who offers it, and is told of by the kit's name; no referral keeps it."""
    with store.session(ALICE, writes=True) as session:
        session.query(Programme).one().kit = KIT
    _add(alice, "Mia Hart", lacks=("a house blessing",))
    _add(alice, "Joe Park", offers=("house_blesser",))
    (one,) = alice.connections().shown
    assert one.reasons[0] == "You noted for Mia Hart: “a house blessing”. Joe Park is a house blesser."
    number = alice.draft_connection(one)
    assert alice.introduction(number).about == "House blesser"
    target = alice.ask_draft(number, "target", _asked(alice, number, "first", "target"))
    assert "somebody who needs a house blesser" in target.text
    alice.connect(number)
    alice.met(number)
    assert [card.service for card in alice.referrals().referrals] == [""]


def test_the_owners_own_limit_says_how_many_are_shown(alice: Network) -> None:
    """No more connections are shown than introductions may be open at a time by the owner's setting."""
    for number in range(2):
        _add(alice, f"Mia {number}", lacks=("a new roof",))
        _add(alice, f"Joe {number}", offers=("roofer",))
    assert len(alice.connections().shown) == 2
    alice.set_open_introductions(1)
    assert len(alice.connections().shown) == 1


def test_both_are_asked_without_a_name(alice: Network, store: Store) -> None:
    """The one who lacks reads what the other does, the other reads what is needed, and neither reads a name."""
    _add(alice, "Mia Hart", lacks=("a moving company",))
    _add(alice, "Joe Park", offers=("moving_company",))
    number = alice.draft_connection(alice.connections().shown[0])
    first = alice.ask_draft(number, "first", _asked(alice, number, "first"))
    target = alice.ask_draft(number, "target", _asked(alice, number, "target"))
    assert "needs a" not in first.text
    assert "somebody who needs a" in target.text
    assert "Joe" not in first.text
    assert "Mia" not in target.text
    alice.connect(number)
    assert alice.counts().connections_made == 1


def _asked(alice: Network, number: int, *roles: str) -> str:
    """Ask these in turn, each of whom says yes, and give the token of the last."""
    for role in roles:
        token = alice.ask(number, role)  # type: ignore[arg-type]
        alice.note_answer(number, role, "yes")  # type: ignore[arg-type]
    return token


def test_a_partner_offers_what_a_contact_lacks(alice: Network, store: Store) -> None:
    """Partners are on the list, too; when the two agree the need is seen to, and it comes up no more."""
    _add(alice, "Mia Hart", lacks=("a moving company",))
    movers = id_of(alice, MOVERS)
    assert alice.connections().shown == ()
    alice.set_stage(movers, "agreed")
    (one,) = alice.connections().shown
    assert one.target == Whose(business_id=movers)
    number = alice.draft_connection(one)
    agree(alice, store, number)
    alice.connect(number)
    assert alice.listed(one.first.person_id or 0).lacks[0].status == "introduced"
    assert alice.connections().possible == 0


# -- weeks -------------------------------------------------------------------------------------------
def test_the_steps_of_a_week_are_tasks(alice: Network) -> None:
    """The agenda holds the steps of this week alone; when the last is done the week is kept, until one is undone."""
    due = [task for task in alice.agenda() if task.rule == "programme_step"]
    assert [task.key for task in due] == ["programme_step:step:1:1", "programme_step:step:1:2"]
    assert (due[0].leads_to, due[0].number) == ("programme", 1)
    for task in due:
        assert alice.counts().weeks_kept == 0
        alice.do_task(task.key)
    assert alice.counts().weeks_kept == 1
    alice.undo_task(due[0].key)
    assert alice.counts().weeks_kept == 0
    alice.keep_week(1, minutes=18)
    assert not [task for task in alice.agenda() if task.rule == "programme_step"]
    alice.forget_week(1)
    next_week = alice.agenda(TODAY + timedelta(days=7))
    assert {task.number for task in next_week if task.rule == "programme_step"} == {2}


def test_a_programme_knows_its_week(alice: Network) -> None:
    """The week follows from the day: 0 before the first, 26 from the last on; no week beyond can be kept."""
    weeks = {days: _week(alice, days) for days in (-1, 0, 6, 7, 181, 182, 400)}
    assert weeks == {-1: 0, 0: 1, 6: 1, 7: 2, 181: 26, 182: 26, 400: 26}
    cards = [alice.programme(TODAY + timedelta(days=days)) for days in (181, 182)]
    assert [(card.finished, card.counts.finished) for card in cards if card] == [
        ("", False),
        ("All 26 weeks are behind you.", True),
    ]
    with pytest.raises(NotFound):
        alice.keep_week(27)
    with pytest.raises(Invalid, match="100 or of 200"):
        alice.begin_programme(ProgrammeTold(goal=7))


def _week(alice: Network, days: int) -> int:
    card = alice.programme(TODAY + timedelta(days=days))
    assert card is not None
    return card.week


def test_a_kit_sets_the_steps_and_the_lock(alice: Network, store: Store) -> None:
    """What a coach's kit says goes before our own programme: its steps, its days, its words."""
    kit = {
        "name": "Gentle start",
        "steps": [{"week": 1, "title": "Say hello", "minutes": 5, "do": "Ring.", "words": "“Hello.”"}],
        "days_locked": 30,
        "brand_words": ["Acme Life"],
        "limits": {"open_introductions": 1},
        "scripts": {
            "drip_cold": "[Hi {client},|Hello,]\nhow are you?",
            "drip_no": "{boss} sends regards.",
            "opening_words": "Hello!",
        },
    }
    with store.session(ALICE, writes=True) as session:
        session.query(Programme).one().kit = kit
    card = alice.programme()
    assert card is not None
    assert [(one.name, one.text) for one in card.scripts] == [("Opening words", "Hello!")]
    assert (card.name, [week.steps[0].title for week in card.weeks]) == ("Gentle start", ["Say hello"])
    assert card.opens_on == (TODAY + timedelta(days=30)).isoformat()
    assert [flag.kind for flag in alice.check_words("I work for ACME  Life now.")] == ["brand"]
    assert alice.open_introductions().value == 1
    _add(alice, "Mia Hart", standing="cold")
    _add(alice, "Joe Park", standing="no")
    drafts = {task.rule: task.draft.text for task in alice.agenda(TODAY + timedelta(days=7)) if task.draft}
    assert drafts["drip_cold"] == "Hi Mia Hart,\nhow are you?"
    assert "There is no need to answer this" in drafts["drip_no"]


# -- the lock ----------------------------------------------------------------------------------------
def test_what_is_closed_for_six_months(alice: Network) -> None:
    """Until day 180 nobody is asked to introduce us, and the sentence says from when on; then it is open."""
    first, target = (Whose(business_id=id_of(alice, name)) for name in (MOVERS, REALTY))
    favour = IntroductionTold(for_us=True, first=first, target=target)
    with pytest.raises(Conflict, match="You give first until"):
        alice.draft_introduction(favour)
    assert alice.selling_lock(TODAY + SIX_MONTHS - timedelta(days=1)) is not None
    assert alice.selling_lock(TODAY + SIX_MONTHS) is None
    alice.open_selling(TODAY)
    assert alice.selling_lock() is None
    assert alice.draft_introduction(favour)
    alice.open_selling(None)
    with pytest.raises(Conflict):
        alice.draft_introduction(favour)


def test_nobody_is_asked_while_it_is_closed(alice: Network) -> None:
    """A happy client who promised introductions is on the agenda only once selling is open, and so is their link."""
    client = alice.add_client(ClientTold(name="Cy Young"))
    sale = alice.note_sale(client, SaleTold(what="the loan", agreed_on=TODAY, promised=3))
    for step in ("done", "results"):
        alice.note_sale_step(sale, step, TODAY)  # type: ignore[arg-type]
    with pytest.raises(Conflict, match="You give first"):
        alice.send_promise(sale)
    assert not [task for task in alice.agenda(ahead_days=60) if task.asks]
    alice.open_selling(TODAY)
    assert [task.rule for task in alice.agenda(ahead_days=60) if task.asks] == ["ask_promised"]
    assert alice.send_promise(sale)


def test_a_message_that_sells_does_not_go(alice: Network, database: str) -> None:
    """A mail that sells is refused with what to write instead until it is reworded or the lock is opened."""
    alice = Network(Store(database, secret="7c" * 16), alice.id)
    alice.set_sender(SenderTold(name="Alice", email="alice@example.com", postal_address="1 Main St"))
    told = {"key": "x", "to_email": "mia@example.com", "subject": "Hello"}
    selling = MailTold(**told, body="Buy now: our  products are guaranteed.")  # type: ignore[arg-type]
    with pytest.raises(Invalid, match=r"“Buy now” sells\. Say what you noticed"):
        alice.approve_mail(selling)
    assert alice.approve_mail(MailTold(**told, body="How are you?"))  # type: ignore[arg-type]
    alice.open_selling(TODAY)
    assert alice.approve_mail(selling)
    alice.close()


# -- deals and drip ----------------------------------------------------------------------------------
def test_a_deal_vanishes_after_its_last_day(alice: Network) -> None:
    """A partner's deal stands on the board until its last day; one of a stranger, or over already, is refused."""
    movers, last = id_of(alice, MOVERS), TODAY + timedelta(days=10)
    told = DealTold(business_id=movers, what="Boxes for nothing.", until_on=last)
    with pytest.raises(Invalid, match="a partner of yours"):
        alice.add_deal(told)
    alice.set_stage(movers, "agreed")
    number = alice.add_deal(told)
    assert [deal.deal_id for deal in alice.deals(last)] == [number]
    assert alice.deals(last + timedelta(days=1)) == ()
    with pytest.raises(Invalid, match="over already"):
        alice.add_deal(DealTold(business_id=movers, what="Old.", until_on=TODAY - timedelta(days=1)))


def test_a_deal_stands_with_its_partner(alice: Network) -> None:
    """A deal told twice is one, and nobody is told of what a partner offers from whom one has parted since."""
    movers = id_of(alice, MOVERS)
    alice.set_stage(movers, "agreed")
    told = DealTold(business_id=movers, what="Boxes for nothing.", until_on=TODAY + timedelta(days=60))
    assert alice.add_deal(told) == alice.add_deal(told)
    assert len(alice.deals()) == 1
    alice.set_stage(movers, "ended")
    assert alice.deals() == ()
    alice.set_stage(movers, "agreed")
    assert len(alice.deals()) == 1


def test_one_word_in_six_weeks(alice: Network, store: Store) -> None:
    """Each of the three groups hears from us, with a deal to tell of; once done, not again for its number of weeks."""
    movers = id_of(alice, MOVERS)
    alice.set_stage(movers, "agreed")
    alice.add_deal(DealTold(business_id=movers, what="Boxes for nothing.", until_on=TODAY + timedelta(days=60)))
    cold, no = _add(alice, "Mia Hart", standing="cold"), _add(alice, "Joe Park", standing="no")
    client = alice.add_client(ClientTold(name="Cy Young"))
    soon = TODAY + timedelta(days=7)
    due = {task.rule: task for task in alice.agenda(soon) if task.rule.startswith("drip_")}
    numbers = {rule: task.person_id for rule, task in due.items()}
    assert numbers == {"drip_customers": client, "drip_no": no, "drip_cold": cold}
    draft = due["drip_cold"].draft
    assert draft is not None
    assert "Ocotillo Movers: Boxes for nothing, until" in draft.text
    alice.do_task(due["drip_cold"].key)
    coming = {days: _cold_due(alice, days) for days in (1, 41, 42)}
    assert coming == {1: False, 41: False, 42: True}


def _cold_due(alice: Network, days: int) -> bool:
    return any(task.rule == "drip_cold" for task in alice.agenda(TODAY + timedelta(days=days)))


def test_a_drip_stays_small(alice: Network, store: Store) -> None:
    """Of a hundred cold contacts three are due in a week, however long the others wait."""
    with store.session(ALICE, writes=True) as session:
        session.add_all(Person(network_id=ALICE, name=f"P {n}", standing="cold") for n in range(100))
    later = TODAY + timedelta(days=70)
    assert sum(task.rule == "drip_cold" for task in alice.agenda(later)) == 3


def test_without_a_programme_nothing_of_it_is_due(alice: Network) -> None:
    """Who stops the programme has no tasks of it, no drip and no lock; what was kept is still counted."""
    _add(alice, "Mia Hart", standing="cold")
    alice.keep_week(1)
    alice.stop_programme()
    assert not [task for task in alice.agenda(ahead_days=60) if task.rule.startswith(("drip_", "programme_"))]
    assert (alice.programme(), alice.selling_lock(), alice.counts().weeks_kept) == (None, None, 1)
