"""Know a form that is sent twice"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Know by which form somebody was added; of those before, nobody knows."""
    op.add_column("person", sa.Column("sending", sa.String(48), nullable=True))
    op.create_index("ix_person_sending", "person", ["network_id", "sending"], unique=True)
