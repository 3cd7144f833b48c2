"""Two owners' networks beside the shared directory, and small files to bring in, for the tests of the core."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import func, select

from matcher.answers.imported import Imported
from matcher.answers.partners import Filters, Home
from matcher.facts import Business
from matcher.network import Network
from matcher.store import Store
from matcher.units import SHARED
from tests.store.conftest import ALICE, BOB, owners

TUCSON = {"lat": 32.22, "lon": -110.97}
HOME = Home(
    name="Alice Lends", services={"mortgage_broker": 1.0}, markets=("first_home_buyers",), place="Tucson, AZ", **TUCSON
)
HEADING = ("Name", "Category", "Address", "City", "State", "ZIP")
STREET = (
    ("Saguaro Realty", "Real estate agent", "1 Main St", "Tucson", "AZ", "85701"),
    ("Prickly Pear Inspections", "Home inspector", "2 Main St", "Tucson", "AZ", "85701"),
    ("Ocotillo Movers", "Moving company", "3 Main St", "Tucson", "AZ", "85701"),
    ("Mesquite Home Loans", "Mortgage broker", "4 Main St", "Tucson", "AZ", "85701"),
    ("Far Away Realty", "Real estate agent", "5 Main St", "Billings", "MT", "59101"),
    ("Nobody Knows", "Zymurgical zeppelins", "6 Main St", "Tucson", "AZ", "85701"),
)
REALTY, INSPECTIONS, MOVERS, LOANS, FAR, UNKNOWN = (row[0] for row in STREET)


def csv_of(rows: Iterable[Sequence[str]], heading: Sequence[str] = HEADING) -> bytes:
    """A CSV file as a spreadsheet writes it."""
    out = io.StringIO()
    csv.writer(out).writerows([heading, *rows])
    return out.getvalue().encode()


def bring_in(network: Network, content: bytes, columns: Mapping[int, str] | None = None) -> Imported:
    """Stage a file and store it."""
    return network.store_import(network.stage("list.csv", content).import_id, columns)


def shared_and_owners(store: Store) -> tuple[Network, Network, Network]:
    """The shared directory, Alice's network and Bob's, all empty."""
    owners(store)
    return Network(store, SHARED), Network(store, ALICE), Network(store, BOB)


def settled_alice(store: Store) -> Network:
    """Alice's network, with her home business and the street in it."""
    _, alice, _ = shared_and_owners(store)
    bring_in(alice, csv_of(STREET))
    alice.settle(HOME)
    return alice


def id_of(network: Network, name: str) -> int:
    """The number of the one business with this name."""
    (found,) = network.directory(Filters(text=name)).businesses
    return found.business_id


def suggested(network: Network, filters: Filters | None = None) -> set[str]:
    """The names of all businesses that are suggested."""
    return {s.name for s in network.suggestions(filters or Filters(), limit=1000).suggestions}


def held(store: Store, network_id: int = ALICE) -> int:
    """How many businesses a network holds itself."""
    with store.session(network_id) as session:
        return session.scalar(select(func.count(Business.id)).where(Business.network_id == network_id)) or 0
