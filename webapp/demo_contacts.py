"""Contacts of the demo's made-up owner, and who knows whom. All names are invented."""

from matcher.answers.connected import ContactTold, TieTold
from matcher.answers.partners import Filters
from matcher.answers.whose import Whose
from matcher.network import Network
from webapp.demo_clients import HANDYMAN, INSPECTIONS, MOVERS, TITLE

REALTOR = "Lupe Carrasco, Your Neighborhood Realtor"  # whom the owner would like to meet
FRIEND = "Priya Sandoval"
FACES = {"Nadia Bekele": MOVERS, "Owen Abernathy": HANDYMAN}
GOOD = TieTold(years=6, contacts_a_year=12, worked_together=True, would_vouch=True)
FAIR = TieTold(years=2, contacts_a_year=4, worked_together=True)


def acquaint(network: Network) -> None:
    """Give the made-up owner's network its contacts, and say who knows whom."""
    people = {
        name: Whose(person_id=network.add_contact(ContactTold(name=name, business_id=_business(network, where))))
        for name, where in FACES.items()
    }
    nadia, owen = people.values()
    told = ContactTold(name=FRIEND, note="Sings in the choir with half the town.")
    friend = Whose(person_id=network.add_contact(told))
    realtor, title, inspections = (Whose(_business(network, name)) for name in (REALTOR, TITLE, INSPECTIONS))
    for one in (nadia, friend):
        network.set_tie(GOOD, one)
    network.set_tie(FAIR, owen)
    network.set_tie(FAIR, nadia, realtor)
    network.set_tie(GOOD, owen, realtor)
    network.set_tie(FAIR, title, inspections)


def _business(network: Network, name: str) -> int:
    return network.directory(Filters(text=name), limit=1).businesses[0].business_id
