"""The commands on associations and their lists of members."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click
from rich.text import Text

from matcher.answers.rosters import MemberCard, RosterCard
from matcher.commands.terminal import indent, out, print_json
from matcher.errors import NotFound
from matcher.network import Network


def rosters(network: Network, *, as_json: bool) -> None:
    """List the associations whose members you watch."""
    found = network.rosters()
    if as_json:
        return print_json([asdict(one) for one in found])
    if not found:
        out.print("No associations. Read a list of members with `switchboard roster NAME FILE`.")
    for one in found:
        out.print(f"{one.name}: {one.members:,} members, lists read: {one.readings}, the last on {one.read_on}")


@click.argument("name")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--whole", is_flag=True, help="The list is whole, even if most of the members are missing.")
@click.option("--greet", is_flag=True, help="Note the moment of all who joined and whom you surely know.")
@click.option("--court", multiple=True, help="Court a member who joined, by the name that is printed.")
def roster(
    network: Network, *, name: str, file: Path | None, whole: bool, greet: bool, court: Sequence[str], as_json: bool
) -> None:
    """Read an association's list of members from FILE, and say who joined, left and changed since the last one.

    Without FILE, what the last list told.
    """
    found = network.read_roster(name, file.name, file.read_bytes(), whole=whole) if file else _named(network, name)
    for one in found.joined:
        if greet and one.known and one.known.sure and one.known.kind != "directory":
            network.greet_member(found.roster_id, one.key)
        if one.name in court:
            network.court_member(found.roster_id, one.key)
    found = network.roster(found.roster_id)
    if as_json:
        return print_json(asdict(found))
    _show(found)


def _named(network: Network, name: str) -> RosterCard:
    numbers = [one.roster_id for one in network.rosters() if one.name.casefold() == name.casefold()]
    if not numbers:
        raise NotFound(f"There is no association called “{name}”. Read its list with `switchboard roster NAME FILE`.")
    return network.roster(numbers[0])


def _show(found: RosterCard) -> None:
    out.print(Text(f"{found.name}: {found.members:,} members", "bold"))
    if found.readings == 1:
        out.print("The first list. With the next one we say who joined.")
    for title, members in (("Joined", found.joined), ("Left", found.left), ("Changed", found.changed)):
        if members:
            out.print(f"{title}: {len(members):,}")
        for one in members:
            indent(f"{one.name}{_about(one) if title != 'Changed' else f': {one.changed}'}")
    for pair in found.maybe:
        out.print(f"{pair.left.name} left and {pair.joined.name} joined: they may be the same.")


def _about(one: MemberCard) -> str:
    if one.known is None:
        return ""
    kind = {"partner": "your partner", "person": "you know them as", "directory": "in the directory as"}[one.known.kind]
    noted = ", noted" if one.known.noted else ""
    return f" ({'' if one.known.sure else 'perhaps '}{kind} {one.known.name}{noted})"
