"""Sources of referrals: champions, concentration, mix, balance, and how asking works. Pure counts of what was told."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.answers.cared import NOBODY_CARED, CareTold
from matcher.answers.referred import AskedHow, ReferralCard
from matcher.answers.sources import AskRow, Concentration, Leaning, MixRow, Source, SourceKind, Sources
from matcher.answers.whose import Whose
from matcher.engine.learning import aged

MOST = 0.8  # share of referrals that we call most: four fifths, as in Pareto's rule
LEANS_FROM = 2  # referrals more on one side before we speak of it (prior: one may be chance)
ENOUGH = 10  # settled referrals of a way of asking below which we compare nothing (prior)
KINDS: tuple[SourceKind, ...] = ("client", "partner", "contact")
PLURALS = {"client": "clients", "partner": "partners", "contact": "other contacts"}
ASKED: tuple[AskedHow, ...] = ("unasked", "soft", "direct", "written", "")
ASKED_WORDS = {"unasked": "unasked", "soft": "gently asked", "direct": "directly asked", "written": "asked in writing"}
RULE = "Clients rarely refer up: an A client sends people like themselves, a C client sends C clients. Ask by grade."
BY_GRADE = {
    "A": "Ask them for people like themselves: A clients send A clients.",
    "B": "Ask them for people like themselves; do not expect A clients from them.",
    "C": "Clients rarely refer up: ask A and B clients first.",
}
STOPPED = "They do not refer, and we have stopped asking."


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of somebody beside their referrals."""

    kind: SourceKind
    name: str
    grade: str = ""


def sources(
    cards: Sequence[ReferralCard],
    known: Mapping[Whose, Known],
    cares: Mapping[Whose, CareTold],
    today: date,
) -> Sources:
    """All who referred or were referred to, the strongest first, with concentration, mix, balance and asks.

    `known` holds everybody who could refer, so that the mix says how many of each kind there are.
    """
    by_source: dict[Whose, list[ReferralCard]] = defaultdict(list)
    for card in cards:
        by_source[card.whose].append(card)
    rows = [_source(whose, those, known, cares, today) for whose, those in by_source.items()]
    rows.sort(
        key=lambda row: (-row.weight, -row.received, row.name, row.whose.business_id or 0, row.whose.person_id or 0)
    )
    received = [card for card in cards if not card.given]
    mix, asks = _mix(rows, known, cares), _asks(received)
    return Sources(
        sources=tuple(rows),
        concentration=concentration(row.received for row in rows),
        mix=mix,
        mix_sentence=_mix_sentence(mix),
        asks=asks,
        asks_sentence=_asks_sentence(asks),
        rule=RULE,
    )


def concentration(received: Iterable[int]) -> Concentration:
    """The fewest sources that bring four fifths of all referrals: the largest ones, added up."""
    counts = sorted((count for count in received if count), reverse=True)
    total, held, few = sum(counts), 0, 0
    for count in counts:
        if held >= MOST * total:
            break
        held, few = held + count, few + 1
    share = held / total if total else 0.0
    sentence = "Nobody has sent you anybody yet."
    if total and len(counts) == 1:
        sentence = "All your referrals come from one source."
    elif total:
        verb = "has" if few == 1 else "have"
        sentence = f"{few} of your {len(counts)} sources {verb} brought {share:.0%} of all referrals."
    return Concentration(sources=few, of=len(counts), share=share, sentence=sentence)


def leaning(given: int, received: int) -> Leaning:
    """Who gives more; a difference of one is even."""
    if given - received >= LEANS_FROM:
        return "we_give"
    return "they_give" if received - given >= LEANS_FROM else "even"


def _source(
    whose: Whose,
    those: Sequence[ReferralCard],
    known: Mapping[Whose, Known],
    cares: Mapping[Whose, CareTold],
    today: date,
) -> Source:
    one = known.get(whose) or Known(kind="contact", name=those[0].name)
    received, given = [c for c in those if not c.given], [c for c in those if c.given]
    care = cares.get(whose, NOBODY_CARED)
    return Source(
        business_id=whose.business_id,
        person_id=whose.person_id,
        name=one.name,
        kind=one.kind,
        grade=one.grade,
        received=len(received),
        received_cents=_cents(received),
        given=len(given),
        given_cents=_cents(given),
        weight=sum(aged(date.fromisoformat(card.referred_on), today) for card in received),
        last_on=max((card.referred_on for card in received), default=""),
        leaning=leaning(len(given), len(received)),
        care=care,
        advice=STOPPED if care.refers is False else BY_GRADE.get(one.grade, ""),
    )


def _cents(cards: Iterable[ReferralCard]) -> int:
    """What referrals brought: those won or done."""
    return sum(card.value_cents or 0 for card in cards if card.result in ("won", "done"))


def _mix(rows: Sequence[Source], known: Mapping[Whose, Known], cares: Mapping[Whose, CareTold]) -> tuple[MixRow, ...]:
    people = {row.whose: row.kind for row in rows} | {whose: one.kind for whose, one in known.items()}
    there, asked = Counter(people.values()), Counter[SourceKind]()
    for whose, care in cares.items():
        asked[people.get(whose, "contact")] += care.asked_count
    referrals, cents = sum(row.received for row in rows), sum(row.received_cents for row in rows)
    found = []
    for kind in KINDS:
        those = [row for row in rows if row.kind == kind]
        sent, worth = sum(row.received for row in those), sum(row.received_cents for row in those)
        found.append(
            MixRow(
                kind=kind,
                sources=there[kind],
                referrals=sent,
                referrals_share=sent / referrals if referrals else 0.0,
                cents=worth,
                cents_share=worth / cents if cents else 0.0,
                asked=asked[kind],
            )
        )
    return tuple(found)


def _mix_sentence(mix: Sequence[MixRow]) -> str:
    """Where clients come from, against where we look for them."""
    if not any(row.referrals for row in mix):
        return ""
    by_value = any(row.cents for row in mix)
    best = max(mix, key=lambda row: (row.cents, row.referrals) if by_value else (row.referrals, row.cents))
    share, what = (best.cents_share, "value") if by_value else (best.referrals_share, "referrals")
    said = f"{PLURALS[best.kind].capitalize()} bring {share:.0%} of the {what}"
    asks = sum(row.asked for row in mix)
    most_asked = max(mix, key=lambda row: row.asked)
    if asks and most_asked.kind != best.kind:
        return f"{said}, but {most_asked.asked / asks:.0%} of your asking goes to {PLURALS[most_asked.kind]}."
    return f"{said}."


def _asks(received: Sequence[ReferralCard]) -> tuple[AskRow, ...]:
    found = []
    for how in ASKED:
        those = [card for card in received if card.asked_how == how]
        if those:
            won = sum(card.result in ("won", "done") for card in those)
            settled = sum(card.result != "open" for card in those)
            found.append(AskRow(asked_how=how, referrals=len(those), settled=settled, won=won, cents=_cents(those)))
    return tuple(found)


def _asks_sentence(asks: Sequence[AskRow]) -> str:
    """Which way of asking brings more that works out; nothing is compared on few cases."""
    enough = [row for row in asks if row.settled >= ENOUGH and row.asked_how]
    if len(enough) < 2:
        return (
            f"With {ENOUGH} settled referrals each, you will see here which way of asking works better." if asks else ""
        )
    best, worst = (pick(enough, key=lambda row: row.won / row.settled) for pick in (max, min))
    if best.won * worst.settled == worst.won * best.settled:
        return "So far each way of asking works as well as the other."
    return (
        f"Of those {ASKED_WORDS[best.asked_how]} {best.won} of {best.settled} became clients,"
        f" of those {ASKED_WORDS[worst.asked_how]} {worst.won} of {worst.settled}."
    )
