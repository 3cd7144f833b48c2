"""What the tests of reading and writing files share."""

from collections.abc import Callable

import pytest
from hypothesis import settings

from matcher.answers.imported import Problem
from matcher.exchange.columns import guess_columns
from matcher.exchange.directory import BusinessRow, read_businesses
from matcher.exchange.tables import Table, read_table

settings.register_profile("no deadline", deadline=None)  # a busy machine is no failure
settings.load_profile("no deadline")

Read = Callable[[bytes | str], tuple[list[BusinessRow], list[Problem]]]


@pytest.fixture
def table_of() -> Callable[[bytes | str], Table]:
    """Reads bytes, or a text as UTF-8, as a table."""
    return lambda content: read_table("list.csv", content.encode() if isinstance(content, str) else content)


@pytest.fixture
def read(table_of: Callable[[bytes | str], Table]) -> Read:
    """Reads a file with the columns as they are guessed: businesses and problems."""

    def run(content: bytes | str) -> tuple[list[BusinessRow], list[Problem]]:
        table = table_of(content)
        guesses = guess_columns(table.header, [row for _, row in table.rows()][:200])
        found = list(read_businesses(table, {guess.position: guess.field for guess in guesses}))
        businesses = [row for row in found if isinstance(row, BusinessRow)]
        problems = [row for row in found if isinstance(row, Problem)]
        assert table.row_count == len(businesses) + sum(problem.keeps_out for problem in problems)
        return businesses, problems

    return run
