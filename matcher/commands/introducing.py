"""The commands about introductions; `cli` gives them their network."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, get_args

import click
from rich.text import Text

from matcher.answers.introduced import (
    INTRODUCTION_STAGES,
    ROLES,
    IntroductionCard,
    IntroductionTold,
    MessageToBoth,
    Reply,
    Role,
)
from matcher.answers.quick_note import Draft
from matcher.answers.whose import Whose
from matcher.commands.terminal import DOLLARS, cents, form_of, indent, keep_file, out, print_json, service_code, to_file
from matcher.errors import Invalid
from matcher.network import Network
from matcher.settings import BASE_URL

STEPS = (
    *("ask", "remind", "answer", "undo-answer", "withdraw", "undo-withdraw"),
    *("connect", "undo-connect", "met", "worked", "nowhere", "report", "show"),
)


@dataclass(frozen=True, slots=True)
class Passed:
    """A link to pass on, told this once, and the words to send with it."""

    link: str
    draft: Draft


@click.argument("first")
@click.argument("target")
@click.option("--for-us", is_flag=True, help="FIRST is to introduce you to TARGET.")
@click.option("--need", "need_id", type=int, help="The number of the client's need that it is about.")
@click.option("--service", default="", help="What it is about, such as 'roofer'; a need says it by itself.")
@click.option("--why", "first_reason", default="", help="Why FIRST would like it, as they read it.")
@click.option("--why-target", "target_reason", default="", help="Why TARGET would like it, as they read it.")
def introduce(network: Network, *, first: str, target: str, service: str, as_json: bool, **told: Any) -> None:
    """Draft an introduction of two, each as `client:3` or `business:5`; nobody is asked yet.

    Then `introduction NUMBER ask --side first` gives the link and the words for the one you ask first.
    """
    told |= {"first": _whose("first", first), "target": _whose("target", target)}
    told["service"] = service_code(service, "service") if service else ""
    _show(network.introduction(network.draft_introduction(IntroductionTold(**told))), as_json)


@click.option("--stage", "stages", multiple=True, type=click.Choice(INTRODUCTION_STAGES), help="Only in this stage.")
@to_file()
def introductions(network: Network, *, stages: Any, target: Path | None, as_json: bool) -> None:
    """List introductions, the newest first, with what to do next; or write them to a file."""
    if target is not None:
        return keep_file(target, network.export("introductions", form_of(target), stages=stages), as_json)
    found = network.introductions(stages)
    if as_json:
        return print_json([asdict(card) for card in found])
    if not found:
        out.print("No introductions yet. Draft one with `switchboard introduce FIRST TARGET`.")
    for card in found:
        _show(card, as_json)


@click.argument("introduction_id", metavar="NUMBER", type=int)
@click.argument("step", type=click.Choice(STEPS), default="show")
@click.option("--side", "role", type=click.Choice(ROLES), default="first", show_default=True, help="Which of the two.")
@click.option("--said", type=click.Choice(get_args(Reply)), help="With `answer`: what they said to you.")
@click.option("--words", default="", help="With `answer`: their words.")
@click.option("--value", type=DOLLARS, default=None, help="With `worked`: what it brought, in dollars.")
@click.option("--base-url", envvar="SWITCHBOARD_BASE_URL", default=BASE_URL, help="Where people reach the web app.")
def introduction(
    network: Network,
    *,
    introduction_id: int,
    step: str,
    role: Role,
    said: Any,
    words: str,
    value: float | None,
    base_url: str,
    as_json: bool,
) -> None:
    """Take the next step of an introduction, and show where it stands.

    `ask` and `remind` print a private link with the words for it, `report` the same to hear what came of it; `answer`
    notes what somebody told you, `connect` that you introduced them, which a message that went out to both notes by
    itself, and `undo-connect` takes that back; `met`, `worked`, `nowhere` what you know yourself.
    `undo-answer` takes back what you noted by mistake, and prints a new link; after `undo-withdraw`, `ask` does.
    """
    number = introduction_id
    if step in ("ask", "remind", "report", "undo-answer"):
        return _show_passed(_passed(network, number, step, role, base_url.rstrip("/")), as_json)
    if step == "answer" and said is None:
        raise Invalid("said", "Please say what they answered: --said yes, no or later.")
    acts: dict[str, Callable[[], object]] = {
        "answer": lambda: network.note_answer(number, role, said, words),
        "withdraw": lambda: network.withdraw(number),
        "undo-withdraw": lambda: network.undo_withdraw(number),
        "connect": lambda: network.connect(number),
        "undo-connect": lambda: network.undo_connect(number),
        "met": lambda: network.met(number),
        "worked": lambda: network.close_introduction(number, "worked", cents(value)),
        "nowhere": lambda: network.close_introduction(number, "nowhere"),
        "show": lambda: None,
    }
    acts[step]()
    card = network.introduction(number)
    _show(card, as_json)
    if card.stage == "agreed" and not as_json:
        _show_both(network.message_to_both(number))


def _passed(network: Network, number: int, step: str, role: Role, base_url: str) -> Passed:
    if step in ("ask", "undo-answer"):
        token = network.ask(number, role) if step == "ask" else network.undo_answer(number, role).token
        link = f"{base_url}/ask/{token}"
        return Passed(link, network.ask_draft(number, role, link))
    if step == "remind":
        link = f"{base_url}/ask/{network.remind(number, role)}"
        return Passed(link, network.reminder_draft(number, role, link))
    link = f"{base_url}/outcome/{network.ask_what_came(number, role)}"
    return Passed(link, network.outcome_draft(number, role, link))


def _show_passed(passed: Passed, as_json: bool) -> None:
    if as_json:
        return print_json(asdict(passed))
    out.print(Text(passed.draft.subject, "bold"))
    click.echo(passed.draft.text)


def _show_both(message: MessageToBoth) -> None:
    """The message that makes two known to each other, and to whom it goes."""
    indent(message.not_by_mail or f"To: {message.first.email}, {message.target.email}")
    indent(message.subject)
    indent(message.text)


def _show(card: IntroductionCard, as_json: bool) -> None:
    if as_json:
        return print_json(asdict(card))
    names = f"{card.introduction_id}. {card.first.name} and {card.target.name}"
    out.print(Text.assemble((names, "bold"), f"  {card.stage.replace('_', ' ')}"))
    indent(card.next_sentence)
    for stop in card.stops:
        indent(stop)


def _whose(field: str, text: str) -> Whose:
    kind, _, number = text.partition(":")
    if kind not in ("client", "business") or not (number.isascii() and number.isdigit()):
        raise Invalid(field, "Please name the two as client:NUMBER or business:NUMBER.")
    return Whose(business_id=int(number)) if kind == "business" else Whose(person_id=int(number))
