"""What a network knows of candidates, as columns beside theirs; nothing is known of a stranger, and counts as 0."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np

from matcher.engine.flow import Floats, Flow
from matcher.engine.index import Index, Rows
from matcher.engine.known import Known

ASKED_HALF_LIFE_DAYS = 30.0  # after which having been asked counts half; after 90 days an eighth (prior)


@dataclass(frozen=True, kw_only=True)
class KnownColumns:
    """What is known of n candidates. Shares are (n,), counts (n, 2): how often it came true, and how often not."""

    grows: Floats  # 1: they want to grow
    wish: Floats  # share of our clients who are on a journey of those they want to meet
    vouch: Floats  # how far we would vouch for each other, 0-1
    reputation: Floats  # how well people speak of them, 0-1
    full: Floats  # 1: they have no room for more clients
    asked: Floats  # 1: we asked something of them today; less the longer it is ago
    accept: Floats
    give: Floats
    close: Floats
    promise: Floats

    def __getitem__(self, positions: Rows) -> "KnownColumns":
        """The same for some of the candidates, in that order."""
        return KnownColumns(**{f.name: getattr(self, f.name)[positions] for f in fields(self)})


COUNTS = ("accept", "give", "close", "promise")


def strangers(count: int) -> KnownColumns:
    """So many candidates of whom nothing is known."""
    names = (f.name for f in fields(KnownColumns))
    return KnownColumns(**{name: np.zeros((count, 2) if name in COUNTS else count) for name in names})


def known_columns(index: Index, rows: Rows, known: Mapping[int, Known], clients: Floats) -> KnownColumns:
    """What is known of the businesses in these rows; `clients` (J,) are the journeys that our own clients are on."""
    columns, ids = strangers(len(rows)), index["ids"][rows]
    for at in np.flatnonzero(np.isin(ids, list(known))) if known else ():
        told = known[int(ids[at])]
        columns.grows[at] = told.wants_to_grow is True
        columns.wish[at] = met_share(index.flow, told.wanted_markets, clients)
        columns.vouch[at] = told.vouch_share or 0.0
        columns.reputation[at] = told.reputation_share or 0.0
        columns.full[at] = told.has_room is False
        columns.asked[at] = 0.0 if told.asked_days is None else 0.5 ** (told.asked_days / ASKED_HALF_LIFE_DAYS)
        for name in COUNTS:
            getattr(columns, name)[at] = getattr(told, name)
    return columns


def met_share(flow: Flow, wanted: tuple[str, ...], clients: Floats) -> float:
    """Share of our clients, by their journeys (J,), who are in a market that somebody wants to meet; 0 if in none."""
    return float(clients[flow.focus(wanted) == 1.0].sum()) if wanted else 0.0
