"""Keep which limits an owner set themselves"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

LIMITS = ("names_offered", "open_introductions")


def upgrade() -> None:
    """Keep which limits an owner set themselves; whoever had the usual three is taken to have set nothing."""
    with op.batch_alter_table("network", schema=None) as batch_op:
        for name in LIMITS:
            batch_op.alter_column(name, existing_type=sa.Integer(), nullable=True, server_default=None)
    for name in LIMITS:
        column: sa.ColumnClause[int] = sa.column(name)
        op.execute(sa.table("network", column).update().where(column == 3).values({name: None}))
