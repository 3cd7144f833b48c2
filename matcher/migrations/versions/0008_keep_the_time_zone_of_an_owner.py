"""Keep the time zone of an owner"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Keep the time zone of an owner; nobody has told it yet, and days stay those of UTC until they do."""
    op.add_column("network", sa.Column("zone", sa.String(64), nullable=True))
