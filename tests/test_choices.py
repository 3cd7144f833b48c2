"""Search as one types."""

import pytest

from matcher.knowledge.choices import markets_like, services_like, usual_markets
from matcher.taxonomy import taxonomy


@pytest.mark.parametrize("code", ["mortgage_broker", "plumber", "florist"])
def test_beginning_of_a_name_finds_it(code: str) -> None:
    """A service is among the first from half its name on, in any case."""
    name = taxonomy().services[code].name
    assert code in services_like(name[: len(name) // 2 + 1].upper(), 8)


def test_typing_error_still_finds() -> None:
    """When nothing begins as typed, near spellings are offered."""
    assert "plumber" in services_like("plummber")


@pytest.mark.parametrize("text", ["", "   ", "?!", "zzzzqqq"])
def test_nothing_fits_nothing(text: str) -> None:
    """Blanks and nonsense find nothing."""
    assert services_like(text) == []
    assert markets_like(text) == []


def test_markets_are_found_by_any_word() -> None:
    """A kind of client is found by a word inside its name."""
    assert "first_home_buyers" in markets_like("home buy")


def test_usual_markets_fit_the_service() -> None:
    """A mortgage broker usually has people who buy a home; no service has no usual clients."""
    usual = usual_markets(["mortgage_broker"])
    assert usual[0] in {"first_home_buyers", "move_up_buyers"}
    assert len(usual) == len(set(usual)) <= 12
    assert usual_markets([]) == []
