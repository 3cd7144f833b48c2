"""Set-covering files of J. E. Beasley's OR-Library, as reaches, and the plain way to cover them."""

from pathlib import Path

import numpy as np

from matcher.engine.cover_search import Cover
from matcher.engine.kernels import Rows
from matcher.engine.reach import Reach, reach_of


def published(path: Path) -> Reach:
    """A file of rows, columns, costs, then the columns that cover each row: rows are needs, columns candidates."""
    numbers = np.array(path.read_text(encoding="ascii").split(), dtype=np.int64).tolist()
    rows, columns = numbers[:2]
    cost, at = numbers[2 : 2 + columns], 2 + columns
    lists: list[list[int]] = [[] for _ in range(columns)]
    for row in range(rows):
        count = numbers[at]
        for column in numbers[at + 1 : at + 1 + count]:
            lists[column - 1].append(row)
        at += 1 + count
    return reach_of(lists, [1.0] * rows, cost=cost)


def optimum(folder: Path, name: str) -> int:
    """The published optimum of a file: scp42 is called 4.2 there, scpa1 A.1."""
    known = dict(line.split() for line in (folder / "best_known.txt").read_text(encoding="ascii").splitlines() if line)
    family, number = name.removeprefix("scp").upper()
    return int(known[f"{family}.{number}"])


def plain_greedy(reach: Reach) -> Rows:
    """Whoever covers the most new needs for the cost, again and again, then without those not needed; ascending.

    At most 1 + ln(largest number of needs of one candidate) times the cheapest (Chvatal 1979).
    """
    cover = Cover(reach)
    cover.greedy()
    return cover.without_spare()
