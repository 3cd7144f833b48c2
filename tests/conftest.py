"""Fixtures that all tests share."""

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import settings
from jinja2 import FileSystemBytecodeCache
from sqlalchemy.engine import make_url

from matcher.network import Network
from matcher.store import Store
from tests.commands import Terminal
from tests.networks import settled_alice
from tests.servers import CleanDatabase, PostgresServer

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
ENGINES = ("sqlite", "postgresql")
GARBAGE = (20_000, 20, 100)  # Python's 700, 10, 10 make collecting a quarter of what the suite costs

# Without a deadline, as a busy machine is no failure. Every run makes the same examples, so that the same code gets the
# same answer twice; `pytest --hypothesis-profile exploring` looks for others.
settings.register_profile("exploring", deadline=None, print_blob=True)
settings.register_profile("repeatable", settings.get_profile("exploring"), derandomize=True)
settings.load_profile("repeatable")


def pytest_collection_finish() -> None:
    """Look for garbage among what tests make, not in the modules and tests themselves, and less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real files that tests measure on; they never ship with the product."""
    if not SHARED_DATA.is_dir():
        pytest.skip("Needs the folder ../shared/data beside the checkout; it does not ship with the product.")
    return SHARED_DATA


@pytest.fixture(scope="session", autouse=True)
def templates_compiled_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    """All apps of this process share compiled templates: compiling is a sixth of what a page costs in a fresh app."""
    cache = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": cache}


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One PostgreSQL server for all tests of this process."""
    server = PostgresServer()
    yield server
    server.stop()


@pytest.fixture(params=ENGINES)
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without tables, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    url = server.create_database()
    yield url
    server.drop_database(_name(url))


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database with all tables, to copy."""
    path = tmp_path_factory.mktemp("migrated") / "migrated.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_database(postgres: PostgresServer) -> Iterator[tuple[str, CleanDatabase]]:
    """The URL of a PostgreSQL database with all tables, and how to clean it after a test."""
    url = postgres.create_database()
    _migrate(url)
    with postgres.connect(_name(url)) as connection:
        yield url, CleanDatabase(connection)


@pytest.fixture(params=ENGINES)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh database with all tables, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        path = tmp_path / "switchboard.db"
        shutil.copy(request.getfixturevalue("migrated_file"), path)
        yield f"sqlite:///{path}"
        return
    url, database = request.getfixturevalue("migrated_database")
    yield url
    database.clean()


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """A store on a fresh database, once on SQLite and once on PostgreSQL."""
    store = Store(database)
    yield store
    store.engine.dispose()


@pytest.fixture
def alice(store: Store) -> Network:
    """Alice's network in that store, settled in Tucson with a street of businesses."""
    return settled_alice(store)


@pytest.fixture
def terminal(database: str, tmp_path: Path) -> Terminal:
    """A terminal at that database."""
    return Terminal(tmp_path, database)


def _migrate(url: str) -> None:
    store = Store(url)
    store.upgrade()
    store.engine.dispose()


def _name(url: str) -> str:
    return str(make_url(url).database)
