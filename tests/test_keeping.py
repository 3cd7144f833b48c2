"""Erasing a person everywhere: what goes, what stays, and that no list brings them back unasked."""

import json
import logging
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from matcher.answers.column_words import column_words
from matcher.answers.held import TABLE_WORDS
from matcher.answers.told import ClientTold, NeedTold
from matcher.errors import Invalid, NotFound
from matcher.facts import (
    Application,
    Ask,
    Import,
    ImportProblem,
    Introduction,
    Mail,
    Merge,
    OpenCall,
    Person,
    PrivateLink,
    Referral,
    Report,
    Roster,
    RosterMember,
    StagedFile,
    Suppression,
    TaskMark,
    Tie,
    Touch,
    Wording,
)
from matcher.network import Network
from matcher.store import Store
from matcher.store.held import NOT_THEIRS
from matcher.store.mail import hash_of
from matcher.store.tables import by_name, bytes_of, name_of, private_tables, rows_of
from tests.networks import STREET, bring_in, csv_of, id_of, shared_and_owners
from tests.store.conftest import ALICE

SECRET = "5f0c1e7a9b3d48266af1d0c7e5b94831"
NAME, EMAIL, PHONE = "Zqx Canary", "zqxcanary@example.org", "+1 (520) 555-0177"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = NOON.date()
LIST = (("Name", "Email", "Phone", "Need"), (NAME, EMAIL, PHONE, "a roof"), ("Bo Ray", "bo@example.org", "", "a move"))


@pytest.fixture
def alice(database: str) -> Iterator[Network]:
    """Alice's network with the operator's secret, and a street of businesses in it."""
    _, alice, _ = shared_and_owners(Store(database, secret=SECRET))
    bring_in(alice, csv_of(STREET))
    yield alice
    alice.close()


def bring(alice: Network) -> None:
    """Bring in a list of two clients, one of whom is the canary."""
    staged = alice.stage("people.csv", csv_of(LIST[1:], LIST[0]), "clients")
    alice.store_import(staged.import_id)


def everywhere(alice: Network, store: Store) -> int:
    """A client who stands in every place where somebody may stand; gives their number."""
    told = ClientTold(name=NAME, email=EMAIL, phone=PHONE, note=f"{NAME} likes tea.")
    number = alice.add_client(told, [NeedTold(service="roofer", wording=f"{NAME} needs a roof")], journey="first_home")
    other = alice.add_client(ClientTold(name="Bo Ray", note=f"Knows {NAME.upper()}, or Canary, Zqx; 520.555.0177."))
    realty = id_of(alice, STREET[0][0])
    own = {"network_id": ALICE}
    with store.session(ALICE, writes=True) as session:
        call = OpenCall(**own, service="roofer", token="t", opened_on=DAY, closes_on=DAY)
        known = Introduction(**own, for_us=False, first_person_id=number, target_business_id=realty, drafted_on=DAY)
        roster, found = (
            Roster(**own, name="Chamber", read_on=DAY),
            Import(**own, file_name=f"{NAME}.csv", content_hash="x", state="stored", staged_at=NOON),
        )
        session.add_all([call, known, roster, found])
        session.flush()
        ask = Ask(**own, introduction_id=known.id, role="target", wording=f"Meet {NAME}?", asked_on=DAY)
        session.add(ask)
        session.flush()
        mail = {**own, "subject": "Hello", "body": f"Dear {NAME}", "approved_at": NOON, "next_at": NOON}
        session.add_all(
            [
                Application(**own, open_call_id=call.id, business="X", contact=NAME, email=EMAIL, sent_at=NOON),
                ImportProblem(**own, import_id=found.id, line=2, field="name", sentence=f"“{EMAIL}”?", keeps_out=True),
                Mail(**mail, key="a", to_email=EMAIL.upper()),
                Mail(**mail, key=f"remind:ask:{ask.id}", to_email="realty@example.org"),
                Mail(**mail, key="b", to_email="bo@example.org"),
                Mail(**mail, key="c", to_email="bo@example.org", also_email=EMAIL.upper(), also_name="Z."),
                Report(**own, introduction_id=known.id, role="target", asked_on=DAY, words=NAME),
                Merge(**own, kept_id=other, before={"gone": {"name": NAME, "note": "secret"}}, merged_at=NOON),
                Referral(**own, given=False, business_id=realty, prospect=NAME, referred_on=DAY, note=f"{EMAIL}!"),
                RosterMember(**own, roster_id=roster.id, key="k", person=NAME, seen_on=DAY),
                RosterMember(**own, roster_id=roster.id, key="m", business="Acme", person=NAME, seen_on=DAY),
                TaskMark(**own, key=f"remind:ask:{ask.id}", done_on=DAY),
                Tie(**own, from_person_id=number, to_business_id=realty, told_on=DAY),
                Touch(**own, business_id=realty, kind="call", touched_on=DAY, note=f"Spoke of {NAME}"),
                Wording(**own, key="zqx canary roof", service="roofer", told_at=NOON),
                PrivateLink(**own, token_hash="h", purpose="ask", target_id=ask.id, expires_at=NOON),
            ]
        )
    alice.stage("waiting.csv", csv_of(LIST[1:], LIST[0]), "clients")
    return number


def everything(store: Store) -> str:
    """All of Alice's rows, and all private links, as text."""
    with store.session(ALICE) as session:
        rows = [list(rows_of(session, ALICE, table)) for table in private_tables()]
        return repr((rows, session.execute(select(PrivateLink.token_hash)).all()))


def test_erased_people_are_in_no_table(alice: Network, store: Store) -> None:
    """After erasing, no row of any table holds the person's name, address or telephone, and others' rows stay."""
    number = everywhere(alice, store)
    plan = alice.plan_erasing(number)
    done = alice.erase_person(number, " zqx canary ")
    told = everything(store)
    assert all(sign not in told.casefold() for sign in ("zqx", "555-0177", "555.0177", "secret"))
    assert (done.deleted, done.redacted) == (plan.deleted, plan.redacted)
    assert "Knows [erased], or [erased]; [erased]." in told
    assert (plan.deleted["mails"], plan.deleted["needs"], told.endswith("[])")) == (3, 1, True)
    with store.session(ALICE) as session:
        left = {mail.to_email: mail.state for mail in session.query(Mail)}
        acme = session.query(RosterMember).one()
        assert (left, acme.business, acme.person) == ({"bo@example.org": "stopped"}, "Acme", "")
        assert session.query(Referral).one().prospect == "[erased]"
        assert [person.name for person in session.query(Person)] == ["Bo Ray"]
        assert (session.query(StagedFile).count(), session.query(TaskMark).count()) == (0, 0)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_no_byte_is_left(
    alice: Network, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """No byte of an erased name is left in the database, its log, what is saved beside it, temporary files or logs."""
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    number = everywhere(alice, store)
    bring(alice)
    store.engine.dispose()
    assert alice.erase_person(number, NAME).scrubbed
    left = b"".join(path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file()).lower()
    assert b"bo ray" in left
    for sign in (b"zqx", b"555-0177", EMAIL.encode()):
        assert sign not in left
    assert "zqx" not in caplog.text.lower()


def test_a_list_asks_before_it_brings_them_back(alice: Network, store: Store) -> None:
    """A list that holds an erased person keeps their line out and says when they were erased, until told otherwise."""
    bring(alice)
    number = next(client.client_id for client in alice.clients("Zqx").clients)
    alice.erase_person(number, NAME)
    staged = alice.stage("people.csv", csv_of(LIST[1:], LIST[0]), "clients")
    (kept_out,) = (problem for problem in staged.problems if problem.keeps_out)
    assert (kept_out.line, kept_out.sentence[:26]) == (2, "You erased this person on ")
    done = alice.store_import(staged.import_id)
    assert (done.rows, done.stored, done.same, done.problems) == (2, 0, 1, 1)
    spoilt = alice.stage("people.csv", csv_of([(NAME, "zqx@", PHONE, "a roof")], LIST[0]), "clients")
    assert alice.store_import(spoilt.import_id).problems == 1
    assert "zqx" not in everything(store).lower()
    with pytest.raises(NotFound):
        alice.bring_back(email="nobody@example.org")
    assert alice.bring_back(phone="520 555 0177").people == 1
    bring(alice)
    assert [client.name for client in alice.clients().clients] == ["Bo Ray", NAME]


def test_nobody_is_erased_by_mistake(alice: Network, store: Store) -> None:
    """Somebody whose name is typed wrongly is not erased, nor is a namesake with other addresses."""
    ann = alice.add_client(ClientTold(name="Ann Lee", email="ann@example.org"))
    alice.add_client(ClientTold(name="Ann Lee", email="lee@example.org"))
    with pytest.raises(Invalid):
        alice.erase_person(ann, "Anne Lee")
    assert any("has the same name" in sentence for sentence in alice.plan_erasing(ann).stays)
    alice.erase_person(ann, "Ann Lee")
    assert [client.email for client in alice.clients().clients] == ["lee@example.org"]
    with pytest.raises(NotFound):
        alice.erase_person(ann, "Ann Lee")


def test_a_whole_file_holds_all_of_a_person(alice: Network, store: Store) -> None:
    """The file holds a row of every table that has something of a person, and every text elsewhere that names them."""
    number = everywhere(alice, store)
    with store.session(ALICE, writes=True) as session:
        known = session.query(Introduction).one()
        session.add(Ask(network_id=ALICE, introduction_id=known.id, role="first", asked_on=DAY, words="Yes, gladly"))
        session.add(Suppression(network_id=ALICE, address_hash=hash_of(EMAIL, SECRET), because="owner", since_on=DAY))
    found = alice.person_file(number)
    assert {one.table for one in found.held} == {
        *("person", "client", "occasion", "need", "introduction", "ask", "tie", "mail", "application"),
        *("merge", "roster_member", "task_mark", "wording"),
    }
    assert {(one.table, one.column) for one in found.mentions} == {
        *(("person", "note"), ("import", "file_name"), ("import_problem", "sentence"), ("touch", "note")),
        *(("referral", "prospect"), ("referral", "note"), ("mail", "body"), ("roster_member", "person")),
    }
    told = alice.export_person(number).decode()
    assert "Yes, gladly" in told
    assert f"Meet {NAME}?" not in told  # what the other side was asked is the other side's
    assert [note.split(" since ")[0] for note in found.notes] == [
        f"{EMAIL} gets no mail from us",
        "1 file waits to be stored under Import. What is in it is not in this list.",
    ]
    assert json.loads(told)["name"] == NAME


def test_every_table_has_its_words() -> None:
    """Each private table is called by words that an owner understands."""
    assert {name_of(table) for table in private_tables()} <= TABLE_WORDS.keys()


def test_every_column_has_its_words() -> None:
    """Each column of a private table is called by words of its own, none of which is how a database ends a name."""
    for table in private_tables():
        shown = {name: column_words(name) for name in by_name(table) if name not in {*NOT_THEIRS, *bytes_of(table)}}
        assert len(set(shown.values())) == len(shown), shown
        for words in shown.values():
            assert "_" not in words
            assert not words.removesuffix(" in cents").endswith((" at", " id", " cents", " share")), words


def test_a_name_of_before_a_merge_is_erased_as_well(alice: Network, store: Store) -> None:
    """Somebody whose cards were put together is erased under either name, and known again under either."""
    ann = alice.add_client(ClientTold(name="Ann Lee", email="ann@example.org"))
    alice.add_client(ClientTold(name="Bo Ray", note="Met Anna Leigh."))
    before = {"steps": [{"drop": "person", "row": {"name": "Anna Leigh"}}]}
    with store.session(ALICE, writes=True) as session:
        session.add(Merge(network_id=ALICE, kept_id=ann, before=before, merged_at=NOON))
    alice.erase_person(ann, "Ann Lee")
    assert "Leigh" not in everything(store)
    staged = alice.stage("people.csv", csv_of([("Anna Leigh",)], ("Name",)), "clients")
    assert [problem.keeps_out for problem in staged.problems] == [True]
