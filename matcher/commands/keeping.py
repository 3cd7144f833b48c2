"""The commands on what is kept of a person: their whole file, and erasing them everywhere."""

from dataclasses import asdict
from pathlib import Path

import click
from rich.text import Text

from matcher.answers.column_words import column_words, said
from matcher.answers.held import ErasePlan, WholeFile
from matcher.commands.terminal import indent, out, print_json
from matcher.network import Network

NOT_CLEAN = "Somebody else is using the database: some bytes stay in its files until `switchboard erase` runs alone."


@click.argument("person_id", type=int)
def person(network: Network, *, person_id: int, as_json: bool) -> None:
    """Print all that is held of a person, for you to hand over; `contacts` and `clients` print numbers.

    With --json it is the file that the web app gives.
    """
    found = network.person_file(person_id)
    if as_json:
        return print_json(asdict(found))
    _show_file(found)


@click.argument("person_id", type=int)
@click.option("--name", help="Their name, typed as it is written: only then they are erased.")
def erase(network: Network, *, person_id: int, name: str | None, as_json: bool) -> None:
    """Show what erasing a person everywhere would do; with --name, do it. It cannot be undone.

    A list that you bring in later does not bring them back unasked.
    """
    plan = network.plan_erasing(person_id) if name is None else network.erase_person(person_id, name)
    if as_json:
        return print_json(asdict(plan))
    _show_plan(plan, person_id)


@click.option("--name", default="", help="Their name.")
@click.option("--email", default="", help="Their e-mail address.")
@click.option("--phone", default="", help="Their telephone number.")
@click.option("--company", default="", help="Where they work, where the list says so beside the name.")
def bring_back(network: Network, *, name: str, email: str, phone: str, company: str, as_json: bool) -> None:
    """Let lists bring back somebody who was erased; one of their signs is enough."""
    found = network.bring_back(name, email, phone, company)
    if as_json:
        return print_json(asdict(found))
    out.print("A list may bring them back from now on. What was erased is gone for good.")


@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(network: Network, *, file: Path, as_json: bool) -> None:
    """Bring a whole network in from a file of `export --all`, into an empty one; its numbers are new."""
    done = network.restore_network(file.read_bytes())
    if as_json:
        return print_json(asdict(done))
    for sentence in done.sentences:
        out.print(sentence)


def _show_file(found: WholeFile) -> None:
    out.print(Text(f"What we hold of {found.name}", "bold"))
    for table in found.held:
        out.print(f"{table.words}: {len(table.rows)}")
        for row in table.rows:
            indent("; ".join(f"{column_words(column)}: {said(told)}" for column, told in row.items()))
    for one in found.mentions:
        out.print(f"Named in {one.words} ({column_words(one.column)}):")
        indent(one.text)
    for note in found.notes:
        out.print(note)


def _show_plan(plan: ErasePlan, person_id: int) -> None:
    gone = ", ".join(f"{words} ({count})" for words, count in plan.deleted.items())
    black = ", ".join(f"{words} ({count})" for words, count in plan.redacted.items())
    out.print(f"{'To be deleted' if plan.name else 'Deleted'}: {gone}.")
    if black:
        out.print(f"{'To be blacked' if plan.name else 'Blacked'} out in: {black}.")
    for sentence in plan.stays:
        out.print(sentence)
    if plan.name:
        out.print(f'Nothing is done yet. To erase them for good: switchboard erase {person_id} --name "{plan.name}"')
    elif not plan.scrubbed:
        out.print(NOT_CLEAN)
