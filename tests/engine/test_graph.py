"""The lazy graph, with networkx's own algorithms."""

import networkx as nx
import pytest

from matcher.answers import Home
from matcher.engine import graph as graph_module
from matcher.engine.flow import Flow
from matcher.engine.graph import PartnerGraph
from matcher.engine.index import Index
from tests.engine.made import TOWN, columns_of, town


@pytest.fixture
def graph(flow: Flow) -> PartnerGraph:
    """A town of 150 businesses."""
    return PartnerGraph(index=Index(flow, columns_of(town(flow.codes, 150))))


def test_edges_are_the_same_from_both_sides(graph: PartnerGraph) -> None:
    """Wherever a has b for a neighbour, b has a, with the same weight."""
    edges = {(a, b): edge["weight"] for a in graph for b, edge in graph.adj[a].items()}
    assert len(edges) > 100
    assert all(edges[b, a] == weight for (a, b), weight in edges.items())


def test_algorithms_of_networkx_give_the_answers_of_a_plain_graph(graph: PartnerGraph) -> None:
    """Neighbours, degrees, paths and ego graphs equal those of the graph with all edges written out."""
    plain = graph.materialise(list(graph))
    assert not isinstance(plain, PartnerGraph)
    busiest = max(graph, key=graph.degree)
    assert dict(graph.degree()) == dict(plain.degree())
    assert set(graph.neighbors(busiest)) == set(plain.neighbors(busiest))
    assert nx.utils.graphs_equal(nx.ego_graph(graph, busiest, radius=1), nx.ego_graph(plain, busiest, radius=1))
    lengths = nx.single_source_shortest_path_length(plain, busiest)
    far = max(lengths, key=lambda node: lengths[node])
    assert len(nx.shortest_path(graph, busiest, far)) == lengths[far] + 1
    assert graph.number_of_edges() == plain.number_of_edges()


def test_an_edit_shows_at_once(flow: Flow) -> None:
    """A business that is added, moved away or removed changes the edges that were looked at before."""
    index = Index(flow, columns_of(town(flow.codes, 50)))
    graph = PartnerGraph(index=index)
    index.put(Home(business_id=1, services={"real_estate_agent": 1.0}, lat=TOWN[0], lon=TOWN[1]), 1)
    index.put(Home(business_id=999, services={"mortgage_broker": 1.0}, lat=TOWN[0], lon=TOWN[1]), 1)
    assert 999 in graph.adj[1]
    index.put(Home(business_id=999, services={"mortgage_broker": 1.0}, lat=TOWN[0] + 9, lon=TOWN[1]), 1)
    assert 999 not in graph.adj[1]
    index.remove(999)
    assert 999 not in graph
    with pytest.raises(KeyError):
        graph.adj[999]


def test_the_cache_stays_within_its_bound(flow: Flow, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many nodes are looked at, no more edges are kept than the bound allows."""
    monkeypatch.setattr(graph_module, "CACHED_EDGES", 60)
    graph = PartnerGraph(index=Index(flow, columns_of(town(flow.codes, 150))))
    first = {node: dict(graph.adj[node]) for node in graph}
    kept = graph._adj._kept
    assert sum(map(len, kept.values())) <= 60 or len(kept) == 1
    assert {node: dict(graph.adj[node]) for node in graph} == first


def test_a_network_sees_no_node_of_another(flow: Flow) -> None:
    """A private business of another network is no node, and nobody's neighbour."""
    index = Index(flow, columns_of([Home(business_id=1, services={"real_estate_agent": 1.0})]))
    index.put(Home(business_id=2, services={"mortgage_broker": 1.0}), 7)
    ours, theirs = PartnerGraph(index=index, network_id=7), PartnerGraph(index=index, network_id=8)
    assert set(ours) == {1, 2}
    assert 2 in ours.adj[1]
    assert list(theirs) == [1]
    assert 2 not in theirs.adj[1]


def test_without_an_index_it_is_an_ordinary_graph() -> None:
    """Algorithms that copy a graph by its class get an empty one that they can fill."""
    graph = PartnerGraph()
    graph.add_edge(1, 2, weight=3.0)
    assert graph.copy().adj[2][1]["weight"] == 3.0
    assert nx.shortest_path(graph, 1, 2) == [1, 2]
