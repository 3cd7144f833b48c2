"""The start: an answer first (what the network fills, and what to do next), once there is a business to answer for."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from matcher.answers.covered import ServiceToRecruit, Standing
from matcher.answers.invited import OpenCallCard
from matcher.network import Network
from webapp.access import access, membership, store
from webapp.filters import percent, service_name
from webapp.next_steps import counted, headline, needs_url, next_steps
from webapp.pages import page
from webapp.pages.coached import unread
from webapp.pages.coverage import bars

pages = Blueprint("home", __name__)

LIKELY = 0.25  # chance within 30 days below which a need is not worth a line
COMING = 5  # needs to expect, shown
HIRED = 3  # services to recruit, shown
WORDS = ("nobody", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hire:
    """A service of which somebody would close gaps."""

    name: str
    words: str
    href: str  # its needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An open call with answers that nobody has looked at."""

    service: str
    words: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A need that nobody has said yet and that is likely soon."""

    service: str
    client: str
    href: str  # of the client's page
    chance: str
    sentence: str  # why


@pages.get("/")
@access(GET="anyone")
def show() -> ResponseReturnValue:
    """Signing in, else the first run, else the answer."""
    if not current_user.is_authenticated:
        return redirect(url_for("security.login"), 303)
    member = membership()
    if member is None:
        return page("no_network.html", title="No network yet")
    g.network = Network(store(), member.network_id)
    if g.network.home() is None:
        return redirect(url_for("first_run.show"), 303)
    standing: Standing = g.network.standing(years=False, recruits=HIRED)
    found, recruits = standing.coverage, standing.recruits
    begun = [seat for seat in g.network.picture().seats if seat.state == "courted"]
    values: dict[str, Any] = {"title": "Home", "begun": begun, "calls": _answered(), "pressing": g.network.pressing()}
    values["notes"] = unread()
    if not found.needs:
        known = g.network.clients(limit=1).total
        question = "What do your clients need?" if known else "What did a client need lately?"
        return page("home_start.html", question=question, **values)
    return page(
        "home.html",
        headline=headline(found.sentence),
        found=found,
        steps=next_steps(found),
        drawn=bars(standing.assignment),
        hired=[hire(one) for one in recruits.services[:HIRED]] if recruits else [],
        coming=_coming(),
        lone=[(code, service_name(code)) for code in found.lone],
        **values,
    )


def hire(one: ServiceToRecruit) -> Hire:
    """A service in words: how many of the directory could fill how much of what nobody fills."""
    many = WORDS[one.candidates] if one.candidates < len(WORDS) else f"{one.candidates:,}"
    needs, all_needs = len(one.need_ids), counted(len(one.need_ids)).lower()
    if not one.could:
        words = f"{all_needs}, and nobody in the directory could fill {'it' if needs == 1 else 'any of them'}."
    elif one.could == needs:
        words = f"{many} in the directory could fill {all_needs}."
    else:
        words = f"{many} in the directory could fill {one.could} of {all_needs}."
    return Hire(name=service_name(one.service), words=words.capitalize(), href=needs_url(one.service, "gap"))


def _answered() -> list[Answered]:
    """Calls that businesses have answered and that wait for the owner's word."""
    found: tuple[OpenCallCard, ...] = g.network.calls()
    waiting = [(call, sum(not one.answer for one in call.applications)) for call in found]
    return [
        Answered(
            service=service_name(call.service),
            words=f"{'One business has' if many == 1 else f'{many} businesses have'} answered your call",
            href=url_for("calls.show_call", call_id=call.call_id),
        )
        for call, many in waiting
        if many
    ]


def _coming() -> list[Coming]:
    """What is likely within 30 days."""
    return [
        Coming(
            service=service_name(one.need.service),
            client=one.client,
            href=url_for("clients.show_client", client_id=one.client_id),
            chance=percent(one.need.chance_30),
            sentence=one.need.sentence,
        )
        for one in g.network.upcoming(COMING)
        if one.need.chance_30 >= LIKELY
    ]
