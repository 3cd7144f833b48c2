"""Storing an import goes on in a thread of its own, so that its page can show how far it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock, Thread

from flask import current_app

from matcher.errors import Conflict, MatcherError, Unavailable
from matcher.network import Network

AT_ONCE = 2  # imports at the same time; each holds its whole file in memory
QUICK_SECONDS = 1.0  # a small file is stored within this: its result is the next page
BUSY = "Other imports are running now. Please try again in a minute; your file is kept."
BROKEN = "Something broke on our side, and it has been noted."


@dataclass(frozen=True)
class Threads:
    """What this process is storing, and why the last try of an import stopped."""

    lock: Lock = field(default_factory=Lock)
    running: dict[int, Thread] = field(default_factory=dict)  # by import
    stopped: dict[int, str] = field(default_factory=dict)


def start(network: Network, import_id: int, columns: Mapping[int, str]) -> None:
    """Store a staged import, if it is not stored or being stored already; returns when it is done or takes longer."""
    threads = _threads()
    state = network.imported(import_id).state  # NotFound for somebody else's
    if state in ("stored", "running"):  # running in another process, or in ours: its page shows how far it is
        return
    if state == "undone":
        raise Conflict("This import has been undone. Please choose the file again.")
    with threads.lock:
        thread = threads.running.get(import_id)
        if thread is None:
            if len(threads.running) >= AT_ONCE:
                raise Unavailable(BUSY)
            logger, threads.stopped[import_id] = current_app.logger, ""

            def run() -> None:
                try:
                    network.store_import(import_id, columns)
                except MatcherError as error:
                    threads.stopped[import_id] = error.sentence
                except Exception:
                    logger.exception("An import stopped")
                    threads.stopped[import_id] = BROKEN
                finally:
                    threads.running.pop(import_id, None)

            thread = threads.running[import_id] = Thread(target=run, name=f"import {import_id}", daemon=True)
            thread.start()
    thread.join(QUICK_SECONDS)


def is_running(import_id: int) -> bool:
    """Whether this process is storing an import now."""
    return import_id in _threads().running


def why_stopped(import_id: int) -> str:
    """Why the last try to store an import stopped; empty when it did not."""
    return _threads().stopped.get(import_id, "")


def _threads() -> Threads:
    found: Threads = current_app.extensions.setdefault("storing", Threads())
    return found
