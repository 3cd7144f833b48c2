"""The commands about who fills what clients need and whom to recruit; `cli` gives them their network."""

from dataclasses import asdict

import click
from rich.table import Table
from rich.text import Text

from matcher.answers.covered import Coverage, Recruits, State
from matcher.chapters.filling import RECRUITS_MOST, RECRUITS_USUAL
from matcher.coach_kit.services import Added, name_of, named
from matcher.commands.terminal import indent, out, print_json, service_code
from matcher.lists.coverage_lists import STATES, Narrowed, narrowed, partner_of
from matcher.network import Network

MANY = click.IntRange(1, RECRUITS_MOST)


def coverage(network: Network, *, as_json: bool) -> None:
    """Say how much of what your clients need your own network fills, and where the gaps are."""
    found = network.coverage()
    if as_json:
        return print_json(asdict(found))
    out.print(Text(found.sentence, "bold"))
    added = network.programme_services()
    out.print(_by_service(found, added))
    for gap in found.gaps:
        words = f"  {_needs(len(gap.need_ids))}, {_dollars(gap.value_cents)}"
        out.print(Text.assemble((name_of(gap.service, added), "bold"), words))
        indent(gap.sentence)
    if found.lone:
        out.print(f"One partner only: {', '.join(name_of(code, added) for code in found.lone)}.")


def _by_service(found: Coverage, added: Added) -> Table:
    """The matrix as a terminal shows it: a line for each service, with the partners who take any."""
    names = {slot.business_id: slot.name for slot in found.partners}
    table = Table("Service", "Filled", "Worth", "Partners", "Expected within a year")
    for row in found.rows:
        taking = [f"{names.get(cell.business_id, '')} ({cell.takes})" for cell in row.cells if cell.takes]
        expected = found.expected.get(row.service, 0.0)
        table.add_row(
            name_of(row.service, added),
            f"{row.covered} of {row.needs}",
            f"{_dollars(row.covered_cents)} of {_dollars(row.value_cents)}",
            ", ".join(taking),
            f"{expected:.1f}" if expected else "",
        )
    return table


@click.option("--service", default="", help="Only needs of this service, such as 'roofer'.")
@click.option(
    "--state", "states", multiple=True, type=click.Choice(list(STATES)), help="Only needs in this state, or in these."
)
def assign(network: Network, *, service: str, states: tuple[State, ...], as_json: bool) -> None:
    """Say which partner gets which need of your clients, and why."""
    found = network.assignment()
    if as_json:
        return print_json(asdict(found))
    table = Table("", "Client", "Service", "State", "Partner", "Or", "Worth")
    added = network.programme_services()
    code = named(service, added) or service_code(service, "service") if service else ""
    for served in narrowed(found.needs, Narrowed(service=code, states=states)):
        need = served.need
        table.add_row(
            str(need.need_id),
            need.client,
            name_of(need.service, added) or f"“{need.wording}”",
            STATES[served.state],
            partner_of(served)[1],
            ", ".join(option.name for option in served.others),
            _dollars(need.value_cents),
        )
    out.print(table)
    for slot in found.slots:
        if slot.worth_cents:
            indent(f"{slot.name}: {slot.sentence}")


@click.option(
    "--count", default=RECRUITS_USUAL, show_default=True, type=click.IntRange(1, RECRUITS_MOST), help="How many."
)
@click.option("--prove", is_flag=True, help="Say as well how near this comes to the best possible choice.")
def recruit(network: Network, *, count: int, prove: bool, as_json: bool) -> None:
    """Say whom to recruit next: who would close most of what nobody fills today."""
    found = network.recruits(count, prove=prove)
    if as_json:
        return print_json(asdict(found))
    out.print(Text(found.sentence, "bold"))
    _show_recruits(found, network.programme_services())
    if found.proof:
        out.print(found.proof.sentence)


def _show_recruits(found: Recruits, added: Added) -> None:
    for one in found.recruits:
        where = f" · {one.distance_km:.0f} km" if one.distance_km is not None else ""
        services = ", ".join(name_of(code, added) for code in one.services)
        out.print(Text.assemble((f"{one.rank}. {one.name}", "bold"), f"  {services}{where}"))
        indent(
            f"Alone: {_needs(len(one.alone))}, {_dollars(one.alone_cents)}. After those before: "
            f"{_needs(len(one.adds))}, {_dollars(one.adds_cents)}. Chance of a yes {one.yes_share:.0%}."
        )
        indent(one.sentence)
        for introducer in one.introducers:
            indent(f"{introducer.name}: {introducer.sentence}", "dim")
    for service in found.services:
        indent(
            f"{name_of(service.service, added)}: {_needs(len(service.need_ids))}, {_dollars(service.value_cents)}; "
            f"{service.candidates:,} in the directory could fill {service.could:,}.",
            "dim",
        )


@click.argument("text")
@click.option("--client", "client_id", type=int, help="The number of the client who said it.")
def heard(network: Network, *, text: str, client_id: int | None, as_json: bool) -> None:
    """Say who could fill what somebody needs, such as "we want a will", with a draft to introduce them."""
    found = network.heard(text, client_id)
    if as_json:
        return print_json(asdict(found))
    out.print(found.understood.sentence)
    if found.served:
        out.print(found.served.sentence)
    if found.draft:
        indent(found.draft.text)


def _needs(count: int) -> str:
    return "one need" if count == 1 else f"{count:,} needs"


def _dollars(cents: int) -> str:
    return f"${cents / 100:,.0f}"
