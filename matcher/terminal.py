"""How the commands print, and which numbers they take."""

import json

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

KM = click.FloatRange(0, 20_100)  # half way round the Earth: nothing is farther away
out = Console(highlight=False, markup=False)  # what stands in a file is not ours to interpret


def indent(sentence: str, style: str = "") -> None:
    """A sentence below what it is about."""
    out.print(Padding(Text(sentence, style), (0, 0, 0, 3), expand=False))


def print_json(answer: object) -> None:
    """An answer exactly as the API gives it."""
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
