"""Industry codes and categories become services."""

import pytest

from matcher.exchange.industry import (
    is_industry_code,
    services_of_category,
    services_of_code,
    sharpen,
    strongest,
)
from matcher.taxonomy import read_rows, taxonomy


def first(text: str) -> str:
    """The surest service of a category."""
    found = services_of_category(text)
    return max(found, key=lambda service: found[service]) if found else ""


@pytest.mark.parametrize(
    ("code", "service"),
    [
        ("541211", "accountant"),
        ("722511", "restaurant"),
        ("722110", "restaurant"),
        ("812112", "hair_salon"),
        ("621210", "dentist"),
    ],
)
def test_codes_of_several_editions_are_known(code: str, service: str) -> None:
    """2022, 2012 and older codes lead to the same services."""
    assert service in services_of_code(code)


def test_a_code_with_its_title_is_known() -> None:
    """Many lists put the words behind the number."""
    assert services_of_code("541110 Offices of Lawyers") == services_of_code("541110")


def test_an_unknown_code_borrows_from_its_relatives_and_is_less_sure() -> None:
    """A code that nobody listed is read by the code above it."""
    whole, part = services_of_code("621210"), services_of_code("62121")
    assert set(part) <= set(whole)
    assert 0 < part["dentist"] < whole["dentist"]


@pytest.mark.parametrize("code", ["", "n/a", "999999", "LLC"])
def test_what_is_no_code_gives_nothing(code: str) -> None:
    """No service is invented."""
    assert services_of_code(code) == {}
    assert not is_industry_code(code)


@pytest.mark.parametrize(
    ("category", "service"),
    [
        ("Restaurants", "restaurant"),
        ("Services > Personal > Barber", "barber"),
        ("Food & Drink > Bars & Pubs", "bar_brewery"),
        ("Services > Building & Trades > Construction > painter|hanging|contractor", "painter"),
        ("Services > Banks & Credit Unions > Investment Brokerage", "investment_manager"),
        ("Real Estate Agents and Brokers", "real_estate_agent"),
        ("Dentists", "dentist"),
        ("shop=florist", "florist"),
        ("Boulangerie", "bakery"),
        ("Steuerberater", "accountant"),
        ("Photograper", "photographer"),
        ("541110 Offices of Lawyers", "business_attorney"),
    ],
)
def test_categories_of_many_kinds_of_directory_are_known(category: str, service: str) -> None:
    """Chambers, maps, telephone books and other languages name trades differently."""
    assert first(category) == service


def test_the_narrowest_level_counts() -> None:
    """Divorce law is not all kinds of law."""
    assert set(services_of_category("Services > Lawyer & Legal Services > divorce|law|family")) == {"family_attorney"}


def test_a_broad_category_gives_many_services_little_sureness() -> None:
    """An unspecified lawyer may be any of a dozen, none of them surely."""
    found = services_of_category("Lawyer & Legal Services")
    assert len(found) > 5
    assert max(found.values()) < 0.5


def test_a_maker_of_furniture_is_no_furniture_shop() -> None:
    """Manufacturing and wholesale sell to businesses."""
    found = services_of_category("Manufacturing & Wholesale Goods > Manufacturing > Furniture")
    assert found["manufacturer"] > found.get("furniture_store", 0.0)
    assert "wholesale_distributor" not in found


def test_a_name_only_sharpens_what_the_code_allows() -> None:
    """Immigration in the name raises one kind of lawyer, and adds nothing that is not under the code."""
    lawyers = services_of_code("541110")
    sharp = sharpen("SMITH IMMIGRATION LAW PLLC", lawyers)
    assert set(sharp) == set(lawyers)
    assert max(sharp, key=lambda service: sharp[service]) == "immigration_attorney"
    assert sharpen("Immigration Bakery", {"bakery": 0.9}) == {"bakery": 0.9}
    assert sharpen("Immigration Lawyers", {}) == {}


def test_the_surest_word_on_a_service_wins() -> None:
    """Two sources that agree are not added up."""
    told = [("bakery", 0.4, "naics"), ("bakery", 0.9, "category"), ("cafe", 0.2, "naics")]
    assert strongest(told) == {"bakery": (0.9, "category"), "cafe": (0.2, "naics")}


def test_unknown_words_give_nothing() -> None:
    """No service is guessed for a word nobody knows."""
    assert services_of_category("Xyzzy") == {}


def test_category_words_name_known_services_with_a_share() -> None:
    """Every line of category_words.csv points to a service of the taxonomy, once."""
    rows = read_rows("category_words.csv")
    assert {row["service"] for row in rows} <= set(taxonomy().services)
    assert all(0 < float(row["share"]) <= 1 for row in rows)
    assert len({(row["words"], row["service"]) for row in rows}) == len(rows)
