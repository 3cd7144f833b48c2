"""Imports whose worker is killed at some moment, for the tests and for the benchmark."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event

from sqlalchemy import func, select

from matcher.answers.imported import About
from matcher.facts import Person
from matcher.lists.intake import store_rows
from matcher.network import Network
from matcher.store import Store
from matcher.store.imports import STALLED_AFTER
from matcher.taxonomy import taxonomy
from matcher.units import now_utc
from tests.forks import FORKS
from tests.networks import csv_of, held

WORKER_SECONDS = 60  # the longest until a worker begins, on a busy machine
LATER = STALLED_AFTER + timedelta(minutes=1)  # between two tries: the one before counts as stopped


@dataclass(frozen=True)
class Listed:
    """A list of as many rows as asked for, and how many things of its kind a network holds."""

    about: About
    content: Callable[[int], bytes]
    held: Callable[[Store, int], int]


def people_held(store: Store, network_id: int) -> int:
    """How many people a network holds."""
    with store.session(network_id) as session:
        return session.scalar(select(func.count(Person.id))) or 0


BUSINESSES = Listed(
    about="businesses",
    content=lambda rows: csv_of(
        [(f"Firm {n}", "Bakery", f"{n} Main St", "Tucson", "AZ", "85701") for n in range(rows)]
    ),
    held=held,
)
CONTACTS = Listed(
    about="contacts",
    content=lambda rows: csv_of(
        [(f"Person {n}", f"p{n}@example.com", "Roofer", f"Person {(n + 1) % rows}") for n in range(rows)],
        ("Name", "Email", "Position", "Referred By"),
    ),
    held=people_held,
)


def kill(network: Network, store: Store, listed: Listed, *, rows: int, kills: int) -> list[tuple[str, int]]:
    """Kill the worker of an import several times; (state, things held) after each, and after it was stored at last."""
    content, at, chance = listed.content(rows), now_utc(), random.Random(7)
    number = network.stage("list.csv", content, listed.about).import_id
    found = []
    for _ in range(kills):
        at += LATER
        with worker(store, network.id, number, at) as process:
            read_share = chance.choice((0.0, 0.5, 1.0, 1.0))  # writing begins when all is read
            while network.imported(number).done_share < read_share and process.is_alive():
                time.sleep(0.02)
            time.sleep(chance.uniform(0, 1))
            process.kill()
        found.append((network.imported(number).state, listed.held(store, network.id)))
        if found[-1][0] == "stored":
            network.undo_import(number)
            number = network.stage("list.csv", content, listed.about).import_id
    store_rows(store, network.id, number, {}, at + LATER)
    return [*found, (network.imported(number).state, listed.held(store, network.id))]


@contextmanager
def worker(store: Store, network_id: int, number: int, at: datetime) -> Iterator[BaseProcess]:
    """A process that has just begun to store an import; it has ended when this has."""
    url = store.url.set(drivername=store.url.get_backend_name()).render_as_string(hide_password=False)
    ready = FORKS.Event()
    process = FORKS.Process(target=_work, args=(url, network_id, number, at, ready))
    process.start()
    assert ready.wait(WORKER_SECONDS)
    yield process
    process.join()
    process.close()


def _work(url: str, network_id: int, number: int, at: datetime, ready: Event) -> None:
    taxonomy()
    ready.set()
    store_rows(Store(url), network_id, number, {}, at)
