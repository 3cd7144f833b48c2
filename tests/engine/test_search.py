"""The search by bounds, against a scan over everybody."""

import dataclasses

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.answers.partners import Home
from matcher.engine import value
from matcher.engine.columns import Floats
from matcher.engine.compete import COMPETES
from matcher.engine.flow import flow_of
from matcher.engine.index import TAIL, Index
from matcher.engine.kinds import Rows
from matcher.engine.pairs import in_reach, pair_up
from matcher.engine.question import Question
from matcher.engine.ranking import rounded
from matcher.engine.search import ALIKE, best, best_of_each, worth_having
from matcher.taxonomy import taxonomy
from tests.bench.directories import made
from tests.engine.made import columns_of, town
from tests.engine.strategies import homes

FLOW = flow_of(taxonomy())
TOWN_OF_400 = columns_of(town(FLOW.codes, 400))
EDITS = st.lists(st.tuples(st.integers(1, 420), st.sampled_from([1, 7, 8]), st.none() | homes()), max_size=12)


def scan(index: Index, home: Home, network_id: int = 1) -> tuple[Rows, Floats]:
    """Ids and scores of all partners, best first, with the full score of everybody."""
    question = Question(home=home, network_id=network_id)
    rows, distance = in_reach(index, home, index.visible(network_id))
    pairs = pair_up(index, question, rows, distance)
    ids = index["ids"][rows]
    score = np.where((pairs.overlap < COMPETES) & (ids != home.business_id), rounded(value.worth(pairs).score), 0.0)
    order = np.lexsort((ids, -score))
    order = order[score[order] > 0]
    return ids[order], score[order]


def edited(index: Index, edits: list[tuple[int, int, Home | None]]) -> Index:
    """The index after some puts and removals in several networks."""
    for business_id, network_id, home in edits:
        if home is None:
            index.remove(business_id, network_id)
        else:
            index.put(dataclasses.replace(home, business_id=business_id), network_id)
    return index


@settings(max_examples=60)
@given(homes(), EDITS, st.integers(1, 60), st.sampled_from([1, 7]))
def test_the_best_are_those_of_a_scan(
    home: Home, edits: list[tuple[int, int, Home | None]], wanted: int, network_id: int
) -> None:
    """Before and after any edits, bounds leave out nobody: the same ids with the same scores, to the bit."""
    index = Index(FLOW, TOWN_OF_400)
    for changes in ([], edits):
        ids, scores = best(edited(index, changes), Question(home=home, network_id=network_id), wanted)
        all_ids, all_scores = scan(index, home, network_id)
        assert ids.tolist() == all_ids[:wanted].tolist()
        assert scores.tolist() == all_scores[:wanted].tolist()


@settings(max_examples=40)
@given(homes(), EDITS, st.sampled_from([0.0, 0.01, 0.05, 0.5]))
def test_partners_worth_having_are_those_of_a_scan(
    home: Home, edits: list[tuple[int, int, Home | None]], at_least: float
) -> None:
    """All whose score is high enough are found, with their scores to the bit."""
    index = edited(Index(FLOW, TOWN_OF_400), edits)
    found = dict(zip(*(column.tolist() for column in worth_having(index, Question(home=home), at_least)), strict=True))
    every = zip(*(column.tolist() for column in scan(index, home)), strict=True)
    assert found == {business: score for business, score in every if score >= at_least}


@settings(max_examples=40)
@given(homes(), EDITS)
def test_no_network_feels_what_another_does(home: Home, edits: list[tuple[int, int, Home | None]]) -> None:
    """Edits within networks 7 and 8 change nothing that network 9 is answered."""
    index = Index(FLOW, TOWN_OF_400)
    before = best(index, Question(home=home, network_id=9), 50)
    edited(index, [edit for edit in edits if edit[1] != 1])
    after = best(index, Question(home=home, network_id=9), 50)
    assert [column.tolist() for column in before] == [column.tolist() for column in after]


@settings(max_examples=40)
@given(homes(), EDITS)
def test_nobody_suggested_competes(home: Home, edits: list[tuple[int, int, Home | None]]) -> None:
    """Each of the best overlaps less than what the engine itself calls competing."""
    index = edited(Index(FLOW, TOWN_OF_400), edits)
    ids, _ = best(index, Question(home=home), 50)
    rows, distance = in_reach(index, home, index.rows(ids.tolist()))
    assert len(rows) == len(ids)
    assert (pair_up(index, Question(home=home), rows, distance).overlap < COMPETES).all()


def test_what_a_network_knows_better_hides_the_shared_word() -> None:
    """A shared business that a network knows better is seen there as it knows it, once, and elsewhere as before."""
    index = Index(FLOW, columns_of(town(FLOW.codes, 30)))
    shared = index.home(5)
    index.put(dataclasses.replace(shared, services={"florist": 1.0}), 7)
    assert index.home(5, 7).services == {"florist": 1.0}
    assert index.home(5) == index.home(5, 8) == shared
    assert sorted(index["ids"][index.visible(7)].tolist()) == list(range(1, 31))
    assert index.count(7) == index.count(8) == 30
    index.remove(5, 7)
    assert index.home(5, 7) == shared
    assert index.count(7) == 30


def test_many_owners_get_what_each_would_alone() -> None:
    """Owners of one kind who share their work get the answers that each gets alone."""
    twins = [
        Home(business_id=1000 + n, services={"mortgage_broker": 1.0}, lat=32.2 + n / 100, lon=-110.9)
        for n in range(ALIKE + 2)
    ]
    index = Index(FLOW, columns_of([*town(FLOW.codes, 300), *twins]))
    owners = np.array([t.business_id for t in twins] + [1, 2, 3])
    together = {owner: (ids.tolist(), scores.tolist()) for owner, ids, scores in best_of_each(index, owners, 20)}
    for owner in owners.tolist():
        ids, scores = best(index, Question(home=index.home(owner)), 20)
        assert together[owner] == (ids.tolist(), scores.tolist())


def test_a_long_tail_is_cut_into_tiles() -> None:
    """After more edits than a tail holds the answers are still those of a scan, and the tail is short again."""
    index = Index(FLOW, TOWN_OF_400)
    for number, home in enumerate(town(FLOW.codes, 2100, seed=5), start=1):
        index.put(dataclasses.replace(home, business_id=number), 1)
    assert len(index.ground(1).tail) < TAIL
    assert index.ground(1).blocks
    assert index.count(1) == 2100
    home = Home(services={"mortgage_broker": 1.0}, lat=32.2, lon=-110.9)
    assert best(index, Question(home=home), 30)[0].tolist() == scan(index, home)[0][:30].tolist()


def test_the_best_in_a_wide_country_are_those_of_a_scan() -> None:
    """Owners of a directory spread over a continent, many of them among rivals, lose nobody to a bound."""
    index = Index(FLOW, made(30_000))
    for business_id in range(1, 30_000, 500):
        home = index.home(business_id)
        ids, scores = best(index, Question(home=home), 50)
        all_ids, all_scores = scan(index, home)
        assert ids.tolist() == all_ids[:50].tolist()
        assert scores.tolist() == all_scores[:50].tolist()
