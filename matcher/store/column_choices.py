"""Queries on what an owner said that the columns of a list hold, so that the next such list is read so."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from matcher.facts import ColumnChoice
from matcher.names import fold


def told(session: Session, about: str, header: Sequence[str]) -> Sequence[str]:
    """The fields that the owner last chose for a list with these headings, one a column; empty for a new one."""
    query = select(ColumnChoice.fields).where(ColumnChoice.about == about, ColumnChoice.headings_hash == _hash(header))
    found = session.scalar(query)
    return found if found and len(found) == len(header) else ()


def tell(
    session: Session, network_id: int, about: str, header: Sequence[str], *, fields: Sequence[str], at: datetime
) -> None:
    """Keep which field each column holds, instead of what was chosen before; no fields: our guess is right."""
    same = (ColumnChoice.about == about, ColumnChoice.headings_hash == _hash(header))
    session.execute(delete(ColumnChoice).where(*same))
    if fields:
        choice = ColumnChoice(
            network_id=network_id, about=about, headings_hash=_hash(header), fields=list(fields), chosen_at=at
        )
        session.add(choice)


def _hash(header: Sequence[str]) -> str:
    """Equal for the same headings in the same order, however they are capitalised."""
    return sha256("\n".join(map(fold, header)).encode()).hexdigest()
