"""Why this business, or why not, and what would change the answer."""

import numpy as np

from matcher.answers import Explanation, Home, Reason, Standing, Suggestion
from matcher.engine import value
from matcher.engine.compete import COMPETES, PARTLY, competitor, distances_km
from matcher.engine.index import Index
from matcher.engine.one_sided import Advice
from matcher.engine.pairs import Pairs
from matcher.engine.ranking import ranked
from matcher.engine.reasons import terms
from matcher.engine.suggest import Prospects, Question, case_of, dress, paired, survey
from matcher.engine.words import and_list, article, km, service_words


def explain(index: Index, question: Question, business_id: int, *, name: str = "", place: str = "") -> Explanation:
    """Every term of one pair, its standing in a sentence, and what would change it."""
    rows = np.array([index.row(business_id)])
    home, found = question.home, survey(index, question)
    pair = paired(index, question, rows, distances_km(index, home, rows))
    standing, median = standing_of(index, home, pair), found.median
    suggestion: Suggestion | None = None
    all_terms: tuple[Reason, ...] = ()
    if standing in ("suggested", "partly") and median is not None:
        rank, alike = _place(index, found, int(rows[0]))
        suggestion = dress(index, median, pair, {business_id: (name, place)}, rank=rank, alike=alike)
        all_terms = terms(case_of(index, pair), median)
    return Explanation(
        business_id=business_id,
        name=name,
        standing=standing,
        sentence=_sentence(index, home, pair, standing, all_terms),
        suggestion=suggestion,
        competitor=competitor(index, home, int(rows[0]), name),
        terms=all_terms,
        baseline_score=median.score if median is not None else 0.0,
        changes=_changes(index, question, pair, standing),
    )


def _place(index: Index, found: Prospects, row: int) -> tuple[int, int]:
    """Rank among all prospects before any filter, and how many are just like it."""
    pairs, ids = found.pairs, index["ids"][found.pairs.rows]
    order, ranks, alike = ranked(found.worth.score, pairs.main, pairs.distance_km, ids, len(ids))
    at = int(np.flatnonzero(pairs.rows[order] == row)[0])
    return int(ranks[at]), int(alike[at])


def standing_of(index: Index, home: Home, pair: Pairs) -> Standing:
    """What a business is to us, in the order in which `survey` sorts businesses out."""
    row = int(pair.rows[0])
    if index["counts"][row] == 0:
        return "unknown"
    if pair.distance_km[0] >= home.radius_km + index["radii_km"][row]:
        return "out_of_area"
    if pair.overlap[0] >= COMPETES:
        return "competitor"
    if not value.worth(pair).score[0] > 0:
        return "one_side"
    return "partly" if pair.overlap[0] >= PARTLY else "suggested"


def _sentence(index: Index, home: Home, pair: Pairs, standing: Standing, all_terms: tuple[Reason, ...]) -> str:
    row = int(pair.rows[0])
    if standing == "unknown":
        return "We do not know what they sell, so we cannot say whether your clients meet."
    if standing == "out_of_area":
        return f"They are {km(float(pair.distance_km[0]))} away, and your areas do not touch."
    if standing in ("competitor", "partly"):
        found = competitor(index, home, row, "")
        return found.sentence if found is not None else ""
    if standing == "one_side":
        return "We know of no occasion on which somebody needs both of you, so neither would gain."
    return next((term.sentence for term in all_terms if term.term == "our_clients_need"), "They could be a partner.")


def _changes(index: Index, question: Question, pair: Pairs, standing: Standing) -> tuple[str, ...]:
    """What the owner could do or tell us that would change the answer."""
    row, found, home = int(pair.rows[0]), list[str](), question.home
    if standing == "unknown":
        found.append("Tell us what they sell.")
    if standing == "out_of_area":
        missing = float(pair.distance_km[0]) - float(index["radii_km"][row])
        found.append(f"If your clients came from {km(missing)} away and farther, your areas would touch.")
    if standing in ("competitor", "partly"):
        both = competitor(index, home, row, "")
        names = [service_words(index.flow.taxonomy, code) for code in (both.services if both else ())]
        found.append(f"If one of you did not offer this, you would not compete: {and_list(names)}.")
    if standing == "one_side":
        theirs = index.home(int(index["ids"][row]))
        found += Advice(index.flow, question.ours or index.flow, home).on(theirs, needed=bool(pair.out[0] > 0))
    if standing in ("suggested", "partly") and pair.sure[0] < 0.9:
        code = case_of(index, pair).services[0]
        found.append(f"If you know that they work as {article(service_words(index.flow.taxonomy, code))}, confirm it.")
    if np.isnan(pair.distance_km[0]):
        found.append("If we knew both places, we could say how far your areas overlap.")
    if np.isnan(index["clients"][row]) and standing in ("suggested", "partly"):
        found.append(
            "If they told you how many clients they see in a year, the figures would be theirs and not the usual ones."
        )
    return tuple(found)
