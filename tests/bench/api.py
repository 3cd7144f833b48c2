"""How the API answers many requests that are made up from its own document, and which of them break it."""

import secrets
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from schemathesis import GenerationMode

from matcher.settings import Settings
from tests.bench.tables import Report
from tests.webapp.made_requests import Owner
from tests.webapp.visitors import BASE_URL, Visitor
from webapp import create_app
from webapp.serving import furnish

CASES, ROUNDS = 25, 4  # requests of each operation in a round; each round has a town of its own
PATIENCE_MINUTES = 15.0  # no operation is begun after that
CLASSES = (2, 3, 4, 5)  # hundreds of statuses


def measure(_: Path | None = None) -> Report:
    """A row for requests that keep to the document and one for those that do not; what broke is told in full."""
    until, broken = time.monotonic() + 60 * PATIENCE_MINUTES, dict[str, str]()
    answered = {mode: dict[str, Counter[int]]() for mode in GenerationMode}
    for _round in range(ROUNDS):
        for mode, found in answered.items():
            for name, statuses in _tried(mode, until, broken).items():
                found.setdefault(name, Counter()).update(statuses)
    return Report(
        title="Requests that were made up from the API's document",
        rows=[{"mode": mode.value, **_counted(found)} for mode, found in answered.items()],
        facts={
            "never done": sorted(name for name, found in answered[GenerationMode.POSITIVE].items() if 200 not in found),
            "broken": [f"{name}: {why}" for name, why in broken.items()],
        },
    )


def _tried(mode: GenerationMode, until: float, broken: dict[str, str]) -> dict[str, Counter[int]]:
    """One round: statuses by operation; what broke is added to `broken`."""
    with TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/town.db"
        app = create_app(Settings(database=database, secret_key=secrets.token_hex(32), base_url=BASE_URL))
        store = app.extensions["switchboard"]
        visitor, link = Visitor(app), f"/enter/{furnish(store)[1]}"
        visitor.post(link, form_on=link)
        owner = Owner(visitor, mode, repeatable=False)
        for operation in owner.operations():
            if time.monotonic() > until:
                break
            try:
                owner.hold(operation, CASES)
            except BaseExceptionGroup as several:
                broken[f"{mode.value} {operation.label}"] = " | ".join(map(str, several.exceptions))
            except Exception as one:
                broken[f"{mode.value} {operation.label}"] = str(one)
        store.engine.dispose()
    return owner.answered


def _counted(found: dict[str, Counter[int]]) -> dict[str, str | int | float]:
    statuses = sum(found.values(), Counter[int]())
    classes = {f"{hundred}xx": sum(n for s, n in statuses.items() if s // 100 == hundred) for hundred in CLASSES}
    return {"operations": len(found), "requests": statuses.total(), **classes}
