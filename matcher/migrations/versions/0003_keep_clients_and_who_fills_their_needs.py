"""Keep clients, what they need and who fills it"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from matcher.facts import UtcTime
from matcher.migrations.row_security import hold_to_network, unheld

revision = "0003"
down_revision = "0002"

PRIVATE_TABLES = ["application", "client", "open_call", "stage_change", "survey", "vetting"]
NEW_COLUMNS: dict[str, list[sa.Column[Any]]] = {
    "import": [sa.Column("about", sa.String(length=16), nullable=False, server_default="businesses")],
    "need": [
        sa.Column("needed_by_on", sa.Date(), nullable=True),
        sa.Column("tier", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False, server_default=""),
        sa.Column("within_km", sa.Double(), nullable=True),
        sa.Column("value_cents", sa.Integer(), nullable=True),
        sa.Column("business_id", sa.Integer(), nullable=True),
        sa.Column("introduced_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
    ],
    "network": [sa.Column("names_offered", sa.Integer(), nullable=False, server_default="3")],
    "occasion": [sa.Column("complete", sa.Boolean(), nullable=False, server_default=sa.true())],
    "person": [sa.Column("import_id", sa.Integer(), nullable=True)],
    "partnership": [sa.Column("room", sa.Integer(), nullable=True), sa.Column("languages", sa.JSON(), nullable=True)],
}


def upgrade() -> None:
    """Keep clients, what they need and who fills it."""
    op.create_table(
        "open_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=100), nullable=False),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("wording", sa.String(length=2000), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_open_call_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_call")),
    )
    op.create_index(op.f("ix_open_call_network_id"), "open_call", ["network_id"])

    op.create_table(
        "private_link",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=False),
        sa.Column("used_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_private_link_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_private_link")),
    )
    op.create_index(op.f("ix_private_link_network_id"), "private_link", ["network_id"])

    op.create_table(
        "application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("open_call_id", sa.Integer(), nullable=False),
        sa.Column("business", sa.String(length=200), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("website", sa.String(length=300), nullable=False),
        sa.Column("licence", sa.String(length=200), nullable=False),
        sa.Column("insurance", sa.String(length=200), nullable=False),
        sa.Column("references", sa.String(length=2000), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.Column("sent_at", UtcTime(), nullable=False),
        sa.Column("answer", sa.String(length=8), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=True),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_application_business_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_application_network_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["open_call_id"], ["open_call.id"], name=op.f("fk_application_open_call_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
    )
    op.create_index(op.f("ix_application_network_id"), "application", ["network_id"])
    op.create_index(op.f("ix_application_open_call_id"), "application", ["open_call_id"])

    op.create_table(
        "client",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(length=1), nullable=False),
        sa.Column("markets", sa.JSON(), nullable=False),
        sa.Column("place", sa.String(length=100), nullable=False),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("value_cents", sa.Integer(), nullable=True),
        sa.Column("interests", sa.JSON(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_client_network_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_client_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_client")),
    )
    op.create_index(op.f("ix_client_network_id"), "client", ["network_id"])

    op.create_table(
        "stage_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_stage_change_business_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_stage_change_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_change")),
    )
    op.create_index("ix_stage_change_business", "stage_change", ["network_id", "business_id"])
    op.create_index(op.f("ix_stage_change_network_id"), "stage_change", ["network_id"])

    op.create_table(
        "survey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_survey_network_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_survey_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey")),
    )
    op.create_index(op.f("ix_survey_network_id"), "survey", ["network_id"])
    op.create_index(op.f("ix_survey_person_id"), "survey", ["person_id"])

    op.create_table(
        "vetting",
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("valid_until_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_vetting_business_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_vetting_network_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("network_id", "business_id", "kind", name=op.f("pk_vetting")),
    )
    for table, columns in NEW_COLUMNS.items():
        for column in columns:
            op.add_column(table, column)
    op.create_index(op.f("ix_need_person_id"), "need", ["person_id"])
    op.create_index(op.f("ix_person_import_id"), "person", ["import_id"])
    with unheld("partnership"):
        op.execute(
            "INSERT INTO stage_change (network_id, business_id, stage, changed_on) "
            "SELECT network_id, business_id, stage, since_on FROM partnership"
        )
    if op.get_bind().dialect.name == "postgresql":
        for table in PRIVATE_TABLES:
            hold_to_network(table)
