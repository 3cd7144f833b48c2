"""What sells in a message: phrases of our list and the names of a brand, as whole words, however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.knowledge.scripts import scripts
from matcher.readers.selling import flagged, sentence
from matcher.taxonomy import read_rows


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("BUY NOW!", ["BUY NOW"]),
        ("Please buy\n now.", ["buy\n now"]),
        ("It is risk-free.", ["risk-free"]),
        ("You can’t lose, and it is guaranteed; sign up.", ["guaranteed", "sign up"]),
        ("Our products are here.", ["Our products"]),
        ("Actually, unguaranteed signups bring no hurry.", []),
        ("", []),
    ],
)
def test_phrases_are_found_as_whole_words(text: str, words: list[str]) -> None:
    """Capitals, line ends and hyphens hide nothing, and a part of a longer word is nothing."""
    assert [flag.words for flag in flagged(text)] == words
    assert all(text[flag.start : flag.end] == flag.words for flag in flagged(text))


def test_a_brand_is_a_word_of_its_own() -> None:
    """The names of a kit are flagged, with what to do instead; a name that is empty flags nothing."""
    (flag,) = flagged("Acme-Life is where I work, not Acmelifeline.", ["acme life", " "])
    assert (flag.words, flag.kind) == ("Acme-Life", "brand")
    assert sentence([flag]).startswith("“Acme-Life” sells. Leave the company out")


@given(st.text(max_size=200), st.lists(st.text(max_size=12), max_size=4))
def test_any_text_can_be_looked_at(text: str, brands: list[str]) -> None:
    """Whatever is written and whatever the brand is called, flags stand inside the text and do not hold each other."""
    flags = flagged(text, brands)
    assert all(0 <= flag.start < flag.end <= len(text) for flag in flags)
    assert [flag.end for flag in flags] == sorted({flag.end for flag in flags})


def test_our_own_words_do_not_sell() -> None:
    """No message that we propose to somebody who gives first, and no words of the programme, hold a selling phrase."""
    texts = [row["words"] + row["do"] for row in read_rows("programme.csv")]
    given = ("drip_", "introduction_client", "introduction_business", "introduction_connect", "heard_", "offer_")
    texts += [script.text for (code, _), script in scripts().items() if code.startswith(given)]
    assert [flag.words for text in texts for flag in flagged(text)] == []
    assert all(row["instead"].endswith(".") for row in read_rows("selling.csv"))
