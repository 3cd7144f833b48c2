"""The engine's index of a database, built or opened at the first question and kept up to date from then on."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary, proxy

from matcher.answers.partners import Check
from matcher.engine.columns import Columns
from matcher.engine.flow import flow_of
from matcher.engine.index import Index
from matcher.engine.kernels import FAST
from matcher.engine.saved import opened, save
from matcher.store import Session, Store, businesses
from matcher.taxonomy import taxonomy
from matcher.units import SHARED

WASTE = 2  # rows in the index per living business at which it is built anew
SAVED_FROM = 10_000  # businesses in the shared directory from which reading them all would take a second


class LiveIndex:
    """One index a database. Each network's businesses are read through that network's own session."""

    def __init__(self, store: Store) -> None:
        self._store, self._lock = proxy(store), Lock()  # or it would keep the database open for ever
        self._index = Index(flow_of(taxonomy()))
        self._shown = self._index
        self._revisions: dict[int, int] = {}
        self._corrected: dict[int, tuple[bool, tuple[int, int]]] = {}  # whether there are any, as of which revisions

    def seen_by(self, network_id: int) -> Index:
        """A snapshot with everything that this network may see, as the database holds it now."""
        with self._lock:
            for network in dict.fromkeys((SHARED, network_id)):
                self._catch_up(network)
            self._correct(network_id)
            return self._shown

    def _correct(self, network_id: int) -> None:
        """Lay over what the network knows better; anew whenever its word or the directory has changed."""
        state = (self._revisions[SHARED], self._revisions[network_id])
        had_any, done = self._corrected.get(network_id, (False, None))
        if done == state:
            return
        with self._store.session(network_id) as session:
            better = businesses.corrected(session)
            if had_any:  # some may have been taken back
                self._index.drop_network(network_id)
                self._index.extend(columns_of(*businesses.columns(session, network_id)), network_id)
        for business in better:
            self._index.put(business, network_id)
        if had_any or better:
            self._shown = self._index.snapshot()
        self._corrected[network_id] = (bool(better), state)

    def _catch_up(self, network_id: int) -> None:
        with self._store.session(network_id) as session:
            revision = businesses.revision(session, network_id)
            if revision == self._revisions.get(network_id):
                return
            if len(self._index["ids"]) > WASTE * max(1000, len(self._index)):
                self._begin_anew(network_id)
            stamp = _stamp(session)
            if network_id == SHARED and SHARED not in self._revisions:
                self._open(stamp)
            known = self._revisions.get(network_id)
            changes = columns_of(*businesses.columns(session, network_id, since=known))
            count = businesses.count(session, network_id)
            if self._held_with(network_id, changes) != count:  # some were taken out: read all
                self._index.drop_network(network_id)
                changes = columns_of(*businesses.columns(session, network_id))
        self._index.extend(changes, network_id)
        self._revisions[network_id] = revision
        self._shown = self._index.snapshot()
        plain = network_id == SHARED and not self._corrected.get(SHARED, (False,))[0]
        if plain and len(changes.ids) >= SAVED_FROM and self._store.index_folder is not None:
            with suppress(OSError):  # a full or read-only disk: the next start reads the tables
                save(self._index, self._store.index_folder, stamp, revision)

    def _held_with(self, network_id: int, changes: Columns) -> int:
        """How many businesses of a network the index will hold when the changes are in."""
        new = sum(not self._index.holds(network_id, int(i or 0)) for i in changes.ids)
        ground = self._index.ground(network_id)
        return ground.count - len(ground.hides) + new

    def _open(self, stamp: Mapping[str, Any]) -> None:
        """Take the shared directory from the files of an earlier start, if they are of this database."""
        folder = self._store.index_folder
        found = opened(self._index.flow, folder, stamp) if folder is not None else None
        if found is not None:
            self._index, self._revisions[SHARED] = found

    def _begin_anew(self, network_id: int) -> None:
        """Leave the dead rows behind; what other networks hold is read again when they ask."""
        self._index, self._revisions, self._corrected = Index(flow_of(taxonomy())), {}, {}
        if network_id != SHARED:
            self._catch_up(SHARED)


def _stamp(session: Session) -> Mapping[str, Any]:
    """What a saved index must be made from to be of use: this knowledge and this database."""
    return {"knowledge": taxonomy().digest, "directory": businesses.made_at(session).isoformat()}


def columns_of(rows: Sequence[Any], offers: Sequence[Any], markets: Sequence[Any]) -> Columns:
    """Rows of the store (see `businesses.columns`) as columns of the engine."""
    ids, lats, lons, radii, tiers, clients, orders = zip(*rows, strict=True) if rows else ((),) * 7
    offer_ids, services, confidences = zip(*offers, strict=True) if offers else ((),) * 3
    market_ids, codes = zip(*markets, strict=True) if markets else ((),) * 2
    return Columns(
        ids=ids,
        lats=lats,
        lons=lons,
        radii_km=radii,
        tiers=tiers,
        clients_a_year=clients,
        order_values_cents=orders,
        offer_ids=offer_ids,
        offer_services=services,
        offer_confidences=confidences,
        market_ids=market_ids,
        market_codes=codes,
    )


def speed_check() -> Check:
    """Which form of the engine's loops is at work here; both give the same answers."""
    sentence = "Searches run compiled." if FAST else "Searches run in NumPy. With the extra `fast` they are quicker."
    return Check(name="speed", passed=True, sentence=sentence)


_indexes: WeakKeyDictionary[Store, LiveIndex] = WeakKeyDictionary()


def live_index(store: Store) -> LiveIndex:
    """The one index of an open database."""
    return _indexes.setdefault(store, LiveIndex(store))
