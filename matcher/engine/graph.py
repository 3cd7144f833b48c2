"""The network as an `nx.Graph` whose edges are worked out when somebody looks at them."""

from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np

from matcher.engine import value
from matcher.engine.compete import COMPETES
from matcher.engine.index import Index, Rows
from matcher.engine.pairs import in_reach, pair_up
from matcher.engine.ranking import rounded
from matcher.units import SHARED

WORTH_HAVING = 0.005  # score from which a partnership is an edge (by eye: a page or two for most businesses in a city)
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
        edges = self.among(node, self._index.visible(self._network_id))
        self._keep(node, edges)
        return edges

    def __iter__(self) -> Iterator[int]:
        return iter(self._index["ids"][self._index.visible(self._network_id)].tolist())

    def __len__(self) -> int:
        return len(self._index.visible(self._network_id))

    def __contains__(self, node: object) -> bool:
        return isinstance(node, int) and self._index.can_see(self._network_id, node)

    def among(self, node: int, rows: Rows) -> Edges:
        """The edges of a node to some rows of the index."""
        index, home = self._index, self._index.home(node)
        rows = rows[(index["ids"][rows] != node) & (index["counts"][rows] > 0)]
        rows, distance = in_reach(index, home, rows)
        pairs = pair_up(index, home, rows, distance)
        score = rounded(value.worth(pairs).score)
        there = (pairs.overlap < COMPETES) & (score > 0) & (score >= self._at_least)
        ids, scores = index["ids"][rows[there]].tolist(), score[there].tolist()
        return {other: {"weight": weight} for other, weight in zip(ids, scores, strict=True)}

    def _keep(self, node: int, edges: Edges) -> None:
        self._kept[node] = edges
        self._edges_kept += len(edges)
        while self._edges_kept > CACHED_EDGES and len(self._kept) > 1:
            self._edges_kept -= len(self._kept.popitem(last=False)[1])


class Businesses(Mapping[int, dict[str, Any]]):
    """node -> {"services": codes}, for the businesses that a network can see."""

    def __init__(self, index: Index, network_id: int) -> None:
        self._index, self._network_id = index, network_id

    def __getitem__(self, node: int) -> dict[str, Any]:
        if not self._index.can_see(self._network_id, node):
            raise KeyError(node)
        return {"services": tuple(self._index.home(node).services)}

    def __iter__(self) -> Iterator[int]:
        return iter(self._index["ids"][self._index.visible(self._network_id)].tolist())

    def __len__(self) -> int:
        return len(self._index.visible(self._network_id))

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
            self._index = index
            self._node = Businesses(index, network_id)
            self._adj = Neighbours(index, network_id, at_least)

    def materialise(self, nodes: Collection[int]) -> IntGraph:
        """A plain graph of some businesses and the edges among them, for drawing and for export."""
        plain = IntGraph()
        plain.add_nodes_from((node, self._node[node]) for node in nodes)
        rows = np.array([self._index.row(node) for node in nodes], dtype=np.int64)
        for node in nodes:
            plain.add_edges_from((node, other, edge) for other, edge in self._adj.among(node, rows).items())
        return plain
