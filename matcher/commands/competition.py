"""The commands about who competes and who could take work over; `cli` gives them their network."""

from dataclasses import asdict

import click
from rich.text import Text

from matcher.answers.partners import Filters, Home, OverflowPartner
from matcher.chapters.exporting import EXPORTED
from matcher.commands.terminal import KM, indent, out, print_json
from matcher.network import Network


@click.argument("business_id", type=int)
@click.option("--competes/--does-not-compete", required=True, help="What you say of them.")
@click.option("--because", default="", help="Why, in your own words.")
def rule(network: Network, *, business_id: int, competes: bool, because: str, as_json: bool) -> None:
    """Say yourself whether a business competes with you; this goes before what is worked out."""
    network.rule(business_id, competes, because)
    if as_json:
        return print_json(asdict(network.business(business_id)))
    out.print("Kept. Take it back with `switchboard unrule`.")


@click.argument("business_id", type=int)
def unrule(network: Network, *, business_id: int, as_json: bool) -> None:
    """Take back what you have said of whether a business competes."""
    network.unrule(business_id)
    if as_json:
        return print_json(asdict(network.business(business_id)))
    out.print("Taken back.")


@click.option("--within-km", type=KM, help="Not farther away than this.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, EXPORTED), help="How many.")
def overflow(network: Network, *, home: Home | None, within_km: float | None, limit: int, as_json: bool) -> None:
    """List competitors who could take work that you cannot take, the best first."""
    answer = network.overflow(Filters(within_km=within_km), limit=limit, home=home)
    if as_json:
        return print_json(asdict(answer))
    for partner in answer.partners:
        _show_overflow(partner)
    who = "competitor" if answer.total == 1 else "competitors"
    out.print(f"{answer.total:,} {who} who could take work over.", style="dim")


def _show_overflow(partner: OverflowPartner) -> None:
    where = f" · {partner.distance_km:.0f} km" if partner.distance_km is not None else ""
    out.print(Text.assemble((f"{partner.rank}. {partner.name}", "bold"), f"{where} · {partner.sentence}"))
    for sentence in partner.takes:
        indent(f"+ {sentence}")
