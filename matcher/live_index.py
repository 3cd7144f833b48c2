"""The engine's index of a database, built at the first question and kept up to date from then on."""

from collections.abc import Sequence
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary, proxy

from matcher.engine.flow import flow_of
from matcher.engine.index import Columns, Index
from matcher.store import Store, businesses, corrections
from matcher.taxonomy import taxonomy
from matcher.units import SHARED

WASTE = 2  # rows in the index per living business at which it is built anew


class LiveIndex:
    """One index a database. Each network's businesses are read through that network's own session."""

    def __init__(self, store: Store) -> None:
        self._store, self._lock = proxy(store), Lock()  # or it would keep the database open for ever
        self._index = Index(flow_of(taxonomy()))
        self._shown = self._index
        self._corrected: dict[int, Index] = {}  # network -> what is shown, as the network corrects it
        self._revisions: dict[int, int] = {}

    def seen_by(self, network_id: int) -> Index:
        """A snapshot with everything that this network may see, as the database holds it now."""
        with self._lock:
            for network in dict.fromkeys((SHARED, network_id)):
                self._catch_up(network)
            if network_id not in self._corrected:
                self._corrected[network_id] = self._as_corrected_by(network_id)
            return self._corrected[network_id]

    def _as_corrected_by(self, network_id: int) -> Index:
        with self._store.session(network_id) as session:
            businesses_known_better = corrections.corrected(session)
        seen = self._shown.apart() if businesses_known_better else self._shown
        for business in businesses_known_better:
            seen.put(business, network_id)
        return seen

    def _catch_up(self, network_id: int) -> None:
        with self._store.session(network_id) as session:
            revision = businesses.revision(session, network_id)
            if revision == self._revisions.get(network_id):
                return
            columns = columns_of(network_id, *businesses.columns(session, network_id))
        if len(self._index["ids"]) > WASTE * max(1000, len(self._index)):
            self._index, self._revisions = Index(flow_of(taxonomy())), {}
            if network_id != SHARED:
                self._catch_up(SHARED)
        self._index.drop_network(network_id)
        self._index.extend(columns)
        self._revisions[network_id] = revision
        self._shown, self._corrected = self._index.snapshot(), {}


def columns_of(network_id: int, rows: Sequence[Any], offers: Sequence[Any], markets: Sequence[Any]) -> Columns:
    """Rows of the store (see `businesses.columns`) as columns of the engine."""
    ids, lats, lons, radii, tiers, clients, orders = zip(*rows, strict=True) if rows else ((),) * 7
    offer_ids, services, confidences = zip(*offers, strict=True) if offers else ((),) * 3
    market_ids, codes = zip(*markets, strict=True) if markets else ((),) * 2
    return Columns(
        ids=ids,
        network_ids=[network_id] * len(ids),
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


_indexes: WeakKeyDictionary[Store, LiveIndex] = WeakKeyDictionary()


def live_index(store: Store) -> LiveIndex:
    """The one index of an open database."""
    return _indexes.setdefault(store, LiveIndex(store))
