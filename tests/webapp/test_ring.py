"""The geometry of the network's picture."""

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from matcher.answers.partners import Seatings
from webapp.ring import LINE, RINGS, SEAT, Layout, Spot, arc, lay_out, shortened

SEATS = st.lists(st.tuples(st.sampled_from("abcdefghij"), st.sampled_from(RINGS)), max_size=70)
Seats = list[tuple[str, Seatings]]
Point = tuple[float, float]


def _layout(seats: Seats) -> Layout:
    return lay_out([group for group, _ in seats], [state for _, state in seats])


def _column(layout: Layout, on_right: bool) -> list[Spot]:
    return sorted((s for s in layout.spots if s.on_right is on_right), key=lambda spot: spot.label_y)


def _cross(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    def turn(a: Point, b: Point, c: Point) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    (a, b), (c, d) = one, other
    return turn(a, b, c) * turn(a, b, d) < 0 and turn(c, d, a) * turn(c, d, b) < 0


@given(SEATS)
def test_every_seat_has_one_spot(seats: Seats) -> None:
    """Each seat stands in the picture exactly once."""
    assert [spot.seat for spot in _layout(seats).spots] == list(range(len(seats)))


@given(SEATS)
def test_labels_keep_their_distance(seats: Seats) -> None:
    """Two labels of a column are at least one line apart."""
    layout = _layout(seats)
    for on_right in (True, False):
        ys = [s.label_y for s in _column(layout, on_right)]
        ys += [heading.y for heading in layout.headings if heading.on_right is on_right]
        assert all(below - above >= LINE - 1e-9 for above, below in pairwise(sorted(ys)))


@given(SEATS)
def test_seats_do_not_touch(seats: Seats) -> None:
    """Two seats are far enough apart to be told apart and tapped."""
    spots = _layout(seats).spots
    assert all((a.x - b.x) ** 2 + (a.y - b.y) ** 2 > (0.9 * SEAT) ** 2 for a, b in combinations(spots, 2))


@given(SEATS)
def test_lines_to_labels_do_not_cross(seats: Seats) -> None:
    """Following a line from a seat leads to its own label."""
    layout = _layout(seats)
    for one, other in combinations(layout.spots, 2):
        assert not any(_cross(a, b) for a in pairwise(one.line) for b in pairwise(other.line))


@given(SEATS)
def test_everything_is_inside(seats: Seats) -> None:
    """Nothing is drawn outside the picture."""
    layout = _layout(seats)
    for spot in layout.spots:
        assert all(0 <= x <= layout.width and 0 <= y <= layout.height for x, y in spot.line)
    assert all(0 < heading.y < layout.height for heading in layout.headings)


@given(SEATS)
def test_a_group_stays_together(seats: Seats) -> None:
    """The labels of a group stand below its heading without another group's between them."""
    layout = _layout(seats)
    for on_right in (True, False):
        order = [seats[spot.seat][0] for spot in _column(layout, on_right)]
        assert len(set(order)) == sum(one != other for one, other in pairwise([None, *order]))


def test_rings_go_from_partners_to_empty_seats() -> None:
    """The closer somebody works with the owner, the closer to the middle they stand."""
    layout = _layout([("a", "empty"), ("b", "partner"), ("c", "courted")])
    x, y = layout.middle
    far, near, between = (((s.x - x) ** 2 + (s.y - y) ** 2) ** 0.5 for s in layout.spots)
    assert near < between < far


def test_a_network_without_seats_is_only_the_owner() -> None:
    """An empty picture has a middle and no labels."""
    layout = _layout([])
    assert (layout.spots, layout.headings) == ((), ())


def test_a_long_name_ends_in_dots() -> None:
    """A label that is too long is cut, without a dangling comma."""
    assert shortened("Smith, Jones, Miller, & Daughters", 22) == "Smith, Jones, Miller…"
    assert shortened("Smith", 20) == "Smith"


def test_a_full_circle_is_drawn_nearly_whole() -> None:
    """A share of one still makes an arc that a browser draws."""
    assert arc((0, 0), 10, 1.0).startswith("M0.0 -10.0A10.0 10.0 0 1 1 -0.0")
