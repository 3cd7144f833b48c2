"""Keep lists of people and the first six months"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from matcher.facts import UtcTime
from matcher.migrations.row_security import hold_to_network

revision = "0005"
down_revision = "0004"

PRIVATE_TABLES = [
    "coached",
    "column_choice",
    "deal",
    "erasure",
    "jogger_mark",
    "merge",
    "not_same",
    "nudge",
    "programme",
    "programme_invite",
    "programme_kit",
    "roster",
    "roster_member",
    "week",
]
SECOND_RECIPIENT: list[sa.Column[Any]] = [  # of a mail
    sa.Column("also_name", sa.String(length=200), nullable=False, server_default=""),
    sa.Column("also_email", sa.String(length=254), nullable=False, server_default=""),
]
NEW_COLUMNS: list[sa.Column[Any]] = [  # of a person
    sa.Column("added_on", sa.Date(), nullable=True),
    sa.Column("other_emails", sa.JSON(), nullable=False, server_default="[]"),
    sa.Column("other_phones", sa.JSON(), nullable=False, server_default="[]"),
    sa.Column("company", sa.String(length=200), nullable=False, server_default=""),
    sa.Column("position", sa.String(length=200), nullable=False, server_default=""),
    sa.Column("website", sa.String(length=300), nullable=False, server_default=""),
    sa.Column("street", sa.String(length=200), nullable=False, server_default=""),
    sa.Column("city", sa.String(length=100), nullable=False, server_default=""),
    sa.Column("region", sa.String(length=60), nullable=False, server_default=""),
    sa.Column("postcode", sa.String(length=16), nullable=False, server_default=""),
    sa.Column("country", sa.String(length=60), nullable=False, server_default=""),
    sa.Column("offers", sa.JSON(), nullable=False, server_default="[]"),
    sa.Column("serves", sa.JSON(), nullable=False, server_default="[]"),
    sa.Column("standing", sa.String(length=8), nullable=False, server_default=""),
    sa.Column("tagged_on", sa.Date(), nullable=True),
]


def upgrade() -> None:
    """Keep lists of people and the first six months."""
    op.create_table(
        "column_choice",
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=16), nullable=False),
        sa.Column("headings_hash", sa.String(length=64), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("chosen_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_column_choice_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("network_id", "about", "headings_hash", name=op.f("pk_column_choice")),
    )
    op.create_table(
        "coached",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("coach_network_id", sa.Integer(), nullable=False),
        sa.Column("kit_id", sa.Integer(), nullable=False),
        sa.Column("coach", sa.String(length=200), nullable=False),
        sa.Column("known_as", sa.String(length=100), nullable=False),
        sa.Column("signature", sa.String(length=128), nullable=False),
        sa.Column("since_at", UtcTime(), nullable=False),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_coached_network_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coached")),
    )
    op.create_index(op.f("ix_coached_network_id"), "coached", ["network_id"], unique=False)
    op.create_table(
        "erasure",
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("sign_hash", sa.String(length=64), nullable=False),
        sa.Column("erased_on", sa.Date(), nullable=False),
        sa.Column("together", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_erasure_network_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("network_id", "sign_hash", name=op.f("pk_erasure")),
    )
    op.create_table(
        "jogger_mark",
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_jogger_mark_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("network_id", "code", name=op.f("pk_jogger_mark")),
    )
    op.create_table(
        "nudge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=400), nullable=False),
        sa.Column("sent_at", UtcTime(), nullable=False),
        sa.Column("read_at", UtcTime(), nullable=True),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_nudge_network_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nudge")),
    )
    op.create_index(op.f("ix_nudge_network_id"), "nudge", ["network_id"], unique=False)
    op.create_table(
        "programme",
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("goal", sa.Integer(), nullable=False),
        sa.Column("selling_from_on", sa.Date(), nullable=True),
        sa.Column("kit", sa.JSON(), nullable=False),
        sa.Column("kit_hash", sa.String(length=64), nullable=False),
        sa.Column("taken_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_programme_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("network_id", name=op.f("pk_programme")),
    )
    op.create_table(
        "programme_kit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("edited_at", UtcTime(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_programme_kit_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_kit")),
    )
    op.create_index(op.f("ix_programme_kit_network_id"), "programme_kit", ["network_id"], unique=False)
    op.create_table(
        "programme_invite",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kit_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("whom", sa.String(length=100), nullable=False),
        sa.Column("invited_on", sa.Date(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kit_id"], ["programme_kit.id"], name=op.f("fk_programme_invite_kit_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_programme_invite_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_invite")),
    )
    op.create_index(op.f("ix_programme_invite_kit_id"), "programme_invite", ["kit_id"], unique=False)
    op.create_index(op.f("ix_programme_invite_network_id"), "programme_invite", ["network_id"], unique=False)
    op.create_table(
        "roster",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=False),
        sa.Column("readings", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_roster_network_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster")),
        sa.UniqueConstraint("network_id", "name", name=op.f("uq_roster_network_id_name")),
    )
    op.create_index(op.f("ix_roster_network_id"), "roster", ["network_id"], unique=False)
    op.create_table(
        "week",
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kept_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_week_network_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("network_id", "number", name=op.f("pk_week")),
    )
    op.create_table(
        "merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("merged_at", UtcTime(), nullable=False),
        sa.Column("undone_at", UtcTime(), nullable=True),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["kept_id"], ["person.id"], name=op.f("fk_merge_kept_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_merge_network_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge")),
    )
    op.create_index(op.f("ix_merge_kept_id"), "merge", ["kept_id"], unique=False)
    op.create_index(op.f("ix_merge_network_id"), "merge", ["network_id"], unique=False)
    op.create_table(
        "not_same",
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_not_same_network_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["one_id"], ["person.id"], name=op.f("fk_not_same_one_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other_id"], ["person.id"], name=op.f("fk_not_same_other_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("one_id", "other_id", name=op.f("pk_not_same")),
    )
    op.create_index(op.f("ix_not_same_network_id"), "not_same", ["network_id"], unique=False)
    op.create_table(
        "roster_member",
        sa.Column("roster_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("business", sa.String(length=200), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("category", sa.String(length=200), nullable=False),
        sa.Column("website", sa.String(length=300), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("gone_on", sa.Date(), nullable=True),
        sa.Column("seen_in", sa.Integer(), nullable=False),
        sa.Column("gone_in", sa.Integer(), nullable=True),
        sa.Column("changed_in", sa.Integer(), nullable=True),
        sa.Column("changed", sa.String(length=400), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_roster_member_network_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["roster_id"], ["roster.id"], name=op.f("fk_roster_member_roster_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("roster_id", "key", name=op.f("pk_roster_member")),
    )
    op.create_index(op.f("ix_roster_member_network_id"), "roster_member", ["network_id"], unique=False)
    op.create_table(
        "deal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=400), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["business_id"], ["business.id"], name=op.f("fk_deal_business_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_deal_network_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal")),
    )
    op.create_index(op.f("ix_deal_business_id"), "deal", ["business_id"], unique=False)
    op.create_index(op.f("ix_deal_network_id"), "deal", ["network_id"], unique=False)
    for column in NEW_COLUMNS:
        op.add_column("person", column)
    for column in SECOND_RECIPIENT:
        op.add_column("mail", column)
    if op.get_bind().dialect.name == "postgresql":
        for table in PRIVATE_TABLES:
            hold_to_network(table)
