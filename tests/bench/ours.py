"""What `speed` measures of our engine, in whichever form it is in this process."""

import resource
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from matcher.answers.partners import Home
from matcher.engine import saved, value
from matcher.engine.columns import Columns
from matcher.engine.compete import COMPETES
from matcher.engine.flow import flow_of
from matcher.engine.graph import PartnerGraph
from matcher.engine.index import Index
from matcher.engine.kernels import FAST
from matcher.engine.pairs import in_reach, pair_up
from matcher.engine.question import Question
from matcher.engine.ranking import rounded
from matcher.engine.search import ALIKE, best, best_of_each
from matcher.taxonomy import taxonomy
from matcher.units import SHARED
from tests.bench.directories import made, venues

OWNERS, WANTED = 200, 50
STRONG, HANDFUL = 0.05, 20  # weight of an edge in the graph of strong partnerships, and most of them around a node
EDITS = 2000
PATHS, FRIENDS = 60, 5  # nodes whose ego graph and from which a path is looked for; friends asked for its end
CROWD = 3000  # owners, of common kinds and of rare ones each, from whom everybody's time is scaled
WRITTEN = 3000  # nodes of the part of the graph that is written out whole
CORES = 2
Answer = tuple[NDArray[np.int64], NDArray[np.float64]]  # ids and scores


def directory(name: str) -> Columns:
    """A made directory by its size, or a file by its path."""
    return made(int(name)) if name.isdigit() else venues(Path(name))


def owners_of(index: Index, count: int = OWNERS) -> list[Home]:
    """Owners drawn by seed, each of whom sells something."""
    ids = np.sort(index["ids"][index.visible(SHARED)])
    drawn = np.random.default_rng(1).choice(ids, min(2 * count, len(ids)), replace=False)
    return [home for home in map(index.home, drawn.tolist()) if home.services][:count]


def timed(act: Callable[[Any], Any], those: Sequence[Any]) -> tuple[list[float], list[Any]]:
    """Milliseconds of each call, and what each gave."""
    times, answers = [], []
    for one in those:
        started = time.perf_counter()
        answers.append(act(one))
        times.append(1000 * (time.perf_counter() - started))
    return times, answers


def measure(name: str) -> dict[str, Any]:
    """Times of our engine, with a fingerprint of its answers and whether they are those of the scan over all."""
    columns, flow = directory(name), flow_of(taxonomy())
    small = Index(flow, made(5000))
    timed(lambda home: best(small, Question(home=home), WANTED), owners_of(small, 20))  # compile, if need be
    (building,), (index,) = timed(lambda given: Index(flow, given), [columns])
    del columns
    homes = owners_of(index)
    times, answers = timed(lambda home: best(index, Question(home=home), WANTED), homes)
    rows = index.visible(SHARED)
    PartnerGraph(index=index).adj[homes[0].business_id or 0]
    memory = _resident_mb()
    besides = {"build s": building / 1000, **_edits(index), **_graph(index, homes)}
    besides["memory MB"] = memory
    return {
        "form": "fast" if FAST else "NumPy",
        "count": len(index),
        "kinds": len(index.kinds),
        "p50": float(np.percentile(times, 50)),
        "p99": float(np.percentile(times, 99)),
        "answers": sha256(b"".join(part.tobytes() for answer in answers for part in answer)).hexdigest(),
        "equal": all(_same(answer, _scan(index, home, rows)) for home, answer in zip(homes, answers, strict=True)),
        "besides": besides | {"everybody s": float(_everybody(index))},
    }


def _resident_mb() -> float:
    """Memory that this process holds now, on Linux; elsewhere the most that it ever held."""
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * resource.getpagesize() / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def _scan(index: Index, home: Home, rows: NDArray[np.int64]) -> Answer:
    """The best by a scan over everybody, with the full score of each in reach."""
    near, distance = in_reach(index, home, rows)
    pairs, ids = pair_up(index, Question(home=home), near, distance), index["ids"][near]
    partner = (pairs.overlap < COMPETES) & (ids != home.business_id)
    score = np.where(partner, rounded(value.worth(pairs).score), 0.0)
    order = np.lexsort((ids, -score))[:WANTED]
    order = order[score[order] > 0]
    return ids[order], score[order]


def _same(one: Answer, other: Answer) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def _edits(index: Index) -> dict[str, float]:
    """How soon an edit shows, and how soon a saved index is open."""
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder) / "index"
        saved.save(index, files, {}, 1)
        (opening,), (found,) = timed(lambda _: saved.opened(index.flow, files, {}), [None])
        ids = np.random.default_rng(3).choice(index["ids"], EDITS).tolist()
        moved = [replace(index.home(i), lat=30.0 + i % 15, tier=1 + i % 3) for i in ids]
        times, _ = timed(lambda home: (found[0].put(home), found[0].snapshot()), moved)
    return {
        "open s": opening / 1000,
        "edit microseconds": 1000 * float(np.median(times)),
        "edit p99 microseconds": 1000 * float(np.percentile(times, 99)),
    }


def _graph(index: Index, homes: Sequence[Home]) -> dict[str, float]:
    """Middle times of networkx on the lazy graph, on nodes that nobody has looked at before."""
    nodes = [home.business_id or 0 for home in homes]
    lazy, strong = PartnerGraph(index=index), PartnerGraph(index=index, at_least=STRONG)
    neighbours, found = timed(lambda node: lazy.adj[node], nodes)
    few = [node for node in nodes if 0 < len(strong.adj[node]) <= HANDFUL][:PATHS]
    ego, _ = timed(lambda node: nx.ego_graph(PartnerGraph(index=index, at_least=STRONG), node), few)
    ends = [(node, far) for node in nodes[:PATHS] if (far := _two_steps(lazy, node))]
    paths, _ = timed(lambda pair: nx.shortest_path(PartnerGraph(index=index), *pair), ends)
    return {
        "neighbours ms": float(np.median(neighbours)),
        "middle degree": float(np.median([len(edges) for edges in found])),
        "strong ego graph ms": float(np.median(ego)) if ego else 0.0,
        "shortest path ms": float(np.median(paths)) if paths else 0.0,
        **_written_out(lazy, nodes),
    }


def _two_steps(graph: PartnerGraph, node: int) -> int | None:
    """A business two partnerships away, if there is one."""
    near = graph.adj[node]
    friends = list(near)[:FRIENDS]
    return next((far for friend in friends for far in graph.adj[friend] if far != node and far not in near), None)


def _written_out(lazy: PartnerGraph, nodes: Sequence[int]) -> dict[str, float]:
    """Bytes an edge of a part of the graph in arrays, and of the same as networkx keeps it."""
    part = set(nodes)
    for node in nodes:
        part.update(lazy.adj[node] if len(part) < WRITTEN else ())
    compact = lazy.compact(sorted(part)[:WRITTEN])
    edges = max(1, compact.number_of_edges())
    tracemalloc.start()
    plain: nx.Graph[int] = nx.Graph()
    for one, others in compact.adj.items():
        plain.add_edges_from((one, other, dict(edge)) for other, edge in others.items() if one < other)
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return {"networkx's bytes / ours": taken / edges / (compact.nbytes / edges)}


def _everybody(index: Index) -> float:
    """Seconds for everybody's best on all cores, scaled from whole kinds of owners, common and rare, drawn by seed."""
    kinds = index["kinds"][index.visible(SHARED)]
    counts = np.bincount(kinds, minlength=len(index.kinds))
    seconds, rng = 0.0, np.random.default_rng(4)
    for stratum in (np.flatnonzero(counts >= ALIKE), np.flatnonzero((counts > 0) & (counts < ALIKE))):
        drawn = rng.permutation(stratum)
        drawn = drawn[: 1 + int(np.searchsorted(np.cumsum(counts[drawn]), CROWD))]
        if len(drawn):
            seconds += _crowd_seconds(index, drawn) * counts[stratum].sum() / counts[drawn].sum()
    return seconds


def _crowd_seconds(index: Index, kinds: NDArray[np.int64]) -> float:
    """Seconds for the owners of some kinds, shared among all cores."""
    rows = index.visible(SHARED)
    shares = [index["ids"][rows[np.isin(index["kinds"][rows], kinds[core::CORES])]] for core in range(CORES)]
    Crowd.index = index  # the processes that are forked next find it there
    with ProcessPoolExecutor(CORES, get_context("fork")) as pool:
        list(pool.map(abs, range(CORES)))  # start them
        (spent,), _ = timed(lambda those: list(pool.map(Crowd.work, those)), [shares])
    return spent / 1000


class Crowd:
    """What a forked process works on."""

    index: Index

    @classmethod
    def work(cls, owners: NDArray[np.int64]) -> int:
        """Everybody's best, one after the other."""
        return sum(len(ids) for _, ids, _ in best_of_each(cls.index, owners, WANTED))
