"""The commands on people who are one: who seems to be, making them one, and parting them again."""

from dataclasses import asdict
from typing import get_args

import click
from rich.text import Text

from matcher.answers.merged import Choice, DuplicateGroup
from matcher.commands.terminal import indent, out, print_json
from matcher.network import Network


@click.option("--limit", type=click.IntRange(1, 200), default=20, help="How many groups at most.")
def duplicates(network: Network, *, limit: int, as_json: bool) -> None:
    """List people who seem to be one, the surest first, with the reason for each pair."""
    found = network.duplicates(limit=limit)
    if as_json:
        return print_json(asdict(found))
    if not found.groups:
        out.print(f"Nobody among {found.people:,} people looks like somebody else.")
    for group in found.groups:
        _show(group)
    if found.groups:
        out.print(f"{found.total:,} groups. Make one of them one person with `switchboard merge NUMBER NUMBER`.")


@click.argument("ids", metavar="NUMBER...", type=int, nargs=-1, required=True)
@click.option(
    "--keep",
    type=(click.Choice(get_args(Choice)), int),
    multiple=True,
    help="A field and the number of the person whose value is kept; else the first that was told.",
)
@click.option("--not-same", "apart", is_flag=True, help="They are not the same: keep that instead.")
def merge(
    network: Network, *, ids: tuple[int, ...], keep: tuple[tuple[str, int], ...], apart: bool, as_json: bool
) -> None:
    """Make people one, by their numbers; everything that is told of them moves along."""
    if apart:
        network.tell_not_same(ids)
        return print_json(asdict(network.duplicates())) if as_json else out.print("They stay apart.")
    done = network.merge(ids, dict(keep))
    if as_json:
        return print_json(asdict(done))
    out.print(f"{done.people} people are one: {done.person_id}. {done.name}")
    out.print(f"Part them again with `switchboard unmerge {done.merge_id}`.")


@click.argument("merge_id", metavar="NUMBER", type=int)
def unmerge(network: Network, *, merge_id: int, as_json: bool) -> None:
    """Part people again who were made one, as they were before."""
    done = network.undo_merge(merge_id)
    if as_json:
        return print_json(asdict(done))
    out.print(f"{done.name} is parted again, as it was before.")


def _show(group: DuplicateGroup) -> None:
    for one in group.people:
        reached = ", ".join(filter(None, (one.company, one.email, one.phone)))
        out.print(Text.assemble((f"{one.person_id}. {one.name}", "bold"), f"  {reached}" if reached else ""))
    for pair in group.pairs:
        indent(f"{pair.one_id} and {pair.other_id}: {pair.reason}")
