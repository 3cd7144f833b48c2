"""A list of clients as clients."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from matcher.answers.imported import Problem
from matcher.answers.told import NewClient
from matcher.exchange.client_cells import cents_of, day_of
from matcher.exchange.client_columns import CLIENT_FIELDS, CLIENTS
from matcher.exchange.client_rows import ClientRow, read_clients
from matcher.exchange.columns import guess_columns
from matcher.exchange.headings import field_of
from matcher.exchange.tables import read_table
from matcher.knowledge.places import find_place
from matcher.taxonomy import read_rows

Notes = list[tuple[str, str]]
Said = tuple[list[ClientRow], list[Problem]]
Read = Callable[..., Said]


@pytest.fixture
def read() -> Read:
    """Reads a list with the columns as they are guessed: clients and problems."""

    def run(text: str, corrections: Mapping[str, str] | None = None) -> Said:
        table = read_table("clients.csv", text.encode(), CLIENTS.headings)
        guesses = guess_columns(table.header, [row for _, row in table.rows()][:200], CLIENTS)
        fields = {guess.position: guess.field for guess in guesses}
        found = list(read_clients(table, fields, corrections or {}, find_place))
        clients = [row for row in found if isinstance(row, ClientRow)]
        problems = [row for row in found if isinstance(row, Problem)]
        assert table.row_count == len(clients) + sum(problem.keeps_out for problem in problems)
        return clients, problems

    return run


def _one(said: Said) -> NewClient:
    (client,), _ = said
    return client.new


def test_every_heading_belongs_to_a_field_and_to_one_only() -> None:
    """The list of headings and the list of fields agree."""
    rows = read_rows(CLIENTS.headings)
    assert {row["field"] for row in rows} == set(CLIENT_FIELDS)
    assert len({row["text"] for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Client", "name"),
        ("Kundenname", "name"),
        ("FirstName", "first_name"),
        ("Apellidos", "last_name"),
        ("E-mail", "email"),
        ("Home Phone", "phone"),
        ("City and State", "place"),
        ("What they need", "need"),
        ("Needed by", "needed_by"),
        ("Life event", "journey"),
        ("Wedding date", "since"),
        ("Remarks", "note"),
        ("Annual premium", "value"),
        ("Shoe size", ""),
    ],
)
def test_headings_of_address_books_are_known(heading: str, field: str) -> None:
    """What address books and spreadsheets call a column is understood, whatever its capitals."""
    assert field_of(heading, CLIENTS.headings)[0] == field


def test_a_whole_line(read: Read) -> None:
    """All that a line says of a client is kept where it belongs."""
    new = _one(
        read(
            "Client,E-mail,Phone,Place,Grade,Kind of client,Worth a year,Note,Need,Needed by,Going through,Since\n"
            'Joe and Ana,joe@example.com,520-555-0143,"Tucson, AZ",a,First-time home buyers,"$1,200",Met at the fair,'
            "roof leaks; moving company,6/30/2027,Buying a first home,2027-03-01\n"
        )
    )
    told = new.told
    assert (told.name, told.grade, told.email, told.phone) == ("Joe and Ana", "A", "joe@example.com", "520-555-0143")
    assert told.place is not None
    assert (told.place.name, told.markets, told.value_cents) == ("Tucson, AZ", ("first_home_buyers",), 120_000)
    assert told.note == "Met at the fair"
    assert [(need.service, need.wording) for need in new.needs] == [
        ("roofer", "roof leaks"),
        ("moving_company", "moving company"),
    ]
    assert {need.needed_by for need in new.needs} == {date(2027, 6, 30)}
    assert (new.journey, new.since) == ("first_home", date(2027, 3, 1))


@pytest.mark.parametrize(
    ("columns", "line", "place"),
    [
        ("City,State,ZIP", "Tucson,AZ,85701", "Tucson, AZ"),
        ("City,State", "Phoenix,Arizona", "Phoenix, AZ"),
        ("ZIP", "85701", "Tucson, AZ"),
        ("Address", '"12 Main St, Tucson, AZ 85701"', "Tucson, AZ"),
    ],
)
def test_a_place_in_any_form(read: Read, columns: str, line: str, place: str) -> None:
    """A place is found by ZIP code, by town and state, or within an address."""
    found = _one(read(f"Name,{columns}\nZoe,{line}\n")).told.place
    assert found is not None
    assert found.name == place


def test_first_and_last_name_are_one(read: Read) -> None:
    """A person has the name of both columns; the firm beside it stands in the note."""
    told = _one(read("First name,Last name,Company\nMaría,Gómez,Acme Tools\n")).told
    assert (told.name, told.note) == ("María Gómez", "Acme Tools")


def test_what_cannot_be_used_is_noted_and_stands_in_the_note(read: Read) -> None:
    """No word of a line is lost: what no column of ours can hold is in the client's note, with a sentence by line."""
    clients, problems = read(
        "Name,E-mail,Place,Grade,Type,Worth,Need,Needed by,Event,Date\n"
        "Jo,jo@example.com,Tucson,A,renters,1200,roofer,2027-01-02,Buying a first home,2027-01-02\n"
        "Al,al@example.com,Tucson,B,renters,1200,roofer,2027-01-02,Buying a first home,2027-01-02\n"
        "Bo,bo@nowhere,Xanadu,AA,Martians,lots,zymurgical zeppelin,soon,learning to fly,2027-01-02\n"
    )
    bo = clients[2].new
    assert bo.told.note.splitlines() == [
        "Needed by: soon",
        "Going through: learning to fly",
        "Since: 2027-01-02",
        "Grade: AA",
        "Kind of client: Martians",
        "Place: Xanadu",
        "Worth a year: lots",
        "E-mail: bo@nowhere",
    ]
    assert [(need.service, need.wording) for need in bo.needs] == [("", "zymurgical zeppelin")]
    fields = {problem.field for problem in problems if problem.line == 4}
    assert fields == {"needed_by", "need", "journey", "since", "grade", "place", "value", "email"}
    assert [problem.sentence for problem in problems if problem.line == 0] == [
        "We know no kind of client for “Martians” (1 row)."
    ]


def test_the_same_client_twice_is_one_with_all_needs(read: Read) -> None:
    """One need a line is a usual form: the client is stored once, with every need."""
    clients, problems = read("Name,Email,Need\nJoe,j@example.com,roofer\nJOE,J@example.com,painter\nJoe,,roofer\n")
    assert [[need.service for need in client.new.needs] for client in clients] == [["roofer", "painter"], ["roofer"]]
    (same,) = problems
    assert (same.line, same.keeps_out) == (3, True)
    assert "with the needs of both lines" in same.sentence


@pytest.mark.parametrize("name", ["", " ", "—", "…"])
def test_a_line_without_a_name_stays_out(read: Read, name: str) -> None:
    """Nobody is stored without a name, and the line says so."""
    clients, problems = read(f"Name,Need\nJoe,roofer\n{name},roofer\n")
    assert [client.new.told.name for client in clients] == ["Joe"]
    assert [problem.sentence for problem in problems if problem.keeps_out] == ["This line has no name of a client."]


def test_an_owners_own_word_goes_first(read: Read) -> None:
    """Words that the owner has explained once mean that in a file as well."""
    text = "Name,Need\nJoe,the usual thing\n"
    assert _one(read(text)).needs[0].service == ""
    assert _one(read(text, {"usual thing": "roofer"})).needs[0].service == "roofer"


def test_long_and_odd_texts_are_kept_as_far_as_they_fit(read: Read) -> None:
    """A need of 10,000 characters, pictures and line breaks are read like any other; what is cut is noted."""
    clients, problems = read(f'Name,Need,Note\n🙂 Zoë,{"roof " * 2_000},"a\r\nb"\nJoe,🎉,{"x" * 3_000}\n')
    zoe, joe = (client.new for client in clients)
    assert (zoe.told.name, zoe.told.note, len(zoe.needs[0].wording) <= 400) == ("🙂 Zoë", "a b", True)
    assert (joe.needs[0].wording, joe.needs[0].service, len(joe.told.note) <= 2_000) == ("🎉", "", True)
    assert {"was cut at" in problem.sentence for problem in problems if problem.field == "note"} == {True}


@pytest.mark.parametrize(
    ("cell", "cents"),
    [
        ("1200", 120_000),
        ("$1,200", 120_000),
        ("1.200,50 €", 120_050),
        ("1,200.50 USD", 120_050),
        ("1 200", 120_000),
        ("1.2k", 120_000),
        ("12,5", 1_250),
        ("1'200", 120_000),
        ("1,200,000", 120_000_000),
        ("", None),
        ("lots", None),
        ("-5", None),
        ("99999999999", None),
    ],
)
def test_amounts_of_money(cell: str, cents: int | None) -> None:
    """Amounts are read as people write them on either side of the ocean; what cannot be kept is noted."""
    notes: Notes = []
    assert cents_of(cell, lambda field, sentence: notes.append((field, sentence))) == cents
    assert bool(notes) == (cents is None and cell != "")


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-06-30", date(2026, 6, 30)),
        ("2026-06-30 00:00:00", date(2026, 6, 30)),
        ("6/30/2026", date(2026, 6, 30)),
        ("30/6/26", date(2026, 6, 30)),
        ("30.6.2026", date(2026, 6, 30)),
        ("June 30, 2026", date(2026, 6, 30)),
        ("30 Jun 2026", date(2026, 6, 30)),
        ("30th June 2026", date(2026, 6, 30)),
        ("June 2026", date(2026, 6, 1)),
        ("", None),
        ("soon", None),
        ("2026-02-30", None),
        ("31/31/2026", None),
    ],
)
def test_days(cell: str, day: date | None) -> None:
    """Days are read as people write them, the month first where it could be either; what is no day is noted."""
    notes: Notes = []
    assert day_of("since", cell, lambda field, sentence: notes.append((field, sentence))) == day
    assert bool(notes) == (day is None and cell != "")
