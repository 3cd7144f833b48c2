"""How the commands print, and what they read."""

import json

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from matcher.errors import Invalid
from matcher.taxonomy import taxonomy

DOLLARS = click.FloatRange(0, 10_000_000)  # ten million; more is a slip of the pen
KM = click.FloatRange(0, 20_100)  # half way round the Earth: nothing is farther away
out = Console(highlight=False, markup=False)  # what stands in a file is not ours to interpret


def indent(sentence: str, style: str = "") -> None:
    """A sentence below what it is about."""
    out.print(Padding(Text(sentence, style), (0, 0, 0, 3), expand=False))


def service_code(text: str, field: str) -> str:
    """The service that somebody's words name; Invalid when there is none."""
    found = taxonomy().find_service(text)
    if not found:
        raise Invalid(field, f"“{text}” is not a service we know. Try other words, such as “moving company”.")
    return found[0].service


def cents(dollars: float | None) -> int | None:
    """An amount as it is kept; None stays None."""
    return None if dollars is None else round(100 * dollars)


def print_json(answer: object) -> None:
    """An answer exactly as the API gives it."""
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
