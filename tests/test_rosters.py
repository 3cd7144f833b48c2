"""Lists of members: how they are read, and how two of them are compared."""

from dataclasses import replace

import pytest

from matcher.answers.rosters import Member
from matcher.errors import Invalid
from matcher.exchange.roster_rows import pasted, read_members
from matcher.knowledge.rosters import alike, change, compared, key_of

ACME = Member(
    business="Acme Roofing, Inc.", person="Ann Lee", website="https://www.acme.example/home", phone="520-555-0101"
)


@pytest.mark.parametrize(
    ("text", "members"),
    [
        (
            "Company,Contact,Category\nAcme,Ann Lee,Roofer\n",
            [Member(business="Acme", person="Ann Lee", category="Roofer")],
        ),
        ("Company\tFirst Name\tLast Name\nAcme\tAnn\tLee\n", [Member(business="Acme", person="Ann Lee")]),
        ("First Name;Last Name;Phone\nAnn;Lee;520-555-0101\n", [Member(person="Ann Lee", phone="520-555-0101")]),
        ("Member,Website\nAcme,acme.example\nAcme,acme.example\n", [Member(business="Acme", website="acme.example")]),
        ("Name,Company\nAnn Lee,Acme\n", [Member(business="Acme", person="Ann Lee")]),
        ("Acme Roofing\n\nBo & Sons", [Member(business="Acme Roofing"), Member(business="Bo & Sons")]),
        (
            "Acme Plumbing | Joe Park\nBo Inc | Ana Ray\n",
            [Member(business="Acme Plumbing", person="Joe Park"), Member(business="Bo Inc", person="Ana Ray")],
        ),
        (
            "Joe Park, Acme Inc, 520-555-0101\nAna Ray, Bo Inc, 520-555-0102\n",
            [
                Member(business="Acme Inc", person="Joe Park", phone="520-555-0101"),
                Member(business="Bo Inc", person="Ana Ray", phone="520-555-0102"),
            ],
        ),
        (
            "Smith, Jones & Co\nBo Inc\nAgave",
            [Member(business=one) for one in ("Smith, Jones & Co", "Bo Inc", "Agave")],
        ),
        ("BEGIN:VCARD\nVERSION:3.0\nFN:Ann Lee\nORG:Acme\nEND:VCARD\n", [Member(business="Acme")]),
    ],
)
def test_a_list_is_read(text: str, members: list[Member]) -> None:
    """Firms, people of firms and people alone are told apart by the headings; the same line twice is one member."""
    assert read_members("list", pasted(text)) == members


def test_the_first_line_of_a_file_may_be_a_member() -> None:
    """A file without headings loses nobody: its first line is a member like all others."""
    found = read_members("list.csv", b"Acme Inc,Joe Park,520-555-0101\nBo Inc,Ana Ray,520-555-0102\n")
    assert [(one.business, one.person, one.phone) for one in found] == [
        ("Acme Inc", "Joe Park", "520-555-0101"),
        ("Bo Inc", "Ana Ray", "520-555-0102"),
    ]


@pytest.mark.parametrize("text", ["", "Category\nRoofer\n"])
def test_a_list_of_nobody_is_refused(text: str) -> None:
    """A list without names is refused in one sentence."""
    with pytest.raises(Invalid):
        read_members("list", text.encode())


@pytest.mark.parametrize(
    "other",
    [
        Member(business="ACME ROOFING LLC", person="Ánn  Lee"),
        Member(business="Acme & Daughters", website="acme.example"),
        Member(business="Acme Roofing", person="Bo Ray"),
        Member(business="Sonora Roofs", phone="+1 (520) 555 0101"),
    ],
)
def test_members_are_known_again(other: Member) -> None:
    """A member is the same by name, by website, by business with another person, or by telephone."""
    assert compared({"k": ACME}, [other]).same == {"k": 0}


def test_nobody_is_guessed() -> None:
    """A near name, a website that many share and a telephone of two members make nobody the same."""
    shared = Member(business="Bo", website="facebook.com/acme", phone="520-555-0199")
    twins = [Member(business="One", phone="520-555-0199"), Member(business="Two", phone="520-555-0199")]
    near = Member(business="Acme Rofing", website="m.facebook.com/acme")
    found = compared({"a": ACME, "b": shared}, [near, *twins])
    assert (found.same, found.joined, found.left) == ({}, [0, 1, 2], ["a", "b"])
    assert alike("Acme Rofing", ["bo", "acme roofing"]) == "acme roofing"
    assert alike("Sonora", ["bo"]) == ""


def test_a_change_is_said() -> None:
    """What changed is said by name, old and new; how it is written is no change."""
    same = Member(business="Acme Roofing", person="ann lee", website="acme.example", phone="(520) 5550101")
    assert change(ACME, same) == ""
    assert change(same, replace(same, person="Bo")) == "person: ann lee → Bo"
    assert key_of(ACME) == key_of(Member(business="acme roofing", person="ANN LEE")) != key_of(Member(business="Acme"))
