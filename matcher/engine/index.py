"""The columnar store of businesses that queries scan: NumPy columns, edited in place, no Python loop over rows."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.answers import RADIUS_KM, Home
from matcher.engine.flow import Floats, Flow
from matcher.units import SHARED

KM_PER_DEGREE = 111.0  # of latitude, rounded down so that a box never loses a business
Rows = NDArray[np.int64]
Numbers = Sequence[int | None] | Sequence[float | None] | NDArray[Any]

COLUMNS: dict[str, type[Any]] = {
    "ids": np.int64,
    "network_ids": np.int64,
    "lats": np.float64,
    "lons": np.float64,
    "radii_km": np.float64,
    "tiers": np.float64,  # NaN: nobody said
    "clients": np.float64,  # a year; NaN: the service's usual figure
    "orders_usd": np.float64,  # NaN: the service's usual figure
    "starts": np.int64,  # where the offers of a row begin
    "counts": np.int64,  # how many offers it has
    "markets": np.int32,  # number of the set of declared markets; 0 is none
    "alive": np.bool_,
}


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Businesses as columns of equal length, None where nobody said; offers and declared markets by business id."""

    ids: Numbers
    network_ids: Numbers
    lats: Numbers
    lons: Numbers
    radii_km: Numbers
    tiers: Numbers
    clients_a_year: Numbers
    order_values_cents: Numbers
    offer_ids: Numbers = ()
    offer_services: Sequence[str] = ()
    offer_confidences: Numbers = ()
    market_ids: Sequence[int] = ()
    market_codes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Offers:
    """The offers of some rows, side by side: position among those rows, service number, confidence (0-1)."""

    at: NDArray[np.int64]
    service: NDArray[np.int16]
    confidence: Floats

    def highest(self, values: NDArray[np.floating[Any]], count: int) -> tuple[Floats, NDArray[np.int64]]:
        """(count,) the highest of `values` (one an offer) in each row and the service it is for; 0 and -1 if none."""
        highest, services = np.zeros(count), np.full(count, -1, dtype=np.int64)
        if len(self.at):
            starts = np.flatnonzero(np.r_[True, self.at[1:] != self.at[:-1]])
            highest[self.at[starts]] = np.maximum.reduceat(values, starts)
            best = np.flatnonzero(values == highest[self.at])[::-1]  # the first of equals is written last
            services[self.at[best]] = self.service[best]
        return highest, services


class Index:
    """Every business that a query may look at. An edit is a tombstone and an append; nothing is ever rebuilt for it."""

    def __init__(self, flow: Flow, columns: Columns | None = None) -> None:
        self.flow = flow
        self.version = 0  # grows with each edit
        self.market_sets: list[tuple[str, ...]] = [()]
        self._rows: dict[int, int] = {}
        self._used = 0
        self._columns: dict[str, NDArray[Any]] = {name: np.zeros(0, dtype=kind) for name, kind in COLUMNS.items()}
        self._offers_used = 0
        self._offer_service = np.zeros(0, dtype=np.int16)
        self._offer_confidence = np.zeros(0)
        if columns is not None:
            self.extend(columns)

    def __len__(self) -> int:
        """How many businesses are in it."""
        return len(self._rows)

    def __contains__(self, business_id: object) -> bool:
        return business_id in self._rows

    def __getitem__(self, name: str) -> NDArray[Any]:
        """One column over all rows, tombstones included."""
        return self._columns[name][: self._used]

    @property
    def ids(self) -> tuple[int, ...]:
        """The ids of all businesses, in the order in which they came."""
        return tuple(self._rows)

    def row(self, business_id: int) -> int:
        """Where a business is; KeyError when it is not here."""
        return self._rows[business_id]

    def visible(self, network_id: int) -> Rows:
        """Rows of the shared directory and of this network."""
        networks = self["network_ids"]
        mine = networks == SHARED
        if network_id != SHARED:
            mine = mine | (networks == network_id)
        return np.flatnonzero(mine & self["alive"])

    def can_see(self, network_id: int, business_id: int) -> bool:
        """Whether a business is here and visible to a network."""
        row = self._rows.get(business_id)
        return row is not None and int(self["network_ids"][row]) in (SHARED, network_id)

    def near(self, rows: Rows, lat: float, lon: float, radius_km: float) -> Rows:
        """Those of `rows` whose area may touch a circle, and those whose place is unknown; a box, so a few too many."""
        if not len(rows):
            return rows
        reach = radius_km + float(self["radii_km"][rows].max())
        lats, lons = self["lats"][rows], self["lons"][rows]
        beyond = np.abs(lats - lat) > reach / KM_PER_DEGREE
        width = reach / (KM_PER_DEGREE * max(0.01, np.cos(np.radians(min(89.0, abs(lat) + reach / KM_PER_DEGREE)))))
        around = np.abs(lons - lon)
        beyond |= np.minimum(around, 360.0 - around) > width
        return rows[~beyond]

    def offers(self, rows: Rows) -> Offers:
        """The offers of these rows."""
        starts, counts = self["starts"][rows], self["counts"][rows].astype(np.int64)
        at = np.repeat(np.arange(len(rows)), counts)
        first = np.cumsum(counts) - counts
        place = np.arange(int(counts.sum())) + np.repeat(starts - first, counts)
        return Offers(at, self._offer_service[place], self._offer_confidence[place])

    def home(self, business_id: int) -> Home:
        """A business as the engine sees it; figures that nobody gave are None."""
        row = self._rows[business_id]
        offers = self.offers(np.array([row]))
        value = {name: _told(self._columns[name][row]) for name in ("lats", "lons", "tiers", "clients", "orders_usd")}
        return Home(
            services={self.flow.codes[s]: float(c) for s, c in zip(offers.service, offers.confidence, strict=True)},
            markets=self.market_sets[int(self._columns["markets"][row])],
            business_id=business_id,
            lat=value["lats"],
            lon=value["lons"],
            radius_km=float(self._columns["radii_km"][row]),
            tier=None if value["tiers"] is None else int(value["tiers"]),
            clients_a_year=value["clients"],
            order_value_cents=None if value["orders_usd"] is None else round(100 * value["orders_usd"]),
        )

    def put(self, business: Home, network_id: int) -> None:
        """Add a business, or replace it when its id is here already."""
        if business.business_id is None:
            raise ValueError("A business needs its id to be put into the index.")
        self.remove(business.business_id)
        self.extend(_columns_of(business, network_id))

    def remove(self, business_id: int) -> None:
        """Forget a business; nothing happens when it is not here."""
        row = self._rows.pop(business_id, None)
        if row is not None:
            self._columns["alive"][row] = False
            self.version += 1

    def snapshot(self) -> "Index":
        """The same businesses, untouched by later edits of this index: for readers in other threads.

        Only what an edit changes in place is copied (a flag a row and the numbers of rows); the columns are shared.
        """
        twin = copy(self)
        twin._columns = self._columns | {"alive": self._columns["alive"].copy()}
        twin._rows, twin.market_sets = dict(self._rows), list(self.market_sets)
        return twin

    def apart(self) -> "Index":
        """The same businesses with columns of its own: for edits that nobody else may see."""
        twin = self.snapshot()
        twin._columns = {name: column.copy() for name, column in self._columns.items()}
        twin._offer_service, twin._offer_confidence = self._offer_service.copy(), self._offer_confidence.copy()
        return twin

    def drop_network(self, network_id: int) -> None:
        """Forget every business of one network."""
        mine = (self["network_ids"] == network_id) & self["alive"]
        for business_id in self["ids"][mine].tolist():
            del self._rows[business_id]
        self["alive"][mine] = False
        self.version += 1

    def extend(self, columns: Columns) -> None:
        """Add many businesses at once; none of them may be here already."""
        ids = np.asarray(columns.ids, dtype=np.int64)
        first, count = self._used, len(ids)
        sets = self._market_numbers(ids, columns)
        starts, counts = self._append_offers(ids, columns)
        new = {
            "ids": ids,
            "network_ids": columns.network_ids,
            "lats": _floats(columns.lats),
            "lons": _floats(columns.lons),
            "radii_km": np.nan_to_num(_floats(columns.radii_km), nan=RADIUS_KM),
            "tiers": _floats(columns.tiers),
            "clients": _floats(columns.clients_a_year),
            "orders_usd": _floats(columns.order_values_cents) / 100,
            "starts": starts,
            "counts": counts,
            "markets": sets,
            "alive": np.ones(count, dtype=np.bool_),
        }
        for name, values in new.items():
            self._columns[name] = _grown(self._columns[name], first + count)
            self._columns[name][first : first + count] = values
        self._used += count
        self._rows.update(zip(ids.tolist(), range(first, first + count), strict=True))
        self.version += 1

    def _append_offers(self, ids: NDArray[np.int64], columns: Columns) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        order = np.argsort(ids, kind="stable")
        numbers = np.array([self.flow.numbers.get(code, -1) for code in columns.offer_services], dtype=np.int16)
        owners = np.asarray(columns.offer_ids, dtype=np.int64)
        at = order[np.minimum(np.searchsorted(ids, owners, sorter=order), len(ids) - 1)] if len(ids) else owners
        known = (numbers >= 0) & (ids[at] == owners) if len(ids) else np.zeros(0, dtype=np.bool_)
        at, numbers = at[known], numbers[known]
        confidences = _floats(columns.offer_confidences)[known]
        by_row = np.argsort(at, kind="stable")
        counts = np.bincount(at, minlength=len(ids))
        starts = self._offers_used + np.cumsum(counts) - counts
        end = self._offers_used + len(at)
        self._offer_service = _grown(self._offer_service, end)
        self._offer_confidence = _grown(self._offer_confidence, end)
        self._offer_service[self._offers_used : end] = numbers[by_row]
        self._offer_confidence[self._offers_used : end] = confidences[by_row]
        self._offers_used = end
        return starts, counts

    def _market_numbers(self, ids: NDArray[np.int64], columns: Columns) -> NDArray[np.int32]:
        declared: dict[int, list[str]] = {}
        for business_id, code in zip(columns.market_ids, columns.market_codes, strict=True):
            declared.setdefault(business_id, []).append(code)
        numbers = np.zeros(len(ids), dtype=np.int32)
        known = {markets: number for number, markets in enumerate(self.market_sets)}
        places = {int(ids[i]): i for i in range(len(ids))} if declared else {}
        for business_id, codes in declared.items():
            markets = tuple(sorted(codes))
            if markets not in known:
                known[markets] = len(self.market_sets)
                self.market_sets.append(markets)
            if business_id in places:
                numbers[places[business_id]] = known[markets]
        return numbers


def _columns_of(business: Home, network_id: int) -> Columns:
    return Columns(
        ids=[business.business_id],
        network_ids=[network_id],
        lats=[business.lat],
        lons=[business.lon],
        radii_km=[business.radius_km],
        tiers=[business.tier],
        clients_a_year=[business.clients_a_year],
        order_values_cents=[business.order_value_cents],
        offer_ids=[business.business_id] * len(business.services),
        offer_services=list(business.services),
        offer_confidences=list(business.services.values()),
        market_ids=[business.business_id or 0] * len(business.markets),
        market_codes=business.markets,
    )


def _floats(values: Numbers) -> Floats:
    """As float64, None as NaN."""
    return np.asarray(values, dtype=np.float64)


def _told(value: Any) -> float | None:
    number = float(value)
    return None if np.isnan(number) else number


def _grown(column: NDArray[Any], size: int) -> NDArray[Any]:
    """The same column with room for `size` values; doubles, so that appending stays cheap."""
    if size <= len(column):
        return column
    bigger = np.zeros(max(size, 2 * len(column)), dtype=column.dtype)
    bigger[: len(column)] = column
    return bigger
