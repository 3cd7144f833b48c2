"""The order shown, against a slow version."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matcher.engine import ranking
from matcher.engine.ranking import AHEAD, EVERY, LATER, TURN, find_out, ranked, rounded

Candidate = tuple[float, int, int | None, int]  # score, service, distance, id
candidates = st.lists(
    st.tuples(st.sampled_from([0.1, 0.3, 0.30001, 1.0, 2.0, 7.0]), st.integers(0, 3), st.none() | st.integers(0, 3)),
    min_size=1,
    max_size=60,
)


def plainly(people: list[Candidate]) -> list[tuple[int, int, int]]:
    """(id, rank, how many like it) in the order shown, worked out one by one."""
    before: dict[int, int] = {}
    turns: dict[int, float] = {}
    far = math.inf
    for score, service, _, number in sorted(people, key=lambda p: (-p[0], far if p[2] is None else p[2], p[3])):
        turns[number] = score * LATER ** (before.get(service, 0) // TURN)
        before[service] = before.get(service, 0) + 1
    order = sorted(people, key=lambda p: (-turns[p[3]], -p[0], far if p[2] is None else p[2], p[3]))
    kinds = [(service, score) for score, service, _, _ in order]
    return [(p[3], kinds.index(kind) + 1, kinds.count(kind) - 1) for p, kind in zip(order, kinds, strict=True)]


@given(candidates, st.integers(0, 70), st.integers(1, 5))
def test_the_order_is_the_plain_one(people: list[tuple[float, int, int | None]], wanted: int, more: int) -> None:
    """However few candidates are looked at first, the page, the ranks and the ties are those of the plain way."""
    numbered = [(score, service, distance, n) for n, (score, service, distance) in enumerate(people)]
    kept, ranking.MORE = ranking.MORE, more
    try:
        order, ranks, alike = ranked(
            np.array([p[0] for p in numbered]),
            np.array([p[1] for p in numbered]),
            np.array([np.nan if p[2] is None else p[2] for p in numbered], dtype=float),
            np.arange(len(numbered)),
            wanted,
        )
    finally:
        ranking.MORE = kept
    assert list(zip(order.tolist(), ranks.tolist(), alike.tolist(), strict=True)) == plainly(numbered)[:wanted]


def test_thousands_of_a_kind_leave_room_for_others() -> None:
    """Among thousands of equal insurance agents the first 20 still show every other service that is nearly as good."""
    score = np.r_[np.full(5000, 1.0), np.linspace(0.9, 0.6, 7)]
    service = np.r_[np.zeros(5000, dtype=int), np.arange(1, 8)]
    order, ranks, alike = ranked(score, service, np.full(len(score), 3.0), np.arange(len(score)), 20)
    assert set(service[order]) == set(range(8))
    agents = service[order] == 0
    assert set(ranks[agents]) == {1}
    assert set(alike[agents]) == {4999}


def test_scores_that_differ_in_the_noise_are_equal() -> None:
    """Two scores that agree to nine digits become the same number."""
    one, other, third = rounded(np.array([0.123456789012, 0.123456789013, 0.123456799]))
    assert one == other
    assert one != third


widths = st.lists(st.sampled_from([0.1, 0.2, 0.5, 0.9]), max_size=130)


@given(widths, st.integers(0, 60), st.integers(1, 30))
def test_pages_are_the_list_in_one_go(width: list[float], wanted: int, page: int) -> None:
    """A list cut in pages, each worked out by itself from as many as it needs, equals the list worked out at once."""
    whole = list(zip(*find_out(np.array(width), wanted), strict=True))
    pages = []
    for first in range(0, wanted, page):
        last = min(first + page, wanted)
        pages += list(zip(*find_out(np.array(width[: last + AHEAD]), last), strict=True))[first:]
    assert pages == whole
    assert len(whole) == min(wanted, len(width))


@given(widths)
def test_every_fifth_place_is_the_widest_of_the_next(width: list[float]) -> None:
    """Everybody has one place; every fifth goes to the widest of the next 40, the others keep their order."""
    places, marked = find_out(np.array(width), len(width))
    assert sorted(places) == list(range(len(width)))
    for number, (place, is_open) in enumerate(zip(places, marked, strict=True)):
        left = sorted(set(places[number:]))
        assert is_open is (number % EVERY == EVERY - 1)
        assert place == (max(left[:AHEAD], key=lambda one: (width[one], -one)) if is_open else left[0])
