"""Run the app: a made-up town to try it on, or the real thing."""

import secrets
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

from flask import Flask
from waitress.server import BaseWSGIServer, MultiSocketServer, create_server

from matcher.answers.partners import Home, Shortlist
from matcher.exchange.smtp import PATIENCE_SECONDS
from matcher.network import Network
from matcher.postman import Postman
from matcher.settings import Settings
from matcher.store import Store
from matcher.store.accounts import Accounts
from matcher.taxonomy import data_folder
from matcher.units import SHARED, now_utc
from webapp import create_app
from webapp.demo_clients import people
from webapp.demo_contacts import acquaint
from webapp.demo_loop import go_round

LOOPBACK = "127.0.0.1"
DEMO_PORT = 8321  # any that is rarely taken; the system chooses another if it is
THREADS = 8  # requests at once; SQLite writes one after the other anyway
ROUND_BYTES = 1_000_000  # what a form has around its file
LINK_MINUTES = 12 * 60  # the link lies in the owner's own terminal
SHOWN = 3  # suggestions in the terminal
HOME = Home(
    name="Ana Torres Mortgages",
    services={"mortgage_broker": 1.0},
    markets=("first_home_buyers",),
    place="Wrenfield, OR",
    lat=44.602,
    lon=-122.981,
    wants_to_grow=True,
)


def demo(folder: Path, show: Callable[[Shortlist, str], None]) -> None:
    """Serve a made-up town on this machine only; `show` is given the first suggestions and a one-time link."""
    with closing(_listen()) as listening:
        base_url = f"http://{LOOPBACK}:{listening.getsockname()[1]}"
        database = f"sqlite:///{folder / 'switchboard.db'}"
        app = create_app(Settings(database=database, secret_key=secrets.token_hex(32), base_url=base_url))
        network, token = settle_town(app.extensions["switchboard"])
        show(network.suggestions(limit=SHOWN), f"{base_url}/enter/{token}")
        go_round(network, network.today())  # while somebody reaches for the link, which waits
        with reading_ahead(network):
            prepare(app, sockets=[listening]).run()


def furnish(store: Store) -> tuple[Network, str]:
    """Fill an empty database with all that the demo has; the owner's network and a sign-in token."""
    network, token = settle_town(store)
    go_round(network, network.today())
    return network, token


def settle_town(store: Store) -> tuple[Network, str]:
    """Fill an empty database with the town and an owner with partners and clients; her network and a sign-in token."""
    town = Network(store, SHARED)
    sample = data_folder() / "samples" / "town.csv"
    town.store_import(town.stage(sample.name, sample.read_bytes()).import_id)
    accounts, now = Accounts(store), now_utc()
    ana = accounts.create_account("ana@example.com", now=now)
    network = Network(store, accounts.create_network(HOME.name, ana, now=now))
    network.settle(HOME)
    people(network, network.today())
    acquaint(network)
    return network, accounts.issue_link(ana, now=now, minutes=LINK_MINUTES)


def serve(app: Flask, host: str, port: int) -> None:
    """Serve, and send what owners have approved, until stopped."""
    store, stopped = app.extensions["switchboard"], Event()
    postman = Postman(store, app.config["BASE_URL"])
    working = Thread(target=postman.work_until, args=(stopped,), name="postman", daemon=True)
    working.start()
    try:
        with reading_ahead(Network(store, SHARED)):
            prepare(app, host=host, port=port).run()
    finally:
        stopped.set()
        working.join(PATIENCE_SECONDS)  # so that a mail that is going out is noted


@contextmanager
def reading_ahead(network: Network) -> Iterator[None]:
    """Read the lexicon and the places while nobody waits for them: the first line about a client takes seconds.

    Whoever stops the server early waits until they are read, as compiled code that is cut off takes the process down.
    """
    reading = Thread(target=network.read_note, args=("Ana, Tucson, needs a plumber",), name="read ahead")
    reading.start()
    try:
        yield
    finally:
        reading.join()


def prepare(app: Flask, **where: Any) -> MultiSocketServer | BaseWSGIServer:
    """A server that listens; `run` serves. `where` is waitress's: host and port, or sockets."""
    return create_server(
        app,
        threads=THREADS,
        ident=None,
        # `headers` reads as many of a proxy's words as are trusted; waitress would take them all out
        clear_untrusted_proxy_headers=not app.config["TRUSTED_PROXIES"],
        max_request_body_size=app.config["UPLOAD_BYTES"] + ROUND_BYTES,
        **where,
    )


def _listen() -> socket.socket:
    """A socket on this machine only."""
    for port in (DEMO_PORT, 0):
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((LOOPBACK, port))
            listening.listen()  # now: whoever is quick with the link waits instead of being refused
            return listening
        except OSError:
            listening.close()
    raise OSError("No port is free on this machine.")
