"""The commands about the agenda, sales with their promises, and moments; `cli` gives them their network."""

from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

import click
from rich.text import Text

from matcher.answers.agenda import AHEAD_MOST_DAYS, PROMISED_MOST, MomentFound, SaleCard, SaleStep, SaleTold, Task
from matcher.answers.whose import Whose
from matcher.commands.terminal import form_of, indent, keep_file, out, print_json, to_file
from matcher.errors import Invalid
from matcher.lists.agenda_lists import KINDS, Shown, narrowed_tasks
from matcher.network import Network
from matcher.settings import BASE_URL

DAY = click.DateTime(["%Y-%m-%d"])


@click.option("--on", "day", type=DAY, help="The agenda of another day; today unless given.")
@click.option("--days", default=0, type=click.IntRange(0, AHEAD_MOST_DAYS), help="Also what falls due in these days.")
@click.option("--kind", default="", type=click.Choice(["", *KINDS]), help="Only tasks of this kind.")
@to_file()
def agenda(network: Network, *, day: datetime | None, days: int, kind: Any, target: Path | None, as_json: bool) -> None:
    """Say what is to be done on a day, and why: thanks, asks at a good moment, follow-ups, checks that run out."""
    on = day.date() if day else None
    if target is not None:
        shown = Shown(on=on, ahead_days=days, kind=kind)
        return keep_file(target, network.export_agenda(form_of(target), shown), as_json)
    found = narrowed_tasks(network.agenda(on, ahead_days=days), Shown(kind=kind))
    if as_json:
        return print_json([asdict(task) for task in found])
    for task in found:
        _show_task(task)
    if not found:
        out.print("Nothing is due.")


@click.argument("key")
@click.argument("act", type=click.Choice(["done", "later", "undo", "draft"]))
@click.option("--until", type=DAY, help="With later: the day on which it comes back; in a week unless given.")
def task(network: Network, *, key: str, act: str, until: datetime | None, as_json: bool) -> None:
    """Mark a task of the agenda, such as `task thank_now:referral:12 done`; draft prints words to start from."""
    found = next((one for one in network.agenda(ahead_days=AHEAD_MOST_DAYS) if one.key == key), None)
    if act == "done":
        network.do_task(key)
    elif act == "later":
        network.put_off_task(key, until.date() if until else None)
    elif act == "undo":
        network.undo_task(key)
        found = next((one for one in network.agenda(ahead_days=AHEAD_MOST_DAYS) if one.key == key), None)
    if as_json:
        return print_json(asdict(found) if found else None)
    if act == "draft":
        draft = found.draft if found else None
        return out.print(f"{draft.subject}\n\n{draft.text}" if draft else "There is no draft for this task.")
    out.print({"done": "Done.", "later": "Put off.", "undo": "Taken back."}[act])


@click.argument("client_id", type=int, required=False)
@click.argument("what", required=False)
@click.option("--promised", default=0, type=click.IntRange(0, PROMISED_MOST), help="Introductions they promised.")
@click.option("--on", "day", type=DAY, help="When it happened; for new work today unless given.")
@click.option("--sale", "sale_id", type=int, help="A sale that is known already, by its number.")
@click.option("--step", type=click.Choice(get_args(SaleStep)), help="With --sale: done, meeting, or results confirmed.")
@click.option("--link", is_flag=True, help="With --sale: a link on which they make the promised introductions.")
@click.option("--undo", is_flag=True, help="With --sale: take the sale back, or with --step that step.")
@click.option("--base-url", envvar="SWITCHBOARD_BASE_URL", default=BASE_URL, help="Where people reach the web app.")
def sale(
    network: Network, *, client_id: int | None, what: str | None, sale_id: int | None, as_json: bool, **told: Any
) -> None:
    """Note work agreed with a client, such as `sale 12 "new roof" --promised 3`, and how it goes on; or list all."""
    on = told["day"].date() if told["day"] else None
    if sale_id is not None:
        _go_on(network, sale_id, on, told)
    elif client_id is not None:
        if not what:
            raise Invalid("what", "Please say in a few words what was agreed, such as “new roof”.")
        network.note_sale(client_id, SaleTold(what=what, agreed_on=on, promised=told["promised"]))
    found = network.sales(client_id)
    if as_json:
        return print_json([asdict(card) for card in found])
    for card in found:
        _show_sale(card)
    if not found:
        out.print("No sales yet. Note one with `switchboard sale CLIENT WHAT`.")


@click.argument("text", default="")
@click.option("--client", "person_id", type=int, help="Keep what is found for this client.")
@click.option("--business", "business_id", type=int, help="Keep what is found for this business.")
@click.option("--on", "day", type=DAY, help="When it was said; today unless given.")
@click.option("--undo", "taken_back", type=int, help="Take a moment back by its number.")
def moment(
    network: Network,
    *,
    text: str,
    person_id: int | None,
    business_id: int | None,
    day: datetime | None,
    taken_back: int | None,
    as_json: bool,
) -> None:
    """Find good moments to ask in a note, such as `moment "She is delighted with the roof"`.

    Nothing is kept unless --client or --business says whose moment it is.
    """
    if taken_back is not None:
        network.remove_moment(taken_back)
    if person_id is not None and business_id is not None:
        raise Invalid("client", "Please name a client or a business, not both.")
    found = network.find_moments(text)
    whose = Whose(business_id=business_id, person_id=person_id)
    on = day.date() if day else None
    kept = [network.note_moment(whose, one.kind, one.sentence, on=on) for one in found if any(whose)]
    if as_json:
        return print_json([asdict(one) for one in found])
    _show_moments(network, found, kept)


def _go_on(network: Network, sale_id: int, on: date | None, told: dict[str, Any]) -> None:
    if told["link"]:
        click.echo(f"{told['base_url'].rstrip('/')}/promise/{network.send_promise(sale_id)}")
    if told["step"]:
        if on is None and not told["undo"]:
            raise Invalid("on", "Please say on which day, such as --on 2026-03-02.")
        network.note_sale_step(sale_id, told["step"], None if told["undo"] else on)
    elif told["undo"]:
        network.remove_sale(sale_id)


def _show_task(one: Task) -> None:
    out.print(Text.assemble((f"{one.due_on}  {one.title}", "bold"), f"  {one.key}"))
    indent(one.reason)
    indent(one.why, "dim")


def _show_sale(card: SaleCard) -> None:
    days = {"done": card.done_on, "results looked at": card.meeting_on, "results confirmed": card.results_on}
    steps = ", ".join(f"{name} {day}" for name, day in days.items() if day)
    out.print(Text.assemble((f"{card.sale_id}. {card.client}: {card.what}", "bold"), f"  agreed {card.agreed_on}"))
    if steps:
        indent(steps)
    if card.promised:
        indent(f"{card.delivered} of {card.promised} promised introductions made")


def _show_moments(network: Network, found: Any, kept: list[int]) -> None:
    for one in found:
        _show_moment(one)
    if not found:
        known = network.moments()
        out.print("No moment found in it." if not known else "Your moments:")
        for card in known:
            indent(f"{card.moment_id}. {card.noticed_on}  {card.kind}: {card.wording}")
    elif kept:
        out.print(f"Kept: {', '.join(map(str, kept))}.")
    else:
        out.print("Nothing is kept yet. Say whose it is: --client NUMBER or --business NUMBER.", style="dim")


def _show_moment(one: MomentFound) -> None:
    out.print(Text.assemble((one.name, "bold"), f"  “{one.sentence}”"))
