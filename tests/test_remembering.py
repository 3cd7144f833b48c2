"""Sales, promises, moments and tasks of one network."""

from datetime import date, timedelta

import icalendar
import pytest
import vobject
from sqlalchemy import select

from matcher.answers.agenda import MadeKnown, SaleTold
from matcher.answers.cared import CareTold
from matcher.answers.referred import ReferralTold
from matcher.answers.told import ClientTold
from matcher.answers.whose import Whose
from matcher.errors import Conflict, Invalid, MatcherError, NotFound
from matcher.facts import Referral, TaskMark
from matcher.network import Network
from matcher.store import Store
from matcher.units import now_utc
from matcher.visitors import promising
from tests.networks import REALTY, id_of
from tests.store.conftest import ALICE, BOB

DAY = timedelta(days=1)


def _client(alice: Network, name: str = "Mia Hart") -> int:
    return alice.add_client(ClientTold(name=name, grade="A"))


def _sale(alice: Network, promised: int = 2, days_ago: int = 40) -> int:
    """Work that was agreed, and done and confirmed yesterday."""
    today = now_utc().date()
    told = SaleTold(what="the terrace", agreed_on=today - days_ago * DAY, promised=promised)
    number = alice.note_sale(_client(alice), told)
    alice.note_sale_step(number, "done", today - 2 * DAY)
    alice.note_sale_step(number, "results", today - DAY)
    return number


def _keys(alice: Network) -> set[str]:
    return {task.key for task in alice.agenda()}


def test_a_sale_from_handshake_to_results(alice: Network) -> None:
    """A sale keeps its days, takes one back when asked, and is gone when it is removed."""
    today, number = now_utc().date(), _sale(alice)
    card = alice.sale(number)
    assert (card.client, card.what, card.promised, card.delivered) == ("Mia Hart", "the terrace", 2, 0)
    assert (card.done_on, card.results_on) == ((today - 2 * DAY).isoformat(), (today - DAY).isoformat())
    assert alice.note_sale_step(number, "done", None).results_on == ""
    assert alice.note_sale_step(number, "meeting", today + DAY).meeting_on == (today + DAY).isoformat()
    assert alice.remove_sale(number) == card.client_id
    with pytest.raises(NotFound):
        alice.sale(number)


def test_what_no_sale_can_be(alice: Network) -> None:
    """Unknown clients, days ahead, wild promises and results before the work get a sentence each."""
    today, client = now_utc().date(), _client(alice)
    with pytest.raises(NotFound):
        alice.note_sale(999, SaleTold(what="x", agreed_on=today))
    with pytest.raises(Invalid, match="not in the future"):
        alice.note_sale(client, SaleTold(what="x", agreed_on=today + DAY))
    with pytest.raises(Invalid, match="from 0 to 20"):
        alice.note_sale(client, SaleTold(what="x", agreed_on=today, promised=21))
    number = alice.note_sale(client, SaleTold(what="x", agreed_on=today))
    with pytest.raises(Invalid, match="first when the work was done"):
        alice.note_sale_step(number, "results", today)
    with pytest.raises(Invalid, match="before the work was agreed"):
        alice.note_sale_step(number, "done", today - DAY)


def test_a_client_makes_the_promised_introductions(alice: Network, store: Store) -> None:
    """Each introduction becomes a referral from the client, and after the last nothing more is taken."""
    number = _sale(alice)
    assert f"ask_promised:sale:{number}" in _keys(alice)
    token = alice.send_promise(number)
    before = promising.read_promise(store, token)
    assert (before.business, before.what, before.promised, before.delivered) == ("Alice Lends", "the terrace", 2, 0)
    promising.make_known(store, token, MadeKnown(name="Paul Reed", reach="520-555-0101", needs="A terrace"))
    after = promising.make_known(store, token, MadeKnown(name="Tess Bloom", reach="tess@example.com"))
    assert (after.promised, after.delivered) == (2, 2)
    with pytest.raises(Conflict, match="Thank you"):
        promising.make_known(store, token, MadeKnown(name="One More", reach="1"))
    assert alice.sale(number).delivered == 2
    assert f"ask_promised:sale:{number}" not in _keys(alice)
    assert {task.title for task in alice.agenda() if task.rule == "thank_now"} == {"Thank Mia Hart"}


def test_new_work_does_not_take_over_a_promise(alice: Network, store: Store) -> None:
    """Introductions keep the older promise even when more work was agreed since, and never more than were promised."""
    number = _sale(alice)
    later = alice.note_sale(alice.sale(number).client_id, SaleTold(what="the garden", agreed_on=now_utc().date()))
    token = alice.send_promise(number)
    for made, name in enumerate(("Paul Reed", "Tess Bloom"), start=1):
        assert promising.make_known(store, token, MadeKnown(name=name, reach="1")).delivered == made
    with pytest.raises(Conflict, match="Thank you"):
        promising.make_known(store, token, MadeKnown(name="One More", reach="1"))
    assert (alice.sale(number).delivered, alice.sale(later).delivered) == (2, 0)


def test_each_link_shows_its_own_promise(alice: Network, store: Store) -> None:
    """Of two open promises each link counts what was made on it; what the owner wrote down goes to the oldest."""
    older = _sale(alice)
    client = alice.sale(older).client_id
    newer = alice.note_sale(client, SaleTold(what="the garden", agreed_on=now_utc().date(), promised=2))
    first, second = alice.send_promise(older), alice.send_promise(newer)
    assert promising.make_known(store, second, MadeKnown(name="Paul Reed", reach="1")).delivered == 1
    assert promising.read_promise(store, first).delivered == 0
    alice.add_referral(ReferralTold(given=False, whose=Whose(person_id=client), prospect="Tess Bloom"))
    assert [promising.read_promise(store, token).delivered for token in (first, second)] == [1, 1]
    promising.make_known(store, second, MadeKnown(name="Ann Lee", reach="1"))
    with pytest.raises(Conflict, match="Thank you"):
        promising.make_known(store, second, MadeKnown(name="One More", reach="1"))
    alice.remove_sale(newer)
    assert alice.sale(older).delivered == 3


def test_the_link_to_a_promise_ends(alice: Network, store: Store) -> None:
    """A new link replaces the old one, and none outlives its sale, even when a new one gets its number."""
    number = _sale(alice)
    first, second = alice.send_promise(number), alice.send_promise(number)
    with pytest.raises(NotFound):
        promising.read_promise(store, first)
    client = alice.sale(number).client_id
    alice.remove_client(client)
    with pytest.raises(NotFound):
        promising.read_promise(store, second)
    assert _sale(alice) >= 1
    with pytest.raises(NotFound):
        promising.read_promise(store, second)


@pytest.mark.parametrize(
    "told", [MadeKnown(name="", reach="1"), MadeKnown(name="Paul", reach=" "), MadeKnown(name="A\nBcc: b", reach="1")]
)
def test_what_is_no_introduction(alice: Network, store: Store, told: MadeKnown) -> None:
    """A name and a way to reach them are needed, each on one line."""
    token = alice.send_promise(_sale(alice))
    with pytest.raises(Invalid):
        promising.make_known(store, token, told)
    assert promising.read_promise(store, token).delivered == 0


def test_a_task_is_done_and_undone(alice: Network) -> None:
    """What is done leaves the agenda, and Undo brings it back."""
    key = f"ask_promised:sale:{_sale(alice)}"
    assert key in _keys(alice)
    alice.do_task(key)
    assert key not in _keys(alice)
    alice.undo_task(key)
    assert key in _keys(alice)


def test_new_work_begins_anew(alice: Network, store: Store) -> None:
    """What was done about a sale that is taken back does not count for one that gets its number."""
    sale = _sale(alice, promised=0)
    alice.put_off_task(f"followup_45:sale:{sale}")
    alice.remove_sale(sale)
    with store.session(ALICE) as session:
        assert session.scalars(select(TaskMark)).all() == []


def test_who_was_asked_rests_even_when_the_cause_goes(alice: Network) -> None:
    """Nobody is asked twice within a month, also when the moment of the first ask is taken back and another comes."""
    whose = Whose(person_id=alice.sale(_sale(alice, promised=0)).client_id)
    moment = alice.note_moment(whose, "praise")
    alice.do_task(f"ask_praise:moment:{moment}")
    alice.remove_moment(moment)
    alice.note_moment(whose, "saved")
    assert [task.key for task in alice.agenda() if task.asks] == []
    assert (
        min(task.due_on for task in alice.agenda(ahead_days=60) if task.asks)
        == (now_utc().date() + 30 * DAY).isoformat()
    )


def test_a_task_is_put_off(alice: Network) -> None:
    """What is put off comes back on its day and not before."""
    key, today = f"ask_promised:sale:{_sale(alice)}", now_utc().date()
    assert alice.put_off_task(key) == today + 7 * DAY
    assert key not in _keys(alice)
    assert key in {task.key for task in alice.agenda(today + 7 * DAY)}
    alice.put_off_task(key, today + 3 * DAY)
    assert key in {task.key for task in alice.agenda(today + 3 * DAY)}
    with pytest.raises(Invalid, match="within the next twelve months"):
        alice.put_off_task(key, today)


def test_undoing_a_delay_keeps_what_was_done(alice: Network) -> None:
    """When a task that comes back is put off and that is undone, the day on which it was done last still counts."""
    whose = Whose(person_id=_client(alice))
    key, today = f"keep_in_touch:person:{whose.person_id}", now_utc().date()
    alice.set_care(whose, CareTold(rhythm_days=30))
    alice.do_task(key)
    alice.put_off_task(key, today + 40 * DAY)
    alice.undo_task(key)
    assert [task.due_on for task in alice.agenda(ahead_days=60)] == [(today + 30 * DAY).isoformat()]
    alice.undo_task(key)
    assert key in _keys(alice)


def test_thanks_done_on_the_agenda_are_kept_with_the_referral(alice: Network, store: Store) -> None:
    """A thank-you that is done there is done everywhere, and so is its undoing."""
    token = alice.send_promise(_sale(alice))
    promising.make_known(store, token, MadeKnown(name="Paul Reed", reach="1"))
    (key,) = (key for key in _keys(alice) if key.startswith("thank_now"))
    alice.do_task(key)
    with store.session(ALICE) as session:
        assert session.get(Referral, int(key.split(":")[-1])).thanked_on == now_utc().date()  # type: ignore[union-attr]
    alice.undo_task(key)
    assert key in _keys(alice)


@pytest.mark.parametrize("key", ["", "x", "thank_now:referral:999", "ask_done:sale:1; drop", "keep_in_touch:person:1"])
def test_only_tasks_on_the_agenda_can_be_done(alice: Network, key: str) -> None:
    """A task that is not there is not kept as done or put off."""
    for act in (alice.do_task, alice.put_off_task):
        with pytest.raises(NotFound):
            act(key)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_days_that_nobody_means(alice: Network, day: date) -> None:
    """The agenda of a day outside of three centuries is refused with a sentence."""
    with pytest.raises(Invalid, match="between the years"):
        alice.agenda(day, ahead_days=30)


def test_a_moment_is_kept_when_the_owner_says_so(alice: Network) -> None:
    """Looking at a note keeps nothing; a confirmed moment leads to an ask, once, and can be taken back."""
    number = _sale(alice, promised=0)
    whose = Whose(person_id=alice.sale(number).client_id)
    (found,) = alice.find_moments("Mia rang. She is delighted with the terrace.")
    assert alice.moments() == ()
    first = alice.note_moment(whose, found.kind, found.sentence)
    assert alice.note_moment(whose, found.kind, found.sentence) == first
    (task,) = (task for task in alice.agenda() if task.asks)
    assert (task.rule, task.number) == ("ask_praise", whose.person_id)
    assert "delighted with the terrace" in task.reason
    alice.remove_moment(first)
    assert alice.moments() == ()


def test_a_partner_is_asked_without_results(alice: Network) -> None:
    """A business that joins something is asked at once: it bought nothing from us."""
    alice.note_moment(Whose(business_id=id_of(alice, REALTY)), "joined", "She has joined the Rotary club.")
    (task,) = alice.agenda()
    assert (task.rule, task.name, task.leads_to) == ("ask_joined", REALTY, "business")
    assert task.draft is not None
    assert "first-time home buyers" in task.draft.text


def test_strangers_and_wrong_kinds(store: Store, alice: Network) -> None:
    """Nobody notes a moment or a call for whom they cannot see, or of a kind that there is not."""
    client, bob = _client(alice), Network(store, BOB)
    for network, whose in ((bob, Whose(person_id=client)), (alice, Whose(person_id=999)), (alice, Whose())):
        with pytest.raises(MatcherError):
            network.note_moment(whose, "praise")
        with pytest.raises(MatcherError):
            network.note_touch(whose, "call")
    with pytest.raises(Invalid, match="what kind of moment"):
        alice.note_moment(Whose(person_id=client), "sorrow")  # type: ignore[arg-type]


def test_the_calendar_opens_in_two_programs(alice: Network, store: Store) -> None:
    """Both parsers read each task as a whole day, overdue ones today, with names in the text and none in the link."""
    _sale(alice)
    alice.note_moment(Whose(business_id=id_of(alice, REALTY)), "joined", "Joined; a, b\\c\nclub")
    token = alice.open_calendar()
    content = promising.read_calendar(store, token)
    tasks = alice.agenda(ahead_days=60)
    events = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert [str(e["SUMMARY"]) for e in events] == [task.title for task in tasks]
    days = {date.fromisoformat(task.due_on) for task in tasks}
    assert {e.decoded("DTSTART") for e in events} == {max(day, now_utc().date()) for day in days}
    other = vobject.readOne(content.decode())
    assert [e.summary.value for e in other.vevent_list] == [task.title for task in tasks]
    assert [e.description.value for e in other.vevent_list] == [f"{t.reason}\n\n{t.why}" for t in tasks]
    assert len({e.uid.value for e in other.vevent_list}) == len(tasks) >= 2
    assert "Mia" not in token


def test_the_calendar_can_be_closed(alice: Network, store: Store) -> None:
    """A new link replaces the old one, and closing ends the last."""
    first, second = alice.open_calendar(), alice.open_calendar()
    with pytest.raises(NotFound):
        promising.read_calendar(store, first)
    assert promising.read_calendar(store, second).startswith(b"BEGIN:VCALENDAR")
    alice.close_calendar()
    with pytest.raises(NotFound):
        promising.read_calendar(store, second)
