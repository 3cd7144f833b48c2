"""Count the tries of a mail anew when it is sent again"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Count the tries of a mail anew when it is sent again; what is in the outbox now goes on where it is."""
    op.add_column("mail", sa.Column("tried_before", sa.Integer(), nullable=False, server_default="0"))
