"""What somebody told us: one dataclass a table, with ids and codes instead of relationships.

Every class under `Private` carries `network_id`; the store refuses to read or write one without it.
"""

from datetime import UTC, date, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    String,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcTime(TypeDecorator[datetime]):
    """A time in UTC, whatever the database thinks of zones; a time without a zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time needs its zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back in UTC; SQLite forgets the zone."""
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


class Fact(MappedAsDataclass, DeclarativeBase, kw_only=True, eq=False):
    """Base of all tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar = {datetime: UtcTime, dict[str, Any]: JSON, bytes: LargeBinary}


class Private(Fact, kw_only=True):
    """Base of all tables whose rows belong to one network."""

    __abstract__ = True

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id", ondelete="CASCADE"), index=True)


class Network(Fact, kw_only=True):
    """One owner's private network. Number 1 owns the shared directory and has no members."""

    __tablename__ = "network"

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    name: Mapped[str] = mapped_column(String(200))
    home_id: Mapped[int | None] = mapped_column(default=None)  # the owner's own business
    revision: Mapped[int] = mapped_column(default=0)  # grows with every change of its businesses
    wants_to_grow: Mapped[bool | None] = mapped_column(default=None)
    created_at: Mapped[datetime]


class Account(Fact, kw_only=True):
    """Somebody who signs in. Column names are those that Flask-Security expects."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password: Mapped[str | None] = mapped_column(String(255), default=None)
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
    tf_primary_method: Mapped[str | None] = mapped_column(String(64), default=None)
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255), default=None)
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(JSON, default=None)
    created_at: Mapped[datetime]


class SignInLink(Fact, kw_only=True):
    """A one-time link; only the hash of its token is kept."""

    __tablename__ = "sign_in_link"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None] = mapped_column(default=None)


class WebSession(Fact, kw_only=True):
    """A browser that is signed in, or about to; only the hash of its cookie is kept."""

    __tablename__ = "web_session"

    id_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), default=None)
    content: Mapped[dict[str, Any]]
    expires_at: Mapped[datetime]


class Membership(Fact, kw_only=True):
    """An account's role in a network: owner, member or coach. Read before a network is chosen, so not `Private`."""

    __tablename__ = "membership"

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(16))
    since_at: Mapped[datetime]


class Import(Private, kw_only=True):
    """One file brought in: staged, stored, or undone."""

    __tablename__ = "import"
    __table_args__ = (UniqueConstraint("network_id", "id"), Index("ix_import_content", "network_id", "content_hash"))

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
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
        Index("ix_business_revision", "network_id", "revision"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    key: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    import_id: Mapped[int | None] = mapped_column(
        ForeignKey("import.id", ondelete="SET NULL"), default=None, index=True
    )
    address: Mapped[str] = mapped_column(String(200), default="")
    city: Mapped[str] = mapped_column(String(100), default="")
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


class Person(Private, kw_only=True):
    """Somebody the owner knows: a client, a contact, the face of a partner."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    business_id: Mapped[int | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(String(2000), default="")


class Partnership(Private, kw_only=True):
    """What a network thinks of a business it works with, or would like to: courted, agreed, paused, ended."""

    __tablename__ = "partnership"

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id", ondelete="CASCADE"), primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"), primary_key=True)
    stage: Mapped[str] = mapped_column(String(16), default="courted")
    since_on: Mapped[date]
    note: Mapped[str] = mapped_column(String(2000), default="")


class Verdict(Private, kw_only=True):
    """What the owner answered to a suggestion: yes, later or no, and why. Undone ones stay as history."""

    __tablename__ = "verdict"
    __table_args__ = (Index("ix_verdict_business", "network_id", "business_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"))
    answer: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(String(400), default="")
    given_at: Mapped[datetime]
    until_on: Mapped[date | None] = mapped_column(default=None)  # "later" comes back on this day
    undone_at: Mapped[datetime | None] = mapped_column(default=None)


class Correction(Private, kw_only=True):
    """What a network knows better about a business than the directory says; None leaves the directory's word."""

    __tablename__ = "correction"

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id", ondelete="CASCADE"), primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"), primary_key=True)
    services: Mapped[dict[str, float] | None] = mapped_column(JSON, default=None)  # code -> how surely, 0-1
    markets: Mapped[list[str] | None] = mapped_column(JSON, default=None)
    tier: Mapped[int | None] = mapped_column(default=None)
    clients_a_year: Mapped[float | None] = mapped_column(default=None)
    order_value_cents: Mapped[int | None] = mapped_column(default=None)
    radius_km: Mapped[float | None] = mapped_column(default=None)
    place: Mapped[str] = mapped_column(String(100), default="")  # as people call it; with `lat` and `lon`
    lat: Mapped[float | None] = mapped_column(default=None)
    lon: Mapped[float | None] = mapped_column(default=None)
    corrected_at: Mapped[datetime]


class Ruling(Private, kw_only=True):
    """The owner's own word on whether a business competes, and why; it goes before what we work out."""

    __tablename__ = "ruling"

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id", ondelete="CASCADE"), primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"), primary_key=True)
    competes: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(400), default="")
    given_at: Mapped[datetime]


class Motivation(Private, kw_only=True):
    """What moves a business, or a person, to send somebody on: what they want and how they like to be thanked."""

    __tablename__ = "motivation"
    __table_args__ = (UniqueConstraint("network_id", "business_id"), UniqueConstraint("network_id", "person_id"))

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    business_id: Mapped[int | None] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"), default=None)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), default=None)
    wants: Mapped[str] = mapped_column(String(400), default="")  # in their own words
    wanted_markets: Mapped[list[str]] = mapped_column(JSON, default_factory=list)  # whom they want to meet
    wants_to_grow: Mapped[bool | None] = mapped_column(default=None)
    has_room: Mapped[bool | None] = mapped_column(default=None)  # for more clients
    vouch_share: Mapped[float | None] = mapped_column(default=None)  # how far we would vouch for each other, 0-1
    reputation_share: Mapped[float | None] = mapped_column(default=None)  # how well people speak of them, 0-1
    reward: Mapped[str] = mapped_column(String(16), default="")  # word, card, gift, charity, access, money
    never_money: Mapped[bool] = mapped_column(default=False)  # once said, kept
    asked_on: Mapped[date | None] = mapped_column(default=None)  # when we last asked something of them
    edited_at: Mapped[datetime]


class Outcome(Private, kw_only=True):
    """What came of something with a business: whether it said yes, sent somebody, closed, or kept a promise."""

    __tablename__ = "outcome"
    __table_args__ = (Index("ix_outcome_business", "network_id", "business_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))  # accept, give, close, promise
    came_true: Mapped[bool]
    happened_on: Mapped[date]


class Occasion(Private, kw_only=True):
    """A client on a journey, such as buying a home; with its needs it teaches what a journey calls for."""

    __tablename__ = "occasion"

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), default=None)
    journey: Mapped[str] = mapped_column(String(60), index=True)
    began_on: Mapped[date]


class Need(Private, kw_only=True):
    """A service that somebody needs, in the words in which we heard it."""

    __tablename__ = "need"

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    occasion_id: Mapped[int | None] = mapped_column(
        ForeignKey("occasion.id", ondelete="CASCADE"), default=None, index=True
    )
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), default=None)
    service: Mapped[str] = mapped_column(String(40))
    wording: Mapped[str] = mapped_column(String(400), default="")
    status: Mapped[str] = mapped_column(String(16), default="open")  # open, introduced, filled, dropped
    heard_on: Mapped[date]


class Wording(Private, kw_only=True):
    """Which service some words mean, as the owner told us; the next time we know."""

    __tablename__ = "wording"

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)  # the words in their comparable form
    service: Mapped[str] = mapped_column(String(40))
    told_at: Mapped[datetime]
