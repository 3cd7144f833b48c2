"""The commands about mail; `cli` gives `outbox` its network."""

from dataclasses import asdict

import click
from rich.text import Text

from matcher.answers.posted import MailCard
from matcher.commands.terminal import indent, out, print_json
from matcher.errors import Invalid
from matcher.network import Network
from matcher.postman import Postman
from matcher.settings import DATABASE, secret_from
from matcher.store import Store

STATES = {
    "queued": "goes out soon",
    "sending": "going out now",
    "sent": "sent",
    "refused": "refused",
    "unknown": "nobody knows whether it arrived",
    "stopped": "held back",
}


@click.option("--stop", "stopped", type=int, help="Hold a mail back by its number, as long as it is queued.")
@click.option("--again", type=int, help="Send a mail again by its number: it was refused, held back, or nobody knows.")
@click.option("--arrived", type=int, help="Say of a mail by its number that it arrived, when nobody knew.")
def outbox(network: Network, *, stopped: int | None, again: int | None, arrived: int | None, as_json: bool) -> None:
    """List the mail that you let go, and what became of it."""
    for number, act in (
        (stopped, network.stop_mail),
        (again, network.send_mail_again),
        (arrived, network.note_arrived),
    ):
        if number is not None:
            act(number)
    found = network.outbox()
    if as_json:
        return print_json(asdict(found))
    if not found.mails:
        out.print("Nothing has gone out yet. Drafts are sent in the web app, once you have read them.")
    for mail in found.mails:
        _show(mail)
    out.print(f"{found.left_today} more may go within a day.", style="dim")


def _show(mail: MailCard) -> None:
    to = " and ".join(filter(None, (mail.to_email, mail.also_email)))
    out.print(Text.assemble((f"{mail.mail_id}. {mail.subject}", "bold"), f"  {to}: {STATES[mail.state]}"))
    if mail.said:
        indent(mail.said, "dim")


@click.command()
@click.option("--database", envvar="SWITCHBOARD_DATABASE", default=DATABASE, show_default=True, help="Its URL.")
@click.option("--base-url", envvar="SWITCHBOARD_BASE_URL", default="", help="Where people reach the web app.")
def post(database: str, base_url: str) -> None:
    """Send the mail of all networks that is due, once; `serve` does it by itself.

    Needs SWITCHBOARD_SECRET_KEY and SWITCHBOARD_BASE_URL, the same as `serve`.
    """
    if not base_url:
        raise Invalid("base_url", "Please set SWITCHBOARD_BASE_URL: the links in a mail have to lead somewhere.")
    store = Store(database, secret=secret_from())
    store.upgrade()
    attempts = Postman(store, base_url).work()
    store.engine.dispose()
    out.print(f"{attempts} {'attempt' if attempts == 1 else 'attempts'}.")
