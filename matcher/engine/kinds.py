"""Kinds of businesses: everything about a business but its place. Thousands share one, so each is worked out once."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.answers.partners import RADIUS_KM, Home
from matcher.engine.columns import Columns, Floats, floats, grown, with_room
from matcher.engine.flow import Flow
from matcher.engine.kernels import Sold, runs

Rows = NDArray[np.int64]
LEAST = 1.0  # client a year, and US$ a client: a new firm and a charity are partners too, though they count nothing yet

TOLD: dict[str, type[Any]] = {
    "starts": np.int64,  # where its offers begin
    "counts": np.int64,  # how many offers it has
    "markets": np.int32,  # number of the set of declared markets; 0 is none
    "radii_km": np.float64,
    "tiers": np.float64,  # NaN: nobody said
    "told_clients": np.float64,  # a year; NaN: nobody said
    "told_orders_usd": np.float64,  # NaN: nobody said
}
FOLLOWS: dict[str, type[Any]] = dict.fromkeys(
    (
        "sure",  # the highest confidence among its offers, 0-1
        "total",  # of all confidences
        "breadth",  # how much of all client life its services touch, a mean by confidence
        "served",  # sum of confidence x breadth within its declared markets
        "usual_clients",  # of its services, a year
        "clients",  # told or usual
        "busier",  # clients over the usual number
        "order_usd",  # told or usual
        "refers",  # how readily it sends clients on, 0-1
    ),
    np.float64,
)


@dataclass(frozen=True, slots=True)
class Offers:
    """The offers of some kinds, side by side: position among those kinds, service number, confidence (0-1)."""

    at: Rows
    service: NDArray[np.int16]
    confidence: Floats

    def highest(self, values: NDArray[np.floating[Any]], count: int) -> tuple[Floats, Rows]:
        """(count,) the highest of `values` (one an offer) for each position and its service; 0 and -1 if none."""
        highest, services = np.zeros(count), np.full(count, -1, dtype=np.int64)
        if len(self.at):
            starts = np.flatnonzero(np.r_[True, self.at[1:] != self.at[:-1]])
            highest[self.at[starts]] = np.maximum.reduceat(values, starts)
            best = np.flatnonzero(values == highest[self.at])[::-1]  # the first of equals is written last
            services[self.at[best]] = self.service[best]
        return highest, services

    def sum(self, values: NDArray[Any], count: int) -> Floats:
        """(count,) the sum of `values` (one an offer) for each position."""
        return np.asarray(np.bincount(self.at, weights=values, minlength=count), dtype=np.float64)


class Kinds:
    """An ever growing table of kinds; a kind that has a number keeps it, so readers need no copy."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.market_sets: list[tuple[str, ...]] = [()]
        self.inside = flow.inside(())[None]  # (sets, J) which journeys lead through each set of declared markets
        self.within = flow.breadth_within(())[None]  # (sets, S) breadth of each service within each set
        self._set_numbers: dict[tuple[str, ...], int] = {(): 0}
        self._numbers: dict[tuple[Any, ...], int] = {}
        self._columns: dict[str, NDArray[Any]] = {n: np.zeros(0, dtype=t) for n, t in (TOLD | FOLLOWS).items()}
        self._used = self._offers_used = 0
        self._offer_service, self._offer_confidence = np.zeros(0, dtype=np.int16), np.zeros(0)

    def __len__(self) -> int:
        """How many kinds there are."""
        return self._used

    def __getitem__(self, name: str) -> NDArray[Any]:
        """One column over all kinds."""
        return self._columns[name][: self._used]

    def snapshot(self) -> "Kinds":
        """The same kinds, untouched by those that come later."""
        twin = copy(self)
        twin._columns = dict(self._columns)
        return twin

    def offers(self, kinds: Rows) -> Offers:
        """The offers of these kinds."""
        starts, counts, services, sureness = self.sold(kinds)
        place = runs(starts, counts)
        return Offers(np.repeat(np.arange(len(kinds)), counts), services[place], sureness[place])

    def sold(self, kinds: Rows) -> Sold:
        """Where the offers of these kinds begin and how many each has, and the services and sureness of all offers."""
        return self["starts"][kinds], self["counts"][kinds], self._offer_service, self._offer_confidence

    def home(self, kind: int, **own: Any) -> Home:
        """A business of this kind; figures that nobody gave are None. `own` says which one and where it is."""
        offers = self.offers(np.array([kind]))
        tier, clients, order = (_told(self[n][kind]) for n in ("tiers", "told_clients", "told_orders_usd"))
        return Home(
            services={self.flow.codes[s]: float(c) for s, c in zip(offers.service, offers.confidence, strict=True)},
            markets=self.market_sets[int(self["markets"][kind])],
            radius_km=float(self["radii_km"][kind]),
            tier=None if tier is None else int(tier),
            clients_a_year=clients,
            order_value_cents=None if order is None else round(100 * order),
            **own,
        )

    def number(self, home: Home) -> int:
        """The number of a business's kind; a new one if there is none like it yet."""
        numbers, flow = self._numbers, self.flow
        offers = tuple(sorted((flow.numbers[s], float(c)) for s, c in home.services.items() if s in flow.numbers))
        order = None if home.order_value_cents is None else home.order_value_cents / 100
        markets = self._set_number(tuple(sorted(home.markets)))
        key = (offers, markets, home.radius_km, home.tier, home.clients_a_year, order)
        if key not in numbers:
            services, confidences = zip(*offers, strict=True) if offers else ((), ())
            told = np.array([home.radius_km, home.tier, home.clients_a_year, order], dtype=np.float64)
            self._append(
                np.array([len(offers)]),
                np.array(services, dtype=np.int16),
                np.array(confidences, dtype=np.float64),
                {n: told[i : i + 1] for i, n in enumerate(("radii_km", "tiers", "told_clients", "told_orders_usd"))}
                | {"markets": np.array([markets])},
            )
            numbers[key] = self._used - 1
        return numbers[key]

    def number_all(self, columns: Columns) -> NDArray[np.int32]:
        """(n,) the number of each business's kind, for many businesses at once."""
        ids = np.asarray(columns.ids, dtype=np.int64)
        told: dict[str, NDArray[Any]] = {
            "markets": self._set_numbers_of(ids, columns),
            "radii_km": np.nan_to_num(floats(columns.radii_km), nan=RADIUS_KM),
            "tiers": floats(columns.tiers),
            "told_clients": floats(columns.clients_a_year),
            "told_orders_usd": floats(columns.order_values_cents) / 100,
        }
        at, services, confidences = self._known_offers(ids, columns)
        alike = _alike(len(ids), at, services, confidences, told)
        _, first, kind = np.unique(alike, return_index=True, return_inverse=True)
        counts = np.bincount(at, minlength=len(ids))
        ends = np.cumsum(counts)
        numbers = np.empty(len(first), dtype=np.int32)
        table = self._numbers
        fresh: list[int] = []
        for place, row in enumerate(first.tolist()):
            mine = slice(int(ends[row] - counts[row]), int(ends[row]))
            offers = tuple(zip(services[mine].tolist(), confidences[mine].tolist(), strict=True))
            key = (offers, *(_plain(told[name][row]) for name in ("markets", "radii_km", "tiers")))
            key += (_plain(told["told_clients"][row]), _plain(told["told_orders_usd"][row]))
            if key not in table:
                table[key] = self._used + len(fresh)
                fresh.append(row)
            numbers[place] = table[key]
        rows = np.array(fresh, dtype=np.int64)
        chosen = np.concatenate([np.arange(ends[r] - counts[r], ends[r]) for r in fresh] or [rows]).astype(np.int64)
        self._append(counts[rows], services[chosen], confidences[chosen], {n: v[rows] for n, v in told.items()})
        return np.asarray(numbers[kind.reshape(-1)])

    def _append(
        self, counts: Rows, services: NDArray[np.int16], confidences: Floats, told: Mapping[str, NDArray[Any]]
    ) -> None:
        first, end = self._used, self._used + len(counts)
        offers_end = self._offers_used + len(services)
        self._offer_service = grown(self._offer_service, offers_end)
        self._offer_confidence = grown(self._offer_confidence, offers_end)
        self._offer_service[self._offers_used : offers_end] = services
        self._offer_confidence[self._offers_used : offers_end] = confidences
        values: dict[str, NDArray[Any]] = {
            **told,
            "counts": counts,
            "starts": self._offers_used + np.cumsum(counts) - counts,
        }
        self._offers_used = offers_end
        offers = Offers(np.repeat(np.arange(len(counts)), counts), services, confidences)
        for name, column in (values | self._follows(offers, values, len(counts))).items():
            self._columns[name] = grown(self._columns[name], end)
            self._columns[name][first:end] = column
        self._used = end

    def _follows(self, offers: Offers, told: Mapping[str, NDArray[Any]], count: int) -> dict[str, Floats]:
        """What follows from a kind alone, whoever asks; (count,) each."""
        flow, sure = self.flow, offers.confidence
        total = offers.sum(sure, count)
        shared = np.maximum(total, 1e-12)
        usual = offers.sum(sure * flow.clients[offers.service], count) / shared
        order = offers.sum(sure * flow.order_usd[offers.service], count) / shared
        clients = np.maximum(LEAST, np.where(np.isnan(told["told_clients"]), usual, told["told_clients"]))
        return {
            "sure": offers.highest(sure, count)[0],
            "total": total,
            "breadth": offers.sum(sure * flow.breadth[offers.service], count) / shared,
            "served": offers.sum(sure * self.within[told["markets"][offers.at], offers.service], count),
            "usual_clients": usual,
            "clients": clients,
            "busier": clients / np.maximum(usual, 1e-12),
            "order_usd": np.maximum(LEAST, np.where(np.isnan(told["told_orders_usd"]), order, told["told_orders_usd"])),
            "refers": offers.sum(sure * flow.refers[offers.service], count) / shared,
        }

    def _known_offers(self, ids: Rows, columns: Columns) -> tuple[Rows, NDArray[np.int16], Floats]:
        """Position of the business, service and confidence of each offer that we know, by position and service."""
        order = np.argsort(ids, kind="stable")
        numbers = np.array([self.flow.numbers.get(code, -1) for code in columns.offer_services], dtype=np.int16)
        owners = np.asarray(columns.offer_ids, dtype=np.int64)
        at = order[np.minimum(np.searchsorted(ids, owners, sorter=order), len(ids) - 1)] if len(ids) else owners
        known = (numbers >= 0) & (ids[at] == owners) if len(ids) else np.zeros(0, dtype=np.bool_)
        at, numbers, confidences = at[known], numbers[known], floats(columns.offer_confidences)[known]
        by_row = np.lexsort((numbers, at))
        return at[by_row], numbers[by_row], confidences[by_row]

    def _set_numbers_of(self, ids: Rows, columns: Columns) -> NDArray[np.int32]:
        declared: dict[int, list[str]] = {}
        for business_id, code in zip(columns.market_ids, columns.market_codes, strict=True):
            declared.setdefault(business_id, []).append(code)
        numbers = np.zeros(len(ids), dtype=np.int32)
        places = {int(ids[i]): i for i in range(len(ids))} if declared else {}
        for business_id, codes in declared.items():
            if business_id in places:
                numbers[places[business_id]] = self._set_number(tuple(sorted(codes)))
        return numbers

    def _set_number(self, markets: tuple[str, ...]) -> int:
        if markets not in self._set_numbers:
            self.inside = np.concatenate([self.inside, self.flow.inside(markets)[None]])
            self.within = np.concatenate([self.within, self.flow.breadth_within(markets)[None]])
            self.market_sets.append(markets)
            self._set_numbers[markets] = len(self.market_sets) - 1
        return self._set_numbers[markets]

    def columns(self) -> dict[str, NDArray[Any]]:
        """All arrays, for saving."""
        offers: dict[str, NDArray[Any]] = {
            "offer_service": self._offer_service,
            "offer_confidence": self._offer_confidence,
        }
        return {n: self[n] for n in self._columns} | {n: a[: self._offers_used] for n, a in offers.items()}

    def opened(self, columns: Mapping[str, NDArray[Any]], market_sets: Sequence[Sequence[str]]) -> "Kinds":
        """This table with the content of a saved one."""
        self._columns = {name: with_room(columns[name]) for name in self._columns}
        self._offer_service, self._offer_confidence = columns["offer_service"], columns["offer_confidence"]
        self._used, self._offers_used = len(columns["starts"]), len(columns["offer_service"])
        self.market_sets = [tuple(markets) for markets in market_sets]
        self.inside = np.array([self.flow.inside(markets) for markets in self.market_sets])
        self.within = np.array([self.flow.breadth_within(markets) for markets in self.market_sets])
        self._set_numbers = {markets: number for number, markets in enumerate(self.market_sets)}
        told = zip(*([_plain(v) for v in self[name].tolist()] for name in list(TOLD)[2:]), strict=True)
        pairs = list(zip(self._offer_service.tolist(), self._offer_confidence.tolist(), strict=True))
        starts, counts = self["starts"].tolist(), self["counts"].tolist()
        sold = (tuple(pairs[start : start + count]) for start, count in zip(starts, counts, strict=True))
        self._numbers = {(offers, *rest): kind for kind, (offers, rest) in enumerate(zip(sold, told, strict=True))}
        return self


def _alike(
    count: int, at: Rows, services: NDArray[np.int16], confidences: Floats, told: Mapping[str, NDArray[Any]]
) -> NDArray[np.uint64]:
    """(count,) 64 bits that are equal for businesses of one kind; for two of a million kinds by a chance of 3e-8."""
    bits = np.zeros(count, dtype=np.uint64)
    np.add.at(bits, at, _mixed(services.astype(np.uint64), confidences))
    for column in told.values():
        bits = _mixed(bits, column.astype(np.float64))
    return bits


def _mixed(one: NDArray[np.uint64], other: Floats) -> NDArray[np.uint64]:
    """One hash of two columns (the finaliser of splitmix64)."""
    x = one * np.uint64(0x9E3779B97F4A7C15) + np.ascontiguousarray(other).view(np.uint64)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(x ^ (x >> np.uint64(31)))


def _plain(value: Any) -> float | None:
    """A cell as it stands in a key; NaN is not equal to itself, so None stands for it."""
    number = float(value)
    return None if number != number else number


_told = _plain
