"""PostgreSQL's own wall between networks, the same for every private table."""

from alembic import op


def hold_to_network(table: str, *, shared: bool = False) -> None:
    """Row-level security: a row is seen by its network alone, and the shared directory's (network 1) by all."""
    own = "network_id = NULLIF(current_setting('app.network_id', true), '')::int"
    op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
    op.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
    op.execute(f'CREATE POLICY own ON "{table}" USING ({own}) WITH CHECK ({own})')
    if shared:
        op.execute(f'CREATE POLICY shared ON "{table}" FOR SELECT USING (network_id = 1)')
