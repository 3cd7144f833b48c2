"""Businesses that could take needs of our clients, as columns: partners, or candidates whom nobody knows yet."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.answers.partners import Home
from matcher.engine.columns import Floats
from matcher.engine.compete import axes_of, overlap_of, ruled
from matcher.engine.constants import PRIOR, Constant
from matcher.engine.index import Index
from matcher.engine.kinds import Offers, Rows
from matcher.engine.known import NONE_YET, Counts, Known
from matcher.engine.learning import mean

Languages = tuple[str, ...]
MONTHS = 12  # of a year: as long as nobody has told us, there is room for a month's clients at a time (prior)
ROOM_LEAST, ROOM_MOST = 1, 20  # needs at a time, as long as nobody has told us (prior)
FILLS = Constant(0.7, "Share of introductions that end in a filled need.", PRIOR)

SERVICES = 1 << 15  # more than there are services, whose numbers are 16-bit


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the network knows of one business that could take needs; the defaults are those of a stranger."""

    room: int | None = None  # needs that it can take at a time
    has_room: bool | None = None  # for more clients at all; a no counts more than `room`
    used: int = 0  # needs it holds now: introduced or pinned
    languages: Languages | None = None  # that it speaks, ISO 639-1; None: nobody told us
    trust_share: float | None = None  # how far we trust it, 0-1
    filled: Counts = NONE_YET  # introductions that ended in a filled need, and that did not; aged
    asked_days: int | None = None  # since we last asked something of it
    load: float = 0.0  # needs given to it lately, aged
    competes: bool | None = None  # the owner's own word


@dataclass(frozen=True, kw_only=True)
class Takers:
    """P businesses that could take needs. Columns are (P,); `offers` says which taker (0 to P - 1) sells what."""

    ids: Rows
    names: tuple[str, ...]  # "" where nobody said
    lats: Floats  # NaN: unknown, as in the other columns of floats
    lons: Floats
    radii_km: Floats
    tiers: Floats
    room: Rows  # needs it can take at a time
    room_assumed: NDArray[np.bool_]  # nobody told us the room
    used: Rows  # needs it holds now
    languages: tuple[Languages | None, ...]
    trust: Floats  # 0-1
    fills: Floats  # chance that an introduction ends in a filled need, 0-1
    asked_days: Floats
    load: Floats  # needs given to it lately, aged
    overlap: Floats  # how far it competes with the home business, 0-1, by the owner's word where there is one
    offers: Offers

    def __len__(self) -> int:
        """How many there are."""
        return len(self.ids)

    def at(self, positions: Rows) -> "Takers":
        """The same columns for some of them, each named once, in that order."""
        place = np.full(len(self), -1, dtype=np.int64)
        place[positions] = np.arange(len(positions))
        at = place[self.offers.at]
        order = np.argsort(at, kind="stable")
        order = order[at[order] >= 0]
        return Takers(
            names=tuple(self.names[position] for position in positions.tolist()),
            languages=tuple(self.languages[position] for position in positions.tolist()),
            offers=Offers(at[order], self.offers.service[order], self.offers.confidence[order]),
            **{name: getattr(self, name)[positions] for name in COLUMNS},
        )

    def joined(self, others: "Takers") -> "Takers":
        """These and others behind them, none of whom is among these."""
        both, count = (self, others), len(self)
        return Takers(
            names=self.names + others.names,
            languages=self.languages + others.languages,
            offers=Offers(
                np.concatenate([self.offers.at, others.offers.at + count]),
                np.concatenate([takers.offers.service for takers in both]),
                np.concatenate([takers.offers.confidence for takers in both]),
            ),
            **{name: np.concatenate([getattr(takers, name) for takers in both]) for name in COLUMNS},
        )

    def also_offering(self, offers: Mapping[int, Collection[int]]) -> "Takers":
        """The same, some of whom surely offer more: business -> numbers of services that the index does not know."""
        more = [(at, number) for at, one in enumerate(self.ids.tolist()) for number in offers.get(one, ())]
        at = np.concatenate([self.offers.at, np.array([one for one, _ in more], dtype=np.int64)])
        services = np.concatenate([self.offers.service, np.array([number for _, number in more], dtype=np.int16)])
        sure = np.concatenate([self.offers.confidence, np.ones(len(more))])
        order = np.lexsort((services, at))
        return replace(self, offers=Offers(at[order], services[order], sure[order]))

    def place(self, business_id: int) -> int:
        """Where a business stands; -1 when it is not among them."""
        return self._places.get(business_id, -1)

    def offering(self, service: int) -> tuple[Rows, Floats]:
        """Who offers a service, by its number, and how surely."""
        order, services = self._by_service
        first, end = np.searchsorted(services, (service, service + 1))
        some = order[first:end]
        return self.offers.at[some], self.offers.confidence[some]

    def sureness(self, those: Rows, services: Rows) -> Floats:
        """(E,) how surely each of some takers offers the service beside it; 0 when it does not."""
        keys = self.offers.at * SERVICES + self.offers.service
        wanted = those * SERVICES + services
        at = np.minimum(np.searchsorted(keys, wanted), max(0, len(keys) - 1))
        return np.where(keys[at] == wanted, self.offers.confidence[at], 0.0) if len(keys) else np.zeros(len(wanted))

    def speaking(self, language: str) -> NDArray[np.bool_]:
        """(P,) who speaks a language as far as we were told."""
        return np.array([spoken is not None and language in spoken for spoken in self.languages], dtype=np.bool_)

    @cached_property
    def _places(self) -> dict[int, int]:
        return {business_id: place for place, business_id in enumerate(self.ids.tolist())}

    @cached_property
    def _by_service(self) -> tuple[Rows, NDArray[np.int16]]:
        order = np.argsort(self.offers.service, kind="stable")
        return order, self.offers.service[order]


COLUMNS = tuple(f.name for f in fields(Takers) if f.name not in ("names", "languages", "offers"))


def takers(
    index: Index, home: Home, rows: Rows, told: Mapping[int, Told], names: Mapping[int, str] | None = None
) -> Takers:
    """The businesses in these rows of an index, with what the network knows of some of them.

    Nobody told us the room: as many needs at a time as it sees clients in a month, 1 to 20. `names` by business id.
    """
    ids, called = index["ids"][rows], names or {}
    usual = np.round(index.at("clients", rows) / MONTHS)
    known = {business_id: Known(competes=one.competes) for business_id, one in told.items()}
    return Takers(
        ids=ids,
        names=tuple(called.get(business_id, "") for business_id in ids.tolist()) if called else ("",) * len(ids),
        lats=index["lats"][rows],
        lons=index["lons"][rows],
        radii_km=index.at("radii_km", rows),
        tiers=index.at("tiers", rows),
        overlap=ruled(overlap_of(axes_of(index, home, rows)), ids, known),
        offers=index.kinds.offers(index["kinds"][rows]),
        **_told_columns(ids, told, np.clip(usual, ROOM_LEAST, ROOM_MOST).astype(np.int64)),
    )


def trust_share(vouch_share: float | None, reputation_share: float | None) -> float | None:
    """How far we trust a business, 0-1: the mean of what we know of vouching and of how people speak of it."""
    told = [share for share in (vouch_share, reputation_share) if share is not None]
    return sum(told) / len(told) if told else None


def _told_columns(ids: Rows, told: Mapping[int, Told], room: Rows) -> dict[str, Any]:
    """What is known of each as columns; a stranger's everywhere else."""
    count = len(ids)
    languages: list[Languages | None] = [None] * count
    room_assumed, used, load = np.ones(count, dtype=np.bool_), np.zeros(count, dtype=np.int64), np.zeros(count)
    trust, asked_days, fills = np.full(count, np.nan), np.full(count, np.nan), np.full(count, float(FILLS))
    for at in np.flatnonzero(np.isin(ids, list(told))).tolist() if told else ():
        one = told[int(ids[at])]
        languages[at], used[at], load[at] = one.languages, one.used, one.load
        room_assumed[at] = one.room is None and one.has_room is not False
        room[at] = 0 if one.has_room is False else room[at] if one.room is None else one.room
        trust[at] = np.nan if one.trust_share is None else one.trust_share
        asked_days[at] = np.nan if one.asked_days is None else one.asked_days
        fills[at] = mean(float(FILLS), *one.filled)
    return {
        "languages": tuple(languages),
        "room": room,
        "room_assumed": room_assumed,
        "used": used,
        "load": load,
        "trust": trust,
        "asked_days": asked_days,
        "fills": fills,
    }
