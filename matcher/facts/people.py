"""The people an owner knows: who they are, which of them are one and the same, and who asked to be forgotten."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from matcher.facts.base import Private


class Person(Private, kw_only=True):
    """Somebody the owner knows: a client, a contact, the face of a partner."""

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_sending", "network_id", "sending", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    business_id: Mapped[int | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(String(2000), default="")
    import_id: Mapped[int | None] = mapped_column(default=None, index=True)  # imports stay, also when undone
    added_on: Mapped[date | None] = mapped_column(default=None)
    other_emails: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    other_phones: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    company: Mapped[str] = mapped_column(String(200), default="")  # where they work, as a list says it
    position: Mapped[str] = mapped_column(String(200), default="")  # what they do there
    website: Mapped[str] = mapped_column(String(300), default="")
    street: Mapped[str] = mapped_column(String(200), default="")
    city: Mapped[str] = mapped_column(String(100), default="")
    region: Mapped[str] = mapped_column(String(60), default="")
    postcode: Mapped[str] = mapped_column(String(16), default="")
    country: Mapped[str] = mapped_column(String(60), default="")
    offers: Mapped[list[str]] = mapped_column(JSON, default_factory=list)  # services, as the owner tagged them
    serves: Mapped[list[str]] = mapped_column(JSON, default_factory=list)  # markets
    standing: Mapped[str] = mapped_column(String(8), default="")  # cold: never talked business; no: said no to us
    tagged_on: Mapped[date | None] = mapped_column(default=None)  # the owner has gone through their four questions
    sending: Mapped[str | None] = mapped_column(String(48), default=None)  # "<form>.<place in it>" that added them


class Merge(Private, kw_only=True):
    """That several people were one, what each of them said, and what stood with whom; enough to part them again."""

    __tablename__ = "merge"

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    kept_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    merged_at: Mapped[datetime]
    undone_at: Mapped[datetime | None] = mapped_column(default=None)


class NotSame(Private, kw_only=True):
    """That two people are two, whatever their names say; `one_id` is the lower number."""

    __tablename__ = "not_same"

    one_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    told_on: Mapped[date]


class Erasure(Private, kw_only=True):
    """That somebody was erased: keyed hashes of an address, a telephone or a name, so that no list brings them back."""

    __tablename__ = "erasure"

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id", ondelete="CASCADE"), primary_key=True)
    sign_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    erased_on: Mapped[date]
    together: Mapped[str] = mapped_column(String(32), default="")  # random; the same for all signs of one person


class ColumnChoice(Private, kw_only=True):
    """What the owner said that the columns of a list hold; a list with the same headings is read so again."""

    __tablename__ = "column_choice"

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id", ondelete="CASCADE"), primary_key=True)
    about: Mapped[str] = mapped_column(String(16), primary_key=True)  # businesses, clients, contacts
    headings_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    fields: Mapped[list[str]] = mapped_column(JSON)  # one a column, "" leaves it out
    chosen_at: Mapped[datetime]
