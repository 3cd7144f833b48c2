"""How suggestions work: every factor and number of the score, and one score worked out line by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import exp, fsum

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue

from matcher.answers.partners import Explanation, Factor, Kind
from webapp.access import access
from webapp.cards import TERMS, Line, source_url, wrong_url
from webapp.pages import page

pages = Blueprint("how", __name__)

DIGITS = 18  # of the largest number that a business may have


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of the arithmetic: a term as a logarithm and as a factor, and the score so far."""

    name: str
    title: str
    line: Line
    ln: str
    times: str
    score: str


TABLES: dict[Kind, tuple[str, str, str]] = {  # title, sentence, what the number is called
    "factor": (
        "What counts",
        "Each multiplies the clients that one side could send, or what they are worth, or both. "
        "The power says how heavily: 1 is as it is, 0.2 much more gently.",
        "Power",
    ),
    "odds": ("What makes a yes likelier", "Each adds to the log odds that a side says yes.", "Weight"),
    "number": (
        "The numbers behind it",
        "“prior” means chosen by judgement, to be replaced as soon as something better is measured. "
        "A command means that anyone can measure it again.",
        "Number",
    ),
}


@pages.get("/how")
@access(GET="member")
def show() -> ResponseReturnValue:
    """The explanation, with the business that is asked for as its example, else the best suggestion."""
    asked = request.args.get("business", "")
    is_number = asked.isascii() and asked.isdigit() and len(asked) <= DIGITS
    found = g.network.example(int(asked) if is_number else None)
    told = g.network.factors()
    return page(
        "how.html",
        title="How suggestions work",
        found=found,
        steps=steps(found),
        total=f"{fsum(term.weight for term in found.terms):+.4f}",
        baseline=figure(found.baseline_score),
        score=figure(found.suggestion.score) if found.suggestion else "",
        tables=[(*words, _rows(told, kind)) for kind, words in TABLES.items() if any(one.kind == kind for one in told)],
        number={one.name: one.weight for one in told},
    )


def _rows(told: Sequence[Factor], kind: Kind) -> list[tuple[Factor, str, str]]:
    """Each row with its title (a number has none) and its weight."""
    rows = [one for one in told if one.kind == kind]
    titled = kind != "number"
    return [(one, TERMS.get(one.name, _title(one.name)) if titled else "", figure(one.weight)) for one in rows]


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()


def steps(found: Explanation) -> list[Step]:
    """The terms as a sum that can be followed with a calculator, from the middle of the list to the score."""
    done, so_far = [], 0.0
    for term in found.terms:
        so_far += term.weight
        done.append(
            Step(
                name=term.term,
                title=TERMS.get(term.term, _title(term.term)),
                line=Line(
                    term.sentence,
                    source_url(term.source, found.business_id),
                    wrong_url(term.source, found.business_id),
                ),
                ln=f"{term.weight:+.4f}",
                times=figure(exp(term.weight)),
                score=figure(found.baseline_score * exp(so_far)),
            )
        )
    return done


def figure(number: float) -> str:
    """A number to four digits, written out: 0.00004123."""
    return f"{Decimal(f'{number:.4g}'):f}"
