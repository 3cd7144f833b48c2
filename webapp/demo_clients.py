"""Clients of the demo's made-up owner, with what they go through and need. All names are invented."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from matcher.answers.covered import ANY, Grade, Wish
from matcher.answers.partners import Filters, Place
from matcher.answers.told import ClientTold, NeedTold, RoomTold
from matcher.network import Network

WRENFIELD = Place(name="Wrenfield, OR", lat=44.602, lon=-122.981)
OTTER_BEND = Place(name="Otter Bend, OR", lat=44.621, lon=-122.840)
SORREL_GROVE = Place(name="Sorrel Grove, OR", lat=44.745, lon=-122.961)
LOWER_TAMSEL = Place(name="Lower Tamsel, OR", lat=44.536, lon=-123.058)

TITLE, INSPECTIONS, MOVERS = "Tamsel River Title", "Second Look Home Inspections", "Bekele Brothers Movers"
PLUMBER, WILLS, HANDYMAN = "Brightwater Plumbing", "Gwen Tallchief, Wills & Trusts", "Mr. Abernathy Fixes Things"
SECOND_PLUMBER, PAINTER = "Drip & Son", "True Coat Painting"
PARTNERS = {  # days since we agreed
    TITLE: 700,
    INSPECTIONS: 640,
    MOVERS: 330,
    PLUMBER: 250,
    WILLS: 160,
    HANDYMAN: 75,
    PAINTER: 60,
    SECOND_PLUMBER: 30,
}
ROOM = {  # what partners told us
    MOVERS: RoomTold(room=1, languages=("en", "am")),
    WILLS: RoomTold(languages=("en",)),
}
COURTED = "Bjornstad Insurance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """A need: how many days ago it was heard, introduced and filled, by whom, and what else was said."""

    service: str
    heard: int
    wording: str = ""
    partner: str = ""
    introduced: int | None = None
    filled: int | None = None
    dollars: int | None = None
    wanted_in: int | None = None  # days from today
    wish: Wish = ANY


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """A client with what they need."""

    name: str
    grade: Grade = ""
    place: Place = WRENFIELD
    market: str = "first_home_buyers"
    journey: str = ""
    day_zero: int = 0  # days from today to the journey's day zero
    wants: tuple[Want, ...] = ()


CLIENTS = (
    Customer(
        name="Chidi and Laura Okafor",
        grade="A",
        journey="first_home",
        day_zero=24,
        wants=(
            Want(service="home_inspector", heard=48, partner=INSPECTIONS, introduced=46, filled=30),
            Want(service="title_escrow", heard=48, partner=TITLE, introduced=40),
            Want(service="moving_company", heard=6, wanted_in=24),
            Want(service="roofer", heard=28, wording="The inspector gives the roof two winters.", dollars=11_400),
        ),
    ),
    Customer(
        name="Priya Nair",
        grade="A",
        journey="first_home",
        day_zero=58,
        wants=(
            Want(service="home_inspector", heard=9, wanted_in=12),
            Want(service="insurance_agent", heard=5, wording="The lender wants a policy before closing.", wanted_in=40),
        ),
    ),
    Customer(
        name="Walt and June Jimenez",
        grade="A",
        market="home_sellers",
        journey="selling_home",
        day_zero=70,
        wants=(
            Want(service="handyman", heard=52, partner=HANDYMAN, introduced=50, filled=33),
            Want(service="painter", heard=40, wording="The whole front, before the pictures are taken.", dollars=5_200),
            Want(service="roofer", heard=40, wording="Buyers will ask about the roof.", dollars=9_800),
            Want(service="real_estate_agent", heard=12, wording="Somebody who sells old houses."),
        ),
    ),
    Customer(
        name="Grace Whitman",
        grade="B",
        journey="first_home",
        day_zero=-120,
        wants=(
            Want(service="title_escrow", heard=205, partner=TITLE, introduced=200, filled=150),
            Want(service="moving_company", heard=160, partner=MOVERS, introduced=150, filled=118),
            Want(service="estate_attorney", heard=20, wording="We want a will now that the baby is here."),
        ),
    ),
    Customer(
        name="Dolores Ruiz",
        grade="B",
        journey="first_home",
        day_zero=10,
        wants=(
            Want(
                service="estate_attorney",
                heard=15,
                wording="Mi mamá quiere hacer su testamento.",
                wish=Wish(language="es"),
            ),
        ),
    ),
    Customer(
        name="Sam and Ellen Tanaka",
        grade="A",
        place=OTTER_BEND,
        market="remodelers",
        journey="bath_remodel",
        day_zero=-20,
        wants=(Want(service="plumber", heard=90, partner=PLUMBER, introduced=88, filled=20, dollars=3_900),),
    ),
    Customer(
        name="Hollis Auto Body",
        grade="B",
        market="micro_firms",
        wants=(Want(service="bookkeeper", heard=64, wording="We need our books done."),),
    ),
    Customer(
        name="Marcus Bell",
        grade="C",
        place=LOWER_TAMSEL,
        journey="presale_repairs",
        market="home_sellers",
        day_zero=30,
        wants=(
            Want(service="plumber", heard=18, wording="A tap that has dripped since Easter."),
            Want(service="roofer", heard=18, dollars=7_300),
        ),
    ),
    Customer(
        name="The Lindgren family",
        grade="B",
        place=SORREL_GROVE,
        market="homeowners",
        journey="storm_damage",
        day_zero=-8,
        wants=(
            Want(service="roofer", heard=7, wording="Shingles all over the yard.", dollars=12_900, wanted_in=14),
            Want(service="tree_service", heard=7, wording="The old maple leans on the garage.", wanted_in=7),
        ),
    ),
    Customer(
        name="Aisha Rahman",
        grade="A",
        market="homeowners",
        wants=(
            Want(service="", heard=3, wording="The thing with the county about the shed."),
            Want(service="roofer", heard=66, wording="A leak over the porch.", dollars=6_400),
        ),
    ),
    Customer(
        name="Ben and Kofi Mensah",
        grade="B",
        journey="first_home",
        day_zero=95,
        wants=(
            Want(service="mortgage_broker", heard=25, wording="How much house can we afford?"),
            Want(service="real_estate_agent", heard=25),
            Want(service="moving_company", heard=2, wording="Three floors and a piano.", dollars=2_600),
        ),
    ),
    Customer(
        name="Ruth Castellan",
        grade="C",
        market="downsizers",
        journey="downsizing",
        day_zero=45,
        wants=(
            Want(service="moving_company", heard=130, partner=MOVERS, introduced=120, filled=95),
            Want(service="handyman", heard=11, wording="Grab rails for the new flat."),
        ),
    ),
)


def people(network: Network, today: date) -> None:
    """Give the made-up owner's network its partners and clients."""
    for name, days in PARTNERS.items():
        network.set_stage(_named(network, name), "agreed", on=today - timedelta(days=days))
    for name, told in ROOM.items():
        network.note_room(_named(network, name), told)
    network.decide(_named(network, COURTED), "yes")
    add_clients(network, today)


def add_clients(network: Network, today: date, clients: Iterable[Customer] = CLIENTS) -> None:
    """Bring clients into a network that has its partners."""
    for one in clients:
        number = network.add_client(
            ClientTold(name=one.name, grade=one.grade, markets=(one.market,), place=one.place),
            journey=one.journey,
            since=today + timedelta(days=one.day_zero) if one.journey else None,
            on=today - timedelta(days=max((want.heard for want in one.wants), default=0)),
        )
        for want in one.wants:
            _add_need(network, number, want, today)


def _add_need(network: Network, client_id: int, want: Want, today: date) -> None:
    told = NeedTold(
        service=want.service,
        wording=want.wording,
        needed_by=None if want.wanted_in is None else today + timedelta(days=want.wanted_in),
        wish=want.wish,
        value_cents=None if want.dollars is None else 100 * want.dollars,
    )
    need_id = network.add_need(client_id, told, on=today - timedelta(days=want.heard))
    if not want.partner:
        return
    partner = _named(network, want.partner)
    for status, days in (("introduced", want.introduced), ("filled", want.filled)):
        if days is not None:
            network.set_need_status(need_id, status, partner, on=today - timedelta(days=days))  # type: ignore[arg-type]


def _named(network: Network, name: str) -> int:
    return network.directory(Filters(text=name), limit=1).businesses[0].business_id
