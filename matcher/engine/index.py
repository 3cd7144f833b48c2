"""Every business that a query may look at: columns of rows in an order of places, edited in place.

An edit is a tombstone and an append. Rows of one network lie in blocks that are cut into tiles, and in a short tail
behind them; a snapshot shares all arrays and knows only up to where and until when they count.
"""

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.answers.partners import Home
from matcher.engine.columns import Columns, Floats, floats, grown
from matcher.engine.flow import Flow
from matcher.engine.kernels import living
from matcher.engine.kinds import Kinds, Rows
from matcher.engine.tiles import Tiles, tiled
from matcher.units import SHARED

NEVER = np.iinfo(np.int32).max  # the version at which a row dies that lives
MERGED = 4  # a block of up to so many times the rows that move is moved along, so that blocks stay few
TAIL = 2048  # rows behind the blocks from which they are cut into tiles as well
ROWS: dict[str, type[Any]] = {
    "ids": np.int64,
    "lats": np.float64,
    "lons": np.float64,
    "kinds": np.int32,
    "died": np.int32,  # the version at which the row was replaced or removed
}
NO_ROWS = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, kw_only=True)
class Block:
    """Rows side by side that were cut into tiles together, with a look-up by id."""

    tiles: Tiles  # rows counted from 0, whole index
    ids: NDArray[np.int64]  # sorted
    rows: Rows  # of those ids

    def row(self, business_id: int) -> int | None:
        """Where a business was when the block was made."""
        at = int(np.searchsorted(self.ids, business_id))
        return int(self.rows[at]) if at < len(self.ids) and self.ids[at] == business_id else None

    def columns(self) -> dict[str, NDArray[Any]]:
        """All arrays, for saving."""
        return {**self.tiles.columns(), "ids": self.ids, "rows": self.rows}


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Where the rows of one network are; never changed, but replaced."""

    blocks: tuple[Block, ...] = ()
    tail: Rows = field(default_factory=lambda: NO_ROWS)
    late: Mapping[int, int] = field(default_factory=dict)  # id -> row, of the tail
    count: int = 0  # living businesses
    hides: frozenset[int] = frozenset()  # ids of shared businesses that this network knows better


NOTHING = Ground()


class Index:
    """Businesses of the shared directory and of each network; a network's own row hides the shared one of its id."""

    def __init__(self, flow: Flow, columns: Columns | None = None, network_id: int = SHARED) -> None:
        self.flow, self.kinds = flow, Kinds(flow)
        self.version = 0  # grows with each edit
        self._grounds: dict[int, Ground] = {}
        self._used = 0
        self._columns: dict[str, NDArray[Any]] = {name: np.zeros(0, dtype=kind) for name, kind in ROWS.items()}
        if columns is not None:
            self.extend(columns, network_id)

    @classmethod
    def of(cls, flow: Flow, columns: dict[str, NDArray[Any]], used: int, *, kinds: Kinds, ground: Ground) -> "Index":
        """An index of the shared directory alone, from the parts of a saved one."""
        index = cls(flow)
        index._columns, index._used, index.kinds = columns, used, kinds
        index._grounds[SHARED] = ground
        return index

    def at(self, name: str, rows: Rows) -> NDArray[Any]:
        """One figure of some rows: their own, or their kind's."""
        return self[name][rows] if name in ROWS else self.kinds[name][self["kinds"][rows]]

    def __len__(self) -> int:
        """How many businesses are in it, of all networks."""
        return sum(ground.count for ground in self._grounds.values())

    def __getitem__(self, name: str) -> NDArray[Any]:
        """One column over all rows, tombstones included."""
        return self._columns[name][: self._used]

    def ground(self, network_id: int) -> Ground:
        """Where the rows of one network are."""
        return self._grounds.get(network_id, NOTHING)

    def grounds(self, network_id: int) -> Iterator[Ground]:
        """Where the rows are that a network can see: its own, then the shared ones."""
        for owner in dict.fromkeys((network_id, SHARED)):
            yield self.ground(owner)

    def row(self, business_id: int, network_id: int = SHARED) -> int:
        """Where a business is, as a network sees it; KeyError when it is not there."""
        for ground in self.grounds(network_id):
            row = self._row_on(ground, business_id)
            if row is not None:
                return row
        raise KeyError(business_id)

    def holds(self, network_id: int, business_id: int) -> bool:
        """Whether a network holds a business itself."""
        return self._row_on(self.ground(network_id), business_id) is not None

    def _row_on(self, ground: Ground, business_id: int) -> int | None:
        for row in (ground.late.get(business_id), *(block.row(business_id) for block in ground.blocks)):
            if row is not None and self._columns["died"][row] > self.version:
                return row
        return None

    def rows(self, business_ids: Any, network_id: int = SHARED) -> Rows:
        """The rows of those businesses that a network can see."""
        found = []
        for business_id in business_ids:
            try:
                found.append(self.row(business_id, network_id))
            except KeyError:
                continue
        return np.array(found, dtype=np.int64)

    def can_see(self, network_id: int, business_id: int) -> bool:
        """Whether a business is here and visible to a network."""
        try:
            return self.row(business_id, network_id) >= 0
        except KeyError:
            return False

    def count(self, network_id: int) -> int:
        """How many businesses a network can see."""
        hidden = len(self.rows(self.ground(network_id).hides))
        return sum(ground.count for ground in self.grounds(network_id)) - hidden

    def visible(self, network_id: int) -> Rows:
        """Rows of this network and of the shared directory."""
        return self._seen(network_id, [self._all_of(ground) for ground in self.grounds(network_id)])[0]

    def near(self, home: Home, network_id: int) -> tuple[Rows, Floats]:
        """Visible rows whose area may touch ours, each with its `Tiles.near` share; a few too many."""
        return self._seen(
            network_id, [part for ground in self.grounds(network_id) for part in self._near(ground, home)]
        )

    def _all_of(self, ground: Ground) -> tuple[Rows, Floats]:
        found = [*(np.sort(block.rows) for block in ground.blocks), ground.tail]
        rows = np.concatenate(found)
        return rows, np.ones(len(rows))

    def _near(self, ground: Ground, home: Home) -> list[tuple[Rows, Floats]]:
        found = [block.tiles.near(home.lat, home.lon, home.radius_km) for block in ground.blocks]
        tail = np.ones(len(ground.tail))
        if len(ground.tail):
            placed = ~np.isnan(self["lats"][ground.tail] + self["lons"][ground.tail])
            tail = np.where(placed & (home.lat is not None) & (home.lon is not None), 1.0, np.nan)
        found.append((ground.tail, tail))
        return found

    def _seen(self, network_id: int, found: list[tuple[Rows, Floats]]) -> tuple[Rows, Floats]:
        """The living rows of all grounds; a shared row that an own one of the same business hides is left out."""
        rows, share = (np.concatenate(column) for column in zip(*found, strict=True))
        rows, share = living(rows, share, self._columns["died"], self.version)
        if hides := self.ground(network_id).hides:
            stay = ~np.isin(rows, self.rows(hides))
            rows, share = rows[stay], share[stay]
        return rows, share

    def home(self, business_id: int, network_id: int = SHARED) -> Home:
        """A business as a network sees it; figures that nobody gave are None."""
        row = self.row(business_id, network_id)
        lat, lon = float(self["lats"][row]), float(self["lons"][row])
        return self.kinds.home(
            int(self["kinds"][row]),
            business_id=business_id,
            lat=None if np.isnan(lat) else lat,
            lon=None if np.isnan(lon) else lon,
        )

    def put(self, business: Home, network_id: int = SHARED) -> None:
        """Add a business to a network, or replace it there when its id is there already."""
        if business.business_id is None:
            raise ValueError("A business needs its id to be put into the index.")
        self.remove(business.business_id, network_id)
        self._add_tail(
            network_id,
            np.array([business.business_id]),
            floats([business.lat]),
            floats([business.lon]),
            np.array([self.kinds.number(business)], dtype=np.int32),
        )

    def remove(self, business_id: int, network_id: int = SHARED) -> None:
        """Forget a business of a network; nothing happens when it is not there."""
        ground = self.ground(network_id)
        row = self._row_on(ground, business_id)
        if row is None:
            return
        self.version += 1
        self._columns["died"][row] = self.version
        hides = ground.hides - {business_id} if ground.hides else ground.hides
        self._grounds[network_id] = replace(ground, count=ground.count - 1, hides=hides)

    def drop_network(self, network_id: int) -> None:
        """Forget every business of one network."""
        ground = self._grounds.pop(network_id, NOTHING)
        self.version += 1
        self._columns["died"][self._all_of(ground)[0]] = self.version

    def snapshot(self) -> "Index":
        """The same businesses, untouched by later edits of this index: for readers in other threads."""
        twin = copy(self)
        twin._columns, twin._grounds, twin.kinds = dict(self._columns), dict(self._grounds), self.kinds.snapshot()
        return twin

    def extend(self, columns: Columns, network_id: int = SHARED) -> None:
        """Add many businesses to a network at once, or replace them there."""
        ids = np.asarray(columns.ids, dtype=np.int64)
        if self.ground(network_id).count:
            for business_id in ids.tolist():
                self.remove(business_id, network_id)
        add = self._add_tail if len(ids) < TAIL else self._add_block
        add(network_id, ids, floats(columns.lats), floats(columns.lons), self.kinds.number_all(columns))
        self.version += 1

    def _add_tail(
        self, network_id: int, ids: NDArray[np.int64], lats: Floats, lons: Floats, kinds: NDArray[np.int32]
    ) -> None:
        first = self._append(ids=ids, lats=lats, lons=lons, kinds=kinds)
        ground, rows = self.ground(network_id), np.arange(first, first + len(ids))
        shared = network_id != SHARED and self.ground(SHARED).count
        better = [i for i in ids.tolist() if self.holds(SHARED, i)] if shared else []
        self._grounds[network_id] = replace(
            ground,
            tail=np.concatenate([ground.tail, rows]),
            late={**ground.late, **dict(zip(ids.tolist(), rows.tolist(), strict=True))},
            count=ground.count + len(ids),
            hides=ground.hides.union(better) if better else ground.hides,
        )
        self.version += 1
        if len(ground.tail) >= TAIL:
            self._cut_tail(network_id)

    def _add_block(
        self, network_id: int, ids: NDArray[np.int64], lats: Floats, lons: Floats, kinds: NDArray[np.int32]
    ) -> None:
        order, tiles = tiled(lats, lons, self.kinds["radii_km"][kinds])
        first = self._append(ids=ids[order], lats=lats[order], lons=lons[order], kinds=kinds[order])
        by_id = np.argsort(ids[order])
        block = Block(
            tiles=replace(tiles, first=tiles.first + first),
            ids=ids[order][by_id],
            rows=(first + by_id).astype(np.int64),
        )
        ground = self.ground(network_id)
        self._grounds[network_id] = replace(ground, blocks=(*ground.blocks, block), count=ground.count + len(ids))

    def _cut_tail(self, network_id: int) -> None:
        """Move the rows of a tail into a block, with those of all blocks that are not much larger."""
        ground = self.ground(network_id)
        blocks, moved = list(ground.blocks), [ground.tail]
        while blocks and len(blocks[-1].rows) <= MERGED * sum(map(len, moved)):
            moved.append(blocks.pop().rows)
        rows = np.concatenate(moved)
        rows = rows[self._columns["died"][rows] > self.version]
        columns = {name: self[name][rows] for name in ("ids", "lats", "lons", "kinds")}
        self._grounds[network_id] = replace(
            ground, blocks=tuple(blocks), tail=NO_ROWS, late={}, count=ground.count - len(rows)
        )
        self._add_block(network_id, columns["ids"], columns["lats"], columns["lons"], columns["kinds"])
        self.version += 1
        self._columns["died"][rows] = self.version

    def alone(self, network_id: int = SHARED) -> "Index":
        """The living businesses of one network in an index of their own, cut anew; it shares the kinds."""
        ground = self.ground(network_id)
        rows = self._all_of(ground)[0]
        rows = rows[self._columns["died"][rows] > self.version]
        twin = Index(self.flow)
        twin.kinds = self.kinds
        twin._add_block(network_id, *(self[name][rows] for name in ("ids", "lats", "lons", "kinds")))
        return twin

    def _append(self, **columns: Any) -> int:
        """Write rows behind the last one and give the number of the first of them."""
        first, count = self._used, np.size(columns["ids"])
        for name, values in {**columns, "died": NEVER}.items():
            column = self._columns[name] = grown(self._columns[name], first + count)
            column[first : first + count] = values
        self._used += count
        return first
