"""How the commands print, and what they read."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from matcher.errors import Invalid
from matcher.lists.letters import Form
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


def to_file(*, required: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option that names the file to write a list to."""
    return click.option(
        "--to-file",
        "target",
        type=click.Path(dir_okay=False, path_type=Path),
        required=required,
        help="Write the list to this .csv or .xlsx; of people also .vcf or .pdf.",
    )


def form_of(target: Path) -> Form:
    """The form that a file's name asks for; Invalid for one that we do not write."""
    form = target.suffix.lower().lstrip(".")
    if form not in get_args(Form):
        raise Invalid("to_file", "The file's name must end in .csv or .xlsx, or for people in .vcf or .pdf.")
    return form  # type: ignore[return-value]


def keep_file(target: Path, content: bytes, as_json: bool) -> None:
    """Write a file and say so."""
    target.write_bytes(content)
    if as_json:
        return print_json({"file": target.name, "bytes": len(content)})
    out.print(f"{target.name}: {len(content):,} bytes written.")


def cents(dollars: float | None) -> int | None:
    """An amount as it is kept; None stays None."""
    return None if dollars is None else round(100 * dollars)


def print_json(answer: object) -> None:
    """An answer exactly as the API gives it."""
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
