"""The command about the plan for a partner; `cli` gives it its network."""

from dataclasses import asdict

import click
from rich.text import Text

from matcher.answers.taught import PartnerPlan
from matcher.commands.terminal import indent, out, print_json
from matcher.knowledge.plan import PARTS
from matcher.network import Network


@click.argument("business_id", type=int)
@click.option("--step", "code", help="The code of a step to keep something of, such as learn_wants.")
@click.option("--done/--not-done", default=None, help="Whether that step is done.")
@click.option("--note", help="What you know for that step.")
@click.option("--all", "whole", is_flag=True, help="Say how and why for each step.")
def plan(
    network: Network,
    *,
    business_id: int,
    code: str | None,
    done: bool | None,
    note: str | None,
    whole: bool,
    as_json: bool,
) -> None:
    """Show how to court a partner step by step, and keep what is done: `plan 12 --step learn_wants --done`."""
    found = network.mark_step(business_id, code, done=done, note=note) if code else network.plan(business_id)
    if as_json:
        return print_json(asdict(found))
    out.print(Text.assemble((found.name, "bold"), f"  {found.stage or 'no partner yet'}, {_progress(found)}"))
    for sentence in (*(f"They want: {found.wants.wants}",) * bool(found.wants.wants), *found.bring):
        indent(sentence)
    indent(found.rated.sentence)
    _show_steps(found, whole)


def _progress(found: PartnerPlan) -> str:
    return f"{found.done} of {len(found.steps)} steps done"


def _show_steps(found: PartnerPlan, whole: bool) -> None:
    for part, (name, sentence) in PARTS.items():
        out.print(f"{name}: {sentence}", style="bold")
        for step in found.steps:
            if step.part == part:
                out.print(f"  {'x' if step.done_on else ' '} {step.code}: {step.title}")
                for words in (step.how, step.why) if whole else ():
                    indent(f"   {words}", "dim")
                if step.note:
                    indent(f"   {step.note}")
