"""The commands on referrals, thanks and sources; `cli` gives them their network."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

import click
from rich.text import Text

from matcher.answers.referred import AskedHow, ReferralCard, ReferralsWanted, ReferralTold, Result
from matcher.answers.thanked import GiftTold, SafeThanks
from matcher.answers.whose import Whose
from matcher.commands.terminal import DOLLARS, cents, form_of, indent, keep_file, out, print_json, service_code, to_file
from matcher.errors import Invalid
from matcher.knowledge.rewards import KINDS
from matcher.network import Network
from matcher.taxonomy import taxonomy

LISTED = 500  # referrals of one list
DAY = click.DateTime(["%Y-%m-%d"])
RESULTS = {"open": "open", "won": "won", "done": "work is done", "nowhere": "went nowhere"}
KINDS_OF_THANKS = {"at_once": "thanks", "again": "thanks again, now that the work is done", "publicly": "public thanks"}


@click.argument("prospect", default="")
@click.option("--business", "business_id", type=int, help="The number of the business that sent them, or got them.")
@click.option("--client", "person_id", type=int, help="The number of the client who sent them, or got them.")
@click.option("--given", is_flag=True, help="We sent them; else they were sent to us.")
@click.option("--service", default="", help="What it is about, such as 'roofer'.")
@click.option("--because", default="", help="Why they sent them, in their own words.")
@click.option("--asked", "asked_how", type=click.Choice(get_args(AskedHow)[1:]), default=None, help="How we had asked.")
@click.option("--number", "referral_id", type=int, help="Of a referral that you know already: show it, or change it.")
@click.option("--result", type=click.Choice(get_args(Result)), default=None, help="What became of it.")
@click.option("--value", type=DOLLARS, default=None, help="What it brought, in dollars.")
@click.option("--on", type=DAY, default=None, help="The day it happened, such as 2026-03-02; else today.")
@click.option("--undo", is_flag=True, help="Take it back.")
def referral(
    network: Network, *, prospect: str, referral_id: int | None, undo: bool, as_json: bool, **told: Any
) -> None:
    """Keep a referral, or say what became of one.

    For example: `referral "Joe Park" --business 12 --service roofer`, and later `referral --number 5 --result done`.
    """
    if undo and referral_id is not None:
        network.remove_referral(referral_id)
        return print_json({"removed": referral_id}) if as_json else out.print(f"Referral {referral_id} is taken back.")
    card = network.referral(referral_id if referral_id is not None else _add(network, prospect, told))
    if referral_id is not None and told["result"]:
        card = network.note_result(referral_id, told["result"], cents(told["value"]), on=_day(told["on"]))
    if as_json:
        return print_json(asdict(card))
    _show(card)
    for one in network.fallbacks(card.referral_id):
        indent(f"or {one.name} (business {one.business_id}): {one.sentence}")


@click.argument("text", default="")
@click.option("--given/--received", default=None, help="Only those that we gave, or received.")
@click.option("--result", "results", type=click.Choice(get_args(Result)), multiple=True, help="Only with this result.")
@click.option("--owed", is_flag=True, help="Only those for which thanks are owed.")
@to_file()
def referrals(network: Network, *, target: Path | None, as_json: bool, **wanted: Any) -> None:
    """List referrals, the newest first; TEXT is looked for in the names. Or write them to a file."""
    asked = ReferralsWanted(**wanted)
    if target is not None:
        return keep_file(target, network.export_referrals(form_of(target), asked), as_json)
    found = network.referrals(asked, limit=LISTED)
    if as_json:
        return print_json(asdict(found))
    for card in found.referrals:
        _show(card)
    out.print(
        f"{found.total:,} in all, worth ${found.value_cents / 100:,.0f}; thanks owed for {found.owed:,}.", style="dim"
    )


@click.argument("referral_id", type=int)
@click.option("--again", "kind", flag_value="again", help="The second thanks, when the work is done.")
@click.option("--publicly", "kind", flag_value="publicly", help="Where everybody reads it, when they welcome that.")
@click.option("--with", "reward", type=click.Choice(KINDS), default=None, help="Something that you gave along.")
@click.option("--value", type=DOLLARS, default=0, help="What it cost, in dollars.")
@click.option("--outcome", default="", help="What came of it, for the words to say.")
@click.option("--words", "words_only", is_flag=True, help="Only print words to say, and what may be given.")
@click.option("--undo", is_flag=True, help="Take it back.")
def thank(network: Network, *, referral_id: int, kind: Any, undo: bool, as_json: bool, **told: Any) -> None:
    """Keep that you thanked for a referral, and what you gave along, when no rule forbids it."""
    kind, card = kind or "at_once", network.referral(referral_id)
    if told["words_only"]:
        return _show_words(network, card, kind, told["outcome"], as_json)
    gift = GiftTold(reward=told["reward"], value_cents=cents(told["value"]) or 0) if told["reward"] else None
    card = network.unthank(referral_id, kind) if undo else network.thank(referral_id, kind, gift=gift)
    if as_json:
        return print_json(asdict(card))
    _show(card)


def sources(network: Network, *, as_json: bool) -> None:
    """Show who sends you clients, how it is spread, and where you give more than you get."""
    found = network.sources()
    if as_json:
        return print_json(asdict(found))
    for row in found.sources:
        out.print(Text.assemble((row.name, "bold"), f"  {row.kind}{f', {row.grade}' if row.grade else ''}"))
        worth = f"${row.received_cents / 100:,.0f}"
        indent(f"received {row.received} ({worth}), counts {row.weight:.2f} today; given {row.given}")
        if row.leaning == "we_give":
            indent(f"You give more than you get. {_cause(row.care.why_not)}")
        if row.advice:
            indent(row.advice, "dim")
    for sentence in (found.concentration.sentence, found.mix_sentence, found.asks_sentence, found.rule):
        if sentence:
            out.print(sentence)


def _add(network: Network, prospect: str, told: dict[str, Any]) -> int:
    if (told["business_id"] is None) == (told["person_id"] is None):
        raise Invalid("business", "Please say who sent them, or got them: --business or --client with a number.")
    return network.add_referral(
        ReferralTold(
            given=told["given"],
            whose=Whose(told["business_id"], told["person_id"]),
            prospect=prospect,
            service=service_code(told["service"], "service") if told["service"] else "",
            referred_on=_day(told["on"]),
            because=told["because"],
            asked_how=told["asked_how"] or "",
            result=told["result"] or "open",
            value_cents=cents(told["value"]),
        )
    )


def _day(told: datetime | None) -> Any:
    return told.date() if told else None


def _show(card: ReferralCard) -> None:
    way = "to" if card.given else "from"
    about = f" ({taxonomy().services[card.service].name})" if card.service in taxonomy().services else ""
    worth = f", ${card.value_cents / 100:,.0f}" if card.value_cents is not None else ""
    out.print(Text.assemble((f"{card.referral_id}. {card.prospect}", "bold"), f"  {way} {card.name}{about}"))
    indent(f"{card.referred_on}: {RESULTS[card.result]}{worth}")
    for due in card.owed:
        indent(f"{'Overdue' if due.overdue else 'Owed'} since {due.since}: {KINDS_OF_THANKS[due.kind]}")


def _show_words(network: Network, card: ReferralCard, kind: Any, outcome: str, as_json: bool) -> None:
    words = network.thank_draft(card.referral_id, kind, outcome=outcome)
    safe: SafeThanks = network.safe_thanks(card.whose)
    if as_json:
        return print_json({"draft": asdict(words), "thanks": asdict(safe)})
    out.print(words.text)
    for way in safe.ways:
        left = "" if way.left_cents is None else f", {way.left_cents / 100:,.2f} {way.currency} left"
        source = f" [{way.source}]" if way.source else ""
        indent(f"{way.reward}: {way.verdict}{left}. {way.reason}{source}")


def _cause(why_not: str) -> str:
    return (
        f"Cause: {why_not.replace('_', ' ')}."
        if why_not
        else "Ask yourself why: may they not, or do they not know how?"
    )
