"""One business: its facts, what the owner thinks of it, and why it is worth meeting, or why not."""

from math import fsum
from typing import Any

from flask import Blueprint, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from matcher.answers.partners import BusinessCard, Explanation
from matcher.chapters.suggesting import Answer, Stage
from matcher.errors import Conflict, Invalid
from webapp import forms
from webapp.access import access
from webapp.cards import (
    SAYS,
    STANDINGS,
    Line,
    axes_shown,
    card,
    factor,
    overlap_words,
    term_groups,
    upset_lines,
    wrong_url,
)
from webapp.filters import count, km, mail_link, money, phone_link, web_link
from webapp.pages import motivation, outcomes, page, room, say, vetting
from webapp.pages.suggestions import NO_REASONS

pages = Blueprint("business", __name__)

ANSWERS: dict[Answer, str] = {
    "yes": "You want to meet them",
    "later": "You want to see them later",
    "no": "You said no",
}
SAID: dict[Answer, str] = {
    "yes": "{name} is on your list to meet. Ring them this week.",
    "later": "{name} comes back in 30 days.",
    "no": "{name} will not be suggested again.",
}
RULED = {True: "You said that they compete with you.", False: "You said that they do not compete with you."}
STAGES: dict[Stage, tuple[str, str]] = {  # what a button says, what the page says afterwards
    "courted": ("We are talking again", "being courted"),
    "agreed": ("We agreed", "your partner"),
    "paused": ("Pause", "paused"),
    "ended": ("End it", "no longer your partner"),
}

PRICES = {1: "plain", 2: "middle", 3: "premium"}


@pages.get("/businesses/<int:business_id>")
@access(GET="member")
def show(business_id: int) -> ResponseReturnValue:
    """The business with every term of its score."""
    business = g.network.business(business_id)
    return page(
        "business.html",
        title=business.name,
        business=business,
        facts=_facts(business),
        services=[(code, sure, _said_by(business, code)) for code, sure in business.services.items()],
        answered=ANSWERS.get(business.verdict)
        if business.stage in (None, "courted")
        else None,  # later, the stage counts
        asks=business.verdict is None and business.stage is None,
        stage=STAGES.get(business.stage, ("", ""))[1],
        next_stages=[(code, words) for code, (words, _) in STAGES.items() if business.stage and code != business.stage],
        no_reasons=NO_REASONS,
        moves=motivation.shown(business_id),
        room=room.shown(business),
        ruled=RULED.get(business.ruled) if business.ruled is not None else "",
        checks=vetting.shown(g.network.vetting(business_id)),
        outcomes=outcomes.shown(g.network.outcomes(business_id)),
        **_explained(business_id),
    )


@pages.post("/businesses/<int:business_id>/verdict")
@access(POST="member")
def decide(business_id: int) -> Response:
    """Keep yes, later or no with its reason; the next page offers to undo it."""
    answer: Answer | None = forms.one_of(request.form, "answer", ANSWERS)  # type: ignore[assignment]
    if answer is None:
        raise Invalid("answer", "Please answer yes, later or no.")
    words = (forms.text(request.form, "reason"), forms.text(request.form, "words"))
    verdict_id = g.network.decide(business_id, answer, ": ".join(filter(None, words)))
    name = g.network.business(business_id).name
    say(SAID[answer].format(name=name), undo=url_for("business.undo", verdict_id=verdict_id), fields={"next": _next()})
    return _back(business_id)


@pages.post("/verdicts/<int:verdict_id>/undo")
@access(POST="member")
def undo(verdict_id: int) -> Response:
    """Take a verdict back."""
    g.network.undo_verdict(verdict_id)
    say("Taken back.")
    return redirect(_next() or url_for("suggestions.show"), 303)


@pages.post("/businesses/<int:business_id>/stage")
@access(POST="member")
def set_stage(business_id: int) -> Response:
    """Move a partnership along; the next page offers the stage that it had."""
    stage: Stage | None = forms.one_of(request.form, "stage", STAGES)  # type: ignore[assignment]
    before = g.network.business(business_id)
    if stage is None or before.stage is None:
        raise Invalid("stage", "Please say yes to this business first, then choose how far you are with it.")
    g.network.set_stage(business_id, stage)
    say(
        f"{before.name} is {STAGES[stage][1]}.",
        undo=url_for("business.set_stage", business_id=business_id),
        fields={"stage": before.stage, "next": _next()},
    )
    return _back(business_id)


@pages.post("/businesses/<int:business_id>/ruling")
@access(POST="member")
def rule(business_id: int) -> Response:
    """Keep the owner's word on whether a business competes; the next page offers what was said before."""
    competes = forms.one_of(request.form, "competes", ("yes", "no"))
    before = g.network.business(business_id)
    if competes is None:
        raise Invalid("competes", "Please say whether they compete with you or not.")
    g.network.rule(business_id, competes == "yes", forms.text(request.form, "reason"))
    undo, fields = url_for("business.unrule", business_id=business_id), {}
    if before.ruled is not None:
        undo = url_for("business.rule", business_id=business_id)
        fields = {"competes": "yes" if before.ruled else "no", "reason": before.ruled_because}
    say(f"{before.name}: {RULED[competes == 'yes']}", undo=undo, fields=fields)
    return _back(business_id)


@pages.post("/businesses/<int:business_id>/ruling/undo")
@access(POST="member")
def unrule(business_id: int) -> Response:
    """Take the owner's word on whether a business competes back."""
    g.network.unrule(business_id)
    say("Taken back. We go by what we know again.")
    return _back(business_id)


def _next() -> str:
    return forms.known_path(request.form.get("next")) or ""


def _back(business_id: int) -> Response:
    return redirect(_next() or url_for("business.show", business_id=business_id), 303)


def _explained(business_id: int) -> dict[str, Any]:
    """The whole explanation, once the owner has described a business to compare with."""
    try:
        found: Explanation = g.network.why(business_id)
    except Conflict as missing:
        return {"explanation": None, "missing": missing.sentence, "question": "Would you like to meet them?"}
    return {
        "explanation": found,
        "sentence": "" if found.suggestion else found.sentence,  # the terms say it better
        "question": "Would you like to meet them?" if found.suggestion else "It is still your choice:",
        "standing": STANDINGS[found.standing],
        "card": card(found.suggestion) if found.suggestion else None,
        "groups": term_groups(found),
        "product": factor(fsum(term.weight for term in found.terms)),
        "changes": [Line(c.sentence, wrong_url(c.source, business_id)) for c in found.changes],
        "common": overlap_words(found.competitor.services) if found.competitor else "",
        "competing": found.competitor.sentence if found.competitor and found.standing == "partly" else "",
        "axes": axes_shown(found.competitor.axes, business_id) if found.competitor else (),
        "upsets": upset_lines(found.upsets),
    }


def _facts(business: BusinessCard) -> list[tuple[str, str, str, str]]:
    """Name, text, safe link (or "") and own word (or "") of each fact that is known."""
    place = ", ".join(filter(None, (business.address, business.place)))
    clients, order = business.clients_a_year, business.order_value_cents
    facts = [
        ("Address", place, "", "place"),
        ("Phone", business.phone, phone_link(business.phone), ""),
        ("E-mail", business.email, mail_link(business.email), ""),
        ("Website", business.website, web_link(business.website), ""),
        ("Category", business.category, "", ""),
        ("Clients come from", f"{km(business.radius_km)} around" if business.radius_km else "", "", "radius_km"),
        ("Price level", PRICES.get(business.tier or 0, ""), "", "tier"),
        ("Clients a year", "" if clients is None else count(clients), "", "clients_a_year"),
        ("One client brings", "" if order is None else money(order), "", "order_value_cents"),
        ("Kept in", "the shared directory" if business.shared else "your network only", "", ""),
    ]
    told = business.told
    return [
        (name, text, href, field and getattr(told, field) and "you said so")
        for name, text, href, field in facts
        if text
    ]


def _said_by(business: BusinessCard, service: str) -> str:
    said = business.said_by.get(service, "")
    return SAYS.get(said, said)
