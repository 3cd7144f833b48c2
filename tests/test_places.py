"""Where places are."""

import pytest

from matcher.knowledge.places import coordinates, find_place, is_town, place_of_postcode, state_of, zip_of


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("85701", "Tucson, AZ"),
        ("Tucson", "Tucson, AZ"),
        ("tucson, az", "Tucson, AZ"),
        ("Tucson, AZ 85701", "Tucson, AZ"),
        ("Billings MT", "Billings, MT"),
        ("Fargo, North Dakota", "Fargo, ND"),
        ("St. Louis", "Saint Louis, MO"),
        ("New York", "New York, NY"),
        ("Washington DC", "Washington, DC"),
        ("Washington, District of Columbia", "Washington, DC"),
    ],
)
def test_a_place_is_found_by_zip_town_or_town_and_state(text: str, name: str) -> None:
    """People write places in many ways, and each of these names one."""
    place = find_place(text)
    assert place is not None
    assert place.name == name


def test_the_biggest_town_wins_for_a_bare_name() -> None:
    """Portland without a state is the one in Oregon, not the one in Maine."""
    place = find_place("Portland")
    assert place is not None
    assert place.name == "Portland, OR"


@pytest.mark.parametrize("text", ["", "   ", "Nowhere at all", "00000", "AZ"])
def test_an_unknown_place_is_none(text: str) -> None:
    """What is no place gives no place rather than a wrong one."""
    assert find_place(text) is None


def test_other_countries_are_not_looked_up_in_the_united_states() -> None:
    """Paris in France is not Paris in Texas."""
    assert find_place("Paris", country="FR") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("85701", "85701"),
        ("85717-1271", "85717"),
        ("857171271", "85717"),
        ("2903", "02903"),
        ("SW1A 1AA", ""),
        ("", ""),
    ],
)
def test_a_zip_code_is_read_in_every_spelling(text: str, code: str) -> None:
    """The four further digits are left away and lost leading zeros come back."""
    assert zip_of(text) == code


def test_a_zip_code_is_placed_where_it_is() -> None:
    """The middle of ZIP area 02903 is in Providence."""
    place = place_of_postcode("02903")
    assert place is not None
    assert (round(place.lat), round(place.lon)) == (42, -71)


@pytest.mark.parametrize(
    ("text", "code"), [("AZ", "AZ"), ("arizona", "AZ"), ("New Hampshire", "NH"), ("ZZ", ""), ("", "")]
)
def test_a_state_is_known_by_code_and_name(text: str, code: str) -> None:
    """Both ways of writing a state give its two letters."""
    assert state_of(text) == code


@pytest.mark.parametrize(("lat", "lon"), [(0.0, 0.0), (91.0, 10.0), (10.0, -181.0)])
def test_impossible_positions_are_unknown(lat: float, lon: float) -> None:
    """Out of bounds, and the point where missing values end up, mean that nobody knows."""
    assert coordinates(lat, lon) is None


def test_a_position_on_the_equator_is_possible() -> None:
    """Only both zero together mean unknown."""
    assert coordinates(0.0, 32.5) == (0.0, 32.5)


def test_towns_are_told_from_other_words() -> None:
    """A column of towns can be recognised by its content."""
    assert is_town("Tucson")
    assert not is_town("Plumbing Contractor")


def test_coordinates_are_a_place() -> None:
    """Somebody whose town we do not know can say where it is."""
    found = find_place("48.137, 11.575")
    assert found is not None
    assert (found.lat, found.lon) == (48.137, 11.575)
    assert find_place("148.137, 11.575") is None
