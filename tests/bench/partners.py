"""How well the shipped knowledge ranks the partner professions that people state on the web.

For each profession all services are ranked by the score of two businesses next door to each other, the profession's
own service left out. A stated pair is right; a pair that nobody stated is unknown, and counts as wrong.
"""

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.answers import Home
from matcher.engine import value
from matcher.engine.columns import Columns
from matcher.engine.flow import Flow, flow_of
from matcher.engine.index import Index
from matcher.engine.pairs import in_reach, pair_up
from matcher.taxonomy import taxonomy
from tests.bench.tables import SHARED_DATA, Cell, Report

DEFAULT = SHARED_DATA / "partners" / "partner_pairs.csv"
DRAWS = 200  # random rankings, averaged
Scores = NDArray[np.float64]
Stated = dict[str, tuple[int, set[int]]]  # profession -> number of its service, numbers of its partners' services


def measure(path: Path | None) -> Report:
    """Macro AUC, hit@5 and recall@10 on the outright stated pairs and on all of them."""
    with (path or DEFAULT).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    flow = flow_of(taxonomy())
    names = sorted({row[column] for row in rows for column in ("profession", "partner")})
    mapped = {name: guesses[0].service for name in names if (guesses := flow.taxonomy.find_service(name, 1))}
    ours = service_scores(flow)
    found: list[dict[str, Cell]] = []
    for kind, chosen in (("article_list", [r for r in rows if r["kind"] == "article_list"]), ("all", rows)):
        stated = stated_pairs(chosen, mapped, flow)
        if stated:
            table = compared(ours, flow, stated)
            found += [{"rows": kind, "score": name, **line} for name, line in table.items()]
    usable = [row for row in rows if row["profession"] in mapped and row["partner"] in mapped]
    return Report(
        title=f"Partner professions: {len(rows)} stated pairs, {len(flow.codes)} services",
        rows=found,
        facts={
            "professions mapped": len(mapped) / len(names),
            "pairs mapped": len(usable) / len(rows),
            "not mapped": [name for name in names if name not in mapped],
        },
    )


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
        scores[number, rows] = value.worth(pair_up(index, home, rows, distance)).score
    return scores


def stated_pairs(rows: list[dict[str, str]], mapped: dict[str, str], flow: Flow) -> Stated:
    """The professions that could be mapped, each with the services of its partners that could be mapped."""
    partners: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        one, other = mapped.get(row["profession"]), mapped.get(row["partner"])
        if one and other and one != other:
            partners[row["profession"]].add(flow.numbers[other])
    return {name: (flow.numbers[mapped[name]], services) for name, services in partners.items()}


def compared(ours: Scores, flow: Flow, stated: Stated) -> dict[str, dict[str, Cell]]:
    """The figures of the shipped score beside random and popularity."""
    rng = np.random.default_rng(0)
    random = [figures(rng.random(ours.shape), stated) for _ in range(DRAWS)]
    return {
        "random": {name: float(np.mean([draw[name] for draw in random])) for name in random[0]},
        "popularity": figures(np.tile(flow.breadth, (len(flow.codes), 1)), stated),
        "switchboard": figures(ours, stated),
    }


def figures(scores: Scores, stated: Stated) -> dict[str, Cell]:
    """Means over professions: AUC; whether one of the first 5 is stated; share of the stated among the first 10."""
    aucs, hits, recalls = [], [], []
    for number, partners in stated.values():
        others = np.delete(np.arange(len(scores)), number)
        score, right = scores[number, others], np.isin(others, list(partners))
        above = score[right][:, None] - score[~right][None, :]
        aucs.append(np.mean(above > 0) + np.mean(above == 0) / 2)
        best = right[np.argsort(-score, kind="stable")]
        hits.append(best[:5].any())
        recalls.append(best[:10].sum() / len(partners))
    return {"AUC": float(np.mean(aucs)), "hit@5": float(np.mean(hits)), "recall@10": float(np.mean(recalls))}
