"""How values read, and links made from what a file says."""

import pytest

from webapp.filters import mail_link, money, phone_link, web_link


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("www.example.com/menu", "https://www.example.com/menu"),
        ("http://example.com?a=b", "http://example.com?a=b"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//evil.example.com", ""),
        ("https://user@evil.example.com", ""),
        ("https://[::1", ""),
        ("call us", ""),
        ("", ""),
    ],
)
def test_only_websites_become_links(text: str, link: str) -> None:
    """A website is linked under http or https; anything else is no link."""
    assert web_link(text) == link


@pytest.mark.parametrize(
    ("text", "link"),
    [("(520) 555-0100", "tel:5205550100"), ("+44 20 7946 0958", "tel:+442079460958"), ("ask", ""), ("1" * 40, "")],
)
def test_only_numbers_ring(text: str, link: str) -> None:
    """A telephone number is linked without its punctuation."""
    assert phone_link(text) == link


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("ana@example.com", "mailto:ana@example.com"),
        ("a@b.co?bcc=x@y.zz", ""),
        ("a@b.co\nbcc: x@y.zz", ""),
        ("ana", ""),
    ],
)
def test_only_addresses_are_written_to(text: str, link: str) -> None:
    """An address is linked only when it holds nothing that a mail program would read as a header."""
    assert mail_link(text) == link


@pytest.mark.parametrize(
    ("cents", "words"),
    [
        (0, "$0"),
        (999_949, "$9,999"),
        (1_140_000, "$11k"),
        (99_949_900, "$999k"),
        (99_950_000, "$1.0M"),
        (190_500_000, "$1.9M"),
    ],
)
def test_money_reads_at_a_glance(cents: int, words: str) -> None:
    """Small sums are whole dollars, large ones thousands or millions."""
    assert money(cents) == words
