"""How alike services are in meaning, with the real language model."""

from collections.abc import Iterator

import numpy as np
import pytest

from matcher.engine.flow import ALIKE
from matcher.knowledge import embedding
from matcher.knowledge.alike import how_alike, ranking_check
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


@needs_extra
def test_the_check_says_that_meaning_is_at_work() -> None:
    """With the extra the check passes, says so, and names the most that meaning adds."""
    check = ranking_check()
    assert check.passed
    assert f"at most {100 * ALIKE:.0f} of 100" in check.sentence


@pytest.fixture
def _forgets_files() -> Iterator[None]:
    """What is known of the model's files is looked up anew, in the test and after it."""
    embedding._files.cache_clear()
    yield
    embedding._files.cache_clear()


@pytest.mark.usefixtures("_forgets_files")
def test_without_the_extra_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation without the language model has no likeness, and the check says so without failing."""
    monkeypatch.setattr(embedding, "LIBRARIES", ("no_such_library",))
    assert how_alike.__wrapped__(taxonomy()) is None
    assert ranking_check().passed
    assert "journeys alone" in ranking_check().sentence


@needs_extra
@pytest.mark.usefixtures("_forgets_files")
def test_a_changed_model_fails_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """A language model that is not the one we know is not used, and the check says what to do."""
    monkeypatch.setattr(embedding, "WEIGHTS_SHA256", "0" * 64)
    assert how_alike.__wrapped__(taxonomy()) is None
    assert not ranking_check().passed
    assert "force-reinstall" in ranking_check().sentence
