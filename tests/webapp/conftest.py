"""An app on a fresh database with Ana, who owns a network, Bob, who is a member of it, and Cleo, who owns another."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask_security import hash_password

from matcher.network import Network
from matcher.settings import Settings
from matcher.store import Store
from matcher.store.accounts import Accounts
from matcher.taxonomy import data_folder
from matcher.units import SHARED, now_utc
from tests.webapp.visitors import BASE_URL, PASSWORD, Visitor
from webapp import create_app
from webapp.demo_clients import people
from webapp.serving import HOME

SECRET_KEY = "3f9c1be07a64d258b1c6e90f47ad3852"  # random, of these tests alone


@dataclass(frozen=True)
class Town:
    """The app and who is in it."""

    app: Flask
    accounts: Accounts
    ana: int
    bob: int
    cleo: int
    network: int  # Ana's
    other: int  # Cleo's

    @property
    def circle(self) -> Network:
        """Ana's network."""
        return Network(self.accounts.store, self.network)

    def visitor(self, name: str = "") -> Visitor:
        """A browser, signed in as ana, bob or cleo, or nobody's."""
        visitor = Visitor(self.app)
        if name:
            link = f"/enter/{self.accounts.issue_link(getattr(self, name), now=now_utc())}"
            assert visitor.post(link, form_on=link).status_code == 303  # a password takes a fifth of a second
        return visitor


MakeSettings = Callable[..., Settings]


@pytest.fixture
def make_settings(migrated_file: Path, tmp_path: Path) -> MakeSettings:
    """Settings for a fresh database; words change them."""
    file = tmp_path / "webapp.db"
    shutil.copy(migrated_file, file)

    def make(**changes: object) -> Settings:
        known = {"database": f"sqlite:///{file}", "secret_key": SECRET_KEY, "base_url": BASE_URL}
        return Settings(**(known | changes))  # type: ignore[arg-type]

    return make


@pytest.fixture(scope="session")
def settled_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with Ana, Bob and Cleo, to copy: a password takes a fifth of a second."""
    file = tmp_path_factory.mktemp("settled") / "town.db"
    shutil.copy(migrated_file, file)
    town = settle_town(create_app(Settings(database=f"sqlite:///{file}", secret_key=SECRET_KEY, base_url=BASE_URL)))
    town.accounts.store.engine.dispose()
    return file


@pytest.fixture
def town(settled_file: Path, tmp_path: Path) -> Iterator[Town]:
    """The app with Ana, Bob and Cleo."""
    yield from opened(settled_file, tmp_path / "webapp.db")


def settle_town(app: Flask) -> Town:
    """Fill an app's empty database."""
    accounts, now = Accounts(app.extensions["switchboard"]), now_utc()
    with app.app_context():
        password_hash = hash_password(PASSWORD)
    ana, bob, cleo = (
        accounts.create_account(f"{name}@example.com", now=now, password_hash=password_hash)
        for name in ("ana", "bob", "cleo")
    )
    network = accounts.create_network("Ana's circle", ana, now=now)
    other = accounts.create_network("Cleo's circle", cleo, now=now)
    accounts.add_member(network, bob, "member", now=now)
    for number in (network, other):
        Network(accounts.store, number).set_zone("UTC")  # whose days tests reckon with
    return Town(app, accounts, ana, bob, cleo, network, other)


@pytest.fixture(scope="session")
def peopled_file(settled_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with Ana, Bob and Cleo, the made-up town as shared directory, and Ana as its mortgage broker."""
    file = tmp_path_factory.mktemp("peopled") / "town.db"
    shutil.copy(settled_file, file)
    store = Store(f"sqlite:///{file}")
    accounts = Accounts(store)
    shared, sample = Network(store, SHARED), data_folder() / "samples" / "town.csv"
    shared.store_import(shared.stage(sample.name, sample.read_bytes()).import_id)
    ana = accounts.find_account("ana@example.com") or 0
    Network(store, accounts.memberships(ana)[0].network_id).settle(HOME)
    store.engine.dispose()
    return file


@pytest.fixture(scope="session")
def busy_file(peopled_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up town, with Ana's partners and clients."""
    file = tmp_path_factory.mktemp("busy") / "town.db"
    shutil.copy(peopled_file, file)
    store = Store(f"sqlite:///{file}")
    accounts = Accounts(store)
    ana = accounts.find_account("ana@example.com") or 0
    people(Network(store, accounts.memberships(ana)[0].network_id), now_utc().date())
    store.engine.dispose()
    return file


@pytest.fixture
def busy(busy_file: Path, tmp_path: Path) -> Iterator[Town]:
    """The app on a copy of the made-up town, where Ana has partners and clients."""
    yield from opened(busy_file, tmp_path / "busy.db")


@pytest.fixture
def peopled(peopled_file: Path, tmp_path: Path) -> Iterator[Town]:
    """The app on a copy of the made-up town; only Ana has said what she sells."""
    yield from opened(peopled_file, tmp_path / "peopled.db")


def opened(whole: Path, file: Path) -> Iterator[Town]:
    """The app on a copy of a whole town."""
    shutil.copy(whole, file)
    app = create_app(Settings(database=f"sqlite:///{file}", secret_key=SECRET_KEY, base_url=BASE_URL))
    accounts = Accounts(app.extensions["switchboard"])
    ana, bob, cleo = (accounts.find_account(f"{name}@example.com") or 0 for name in ("ana", "bob", "cleo"))
    mine, theirs = (accounts.memberships(who)[0].network_id for who in (ana, cleo))
    yield Town(app, accounts, ana, bob, cleo, mine, theirs)
    accounts.store.engine.dispose()
