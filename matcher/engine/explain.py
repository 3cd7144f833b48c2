"""Why this business, or why not, and what would change the answer."""

import numpy as np

from matcher.answers.partners import Competitor, Explanation, Home, Reason, Standing, Suggestion
from matcher.engine import value
from matcher.engine.changes import Asked, changes, undecided
from matcher.engine.compete import COMPETES, PARTLY, distances_km
from matcher.engine.index import Index
from matcher.engine.known import STRANGER
from matcher.engine.pairs import Pairs, pair_up
from matcher.engine.question import Question
from matcher.engine.ranking import ranked
from matcher.engine.reasons import terms
from matcher.engine.rivals import competitor, upsets
from matcher.engine.suggest import Prospects, case_of, dress, survey
from matcher.engine.words import km


def explain(index: Index, question: Question, business_id: int, *, name: str = "", place: str = "") -> Explanation:
    """Every term of one pair, its standing in a sentence, and what would change it."""
    rows = np.array([index.row(business_id, question.network_id)])
    home, found = question.home, undecided(index, question, survey(index, question), business_id)
    pair = pair_up(index, question, rows, distances_km(index, home, rows))
    rival = competitor(index, home, int(rows[0]), name, question.known.get(business_id, STRANGER))
    standing, median = standing_of(index, home, pair), found.median
    suggestion: Suggestion | None = None
    all_terms: tuple[Reason, ...] = ()
    case = case_of(index, pair)
    if standing in ("suggested", "partly") and median is not None:
        rank, alike = _place(index, found, int(rows[0]))
        suggestion = dress(index, median, pair, {business_id: (name, place)}, rank=rank, alike=alike)
        all_terms = terms(case, median)
    asked = Asked(
        index=index,
        question=question,
        found=found,
        pair=pair,
        standing=standing,
        rank=suggestion.rank if suggestion else None,
        main=next(iter(case.services), ""),
        terms=all_terms,
        rival=rival,
    )
    return Explanation(
        business_id=business_id,
        name=name,
        standing=standing,
        sentence=_sentence(pair, rival, standing, all_terms),
        suggestion=suggestion,
        competitor=rival,
        terms=all_terms,
        baseline_score=median.score if median is not None else 0.0,
        changes=changes(asked),
        upsets=upsets(index, question, [business_id])[business_id],
    )


def _place(index: Index, found: Prospects, row: int) -> tuple[int, int]:
    """Rank in the list without any filter, and how many are just like it."""
    pairs, ids = found.pairs, index["ids"][found.pairs.rows]
    order, ranks, alike = ranked(found.worth.score, pairs.main, pairs.distance_km, ids, len(ids))
    at = int(np.flatnonzero(pairs.rows[order] == row)[0])
    return int(ranks[at]), int(alike[at])


def standing_of(index: Index, home: Home, pair: Pairs) -> Standing:
    """What a business is to us, in the order in which `survey` sorts businesses out."""
    if index.kinds["counts"][pair.kinds[0]] == 0:
        return "unknown"
    if pair.distance_km[0] >= home.radius_km + pair.radius_km[0]:
        return "out_of_area"
    if pair.overlap[0] >= COMPETES:
        return "competitor"
    if not value.worth(pair).score[0] > 0:
        return "one_side"
    return "partly" if pair.overlap[0] >= PARTLY else "suggested"


def _sentence(pair: Pairs, rival: Competitor | None, standing: Standing, all_terms: tuple[Reason, ...]) -> str:
    """The standing in words, after the owner's own word if there is one."""
    if rival is not None and standing in ("competitor", "partly"):
        return rival.sentence
    found = _standing_words(pair, standing, all_terms)
    return f"{rival.sentence} {found}" if rival is not None and rival.ruled is not None else found


def _standing_words(pair: Pairs, standing: Standing, all_terms: tuple[Reason, ...]) -> str:
    if standing == "unknown":
        return "We do not know what they sell, so we cannot say whether your clients meet."
    if standing == "out_of_area":
        return f"They are {km(float(pair.distance_km[0]))} away, and your areas do not touch."
    if standing == "one_side":
        return "We know of no occasion on which somebody needs both of you, so neither would gain."
    return next((term.sentence for term in all_terms if term.term == "our_clients_need"), "They could be a partner.")
