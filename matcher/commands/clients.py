"""The commands on clients and what they need; `cli` gives them their network."""

from dataclasses import asdict
from datetime import date
from typing import Any, get_args

import click
from rich.text import Text

from matcher.answers.covered import ClientCard, Grade, NeedCard, Status
from matcher.answers.quick_note import QuickNote
from matcher.answers.told import ClientTold, NeedTold
from matcher.coach_kit.services import Added, name_of
from matcher.commands.terminal import indent, out, print_json
from matcher.network import Network
from matcher.taxonomy import taxonomy

LISTED = 500  # clients of one list


@click.argument("line")
@click.option("--yes", is_flag=True, help="Keep what was understood.")
def client(network: Network, *, line: str, yes: bool, as_json: bool) -> None:
    """Read a client from one line, and keep them with --yes.

    For example: `client "Joe and Ana, buying first home in Tucson, need someone for the roof" --yes`.

    A need that we are not sure of is kept in its words.
    """
    note = network.read_note(line)
    if not yes:
        return print_json(asdict(note)) if as_json else show_note(note, network.programme_services())
    found = network.client(keep(network, note))
    if as_json:
        return print_json(asdict(found))
    show_note(note, network.programme_services())
    out.print(f"Kept as client {found.client_id}.")


@click.argument("text", default="")
@click.option("--grade", type=click.Choice(get_args(Grade)[1:]), help="Only clients of this grade.")
@click.option("--waiting", is_flag=True, help="Only clients with an open need.")
def clients(network: Network, *, text: str, grade: str | None, waiting: bool, as_json: bool) -> None:
    """List clients by name with what they need; TEXT is looked for in name and place."""
    found = network.clients(text, grade or "", waiting=waiting, limit=LISTED)
    if as_json:
        return print_json(asdict(found))
    added = network.programme_services()
    for one in found.clients:
        _show_client(one, added)
    out.print(f"{found.total:,} in all.", style="dim")


@click.argument("need_id", type=int)
@click.argument("status", type=click.Choice(get_args(Status)))
@click.option(
    "--partner", "business_id", type=int, help="The number of the business that the client was introduced to."
)
def need(network: Network, *, need_id: int, status: Any, business_id: int | None, as_json: bool) -> None:
    """Say what became of a need: introduced to a partner, filled by them, dropped, or open again."""
    found = network.set_need_status(need_id, status, business_id)
    if as_json:
        return print_json(asdict(found))
    out.print(f"{found.client}: {_need_words(found, network.programme_services())}")


def keep(network: Network, note: QuickNote) -> int:
    """Keep a client as they were read from a line, and give their number; the line stays as their note."""
    told = ClientTold(
        name=note.name,
        grade=note.grade,
        markets=note.markets,
        place=note.place,
        value_cents=note.value_cents,
        email=note.email,
        phone=note.phone,
        note=note.text,
    )
    needed_by = date.fromisoformat(note.needed_by) if note.needed_by else None
    needs = [
        NeedTold(
            service=one.guesses[0].service if one.sure and one.guesses else "",
            wording=one.wording,
            needed_by=needed_by,
            wish=note.wish,
        )
        for one in note.needs
    ]
    since = date.fromisoformat(note.day_zero) if note.day_zero else None
    return network.add_client(told, needs, journey=note.journey, since=since)


def show_note(note: QuickNote, added: Added) -> None:
    """Print what was understood, and what has to be asked."""
    known, wish = taxonomy(), note.wish
    lines = {
        "place": note.place.name if note.place else "",
        "grade": note.grade,
        "kind of client": ", ".join(known.markets[code].name for code in note.markets),
        "going through": known.journeys[note.journey].name if note.journey else "",
        "since": note.day_zero,
        "needed by": note.needed_by,
        "price level": str(wish.tier or ""),
        "language": wish.language,
        "within km": f"{wish.within_km:g}" if wish.within_km is not None else "",
        "worth a year": "" if note.value_cents is None else f"${note.value_cents / 100:,.0f}",
        "e-mail": note.email,
        "phone": note.phone,
    }
    out.print(Text(note.name or "(no name)", "bold"))
    for name, text in lines.items():
        if text:
            indent(f"{name}: {text}")
    for one in note.needs:
        services = [name_of(guess.service, added) for guess in one.guesses[: 1 if one.sure else None]]
        meant = (
            f" {', '.join(services)}" if one.sure else f" not sure; perhaps {', '.join(services) or 'nothing we know'}"
        )
        indent(f"needs: “{one.wording}”:{meant}")
    for question in note.questions:
        indent(f"? {question}")


def _show_client(one: ClientCard, added: Added) -> None:
    where = "  ".join(filter(None, (one.grade, one.place)))
    out.print(Text.assemble((f"{one.client_id}. {one.name}", "bold"), f"  {where}" if where else ""))
    for told in one.needs:
        indent(f"need {told.need_id}: {_need_words(told, added)}")


def _need_words(told: NeedCard, added: Added) -> str:
    name = name_of(told.service, added) if told.service else f"“{told.wording}”"
    by = f", {told.business}" if told.business else ""
    return f"{name} ({told.status}{by})"
