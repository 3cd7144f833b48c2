"""Groups of people who are one, on people few enough to see who is."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.duplicates.blocks import WINDOW, candidates
from matcher.duplicates.columns import People, columns_of
from matcher.duplicates.find import duplicates
from matcher.duplicates.levels import ALIKE, DIFFERENT, FIELDS, NEAR, SAME, UNKNOWN, levels_of
from tests.bench.duplicates import figures, sites
from tests.bench.made_people import population

STRANGERS = {name[:4]: name for name in population(90, 0)[0].names}  # names unlike each other, to be found among


def people(*rows: dict[str, str]) -> People:
    """Some people among strangers, who stand behind them."""
    whole = [*rows, *({"name": name} for name in STRANGERS.values())]
    column = lambda field: [row.get(field, "") for row in whole]  # noqa: E731
    several = lambda field: [list(filter(None, row.get(field, "").split(" | "))) for row in whole]  # noqa: E731
    return People(
        names=column("name"),
        emails=several("email"),
        phones=several("phone"),
        companies=column("company"),
        streets=column("street"),
        cities=column("city"),
        postcodes=column("postcode"),
    )


def groups(*rows: dict[str, str]) -> list[tuple[int, ...]]:
    """Who of them are one."""
    return sorted(group.members for group in duplicates(people(*rows)))


ANN = {"name": "Ann Lee", "email": "ann@lee.example", "phone": "520-555-0177", "street": "12 Oak St", "city": "Tucson"}
BOB = ANN | {"name": "Bob Lee"}


def test_one_person_written_twice() -> None:
    """A nickname, another order and another way to write a number still make one person, with the reason."""
    (group,) = duplicates(
        people({"name": "Robert Lee", "phone": "520-555-0177"}, {"name": "LEE, Bob", "phone": "+1 5205550177"})
    )
    assert group.members == (0, 1)
    assert group.pairs[0].reason == "same telephone; names alike"
    assert 0.5 < group.pairs[0].chance < 1


def test_a_family_is_not_one_person() -> None:
    """Two who share surname, telephone, address and e-mail but not the given name are two."""
    assert groups(ANN, BOB) == []
    assert groups(ANN, BOB, ANN | {"name": "Anne Lee"}) == [(0, 2)]


def test_a_name_alone_is_not_enough_with_other_signs() -> None:
    """Two of one name with other telephones, addresses and e-mails are two."""
    other = {
        "name": "Ann Lee",
        "email": "al@x.example",
        "phone": "212-555-0100",
        "street": "9 Elm Rd",
        "city": "Boston",
    }
    assert groups(ANN, other) == []


def test_further_addresses_count() -> None:
    """An address that is not the main one tells as much."""
    one = {"name": "Ann Lee", "email": "old@lee.example | ann@lee.example"}
    assert groups(one, {"name": "Ann Lee", "email": "ann@lee.example"}) == [(0, 1)]


def test_sites_of_one_organisation_are_two_places() -> None:
    """Without a person's name, the same firm and telephone in another street is another place."""
    one = {"company": "Acme Day Care", "phone": "520-555-0177", "street": "12 Oak St"}
    assert groups(one, one | {"street": "900 Willow Rd"}) == []
    assert groups(one, one | {"company": "ACME Daycare Inc."}) == [(0, 1)]


def test_no_chains() -> None:
    """A is like B and B like C, yet C stays out, as they share nothing with A but the name."""
    a = {"name": "Ann Lee", "phone": "520-555-0177", "street": "12 Oak St", "city": "Tucson"}
    b = {"name": "Ann Lee", "phone": "520-555-0177", "email": "ann@lee.example"}
    c = {"name": "Ann Lee", "email": "ann@lee.example", "street": "9 Elm Rd", "city": "Boston"}
    (group,) = groups(a, b, c)
    assert len(group) == 2
    assert 1 in group
    assert groups(a, b, c | {"street": "12 Oak St", "city": "Tucson"}) == [(0, 1, 2)]


def test_not_the_same_is_remembered() -> None:
    """Whom the owner calls two share no group, not even through a third."""
    found = duplicates(people(ANN, ANN, ANN), not_same={(0, 2)})
    assert len(found) == 1
    assert not {0, 2} <= set(found[0].members)


def test_a_crowded_block_is_not_dropped() -> None:
    """Of hundreds who share a switchboard's number, two of one name are still compared, and the crowd is counted."""
    crowd = [
        {"name": f"{chr(97 + n % 26)}{chr(97 + n // 26)}x Yz{n}", "phone": "520-555-0100"} for n in range(5 * WINDOW)
    ]
    found = candidates(columns_of(people(ANN | {"phone": "520-555-0100"}, *crowd, ANN | {"phone": "520-555-0100"})))
    assert (0, len(crowd) + 1) in set(zip(found.left.tolist(), found.right.tolist(), strict=True))
    assert found.crowded >= len(crowd)


def test_levels() -> None:
    """Each field says how alike two people are in it, and nothing where one of them says nothing."""
    one = {
        "name": "A. Lee",
        "email": "ann@lee.example",
        "phone": "520-555-0177",
        "company": "Acme Inc",
        "street": "12 Oak St",
    }
    other = {
        "name": "Ann Leigh",
        "email": "office@lee.example",
        "phone": "520-555-0178",
        "company": "ACME",
        "city": "Tucson",
    }
    columns = columns_of(people(one, other))
    levels = dict(
        zip(FIELDS, levels_of(columns, columns.given.codes[:1] * 0, columns.given.codes[:1] * 0 + 1)[0], strict=True)
    )
    assert (levels["given"], levels["surname"], levels["email"]) == (NEAR, DIFFERENT, NEAR)
    assert (levels["phone"], levels["company"], levels["street"]) == (ALIKE, SAME, UNKNOWN)


WORDS = st.sampled_from(
    ["", "ann lee", "bob lee", "ann", "lee, ann", "Ånn Lee-Smith", "12", "x@y.zz", "\x00", "St St", "🙂"]
)


@settings(max_examples=40)
@given(st.lists(st.tuples(WORDS, WORDS, WORDS, WORDS), max_size=12))
def test_any_columns_can_be_looked_through(rows: list[tuple[str, str, str, str]]) -> None:
    """Whatever stands in the columns there is an answer, in which nobody is in two groups."""
    names, contacts, firms, streets = (list(column) for column in zip(*rows, strict=True)) if rows else ([],) * 4
    both = [[contact] for contact in contacts]
    found = duplicates(People(names=names, emails=both, phones=both, companies=firms, streets=streets))
    members = [member for group in found for member in group.members]
    assert len(members) == len(set(members))
    assert all(len(group.members) > 1 and group.pairs for group in found)


def test_made_people_are_found_again() -> None:
    """Of 300 copies among 3,000 made-up people nearly all are found, and hardly anybody else."""
    made, true = population(3_000, 600)
    found = {pair for group in duplicates(made) for pair in combinations(group.members, 2)}
    precision, recall, _ = figures(found, true)
    assert precision > 0.98
    assert recall > 0.98


def test_real_places(shared_data: object, request: pytest.FixtureRequest) -> None:
    """On the messy list of real places the groups are right for at least .94 of pairs (F1)."""
    whole, true = sites(request.getfixturevalue("shared_data") / "duplicates" / "chicago_sites.csv")
    found = {pair for group in duplicates(whole) for pair in combinations(group.members, 2)}
    assert figures(found, true)[2] >= 0.94
