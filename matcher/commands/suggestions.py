"""How commands print suggestions and what stands behind them."""

from rich.table import Table
from rich.text import Text

from matcher.answers.partners import Explanation, Shortlist, Suggestion
from matcher.commands.terminal import indent, out
from matcher.taxonomy import taxonomy


def show_shortlist(answer: Shortlist) -> None:
    """Print suggestions with their reasons."""
    if not answer.suggestions:
        out.print("No suggestions yet. Import a directory, or widen the filters.")
    for suggestion in answer.suggestions:
        _show_suggestion(suggestion)
    out.print(f"{answer.total:,} suggestions from {answer.considered:,} businesses.", style="dim")
    for cause, count in answer.left_out.items():
        out.print(f"  left out: {count:,} {cause}", style="dim")


def _show_suggestion(suggestion: Suggestion) -> None:
    names = ", ".join(taxonomy().services[code].name for code in suggestion.services[:3])
    where = f" · {suggestion.distance_km:.0f} km" if suggestion.distance_km is not None else ""
    out.print(Text.assemble((f"{suggestion.rank}. {suggestion.name}", "bold"), f"  {names}{where}"))
    s = suggestion
    indent(_side("you", s.to_us_a_year, s.value_to_us_cents, s.yes_us_share), "dim")
    indent(_side("them", s.to_them_a_year, s.value_to_them_cents, s.yes_them_share), "dim")
    for reason in suggestion.reasons:
        indent(f"+ {reason.sentence}")
    if suggestion.against:
        indent(f"- {suggestion.against.sentence}", "dim")
    if suggestion.open_question:
        indent(f"? Worth finding out. {suggestion.open_question}")


def _side(whom: str, referrals: float, cents: int, yes_share: float) -> str:
    return f"For {whom}: {referrals:.1f} referrals a year, worth ${cents / 100:,.0f}; chance of a yes {yes_share:.0%}."


def show_explanation(answer: Explanation) -> None:
    """Print why a business is suggested, or why not, how far it competes and whom it would upset."""
    out.print(Text(answer.name, "bold"))
    out.print(answer.sentence)
    for upset in answer.upsets:
        out.print(Text(f"Before you say yes: {upset.sentence}", "yellow"))
    table = Table("", "side", "reason")
    for term in answer.terms:
        table.add_row(f"{term.weight:+.2f}", term.side, term.sentence)
    if answer.terms:
        out.print(table)
    for axis in answer.competitor.axes if answer.competitor else ():
        indent(f"{axis.share:>4.0%} the same {axis.axis}: {axis.sentence}")
    for change in answer.changes:
        indent(change.sentence)
