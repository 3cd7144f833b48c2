"""Three plainer ways to one owner's best partners, on the same businesses, as `speed` measures them.

DuckDB and the sparse product take the figures of each business from our own table, so they only join, sum and sort,
and they know no declared markets. networkx scores pair by pair in Python and is timed on a part and scaled up.
"""

from pathlib import Path
from typing import Any

import duckdb
import networkx as nx
import numpy as np
from scipy import sparse

from matcher.answers.partners import Home
from matcher.engine import value
from matcher.engine.compete import COMPETES
from matcher.engine.flow import flow_of
from matcher.engine.index import Index
from matcher.engine.pairs import figures_of
from matcher.taxonomy import taxonomy
from matcher.units import SHARED
from tests.bench.ours import WANTED, directory, owners_of, timed
from tests.engine import obvious

OWNERS, NAIVE = 40, 150  # owners asked for; businesses on which the naive way is timed
CELL_DEGREES = 0.5  # of the blocks of the join
FIGURES = ("sure", "breadth", "served", "usual_clients", "clients", "busier", "order_usd", "refers", "radii_km")
SCORED = Path(__file__).with_name("top.sql").read_text(encoding="utf-8")


def measure(name: str) -> dict[str, float]:
    """Middle times in milliseconds of each way."""
    index = Index(flow_of(taxonomy()), directory(name))
    homes = [home for home in owners_of(index, OWNERS) if home.lat is not None]
    with duckdb.connect() as database:
        _fill(database, index)
        duck, _ = timed(lambda home: database.execute(SCORED, _asked(index, home)).fetchall(), homes)
    sold = _sold(index)
    product, _ = timed(lambda home: _product(index, sold, home), homes)
    sample = [b for b in map(index.home, index["ids"][:: max(1, len(index) // NAIVE)].tolist()) if b.services]
    naive, _ = timed(lambda home: _naive(home, sample), homes[:3])
    return {
        "DuckDB": float(np.median(duck)),
        "scipy": float(np.median(product)),
        "networkx": float(np.median(naive)) * len(index) / len(sample),
    }


def _fill(database: duckdb.DuckDBPyConnection, index: Index) -> None:
    """The same businesses as tables, in blocks of half a degree."""
    rows, flow = index.visible(SHARED), index.flow
    kinds = index["kinds"][rows]
    business: dict[str, Any] = {name: index[f"{name}s"][rows] for name in ("id", "lat", "lon")}
    business |= {"cell_y": business["lat"] // CELL_DEGREES, "cell_x": business["lon"] // CELL_DEGREES}
    business |= {name: index.kinds[name][kinds] for name in FIGURES}
    offers = index.kinds.offers(kinds)
    count = len(flow.codes)
    after = flow.between.astype(np.float64) * np.maximum(flow.breadth, 1e-12)[:, None]
    one, other = np.divmod(np.arange(count * count), count)
    tables: dict[str, dict[str, Any]] = {
        "business": business,
        "offer": {"id": business["id"][offers.at], "service": offers.service, "sure": offers.confidence},
        "flow": {"s": one, "t": other, "after": after.ravel(), "before": after.T.ravel()},
    }
    for name, columns in tables.items():
        database.register("given", columns)
        database.execute(f"create table {name} as select * from given")
    database.execute("update business set lat = null where isnan(lat)")


def _asked(index: Index, home: Home) -> dict[str, Any]:
    """The owner's side of the query."""
    flow, figures = index.flow, figures_of(index.flow, home)
    assert home.lat is not None
    assert home.lon is not None
    known = float(value.known_well(np.array(figures.usual_clients)))
    degrees = (home.radius_km + 80) / 111
    wide = degrees / max(0.1, float(np.cos(np.radians(abs(home.lat) + degrees))))
    return {
        "owner": home.business_id,
        "lat": home.lat,
        "lon": home.lon,
        "radius": home.radius_km,
        "south": (home.lat - degrees) // CELL_DEGREES,
        "north": (home.lat + degrees) // CELL_DEGREES,
        "west": (home.lon - wide) // CELL_DEGREES,
        "east": (home.lon + wide) // CELL_DEGREES,
        "total": float(figures.offers @ flow.breadth),
        "to_them": known * figures.refers * figures.breadth * figures.sure * figures.busier,
        "to_us": known * figures.refers,
        "for_them": figures.clients * figures.sure * figures.refers * value.GIVING * value.CLOSES,
        "for_us": value.GIVING * value.CLOSES * figures.order_usd,
        "personal": -value.PERSONAL,
        "competes": COMPETES,
        "wanted": WANTED,
    }


def _sold(index: Index) -> Any:
    """(n, S) sparse: how surely each business offers each service."""
    kinds = index["kinds"][index.visible(SHARED)]
    offers = index.kinds.offers(kinds)
    return sparse.csr_matrix((offers.confidence, (offers.at, offers.service)), (len(kinds), len(index.flow.codes)))


def _product(index: Index, sold: Any, home: Home) -> Any:
    """The market part alone: both flows as products, their harmonic mean, the best of all, wherever they are."""
    flow = index.flow
    offers = flow.offers(home.services)
    out, into = sold @ flow.outward(offers, home.markets), sold @ flow.inward(offers, home.markets)
    return np.argpartition(-value.harmonic(out, into), WANTED)[:WANTED]


def _naive(home: Home, businesses: list[Home]) -> list[tuple[int | None, float]]:
    """An `nx.Graph` of the owner's partnerships, pair by pair."""
    graph: nx.Graph[int | None] = nx.Graph()
    for business in businesses:
        weight = obvious.score(taxonomy(), home, business)
        if weight > 0 and obvious.overlap(home, business) < COMPETES:
            graph.add_edge(home.business_id, business.business_id, weight=weight)
    edges = graph.adj[home.business_id].items() if home.business_id in graph else ()
    return sorted(((other, edge["weight"]) for other, edge in edges), key=lambda pair: -pair[1])[:WANTED]
