"""What a contact has no field for: nothing of a card or a line is lost unseen."""

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from matcher.exchange.contact_cards import FOR_PROGRAMS
from matcher.exchange.contact_columns import CONTACTS
from matcher.exchange.tables import read_table
from tests.bench.tables import SHARED_DATA
from tests.exchange.conftest import ReadPeople

REAL = SHARED_DATA / "contacts"
BESIDE = [  # real files of other programs -> what stands in a note
    ("gmail.vcf", {"Birthday: 1975-12-12", "Another address: work_street, work_city, work_zip, work_country"}),
    ("tb_plain.csv", {"Birthday: 1970-11-15", "Department: department"}),
    (
        "vcard/John_Doe_MS_OUTLOOK.vcf",
        {
            *("Birthday: 1980-03-22", "Department: Accounting", "Further position: Counting Money"),
            "Another address: Silicon Alley 5, New York, New York, 12345, United States of America",
        },
    ),
    ("vcard/outlook-2003.vcf", {"Birthday: 1980-03-21", "Department: TheDepartment"}),
]
PROPERTIES = (
    *(
        "N",
        "FN",
        "ORG",
        "TITLE",
        "ROLE",
        "NOTE",
        "EMAIL",
        "TEL",
        "ADR",
        "URL",
        "LABEL",
        "NICKNAME",
        "BDAY",
        "CATEGORIES",
    ),
    *("ANNIVERSARY", "IMPP", "RELATED", "GENDER", "GEO", "X-SPOUSE", "X-MS-MANAGER", "X-AIM", "LANG", "MEMBER"),
)


@pytest.mark.parametrize(("name", "lines"), BESIDE)
def test_what_has_no_field_stands_in_the_note(read_people: ReadPeople, name: str, lines: set[str]) -> None:
    """A birthday, a department, a second position and a second address of a real card are lines of the note."""
    path = REAL / name
    if not path.exists():
        pytest.skip(f"There is no {path}.")
    people, problems = read_people(path.read_bytes())
    assert lines <= {line for one in people for line in one.told.note.split("\n")}
    (sentence,) = (problem.sentence for problem in problems if (problem.line, problem.field) == (0, "note"))
    assert all(f"{line.partition(':')[0]} (1)" in sentence for line in lines)


def test_days_that_cards_write(read_people: ReadPeople) -> None:
    """A birthday is read as one day however it is written; one that is no day stands as it is."""
    written = ("19800322", "1980-03-22T00:00:00Z", "--0322", "1980-13-22", "in May 80")
    cards = "".join(f"BEGIN:VCARD\nFN:P{n}\nBDAY:{day}\nEND:VCARD\n" for n, day in enumerate(written))
    notes = [one.told.note for one in read_people(cards.encode())[0]]
    assert notes == [f"Birthday: {day}" for day in ("1980-03-22", "1980-03-22", "22 March", "1980-13-22", "in May 80")]


@settings(max_examples=30, phases=[Phase.explicit, Phase.generate])
@given(names=st.lists(st.sampled_from(PROPERTIES) | st.from_regex(r"X-[A-Z]{2,9}", fullmatch=True), max_size=12))
def test_nothing_of_a_card_is_lost_unseen(names: list[str]) -> None:
    """Whatever a card says of somebody, of any kind and however often, stands in a column that the preview shows."""
    told = [f"{name}:word{n}zz" for n, name in enumerate(names) if name not in FOR_PROGRAMS and "PHONETIC" not in name]
    table = read_table("contacts", "\n".join(("BEGIN:VCARD", "FN:Ann", *told, "END:VCARD")).encode(), CONTACTS.headings)
    shown = " ".join(cell for _, row in table.rows() for cell in row)
    assert all(line.partition(":")[2] in shown for line in told)


def test_the_second_of_two_lines_adds_its_note(read_people: ReadPeople) -> None:
    """What either of two lines on one person says beside their fields stands in the note, once."""
    people, _ = read_people(b"Name,Email,Notes,Birthday\nAnn,a@b.example,Sings,\nAnn,a@b.example,Sings,1975-12-12\n")
    assert [one.told.note for one in people] == ["Sings\nBirthday: 1975-12-12"]
