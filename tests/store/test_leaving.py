"""What goes with people who are taken out: their mail that has not gone, and their links."""

from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import select, update

from matcher.answers.agenda import SaleTold
from matcher.answers.connected import ContactTold
from matcher.answers.imported import About
from matcher.answers.introduced import ROLES, IntroductionTold
from matcher.answers.posted import MailTold, SenderTold
from matcher.answers.told import ClientTold
from matcher.answers.whose import Whose
from matcher.facts import Mail, Person, PrivateLink, TaskMark
from matcher.network import Network
from matcher.store import Store
from matcher.visitors.consenting import answer_ask
from tests.introduced import to_movers
from tests.networks import MOVERS, id_of, settled_alice
from tests.store.conftest import ALICE

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
SECRET = "5e0c9a1d4f7b4c2e8d6a3b9f10e7c5d2"  # random, of these tests alone
CANARY = "canary@example.com"
SENDER = SenderTold(name="Alice Lends", email="alice@example.com", postal_address="1 Main St\nTucson, AZ 85701")
FILE = b"Name,Email\nImported Canary,canary@example.com\n"


@pytest.fixture
def alice(store: Store) -> Network:
    """Alice's network, settled in Tucson, that can queue mail."""
    store.secret = SECRET
    network = settled_alice(store)
    network.set_sender(SENDER)
    return network


def _write(alice: Network, key: str, email: str, body: str = "Hello.") -> int:
    return alice.approve_mail(MailTold(key=key, to_email=email, subject="Hello", body=body))


def _client(alice: Network) -> Callable[[], None]:
    number = alice.add_client(ClientTold(name="Canary", email=CANARY))
    return lambda: alice.remove_client(number)


def _contact(alice: Network) -> Callable[[], None]:
    number = alice.add_contact(ContactTold(name="Canary", email=CANARY))
    return lambda: alice.remove_contact(number)


def _imported(alice: Network, about: About = "clients") -> Callable[[], None]:
    number = alice.stage("clients.csv", FILE, about).import_id
    alice.store_import(number)

    def undo() -> None:
        alice.undo_import(number)

    return undo


def _everything_asked(alice: Network, store: Store, person: int, *, client: bool) -> None:
    """Make every link that there can be about a person, one of them passed on in a mail to the other side."""
    if client:
        _write(alice, "survey", CANARY, alice.send_survey(person))
        sale = alice.note_sale(person, SaleTold(what="a loan", promised=1))
        _write(alice, "promise", CANARY, alice.send_promise(sale))
    number = alice.draft_introduction(to_movers(alice, person))
    answer_ask(store, alice.ask(number, "first"), "yes")
    answer_ask(store, alice.ask(number, "target"), "yes")
    alice.connect(number)
    alice.ask_what_came(number, "first")
    report = alice.ask_what_came(number, "target")
    _write(alice, "report", "movers@example.com", f"https://partners.example.org/outcome/{report} tells us.")
    movers = Whose(business_id=id_of(alice, MOVERS))
    other = IntroductionTold(for_us=True, first=Whose(person_id=person), target=movers)
    alice.draft_introduction(other)


ARRIVALS: dict[str, Callable[[Network], Callable[[], None]]] = {
    "client": _client,
    "contact": _contact,
    "import of clients": _imported,
    "import of contacts": partial(_imported, about="contacts"),
}


@pytest.mark.parametrize("way", ARRIVALS)
def test_nothing_waits_for_who_is_gone(alice: Network, store: Store, way: str) -> None:
    """Taking somebody out leaves neither mail to them nor mail with a link about them, and none of their links."""
    leave = ARRIVALS[way](alice)
    with store.session(ALICE) as session:
        (person,) = session.scalars(select(Person.id).where(Person.email == CANARY))
    _everything_asked(alice, store, person, client="client" in way)
    alice.stop_mail(_write(alice, "held back", CANARY.upper()))
    kept = _write(alice, "other", "zoe@example.com")
    leave()
    with store.session(ALICE) as session:
        links = session.scalars(select(PrivateLink).where(PrivateLink.network_id == ALICE)).all()
        assert [(link.purpose, link.target_id) for link in links] == []
    assert [mail.mail_id for mail in alice.outbox().mails] == [kept]


@pytest.mark.parametrize("way", ARRIVALS)
def test_nothing_is_done_for_whoever_comes_next(alice: Network, store: Store, way: str) -> None:
    """A task that was done for somebody who is taken out, or for a work of theirs, counts for nobody else later."""
    leave = ARRIVALS[way](alice)
    with store.session(ALICE) as session:
        (person,) = session.scalars(select(Person.id).where(Person.email == CANARY))
    keys = [f"keep_in_touch:person:{person}", "keep_in_touch:person:99", f"renew:person:{person}:licence:2026-03-02"]
    keys += [f"ask_promised:sale:{alice.note_sale(person, SaleTold(what='a loan'))}"] if "client" in way else []
    with store.session(ALICE, writes=True) as session:
        session.add_all(TaskMark(network_id=ALICE, key=key) for key in keys)
    leave()
    with store.session(ALICE) as session:
        assert session.scalars(select(TaskMark.key)).all() == ["keep_in_touch:person:99"]


@pytest.mark.parametrize("leaves", ["first", "target"])
def test_a_message_to_both_goes_with_either(alice: Network, leaves: str) -> None:
    """Taking out either of two takes the message to both along that has not gone yet."""
    ids = {"first": alice.add_client(ClientTold(name="Ana", email="ana@example.com"))}
    ids["target"] = alice.add_client(ClientTold(name="Ben", email=CANARY))
    both = IntroductionTold(for_us=False, first=Whose(person_id=ids["first"]), target=Whose(person_id=ids["target"]))
    number = alice.draft_introduction(both)
    for role in ROLES:
        alice.ask(number, role)
        alice.note_answer(number, role, "yes")
    alice.approve_to_both(number, "You two", "Meet.", ("ana@example.com", CANARY))
    alice.remove_client(ids[leaves])
    assert alice.outbox().mails == ()


def test_what_went_and_what_others_share_stays(alice: Network, store: Store) -> None:
    """Mail that has gone stays in the outbox, and so does mail to an address that somebody has who stays."""
    for name, email in (("Ana", "home@example.com"), ("Joe", "home@example.com"), ("Gone", CANARY)):
        alice.add_client(ClientTold(name=name, email=email))
    shared, sent = _write(alice, "shared", "home@example.com"), _write(alice, "sent", CANARY)
    with store.session(ALICE, writes=True) as session:
        session.execute(update(Mail).where(Mail.id == sent).values(state="sent"))
    by_name = {one.name: one.client_id for one in alice.clients().clients}
    alice.remove_client(by_name["Joe"])
    alice.remove_client(by_name["Gone"])
    assert {mail.mail_id for mail in alice.outbox().mails} == {shared, sent}
    alice.remove_client(by_name["Ana"])
    assert [mail.mail_id for mail in alice.outbox().mails] == [sent]
