"""How well the shipped knowledge ranks the partner professions that people state on the web.

For each profession all services are ranked by the score of two businesses next door to each other, the profession's
own service left out. A stated pair is right; a pair that nobody stated is unknown, and counts as wrong. Intervals hold
95 % of what comes out when the pages are drawn anew, whole domains at a time.
"""

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.answers.partners import Home, Mode, ServiceGuess
from matcher.engine import value
from matcher.engine.columns import Columns
from matcher.engine.flow import Flow
from matcher.engine.index import Index
from matcher.engine.pairs import in_reach, pair_up
from matcher.engine.question import Question
from matcher.knowledge.alike import how_alike
from matcher.knowledge.meaning import understand
from matcher.taxonomy import taxonomy
from tests.bench.stated import Scores, Stated, Statement, around
from tests.bench.tables import SHARED_DATA, Cell, Report

DEFAULT = SHARED_DATA / "partners" / "partner_pairs.csv"
DRAWS = 200  # random rankings, averaged
Rows = list[dict[str, str]]


def measure(path: Path | None) -> Report:
    """Macro AUC, hit@5 and recall@10 on the outright stated pairs and on all of them, in both text modes."""
    with (path or DEFAULT).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    names = sorted({row[column] for row in rows for column in ("profession", "partner")})
    found: list[dict[str, Cell]] = []
    facts: dict[str, Cell | list[str]] = {}
    for mode, alike in text_modes().items():
        flow = Flow(taxonomy(), alike)
        mapped = {name: code for name in names if (code := service_named(name, mode))}
        scores = compared(flow, alike)
        for kind, chosen in (("article_list", [r for r in rows if r["kind"] == "article_list"]), ("all", rows)):
            if stated := stated_pairs(chosen, mapped, flow):
                found += [{"rows": kind, "text": mode, "score": s, **around(m, stated)} for s, m in scores.items()]
        usable = [row for row in rows if row["profession"] in mapped and row["partner"] in mapped]
        facts[f"names mapped by {mode}"] = len(mapped) / len(names)
        facts[f"pairs mapped by {mode}"] = len(usable) / len(rows)
        facts[f"not mapped by {mode}"] = [name for name in names if name not in mapped]
    found.sort(key=lambda row: row["rows"] == "all")
    title = f"Partner professions: {len(rows)} stated pairs, {len(taxonomy().services)} services"
    return Report(title=title, rows=found, facts=facts)


def text_modes() -> dict[Mode, Scores | None]:
    """The likeness of services by words alone (none), and by meaning where the semantic extra is installed."""
    alike = how_alike(taxonomy())
    return {"words": None} if alike is None else {"words": None, "meaning": alike}


def service_named(name: str, mode: Mode) -> str | None:
    """The service that a profession's name means: by its words, and where they find nothing, by its meaning."""
    guesses: Sequence[ServiceGuess] = taxonomy().find_service(name, 1)
    if not guesses and mode == "meaning":
        guesses = understand(name, {}, mode).guesses
    return guesses[0].service if guesses else None


def service_scores(flow: Flow) -> Scores:
    """(S, S) the engine's score between typical businesses of two services at the same place."""
    count = len(flow.codes)
    unknown = [None] * count
    everywhere = Columns(
        ids=np.arange(count),
        lats=np.zeros(count),
        lons=np.zeros(count),
        radii_km=unknown,
        tiers=unknown,
        clients_a_year=unknown,
        order_values_cents=unknown,
        offer_ids=np.arange(count),
        offer_services=flow.codes,
        offer_confidences=np.ones(count),
    )
    index = Index(flow, everywhere)
    scores = np.zeros((count, count))
    for number, code in enumerate(flow.codes):
        home = Home(services={code: 1.0}, lat=0.0, lon=0.0)
        rows, distance = in_reach(index, home, np.arange(count))
        scores[number, index["ids"][rows]] = value.worth(pair_up(index, Question(home=home), rows, distance)).score
    return scores


def stated_pairs(rows: Rows, mapped: dict[str, str], flow: Flow) -> Stated:
    """What each page says of the professions and partners that could be mapped, as numbers of their services."""
    found = []
    for row in rows:
        one, other = mapped.get(row["profession"]), mapped.get(row["partner"])
        if one and other and one != other:
            pair = flow.numbers[one], flow.numbers[other]
            found.append(Statement(row["profession"], *pair, source=row["source"]))
    return Stated(found)


def compared(flow: Flow, alike: Scores | None) -> dict[str, list[Scores]]:
    """The shipped score beside simpler ones; several matrices of one kind are averaged."""
    rng, count = np.random.default_rng(0), len(flow.codes)
    scores = {
        "random": [rng.random((count, count)) for _ in range(DRAWS)],
        "popularity": [np.tile(flow.breadth, (count, 1))],
        "cosine of journeys": [cosines(flow.chance)],
    }
    if alike is not None:
        scores["embedding alone"] = [alike]
    return scores | {"switchboard": [service_scores(flow)]}


def cosines(vectors: NDArray[np.float64]) -> Scores:
    """(n, n) cosines between n rows."""
    units = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    return np.asarray(units @ units.T)
