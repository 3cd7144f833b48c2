"""The commands about open calls; `cli` gives them their network."""

from dataclasses import asdict

import click
from rich.text import Text

from matcher.answers.invited import ApplicationCard, OpenCallCard
from matcher.commands.terminal import indent, out, print_json
from matcher.errors import Invalid
from matcher.knowledge.places import find_place
from matcher.network import Network
from matcher.settings import BASE_URL
from matcher.taxonomy import taxonomy


@click.argument("service")
@click.option("--place", default="", help="US town with its state, ZIP, or 'latitude,longitude'; else where you are.")
@click.option("--words", default="", help="What you want to say there, in your own words.")
@click.option("--base-url", envvar="SWITCHBOARD_BASE_URL", default=BASE_URL, help="Where people reach the web app.")
def call(network: Network, *, service: str, place: str, words: str, base_url: str, as_json: bool) -> None:
    """Look for a business that offers a service, such as `call roofer`, and print a link to pass round.

    Whoever has the link can read the page and introduce a business; you decide who joins. The same call twice is one.
    """
    found = taxonomy().find_service(service)
    where = find_place(place) if place else None
    if not found:
        raise Invalid("service", f"“{service}” is not a service we know. Try other words, such as “roofer”.")
    if place and where is None:
        raise Invalid("place", f"“{place}” is not a place we know. Try a US town with its state, a ZIP, or 'lat,lon'.")
    card = network.open_call(found[0].service, where, words)
    if as_json:
        return print_json(asdict(card))
    _show(card)
    click.echo(f"{base_url.rstrip('/')}/call/{card.token}")


def calls(network: Network, *, as_json: bool) -> None:
    """List your open calls with who answered them."""
    found = network.calls()
    if as_json:
        return print_json([asdict(card) for card in found])
    if not found:
        out.print("No calls yet. Open one with `switchboard call SERVICE`.")
    for card in found:
        _show(card)
        for application in card.applications:
            indent(_words(application))


def _show(card: OpenCallCard) -> None:
    name = taxonomy().services[card.service].name if card.service in taxonomy().services else card.service
    until = f"open until {card.closes_on}" if card.open else f"closed on {card.closes_on}"
    where = f" around {card.place}" if card.place else ""
    out.print(Text.assemble((f"{card.call_id}. {name}{where}", "bold"), f"  {until}"))


def _words(one: ApplicationCard) -> str:
    told = one.told
    contact = ", ".join(filter(None, (told.contact, told.phone, told.email)))
    return f"{told.business} ({contact}), {one.sent_on}: {one.answer or 'not decided'}"
