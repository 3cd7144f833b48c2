"""Keep which promise an introduction keeps"""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Keep which promise an introduction keeps; those of before go on counting for the oldest that was open.

    In SQL, as SQLite adds a column that leads to another table only in one go.
    """
    op.execute("ALTER TABLE referral ADD COLUMN sale_id INTEGER REFERENCES sale (id) ON DELETE SET NULL")
