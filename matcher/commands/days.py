"""The command that says in which time zone the owner is; `cli` gives it its network."""

from dataclasses import asdict
from datetime import datetime

import click

from matcher.commands.terminal import out, print_json
from matcher.errors import Invalid
from matcher.network import Network


@click.argument("name", default="")
@click.option("--forget", is_flag=True, help="Nobody told it: days are those of UTC.")
def zone(network: Network, *, name: str, forget: bool, as_json: bool) -> None:
    """Show in which time zone the owner is and what the clock shows there; with a NAME, such as Europe/Berlin, set it.

    Days, and what is due, follow that clock. Without a zone they are those of UTC.
    """
    if name and forget:
        raise Invalid("zone", "Please give a time zone or --forget, not both.")
    if name or forget:
        network.set_zone(name)
    found = network.owners_clock()
    if as_json:
        return print_json(asdict(found))
    shown = f"{datetime.fromisoformat(found.now):%H:%M} on {found.today}"
    told = f"{found.zone}: it is {shown} there." if found.zone else f"No time zone is told. In UTC it is {shown}."
    out.print(told)
