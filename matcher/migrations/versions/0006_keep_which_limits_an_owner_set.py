"""Keep which limits an owner set themselves"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

LIMITS = ("names_offered", "open_introductions")
USUAL = 3  # which every network had until its owner said otherwise


def upgrade() -> None:
    """Keep which limits an owner set themselves; whoever had the usual three is taken to have set nothing.

    Column by column: SQLite could only make a column nullable by copying the whole table, and whatever belongs to a
    network goes with its row.
    """
    for name in LIMITS:
        op.add_column("network", sa.Column(f"own_{name}", sa.Integer(), nullable=True))
        before, own = sa.column(name, sa.Integer()), sa.column(f"own_{name}", sa.Integer())
        network = sa.table("network", before, own)
        op.execute(network.update().where(before != USUAL).values({own: before}))
        op.drop_column("network", name)
        op.execute(f"ALTER TABLE network RENAME COLUMN own_{name} TO {name}")
