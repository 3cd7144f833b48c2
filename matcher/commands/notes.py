"""The commands that note what came of things and what clients needed; `cli` gives them their network."""

from dataclasses import asdict
from datetime import datetime
from typing import Any, get_args

import click
from rich.table import Table

from matcher.answers.learned import LearnedStep, OutcomeKind
from matcher.commands.terminal import indent, out, print_json, service_code
from matcher.errors import Invalid
from matcher.knowledge.choices import journeys_like
from matcher.network import Network
from matcher.taxonomy import taxonomy


@click.argument("business_id", type=int)
@click.argument("kind", required=False, type=click.Choice(get_args(OutcomeKind)))
@click.argument("answer", required=False, type=click.Choice(["yes", "no"]))
@click.option("--undo", "taken_back", type=int, help="Take a note back by its number.")
def note(
    network: Network, *, business_id: int, kind: Any, answer: str | None, taken_back: int | None, as_json: bool
) -> None:
    """Note what came of something with a business, such as `note 12 give yes`, and show what that taught.

    accept: they said yes. give: they sent us somebody. close: whom they sent became a client. promise: they kept their
    word. Without a kind, only what is known so far is shown.
    """
    if (kind is None) != (answer is None):
        raise Invalid("answer", "Please say what came of it as well: yes or no.")
    if taken_back is not None:
        network.undo_outcome(taken_back)
    if kind is not None:
        network.note_outcome(business_id, kind, answer == "yes")
    found = network.outcomes(business_id)
    if as_json:
        return print_json(asdict(found))
    table = Table("", "we think", "likely", "how well known", "we assumed", "notes")
    for rate in found.rates:
        notes = ", ".join(f"{n.outcome_id}: {'yes' if n.came_true else 'no'} on {n.day}" for n in rate.noted)
        likely = f"{rate.low_share:.0%} to {rate.high_share:.0%}"
        table.add_row(rate.kind, f"{rate.mean_share:.0%}", likely, rate.word, f"{rate.model_share:.0%}", notes)
    out.print(table)


@click.argument("journey", required=False)
@click.option("--needed", multiple=True, help="A service that this client needed; may be given several times.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="When it was; today unless given.")
@click.option("--undo", "taken_back", type=int, help="Take a note back by its number.")
def needs(
    network: Network,
    *,
    journey: str | None,
    needed: tuple[str, ...],
    day: datetime | None,
    taken_back: int | None,
    as_json: bool,
) -> None:
    """Note what a client needed, and show what that taught.

    For example: `needs "buying a first home" --needed "moving company" --needed "home inspector"`.

    Without --needed the client needed nothing else. Without a journey, only what is known so far is shown.
    """
    if taken_back is not None:
        network.undo_needs(taken_back)
    if journey is not None:
        network.note_needs(
            _journey(journey), [service_code(text, "needed") for text in needed], day.date() if day else None
        )
    found = network.needs()
    if as_json:
        return print_json(asdict(found))
    for client in found.clients:
        names = ", ".join(taxonomy().services[code].name for code in client.services) or "nothing else"
        out.print(f"{client.occasion_id}. {client.day}  {taxonomy().journeys[client.journey].name}: {names}")
    for step in found.learned:
        if step.needed:
            indent(_step_words(step))


def _journey(text: str) -> str:
    found = [text] if text in taxonomy().journeys else journeys_like(text, 1)
    if not found:
        raise Invalid("journey", f"“{text}” is nothing we know that clients go through. Try “buying a first home”.")
    return found[0]


def _step_words(step: LearnedStep) -> str:
    return (
        f"{step.needed} of {step.clients} on “{taxonomy().journeys[step.journey].name}” needed: "
        f"{taxonomy().services[step.service].name}. We assumed {100 * step.assumed_share:.0f} in 100, "
        f"now {100 * step.learned_share:.0f} ({step.word})."
    )
