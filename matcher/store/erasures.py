"""Erasing a person everywhere, and the keyed hashes that keep a list from bringing them back unasked."""

import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import and_, delete, select, update
from sqlalchemy.orm import Session

from matcher.answers.held import TABLE_WORDS, ErasePlan
from matcher.erasing import ERASED, Marks, signs_of
from matcher.facts import Erasure, Import, Mail, Membership, Person, PrivateLink, Referral, StagedFile, WebSession
from matcher.store import merge_steps
from matcher.store.tables import Row, Table, key_of, name_of
from matcher.store.traces import Spoken, Traces

PURPOSES = {"survey": "survey", "ask": "ask", "report": "report", "sale": "promise", "mail": "unsubscribe"}
EMPTIED = frozenset({"email", "phone", "website", "contact", "person"})  # where “[erased]” would be taken for one
STOPPED = "Somebody of whom it speaks was erased. Please write it anew."
NO_SYNC = {"synchronize_session": False}
NO_COPY = "Copies that you made yourself, such as exports, printed lists and backups, are yours to delete."


# -- signs -------------------------------------------------------------------------------------------
def erased(session: Session) -> set[str]:
    """The signs of everybody who was erased in the session's network; see `matcher.erasing.signs_of`."""
    return set(erased_on(session))


def erased_on(session: Session) -> Mapping[str, date]:
    """The same, each with the day."""
    return {row.sign_hash: row.erased_on for row in session.execute(select(Erasure.sign_hash, Erasure.erased_on))}


def bring_back(session: Session, signs: Collection[str]) -> int:
    """Let lists bring people back of whom one of these signs was kept, and give how many people that were."""
    asked = select(Erasure.together).where(Erasure.sign_hash.in_(signs))
    several = set(session.scalars(asked))
    session.execute(delete(Erasure).where(Erasure.together.in_(several)), execution_options=NO_SYNC)
    return len(several)


def keep_signs(session: Session, network_id: int, traces: Traces, key: bytes, on: date) -> None:
    """Keep by which signs one person is known again, under all names; what was kept of them before is kept no more."""
    signs = set[str]().union(*(signs_of(name, "", (), key) for name in traces.marks.names))
    for one in traces.people:
        signs |= signs_of(one.name, one.email, (one.phone, *one.other_phones), key)
        signs |= signs_of(one.name, "", (), key, company=one.company)
        signs = signs.union(*(signs_of("", email, (), key) for email in one.other_emails))
    session.execute(delete(Erasure).where(Erasure.sign_hash.in_(signs)), execution_options=NO_SYNC)
    together = secrets.token_hex(16)
    session.add_all(
        [Erasure(network_id=network_id, sign_hash=one, erased_on=on, together=together) for one in sorted(signs)]
    )


# -- erasing -----------------------------------------------------------------------------------------
def planned(session: Session, traces: Traces) -> ErasePlan:
    """What `erase` does with these traces."""
    deleted = Counter({_words(table): len(rows) for table, rows in traces.theirs.items()})
    waiting = len(session.scalars(select(StagedFile.import_id)).all())
    deleted += Counter({TABLE_WORDS["staged_file"]: waiting})
    redacted = Counter(_words(one.table) for one in traces.spoken for _ in one.columns)
    return ErasePlan(
        name=traces.people[0].name,
        deleted=dict(+deleted),
        redacted=dict(redacted),
        stays=tuple(_stays(session, traces)),
    )


def erase(session: Session, network_id: int, traces: Traces) -> set[str]:
    """Delete what is theirs and black out the rest; gives the names of the tables that were touched."""
    _close_links(session, network_id, traces)
    merge_steps.forget(session, traces.ids["person"])
    _forget_pages(session, network_id, traces.marks)
    for spoken in traces.spoken:
        _redact(session, spoken, traces.marks)
    for table, rows in reversed(traces.theirs.items()):  # those first that lead to others
        for row in rows:
            session.execute(delete(table).where(_same(table, row)), execution_options=NO_SYNC)
    waiting = (Import.network_id == network_id, Import.state.in_(("staged", "stopped")))
    session.execute(delete(StagedFile).where(StagedFile.network_id == network_id), execution_options=NO_SYNC)
    session.execute(delete(Import).where(*waiting), execution_options=NO_SYNC)
    touched = {name_of(one.table) for one in traces.spoken}.union(map(name_of, traces.theirs))
    return touched | {"erasure", "merge", "staged_file", "import", "private_link", "web_session"}


def _words(table: Table) -> str:
    return TABLE_WORDS.get(name_of(table), name_of(table).replace("_", " "))


def _same(table: Table, row: Row) -> Any:
    return and_(*(getattr(table, name) == row[name] for name in key_of(table)))


def _close_links(session: Session, network_id: int, traces: Traces) -> None:
    """Let no private link of theirs work any more; numbers are given again, so none may be left."""
    for table, purpose in PURPOSES.items():
        if ids := traces.ids[table]:
            own = (PrivateLink.network_id == network_id, PrivateLink.purpose == purpose, PrivateLink.target_id.in_(ids))
            session.execute(delete(PrivateLink).where(*own), execution_options=NO_SYNC)


def _forget_pages(session: Session, network_id: int, marks: Marks) -> None:
    """Take them out of sentences that wait in a browser's session to be shown once, such as “Ann is kept.”."""
    members = select(Membership.account_id).where(Membership.network_id == network_id)
    for browser in session.scalars(select(WebSession).where(WebSession.account_id.in_(members))):
        if marks.found_in(browser.content):
            browser.content = marks.redacted(browser.content)


def _redact(session: Session, spoken: Spoken, marks: Marks) -> None:
    """Put “[erased]” where a row speaks of them; a mail that does so and waits is held back."""
    values: dict[str, Any] = {}
    for name in spoken.columns:
        before = spoken.row[name]
        width = getattr(getattr(spoken.table, name).type, "length", None)
        after = "" if name in EMPTIED else marks.redacted(before)
        values[name] = after[:width] if isinstance(after, str) else after
    if spoken.table is Referral and "prospect" in spoken.columns:
        values |= {name: "" for name in ("because", "note") if name in spoken.columns} | {"prospect": ERASED}
    if spoken.table is Mail and spoken.row["state"] == "queued":
        values |= {"state": "stopped", "said": STOPPED}
    session.execute(
        update(spoken.table).where(_same(spoken.table, spoken.row)).values(**values), execution_options=NO_SYNC
    )


def _stays(session: Session, traces: Traces) -> Iterable[str]:
    """In sentences, what erasing does not touch."""
    emails = {email.strip().casefold() for email in traces.marks.emails}
    others = session.execute(select(Person.id, Person.name, Person.email)).all()
    for other in others:
        if other.id not in traces.ids["person"] and (
            other.email.strip().casefold() in emails or traces.marks.is_name(other.name)
        ):
            why = "has the same name" if traces.marks.is_name(other.name) else "has the same e-mail address"
            yield f"{other.name} (number {other.id}) {why}. That card is somebody else's and stays."
    yield "Mail that was sent is with whoever got it. That an address wants no mail is kept, as a keyed hash."
    yield "A business that bears their name stays, as it is a business. So do first names alone and nicknames in notes."
    yield NO_COPY
