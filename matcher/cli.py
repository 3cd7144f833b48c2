"""The command `switchboard`: parse, call `Network`, show. Decides nothing."""

import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

import click
from rich.table import Table
from rich.text import Text

from matcher.answers.imported import About, Imported, Preview
from matcher.answers.partners import RADIUS_KM, Filters, Home, Shortlist
from matcher.chapters.exporting import EXPORTED, Listed
from matcher.coach_kit.services import name_of
from matcher.commands.agenda import agenda, moment, sale, task
from matcher.commands.clients import client, clients, need
from matcher.commands.coaching import coach_commands
from matcher.commands.competition import overflow, rule, unrule
from matcher.commands.connecting import broker, connectors, contact, contacts, tie
from matcher.commands.coverage import assign, coverage, heard, recruit
from matcher.commands.days import zone
from matcher.commands.giving import deals, people, programme
from matcher.commands.introducing import introduce, introduction, introductions
from matcher.commands.inviting import call, calls
from matcher.commands.keeping import bring_back, erase, person, restore
from matcher.commands.merging import duplicates, merge, unmerge
from matcher.commands.motivation import motivation
from matcher.commands.notes import needs, note
from matcher.commands.plan import plan
from matcher.commands.posting import outbox, post
from matcher.commands.referrals import referral, referrals, sources, thank
from matcher.commands.rosters import roster, rosters
from matcher.commands.suggestions import show_explanation, show_shortlist
from matcher.commands.teaching import kit
from matcher.commands.terminal import KM, form_of, keep_file, out, service_code, to_file
from matcher.commands.terminal import indent as _indent
from matcher.commands.terminal import print_json as _print_json
from matcher.errors import Invalid, MatcherError
from matcher.knowledge.places import find_place
from matcher.network import Network, open_network
from matcher.settings import BASE_URL, DATABASE, Settings, secret_from
from matcher.store import Store
from matcher.store.accounts import Accounts
from matcher.taxonomy import taxonomy
from matcher.units import SHARED, now_utc

STOPPED_BY = (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM))  # the last: a closed window


def main() -> None:
    """Run the command; what a user can put right is one sentence and exit code 2."""
    try:
        switchboard(standalone_mode=False)
    except MatcherError as error:
        click.echo(f"switchboard: {error.sentence}", err=True)
        sys.exit(2)
    except OSError as error:
        click.echo(f"switchboard: {_about_file(error)}", err=True)
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)


def _about_file(error: OSError) -> str:
    """What the system says against a file, a folder or a port, as a sentence."""
    said = error.strerror or str(error).rstrip(".")
    return f"“{error.filename}” cannot be used: {said}." if error.filename else f"The system says: {said}."


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="switchboard")
def switchboard() -> None:
    """Find the businesses that serve your kind of client without competing with you, and see why."""


@switchboard.command()
def demo() -> None:
    """Open a made-up town with suggestions in your browser; nothing is kept afterwards."""
    from webapp.serving import demo as open_town  # the web app is not loaded for the other commands

    for number in STOPPED_BY:
        signal.signal(number, _stop)
    with TemporaryDirectory(prefix="switchboard-") as folder:
        open_town(Path(folder), _show_demo)


def _stop(*_: object) -> None:
    """End well, at whatever moment and by whomever it is stopped; once, so that the folder is cleared in peace."""
    for number in STOPPED_BY:
        signal.signal(number, signal.SIG_IGN)
    sys.exit(0)


def _show_demo(answer: Shortlist, link: str) -> None:
    out.print("Wrenfield is a made-up town. You are Ana Torres, who arranges mortgages for first-time home buyers.\n")
    show_shortlist(answer)
    out.print("\nSee the rest in your browser. This link signs you in once, on this machine only:")
    click.echo(f"\n  {link}\n")
    out.print("Stop with Ctrl+C.", style="dim")
    sys.stdout.flush()


@switchboard.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8320, show_default=True, help="Port to listen on.")
def serve(host: str, port: int) -> None:
    """Serve the web app.

    Needs SWITCHBOARD_SECRET_KEY (32 random characters or more), SWITCHBOARD_BASE_URL (where people reach it) and
    SWITCHBOARD_TRUSTED_PROXIES (how many proxies are in front; 0 for none). The README explains all settings.
    """
    from webapp import create_app
    from webapp.serving import serve as run

    run(create_app(Settings.from_environment()), host, port)


@switchboard.command()
@click.argument("email")
@click.option("--name", default="", help="What to call the new network.")
@click.option("--database", envvar="SWITCHBOARD_DATABASE", default=DATABASE, show_default=True, help="Its URL.")
@click.option("--base-url", envvar="SWITCHBOARD_BASE_URL", default=BASE_URL, help="Where people reach the web app.")
def account(email: str, name: str, database: str, base_url: str) -> None:
    """Make an account with a network of its own, and print a link that signs in once.

    For an address that has an account, only a new link is printed: use it when somebody has lost the password.
    """
    store = Store(database)
    store.upgrade()
    accounts = Accounts(store)
    click.echo(f"{base_url.rstrip('/')}/enter/{accounts.invite(email, name, now=now_utc())}")
    for membership in accounts.memberships(accounts.find_account(email) or 0):
        if membership.role != "coach":
            click.echo(f"For the other commands: --network {membership.network_id}", err=True)


def on_network(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command its network: `--database` and `--network`, and `--json` for the API's form of the answer."""

    @click.option("--database", envvar="SWITCHBOARD_DATABASE", default=DATABASE, show_default=True, help="Its URL.")
    @click.option("--network", "number", default=SHARED, help="A network's number; without it, the shared directory.")
    @click.option("--json", "as_json", is_flag=True, help="Print the API's form.")
    @wraps(command)
    def opened(database: str, number: int, **options: Any) -> None:
        with closing(open_network(database, number, secret=secret_from())) as network:
            command(network, **options)

    return opened


def described_home(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command be asked for a home business that is only described, not stored."""

    @click.option("--sells", multiple=True, help="A service, such as 'mortgage broker'; may be given several times.")
    @click.option("--to", "markets", multiple=True, help="A target market, such as 'first-time home buyers'.")
    @click.option("--near", default="", help="City or ZIP, such as 'Tucson, AZ', or 'latitude,longitude'.")
    @click.option("--radius-km", type=KM, default=RADIUS_KM, show_default=True, help="How far clients come from.")
    @wraps(command)
    def described(
        *args: Any, sells: Sequence[str], markets: Sequence[str], near: str, radius_km: float, **o: Any
    ) -> None:
        home = _home(sells, markets, near, radius_km) if sells else None
        command(*args, home=home, **o)

    return described


def _home(sells: Sequence[str], markets: Sequence[str], near: str, radius_km: float) -> Home:
    place = find_place(near) if near else None
    if near and place is None:
        raise Invalid("near", f"“{near}” is not a place we know. Try a US city with its state, a ZIP, or 'lat,lon'.")
    return Home(
        services=dict.fromkeys((service_code(text, "sells") for text in sells), 1.0),
        markets=tuple(_market(text) for text in markets),
        place=place.name if place else "",
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        radius_km=radius_km,
    )


def _market(text: str) -> str:
    found = taxonomy().find_market(text)
    if found is None:
        raise Invalid("to", f"“{text}” is not a market we know. Try other words, such as “first-time home buyers”.")
    return found


@switchboard.command()
@on_network
@described_home
@click.option("--group", "groups", multiple=True, help="Only services of this group, such as 'law'.")
@click.option("--within-km", type=KM, help="Not farther away than this.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, EXPORTED), help="How many.")
def suggest(
    network: Network, *, home: Home | None, groups: tuple[str, ...], within_km: float | None, limit: int, as_json: bool
) -> None:
    """Suggest partners, with what is in it for both sides."""
    for group in set(groups) - taxonomy().groups.keys():
        known = ", ".join(taxonomy().groups)
        raise Invalid("group", f"“{group}” is not a group of services. The groups are: {known}.")
    answer = network.suggestions(Filters(groups=groups, within_km=within_km), limit=limit, home=home)
    if as_json:
        return _print_json(asdict(answer))
    show_shortlist(answer)


@switchboard.command()
@on_network
@described_home
@click.argument("business_id", type=int)
def why(network: Network, *, business_id: int, home: Home | None, as_json: bool) -> None:
    """Explain why a business is suggested, or why not, and what would change it."""
    answer = network.why(business_id, home=home)
    if as_json:
        return _print_json(asdict(answer))
    show_explanation(answer)


@switchboard.command()
@click.option("--json", "as_json", is_flag=True, help="Print the API's form.")
def how(as_json: bool) -> None:
    """Explain how suggestions are worked out: what counts, how heavily, and where each number comes from."""
    found = Network.factors()
    if as_json:
        return _print_json([asdict(one) for one in found])
    out.print("A score is a product of factors, each taken to its power; the numbers behind them follow.")
    table = Table("what", "means", "weight", "comes from")
    for one in found:
        table.add_row(one.name.replace("_", " ").lower(), one.sentence, f"{one.weight:g}", one.source)
    out.print(table)


@switchboard.command()
@on_network
@click.argument("text")
def understand(network: Network, *, text: str, as_json: bool) -> None:
    """Say which services somebody's words mean, such as "my roof is leaking"; ask when it is not clear."""
    answer = network.understand(text)
    if as_json:
        return _print_json(asdict(answer))
    out.print(answer.sentence)
    added = network.programme_services()
    for guess in answer.guesses:
        _indent(f"{name_of(guess.service, added)} ({guess.confidence:.0%})  {guess.why}")


@switchboard.command()
@on_network
@described_home
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, EXPORTED), help="How many.")
def one_sided(network: Network, *, home: Home | None, limit: int, as_json: bool) -> None:
    """List who is near and no competitor but helps one side only, or neither, and what would change it."""
    answer = network.one_sided(limit=limit, home=home)
    if as_json:
        return _print_json(asdict(answer))
    for one in answer.businesses:
        out.print(Text.assemble((one.name, "bold"), f"  {one.sentence}"))
        for change in one.changes:
            _indent(change, "dim")
    out.print(f"{answer.total:,} in all.", style="dim")


@switchboard.command("import")
@on_network
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--clients", "about", flag_value="clients", help="The file holds your clients and what they need.")
@click.option("--contacts", "about", flag_value="contacts", help="The file holds people you know: an address book.")
@click.option("--yes", is_flag=True, help="Store it without asking.")
def import_(network: Network, *, file: Path, about: About | None, yes: bool, as_json: bool) -> None:
    """Bring in a file of businesses, of clients or of contacts: CSV in any form, .csv.gz, Excel, OpenDocument, vCard.

    Contacts may also be a list of names, one a line, or the zip file that LinkedIn sends.
    """
    preview = network.stage(file.name, file.read_bytes(), about or "businesses")
    if not yes:
        _show_preview(preview)
        shared = network.id == SHARED and preview.about == "businesses"
        where = "the shared directory, which all networks see" if shared else f"network {network.id}"
        if not click.confirm(f"Store these rows in {where}?"):
            network.undo_import(preview.import_id)
            return out.print("Nothing was stored.")
    answer = network.store_import(preview.import_id)
    if as_json:
        return _print_json(asdict(answer))
    _show_imported(answer)


def _show_preview(preview: Preview) -> None:
    out.print(f"{preview.file_name}: {preview.form}, {preview.rows:,} rows")
    table = Table("column", "is", "because")
    for guess in preview.columns:
        table.add_row(guess.header, guess.field or "(left out)", guess.why)
    out.print(table)


def _show_imported(answer: Imported) -> None:
    kept = f"{answer.rows:,} rows: {answer.stored:,} stored, {answer.same:,} known already"
    out.print(f"Import {answer.import_id}: {kept}, {answer.problems:,} kept out by a problem.")
    for problem in answer.listed[:20]:
        out.print(f"  line {problem.line}: {problem.sentence}", style="dim")


@switchboard.command()
@on_network
@click.argument("import_id", type=int)
def undo(network: Network, *, import_id: int, as_json: bool) -> None:
    """Take a whole import out again; businesses that somebody has decided on stay."""
    answer = network.undo_import(import_id)
    if as_json:
        return _print_json(asdict(answer))
    out.print(f"Import {answer.import_id} ({answer.file_name}) is undone.")


@switchboard.command()
@on_network
@described_home
@click.argument("what", type=click.Choice(get_args(Listed)), required=False)
@click.option("--all", "whole", is_flag=True, help="The whole network, as a .zip for `restore`.")
@to_file(required=True)
def export(network: Network, *, what: Any, whole: bool, target: Path, home: Home | None, as_json: bool) -> None:
    """Write a whole list to a CSV or XLSX file; who has an address also as .vcf (address book) and .pdf.

    With --all, everything of a network but passwords and links, for another installation.
    """
    if whole == bool(what):
        raise Invalid("what", "Please say which list, or --all for the whole network.")
    if whole != (target.suffix.lower() == ".zip"):
        raise Invalid("to_file", "The whole network is a .zip; a list is a .csv, .xlsx, .vcf or .pdf.")
    content = network.export_network() if whole else network.export(what, form_of(target), home=home)
    keep_file(target, content, as_json)


@switchboard.command()
@on_network
def check(network: Network, *, as_json: bool) -> None:
    """Look whether the installation is fit for use; exit code 1 if something has to be done."""
    found = network.check()
    if as_json:
        _print_json([asdict(one) for one in found])
    else:
        for one in found:
            out.print(f"{'ok  ' if one.passed else 'FAIL'}  {one.name}: {one.sentence}")
    if not all(one.passed for one in found):
        sys.exit(1)


for command in (
    *(note, needs, motivation, rule, unrule, described_home(overflow)),
    *(client, clients, need, coverage, assign, recruit, heard, call, calls, plan, kit, outbox),
    *(agenda, task, sale, moment),
    *(referral, referrals, thank, sources),
    *(introduce, introductions, introduction),
    *(contact, contacts, tie, connectors, broker),
    *(person, erase, bring_back, restore, roster, rosters, zone),
    *(duplicates, merge, unmerge),
    *(programme, deals),
):
    switchboard.command()(on_network(command))
switchboard.command("list")(on_network(people))
switchboard.add_command(post)
switchboard.add_command(coach_commands(on_network))
