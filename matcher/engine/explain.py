"""Why this business, or why not, and what would change the answer."""

import numpy as np

from matcher.answers import Explanation, Home, Standing, Suggestion
from matcher.engine import value
from matcher.engine.compete import COMPETES, PARTLY, competitor, distances_km
from matcher.engine.index import Index
from matcher.engine.pairs import Pairs, pair_up
from matcher.engine.reasons import terms
from matcher.engine.suggest import Question, case_of, dress, survey
from matcher.engine.words import and_list, article, km, service_words


def explain(index: Index, question: Question, business_id: int, *, name: str = "", place: str = "") -> Explanation:
    """Every term of one pair, its standing in a sentence, and what would change it."""
    rows = np.array([index.row(business_id)])
    pair = pair_up(index, question.home, rows, distances_km(index, question.home, rows), question.trusted)
    standing = standing_of(index, question.home, pair)
    median = survey(index, question).median
    fits = standing in ("suggested", "partly") and median is not None
    suggestion = None
    if fits and median is not None:
        suggestion = dress(index, median, pair, {business_id: (name, place)}, rank=0)
    return Explanation(
        business_id=business_id,
        name=name,
        standing=standing,
        sentence=_sentence(index, question.home, pair, standing, suggestion),
        suggestion=suggestion,
        competitor=competitor(index, question.home, int(rows[0]), name),
        terms=terms(case_of(index, pair), median) if fits and median is not None else (),
        baseline_score=median.score if median is not None else 0.0,
        changes=_changes(index, question.home, pair, standing),
    )


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


def _sentence(index: Index, home: Home, pair: Pairs, standing: Standing, suggestion: Suggestion | None) -> str:
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
    return suggestion.reasons[0].sentence if suggestion is not None else "They could be a partner."


def _changes(index: Index, home: Home, pair: Pairs, standing: Standing) -> tuple[str, ...]:
    """What the owner could do or tell us that would change the answer."""
    row, found = int(pair.rows[0]), []
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
        found.append("If you or they offered something that the same people need, you would have clients in common.")
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
