"""Names as people type them find the service or the market they mean."""

import csv

import pytest

from matcher.taxonomy import data_folder, taxonomy


@pytest.mark.parametrize("name", ["plumber", "Plumber", "PLUMBER!", "  plumber "])
def test_a_service_is_found_by_its_name_however_it_is_written(name: str) -> None:
    """Capitals, blanks and punctuation do not matter."""
    assert taxonomy().find_service(name)[0].service == "plumber"


def test_a_service_is_found_by_its_code_with_certainty() -> None:
    """A code means itself and nothing else."""
    guesses = taxonomy().find_service("mortgage_broker")
    assert [(guess.service, guess.confidence, guess.why) for guess in guesses] == [("mortgage_broker", 1.0, "code")]


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("florists", "florist"),
        ("Bakeries", "bakery"),
        ("Churches", "church"),
        ("Real estate agents", "real_estate_agent"),
    ],
)
def test_a_plural_finds_the_service(text: str, service: str) -> None:
    """A list of trades is often in the plural."""
    assert taxonomy().find_service(text)[0].service == service


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("loan officer", "mortgage_broker"),
        ("CPA", "accountant"),
        ("exterminator", "pest_control"),
        ("vet", "veterinarian"),
        ("Steuerberater", "accountant"),
        ("Makler", "real_estate_agent"),
    ],
)
def test_another_word_for_a_service_finds_it(text: str, service: str) -> None:
    """Owners write the word of their trade, in their language, not ours."""
    assert taxonomy().find_service(text)[0].service == service


@pytest.mark.parametrize(
    ("text", "service"),
    [("chiropracter", "chiropractor"), ("accountent", "accountant"), ("electricain", "electrician")],
)
def test_a_typing_error_still_finds_the_service_and_says_so(text: str, service: str) -> None:
    """A near spelling is a guess that names the word it was taken for, and is less sure than the word itself."""
    guess = taxonomy().find_service(text)[0]
    assert guess.service == service
    assert guess.why.startswith("near")
    assert guess.confidence < taxonomy().find_service(service)[0].confidence


@pytest.mark.parametrize(
    ("text", "service"),
    [("Café", "cafe"), ("cafe", "cafe"), ("dermatologue", "dermatologist"), ("géomètre-expert", "land_surveyor")],
)
def test_accents_do_not_matter(text: str, service: str) -> None:
    """A word is found with and without its accents."""
    assert taxonomy().find_service(text)[0].service == service


@pytest.mark.parametrize("text", ["", "   ", "?!", "qzxwvk", "the"])
def test_an_unknown_service_gives_no_guess(text: str) -> None:
    """Better no answer than a wrong one."""
    assert taxonomy().find_service(text) == []


def test_a_word_that_several_services_share_gives_the_first_choice_first() -> None:
    """The tie-break decides the order; the others stay on offer, less sure."""
    guesses = taxonomy().find_service("attorney")
    assert len(guesses) > 1
    assert guesses[0].confidence > guesses[1].confidence


def test_no_more_guesses_than_asked_for() -> None:
    """The limit holds for shared words and for near spellings."""
    assert len(taxonomy().find_service("attorney", limit=1)) == 1
    assert len(taxonomy().find_service("atorney", limit=1)) <= 1


@pytest.mark.parametrize(
    ("text", "market"),
    [
        ("first_home_buyers", "first_home_buyers"),
        ("First-time home buyers", "first_home_buyers"),
        ("first time home buyer", "first_home_buyers"),
        ("house hunters", "first_home_buyers"),
        ("Couples getting married", "engaged"),
        ("SaaS companies", "tech_startups"),
        ("cafes", "restaurants"),
        ("fiances", "engaged"),
        ("pet onwers", "pet_owners"),
        ("pensionners", "retirees"),
    ],
)
def test_a_market_is_found_by_code_name_synonym_or_near_spelling(text: str, market: str) -> None:
    """Owners describe their clients in their own words, with plurals, accents and typing errors."""
    assert taxonomy().find_market(text) == market


@pytest.mark.parametrize("text", ["", " ", "?", "qzxwvk", "people who like the colour of rain"])
def test_an_unknown_market_is_none(text: str) -> None:
    """A market that we do not know is not guessed."""
    assert taxonomy().find_market(text) is None


def test_every_market_is_found_by_its_name_and_by_each_synonym() -> None:
    """No word of one market leads to another."""
    wrong = [
        (text, market.code)
        for market in taxonomy().markets.values()
        for text in (market.name, *market.synonyms)
        if taxonomy().find_market(text) != market.code
    ]
    assert wrong == []


def test_every_market_has_at_least_four_other_words() -> None:
    """An owner finds a market without knowing our name for it."""
    assert [market.code for market in taxonomy().markets.values() if len(market.synonyms) < 4] == []


def test_no_market_has_a_name_that_a_list_would_be_cut_at() -> None:
    """Files name several markets in one cell, separated by commas, semicolons or bars."""
    assert [market.name for market in taxonomy().markets.values() if set(market.name) & set(",;|")] == []


def test_the_sample_town_speaks_words_that_we_know() -> None:
    """Of the categories at least 97 in 100 find a service, and every market that a firm serves is known."""
    with (data_folder() / "samples" / "town.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    unknown = [row["Category"] for row in rows if not taxonomy().find_service(row["Category"])]
    served = {market for row in rows for market in row["Serves"].split("; ") if market}
    assert len(unknown) <= 0.03 * len(rows), unknown
    assert [market for market in served if not taxonomy().find_market(market)] == []
