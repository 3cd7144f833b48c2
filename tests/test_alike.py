"""How alike services are in meaning, with the real language model."""

import numpy as np
import pytest

from matcher import embedding
from matcher.alike import how_alike
from matcher.taxonomy import taxonomy

needs_extra = pytest.mark.skipif(not embedding.installed(), reason="needs the extra `semantic`")
CODES = list(taxonomy().services)


def alike(one: str, other: str) -> float:
    """The cosine of two services."""
    found = how_alike(taxonomy())
    assert found is not None
    return float(found[CODES.index(one), CODES.index(other)])


@needs_extra
def test_likeness_is_a_table_of_cosines() -> None:
    """It is symmetric, 1 with oneself, within -1 and 1, and worked out once."""
    found = how_alike(taxonomy())
    assert found is not None
    assert found.shape == (len(CODES), len(CODES))
    assert np.allclose(found, found.T)
    assert np.allclose(np.diag(found), 1)
    assert np.abs(found).max() <= 1 + 1e-6
    assert how_alike(taxonomy()) is found


@needs_extra
@pytest.mark.parametrize(
    ("service", "near", "far"),
    [
        ("estate_attorney", "probate_attorney", "tire_shop"),
        ("wedding_planner", "event_planner", "septic_drain"),
        ("physical_therapist", "sports_medicine", "printer"),
    ],
)
def test_neighbours_in_meaning_are_more_alike(service: str, near: str, far: str) -> None:
    """Two trades of one field are much more alike than two that have nothing to do with each other."""
    assert alike(service, near) > alike(service, far) + 0.2


def test_without_the_extra_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation without the language model has no likeness and says so by None."""
    monkeypatch.setattr(embedding, "LIBRARIES", ("no_such_library",))
    embedding._files.cache_clear()
    assert how_alike.__wrapped__(taxonomy()) is None
    monkeypatch.undo()
    embedding._files.cache_clear()
