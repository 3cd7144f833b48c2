"""What strangers write, held to one line or a few."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import Invalid
from matcher.lines import few_lines, one_line

UNSEEN = ("a\nb", "a\r\nb", "a\tb", "a\0b", "a\x85b", "a\u2028b", "a\u202eb", "a\u2066b", "=?UTF-8?B?eA==?=", "a\ud800")


@pytest.mark.parametrize("text", UNSEEN)
def test_one_line_is_one_line(text: str) -> None:
    """What would break a line, turn it round or be read as a header is refused."""
    with pytest.raises(Invalid):
        one_line("name", text, 100)


@pytest.mark.parametrize("text", ["Łódź", "👨‍👩‍👧", "<b>", "=1+1", "a  b", "؟ابت", "O’Brien & Söhne"])
def test_what_can_be_seen_is_left_alone(text: str) -> None:
    """Letters of all languages, signs and emoji stay as they are, without the blanks around."""
    assert one_line("name", f" {text}\n", 100) == text
    assert few_lines("note", f"\n{text} ", 100) == text


def test_line_ends_become_one() -> None:
    """Whatever ends a line somewhere ends it here in one way."""
    assert few_lines("note", "a\r\nb\rc\x0bd\u2028e\nf", 100) == "a\nb\nc\nd\ne\nf"


@given(st.text(max_size=60))
def test_lines_hold_nothing_hidden(text: str) -> None:
    """Several lines hold no control character but the line end, and cleaning them again changes nothing."""
    lines = few_lines("note", text, 1_000)
    assert all(c.isprintable() or c == "\n" or not c.isascii() for c in lines)
    assert few_lines("note", lines, 1_000) == lines


@pytest.mark.parametrize("read", [one_line, few_lines])
def test_too_long_is_refused(read: object) -> None:
    """What is longer than its column is refused, and what just fits is not."""
    assert callable(read)
    assert read("name", "x" * 50, 50) == "x" * 50
    with pytest.raises(Invalid):
        read("name", "x" * 51, 50)
