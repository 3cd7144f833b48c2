"""The network as an `nx.Graph` whose edges are worked out when somebody looks at them."""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np

from matcher.engine.columns import Floats
from matcher.engine.index import Index
from matcher.engine.kinds import Rows
from matcher.engine.question import Question
from matcher.engine.search import among, worth_having
from matcher.units import SHARED

WORTH_HAVING = 0.005  # score from which a partnership is an edge (by eye: a page or two for most businesses in a city)
FEW = 256  # nodes up to which each is scored against all of them, before tiles pay (by eye)
CACHED_EDGES = 1_000_000  # about 150 MB of dictionaries

if TYPE_CHECKING:
    IntGraph = nx.Graph[int]
else:
    IntGraph = nx.Graph
Edges = dict[int, dict[str, float]]


class Neighbours(Mapping[int, Edges]):
    """node -> neighbour -> {"weight": score}, worked out from the index and kept while there is room."""

    def __init__(self, index: Index, network_id: int, at_least: float) -> None:
        self._index, self._network_id, self._at_least = index, network_id, at_least
        self._kept: OrderedDict[int, Edges] = OrderedDict()
        self._edges_kept = 0
        self._version = index.version

    def __getitem__(self, node: int) -> Edges:
        if not self._index.can_see(self._network_id, node):
            raise KeyError(node)
        if self._version != self._index.version:
            self._kept.clear()
            self._edges_kept, self._version = 0, self._index.version
        if node in self._kept:
            self._kept.move_to_end(node)
            return self._kept[node]
        edges = _edges(*worth_having(self._index, self._asked(node), self._at_least))
        self._keep(node, edges)
        return edges

    def __iter__(self) -> Iterator[int]:
        return iter(self._index["ids"][self._index.visible(self._network_id)].tolist())

    def __len__(self) -> int:
        return self._index.count(self._network_id)

    def __contains__(self, node: object) -> bool:
        return isinstance(node, int) and self._index.can_see(self._network_id, node)

    def among(self, nodes: Collection[int]) -> Iterator[tuple[int, Edges]]:
        """Each of some nodes with its edges to the others of them."""
        if len(nodes) <= FEW:
            rows = self._index.rows(nodes, self._network_id)
            for node in nodes:
                yield node, _edges(*among(self._index, self._asked(node), rows, self._at_least))
        else:
            wanted = np.sort(np.fromiter(nodes, dtype=np.int64, count=len(nodes)))
            for node in nodes:
                ids, scores = worth_having(self._index, self._asked(node), self._at_least)
                chosen = wanted[np.minimum(np.searchsorted(wanted, ids), len(wanted) - 1)] == ids
                yield node, _edges(ids[chosen], scores[chosen])

    def _asked(self, node: int) -> Question:
        return Question(home=self._index.home(node, self._network_id), network_id=self._network_id)

    def _keep(self, node: int, edges: Edges) -> None:
        self._kept[node] = edges
        self._edges_kept += len(edges)
        while self._edges_kept > CACHED_EDGES and len(self._kept) > 1:
            self._edges_kept -= len(self._kept.popitem(last=False)[1])


def _edges(ids: Rows, scores: Floats) -> Edges:
    """Weights in single precision, which is more than a score means."""
    weights = scores.astype(np.float32).tolist()
    return {other: {"weight": weight} for other, weight in zip(ids.tolist(), weights, strict=True)}


class Businesses(Mapping[int, dict[str, Any]]):
    """node -> {"services": codes}, for the businesses that a network can see."""

    def __init__(self, index: Index, network_id: int) -> None:
        self._index, self._network_id = index, network_id

    def __getitem__(self, node: int) -> dict[str, Any]:
        if not self._index.can_see(self._network_id, node):
            raise KeyError(node)
        return {"services": tuple(self._index.home(node, self._network_id).services)}

    def __iter__(self) -> Iterator[int]:
        return iter(self._index["ids"][self._index.visible(self._network_id)].tolist())

    def __len__(self) -> int:
        return self._index.count(self._network_id)

    def __contains__(self, node: object) -> bool:
        return isinstance(node, int) and self._index.can_see(self._network_id, node)


class PartnerGraph(IntGraph):
    """Businesses and the partnerships worth having between them: no competition, clients in common, areas that touch.

    Give it an index and it answers from that, read only; without one it is an ordinary empty graph, as networkx
    algorithms need when they copy. The weight of an edge is the score.
    """

    def __init__(
        self,
        incoming_graph_data: Any = None,
        *,
        index: Index | None = None,
        network_id: int = SHARED,
        at_least: float = WORTH_HAVING,
        **attributes: Any,
    ) -> None:
        super().__init__(incoming_graph_data, **attributes)
        if index is not None:
            self._node = Businesses(index, network_id)
            self._adj = self._neighbours = Neighbours(index, network_id, at_least)

    def subgraph(self, nodes: Any) -> Any:
        """The graph among some nodes, written out at once: a filter would ask every neighbour of every node."""
        if not isinstance(self._adj, Neighbours):
            return super().subgraph(nodes)
        return nx.freeze(self.materialise(list(self.nbunch_iter(nodes))))

    def materialise(self, nodes: Collection[int]) -> IntGraph:
        """A plain graph of some businesses and the edges among them, for drawing and for export."""
        plain = IntGraph()
        plain.add_nodes_from((node, self._node[node]) for node in nodes)
        for node, edges in self._neighbours.among(nodes):
            plain.add_edges_from((node, other, edge) for other, edge in edges.items())
        return plain

    def compact(self, nodes: Collection[int] | None = None) -> "CompactGraph":
        """The same in arrays, for algorithms that walk over a whole graph; all nodes if none are named."""
        return CompactGraph(self, sorted(self if nodes is None else nodes))


class CompactNeighbours(Mapping[int, Edges]):
    """node -> neighbour -> {"weight": score}, read from arrays: eight bytes for each end of an edge."""

    def __init__(self, nodes: Sequence[int], edges: Iterable[tuple[int, Edges]]) -> None:
        self.nodes = np.array(nodes, dtype=np.int64)  # (n,) sorted
        others, weights, counts = [], [], [0]
        for _, found in edges:
            ids = np.fromiter(found, dtype=np.int64, count=len(found))
            others.append(np.searchsorted(self.nodes, ids).astype(np.int32))
            weights.append(np.fromiter((e["weight"] for e in found.values()), dtype=np.float32, count=len(found)))
            counts.append(len(found))
        self._starts = np.cumsum(counts)  # (n + 1,)
        self._others = np.concatenate(others) if others else np.zeros(0, dtype=np.int32)
        self._weights = np.concatenate(weights) if weights else np.zeros(0, dtype=np.float32)

    @property
    def nbytes(self) -> int:
        """How much memory all arrays take."""
        return self.nodes.nbytes + self._starts.nbytes + self._others.nbytes + self._weights.nbytes

    def __getitem__(self, node: int) -> Edges:
        at = int(np.searchsorted(self.nodes, node))
        if at == len(self.nodes) or self.nodes[at] != node:
            raise KeyError(node)
        mine = slice(self._starts[at], self._starts[at + 1])
        others, weights = self.nodes[self._others[mine]].tolist(), self._weights[mine].tolist()
        return {other: {"weight": weight} for other, weight in zip(others, weights, strict=True)}

    def __iter__(self) -> Iterator[int]:
        return iter(self.nodes.tolist())

    def __len__(self) -> int:
        return len(self.nodes)


class CompactGraph(IntGraph):
    """A read-only graph in arrays instead of dictionaries; without a source, an ordinary empty one."""

    def __init__(self, source: Any = None, nodes: Sequence[int] = (), **attributes: Any) -> None:
        compact = isinstance(source, PartnerGraph)
        super().__init__(None if compact else source, **attributes)
        if compact:
            self._adj = CompactNeighbours(nodes, source._neighbours.among(nodes))
            self._node = Chosen(source._node, self._adj)
            self.nbytes = self._adj.nbytes  # of all arrays


class Chosen(Mapping[int, dict[str, Any]]):
    """The attributes of some nodes of a graph."""

    def __init__(self, attributes: Mapping[int, dict[str, Any]], nodes: CompactNeighbours) -> None:
        self._attributes, self._nodes = attributes, nodes

    def __getitem__(self, node: int) -> dict[str, Any]:
        if node not in self._nodes:
            raise KeyError(node)
        return self._attributes[node]

    def __iter__(self) -> Iterator[int]:
        return iter(self._nodes)

    def __len__(self) -> int:
        return len(self._nodes)
