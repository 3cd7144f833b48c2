"""How well graded competition tells rivals from partners, on official index texts and on real licences.

Rivals are two index texts of one NAICS code. A partner is a text of another code whose main service (the likeliest one
under it) is among the ten best partners of the main service of the first code, by the engine's own score: it serves the
same clients, so that telling it from a rival is what the product has to do, and another sector would be too easy. Codes
count that the taxonomy knows themselves and that have two texts and a partner; four draws a code, by seed.

The overlap is worked out with both known by code, as in a list of licences; with the owner known by one text alone and
the other by code; with both known by one text alone. A text becomes services as the category of an import does, or as
what somebody said does (by words, or by meaning), where each service counts by its chance. Rivals that are known by
code both have the same offers, so the first line says only that partners' codes have others. The similarity of the two
raw texts is measured on the same pairs. The interval is that of 200 samples of codes with replacement, the middle 90 %.
Nobody has a place, a price level or a declared market, so that only the service axis is tested.

The second measurement takes two licences under one code as rivals and two under different sectors (first two digits)
as others. One of each pair is the owner, who knows what he sells (the likeliest service of his code); the other is
known by its code alone. These others are easy.
"""

import csv
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from matcher.answers.partners import Home, Mode
from matcher.engine.columns import Columns
from matcher.engine.compete import COMPETES, PARTLY, axes_of, overlap_of
from matcher.engine.flow import flow_of
from matcher.engine.index import Index
from matcher.exchange.industry import services_of_category, services_of_code
from matcher.knowledge.meaning import confidences, lexicon
from matcher.names import lookup_key
from matcher.taxonomy import taxonomy
from tests.bench.partners import service_scores
from tests.bench.tables import SHARED_DATA, Cell, Report

DEFAULT = SHARED_DATA / "industry" / "naics2012_index.csv"
LICENCES = SHARED_DATA / "businesses" / "tucson_licenses.csv"
PARTNERS = 10  # best services of each, whose codes are partners
DRAWS = 4  # pairs of each kind for a code
SAMPLES = 200  # of codes, for the interval
LIKELY = 0.002  # chance from which a text may mean a service
OWNERS = 500  # of the licences, drawn by seed
Shares = NDArray[np.float64]
Services = Mapping[str, float]
Texts = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Draw:
    """One text of a code beside another text of it (a rival) and beside a text of a partner's code."""

    code: str
    text: str
    rival: str
    partner_code: str
    partner: str


def measure(path: Path | None) -> Report:
    """AUC, and the shares kept out and marked among rivals and partners, for each way of knowing; then the licences."""
    texts: dict[str, list[str]] = defaultdict(list)
    with (path or DEFAULT).open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            texts[row["code"]].append(row["index_item"])
    draws = drawn(texts)
    rare = _rarity([text for some in texts.values() for text in some])
    ways: dict[str, Callable[[Draw], tuple[float, float]]] = {
        "overlap, both by code": lambda d: _overlaps(_of_code(d.code), _of_code(d.code), _of_code(d.partner_code)),
        "overlap, text and code": lambda d: _overlaps(_of_text(d.text), _of_code(d.code), _of_code(d.partner_code)),
        "overlap, both by text": lambda d: _overlaps(_of_text(d.text), _of_text(d.rival), _of_text(d.partner)),
        "overlap, both by words": lambda d: _overlaps(*(_likely(t, "words") for t in (d.text, d.rival, d.partner))),
        "overlap, text by meaning and code": lambda d: _overlaps(
            _likely(d.text, "meaning"), _of_code(d.code), _of_code(d.partner_code)
        ),
        "overlap, both by meaning": lambda d: _overlaps(*(_likely(t, "meaning") for t in (d.text, d.rival, d.partner))),
        "raw text, rapidfuzz": lambda d: (_alike(d.text, d.rival), _alike(d.text, d.partner)),
        "raw text, TF-IDF": lambda d: (_cosine(d.text, d.rival, rare), _cosine(d.text, d.partner, rare)),
    }
    rows = [_line(name, draws, np.array([way(draw) for draw in draws])) for name, way in ways.items()]
    understood = sum(bool(services_of_category(draw.text)) for draw in draws) / len(draws)
    title = f"Competition: {len(draws):,} rivals and as many partners, of {len({d.code for d in draws})} industry codes"
    return Report(title=title, rows=rows, facts={"texts understood": understood, **_licences()})


def drawn(texts: Texts) -> list[Draw]:
    """The pairs, the same each time."""
    flow, rng, found = flow_of(taxonomy()), random.Random(0), []
    known = {known for scheme, known in taxonomy().industry_codes if scheme.startswith("naics")}
    codes = [code for code in texts if code in known and len(texts[code]) > 1 and services_of_code(code)]
    main = {code: max(services_of_code(code), key=services_of_code(code).__getitem__) for code in codes}
    codes_of: dict[str, list[str]] = defaultdict(list)
    for code in codes:
        codes_of[main[code]].append(code)
    scores = service_scores(flow)
    np.fill_diagonal(scores, 0)
    for code in codes:
        best = np.argsort(-scores[flow.numbers[main[code]]], kind="stable")[:PARTNERS]
        partners = [other for service in best.tolist() for other in codes_of[flow.codes[service]]]
        for _ in range(DRAWS if partners else 0):
            text, rival = rng.sample(texts[code], 2)
            other = rng.choice(partners)
            found.append(Draw(code, text, rival, other, rng.choice(texts[other])))
    return found


@cache
def _of_text(text: str) -> Services:
    return services_of_category(text)


@cache
def _likely(text: str, mode: Mode) -> Services:
    """How likely the text is to mean each service, those that are hardly likely left out."""
    known = lexicon(mode)
    shares = confidences(known.scores(text), mode)
    return {known.labels[n]: float(shares[n]) for n in np.flatnonzero(shares >= LIKELY).tolist()}


def _of_code(code: str) -> Services:
    return services_of_code(code)


def _overlaps(ours: Services, rival: Services, partner: Services) -> tuple[float, float]:
    """The engine's overlap with each of the two."""
    if not ours:
        return 0.0, 0.0
    index, rows = _index_of([rival, partner]), np.arange(2)
    shares = overlap_of(axes_of(index, Home(services=ours), rows))
    return float(shares[0]), float(shares[1])


def _alike(one: str, other: str) -> float:
    """Of the scorers of rapidfuzz, the one that separates best on these pairs."""
    return fuzz.token_set_ratio(one, other) / 100


def _rarity(texts: Sequence[str]) -> Mapping[str, float]:
    counts = Counter(word for text in texts for word in set(lookup_key(text).split()))
    return {word: log(len(texts) / count) for word, count in counts.items()}


def _cosine(one: str, other: str, rare: Mapping[str, float]) -> float:
    """Of the words of two texts, weighted by their rarity."""
    ours, theirs = (set(lookup_key(text).split()) for text in (one, other))
    lengths = [sum(rare[word] ** 2 for word in some) ** 0.5 for some in (ours, theirs)]
    return sum(rare[word] ** 2 for word in ours & theirs) / max(lengths[0] * lengths[1], 1e-9)


def _line(name: str, draws: Sequence[Draw], shares: Shares) -> dict[str, Cell]:
    """One row of the table from (draws, 2) scores of rival and partner."""
    numbers = {code: number for number, code in enumerate(dict.fromkeys(draw.code for draw in draws))}
    of_code = np.array([numbers[draw.code] for draw in draws])
    rng, sampled = np.random.default_rng(0), []
    for _ in range(SAMPLES):
        times = np.bincount(rng.integers(0, len(numbers), len(numbers)), minlength=len(numbers))
        some = np.repeat(np.arange(len(draws)), times[of_code])
        sampled.append(auc(shares[some, 0], shares[some, 1]))
    low, high = np.quantile(sampled, (0.05, 0.95))
    line: dict[str, Cell] = {"known by": name, "AUC": auc(shares[:, 0], shares[:, 1]), "from": low, "to": high}
    for column, kind in enumerate(("rivals", "partners")):
        for words, share in _figures(shares[:, column]).items():
            line[f"{kind} {words}"] = share if name.startswith("overlap") else ""
    return line


def auc(rivals: Shares, others: Shares) -> float:
    """Chance that a rival scores higher than another, a tie counting half."""
    ordered = np.sort(others)
    above = np.searchsorted(ordered, rivals, side="left") + np.searchsorted(ordered, rivals, side="right")
    return float(above.mean() / 2 / len(others))


def _figures(shares: Shares) -> dict[str, float]:
    return {
        "kept out": float((shares >= COMPETES).mean()),
        "marked": float(((shares >= PARTLY) & (shares < COMPETES)).mean()),
    }


def _licences() -> dict[str, Cell | Sequence[str]]:
    """The same figures for licences of one code and of different sectors; nothing when the list is not there."""
    if not LICENCES.exists():
        return {}
    with LICENCES.open(encoding="utf-8-sig", newline="") as file:
        codes = [row["NAICS_Code"].strip() for row in csv.DictReader(file)]
    known = [code for code in codes if services_of_code(code)]
    index = _index_of([services_of_code(code) for code in known])
    rivals, others = _licence_overlaps(index, np.array(known))
    found: dict[str, Cell | Sequence[str]] = {f"licences, rivals {k}": v for k, v in _figures(rivals).items()}
    found |= {f"licences, others {k}": v for k, v in _figures(others).items()}
    return found | {"licences, AUC": auc(rivals, others), "licences with a known code": len(known) / len(codes)}


def _index_of(services: Sequence[Services]) -> Index:
    offers = [(n, service, share) for n, some in enumerate(services) for service, share in some.items()]
    unknown = [None] * len(services)
    columns = Columns(
        ids=np.arange(len(services)),
        lats=unknown,
        lons=unknown,
        radii_km=unknown,
        tiers=unknown,
        clients_a_year=unknown,
        order_values_cents=unknown,
        offer_ids=[number for number, _, _ in offers],
        offer_services=[service for _, service, _ in offers],
        offer_confidences=[share for _, _, share in offers],
    )
    return Index(flow_of(taxonomy()), columns)


def _licence_overlaps(index: Index, codes: NDArray[np.str_]) -> tuple[Shares, Shares]:
    """The overlap shares of all pairs of a drawn owner with a rival, and with one of another sector."""
    rows, sectors = np.arange(len(codes)), codes.astype("U2")
    rivals, others = [], []
    for owner in np.random.default_rng(0).permutation(len(codes))[:OWNERS]:
        services = index.home(int(owner)).services
        home = Home(services={max(services, key=lambda code: services[code]): 1.0})
        share = overlap_of(axes_of(index, home, rows))
        rivals.append(share[(codes == codes[owner]) & (rows != owner)])
        others.append(share[sectors != sectors[owner]])
    return np.concatenate(rivals), np.concatenate(others)
