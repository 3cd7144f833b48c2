"""Words of a text: their roots, and what is put right in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.names import respelled, roots

USUAL = {"ceiling": 3, "dripping": 1, "sitting": 1, "setting": 2, "boiler": 1}
KNOWN = {*USUAL, "my", "is", "cooker"}


@pytest.mark.parametrize(
    ("word", "root"),
    [("leaks", "leak"), ("leaking", "leak"), ("potted", "pot"), ("raking", "rake"), ("washable", "wash"), ("is", "is")],
)
def test_regular_forms_lead_to_their_root(word: str, root: str) -> None:
    """Plurals, tenses and the like are traced to the word that they are made from."""
    assert root in roots(word)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("my celing is drippping!", "my ceiling is dripping!"),
        ("My CIELING", "My ceiling"),
        ("sutting", "setting"),  # the more usual of two
        ("cookers", "cookers"),  # known by its root
        ("biler", "boiler"),
        ("boil", "boil"),  # too short to tell an error from another word
        ("railing", "railing"),  # other first letter
        ("celngi", "celngi"),  # two errors
    ],
)
def test_typing_errors_are_put_right(said: str, read: str) -> None:
    """One error in a longer word is put right where no known word is meant, and nothing else is touched."""
    assert respelled(said, USUAL, KNOWN.__contains__) == read


@given(st.text(max_size=60))
def test_what_is_known_stays(text: str) -> None:
    """Where every word is known, a text is left exactly as it is."""
    assert respelled(text, USUAL, lambda word: True) == text
