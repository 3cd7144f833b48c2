"""The commands on contacts, who knows whom and who can introduce us, and whom to bring together."""

from dataclasses import asdict
from typing import Any

import click
from rich.text import Text

from matcher.answers.connected import OWNER, TALKS_MOST, YEARS_MOST, ContactCard, ContactTold, TieCard, TieTold, Unmet
from matcher.answers.whose import Whose
from matcher.commands.terminal import indent, out, print_json
from matcher.network import Network

YEARS, TALKS = click.FloatRange(0, YEARS_MOST), click.FloatRange(0, TALKS_MOST)


@click.argument("name")
@click.option("--business", "business_id", type=int, help="The business where they work, whose face they are.")
@click.option("--email", default="", help="Their e-mail address.")
@click.option("--phone", default="", help="Their phone number.")
@click.option("--company", default="", help="Where they work, as they call it.")
@click.option("--position", default="", help="What they do there.")
@click.option("--note", default="", help="What you want to remember of them.")
def contact(network: Network, *, as_json: bool, **told: Any) -> None:
    """Keep a person who is no client, such as the face of a partner, and print their number."""
    card = network.contact(network.add_contact(ContactTold(**told)))
    if as_json:
        return print_json(asdict(card))
    _show_contact(card)


@click.argument("text", default="")
def contacts(network: Network, *, text: str, as_json: bool) -> None:
    """List your contacts by name, all or those with every word of TEXT."""
    found = network.contacts(text)
    if as_json:
        return print_json([asdict(card) for card in found])
    if not found:
        out.print("No contacts. Keep one with `switchboard contact NAME`.")
    for card in found:
        _show_contact(card)


@click.argument("known_id", metavar="NUMBER", type=int)
@click.option("--person", is_flag=True, help="The number is a person's, not a business's.")
@click.option("--of", "of_business_id", type=int, help="The business that they know; else it is about you and them.")
@click.option("--of-person", "of_person_id", type=int, help="The person that they know.")
@click.option("--years", type=YEARS, help="For how many years they know each other.")
@click.option("--often", "contacts_a_year", type=TALKS, help="How many times a year they talk.")
@click.option("--worked/--not-worked", "worked_together", default=None, help="Whether they have worked together.")
@click.option("--vouch/--no-vouch", "would_vouch", default=None, help="Whether they would vouch for each other.")
def tie(
    network: Network,
    *,
    known_id: int,
    person: bool,
    of_business_id: int | None,
    of_person_id: int | None,
    as_json: bool,
    **told: Any,
) -> None:
    """Show whom a business or a person knows; with an answer to one of the four questions, keep it first.

    What is told takes the place of all that was told of the two before.
    """
    whose = _whose(known_id, person=person)
    other = Whose(of_business_id, of_person_id if of_business_id is None else None)
    if other != OWNER or any(answer is not None for answer in told.values()):
        network.set_tie(TieTold(**told), whose, other)
    found = network.ties(whose)
    if as_json:
        return print_json([asdict(card) for card in found])
    if not found:
        out.print("Nobody has told us whom they know. Tell us with `--years 3 --vouch`, or see `--help`.")
    for card in found:
        _show_tie(card)


@click.argument("known_id", metavar="NUMBER", type=int)
@click.option("--person", is_flag=True, help="The number is a person's, not a business's.")
def connectors(network: Network, *, known_id: int, person: bool, as_json: bool) -> None:
    """Say who could introduce you to a business or a person, the best to ask first."""
    found = network.who_connects(_whose(known_id, person=person))
    if as_json:
        return print_json(asdict(found))
    out.print(Text(found.sentence, "bold"))
    for one in found.connectors:
        out.print(f"{one.name}: {'may be asked' if one.may_ask else 'not now'}, adds {one.part_share:.0%}")
        indent(one.sentence)
    for way in found.farther:
        out.print(way.sentence)


@click.option("--limit", type=click.IntRange(1, 200), default=20, help="How many pairs at most.")
def broker(network: Network, *, limit: int, as_json: bool) -> None:
    """List partners of yours who do not know each other yet, the best for the one who gains less first."""
    found = network.bring_together(limit=limit)
    if as_json:
        return print_json(asdict(found))
    if not found.pairs:
        out.print("Nobody to bring together yet. Court or agree two partners who do not compete.")
    for two in found.pairs:
        _show_pair(two)


def _whose(number: int, *, person: bool) -> Whose:
    return Whose(person_id=number) if person else Whose(number)


def _show_contact(card: ContactCard) -> None:
    reached = ", ".join(filter(None, (card.position, card.business or card.company, card.email, card.phone)))
    out.print(Text.assemble((f"{card.person_id}. {card.name}", "bold"), f"  {reached}" if reached else ""))


def _show_tie(card: TieCard) -> None:
    out.print(Text.assemble((card.name or "You", "bold"), f"  {card.strength_share:.0%}  told on {card.told_on}"))
    indent(card.sentence)


def _show_pair(two: Unmet) -> None:
    out.print(Text(f"{two.rank}. {two.first} and {two.second}", "bold"))
    indent(f"{two.first}, about {two.first_a_year:.1f} referrals a year: {two.first_reason}")
    indent(f"{two.second}, about {two.second_a_year:.1f} referrals a year: {two.second_reason}")
