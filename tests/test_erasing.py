"""What somebody is known again by, and how they are blacked out in texts."""

import pytest

from matcher.erasing import Marks, signs_in, signs_of

KEY, OTHER = b"k" * 32, b"o" * 32
ANN = Marks(names=["José Núñez Lee"], emails=["ann+x@example.org"], phones=["+1 520 555 0177", "12"])


@pytest.mark.parametrize(
    ("one", "same"),
    [
        (
            ("José Núñez", " ANN@example.org ", ("+44 7700 900123",)),
            ("jose  nunez", "ann@Example.org", ("07700 900123",)),
        ),
        (("", "", ("(520) 555-0177",)), ("", "", ("15205550177",))),
    ],
)
def test_signs_do_not_depend_on_spelling(
    one: tuple[str, str, tuple[str, ...]], same: tuple[str, str, tuple[str, ...]]
) -> None:
    """The same name, address or telephone written otherwise has the same signs, and other ones under another key."""
    assert signs_of(*one, KEY) == signs_of(*same, KEY)
    assert not signs_of(*one, KEY) & signs_of(*same, OTHER)


def test_signs_tell_people_apart() -> None:
    """A name is another one with a company, a short number is no sign, and nothing at all has none."""
    assert not signs_of("Ann", "", (), KEY) & signs_of("Ann", "", (), KEY, company="Acme")
    assert signs_of(" ", "", ("123",), KEY) == set()


def test_a_line_of_a_list_has_the_signs_of_its_person() -> None:
    """All addresses and numbers of a line count, wherever they stand."""
    shown = {"first_name": "Ann", "last_name": "Lee", "email": "a@x.org; b@x.org", "phone": "5205550177"}
    several = [signs_of("", email, (), KEY) for email in ("a@x.org", "b@x.org")]
    assert signs_in(shown, KEY) == signs_of("Ann Lee", "", ("520-555-0177",), KEY).union(*several)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Met josé núñez  lee, and Jose Nunez Lee.", "Met [erased], and [erased]."),
        ("Lee, José Núñez", "[erased]"),
        ("write to Ann+X@example.org, not dann+x@example.org", "write to [erased], not dann+x@example.org"),
        ("call 1-520-555-0177 or (520) 5550177; order 5205550177123", "call [erased] or [erased]; order 5205550177123"),
        ("José Núñez Leeds, José, 12", "José Núñez Leeds, José, 12"),
    ],
)
def test_texts_lose_exactly_the_person(text: str, left: str) -> None:
    """A name, an address and a telephone are blacked out however they are written, and nothing else is."""
    assert ANN.redacted(text) == left
    assert ANN.found_in({"a": [text]}) == (left != text)


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("Will", "Will golfs. She will call WILLOW; ask Will.", "[erased] golfs. She will call WILLOW; ask [erased]."),
        ("mark", "Mark the baker, on the mark", "[erased] the baker, on the mark"),
        ("J", "J. Smith and J", "J. Smith and J"),
        ("李明", "李明 golfs", "[erased] golfs"),
    ],
)
def test_a_name_of_one_word_takes_no_other_words_along(name: str, text: str, left: str) -> None:
    """Who is known by one name is blacked out where it has its capital; the same word in lower case stays."""
    assert Marks(names=[name]).redacted(text) == left
    assert Marks(names=[name]).redacted(name) == "[erased]"


def test_nothing_is_found_of_nobody() -> None:
    """Somebody without a name or an address is found nowhere."""
    assert not Marks(names=[" "]).found_in(["", " ", "Ann"])
    assert ANN.redacted({"José Núñez Lee": ["x", 1, None]}) == {"[erased]": ["x", 1, None]}
