"""The time of one suggestion query against a graph built pair by pair with networkx, the plain way.

The plain way scores the owner against every business in Python and puts the partners into an `nx.Graph`, then takes the
best twenty; it is the slow version that the tests hold the engine against. It is timed on a part and scaled up.
"""

import csv
import gzip
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import networkx as nx

from matcher.answers import Home
from matcher.engine.compete import COMPETES
from matcher.engine.flow import flow_of
from matcher.engine.index import Index
from matcher.engine.suggest import Question, suggest
from matcher.exchange.industry import services_of_category
from matcher.taxonomy import taxonomy
from tests.bench.tables import SHARED_DATA, Cell, Report
from tests.engine import obvious
from tests.engine.made import TOWN, columns_of, town

DEFAULT = SHARED_DATA / "businesses" / "venues_ri_de_vt_wy.csv.gz"
PLAIN = 300  # businesses on which the plain way is timed
REPEATS = 5  # queries, of which the middle one counts
PROVIDENCE = (41.824, -71.413)
OWNER = 0  # the node of the owner in the plain graph
Done = TypeVar("Done")


def measure(path: Path | None) -> Report:
    """Build and query times on a real directory and on made ones."""
    codes, rows = list(taxonomy().services), []
    for name, businesses, place in (
        ("made 10,000", town(codes, 10_000), TOWN),
        ("made 100,000", town(codes, 100_000), TOWN),
        ((path or DEFAULT).name, _venues(path or DEFAULT), PROVIDENCE),
    ):
        rows.append(_timed(name, businesses, place))
    return Report(title="One suggestion query, milliseconds", rows=rows)


def _timed(name: str, businesses: list[Home], place: tuple[float, float]) -> dict[str, Cell]:
    home = Home(services={"mortgage_broker": 1.0}, lat=place[0], lon=place[1])
    build, index = _seconds(lambda: Index(flow_of(taxonomy()), columns_of(businesses)))
    question = Question(home=home)
    times = sorted(_seconds(lambda: suggest(index, question, lambda _: {}))[0] for _ in range(REPEATS))
    sample = [b for b in businesses if b.services][:PLAIN]
    plain = _seconds(lambda: _plain(home, sample))[0] * len(businesses) / max(1, len(sample))
    return {
        "businesses": name,
        "count": len(businesses),
        "build": 1000 * build,
        "query": 1000 * times[REPEATS // 2],
        "networkx, scaled": 1000 * plain,
        "ratio": plain / times[REPEATS // 2],
    }


def _seconds(act: Callable[[], Done]) -> tuple[float, Done]:
    started = time.perf_counter()
    done = act()
    return time.perf_counter() - started, done


def _plain(home: Home, businesses: list[Home]) -> list[tuple[int | None, float]]:
    graph: nx.Graph[int | None] = nx.Graph()
    for business in businesses:
        weight = obvious.score(taxonomy(), home, business)
        if weight > 0 and obvious.overlap(home, business) < COMPETES:
            graph.add_edge(OWNER, business.business_id, weight=weight)
    edges = graph.adj[OWNER].items() if OWNER in graph else ()
    return sorted(((other, edge["weight"]) for other, edge in edges), key=lambda pair: -pair[1])[:20]


def _venues(path: Path) -> list[Home]:
    """The businesses of a directory file, by the words of its category columns."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
        return [
            Home(business_id=number, services=_services(row), lat=float(row["lat"]), lon=float(row["lon"]))
            for number, row in enumerate(csv.DictReader(file), start=1)
        ]


def _services(row: dict[str, str]) -> Mapping[str, float]:
    return services_of_category(" > ".join(row[level] for level in ("type", "category", "subcategory") if row[level]))
