"""Referrals: the list, one of them with its thanks, and the form."""

from typing import Any

from flask import Blueprint, Response, g, request, url_for
from flask.typing import ResponseReturnValue

from matcher.answers.referred import ReferralCard, ReferralList, ThankKind
from matcher.answers.thanked import GiftTold, SafeThanks
from matcher.answers.whose import Whose
from matcher.errors import Conflict, Invalid
from matcher.knowledge.rewards import KINDS
from matcher.lists.letters import Form
from webapp import forms
from webapp.access import access
from webapp.downloads import download
from webapp.pages import go, page, say
from webapp.referral_forms import (
    ASKED,
    DIRECTIONS,
    RESULTS,
    fields_of,
    key_of,
    query_of,
    read,
    read_wanted,
    sources_to_choose,
    thanks_said,
    whose_of,
)
from webapp.shelves import service_shelves
from webapp.thanks_shown import THANKS, about_thanks

pages = Blueprint("referrals", __name__)

SHOWN = 50  # referrals of one page
KINDS_OF_THANKS: tuple[ThankKind, ...] = ("at_once", "again", "publicly")


@pages.get("/referrals")
@access(GET="member")
def show() -> ResponseReturnValue:
    """The referrals under the filters of the URL, the newest first."""
    wanted, first = read_wanted(request.args), forms.first(request.args)
    found: ReferralList = g.network.referrals(wanted, first=first, limit=SHOWN)
    return page(
        "referrals.html",
        title="Referrals",
        found=found,
        first=first,
        limit=SHOWN,
        filtered=bool(query_of(wanted)),
        query=query_of(wanted),
        chosen=request.args,
        directions=list(DIRECTIONS.items()),
        results=[("", "Any result"), *RESULTS.items()],
        asked=[("", "However asked"), *list(ASKED.items())[1:]],
        result_words=RESULTS,
    )


@pages.get("/referrals.<any(csv, xlsx, vcf, pdf):form>")
@access(GET="member")
def export(form: Form) -> Response:
    """Exactly the filtered referrals as a file."""
    return download(g.network.export_referrals(form, read_wanted(request.args)), "referrals", form)


@pages.get("/referrals/new")
@access(GET="member")
def new() -> ResponseReturnValue:
    """The form for a new referral; the URL may choose whose it is, and in which direction."""
    values = {**request.args.to_dict(), "referred_on": g.network.today().isoformat()}
    return _form(values, whose_of(request.args, "source"))


@pages.post("/referrals")
@access(POST="member")
def add() -> ResponseReturnValue:
    """Keep a referral, with thanks that Undo brings along; the next page offers to undo it."""
    try:
        told, said = read(request.form), thanks_said(request.form)
        number = g.network.add_referral(told)
        for kind, on in said.items():
            g.network.thank(number, kind, on=max(on, told.referred_on or on))
    except Invalid as problem:
        return _form(request.form, whose_of(request.form, "source"), {problem.field: problem.sentence}, 400)
    say("Kept.", undo=url_for("referrals.remove", referral_id=number))
    return go("referrals.show_referral", referral_id=number)


@pages.get("/referrals/<int:referral_id>")
@access(GET="member")
def show_referral(referral_id: int) -> ResponseReturnValue:
    """One referral: what became of it, whom to thank and how, and who else could help when it went nowhere."""
    return _page(g.network.referral(referral_id))


@pages.post("/referrals/<int:referral_id>")
@access(POST="member")
def edit(referral_id: int) -> ResponseReturnValue:
    """Keep what the form now says; the next page offers what was there before."""
    before: ReferralCard = g.network.referral(referral_id)
    try:
        g.network.edit_referral(referral_id, read(request.form))
    except Invalid as problem:
        return _page(before, request.form, {problem.field: problem.sentence}, 400)
    say("Changed.", undo=url_for("referrals.edit", referral_id=referral_id), fields=fields_of(before))
    return go("referrals.show_referral", referral_id=referral_id)


@pages.post("/referrals/<int:referral_id>/remove")
@access(POST="member")
def remove(referral_id: int) -> ResponseReturnValue:
    """Take a referral back; the next page offers to keep it after all."""
    before: ReferralCard = g.network.referral(referral_id)
    g.network.remove_referral(referral_id)
    say(f"Taken back: {before.prospect}.", undo=url_for("referrals.add"), fields=fields_of(before))
    return go("referrals.show")


@pages.post("/referrals/<int:referral_id>/result")
@access(POST="member")
def note_result(referral_id: int) -> ResponseReturnValue:
    """Keep what became of a referral; the next page offers to undo it."""
    before: ReferralCard = g.network.referral(referral_id)
    result = forms.one_of(request.form, "result", RESULTS)
    if result is None:
        raise Invalid("result", "Please choose what became of it.")
    g.network.note_result(referral_id, result, forms.cents(request.form, "value"))
    words = RESULTS[result]  # type: ignore[index]
    say(f"Noted: {words}.", undo=url_for("referrals.edit", referral_id=referral_id), fields=fields_of(before))
    return go("referrals.show_referral", referral_id=referral_id)


@pages.post("/referrals/<int:referral_id>/thank")
@access(POST="member")
def thank(referral_id: int) -> ResponseReturnValue:
    """Keep that we said thank you, with what was given along; the next page offers to undo both."""
    kind = _kind()
    reward = forms.one_of(request.form, "reward", KINDS)
    cents = forms.cents(request.form, "value") or 0
    gift = GiftTold(reward=reward, value_cents=cents) if reward else None  # type: ignore[arg-type]
    try:
        card: ReferralCard = g.network.thank(referral_id, kind, gift=gift)
    except Conflict as refused:
        g.network.referral(referral_id)
        say(refused.sentence, tone="bad")
        return go("referrals.show_referral", referral_id=referral_id)
    given: SafeThanks = g.network.safe_thanks(card.whose)
    fields: dict[str, Any] = {"kind": kind}
    if gift is not None:
        fields["gift"] = max(one.gift_id for one in given.gifts if one.referral_id == referral_id)
    say(THANKS[kind].done, undo=url_for("referrals.unthank", referral_id=referral_id), fields=fields)
    return go("referrals.show_referral", referral_id=referral_id)


@pages.post("/referrals/<int:referral_id>/unthank")
@access(POST="member")
def unthank(referral_id: int) -> ResponseReturnValue:
    """Take back that we said thank you, with what was given along."""
    g.network.unthank(referral_id, _kind())
    gift = forms.row(request.form, "gift")
    if gift is not None:
        g.network.undo_gift(gift)
    say("Taken back.")
    return go("referrals.show_referral", referral_id=referral_id)


def _kind() -> ThankKind:
    return forms.one_of(request.form, "kind", KINDS_OF_THANKS) or "at_once"  # type: ignore[return-value]


def _form(
    values: Any, whose: Whose | None, problems: dict[str, str] | None = None, status: int = 200
) -> ResponseReturnValue:
    name = g.network.safe_thanks(whose).name if whose else ""
    return page(
        "referral_new.html",
        status=status,
        title="A new referral",
        values=values,
        problems=problems or {},
        **_choices(whose, name),
    )


def _page(
    card: ReferralCard, values: Any = None, problems: dict[str, str] | None = None, status: int = 200
) -> ResponseReturnValue:
    tone = forms.one_of(request.args, "tone", ("warm", "plain")) or "warm"
    return page(
        "referral.html",
        status=status,
        title=card.prospect,
        card=card,
        key=key_of(card.whose),
        values=values or fields_of(card),
        problems=problems or {},
        result_words=RESULTS,
        asked_words=ASKED,
        fallbacks=g.network.fallbacks(card.referral_id),
        **about_thanks(card, tone),
        **_choices(card.whose, card.name),
    )


def _choices(whose: Whose | None, name: str) -> dict[str, Any]:
    return {
        "sources": sources_to_choose(whose, name),
        "services": service_shelves(),
        "results": list(RESULTS.items()),
        "asked": list(ASKED.items()),
    }
