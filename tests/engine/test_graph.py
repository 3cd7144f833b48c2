"""The lazy graph, with networkx's own algorithms."""

from typing import Any

import networkx as nx
import pytest

from matcher.answers.partners import Home
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


@pytest.fixture(scope="module")
def three_hundred(flow: Flow) -> tuple[PartnerGraph, Any]:
    """A lazy graph of 300 businesses, and the plain graph with all its edges written out pair by pair."""
    lazy = PartnerGraph(index=Index(flow, columns_of(town(flow.codes, 300, seed=3))))
    plain = nx.Graph()
    plain.add_nodes_from((node, dict(lazy.nodes[node])) for node in lazy)
    plain.add_edges_from((a, b, dict(edge)) for a in lazy for b, edge in lazy.adj[a].items())
    return lazy, plain


def test_views_are_those_of_a_plain_graph(three_hundred: tuple[PartnerGraph, Any]) -> None:
    """Nodes, edges, adjacency and degrees answer as those of networkx's own graph do."""
    lazy, plain = three_hundred
    assert set(lazy.nodes) == set(plain.nodes)
    assert dict(lazy.nodes(data=True)) == dict(plain.nodes(data=True))
    assert len(lazy) == lazy.number_of_nodes() == lazy.order() == 300
    assert {frozenset(edge) for edge in lazy.edges} == {frozenset(edge) for edge in plain.edges}
    assert len(lazy.edges) == lazy.size() == plain.size() > 1000
    assert lazy.size(weight="weight") == pytest.approx(plain.size(weight="weight"))
    assert {n: dict(near) for n, near in lazy.adjacency()} == {n: dict(near) for n, near in plain.adjacency()}
    assert dict(lazy.degree(weight="weight")) == pytest.approx(dict(plain.degree(weight="weight")))
    one, other = next(iter(plain.edges))
    assert lazy.has_edge(one, other)
    assert lazy.edges[one, other] == lazy[one][other] == plain[one][other]
    assert not lazy.has_edge(one, one)
    assert 12345 not in lazy
    assert set(lazy.nbunch_iter([one, 12345])) == {one}
    assert lazy.get_edge_data(one, 12345) is None


def test_copies_and_parts_are_those_of_a_plain_graph(three_hundred: tuple[PartnerGraph, Any]) -> None:
    """Copies, undirected forms, subgraphs and edge subgraphs equal those of networkx's own graph."""
    lazy, plain = three_hundred
    some = sorted(plain)[::7]
    edges = list(plain.edges)[:40]
    same = nx.utils.graphs_equal
    assert same(lazy.copy(), plain)
    assert same(lazy.to_undirected(), plain)
    assert same(lazy.to_directed(), plain.to_directed())
    assert same(lazy.subgraph(some), plain.subgraph(some))
    assert same(lazy.subgraph([*some, 12345]).copy(), plain.subgraph(some).copy())
    assert same(lazy.edge_subgraph(edges).copy(), plain.edge_subgraph(edges).copy())
    assert same(lazy.materialise(list(lazy)), plain)
    with pytest.raises(nx.NetworkXError):
        lazy.subgraph(some).add_edge(1, 2)


def test_a_graph_in_arrays_gives_the_answers_of_a_plain_one(three_hundred: tuple[PartnerGraph, Any]) -> None:
    """Whole-graph algorithms on the compact form give what they give on dictionaries, in far less memory."""
    lazy, plain = three_hundred
    compact = lazy.compact()
    assert nx.utils.graphs_equal(compact, plain)
    assert nx.pagerank(compact) == pytest.approx(nx.pagerank(plain))
    assert nx.clustering(compact) == nx.clustering(plain)
    assert list(nx.connected_components(compact)) == list(nx.connected_components(plain))
    assert compact.nbytes <= 16 * compact.number_of_edges() + 16 * len(compact) + 8
    assert nx.utils.graphs_equal(compact.subgraph(sorted(plain)[:40]), plain.subgraph(sorted(plain)[:40]))
    part = sorted(plain)[::3]
    assert nx.utils.graphs_equal(lazy.compact(part), plain.subgraph(part))
