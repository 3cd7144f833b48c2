"""How well graded competition tells rivals from others, on real licences.

Two licences under the same NAICS code count as rivals, two under different sectors (first two digits) as not. That is
rough: a code can hide two trades, and two sectors can meet. One of each pair is the owner, who knows what he sells (the
likeliest service of his code); the other is known by its code alone.
"""

import csv
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.answers import Home
from matcher.engine.columns import Columns
from matcher.engine.compete import COMPETES, PARTLY, overlap_share
from matcher.engine.flow import flow_of
from matcher.engine.index import Index
from matcher.exchange.industry import services_of_code
from matcher.taxonomy import taxonomy
from tests.bench.tables import SHARED_DATA, Cell, Report

DEFAULT = SHARED_DATA / "businesses" / "tucson_licenses.csv"
OWNERS = 500  # drawn by seed
Shares = NDArray[np.float64]


def measure(path: Path | None) -> Report:
    """The shares kept out and flagged among rivals and among others, and the AUC of the overlap between them."""
    with (path or DEFAULT).open(encoding="utf-8-sig", newline="") as file:
        codes = [row["NAICS_Code"].strip() for row in csv.DictReader(file)]
    known = [code for code in codes if services_of_code(code)]
    index = _index_of(known)
    rivals, others = _overlaps(index, np.array(known))
    ordered = np.sort(others)
    above = np.searchsorted(ordered, rivals, side="left") + np.searchsorted(ordered, rivals, side="right")
    return Report(
        title=f"Competition: {len(known)} licences, {len(rivals):,} rival pairs, {len(others):,} others",
        rows=[_figures("rivals", rivals), _figures("others", others)],
        facts={"AUC": float(above.mean() / 2 / len(others)), "licences with a known code": len(known) / len(codes)},
    )


def _index_of(codes: list[str]) -> Index:
    offers = [(n, service, share) for n, code in enumerate(codes) for service, share in services_of_code(code).items()]
    unknown = [None] * len(codes)
    columns = Columns(
        ids=np.arange(len(codes)),
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


def _overlaps(index: Index, codes: NDArray[np.str_]) -> tuple[Shares, Shares]:
    """The overlap shares of all pairs of a drawn owner with a rival, and with one of another sector."""
    rows, sectors = np.arange(len(codes)), codes.astype("U2")
    offers, nowhere = index.offers(rows), np.full(len(codes), np.nan)
    rivals, others = [], []
    for owner in np.random.default_rng(0).permutation(len(codes))[:OWNERS]:
        services = index.home(int(owner)).services
        home = Home(services={max(services, key=lambda code: services[code]): 1.0})
        share = overlap_share(index, home, rows, offers, nowhere)
        rivals.append(share[(codes == codes[owner]) & (rows != owner)])
        others.append(share[sectors != sectors[owner]])
    return np.concatenate(rivals), np.concatenate(others)


def _figures(name: str, shares: Shares) -> dict[str, Cell]:
    return {
        "pairs": name,
        "kept out": float((shares >= COMPETES).mean()),
        "partly": float(((shares >= PARTLY) & (shares < COMPETES)).mean()),
        "suggested": float((shares < PARTLY).mean()),
    }
