"""The command that tells and shows what moves a business; `cli` gives it its network."""

from dataclasses import asdict, replace
from typing import Any, get_args

import click

from matcher.answers.partners import Reward
from matcher.commands.terminal import out, print_json
from matcher.errors import Invalid
from matcher.network import Network
from matcher.taxonomy import taxonomy

STEPS = 4.0  # from not at all to wholly
STEP = click.FloatRange(0, STEPS)


@click.argument("business_id", type=int)
@click.option("--wants", help="What they want, in their own words.")
@click.option("--meet", "wanted_markets", multiple=True, help="Whom they want to meet; may be given several times.")
@click.option("--grow/--no-grow", "wants_to_grow", default=None, help="Whether they want to grow.")
@click.option("--room/--no-room", "has_room", default=None, help="Whether they have room for more clients.")
@click.option("--vouch", "vouch_share", type=STEP, help="How far you would vouch for them: 0 not at all, 4 wholly.")
@click.option("--spoken", "reputation_share", type=STEP, help="How well people speak of them: 0 not at all, 4 wholly.")
@click.option("--thank", "reward", type=click.Choice(get_args(Reward)[1:]), help="How they like to be thanked.")
@click.option("--never-money/--money-again", default=None, help="That they said never to send money.")
@click.option("--asked-on", help="When you last asked something of them, such as 2026-03-02.")
def motivation(network: Network, *, business_id: int, as_json: bool, **told: Any) -> None:
    """Show what moves a business, and keep what is told; it counts in suggestions, but for how they are thanked."""
    answer = network.motivation(business_id)
    if changes := {name: value for name, value in told.items() if value not in (None, ())}:
        if "wanted_markets" in changes:
            changes["wanted_markets"] = tuple(_market(text) for text in told["wanted_markets"])
        changes |= {name: changes[name] / STEPS for name in ("vouch_share", "reputation_share") if name in changes}
        answer = network.set_motivation(replace(answer, **changes), business_id, forget=told["never_money"] is False)
    if as_json:
        return print_json(asdict(answer))
    shown = asdict(answer) | {"wanted_markets": [taxonomy().markets[code].name for code in answer.wanted_markets]}
    for name, value in shown.items():
        out.print(f"{name.replace('_', ' ')}: {_plain(value) or 'not known'}")


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def _market(text: str) -> str:
    found = taxonomy().find_market(text)
    if found is None:
        raise Invalid("meet", f"“{text}” is not a market we know. Try other words, such as “first-time home buyers”.")
    return found
