"""What the tests of reading and writing files share."""

from collections.abc import Callable

import pytest

from matcher.answers.connected import NewContact
from matcher.answers.imported import Problem
from matcher.exchange.columns import guess_columns
from matcher.exchange.contact_columns import CONTACTS
from matcher.exchange.contact_rows import ContactRow, read_contacts
from matcher.exchange.directory import BusinessRow, read_businesses
from matcher.exchange.tables import Table, read_table

ReadPeople = Callable[[bytes], tuple[list[NewContact], list[Problem]]]
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


@pytest.fixture
def read_people() -> ReadPeople:
    """Reads a file of contacts with the columns as they are guessed, knowing nobody but “Rosa Known”."""

    def run(content: bytes) -> tuple[list[NewContact], list[Problem]]:
        table = read_table("contacts", content, CONTACTS.headings)
        guesses = guess_columns(table.header, [row for _, row in table.rows()][:200], CONTACTS)
        columns = {guess.position: guess.field for guess in guesses}
        found = list(read_contacts(table, columns, lambda name: int(name == "Rosa Known")))
        people = [row.new for row in found if isinstance(row, ContactRow)]
        problems = [row for row in found if isinstance(row, Problem)]
        assert table.row_count == len(people) + sum(problem.keeps_out for problem in problems)
        return people, problems

    return run
