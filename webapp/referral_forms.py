"""The form for a referral: what it offers, what it says, and the fields that say the same again."""

from datetime import date
from typing import Any, get_args

from flask import g

from matcher.answers.covered import ClientList
from matcher.answers.referred import (
    BECAUSE_CHARACTERS,
    NOTE_CHARACTERS,
    AskedHow,
    ReferralCard,
    ReferralsWanted,
    ReferralTold,
    Result,
    ThankKind,
)
from matcher.answers.whose import Whose
from matcher.errors import Invalid
from matcher.taxonomy import taxonomy
from webapp import forms
from webapp.filters import dollars
from webapp.shelves import Shelves

CLIENTS_SHOWN = 500  # to choose from; others by the link on their own page
RESULTS: dict[Result, str] = {
    "open": "Nothing yet",
    "won": "They became a client",
    "done": "The work is done",
    "nowhere": "It went nowhere",
}
ASKED: dict[AskedHow, str] = {
    "": "Not known",
    "unasked": "We had not asked",
    "soft": "We had asked gently",
    "direct": "We had asked directly",
    "written": "We had asked in writing",
}
THANKED: dict[ThankKind, str] = {
    "at_once": "thanked_on",
    "again": "thanked_again_on",
    "publicly": "thanked_publicly_on",
}
DIRECTIONS = {"": "Given and received", "no": "They sent us", "yes": "We sent them"}


def key_of(whose: Whose) -> str:
    """A business or client as a form names them: b12, c7."""
    return f"b{whose.business_id}" if whose.business_id is not None else f"c{whose.person_id}"


def whose_of(form: forms.Form, name: str) -> Whose | None:
    """The business or client that a form names; None when it names nobody."""
    value = form.get(name, "")
    kind, number = value[:1], forms.row(forms.Form({"number": value[1:]}), "number")
    if number is None or kind not in ("b", "c"):
        return None
    return Whose(business_id=number) if kind == "b" else Whose(person_id=number)


def read(form: forms.Form) -> ReferralTold:
    """A referral as the form says it; Invalid without a source."""
    whose = whose_of(form, "source")
    if whose is None:
        raise Invalid("source", "Please choose who sent them, or got them.")
    return ReferralTold(
        given=form.get("given") == "yes",
        whose=whose,
        prospect=forms.text(form, "prospect"),
        service=forms.one_of(form, "service", taxonomy().services) or "",
        referred_on=forms.day(form, "referred_on"),
        because=forms.lines(form, "because", limit=BECAUSE_CHARACTERS),
        asked_how=forms.one_of(form, "asked_how", get_args(AskedHow)) or "",  # type: ignore[arg-type]
        note=forms.lines(form, "note", limit=NOTE_CHARACTERS),
        introduction_id=forms.row(form, "introduction_id"),
        result=forms.one_of(form, "result", RESULTS) or "open",  # type: ignore[arg-type]
        value_cents=forms.cents(form, "value"),
        closed_on=forms.day(form, "closed_on"),
    )


def thanks_said(form: forms.Form) -> dict[ThankKind, date]:
    """The thanks that were said before a referral was taken back, when Undo brings it again."""
    days = {kind: forms.day(form, kind) for kind in THANKED}
    return {kind: day for kind, day in days.items() if day is not None}


def fields_of(card: ReferralCard) -> dict[str, Any]:
    """The fields of the form for a referral: `read` and `thanks_said` give the same again."""
    return {
        "source": key_of(card.whose),
        "given": "yes" if card.given else "no",
        "prospect": card.prospect,
        "service": card.service,
        "referred_on": card.referred_on,
        "because": card.because,
        "asked_how": card.asked_how,
        "note": card.note,
        "introduction_id": card.introduction_id or "",
        "result": card.result,
        "value": dollars(card.value_cents),
        "closed_on": card.closed_on,
        **{kind: getattr(card, column) for kind, column in THANKED.items()},
    }


def sources_to_choose(chosen: Whose | None = None, name: str = "") -> Shelves:
    """Partners and clients by name; and whoever is chosen, when they are neither."""
    listed: ClientList = g.network.clients(limit=CLIENTS_SHOWN)
    partners = [(key_of(Whose(one.business_id)), one.name) for one in g.network.partners()]
    people = [(key_of(Whose(person_id=one.client_id)), one.name) for one in listed.clients]
    shelves: Shelves = [("Partners", partners), ("Clients", people)]
    if chosen is not None and key_of(chosen) not in dict(partners + people):
        shelves.insert(0, ("Chosen", [(key_of(chosen), name)]))
    return [(shelf, rows) for shelf, rows in shelves if rows]


def read_wanted(form: forms.Form) -> ReferralsWanted:
    """Which referrals a URL asks for."""
    given = forms.one_of(form, "given", ("yes", "no"))
    return ReferralsWanted(
        given=None if given is None else given == "yes",
        results=forms.codes(form, "result", RESULTS),  # type: ignore[arg-type]
        asked_how=forms.one_of(form, "asked", get_args(AskedHow)) or "",  # type: ignore[arg-type]
        owed=form.get("owed") == "yes",
        whose=whose_of(form, "source"),
        text=forms.text(form, "q"),
    )


def query_of(wanted: ReferralsWanted) -> dict[str, Any]:
    """The URL arguments that `read_wanted` reads back."""
    query = {
        "given": {True: "yes", False: "no", None: ""}[wanted.given],
        "result": list(wanted.results),
        "asked": wanted.asked_how,
        "owed": "yes" if wanted.owed else "",
        "source": key_of(wanted.whose) if wanted.whose else "",
        "q": wanted.text,
    }
    return {name: value for name, value in query.items() if value}
