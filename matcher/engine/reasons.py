"""Why, in words: the terms of a score, which sum to ln(score) - ln(score of a median candidate), with their data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from matcher.answers.partners import Reason
from matcher.engine import value
from matcher.engine.case import Case, Told
from matcher.engine.columns import Floats
from matcher.engine.flow import Shared
from matcher.engine.known_columns import strangers
from matcher.engine.odds import ODDS, UNIT_USD, WORTH, weights_of
from matcher.engine.pairs import Pairs
from matcher.engine.private_reasons import PRIVATE
from matcher.engine.value import FEATURES, Worth
from matcher.engine.words import article, journey_words, km, of_hundred, sentence_start, usd

SAMPLE = 4001  # candidates, evenly drawn, of which a median is taken; the median moves less than its rounding
SHOWN_FOR = 3  # reasons for, beside one against
SLIGHT = 0.05  # ln units; a term smaller than 5% of the score is no reason against (prior)
TINY = 1e-300
NOTHING = 1e-12  # ln units; a private term below it says nothing, as of a stranger
UNKNOWN_PLACE = "place:unknown"


@dataclass(frozen=True, kw_only=True)
class Median:
    """A stranger that is in the middle in every factor; reasons say how others differ from it."""

    logs: Mapping[str, Floats]  # feature -> (4,) ln of its factors
    worth: Worth  # arrays of length 1

    @property
    def score(self) -> float:
        """Its score."""
        return float(self.worth.score[0])


def median_candidate(pairs: Pairs) -> Median | None:
    """The middle of these candidates, factor by factor, as if we knew none of them; None when there are none."""
    if not len(pairs.rows):
        return None
    some = pairs.at(np.unique(np.linspace(0, len(pairs.rows) - 1, SAMPLE).astype(np.int64)))
    some = replace(some, known=strangers(len(some.rows)))
    logs = {f.name: np.median(np.log(np.maximum(f.values(some), TINY)), axis=1) for f in FEATURES}
    total = np.exp(sum(logs.values(), np.zeros(4)))[:, None]
    fills = np.median(some.fills, keepdims=True)
    return Median(
        logs=logs, worth=value.weigh((total[0], total[1], total[2], total[3]), pairs.home, strangers(1), fills)
    )


def weights(pairs: Pairs, median: Median) -> dict[str, Floats]:
    """Term -> (n,) its share of ln(score) - ln(median score), exact for the two harmonic means.

    The change of ln(1/a + 1/b) is the mean of the changes of ln a and ln b, weighted by the logarithmic means of
    their shares (Sato-Vartia). The change of ln p is spread over the terms of its log odds in proportion, and what the
    worth adds to those over the factors of the worth; what somebody answered before comes on top.
    """
    now, then, b = value.worth(pairs), median.worth, weights_of(pairs.home)
    volume_them, volume_us = _harmonic_shares((now.to_them, now.to_us), (then.to_them, then.to_us))
    yes_them, yes_us = _harmonic_shares((now.yes_them, now.yes_us), (then.yes_them, then.yes_us))
    per_them = yes_them * _slope_of_chance(now.odds_them, then.odds_them)
    per_us = yes_us * _slope_of_chance(now.odds_us, then.odds_us)
    worth_them = b[WORTH] * per_them * _slope_of_worth(now.for_them, then.for_them)
    worth_us = b[WORTH] * per_us * _slope_of_worth(now.for_us, then.for_us)
    per_column = np.stack([volume_them, volume_us, worth_them, worth_us])  # (4, n)
    changes = {f.name: np.log(np.maximum(f.values(pairs), TINY)) - median.logs[f.name][:, None] for f in FEATURES}
    found: dict[str, Floats] = {name: (per_column * change).sum(axis=0) for name, change in changes.items()}
    for term in ODDS:
        if term.name != "worth":  # it is spread over the factors
            (them, us), (them_then, us_then) = term.values(now.asked), term.values(then.asked)
            found[term.name] = b[term.weight] * (per_them * (them - them_then) + per_us * (us - us_then))
    found["answers"] = yes_them * np.log(now.yes_them / now.model_yes_them * then.model_yes_them / then.yes_them)
    return found


def _harmonic_shares(now: tuple[Floats, Floats], then: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
    """How much of the change of ln harmonic(a, b) is due to each of ln a and ln b; they sum to about 1."""
    first = _log_mean(now[1] / (now[0] + now[1]), then[1] / (then[0] + then[1]))
    second = _log_mean(now[0] / (now[0] + now[1]), then[0] / (then[0] + then[1]))
    return first / (first + second), second / (first + second)


def _log_mean(one: Floats, other: Floats) -> Floats:
    """(x - y) / ln(x / y), the mean of x and y where they are as good as equal."""
    logs = np.log(one / other)
    close = np.abs(logs) < 1e-6
    return np.where(close, (one + other) / 2, (one - other) / np.where(close, 1.0, logs))


def _slope_of_chance(now: Floats, then: Floats) -> Floats:
    """Change of ln p over change of its log odds; its limit where those are as good as equal."""
    change = now - then
    close = np.abs(change) < 1e-7
    exact = (np.log(value.sigmoid(now)) - np.log(value.sigmoid(then))) / np.where(close, 1.0, change)
    return np.where(close, 1 - value.sigmoid(now), exact)


def _slope_of_worth(now: Floats, then: Floats) -> Floats:
    """Change of ln(1 + worth / U0) over change of ln worth; its limit where the worth is as good as equal."""
    change = np.log(now / then)
    close = np.abs(change) < 1e-7
    exact = (np.log1p(now / UNIT_USD) - np.log1p(then / UNIT_USD)) / np.where(close, 1.0, change)
    return np.where(close, now / (UNIT_USD + now), exact)


def _occasion(case: Case, shared: tuple[Shared, ...], first: str, second: str) -> str:
    """When it happens and who meets the client first."""
    if not shared:
        return ""
    meets = {"before": f"; {first} meet them first", "after": f"; {second} meet them first", "together": ""}
    journey = journey_words(case.index.flow.taxonomy, shared[0].journey)
    return f", for example around “{journey}”{meets[shared[0].order]}"


def _our_clients_need(case: Case, _: float) -> Told:
    need = of_hundred(case.figure("out"))
    occasion = _occasion(case, case.sent, "you", "they")
    source = f"journey:{case.sent[0].journey}" if case.sent else f"service:{case.services[0]}"
    return "them", f"{sentence_start(need)} of your clients will need {article(case.what())}{occasion}.", source


def _their_clients_need(case: Case, _: float) -> Told:
    need = of_hundred(case.figure("into"))
    occasion = _occasion(case, case.received, "they", "you")
    source = f"journey:{case.received[0].journey}" if case.received else f"service:{case.services[0]}"
    return "us", f"{sentence_start(need)} of their clients will need {article(case.ours())}{occasion}.", source


def _touched_lives(case: Case, weight: float) -> Told:
    how = "many different" if weight >= 0 else "rather few"
    return "us", f"People turn to {article(case.what())} on {how} occasions.", f"service:{case.services[0]}"


def _their_clients(case: Case, weight: float) -> Told:
    count, usual = case.figure("clients"), abs(case.figure("busier") - 1) < 1e-9
    who = f"{sentence_start(article(case.what()))} usually sees" if usual else "They see"
    only = "" if weight >= 0 else "only "
    return "us", f"{who} {only}about {count:,.0f} clients a year.", f"clients:{case.services[0]}"


def _their_order(case: Case, weight: float) -> Told:
    small = "" if weight >= 0 else "only "
    amount = usd(case.figure("order_usd"))
    return "them", f"One new client brings them {small}about {amount}.", f"order_value:{case.services[0]}"


def _closeness(case: Case, weight: float) -> Told:
    distance = case.figure("distance_km")
    if np.isnan(distance):
        where = "where they are" if case.pairs.home.home.lat is not None else "where you are"
        return "both", f"We do not know {where}, so you may be far apart.", UNKNOWN_PLACE
    if weight >= 0:
        return "both", f"They are {km(distance)} away, so you work in the same area.", "place"
    return "both", f"They are {km(distance)} away, so only part of your areas overlaps.", "place"


def _price_level(case: Case, _: float) -> Told:
    gap = case.figure("tier_gap")
    if np.isnan(gap):
        return "both", "We do not know how their prices compare with yours.", "tier"
    if gap == 0:
        return "both", "Their prices suit your clients.", "tier"
    return "both", "Their price level differs from yours, so some clients will not follow.", "tier"


def _sureness(case: Case, weight: float) -> Told:
    sure = round(100 * case.figure("sure"))
    how = "know" if sure >= 99 else f"are {sure}% sure" if weight >= 0 else f"are only {sure}% sure"
    return "both", f"We {how} that they work as {article(case.what())}.", f"offer:{case.services[0]}"


def _apartness(case: Case, _: float) -> Told:
    overlap = round(100 * case.figure("overlap"))
    if overlap < 1:
        return "both", "You do not compete with each other.", "competition"
    return "both", f"About {overlap}% of what you sell they may sell as well.", "competition"


def _free_seat(case: Case, _: float) -> Told:
    if case.figure("rivals") < 0.5:
        return "them", f"You have no trusted partner yet who is {article(case.what())}.", "partnerships"
    return "them", f"You already have a trusted partner who is {article(case.what())}.", "partnerships"


def _personal_ties(case: Case, weight: float) -> Told:
    who = sentence_start(article(case.what()))
    if weight >= 0:
        return "us", f"{who} sees few clients and has time to speak of you.", f"service:{case.services[0]}"
    return "us", f"{who} sees many clients and can speak of you to only a few.", f"service:{case.services[0]}"


def _habit_of_referring(case: Case, weight: float) -> Told:
    who = sentence_start(article(case.what()))
    if weight >= 0:
        return "us", f"{who} is often asked whom else to call, and sends clients on.", f"service:{case.services[0]}"
    return "us", f"{who} seldom sends clients on to others.", f"service:{case.services[0]}"


SENTENCES: Mapping[str, Callable[[Case, float], Told]] = {
    "our_clients_need": _our_clients_need,
    "their_clients_need": _their_clients_need,
    "touched_lives": _touched_lives,
    "their_clients": _their_clients,
    "their_order": _their_order,
    "closeness": _closeness,
    "price_level": _price_level,
    "sureness": _sureness,
    "apartness": _apartness,
    "free_seat": _free_seat,
    "personal_ties": _personal_ties,
    "habit_of_referring": _habit_of_referring,
    **PRIVATE,
}


def terms(case: Case, median: Median) -> tuple[Reason, ...]:
    """Every term of one pair's score in words, largest first; of what we know nothing there is nothing to say."""
    found = []
    for name, weight in weights(case.pairs, median).items():
        if name in PRIVATE and abs(weight[0]) < NOTHING:
            continue
        side, sentence, source = SENTENCES[name](case, float(weight[0]))
        found.append(Reason(term=name, side=side, weight=float(weight[0]), sentence=sentence, source=source))
    return tuple(sorted(found, key=lambda reason: -reason.weight))


def reasons_for(all_terms: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """The three largest, with at least one for each side."""
    chosen = [t for t in all_terms if t.weight > 0][:SHOWN_FOR]
    for side, name in (("us", "their_clients_need"), ("them", "our_clients_need")):
        if not any(t.side == side for t in chosen):
            best = next((t for t in all_terms if t.side == side and t.weight > 0), None)
            best = best or next(t for t in all_terms if t.term == name)
            spare = [t for t in chosen if sum(o.side == t.side for o in chosen) > 1 or t.side == "both"]
            if len(chosen) >= SHOWN_FOR and spare:
                chosen.remove(spare[-1])
            chosen.append(best)
    return tuple(sorted(chosen, key=lambda reason: -reason.weight))


def reason_against(all_terms: tuple[Reason, ...], chosen: tuple[Reason, ...]) -> Reason | None:
    """An unknown place, as the owner can put that right; else the largest term against; None when nothing is."""
    left = [t for t in all_terms if t not in chosen]
    unknown = [t for t in left if t.term == "closeness" and t.source == UNKNOWN_PLACE]
    against = [t for t in left if t.weight < -SLIGHT]
    return unknown[0] if unknown else against[-1] if against else None
