"""Keep introductions, referrals, the agenda and mail"""

import sqlalchemy as sa
from alembic import op

from matcher.facts import UtcTime
from matcher.migrations.row_security import hold_to_network

revision = "0004"
down_revision = "0003"

PRIVATE_TABLES = [
    "ask",
    "care",
    "gift",
    "introduction",
    "mail",
    "moment",
    "plan_step",
    "rating",
    "referral",
    "report",
    "sale",
    "sender",
    "suppression",
    "task_mark",
    "tie",
    "touch",
]


def upgrade() -> None:
    """Keep introductions, referrals, the agenda and mail."""
    op.add_column("network", sa.Column("open_introductions", sa.Integer(), nullable=False, server_default="3"))
    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("script", sa.String(length=40), nullable=False),
        sa.Column("to_name", sa.String(length=200), nullable=False),
        sa.Column("to_email", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=400), nullable=False),
        sa.Column("body", sa.String(length=20000), nullable=False),
        sa.Column("promotes", sa.Boolean(), nullable=False),
        sa.Column("approved_at", UtcTime(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", UtcTime(), nullable=False),
        sa.Column("leased_until", UtcTime(), nullable=True),
        sa.Column("sent_at", UtcTime(), nullable=True),
        sa.Column("said", sa.String(length=400), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_mail_network_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("network_id", "key", name=op.f("uq_mail_network_id_key")),
    )
    op.create_index(op.f("ix_mail_network_id"), "mail", ["network_id"], unique=False)
    op.create_table(
        "sender",
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("postal_address", sa.String(length=400), nullable=False),
        sa.Column("host", sa.String(length=253), nullable=False),
        sa.Column("port", sa.Integer(), nullable=False),
        sa.Column("security", sa.String(length=8), nullable=False),
        sa.Column("username", sa.String(length=254), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=True),
        sa.Column("edited_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_sender_network_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("network_id", name=op.f("pk_sender")),
    )
    op.create_table(
        "suppression",
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("because", sa.String(length=16), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_suppression_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("network_id", "address_hash", name=op.f("pk_suppression")),
    )
    op.create_table(
        "task_mark",
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_task_mark_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("network_id", "key", name=op.f("pk_task_mark")),
    )
    op.create_table(
        "sale",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("meeting_on", sa.Date(), nullable=True),
        sa.Column("results_on", sa.Date(), nullable=True),
        sa.Column("promised", sa.Integer(), nullable=False),
        sa.Column("value_cents", sa.Integer(), nullable=True),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_sale_network_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sale_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sale")),
    )
    op.create_index(op.f("ix_sale_network_id"), "sale", ["network_id"], unique=False)
    op.create_index(op.f("ix_sale_person_id"), "sale", ["person_id"], unique=False)
    op.create_table(
        "care",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("rhythm_days", sa.Integer(), nullable=True),
        sa.Column("refers", sa.Boolean(), nullable=True),
        sa.Column("why_not", sa.String(length=16), nullable=False),
        sa.Column("thank_publicly", sa.Boolean(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("post_to", sa.String(length=400), nullable=False),
        sa.Column("asked_count", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["business_id"], ["business.id"], name=op.f("fk_care_business_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_care_network_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_care_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care")),
        sa.UniqueConstraint("network_id", "business_id", name=op.f("uq_care_network_id_business_id")),
        sa.UniqueConstraint("network_id", "person_id", name=op.f("uq_care_network_id_person_id")),
    )
    op.create_index(op.f("ix_care_network_id"), "care", ["network_id"], unique=False)
    op.create_table(
        "moment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("wording", sa.String(length=400), nullable=False),
        sa.Column("noticed_on", sa.Date(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_moment_business_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_moment_network_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_moment_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moment")),
    )
    op.create_index(op.f("ix_moment_network_id"), "moment", ["network_id"], unique=False)
    op.create_table(
        "plan_step",
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_plan_step_business_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_plan_step_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("network_id", "business_id", "code", name=op.f("pk_plan_step")),
    )
    op.create_table(
        "tie",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("from_business_id", sa.Integer(), nullable=True),
        sa.Column("from_person_id", sa.Integer(), nullable=True),
        sa.Column("to_business_id", sa.Integer(), nullable=True),
        sa.Column("to_person_id", sa.Integer(), nullable=True),
        sa.Column("years", sa.Double(), nullable=True),
        sa.Column("contacts_a_year", sa.Double(), nullable=True),
        sa.Column("worked_together", sa.Boolean(), nullable=True),
        sa.Column("would_vouch", sa.Boolean(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_business_id"], ["business.id"], name=op.f("fk_tie_from_business_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["from_person_id"], ["person.id"], name=op.f("fk_tie_from_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_tie_network_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["to_business_id"], ["business.id"], name=op.f("fk_tie_to_business_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["to_person_id"], ["person.id"], name=op.f("fk_tie_to_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tie")),
    )
    op.create_index(op.f("ix_tie_network_id"), "tie", ["network_id"], unique=False)
    op.create_table(
        "touch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("touched_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_touch_business_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_touch_network_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_touch_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_touch")),
    )
    op.create_index(op.f("ix_touch_network_id"), "touch", ["network_id"], unique=False)
    op.create_table(
        "introduction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("for_us", sa.Boolean(), nullable=False),
        sa.Column("first_business_id", sa.Integer(), nullable=True),
        sa.Column("first_person_id", sa.Integer(), nullable=True),
        sa.Column("target_business_id", sa.Integer(), nullable=True),
        sa.Column("target_person_id", sa.Integer(), nullable=True),
        sa.Column("need_id", sa.Integer(), nullable=True),
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("first_reason", sa.String(length=500), nullable=False),
        sa.Column("target_reason", sa.String(length=500), nullable=False),
        sa.Column("drafted_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("connected_on", sa.Date(), nullable=True),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("result", sa.String(length=16), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["first_business_id"], ["business.id"], name=op.f("fk_introduction_first_business_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["first_person_id"], ["person.id"], name=op.f("fk_introduction_first_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_introduction_need_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_introduction_network_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["target_business_id"], ["business.id"], name=op.f("fk_introduction_target_business_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["target_person_id"], ["person.id"], name=op.f("fk_introduction_target_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introduction")),
    )
    op.create_index(op.f("ix_introduction_need_id"), "introduction", ["need_id"], unique=False)
    op.create_index(op.f("ix_introduction_network_id"), "introduction", ["network_id"], unique=False)
    op.create_table(
        "ask",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("wording", sa.String(length=4000), nullable=False),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(length=8), nullable=False),
        sa.Column("answered_at", UtcTime(), nullable=True),
        sa.Column("by_link", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(length=400), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_ask_introduction_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_ask_network_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask")),
        sa.UniqueConstraint(
            "network_id", "introduction_id", "role", name=op.f("uq_ask_network_id_introduction_id_role")
        ),
    )
    op.create_index(op.f("ix_ask_introduction_id"), "ask", ["introduction_id"], unique=False)
    op.create_index(op.f("ix_ask_network_id"), "ask", ["network_id"], unique=False)
    op.create_table(
        "referral",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("prospect", sa.String(length=200), nullable=False),
        sa.Column("prospect_person_id", sa.Integer(), nullable=True),
        sa.Column("introduction_id", sa.Integer(), nullable=True),
        sa.Column("sale_id", sa.Integer(), nullable=True),
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("referred_on", sa.Date(), nullable=False),
        sa.Column("result", sa.String(length=16), nullable=False),
        sa.Column("value_cents", sa.Integer(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("because", sa.String(length=400), nullable=False),
        sa.Column("asked_how", sa.String(length=16), nullable=False),
        sa.Column("thanked_on", sa.Date(), nullable=True),
        sa.Column("thanked_again_on", sa.Date(), nullable=True),
        sa.Column("thanked_publicly_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_referral_business_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_referral_introduction_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["sale_id"], ["sale.id"], name=op.f("fk_referral_sale_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_referral_network_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_referral_person_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["prospect_person_id"], ["person.id"], name=op.f("fk_referral_prospect_person_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    op.create_index(op.f("ix_referral_introduction_id"), "referral", ["introduction_id"], unique=False)
    op.create_index(op.f("ix_referral_network_id"), "referral", ["network_id"], unique=False)
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("value_cents", sa.Integer(), nullable=True),
        sa.Column("stars", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=400), nullable=False),
        sa.Column("answered_at", UtcTime(), nullable=True),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_report_introduction_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_report_network_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    op.create_index(op.f("ix_report_introduction_id"), "report", ["introduction_id"], unique=False)
    op.create_index(op.f("ix_report_network_id"), "report", ["network_id"], unique=False)
    op.create_table(
        "gift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("referral_id", sa.Integer(), nullable=True),
        sa.Column("reward", sa.String(length=16), nullable=False),
        sa.Column("value_cents", sa.Integer(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["business_id"], ["business.id"], name=op.f("fk_gift_business_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_gift_network_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_gift_person_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_gift_referral_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gift")),
    )
    op.create_index(op.f("ix_gift_network_id"), "gift", ["network_id"], unique=False)
    op.create_table(
        "rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("report_id", sa.Integer(), nullable=True),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=400), nullable=False),
        sa.Column("rated_on", sa.Date(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_rating_business_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_rating_network_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_rating_person_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_rating_report_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
    )
    op.create_index(op.f("ix_rating_business_id"), "rating", ["business_id"], unique=False)
    op.create_index(op.f("ix_rating_network_id"), "rating", ["network_id"], unique=False)

    if op.get_bind().dialect.name == "postgresql":
        for table in PRIVATE_TABLES:
            hold_to_network(table)
