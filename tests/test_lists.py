"""Lists for a spreadsheet: each row as wide as its heading, and a directory that can be brought in again."""

import csv
import io

import pytest

from matcher.answers.imported import Problem
from matcher.exchange.columns import FIELDS, guess_columns
from matcher.exchange.tables import read_table
from matcher.lists.answer_lists import Sheet, directory_rows, problem_rows, seat_rows, suggestion_rows
from matcher.network import Network
from matcher.store import Store
from matcher.taxonomy import taxonomy
from tests.networks import STREET, bring_in, csv_of, id_of, settled_alice, shared_and_owners

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
ODD_NAMES = ("=1+1 Cafe", "+49 Kaffee", "@home Realty", 'Ana "Nan" O\'Neill; Sons, Ltd', "Łódź Café", "-5 Grill")


@pytest.fixture
def alice(store: Store) -> Network:
    """Alice's network, settled in Tucson, with the street in it and one partner."""
    network = settled_alice(store)
    network.set_stage(id_of(network, STREET[0][0]), "agreed")
    return network


def sheets(network: Network) -> dict[str, Sheet]:
    """Every list there is."""
    return {
        "suggestions": suggestion_rows(network.suggestions().suggestions),
        "directory": directory_rows(network.directory().businesses),
        "network": seat_rows(network.picture()),
        "problems": problem_rows(
            [Problem(line=0, field="", sentence="."), Problem(line=2, field="name", sentence=".")], FIELDS
        ),
    }


def test_rows_fit_their_heading(alice: Network) -> None:
    """Every row of every list has a cell for each heading, no heading is there twice, and no list is empty."""
    for name, (heading, rows) in sheets(alice).items():
        listed = list(rows)
        assert listed, name
        assert {len(row) for row in listed} == {len(heading)}, name
        assert len(set(heading)) == len(heading), name


@pytest.mark.parametrize("what", ["suggestions", "directory", "network"])
def test_both_forms_say_the_same(alice: Network, what: str) -> None:
    """A list as CSV and as XLSX has the same heading and as many rows."""
    csv_form, xlsx_form = (
        read_table(f"list.{form}", alice.export(what, form))  # type: ignore[arg-type]
        for form in ("csv", "xlsx")
    )
    assert csv_form.header == xlsx_form.header
    assert csv_form.row_count == xlsx_form.row_count


def test_directory_headings_are_recognised(alice: Network) -> None:
    """An import recognises the columns of an exported directory without being told."""
    table = read_table("directory.csv", alice.export("directory", "csv"))
    found = {g.header: g.field for g in guess_columns(table.header, [row for _, row in table.rows()])}
    wanted = {"Name": "name", "Services": "services", "Category": "category", "City": "city", "Address": "address"}
    assert found | wanted == found
    assert found["Verdict"] == found["Partnership"] == ""


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_directory_comes_back(store: Store, form: str) -> None:
    """A directory exported from one network and brought into another has the same names and services."""
    _, alice, bob = shared_and_owners(store)
    odd = [(name, "Bakery", f"{n} Elm St", "Tucson", "AZ", "85701") for n, name in enumerate(ODD_NAMES)]
    bring_in(alice, csv_of([*STREET, *odd]))
    bring_in(bob, alice.export("directory", form))  # type: ignore[arg-type]
    there, here = (
        {b.name: set(b.services) for b in network.directory(limit=100).businesses} for network in (alice, bob)
    )
    assert here == there


def test_every_service_comes_back(store: Store) -> None:
    """Each service that we know survives the way out and in again by its name."""
    _, alice, bob = shared_and_owners(store)
    services = taxonomy().services
    rows = [(f"Firm {code}", service.name, "Tucson") for code, service in services.items()]
    bring_in(alice, csv_of(rows, heading=("Name", "Services", "City")))
    bring_in(bob, alice.export("directory", "csv"))
    for network in (alice, bob):
        offered = {b.name: set(b.services) for b in network.directory(limit=1000).businesses}
        lost = {code: offered[f"Firm {code}"] for code in services if offered[f"Firm {code}"] != {code}}
        assert lost == {}


def test_problems_by_line(store: Store) -> None:
    """The list of problems names the line, what it is about and whether the row was stored."""
    _, alice, _ = shared_and_owners(store)
    done = bring_in(alice, csv_of([*STREET, ("", "Bakery", "7 Main St", "Tucson", "AZ", "85701")]))
    text = alice.export_problems(done.import_id).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["Line"], row["Stored"]) for row in rows if row["Line"]] == [("8", "no")]
