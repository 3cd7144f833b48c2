"""Sources: what decays, what adds up, what is even, and when nothing is said."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.answers.cared import CareTold
from matcher.answers.referred import ReferralCard
from matcher.answers.whose import Whose
from matcher.engine.sources import MOST, Known, concentration, leaning, sources
from tests.engine.test_owed import card

TODAY = date(2026, 11, 26)
ANN, BEN, CY = Whose(1), Whose(2), Whose(person_id=3)
KNOWN = {
    ANN: Known(kind="partner", name="Ann"),
    BEN: Known(kind="partner", name="Ben"),
    CY: Known(kind="client", name="Cy", grade="A"),
}


def sent(whose: Whose, **changes: object) -> ReferralCard:
    """A referral that somebody sent us today; words change it."""
    told: dict[str, object] = {
        "business_id": whose.business_id,
        "person_id": whose.person_id,
        "referred_on": TODAY.isoformat(),
    }
    return card(**(told | changes))


def test_a_referral_counts_half_after_a_year() -> None:
    """A referral counts 1 on its day, half after 12 months, a quarter after 24."""
    days = [(TODAY - timedelta(days=n)).isoformat() for n in (0, 365, 730)]
    found = [sources([sent(ANN, referred_on=day)], KNOWN, {}, TODAY).sources[0].weight for day in days]
    assert found == pytest.approx([1, 0.5, 0.25])


@given(st.lists(st.integers(0, 50), max_size=60))
def test_the_fewest_that_bring_most(counts: list[int]) -> None:
    """The sources named bring four fifths, and with one fewer they would not."""
    found = concentration(counts)
    largest, total = sorted(counts, reverse=True), sum(counts)
    assert found.of == sum(count > 0 for count in counts)
    assert sum(largest[: found.sources]) >= MOST * total
    assert not found.sources or sum(largest[: found.sources - 1]) < MOST * total


def test_concentration_in_words() -> None:
    """A handful that brings most is said in one sentence."""
    assert concentration([8, 1, 1]).sentence == "1 of your 3 sources has brought 80% of all referrals."
    assert concentration([3, 0]).sentence == "All your referrals come from one source."
    assert concentration([]).sentence == "Nobody has sent you anybody yet."


@given(st.lists(st.tuples(st.sampled_from([ANN, BEN, CY]), st.booleans(), st.integers(0, 10_000), st.integers(0, 900))))
def test_everything_adds_up(told: list[tuple[Whose, bool, int, int]]) -> None:
    """Sources, mix and asks count each referral once, in its direction, and come strongest first."""
    cards = [
        sent(who, given=gave, value_cents=cents, result="done", referred_on=(TODAY - timedelta(days=age)).isoformat())
        for who, gave, cents, age in told
    ]
    found = sources(cards, KNOWN, {}, TODAY)
    received = [one for one in cards if not one.given]
    assert sum(row.received for row in found.sources) == sum(row.referrals for row in found.mix) == len(received)
    assert sum(row.given for row in found.sources) == len(cards) - len(received)
    assert sum(row.received_cents for row in found.sources) == sum(row.cents for row in found.mix)
    assert sum(row.referrals for row in found.asks) == len(received)
    assert [row.weight for row in found.sources] == sorted((row.weight for row in found.sources), reverse=True)
    assert sum(row.referrals_share for row in found.mix) == pytest.approx(1 if received else 0)


@pytest.mark.parametrize(
    ("given_away", "received", "leans"),
    [(0, 0, "even"), (1, 0, "even"), (2, 0, "we_give"), (5, 4, "even"), (0, 2, "they_give")],
)
def test_balance(given_away: int, received: int, leans: str) -> None:
    """One referral more on a side is chance; two are worth a conversation."""
    assert leaning(given_away, received) == leans


def test_looking_in_the_wrong_places() -> None:
    """Where one kind brings most of the value and another is asked most, both are said."""
    cards = [sent(ANN, result="done", value_cents=900), sent(CY, result="done", value_cents=100)]
    asked = {CY: CareTold(asked_count=9), ANN: CareTold(asked_count=1)}
    found = sources(cards, KNOWN, asked, TODAY)
    assert found.mix_sentence == "Partners bring 90% of the value, but 90% of your asking goes to clients."
    assert sources(cards, KNOWN, {}, TODAY).mix_sentence == "Partners bring 90% of the value."
    assert [(row.kind, row.sources) for row in found.mix] == [("client", 1), ("partner", 2), ("contact", 0)]


def test_asking_is_compared_on_enough_cases_only() -> None:
    """Ways of asking are compared from ten settled referrals each on, in counts."""
    soft = [sent(ANN, asked_how="soft", result="won")] * 7 + [sent(ANN, asked_how="soft", result="nowhere")] * 3
    direct = [sent(BEN, asked_how="direct", result="done")] * 2 + [sent(BEN, asked_how="direct", result="nowhere")] * 8
    assert "you will see here" in sources(soft + direct[1:], KNOWN, {}, TODAY).asks_sentence
    assert sources(soft + direct, KNOWN, {}, TODAY).asks_sentence == (
        "Of those gently asked 7 of 10 became clients, of those directly asked 2 of 10."
    )


def test_advice_follows_the_grade_and_the_no() -> None:
    """An A client is asked for people like themselves, and nobody who does not refer is asked at all."""
    (row,) = sources([sent(CY)], KNOWN, {}, TODAY).sources
    assert "people like themselves" in row.advice
    (row,) = sources([sent(CY)], KNOWN, {CY: CareTold(refers=False)}, TODAY).sources
    assert "stopped asking" in row.advice
