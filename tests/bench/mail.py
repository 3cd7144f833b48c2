"""How many hostile names, subjects and texts reach a real mail server, and whether any brings somebody else along."""

from pathlib import Path

from tests.bench.tables import Cell, Report
from tests.exchange.test_eml import tried

TRIES = 10_000
SEED = 5


def measure(_: Path | None = None) -> Report:
    """Hand in as many mails; AssertionError for the first that arrives otherwise than written."""
    went, refused = tried(TRIES, SEED)
    row: dict[str, Cell] = {"tried": TRIES, "sent": went, "refused": refused, "otherwise than written": 0}
    return Report(title="Hostile names, subjects and texts at a real mail server", rows=[row])
