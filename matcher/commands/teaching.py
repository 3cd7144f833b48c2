"""The command about what we hand out; `cli` gives it its network."""

from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

import click

from matcher.commands.terminal import keep_file, print_json
from matcher.errors import Invalid
from matcher.lists.handouts import Handout
from matcher.network import Network

FILES = {"card": ".vcf", "flyer": ".pdf"}  # what is a file -> how its name ends


@click.argument("what", type=click.Choice([*get_args(Handout), *FILES]), default="who-to-send")
@click.option("--to-file", "target", type=click.Path(dir_okay=False, path_type=Path), help="Where the file goes.")
@click.option("--paper", type=click.Choice(["a4", "us-letter"]), default="a4", show_default=True, help="Of the flyer.")
def kit(network: Network, *, what: Any, target: Path | None, paper: Any, as_json: bool) -> None:
    """Print what teaches others whom to send you: who-to-send (one page for a partner), pocket-card or newsletter.

    card (your own, for address books) and flyer (PDF) are files: `kit flyer --to-file flyer.pdf`.
    """
    if what not in FILES:
        text = network.handout(what)
        if target is not None:
            return keep_file(target, text.encode(), as_json)
        return print_json(asdict(network.kit())) if as_json else click.echo(text)
    if target is None or target.suffix.lower() != FILES[what]:
        raise Invalid("to_file", f"Please say where the file goes, such as --to-file {what}{FILES[what]}.")
    keep_file(target, network.own_card() if what == "card" else network.flyer(paper), as_json)
