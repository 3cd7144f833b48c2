"""The directory: imported files, businesses with what they offer, and which of them must stay."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column

from matcher.facts.base import Fact, Private
from matcher.names import fold

NAME_WIDTH, CITY_WIDTH = 200, 100  # characters


def plain_name(name: str) -> str:
    """A name as it is found and sorted by, whatever its capitals and accents; within its column's width."""
    return fold(name)[:NAME_WIDTH]


def plain_city(city: str) -> str:
    """The same of a town."""
    return fold(city)[:CITY_WIDTH]


def _plain(column: str, plain: Callable[[str], str]) -> Callable[[DefaultExecutionContext], str]:
    """What a new row keeps beside one of its columns; databases know other capitals and accents than we do."""
    return lambda context: plain(context.get_current_parameters().get(column) or "")  # type: ignore[no-untyped-call]


def _folded(width: int) -> String:
    """Words that every database sorts alike."""
    return String(width).with_variant(String(width, "C"), "postgresql")


class Import(Private, kw_only=True):
    """One file brought in: staged, stored, or undone."""

    __tablename__ = "import"
    __table_args__ = (UniqueConstraint("network_id", "id"), Index("ix_import_content", "network_id", "content_hash"))

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    about: Mapped[str] = mapped_column(String(16), default="businesses")  # or clients
    file_name: Mapped[str] = mapped_column(String(200))
    content_hash: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16), default="staged")
    rows: Mapped[int] = mapped_column(default=0)
    rows_done: Mapped[int] = mapped_column(default=0)
    stored: Mapped[int] = mapped_column(default=0)
    same: Mapped[int] = mapped_column(default=0)
    problems: Mapped[int] = mapped_column(default=0)  # rows kept out: rows = stored + same + problems
    notes: Mapped[int] = mapped_column(default=0)
    staged_at: Mapped[datetime]
    alive_at: Mapped[datetime | None] = mapped_column(default=None)  # the last sign of life while it runs
    stored_at: Mapped[datetime | None] = mapped_column(default=None)


class StagedFile(Private, kw_only=True):
    """The bytes of a file between preview and storing; gone afterwards."""

    __tablename__ = "staged_file"

    import_id: Mapped[int] = mapped_column(ForeignKey("import.id", ondelete="CASCADE"), primary_key=True)
    content: Mapped[bytes]


class ImportProblem(Private, kw_only=True):
    """A line of a file that needs its owner's eye."""

    __tablename__ = "import_problem"

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    import_id: Mapped[int] = mapped_column(ForeignKey("import.id", ondelete="CASCADE"), index=True)
    line: Mapped[int]
    field: Mapped[str] = mapped_column(String(40))
    sentence: Mapped[str] = mapped_column(String(400))
    keeps_out: Mapped[bool]


class Business(Private, kw_only=True):
    """A business: in the shared directory (network 1) or private to a network. `key` tells repeats apart."""

    __tablename__ = "business"
    __table_args__ = (
        UniqueConstraint("network_id", "key"),
        UniqueConstraint("network_id", "id"),
        Index("ix_business_name", "name", "id"),
        Index("ix_business_folded", "folded", "id"),
        Index("ix_business_revision", "network_id", "revision"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    key: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(NAME_WIDTH))
    folded: Mapped[str] = mapped_column(_folded(NAME_WIDTH), init=False, insert_default=_plain("name", plain_name))
    import_id: Mapped[int | None] = mapped_column(
        ForeignKey("import.id", ondelete="SET NULL"), default=None, index=True
    )
    address: Mapped[str] = mapped_column(String(200), default="")
    city: Mapped[str] = mapped_column(String(CITY_WIDTH), default="")
    folded_city: Mapped[str] = mapped_column(_folded(CITY_WIDTH), init=False, insert_default=_plain("city", plain_city))
    region: Mapped[str] = mapped_column(String(60), default="")
    postcode: Mapped[str] = mapped_column(String(16), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    lat: Mapped[float | None] = mapped_column(default=None)
    lon: Mapped[float | None] = mapped_column(default=None)
    roughly_placed: Mapped[bool] = mapped_column(default=False)  # at the middle of its ZIP area or town
    phone: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    category: Mapped[str] = mapped_column(String(200), default="")  # as the file said it
    radius_km: Mapped[float | None] = mapped_column(default=None)
    tier: Mapped[int | None] = mapped_column(default=None)  # price: 1 plain, 2 middle, 3 premium
    clients_a_year: Mapped[float | None] = mapped_column(default=None)
    order_value_cents: Mapped[int | None] = mapped_column(default=None)
    edited_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=0)  # of its network when it last changed


class Offer(Private, kw_only=True):
    """That a business offers a service, how surely (0-1), and who says so: industry code, category or owner."""

    __tablename__ = "offer"
    __table_args__ = (
        ForeignKeyConstraint(["network_id", "business_id"], ["business.network_id", "business.id"], ondelete="CASCADE"),
    )

    business_id: Mapped[int] = mapped_column(primary_key=True)
    service: Mapped[str] = mapped_column(String(40), primary_key=True)
    confidence: Mapped[float]
    source: Mapped[str] = mapped_column(String(16))


class DeclaredMarket(Private, kw_only=True):
    """That a business says it serves a market."""

    __tablename__ = "declared_market"
    __table_args__ = (
        ForeignKeyConstraint(["network_id", "business_id"], ["business.network_id", "business.id"], ondelete="CASCADE"),
    )

    business_id: Mapped[int] = mapped_column(primary_key=True)
    market: Mapped[str] = mapped_column(String(40), primary_key=True)


class Kept(Fact, kw_only=True):
    """That some network has decided on a business, so that no undone import takes it away; not which, nor what."""

    __tablename__ = "kept"

    business_id: Mapped[int] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"), primary_key=True)
