"""What a coach's kit may hold, its hash, its file, and what changed from one to the next."""

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.coach_kit.changes import changes
from matcher.coach_kit.content import canonical, checked, content_hash, fingerprint, starting_kit, texts
from matcher.coach_kit.files import read_kit, signature_of, vouched, write_kit
from matcher.coach_kit.people import refuse_people
from matcher.coach_kit.scripts import PLACES
from matcher.engine.agenda import rules_in_words
from matcher.errors import Invalid
from matcher.knowledge.scripts import scripts
from matcher.names import WORD
from tests.kits import KIT, changed_kit

SECRET, OTHER = "a" * 32, "b" * 32


def test_a_kit_has_one_spelling() -> None:
    """The order of fields and what is left to the usual make no other hash, and checking twice changes nothing."""
    backwards = json.loads(json.dumps(dict(reversed(KIT.items()))))
    assert content_hash(checked(backwards)) == content_hash(checked(KIT))
    assert checked({"name": "Plain"})["goal"] == 100
    assert checked(checked(KIT)) == checked(KIT)
    assert canonical({"b": "é", "a": 1}) == '{"a":1,"b":"é"}'.encode()
    assert fingerprint("0123456789abcdef" * 4) == "0123 4567 89ab cdef"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("name",), ""),
        (("name",), 3),
        (("goal",), "many"),
        (("goal",), True),
        (("goal",), 0),
        (("days_locked",), -1),
        (("person",), "Joe"),
        (("steps",), "none"),
        (("steps", 0, "week"), 0),
        (("steps", 0, "week"), 1.5),
        (("steps", 0, "title"), " "),
        (("steps", 0, "do"), "x" * 4_001),
        (("steps", 0, "phone"), "1"),
        (("steps", 1), {**KIT["steps"][0]}),
        (("scripts", "Bad Code"), "x"),
        (("services", 0, "group"), "magic"),
        (("services", 0, "code"), "plumber"),
        (("services", 0, "name"), "plumbers"),
        (("services",), KIT["services"] * 2),
        (("limits", "names_offered"), 11),
        (("brand_words",), ["x"] * 201),
    ],
)
def test_what_no_kit_can_hold(path: tuple[Any, ...], value: object) -> None:
    """A field that is missing, strange, of another kind or out of range is refused in one sentence."""
    content: Any = deepcopy(KIT)
    at = content
    for part in path[:-1]:
        at = at[part]
    at[path[-1]] = value
    with pytest.raises(Invalid) as refusal:
        checked(content)
    assert refusal.value.sentence.endswith(".")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Write to ann@example.com.", "ann@example.com"),
        ("Ring (520) 555-0134 first.", "(520) 555-0134"),
        ("Ring +44 20 7946 0958.", "+44 20 7946 0958"),
        ("Do as JOE  miller did.", "Joe Miller"),
        ("José Núñez can tell you.", "Jose Nunez"),
        ("Ask Wilhelmina.", "Wilhelmina"),
    ],
)
def test_nobody_stands_in_a_kit(words: str, found: str) -> None:
    """An address, a telephone and the name of somebody the coach knows are refused, and named."""
    with pytest.raises(Invalid) as refusal:
        refuse_people(changed_kit(words), ["Joe Miller", "Jose Nunez", "Wilhelmina", ""])
    assert found in refusal.value.sentence
    assert refusal.value.field == "steps.1.do"


def test_plain_words_are_no_people() -> None:
    """Days, sums, small words like names and names of others do not keep a kit from being made."""
    refuse_people(changed_kit("By 2026-03-02, ask 100 of 1,000 people; they will say $5,000."), ["Will", "Al", "Bo Li"])


def test_a_file_comes_back_as_it_was() -> None:
    """What is saved is read again, with and without a signature."""
    assert read_kit(write_kit(checked(KIT), SECRET)) == checked(KIT)
    assert read_kit(b"\xef\xbb\xbf" + write_kit(checked(KIT), "")) == checked(KIT)


def test_a_file_that_was_changed_is_refused() -> None:
    """Another word, another hash or another signature is found; without all proof it is simply a kit."""
    told = json.loads(write_kit(checked(KIT), SECRET))
    other = content_hash(changed_kit())
    for part, value in (("kit", changed_kit()), ("sha256", other), ("signature", "00" * 64), ("key", "zz")):
        with pytest.raises(Invalid, match="changed after it was saved"):
            read_kit(json.dumps({**told, part: value}).encode())
    bare = {"switchboard_kit": 1, "kit": changed_kit()}
    assert read_kit(json.dumps(bare).encode()) == changed_kit()


def test_places_of_scripts() -> None:
    """A kit's script can stand in place of each message that a rule of the agenda drafts, and of no others."""
    codes = {code for code, _ in scripts()}
    assert {code for code, _ in rules_in_words()} & codes <= PLACES.keys() <= codes


def test_only_this_installation_can_vouch() -> None:
    """A signature holds for one hash and one installation's secret."""
    whole = content_hash(checked(KIT))
    signature = signature_of(whole, SECRET)[1]
    assert vouched(whole, signature, SECRET)
    assert not vouched(content_hash(changed_kit()), signature, SECRET)
    assert not vouched(whole, signature, OTHER)
    assert not vouched(whole, "", SECRET)


@settings(max_examples=150)
@given(st.integers(0, 10_000), st.integers(0, 40), st.binary(max_size=20))
def test_a_broken_file_is_one_sentence(at: int, cut: int, put: bytes) -> None:
    """Whatever happens to a file, it is a kit or is refused in one sentence."""
    whole = write_kit(checked(KIT), "")
    at %= len(whole)
    try:
        sentence = read_kit(whole[:at] + put + whole[at + cut :])["name"] + "."
    except Invalid as refusal:
        sentence = refusal.sentence
    assert sentence.encode().endswith(b".")


@pytest.mark.parametrize("file", [b"", b"null", b"[" * 100_000, b'{"kit": {}}', b"\xff\xfe", b" " * 1_000_001])
def test_files_that_are_no_kits(file: bytes) -> None:
    """Nothing, a number of brackets, other JSON and too large a file are refused."""
    with pytest.raises(Invalid):
        read_kit(file)


def test_what_changed() -> None:
    """A step that differs, one that is new, one that is gone and another goal are each told once, with both words."""
    after = changed_kit()
    after["steps"][0] = {**KIT["steps"][0], "title": "Draw your list"}
    after["steps"].append({"week": 3, "title": "Look back", "minutes": 20, "do": "Read.", "words": ""})
    after["goal"] = 200
    after["scripts"] = {}
    told = [(one.how, one.what) for one in changes(checked(KIT), checked(after))]
    assert told == [
        ("different", "Week 1: Draw your list"),
        ("different", "Week 2: Ask what they lack"),
        ("new", "Week 3: Look back"),
        ("different", "People on the list"),
        ("gone", "Script “Opening”"),
    ]
    assert changes(KIT, KIT) == ()
    lower = {**KIT, "limits": {"names_offered": 2, "open_introductions": 2}}
    limits = changes(KIT, lower, {"names_offered": None, "open_introductions": 5})
    assert [(one.how, one.before, one.after) for one in limits] == [("different", "3", "2"), ("kept", "2", "5")]
    assert "Write your list" in changes(KIT, after)[0].before
    assert len(changes({}, KIT)) == 8


def test_what_we_ship_names_nobody() -> None:
    """Whoever knows people by one name can begin with our weeks, whatever words are in them; their own words count."""
    ours = starting_kit("Xyzzy")
    names = {word for _, text in texts(ours["steps"]) for word in WORD.findall(text)}
    refuse_people(ours, names)
    assert "Will" in names
    own = {**ours, "steps": [{**ours["steps"][0], "do": "Ask Will."}, *ours["steps"][1:]]}
    with pytest.raises(Invalid, match="“Will”, whom you know"):
        refuse_people(own, ["Will"])
