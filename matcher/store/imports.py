"""Queries on imports: staging a file, storing its rows in one transaction, taking them out again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from matcher.answers.imported import Imported, Problem
from matcher.errors import Conflict, NotFound
from matcher.facts import Business, DeclaredMarket, Import, ImportProblem, Kept, Offer, StagedFile
from matcher.store.businesses import changed, revision
from matcher.units import now_utc

PROBLEMS_SHOWN = 1_000  # of one import on its page; all of them are counted and exported
STAGED_FOR = timedelta(days=7)  # long enough to ask somebody about a list; people's addresses are not kept for longer
STAGED_AT_ONCE = 5  # files of one network between preview and storing; of 50 MB at most each, so 250 MB
STALLED_AFTER = timedelta(minutes=3)  # without a sign of life; writing 150,000 rows, in silence, takes half a minute
BATCH = 5_000  # rows in one insert
NO_SYNC = {"synchronize_session": False}  # nothing of these rows is in the session


def find(session: Session, import_id: int) -> Import:
    """One import of the session's network; NotFound otherwise."""
    found = session.scalar(select(Import).where(Import.id == import_id))
    if found is None:
        raise NotFound("There is no such import.")
    return found


def stage(session: Session, new: Import, content: bytes) -> int:
    """Keep a file for its preview; the same file staged twice is one import. Old ones go; Conflict at too many."""
    waiting = (Import.network_id == new.network_id, Import.state == "staged")
    old = delete(Import).where(*waiting, Import.staged_at < new.staged_at - STAGED_FOR)
    session.execute(old, execution_options=NO_SYNC)
    twin = select(Import.id).where(*waiting, Import.content_hash == new.content_hash, Import.about == new.about)
    if (standing := session.scalar(twin)) is not None:
        return standing
    if session.scalars(select(func.count()).select_from(Import).where(*waiting)).one() >= STAGED_AT_ONCE:
        raise Conflict(
            f"{STAGED_AT_ONCE} files are waiting to be stored already. "
            "Store one of them or throw one away, then choose this file again."
        )
    session.add(new)
    session.flush()
    session.add(StagedFile(network_id=new.network_id, import_id=new.id, content=content))
    return new.id


def content(session: Session, import_id: int) -> bytes:
    """The bytes of a staged file; Conflict once they are gone."""
    found = session.scalar(select(StagedFile.content).where(StagedFile.import_id == import_id))
    if found is None:
        raise Conflict("This file has been stored or undone already. Please choose it again.")
    return found


def begin(session: Session, import_id: int, at: datetime) -> bool:
    """Mark an import as running; False when it is stored already, Conflict when it is running elsewhere."""
    found = find(session, import_id)
    if found.state == "stored":
        return False
    if found.state == "undone":
        raise Conflict("This import has been undone. Please choose the file again.")
    if _state(found, at) == "running":
        raise Conflict("This import is running. Its page shows how far it is.")
    found.state, found.alive_at, found.rows_done = "running", at, 0
    return True


def progress(session: Session, import_id: int, rows_done: int) -> None:
    """Say how many rows have been read; a sign of life."""
    session.execute(update(Import).where(Import.id == import_id).values(rows_done=rows_done, alive_at=now_utc()))


def give_up(session: Session, import_id: int) -> None:
    """Back to the preview: nothing was stored. One that somebody else has stored in the meantime stays stored."""
    running = (Import.id == import_id, Import.state == "running")
    session.execute(update(Import).where(*running).values(state="staged", rows_done=0))


def known_keys(session: Session, network_id: int) -> set[str]:
    """The keys of all businesses that this network holds itself."""
    return set(session.scalars(select(Business.key).where(Business.network_id == network_id)))


@dataclass(frozen=True, kw_only=True)
class NewBusiness:
    """A business to be stored: its columns, its offers (service -> (confidence, source)), its markets."""

    columns: Mapping[str, object]
    offers: Mapping[str, tuple[float, str]]
    markets: Sequence[str]


def add_businesses(session: Session, done: Import, new: Sequence[NewBusiness], at: datetime) -> None:
    """Store the businesses that one import brings."""
    network_id = done.network_id
    changed(session, network_id)
    own = {
        "network_id": network_id,
        "import_id": done.id,
        "edited_at": at,
        "revision": revision(session, network_id),
    }
    _insert(session, Business, [{**business.columns, **own} for business in new])
    pairs = session.execute(select(Business.key, Business.id).where(Business.import_id == done.id))
    ids = {row.key: row.id for row in pairs}
    offers = [
        {
            "network_id": network_id,
            "business_id": ids[b.columns["key"]],
            "service": s,
            "confidence": c,
            "source": source,
        }
        for b in new
        for s, (c, source) in b.offers.items()
    ]
    _insert(session, Offer, offers)
    markets = [
        {"network_id": network_id, "business_id": ids[b.columns["key"]], "market": market}
        for b in new
        for market in b.markets
    ]
    _insert(session, DeclaredMarket, markets)


def remove_businesses(session: Session, found: Import) -> None:
    """Take out what one import brought; businesses that some network has decided on stay, now without an import."""
    own = (Business.import_id == found.id, Business.network_id == found.network_id)
    session.execute(
        delete(Business).where(*own, Business.id.not_in(select(Kept.business_id))), execution_options=NO_SYNC
    )
    session.execute(update(Business).where(*own).values(import_id=None), execution_options=NO_SYNC)
    changed(session, found.network_id)


def finish(session: Session, done: Import, stored: int, problems: Iterable[Problem], at: datetime) -> None:
    """Close an import whose rows are stored; the caller's transaction makes all of it happen or nothing."""
    listed = [{"network_id": done.network_id, "import_id": done.id, **asdict(problem)} for problem in problems]
    _insert(session, ImportProblem, listed)
    done.state, done.stored_at, done.stored, done.rows_done = "stored", at, stored, done.rows
    session.execute(delete(StagedFile).where(StagedFile.import_id == done.id))


def _insert(session: Session, table: type[Any], rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), BATCH):
        session.execute(insert(table), rows[start : start + BATCH])


def undo(session: Session, found: Import, at: datetime) -> None:
    """Close an import whose rows are about to be taken out in the same transaction; Conflict while it runs."""
    if _state(found, at) == "running":
        raise Conflict("This import is still running. Please wait until it is stored.")
    session.execute(delete(StagedFile).where(StagedFile.import_id == found.id))
    found.state = "undone"


def overview(session: Session, at: datetime) -> list[Imported]:
    """All imports of the session's network, newest first, without their problems."""
    return [_answer(found, (), at) for found in session.scalars(select(Import).order_by(Import.id.desc()))]


def answer(session: Session, import_id: int, at: datetime) -> Imported:
    """One import with its first problems by line."""
    found = find(session, import_id)
    query = select(ImportProblem).where(ImportProblem.import_id == import_id)
    listed = session.scalars(query.order_by(ImportProblem.line, ImportProblem.id).limit(PROBLEMS_SHOWN))
    return _answer(found, tuple(_problem(p) for p in listed), at)


def problems(session: Session, import_id: int) -> Iterator[Problem]:
    """All problems and notes of one import by line."""
    query = select(ImportProblem).where(ImportProblem.import_id == find(session, import_id).id)
    for problem in session.scalars(query.order_by(ImportProblem.line, ImportProblem.id)):
        yield _problem(problem)


def _problem(found: ImportProblem) -> Problem:
    return Problem(line=found.line, field=found.field, sentence=found.sentence, keeps_out=found.keeps_out)


def _state(found: Import, at: datetime) -> str:
    """The state as it is stored, but "stopped" for one that is running and has lost its worker."""
    stalled = found.alive_at is None or at - found.alive_at > STALLED_AFTER
    return "stopped" if found.state == "running" and stalled else found.state


def _answer(found: Import, problems: tuple[Problem, ...], at: datetime) -> Imported:
    done_share = 1.0 if found.state in ("stored", "undone") else min(1.0, found.rows_done / max(1, found.rows))
    return Imported(
        import_id=found.id,
        about=found.about,  # type: ignore[arg-type]
        file_name=found.file_name,
        state=_state(found, at),
        rows=found.rows,
        stored=found.stored,
        same=found.same,
        problems=found.problems,
        notes=found.notes,
        done_share=done_share,
        listed=problems,
    )
