"""The file of rules on thanking: complete, in order, and as strict as the taxonomy."""

import csv
from datetime import date

import pytest

from matcher.knowledge.rewards import IN_THE_EU, PLACES, WITH_VALUE, Rule, place_of, rules, rules_for
from matcher.taxonomy import data_folder, taxonomy

COVERED = (
    *("respa_8", "realty_licence", "anti_kickback", "stark", "aba_7_2_pay", "rebating", "sec_marketing", "finra_3220"),
    *("attest_clients", "medicare_presents", "funeral_money", "hospice_presents", "uk_solicitors", "uk_injury"),
    *("uk_finance", "de_tax", "de_lawyers", "de_doctors", "de_notaries", "fr_avocats", "fr_notaires", "fr_comptables"),
    *("mifid", "idd"),
)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: f"{rule.code}-{rule.place}")
def test_each_rule_is_whole(rule: Rule) -> None:
    """A rule names services and kinds that there are, says itself in words, and gives a source."""
    assert rule.services
    assert rule.services <= taxonomy().services.keys()
    assert rule.place in {*PLACES, "EU"}
    assert rule.rewards
    assert set(rule.rewards) <= set(WITH_VALUE)
    assert rule.rule.endswith(".")
    assert rule.source
    assert rule.verdict in ("refused", "limited", "ask")
    assert (rule.verdict == "limited") == (rule.limit_cents is not None) == bool(rule.currency)
    assert rule.currency in ("", "USD", "EUR", "GBP")  # a dollar is worth less than the others: one for one is stricter
    assert not rule.checked_on or date.fromisoformat(rule.checked_on) <= date(2026, 11, 26)


def test_well_known_rules_are_there() -> None:
    """The file holds the laws that everybody in these trades asks about, each once for a place."""
    known = [(rule.code, rule.place) for rule in rules()]
    assert len(known) == len(set(known))
    assert {code for code, _ in known} >= set(COVERED)


def test_rules_on_money_are_about_restricted_services() -> None:
    """Where a rule refuses money for a referral, the taxonomy says that paid referrals are restricted."""
    free = {one.code for one in taxonomy().services.values() if one.paid_referrals == "free"}
    in_part = {"roofer", "tax_preparer"}  # free in general; refused for insurance claims in Florida, and in Germany
    for rule in rules():
        if "money" in rule.rewards and rule.verdict == "refused":
            assert not (rule.services & free) - in_part, rule.code


def test_the_nearest_place_counts() -> None:
    """A state's rule stands in place of its country's with the same code, and a country's of the EU beside it."""
    assert [r.place for r in rules_for(["insurance_agent"], "US-WA") if r.code == "rebating"] == ["US-WA"]
    assert [r.place for r in rules_for(["insurance_agent"], "US-OR") if r.code == "rebating"] == ["US"]
    assert {r.place for r in rules_for(["insurance_agent"], "DE")} == {"DE", "EU"}
    assert {r.place for r in rules_for(["insurance_agent"], "")} >= {"US", "US-WA", "UK", "EU", "DE"}
    assert all(r.place.startswith("US") for r in rules_for(["insurance_agent"], "US"))


@pytest.mark.parametrize(
    ("text", "country", "code"),
    [
        ("Tucson, AZ", "", "US-AZ"),
        ("Tucson, AZ 85701", "US", "US-AZ"),
        ("Köln, NW", "DE", "DE"),
        ("Leeds", "GB", "UK"),
        ("Córdoba, AR", "AR", ""),
        ("Somewhere", "", ""),
        ("", "", ""),
    ],
)
def test_places_are_read(text: str, country: str, code: str) -> None:
    """A place is read from a town with its state, or from its country; what is not sure stays open."""
    assert place_of(text, country) == code


def test_countries_of_the_eu() -> None:
    """All 27 countries of the European Union can be chosen."""
    assert len(IN_THE_EU) == 27


def test_the_file_reads_as_a_table() -> None:
    """Every line of the file has all its cells."""
    with (data_folder() / "rewards.csv").open(encoding="utf-8", newline="") as file:
        assert all(None not in row and None not in row.values() for row in csv.DictReader(file))
