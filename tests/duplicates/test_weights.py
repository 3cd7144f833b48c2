"""How much each field tells for two people being one."""

from matcher.duplicates.blocks import candidates
from matcher.duplicates.columns import People, columns_of
from matcher.duplicates.find import judge
from matcher.duplicates.levels import ALIKE, DIFFERENT, FIELDS, NEAR, SAME, UNKNOWN, levels_of
from matcher.duplicates.weights import M_PRIOR, STRENGTH, fit, score
from tests.bench.made_people import population

MADE, TRUE = population(3_000, 400)
COLUMNS = columns_of(MADE)
PAIRS = candidates(COLUMNS)
LEVELS = levels_of(COLUMNS, PAIRS.left, PAIRS.right)
WEIGHTS = fit(COLUMNS, LEVELS)


def test_levels_tell_in_their_order() -> None:
    """The same tells for two, different against them, and what nobody told us nothing at all."""
    bits = WEIGHTS.bits()
    for name in ("given", "surname", "email", "phone", "street"):
        of_field = bits[FIELDS.index(name)]
        assert of_field[DIFFERENT] < 0 < of_field[SAME]
        assert of_field[UNKNOWN] == 0
        assert of_field[NEAR] < of_field[ALIKE] or name == "email"


def test_m_follows_what_is_found() -> None:
    """EM finds, without being told which pairs are one, the share that they and the prior give together."""
    at = FIELDS.index("given")
    pairs = zip(PAIRS.left.tolist(), PAIRS.right.tolist(), strict=True)
    told = [level[at] for pair, level in zip(pairs, LEVELS, strict=True) if pair in TRUE and level[at]]
    same = sum(level == SAME for level in told)
    expected = (same + STRENGTH * M_PRIOR["given"][-1]) / (len(told) + STRENGTH)
    assert abs(WEIGHTS.m[at, SAME] - expected) < 0.005


def test_a_rare_name_tells_more() -> None:
    """Of two pairs that agree in their surname alone, the one whose surname few have weighs more."""
    names = ["Ann Miller", "Bob Miller", *(f"{n}x Miller" for n in range(50)), "Cay Quibble", "Dan Quibble"]
    columns = columns_of(People(names=names, born=["1970-01-01"] * len(names)))
    pairs = candidates(columns)
    levels = levels_of(columns, pairs.left, pairs.right)
    bits = score(fit(columns, levels), columns, levels, pairs.left)
    by_pair = dict(zip(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True), bits.tolist(), strict=True))
    assert by_pair[52, 53] > by_pair[0, 1]


def test_only_new_people_are_compared_when_asked() -> None:
    """With a place where the new ones begin, no pair is of two who were there before, and the copies are found."""
    found = judge(COLUMNS, new_from=3_000)
    assert found.right.min() >= 3_000
    pairs = set(zip(found.left.tolist(), found.right.tolist(), strict=True))
    assert len(pairs & TRUE) / len(TRUE) > 0.98
