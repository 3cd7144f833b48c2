"""Coverage: how much of what clients need the network fills, by whom, where the gaps are and what would close them."""

from typing import Any

from flask import Blueprint, Response, g
from flask.typing import ResponseReturnValue

from matcher.answers.covered import Assignment, Coverage, Standing
from matcher.errors import Conflict
from matcher.lists.letters import Form
from webapp.access import access
from webapp.bars import STATES, segments, state_rows
from webapp.downloads import download
from webapp.filters import service_name
from webapp.matrix import matrix
from webapp.next_steps import gap_shown, headline, next_steps
from webapp.pages import page
from webapp.trend import trend

pages = Blueprint("coverage", __name__)

EXPECTED = 8  # services shown of those to expect; the file holds all
TRACE = 0.05  # needs a year below which nobody can expect anything


@pages.get("/coverage")
@access(GET="member")
def show() -> ResponseReturnValue:
    """The answer first, then its pictures, the gaps, and what is to come."""
    try:
        standing: Standing = g.network.standing()
    except Conflict:
        return page("suggestions_start.html", title="Coverage")
    found, assigned = standing.coverage, standing.assignment
    return page(
        "coverage.html",
        title="Coverage",
        headline=headline(found.sentence),
        found=found,
        steps=next_steps(found),
        drawn=bars(assigned),
        matrix=matrix(found, assigned.needs),
        gaps=[gap_shown(gap) for gap in found.gaps],
        lone=[(code, service_name(code)) for code in found.lone],
        expected=_expected(found),
        trend=trend(found.trend),
    )


@pages.get("/coverage.<any(csv, xlsx):form>")
@access(GET="member")
def export(form: Form) -> Response:
    """The matrix with its gaps as a file."""
    return download(g.network.export("coverage", form), "coverage", form)


def bars(assigned: Assignment) -> dict[str, Any]:
    """The two bars and their numbers: by count and by value."""
    rows = state_rows(assigned.needs)
    return {
        "titles": STATES,
        "rows": rows,
        "count": segments({row.state: row.needs for row in rows}),
        "value": segments({row.state: row.cents for row in rows}),
    }


def _expected(found: Coverage) -> list[tuple[str, str, float]]:
    """Service, needs to expect within a year in words, and these as a share of the most."""
    ordered = sorted(found.expected.items(), key=lambda pair: (-pair[1], pair[0]))[:EXPECTED]
    most = max((needs for _, needs in ordered), default=1.0)
    return [(code, f"about {needs:.1f}", needs / most) for code, needs in ordered if needs >= TRACE]
