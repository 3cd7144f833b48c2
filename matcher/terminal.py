"""How the commands print."""

import json

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

out = Console(highlight=False, markup=False)  # what stands in a file is not ours to interpret


def indent(sentence: str, style: str = "") -> None:
    """A sentence below what it is about."""
    out.print(Padding(Text(sentence, style), (0, 0, 0, 3), expand=False))


def print_json(answer: object) -> None:
    """An answer exactly as the API gives it."""
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
