"""PostgreSQL's own wall between networks, the same for every private table."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import op


def hold_to_network(table: str, *, shared: bool = False) -> None:
    """Row-level security: a row is seen by its network alone, and the shared directory's (network 1) by all."""
    own = "network_id = NULLIF(current_setting('app.network_id', true), '')::int"
    op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
    op.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
    op.execute(f'CREATE POLICY own ON "{table}" USING ({own}) WITH CHECK ({own})')
    if shared:
        op.execute(f'CREATE POLICY shared ON "{table}" FOR SELECT USING (network_id = 1)')


@contextmanager
def unheld(table: str) -> Iterator[None]:
    """Let a migration read or change the rows of all networks in a table: held to none, it would find not one."""
    held = op.get_bind().dialect.name == "postgresql"
    if held:
        op.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')  # the tables' owner is held no more
    yield
    if held:
        op.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
