"""The commands about the list, the give-first programme and deals; `cli` gives them their network."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

import click
from rich.text import Text

from matcher.answers.connected import TieTold
from matcher.answers.programme import (
    GOALS,
    Connection,
    DealTold,
    KitService,
    ListedCard,
    ProgrammeCard,
    ProgrammeTold,
    TagsTold,
)
from matcher.coach_kit.services import name_of
from matcher.commands.terminal import indent, out, print_json
from matcher.errors import Conflict, Invalid
from matcher.network import Network
from matcher.readers.named import markets_named, services_named, words_in
from matcher.taxonomy import taxonomy

DAY = click.DateTime(["%Y-%m-%d"])


@click.argument("names", default="")
@click.option("--tag", "person_id", type=int, help="Say more of somebody by their number; the next one unless given.")
@click.option("--does", help="What they do: services, with commas.")
@click.option("--serves", help="Whom they serve: kinds of clients, with commas.")
@click.option("--lacks", help="What they may lack, in their words, with commas.")
@click.option("--years", type=float, help="For how many years you have known each other.")
@click.option("--talks", type=float, help="How often you talk, times a year.")
@click.option("--worked/--never-worked", default=None, help="Whether you have worked together.")
@click.option("--vouch/--no-vouch", default=None, help="Whether you would vouch for each other.")
@click.option(
    "--standing", default="", type=click.Choice(["", "cold", "no"]), help="Never talked business, or said no."
)
@click.option("--done", "code", help="A question that is thought through, by its code.")
@click.option("--questions", is_flag=True, help="Print all questions that are left.")
def people(network: Network, *, names: str, code: str | None, questions: bool, as_json: bool, **told: Any) -> None:
    """Add people you know, such as `list "Mia Hart, Joe Park"`, tag them, and see what is left to do."""
    if names:
        _add(network, names, as_json)
    if code:
        network.mark_jogger(code)
    tags = {name: value for name, value in told.items() if name != "person_id" and value not in (None, "")}
    if tags or told["person_id"] is not None:
        return _tag(network, told, as_json)
    found = network.people_list()
    if as_json:
        return print_json(asdict(found))
    out.print(f"{found.size} of {found.goal} people, {found.tagged} of them tagged.")
    left = [one for one in found.joggers if not one.done_on]
    for one in left if questions else left[:1]:
        out.print(f"{one.question}  {one.code}")
    following = network.next_to_tag()
    if following is not None:
        out.print(f"Next to tag: {following.name}, number {following.person_id}.")


def _add(network: Network, names: str, as_json: bool) -> None:
    added = network.add_names(names)
    if not as_json:
        out.print(f"Added: {', '.join(added.names) or 'nobody'}.")
        if added.known:
            out.print(f"On your list already: {', '.join(added.known)}.")


def _tag(network: Network, told: dict[str, Any], as_json: bool) -> None:
    number = told["person_id"]
    if number is None:
        following = network.next_to_tag()
        if following is None:
            raise Conflict("Everybody on your list is tagged. Name somebody with --tag NUMBER.")
        number = following.person_id
    tie = TieTold(
        years=told["years"],
        contacts_a_year=told["talks"],
        worked_together=told["worked"],
        would_vouch=told["vouch"],
    )
    tags = TagsTold(
        offers=services_named("does", told["does"] or "", network.programme_services()),
        serves=markets_named("serves", told["serves"] or ""),
        lacks=words_in(told["lacks"] or ""),
        tie=tie,
        standing=told["standing"],
    )
    card = network.tag(number, tags)
    if as_json:
        return print_json(asdict(card))
    _show_person(card, network.programme_services())


def _show_person(card: ListedCard, added: Mapping[str, KitService]) -> None:
    known = taxonomy()
    out.print(Text.assemble((card.name, "bold"), f"  number {card.person_id}"))
    if card.offers:
        indent(f"does: {', '.join(name_of(code, added) for code in card.offers)}")
    if card.serves:
        indent(f"serves: {', '.join(known.markets[code].name for code in card.serves)}")
    for lack in card.lacks:
        indent(f"lacks: {lack.wording}" + (f" ({name_of(lack.service, added)})" if lack.service else ""))


@click.option("--begin", type=DAY, help="Begin on this day, or say that it began then.")
@click.option("--goal", type=click.Choice(GOALS), help="With --begin: people on the list; as before, or 100.")
@click.option("--on", "day", type=DAY, help="As of another day; today unless given.")
@click.option("--kept", type=int, help="A week that you kept, by its number.")
@click.option("--minutes", type=int, help="With --kept: how long it took.")
@click.option("--undo", is_flag=True, help="With --kept: it was not kept after all.")
@click.option("--draft", type=click.IntRange(1, 3), help="Draft this one of the connections; nobody is asked yet.")
@click.option("--selling", type=click.Choice(["open", "close"]), help="Open selling tools now, or close them again.")
@click.option("--stop", is_flag=True, help="Stop the programme; the weeks that you kept stay.")
def programme(network: Network, *, day: datetime | None, draft: int | None, as_json: bool, **told: Any) -> None:
    """Say what to do this week: twenty minutes, three connections from your own list and the words to say."""
    on = day.date() if day else None
    _change(network, told)
    if draft is not None:
        return _draft(network, draft, as_json)
    found, connections = network.programme(on), network.connections(on)
    if as_json:
        return print_json({"programme": asdict(found) if found else None, "connections": asdict(connections)})
    if found is None:
        return out.print("You have not begun. Begin with `switchboard programme --begin DATE`.")
    _show_week(found)
    for number, one in enumerate(connections.shown, 1):
        _show_connection(number, one)
    if connections.sentence:
        out.print(connections.sentence)
    if found.locked:
        out.print(f"You sell nothing until {found.opens_on}.", style="dim")


def _goal_so_far(begun: ProgrammeCard | None) -> int:
    """The goal that stays when only the day is told."""
    return begun.goal if begun and begun.goal in GOALS else GOALS[0]


def _change(network: Network, told: dict[str, Any]) -> None:
    if told["begin"]:
        goal = told["goal"] or _goal_so_far(network.programme())
        network.begin_programme(ProgrammeTold(started_on=told["begin"].date(), goal=goal))
    if told["kept"] is not None and told["undo"]:
        network.forget_week(told["kept"])
    elif told["kept"] is not None:
        network.keep_week(told["kept"], minutes=told["minutes"])
    if told["selling"]:
        network.open_selling(network.today() if told["selling"] == "open" else None)
    if told["stop"]:
        network.stop_programme()


def _draft(network: Network, number: int, as_json: bool) -> None:
    shown = network.connections().shown
    if number > len(shown):
        raise Invalid("draft", "There is no such connection this week.")
    introduction_id = network.draft_connection(shown[number - 1])
    if as_json:
        return print_json(asdict(network.introduction(introduction_id)))
    out.print(f"Introduction {introduction_id} is drafted. Ask with `switchboard introduction {introduction_id} ask`.")


def _show_week(found: ProgrammeCard) -> None:
    week = found.weeks[max(found.week, 1) - 1]
    kept = f", kept on {week.kept_on}" if week.kept_on else ""
    now = f"Week {week.number} of {len(found.weeks)}, {week.minutes} minutes{kept}"
    out.print(found.finished or now, style="bold")
    for step in () if found.finished else week.steps:
        out.print(f"{step.title} ({step.minutes} min)")
        indent(step.do)
        if step.words:
            indent(step.words, "dim")
    for one in found.scripts:
        out.print(f"To say: {one.name}")
        indent(one.text, "dim")


def _show_connection(number: int, one: Connection) -> None:
    out.print(Text.assemble((f"{number}. {one.first_name} and {one.target_name}", "bold")))
    for reason in one.reasons:
        indent(reason)
    indent(one.words, "dim")


@click.argument("what", default="")
@click.option("--business", "business_id", type=int, help="The partner who offers it, by number.")
@click.option("--from", "begins", type=DAY, help="The first day; today unless given.")
@click.option("--until", type=DAY, help="The last day.")
@click.option("--remove", type=int, help="Take a deal off the board by its number.")
def deals(network: Network, *, what: str, business_id: int | None, as_json: bool, **told: Any) -> None:
    """List what partners offer the people you know, or add one: `deals "A look" --business 3 --until 2026-06-30`."""
    if told["remove"] is not None:
        network.remove_deal(told["remove"])
    if what:
        if business_id is None or told["until"] is None:
            raise Invalid("business", "Please say who offers it and until when: --business NUMBER --until DATE.")
        begins = told["begins"].date() if told["begins"] else None
        until = told["until"].date()
        network.add_deal(DealTold(business_id=business_id, what=what, from_on=begins, until_on=until))
    found = network.deals()
    if as_json:
        return print_json([asdict(deal) for deal in found])
    for deal in found:
        days = f"until {deal.until_on}" if deal.running else f"{deal.from_on} to {deal.until_on}"
        out.print(f"{deal.deal_id}. {deal.business}: {deal.what}  {days}")
    if not found:
        out.print("Nothing is on.")
