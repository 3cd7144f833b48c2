"""The command: what it prints, how it ends, what it says when something is wrong."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from matcher.answers.partners import RADIUS_KM, Home
from matcher.exchange.tables import read_table
from matcher.knowledge.places import find_place
from matcher.network import Network, open_network
from matcher.store import Store
from matcher.taxonomy import taxonomy
from tests.commands import Terminal
from tests.networks import INSPECTIONS, LOANS, MOVERS, REALTY, STREET, bring_in, csv_of, id_of
from tests.store.test_health import damage

BROKER = ("--sells", "mortgage broker", "--to", "first-time home buyers", "--near", "Tucson, AZ")
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def terminal(database: str, tmp_path: Path) -> Terminal:
    """A terminal with an empty database, and the street in a file beside it."""
    (tmp_path / "street.csv").write_bytes(csv_of(STREET))
    return Terminal(tmp_path, database)


@pytest.fixture
def town(terminal: Terminal) -> Iterator[Network]:
    """The shared directory at this terminal, with the street in it."""
    network = open_network(terminal.database)
    bring_in(network, csv_of(STREET))
    yield network
    network.close()


def test_import_prints_what_became_of_the_rows(terminal: Terminal) -> None:
    """An import says as JSON how many rows were read, stored, known already and kept out; twice adds nothing."""
    first = json.loads(terminal.ok("import", "street.csv", "--yes", "--json"))
    again = json.loads(terminal.ok("import", "street.csv", "--yes", "--json"))
    wanted = ("rows", "stored", "same", "problems")
    assert [first[name] for name in wanted] == [6, 6, 0, 0]
    assert [again[name] for name in wanted] == [6, 0, 6, 0]


def test_suggest_as_json_is_the_answer(terminal: Terminal, town: Network) -> None:
    """What `suggest --json` prints is the answer of the network, field by field."""
    place = find_place("Tucson, AZ")
    assert place is not None
    home = Home(
        services={"mortgage_broker": 1.0},
        markets=("first_home_buyers",),
        place=place.name,
        lat=place.lat,
        lon=place.lon,
    )
    told = asdict(town.suggestions(home=home))
    printed = json.loads(terminal.ok("suggest", *BROKER, "--json"))
    assert printed == json.loads(json.dumps(told))
    assert {s["name"] for s in printed["suggestions"]} == {REALTY, INSPECTIONS, MOVERS}


@on_sqlite
def test_suggest_in_words(terminal: Terminal, town: Network) -> None:
    """Suggestions are printed with their reasons and with what became of the others."""
    said = terminal.ok("suggest", *BROKER)
    assert f"1. {REALTY}" in said
    assert "of your clients will need" in said
    assert "left out: 1 competitors" in said


@on_sqlite
def test_why_in_words_and_as_json(terminal: Terminal, town: Network) -> None:
    """Why not a competitor is said in a sentence, and the same as JSON."""
    number = id_of(town, LOANS)
    found = json.loads(terminal.ok("why", number, *BROKER, "--json"))
    assert (found["name"], found["standing"]) == (LOANS, "competitor")
    assert found["sentence"].split()[0] in terminal.ok("why", number, *BROKER)


@on_sqlite
def test_suggest_says_what_is_in_it_for_each_side(terminal: Terminal, town: Network) -> None:
    """Each suggestion names referrals a year, their worth and the chance of a yes for both sides."""
    said = terminal.ok("suggest", *BROKER, "--limit", "1")
    for whom in ("you", "them"):
        assert re.search(rf"For {whom}: \d+\.\d referrals a year, worth \$[\d,]+; chance of a yes \d+%\.", said)


@on_sqlite
def test_motivation_is_told_and_shown(terminal: Terminal, town: Network) -> None:
    """What is told of a business is added to what was told before, shown in words, and refused if it cannot be."""
    number = id_of(town, REALTY)
    terminal.ok("motivation", number, "--grow", "--vouch", 3, "--meet", "first-time home buyers", "--thank", "card")
    said = terminal.ok("motivation", number, "--never-money", "--thank", "money")
    for line in (
        "wants to grow: yes",
        "vouch share: 0.75",
        "wanted markets: First-time home buyers",
        "reward: not known",
    ):
        assert line in said
    assert town.motivation(number).never_money
    terminal.ok("motivation", number, "--money-again", "--thank", "money")
    assert (town.motivation(number).reward, town.motivation(number).never_money) == ("money", False)
    refused = terminal.run("motivation", number, "--asked-on", "soon")
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "year-month-day" in refused.stderr


@on_sqlite
def test_one_sided_in_words(terminal: Terminal, town: Network) -> None:
    """Who helps one side only is listed with what would change it."""
    said = terminal.ok("one-sided", "--sells", "dj_band", "--near", "Tucson, AZ")
    assert "of their clients are" in said
    assert said.rstrip().endswith("in all.")


@on_sqlite
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_export(terminal: Terminal, town: Network, form: str) -> None:
    """A list is written to the file that was named, in the form of its ending."""
    said = json.loads(terminal.ok("export", "directory", "--to-file", f"out.{form}", "--json"))
    content = (terminal.folder / f"out.{form}").read_bytes()
    assert said == {"file": f"out.{form}", "bytes": len(content)}
    table = read_table(f"out.{form}", content)
    assert sorted(row[0] for _, row in table.rows()) == sorted(row[0] for row in STREET)


@on_sqlite
def test_import_asks_first(terminal: Terminal) -> None:
    """Without --yes an import shows what it understood and stores nothing before it is told to."""
    (terminal.folder / "odd.csv").write_bytes(csv_of([("Ana [/b] [red]", "x")], heading=("Name", "[/bold]")))
    done = terminal.run("import", "odd.csv", typed="n\n")
    assert done.returncode == 0
    assert "Nothing was stored." in done.stdout
    assert "[/bold]" in done.stdout
    assert "Traceback" not in done.stderr
    network = open_network(terminal.database)
    assert network.directory().total == 0
    assert terminal.run("import", "odd.csv", typed="y\n").returncode == 0
    assert network.directory().total == 1
    network.close()


def test_understand_in_words_and_as_json(terminal: Terminal, town: Network) -> None:
    """What words mean is said in a sentence with the services, or as the answer of the network."""
    said = terminal.ok("understand", "my roof is leaking")
    assert said.splitlines()[0] == "This calls for: Roofing contractor."
    assert json.loads(terminal.ok("understand", "lawyer", "--json")) == json.loads(
        json.dumps(asdict(town.understand("lawyer")))
    )
    assert terminal.run("understand", "🙂").stderr.startswith("switchboard: There is no word in this")


def test_check(terminal: Terminal) -> None:
    """A sound installation ends with 0, and says so as JSON too."""
    assert "FAIL" not in terminal.ok("check")
    assert all(one["passed"] for one in json.loads(terminal.ok("check", "--json")))


@on_sqlite
def test_check_of_a_damaged_file(terminal: Terminal, store: Store) -> None:
    """A damaged database ends with 1 and says what to do."""
    damage(store, times=1)
    done = terminal.run("check")
    assert done.returncode == 1, done.stderr
    assert "Restore the last backup." in done.stdout


@pytest.fixture
def wrong_files(terminal: Terminal) -> Terminal:
    """A terminal in a folder with files that are no lists."""
    (terminal.folder / "empty.csv").write_bytes(b"")
    (terminal.folder / "binary.csv").write_bytes(bytes(range(256)) * 40)
    (terminal.folder / "headings.csv").write_bytes(b"Name,City\n")
    (terminal.folder / "a_folder").mkdir()
    return terminal


@on_sqlite
@pytest.mark.parametrize(
    ("words", "about"),
    [
        (("suggest", "--sells", "zymurgical zeppelins"), "not a service we know"),
        (("suggest", "--sells", "plumber", "--to", "zymurgists"), "not a market we know"),
        (("suggest", "--sells", "plumber", "--near", "Zymurgia"), "not a place we know"),
        (("suggest", "--sells", "plumber", "--group", "zymurgy"), "not a group of services"),
        (("suggest",), "what you sell, to whom and where"),
        (("suggest", "--sells", "plumber", "--limit", "0"), "--limit"),
        (("suggest", "--sells", "plumber", "--radius-km", "-1"), "--radius-km"),
        (("why", "999", "--sells", "plumber"), "no such business"),
        (("why", str(2**70), "--sells", "plumber"), "nothing with this number"),
        (("why", "first", "--sells", "plumber"), "not a valid integer"),
        (("check", "--network", "999"), "no such network"),
        (("check", "--network", str(2**70)), "nothing with this number"),
        (("check", "--database", "nonsense"), "must be a URL"),
        (("check", "--database", "mysql://here/db"), "must be SQLite"),
        (("check", "--database", "sqlite:///x.db?mode=ro"), "leave out"),
        (("check", "--database", "sqlite:////no/such/folder/x.db"), "cannot be opened"),
        (("check", "--database", "sqlite:///a_folder"), "cannot be opened"),
        (("check", "--database", "sqlite:///binary.csv"), "cannot be opened"),
        (("check", "--database", "postgresql://nobody@127.0.0.1:1/none"), "cannot be opened"),
        (("import", "--yes", "a_folder"), "is a directory"),
        (("import", "--yes", "missing.csv"), "does not exist"),
        (("import", "--yes", "empty.csv"), "This file is empty."),
        (("import", "--yes", "binary.csv"), "not a list"),
        (("import", "--yes", "headings.csv"), "no rows below it"),
        (("import", "--yes", "/proc/self/mem"), "cannot be used|The system says"),
        (("export", "directory", "--to-file", "no/such/folder/out.csv"), "No such file or directory"),
        (("export", "directory", "--to-file", "out.doc"), "must end in .csv or .xlsx"),
        (("export", "directory", "--to-file", "out.pdf"), "cannot be written as a PDF"),
        (("export", "network", "--to-file", "out.csv"), "what you sell, to whom and where"),
        (("undo", "999"), "no such import"),
        (("frobnicate",), "No such command"),
    ],
    ids=lambda value: "-".join(value)[:40] if isinstance(value, tuple) else "",
)
def test_what_goes_wrong_is_one_sentence(wrong_files: Terminal, words: tuple[str, ...], about: str) -> None:
    """Whatever is wrong is said in one sentence on stderr, with exit code 2; nothing is printed or written."""
    before = sorted(wrong_files.folder.iterdir())
    done = wrong_files.run(*words)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    *usage, sentence = done.stderr.splitlines()
    assert all(line.startswith(("Usage: ", "Try ")) or not line for line in usage), done.stderr
    assert any(part in sentence for part in about.split("|")), sentence
    assert sentence.endswith((".", "?"))
    written = {path.name for path in set(wrong_files.folder.iterdir()).difference(before)}
    assert written <= {"switchboard.db-wal", "switchboard.db-shm"}


@on_sqlite
@pytest.mark.parametrize(
    ("file", "rows", "near"),
    [("tucson_licenses.csv", 4_000, "Tucson, AZ"), ("montana_ppp.csv", 2_000, "Billings, MT")],
)
def test_real_directory(terminal: Terminal, shared_data: Path, file: str, rows: int, near: str) -> None:
    """A real directory comes in whole, and a mortgage broker there meets twenty firms, each with a reason a side."""
    path = shared_data / "businesses" / file
    done = json.loads(terminal.ok("import", path, "--yes", "--json"))
    with path.open(encoding="utf-8", errors="replace", newline="") as lines:
        assert done["rows"] == sum(any(row) for row in csv.reader(lines)) - 1
    assert done["rows"] == done["stored"] + done["same"] + done["problems"] > rows
    asked = json.loads(terminal.ok("suggest", *BROKER[:4], "--near", near, "--json"))
    assert len(asked["suggestions"]) == 20
    for one in asked["suggestions"]:
        assert "mortgage_broker" not in one["services"]
        assert {"us", "them"} <= {reason["side"] for reason in one["reasons"]}
        assert one["distance_km"] is None or one["distance_km"] < 2 * RADIUS_KM
    assert {code for one in asked["suggestions"] for code in one["services"]} <= taxonomy().services.keys()


@on_sqlite
def test_large_directory(terminal: Terminal, shared_data: Path) -> None:
    """A packed file of 151,755 businesses comes in whole, and is asked at once."""
    path = shared_data / "businesses" / "venues_ri_de_vt_wy.csv.gz"
    done = json.loads(terminal.ok("import", path, "--yes", "--json"))
    assert done["rows"] == done["stored"] + done["problems"] == 151_755
    asked = json.loads(terminal.ok("suggest", *BROKER[:4], "--near", "Providence, RI", "--json"))
    assert len(asked["suggestions"]) == 20
    assert asked["considered"] == done["stored"]


@on_sqlite
def test_undo(terminal: Terminal) -> None:
    """An import at the command is taken out again by its number."""
    import_id = json.loads(terminal.ok("import", "street.csv", "--yes", "--json"))["import_id"]
    assert "is undone" in terminal.ok("undo", import_id)
    assert json.loads(terminal.ok("suggest", *BROKER, "--json"))["considered"] == 0


@on_sqlite
def test_account_prints_a_link_and_the_number_of_its_network(terminal: Terminal) -> None:
    """A new address gets an account, a network and a link; the same address again only a new link."""
    first, again = (terminal.run("account", "joe@example.com", "--name", "Joe") for _ in range(2))
    assert first.stdout.startswith("http://127.0.0.1:8320/enter/")
    assert first.stdout != again.stdout
    assert first.stderr == again.stderr == "For the other commands: --network 2\n"


@on_sqlite
def test_note_moves_a_rate_and_back(terminal: Terminal, town: Network) -> None:
    """`note` keeps what came of something, prints what that taught, and takes it back by its number."""
    number = id_of(town, MOVERS)
    noted = json.loads(terminal.ok("note", number, "give", "yes", "--json"))
    gives = next(rate for rate in noted["rates"] if rate["kind"] == "give")
    assert (gives["word"], gives["noted"][0]["came_true"]) == ("some evidence", True)
    assert noted == json.loads(json.dumps(asdict(town.outcomes(number))))
    assert "some evidence" in terminal.ok("note", number)
    back = json.loads(terminal.ok("note", number, "--undo", gives["noted"][0]["outcome_id"], "--json"))
    assert [rate["noted"] for rate in back["rates"]] == [[]] * 4
    assert "Please say what came of it as well" in terminal.run("note", number, "give").stderr


@on_sqlite
def test_needs_teach_and_are_taken_back(terminal: Terminal, town: Network) -> None:
    """`needs` keeps what a client needed in the words given, says what that taught, and takes it back."""
    said = terminal.ok("needs", "buying a first home", "--needed", "movers", "--on", "2026-03-04")
    assert "2026-03-04 Buying a first home: Moving company" in " ".join(said.split())
    assert "We assumed" in said
    (client,) = json.loads(terminal.ok("needs", "--json"))["clients"]
    assert client["services"] == ["moving_company"]
    assert json.loads(terminal.ok("needs", "--undo", client["occasion_id"], "--json")) == {"clients": [], "learned": []}
    assert "nothing we know that clients go through" in terminal.run("needs", "zzyzx").stderr
    assert "is not a service we know" in terminal.run("needs", "first_home", "--needed", "zymurgical zeppelins").stderr


def test_how_explains_everything_that_counts(terminal: Terminal) -> None:
    """`how` prints every factor and number with its meaning and source, and opens no database for it."""
    printed = json.loads(terminal.ok("how", "--json"))
    assert printed == [asdict(one) for one in Network.factors()]
    table = terminal.ok("how")
    assert all(one.name.replace("_", " ").lower() in table for one in Network.factors())


def test_why_prints_what_would_change_it(terminal: Terminal, town: Network) -> None:
    """`why` ends with what would change the answer, in whole sentences."""
    printed = " ".join(terminal.ok("why", str(id_of(town, LOANS)), *BROKER).split())
    assert "you would not compete: mortgage broker or home lender." in printed
