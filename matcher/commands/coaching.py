"""The commands about coaching; `cli` gives the group its place."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import click

from matcher.answers.coached import AgentCard, KitCard
from matcher.coach_kit.content import starting_kit
from matcher.commands.terminal import indent, out, print_json
from matcher.network import Network
from matcher.settings import BASE_URL

FILE = click.Path(dir_okay=False, path_type=Path)


def coach_commands(on_network: Callable[[Callable[..., None]], Callable[..., None]]) -> click.Group:
    """The group `coach` with all that can be done for agents, each on the network that it is told."""

    @click.group()
    def coach() -> None:
        """Give one programme to many agents, and see how far they are in numbers alone."""

    for command in (board, kits, make, bring, save, invite, nudge, mine, take, leave):
        coach.command()(on_network(command))
    return coach


def _owner(network: Network) -> int:
    return network.owner_account()


def board(network: Network, *, as_json: bool) -> None:
    """List your agents: numbers, and who has the newest version."""
    found = network.agents(_owner(network))
    if as_json:
        return print_json([asdict(card) for card in found])
    if not found:
        out.print("No agents yet. Make a link with `switchboard coach invite KIT`.")
    for card in found:
        out.print(f"{card.agent_id}. {card.known_as}, {_version(card)}", style="bold")
        told = asdict(card.counts)
        finished = told.pop("finished")
        told = {name: f"{number:,}" for name, number in told.items()} | ({"week": "finished"} if finished else {})
        indent(", ".join(f"{name.replace('_', ' ')} {words}" for name, words in told.items()))


def kits(network: Network, *, as_json: bool) -> None:
    """List your programmes with their fingerprints."""
    found = network.programme_kits()
    if as_json:
        return print_json([asdict(card) for card in found])
    for card in found:
        _show_kit(card)


@click.argument("name")
def make(network: Network, *, name: str, as_json: bool) -> None:
    """Make a programme from the weeks that we ship."""
    _tell(network, network.make_kit(starting_kit(name)), as_json)


@click.argument("file", type=FILE)
@click.option("--into", "kit_id", type=int, help="Put it in place of this programme.")
def bring(network: Network, *, file: Path, kit_id: int | None, as_json: bool) -> None:
    """Bring a programme in from its file, new or in place of one."""
    _tell(network, network.bring_kit(file.read_bytes(), kit_id), as_json)


@click.argument("kit_id", type=int)
@click.option("--to-file", "target", type=FILE, required=True, help="Such as kit.json.")
def save(network: Network, *, kit_id: int, target: Path, as_json: bool) -> None:
    """Save a programme as a file."""
    content = network.save_kit(kit_id)
    target.write_bytes(content)
    if as_json:
        return print_json({"file": target.name, "bytes": len(content)})
    out.print(f"{target.name}: {len(content):,} bytes written.")


@click.argument("kit_id", type=int)
@click.option("--for", "whom", default="", help="Whom the link is for, in your words.")
@click.option("--base-url", envvar="SWITCHBOARD_BASE_URL", default=BASE_URL, help="Where people reach the web app.")
def invite(network: Network, *, kit_id: int, whom: str, base_url: str, as_json: bool) -> None:
    """Print a link on which one agent takes a programme; it works once."""
    link = f"{base_url.rstrip('/')}/invited/{network.invite_agent(kit_id, _owner(network), whom)}"
    return print_json({"link": link}) if as_json else click.echo(link)


@click.argument("agent_id", type=int)
@click.argument("words")
def nudge(network: Network, *, agent_id: int, words: str, as_json: bool) -> None:
    """Leave an agent a few words, which stand on their page; nothing is mailed."""
    network.nudge(_owner(network), agent_id, words)
    if as_json:
        return print_json([asdict(card) for card in network.agents(_owner(network))])
    out.print("Your words are on their page.")


def mine(network: Network, *, as_json: bool) -> None:
    """Show who coaches you, what they see, what is new in their programme, and what they wrote."""
    card = network.coach()
    if as_json:
        return print_json({"coach": asdict(card) if card else None, "nudges": [asdict(n) for n in network.nudges()]})
    if card is None:
        out.print("Nobody sees your numbers.")
    else:
        out.print(f"{card.coach} sees your numbers since {card.since_on}. Fingerprint {card.fingerprint}.")
        for change in card.newer.changes if card.newer else ():
            indent(f"{change.how}: {change.what}")
    for one in network.nudges():
        if not one.read_on:
            indent(f"{one.sent_on}: {one.words}")


def take(network: Network, *, as_json: bool) -> None:
    """Take the newer version of your coach's programme; `coach mine` shows what is new."""
    card = network.coach()
    if card and card.newer:
        network.take_newer_kit(card.newer.content_hash)
    mine(network, as_json=as_json)


def leave(network: Network, *, as_json: bool) -> None:
    """Let your coach see nothing any more; you keep everything."""
    network.leave_coach()
    mine(network, as_json=as_json)


def _tell(network: Network, kit_id: int, as_json: bool) -> None:
    card = network.programme_kit(kit_id)
    return print_json(asdict(card)) if as_json else _show_kit(card)


def _show_kit(card: KitCard) -> None:
    out.print(f"{card.kit_id}. {card.name}, {len(card.content['steps'])} steps, fingerprint {card.fingerprint}")


def _version(card: AgentCard) -> str:
    if not card.kit:
        return "a programme that you took away"
    return f"{card.kit}: {'has the newest' if card.has_newest else 'has an older one'}"
