"""The one message that makes two known to each other: to both or to nobody, and only while both agree."""

from datetime import timedelta
from email.parser import BytesParser
from email.policy import SMTP
from itertools import islice

import pytest
from sqlalchemy import update

from matcher.answers.connected import ContactTold
from matcher.answers.posted import TO_ONE_A_WEEK, MailTold
from matcher.chapters.to_both import CHANGED
from matcher.errors import Conflict
from matcher.facts import Business, Mail, Person
from matcher.introductions.agreeing import NOT_AGREED
from matcher.network import Network
from matcher.store import Store
from matcher.store.mail import NO_MAIL
from matcher.units import SHARED, now_utc
from tests.hostile import hostile_texts
from tests.introduced import agree, favour, to_movers
from tests.mail_server import Postbox
from tests.networks import HOME, MOVERS, REALTY, id_of
from tests.posting import SENDER, postman
from tests.store.conftest import ALICE

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
JOE, ROSA = "joe@example.com", "rosa@example.com"
HOSTILE = 300  # pairs of names


@pytest.fixture
def agreed(alice: Network, store: Store, drafted: int, postbox: Postbox) -> int:
    """An introduction of a client to the movers, who both have an address and said yes."""
    _name(store, "Joe Canary", JOE)
    alice.add_contact(ContactTold(name="Rosa", email=ROSA, business_id=id_of(alice, MOVERS)))
    agree(alice, store, drafted)
    return drafted


def _name(store: Store, name: str, email: str) -> None:
    """Give somebody an address, as whatever is in the database."""
    with store.session(ALICE, writes=True) as session:
        session.execute(update(Person).where(Person.name == name).values(email=email))


def _approve(alice: Network, number: int, body: str = "Meet each other.") -> int:
    """Let the message go, as its owner has read it."""
    return alice.approve_to_both(number, "You two", body, (JOE, ROSA))


def test_it_goes_to_both_once(alice: Network, store: Store, agreed: int, postbox: Postbox) -> None:
    """One mail reaches both, who see each other and who sends it from where, however often it is let go."""
    shown = alice.message_to_both(agreed)
    assert (shown.first.email, shown.target.email, shown.not_by_mail, shown.mail) == (JOE, ROSA, "", None)
    mail_id = _approve(alice, agreed)
    assert _approve(alice, agreed) == mail_id
    alice.connect(agreed)
    assert (postman(store).work(), postman(store, 60).work()) == (1, 0)
    (got,) = postbox.received
    assert got.recipients == (JOE, ROSA)
    assert got.mail["To"] == f"Joe Canary <{JOE}>, {MOVERS} <{ROSA}>"
    assert "List-Unsubscribe" not in got.mail
    text = got.mail.get_content().replace("\r\n", "\n")
    assert text == f"Meet each other.\n\n-- \n{SENDER.name}\n{SENDER.postal_address}\n\n{text.splitlines()[-1]}\n"
    assert "answer and say so" in text
    sent = alice.message_to_both(agreed).mail
    assert sent is not None
    assert (sent.mail_id, sent.state) == (mail_id, "sent")
    assert _approve(alice, agreed, "Once more.") == mail_id
    assert postman(store, 120).work() == 0


@pytest.mark.parametrize("tone", ["warm", "plain"])
def test_who_introduces_us_is_thanked(alice: Network, store: Store, tone: str) -> None:
    """Where one introduces us to the other, the message greets whom we want to meet and names who introduces."""
    number = favour(alice, MOVERS, REALTY)
    agree(alice, store, number)
    shown = alice.message_to_both(number, tone)
    assert HOME.name in shown.subject
    assert MOVERS in shown.text
    assert f"{REALTY}, when would you have time to talk?" in shown.text


def test_it_goes_to_both_or_to_nobody(alice: Network, store: Store, agreed: int, postbox: Postbox) -> None:
    """When a server does not take one of the two, nobody gets it, and the owner sees whom it did not take."""
    postbox.to_recipient[:] = ["250 Taken", "550 No such person", "250 Taken"]
    mail_id = _approve(alice, agreed)
    postman(store).work()
    (card,) = alice.outbox().mails
    assert (postbox.received, card.state, card.said) == ([], "refused", f"550 No such person ({ROSA})")
    alice.send_mail_again(mail_id)
    postman(store, 60).work()
    assert [got.recipients for got in postbox.received] == [(JOE, ROSA)]


def test_there_is_none_before_two_yeses(alice: Network, store: Store, drafted: int, postbox: Postbox) -> None:
    """With one yes the message is neither shown nor saved nor let go."""
    alice.ask(drafted, "first")
    alice.note_answer(drafted, "first", "yes")
    acts = (
        lambda: alice.message_to_both(drafted),
        lambda: alice.eml_to_both(drafted, "You two", "Meet."),
        lambda: _approve(alice, drafted),
    )
    for act in acts:
        with pytest.raises(Conflict, match=NOT_AGREED):
            act()
    assert (alice.outbox().mails, postman(store).work(), postbox.received) == ((), 0, [])


def test_who_got_the_message_is_introduced(alice: Network, store: Store, agreed: int, postbox: Postbox) -> None:
    """Once the mail to both has gone out they count as introduced on that day, and that can be taken back."""
    _approve(alice, agreed)
    assert alice.introduction(agreed).stage == "agreed"
    postman(store, 24 * 60).work()
    card = alice.introduction(agreed)
    assert (card.stage, card.connected_on) == ("connected", (now_utc() + timedelta(days=1)).date().isoformat())
    alice.undo_connect(agreed)
    assert (postman(store, 48 * 60).work(), alice.introduction(agreed).stage) == (0, "agreed")
    assert len(postbox.received) == 1


def test_a_day_that_was_marked_stays(alice: Network, store: Store, agreed: int, postbox: Postbox) -> None:
    """Whoever was quicker than the mail and said that they know of each other keeps the day on which they did."""
    _approve(alice, agreed)
    alice.connect(agreed)
    before = alice.introduction(agreed)
    postman(store, 24 * 60).work()
    assert (len(postbox.received), alice.introduction(agreed)) == (1, before)


def test_what_is_withdrawn_meanwhile_stays_so(alice: Network, store: Store, agreed: int, postbox: Postbox) -> None:
    """A withdrawal while the text is already on its way is not overruled by the mail that arrives."""
    _approve(alice, agreed)
    postman(store, step=lambda name: name == "note" and alice.withdraw(agreed)).work()
    assert (len(postbox.received), alice.introduction(agreed).stage) == (1, "withdrawn")


def test_what_did_not_go_moves_nobody(alice: Network, store: Store, agreed: int, postbox: Postbox) -> None:
    """A message that was refused leaves the introduction as it is; one of which the owner says it arrived does not."""
    postbox.to_recipient[:] = ["550 No such person"]
    mail_id = _approve(alice, agreed)
    postman(store).work()
    assert alice.introduction(agreed).stage == "agreed"
    with store.session(ALICE, writes=True) as session:
        session.execute(update(Mail).values(state="unknown"))
    alice.note_arrived(mail_id)
    assert alice.introduction(agreed).stage == "connected"


@pytest.mark.parametrize("step", ["claim", "hand in", "begin"])
def test_what_is_withdrawn_does_not_go(alice: Network, store: Store, agreed: int, postbox: Postbox, step: str) -> None:
    """A withdrawal stops the message until its text goes out, also when it is sent again; taken back, it may go."""
    mail_id = _approve(alice, agreed)
    withdrawn = iter([True])
    postman(store, step=lambda name: name == step and next(withdrawn, False) and alice.withdraw(agreed)).work()
    for hours in (1, 2):
        postman(store, hours * 60).work()
        (card,) = alice.outbox().mails
        assert (postbox.received, card.state, card.said) == ([], "refused", NOT_AGREED)
        alice.send_mail_again(mail_id)
    with pytest.raises(Conflict):
        _approve(alice, agreed)
    alice.undo_withdraw(agreed)
    postman(store, 180).work()
    assert len(postbox.received) == 1


def test_another_consent_is_another_mail(alice: Network, store: Store, drafted: int, agreed: int) -> None:
    """A yes that was noted by mistake takes its message along, and who agrees anew can get it anew."""
    alice.withdraw(agreed)
    other = alice.draft_introduction(to_movers(alice, alice.introduction(agreed).first.whose.person_id or 0))
    for role in ("first", "target"):
        alice.ask(other, role)  # type: ignore[arg-type]
        alice.note_answer(other, role, "yes")  # type: ignore[arg-type]
    before = _approve(alice, other)
    alice.undo_answer(other, "target")
    postman(store).work()
    assert alice.outbox().mails[0].said == NOT_AGREED
    alice.note_answer(other, "target", "yes")
    assert _approve(alice, other) != before


@pytest.mark.parametrize("unwanted", [JOE, ROSA])
def test_who_wants_no_mail_gets_none(
    alice: Network, store: Store, agreed: int, postbox: Postbox, unwanted: str
) -> None:
    """An address that gets no mail stops the message to both, before it is let go and while it waits."""
    mail_id = _approve(alice, agreed)
    alice.suppress(unwanted.upper())
    assert alice.outbox().mails[0].state == "stopped"
    alice.send_mail_again(mail_id)
    postman(store, 60).work()
    assert (postbox.received, alice.outbox().mails[0].said) == ([], f"{unwanted}: {NO_MAIL}")
    with pytest.raises(Conflict, match=f"{unwanted}: {NO_MAIL}"):
        _approve(alice, agreed)


def test_the_cap_of_a_week_holds_for_both(alice: Network, agreed: int) -> None:
    """Who got enough mail in a week stops the message, and a message to both counts for each of them."""
    _approve(alice, agreed)
    told = MailTold(key="", to_email=ROSA, subject="Hello", body="Dear Rosa.")
    for number in range(TO_ONE_A_WEEK - 1):
        alice.approve_mail(MailTold(key=str(number), to_email=ROSA, subject=told.subject, body=told.body))
    with pytest.raises(Conflict, match="They got"):
        alice.approve_mail(MailTold(key="last", to_email=ROSA, subject=told.subject, body=told.body))


@pytest.mark.parametrize("email", ["", "joe", f"{JOE}, evil@example.net", f"{JOE}\r\nBcc: evil@example.net"])
def test_without_an_address_it_is_copied(alice: Network, store: Store, agreed: int, email: str) -> None:
    """Without an address that mail can go to, one sentence says whose is missing, and nothing is let go or saved."""
    _name(store, "Joe Canary", email)
    shown = alice.message_to_both(agreed)
    assert shown.not_by_mail == "We know no e-mail address of Joe Canary, so please copy the message."
    for act in (lambda: alice.eml_to_both(agreed, "You two", "Meet."), lambda: _approve(alice, agreed)):
        with pytest.raises(Conflict, match=shown.not_by_mail):
            act()


def test_one_address_of_both_is_said(alice: Network, store: Store, agreed: int) -> None:
    """Two who share an address do not get a mail that names it twice."""
    _name(store, "Joe Canary", ROSA.upper())
    assert alice.message_to_both(agreed).not_by_mail.startswith("Both have the same e-mail address")


def test_it_goes_where_its_owner_has_read(alice: Network, store: Store, agreed: int) -> None:
    """An address that changed since the message was shown has to be looked at first."""
    _name(store, "Joe Canary", "other@example.com")
    with pytest.raises(Conflict, match=CHANGED):
        _approve(alice, agreed)


def test_hostile_names_bring_nobody_along(alice: Network, store: Store, agreed: int) -> None:
    """Whatever the two are called, a message to both has these two recipients and no header of theirs."""
    whom, movers = alice.introduction(agreed).first.whose.person_id, id_of(alice, MOVERS)
    texts = (text.encode(errors="ignore").decode() for text in hostile_texts(5))
    for one, two in islice(zip(texts, texts, strict=False), HOSTILE):
        with store.session(ALICE, writes=True) as session:
            session.execute(update(Person).where(Person.id == whom).values(name=one[:200]))
        with store.session(SHARED, writes=True) as session:
            session.execute(update(Business).where(Business.id == movers).values(name=two[:200]))
        read = BytesParser(policy=SMTP).parsebytes(alice.eml_to_both(agreed, "You two", "Meet."))
        assert [person.addr_spec for person in read["To"].addresses] == [JOE, ROSA], (one, two)
        assert sorted(name.lower() for name in read.keys()) == [  # noqa: SIM118
            *("content-transfer-encoding", "content-type", "from", "mime-version", "subject", "to", "x-unsent")
        ], (one, two)
