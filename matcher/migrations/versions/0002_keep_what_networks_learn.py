"""Keep what networks know better, what came of things, and what their clients needed"""

import sqlalchemy as sa
from alembic import op

from matcher.facts import UtcTime
from matcher.migrations.row_security import hold_to_network

revision = "0002"
down_revision = "0001"

PRIVATE_TABLES = ["correction", "motivation", "need", "occasion", "outcome", "ruling", "wording"]


def upgrade() -> None:
    """Keep what networks know better, what came of things, and what their clients needed."""
    op.create_table(
        "wording",
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("told_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_wording_network_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("network_id", "key", name=op.f("pk_wording")),
    )
    op.create_table(
        "occasion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("journey", sa.String(length=60), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_occasion_network_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_occasion_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occasion")),
    )
    with op.batch_alter_table("occasion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_occasion_journey"), ["journey"], unique=False)
        batch_op.create_index(batch_op.f("ix_occasion_network_id"), ["network_id"], unique=False)

    op.create_table(
        "correction",
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("services", sa.JSON(), nullable=True),
        sa.Column("markets", sa.JSON(), nullable=True),
        sa.Column("tier", sa.Integer(), nullable=True),
        sa.Column("clients_a_year", sa.Double(), nullable=True),
        sa.Column("order_value_cents", sa.Integer(), nullable=True),
        sa.Column("radius_km", sa.Double(), nullable=True),
        sa.Column("place", sa.String(length=100), nullable=False),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("corrected_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_correction_business_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_correction_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("network_id", "business_id", name=op.f("pk_correction")),
    )
    op.create_table(
        "motivation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("wants", sa.String(length=400), nullable=False),
        sa.Column("wanted_markets", sa.JSON(), nullable=False),
        sa.Column("wants_to_grow", sa.Boolean(), nullable=True),
        sa.Column("has_room", sa.Boolean(), nullable=True),
        sa.Column("vouch_share", sa.Double(), nullable=True),
        sa.Column("reputation_share", sa.Double(), nullable=True),
        sa.Column("reward", sa.String(length=16), nullable=False),
        sa.Column("never_money", sa.Boolean(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("edited_at", UtcTime(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_motivation_business_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_motivation_network_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_motivation_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_motivation")),
        sa.UniqueConstraint("network_id", "business_id", name=op.f("uq_motivation_network_id_business_id")),
        sa.UniqueConstraint("network_id", "person_id", name=op.f("uq_motivation_network_id_person_id")),
    )
    with op.batch_alter_table("motivation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_motivation_network_id"), ["network_id"], unique=False)

    op.create_table(
        "need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("occasion_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("wording", sa.String(length=400), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("heard_on", sa.Date(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_need_network_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["occasion_id"], ["occasion.id"], name=op.f("fk_need_occasion_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_need_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need")),
    )
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_need_network_id"), ["network_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_need_occasion_id"), ["occasion_id"], unique=False)

    op.create_table(
        "outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("came_true", sa.Boolean(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_outcome_business_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_outcome_network_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
    )
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.create_index("ix_outcome_business", ["network_id", "business_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_outcome_network_id"), ["network_id"], unique=False)

    op.create_table(
        "ruling",
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("competes", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("given_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_ruling_business_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_ruling_network_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("network_id", "business_id", name=op.f("pk_ruling")),
    )
    op.add_column("business", sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_business_revision", "business", ["network_id", "revision"])
    if op.get_bind().dialect.name == "postgresql":
        for table in PRIVATE_TABLES:
            hold_to_network(table)
