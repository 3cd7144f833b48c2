"""Words of a text: their roots."""

import pytest

from matcher.names import roots


@pytest.mark.parametrize(
    ("word", "root"),
    [("leaks", "leak"), ("leaking", "leak"), ("potted", "pot"), ("raking", "rake"), ("washable", "wash"), ("is", "is")],
)
def test_regular_forms_lead_to_their_root(word: str, root: str) -> None:
    """Plurals, tenses and the like are traced to the word that they are made from."""
    assert root in roots(word)
