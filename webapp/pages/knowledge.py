"""Where the numbers come from: a journey with its stages, a service with its usual figures."""

from itertools import groupby

from flask import Blueprint, g
from flask.typing import ResponseReturnValue

from matcher.errors import NotFound
from matcher.knowledge.alike import ranking_check
from matcher.taxonomy import Service, taxonomy
from webapp.access import access
from webapp.filters import count, group_name, market_name
from webapp.pages import page

pages = Blueprint("knowledge", __name__, url_prefix="/about")

BUYERS = {"households": "Households", "businesses": "Businesses", "both": "Households and businesses"}
RULES = {
    "free": ("Paid referrals: no rule known to us", "No special rule is known to us. Ask before you pay anyway."),
    "restricted": (
        "Paid referrals are restricted",
        "Switchboard never computes a fee here. The rule: ",
    ),
}
JOURNEYS = 12  # shown on a service's page


@pages.get("/journey/<code>")
@access(GET="member")
def journey(code: str) -> ResponseReturnValue:
    """One journey: who goes through it, and what they need, in the order in which they need it."""
    known = taxonomy()
    found = known.journeys.get(code)
    if found is None:
        raise NotFound("There is no such journey.")
    home = g.network.home()
    stages = [
        (stage, sorted(steps, key=lambda step: -step.chance))
        for stage, steps in groupby(sorted(found.steps, key=lambda step: step.stage), key=lambda step: step.stage)
    ]
    return page(
        "journey.html",
        title=found.name,
        journey=found,
        markets=[market_name(market) for market in found.markets],
        stages=stages,
        rests_on=ranking_check().sentence,
        ours=set(home.services) if home else set(),
    )


@pages.get("/service/<code>")
@access(GET="member")
def service(code: str) -> ResponseReturnValue:
    """One service: its usual figures with what they rest on, the rule on paid referrals, what clients say."""
    found = taxonomy().services.get(code)
    if found is None:
        raise NotFound("There is no such service.")
    title, words = RULES["restricted" if found.paid_referrals != "free" else "free"]
    return page(
        "service.html",
        title=found.name,
        service=found,
        group=group_name(found.group),
        figures=_figures(found),
        rule=(title, words + found.paid_referrals_source),
        restricted=found.paid_referrals != "free",
        journeys=_journeys(code),
    )


HABITS = (  # from this share on, what `Service.refers` means
    (0.9, "often: people ask it whom else to call"),
    (0.7, "readily: it meets clients in person and is trusted"),
    (0.5, "now and then: it meets most clients once"),
    (0.3, "seldom: a shop or a desk"),
    (0.0, "hardly ever: a counter"),
)


def _figures(found: Service) -> list[tuple[str, str]]:
    return [
        ("Sells to", BUYERS[found.sells_to]),
        ("Clients a year", f"{count(found.clients_low)} to {count(found.clients_high)} for a typical small firm"),
        ("One client brings", f"${count(found.order_low_usd)} to ${count(found.order_high_usd)}"),
        ("Sends clients on to others", next(words for least, words in HABITS if found.refers >= least)),
        ("What this rests on", found.basis[0].upper() + found.basis[1:]),
    ]


def _journeys(code: str) -> list[tuple[str, str, float]]:
    """Code, name and chance of the journeys that call for a service most often."""
    calls = []
    for each in taxonomy().journeys.values():
        chance = max((step.chance for step in each.steps if step.service == code), default=0.0)
        calls.append((each.starts_per_10k * chance, each.code, each.name, chance))
    often = sorted(calls, key=lambda call: (-call[0], call[1]))[:JOURNEYS]
    return [(journey_code, name, chance) for weight, journey_code, name, chance in often if weight]
