"""Messages for an introduction: complete with every word and with the fewest, and safe with whatever is put in."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import Invalid, NotFound
from matcher.knowledge.scripts import (
    PLACEHOLDERS,
    TONES,
    WORD_CHARACTERS,
    Script,
    choice_of,
    draft,
    script_of,
    scripts,
    spoken,
)
from matcher.taxonomy import taxonomy

CODES = (
    *("heard_offer", "heard_ask_partner", "offer_names", "ask_introducer"),
    *("recruit_invite", "survey_invite", "open_call", "no_partner_yet"),
    *("share_results", "results_meeting", "followup_45", "followup_90", "ask_promised", "ask_done", "ask_praise"),
    *("ask_testimonial", "ask_saved", "ask_joined", "ask_referred", "ask_again", "ask_why", "thank_now"),
    *("thank_again", "became_given", "keep_in_touch", "remind", "check_again"),
    *("thank_now", "thank_again", "thank_publicly"),
    *("talk_cannot", "talk_will_not", "talk_knows_not_how", "talk_no_occasion"),
    *("introduction_client", "introduction_business", "introduction_favour", "introduction_wanted"),
    *("introduction_reminder", "introduction_connect", "introduction_connect_us", "introduction_outcome"),
    *("drip_no", "drip_cold", "drip_customers"),
)
WORDS = {
    "client": "Maria Gómez",
    "partner": "Ana Lopez, Blue Roofs or Cy Young",
    "partner_contact": "Tom",
    "candidate": "Desert Roofing",
    "service": "roofing contractor",
    "need": "the leaking roof",
    "number": "3",
    "owner": "Joe Park",
    "reason": "They did our own roof last year.",
    "place": "Tucson",
    "when": "by the end of June",
    "link": "https://example.com/s/abc",
    "paper": "licence",
    "prospect": "Paul Reed",
    "whom": "young families",
    "work": "the new roof",
    "source": "Rosa",
    "because": "You ring back.",
    "outcome": "They moved in last week.",
    "trade": "a general builder",
    "client_details": "520-555-0101, maria@example.com",
    "partner_details": "520-555-0102, 1 Main St, Tucson",
    "deal": "Blue Roofs: a look at your gutters, until 30 June 2026",
}
LONGEST_WORDS = 160  # of a message with everything in it: what somebody reads standing
each_script = pytest.mark.parametrize("script", scripts().values(), ids=lambda script: f"{script.code}-{script.tone}")


def read_well(text: str) -> None:
    """Fail when a message shows that something was left out of it."""
    assert not re.search(r"[{}\[\]|]", text)
    assert not re.search(r" [.,:?!]|  | \n|\n |\n\n\n|^\s|\s$|[,:]\s*$|\.\.|[.?!][,.]", text), text
    assert all(line[0].isupper() or line[0].isdigit() for line in text.split("\n") if line and "://" not in line), text


@each_script
def test_with_every_word(script: Script) -> None:
    """A message in which everything is said holds each word that it has a place for, and is short."""
    made = draft(script.code, script.tone, **WORDS)
    read_well(made.subject)
    read_well(made.text)
    assert all(WORDS[name] in made.subject + made.text for name in script.placeholders)
    assert len(made.text.split()) <= LONGEST_WORDS
    assert "\n" not in made.subject


@each_script
def test_with_the_fewest_words(script: Script) -> None:
    """A message in which only what it cannot do without is said reads as if nothing were missing."""
    made = draft(script.code, script.tone, **{name: WORDS[name] for name in script.required})
    read_well(made.subject)
    read_well(made.text)


@each_script
def test_with_any_of_the_words(script: Script) -> None:
    """Each word may be missing that may be missing, alone or as the only one that is there."""
    for name in script.placeholders - script.required:
        without = {other: word for other, word in WORDS.items() if other != name}
        only = {other: WORDS[other] for other in (*script.required, name)}
        for words in (without, only):
            made = draft(script.code, script.tone, **words)
            read_well(made.subject)
            read_well(made.text)


@each_script
def test_what_a_message_cannot_do_without(script: Script) -> None:
    """Without a word that it needs a message is refused by name; a blank is no word."""
    for name in script.required:
        with pytest.raises(Invalid, match=re.escape(PLACEHOLDERS[name])) as refused:
            draft(script.code, script.tone, **{**WORDS, name: " \n\0"})
        assert refused.value.field == name


def test_every_message_is_there_in_both_tones() -> None:
    """All messages are there, warm and plain, and name placeholders of the list only."""
    assert set(scripts()) == {(code, tone) for code in CODES for tone in TONES}
    assert {name for script in scripts().values() for name in script.placeholders} == set(PLACEHOLDERS)
    assert {script.audience for script in scripts().values()} == {"client", "partner", "candidate", "network"}


@each_script
def test_a_client_is_named_to_nobody_else(script: Script) -> None:
    """What goes to a partner, a candidate or the whole network has no place for a client's name."""
    assert script.audience == "client" or "client" not in script.placeholders


def test_public_thanks_name_no_client() -> None:
    """What everybody reads says who sent somebody, and never whom."""
    assert script_of("thank_publicly").placeholders.isdisjoint({"prospect", "client", "outcome"})


@each_script
def test_brackets_are_closed(script: Script) -> None:
    """Each part that may drop out begins and ends, and none stands inside another."""
    for template in (script.subject, script.text):
        assert re.fullmatch(r"(?:[^\[\]]|\[[^\[\]]*\])*", template)
        assert re.fullmatch(r"(?:[^{}]|\{[a-z_]+\})*", template)


def test_no_ask_is_vague() -> None:
    """No message asks whether somebody knows anybody: each names a person, a moment or a kind of people."""
    for (code, _), script in scripts().items():
        if code.startswith("ask_"):
            assert not re.search(r"know (of )?(any|some)(body|one)( who|\?)", script.text), code


def test_permission_is_asked_before_a_name_is_given() -> None:
    """To a client we offer, and to a partner we promise to ask the client first."""
    assert "if you say yes" in draft("heard_offer", **WORDS).text
    assert "unless you say yes" in draft("heard_offer", "plain", **WORDS).text
    assert "I ask them whether" in draft("heard_ask_partner", **WORDS).text


@pytest.mark.parametrize(
    "hostile", ["{owner}", "[{link}|x]", "{", "}", "]", "|", "{0}", "{client.x}", "%s", "\\1", "$&"]
)
def test_words_are_not_read_again(hostile: str) -> None:
    """What looks like a placeholder in a word stays what it is."""
    made = draft("heard_offer", **{**WORDS, "client": hostile, "need": hostile})
    assert made.subject == f"About {hostile}"
    assert made.text.startswith(f"Hi {hostile},\n")
    assert made.text.endswith("Warmly,\nJoe Park")


def test_words_stay_on_their_line() -> None:
    """Line breaks and control characters in a word become blanks, so that nobody can add a line or a heading."""
    made = draft("heard_offer", need="the roof\r\nBcc: all@example.com\0\x1b", partner="Ana\u2028\u202eBlue\tRoofs")
    assert made.subject == "About the roof Bcc: all@example.com"
    assert "Ana Blue Roofs." in made.text


@given(st.dictionaries(st.sampled_from(sorted(PLACEHOLDERS)), st.text(max_size=60)))
def test_any_words_make_a_message_or_a_sentence(words: dict[str, str]) -> None:
    """Whatever words are given, there is a message with a subject of one line, or one sentence about one word."""
    for code, tone in scripts():
        try:
            made = draft(code, tone, **words)
        except Invalid as refused:
            field = refused.field
        else:
            assert len(made.subject.splitlines()) == 1
            continue
        assert field in script_of(code, tone).required


def test_what_is_refused() -> None:
    """A message or tone that there is not, a word without a place and one that is too long each get a sentence."""
    with pytest.raises(NotFound, match="There is no such message"):
        draft("love_letter")
    with pytest.raises(Invalid, match="warm or plain"):
        draft("heard_offer", "cold", **WORDS)
    with pytest.raises(Invalid, match="There is no place for “salary”"):
        draft("heard_offer", **WORDS, salary="1")
    with pytest.raises(Invalid, match="under 500 characters"):
        draft("heard_offer", **{**WORDS, "reason": "a" * (WORD_CHARACTERS + 1)})


@pytest.mark.parametrize(
    ("service", "said"),
    [("roofer", "roofing contractor"), ("hr_consultant", "HR consultant"), ("medicare_advisor", "Medicare advisor")],
)
def test_a_service_in_a_sentence(service: str, said: str) -> None:
    """A service is written small within a sentence, unless it begins with letters that are always large."""
    assert spoken(service) == said
    assert all(spoken(code) for code in taxonomy().services)


def test_names_to_choose_from() -> None:
    """One to three names are joined as one says them."""
    assert choice_of(["Ana"]) == "Ana"
    assert choice_of(["Ana", "Bob"]) == "Ana or Bob"
    assert choice_of(["Ana", "Bob", "Cy"]) == "Ana, Bob or Cy"
    assert choice_of([]) == ""
