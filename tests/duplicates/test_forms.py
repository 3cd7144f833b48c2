"""Comparable forms: what is written differently and means the same becomes equal."""

import pytest

from matcher.duplicates.forms import company_form, email_form, name_form, own_domain, phone_form, sound, street_form
from matcher.duplicates.nicknames import one_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("+1 (520) 555-0177", "520.555.0177"),
        ("+49 170 1234567", "0170/1234567"),
        ("520-555-0177 ext. 12", "5205550177"),
    ],
)
def test_telephones(one: str, other: str) -> None:
    """Country codes, leading zeros, extensions and punctuation make no other telephone."""
    assert phone_form(one) == phone_form(other) != ""


def test_what_is_no_telephone() -> None:
    """A few digits or none are no number that two people could share."""
    assert phone_form("12345") == phone_form("call me") == ""


def test_addresses() -> None:
    """Capitals, plus tags and Gmail's dots make no other address, and a text without a house is none."""
    assert email_form("Ann.Lee+news@GMail.com") == email_form("annlee@googlemail.com")
    assert email_form("ann.lee@firm.example") != email_form("annlee@firm.example")
    assert email_form("ann") == email_form("@firm.example") == ""


def test_whose_domain() -> None:
    """A domain that anybody can have says nothing of where somebody works."""
    assert own_domain("ann@firm.example") == "firm.example"
    assert own_domain("ann@gmail.com") == own_domain("") == ""


@pytest.mark.parametrize("text", ["Dr. Ann Lee", "Lee, Ann", "ANN  LÉE, PhD", "Ann M. Lee Jr."])
def test_names(text: str) -> None:
    """Titles, order, accents and middle names leave given name and surname."""
    assert name_form(text)[:2] == ("ann", "lee")


def test_firms_and_streets() -> None:
    """Legal forms, kinds of streets and directions make no other firm and no other street."""
    assert company_form("The Acme Co., Inc.") == company_form("ACME") == "acme"
    assert street_form("2929 W. 19th St.") == street_form("2929 West 19th Street") == ("2929", "19th")


@pytest.mark.parametrize(
    ("word", "code"), [("robert", "r163"), ("rupert", "r163"), ("ashcraft", "a261"), ("tymczak", "t522"), ("", "")]
)
def test_sounds(word: str, code: str) -> None:
    """Soundex gives the codes that the U.S. National Archives print, without the zeros."""
    assert sound(word) == code


def test_short_forms() -> None:
    """Bob and Rob are Roberts, Alex may be two names, and Bob is no William."""
    assert one_name("bob", "robert")
    assert one_name("bob", "rob")
    assert one_name("alex", "alexandra")
    assert one_name("alex", "alexander")
    assert not one_name("bob", "bill")
    assert not one_name("zelda", "zelda")  # it stands in no table; equal names are compared elsewhere
