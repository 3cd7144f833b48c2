"""A busy owner, made from a seed: 200 clients with needs over a real directory. Clients and needs are made up."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np

from matcher.answers.covered import Wish
from matcher.answers.partners import Filters, Home, Place
from matcher.answers.told import ClientTold, NeedTold
from matcher.facts import Network as NetworkFact
from matcher.network import Network
from matcher.store import Store
from matcher.taxonomy import taxonomy
from matcher.units import SHARED, now_utc

SEED, CLIENTS, PARTNERS = 2026, 200, 12
TUCSON = (32.2226, -110.9747)
SPREAD_DEGREES = 0.09  # about 10 km
HOME = Home(
    name="Saguaro Mortgages",
    services={"mortgage_broker": 1.0},
    markets=("first_home_buyers",),
    place="Tucson, AZ",
    lat=TUCSON[0],
    lon=TUCSON[1],
)
JOURNEYS = ("first_home", "selling_home", "presale_repairs", "move_up_home")
KINDS = (  # of need, the commonest first
    "general_contractor",
    "house_cleaning",
    "landscaper",
    "accountant",
    "roofer",
    "hvac",
    "plumber",
    "electrician",
    "painter",
    "moving_company",
    "insurance_agent",
    "bookkeeper",
    "estate_attorney",
    "photographer",
    "auto_repair",
)
FIRST_NAMES = [
    "Ana",
    "Ben",
    "Carla",
    "Dan",
    "Eva",
    "Finn",
    "Gina",
    "Hugo",
    "Ines",
    "Jan",
    "Kim",
    "Leo",
    "Mia",
    "Nils",
    "Olga",
    "Paul",
    "Rosa",
    "Sam",
    "Tara",
    "Uwe",
]
FAMILIES = ["Abbot", "Bauer", "Castro", "Duval", "Egan", "Flores", "Grant", "Hale", "Ibarra", "Jensen"]


def owner_of_many(store: Store, directory: Path) -> Network:
    """The owner's network beside the directory in a file, with partners agreed and clients added; always the same."""
    shared = Network(store, SHARED)
    shared.store_import(shared.stage(directory.name, directory.read_bytes()).import_id)
    with store.session(writes=True) as session:
        session.add(NetworkFact(id=2, name=HOME.name, zone="UTC", created_at=now_utc()))
    network = Network(store, 2)
    network.settle(HOME)
    for kind in KINDS[:PARTNERS]:
        for found in network.suggestions(Filters(services=(kind,)), limit=1).suggestions:
            network.set_stage(found.business_id, "agreed")
    rng = np.random.default_rng(SEED)
    for number in range(CLIENTS):
        name = f"{FIRST_NAMES[number % len(FIRST_NAMES)]} {FAMILIES[number // len(FIRST_NAMES)]}"
        _add(network, name, rng)
    return network


def _add(network: Network, name: str, rng: np.random.Generator) -> None:
    lat, lon = (round(float(middle + rng.normal(0, SPREAD_DEGREES)), 4) for middle in TUCSON)
    popular = 1 / np.arange(1, len(KINDS) + 1)
    kinds = rng.choice(len(KINDS), size=rng.integers(0, 4), replace=False, p=popular / popular.sum())
    journey = JOURNEYS[rng.integers(len(JOURNEYS))] if rng.random() < 0.3 else ""
    network.add_client(
        ClientTold(
            name=name,
            grade=("", "A", "B", "C")[rng.integers(4)],  # type: ignore[arg-type]
            markets=taxonomy().journeys[journey].markets[:1] if journey else (),
            place=Place(name="Tucson, AZ", lat=lat, lon=lon),
        ),
        [
            NeedTold(
                service=KINDS[kind],
                wish=Wish(tier=int(rng.integers(1, 4)) if rng.random() < 0.2 else None),
                value_cents=int(rng.integers(20_000, 900_000)) if rng.random() < 0.5 else None,
            )
            for kind in kinds.tolist()
        ],
        journey=journey,
        since=_day(rng) if journey else None,
    )


def _day(rng: np.random.Generator) -> date:
    return now_utc().date() - timedelta(days=int(rng.integers(0, 200)))
