"""Work agreed with clients: how far it is, which introductions were promised for it, and how many were made."""

from datetime import date
from typing import Any, get_args

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from matcher.answers.agenda import PROMISED_MOST, WHAT_CHARACTERS, SaleCard, SaleStep, SaleTold
from matcher.answers.whose import Whose
from matcher.errors import Invalid
from webapp import forms
from webapp.access import access
from webapp.filters import dollars
from webapp.pages import go, page, say
from webapp.public import address, camera_picture
from webapp.thanks_shown import reached

pages = Blueprint("sales", __name__)

CHOICES_MOST = 500  # clients to choose from
STEPS: dict[SaleStep, str] = {
    "done": "The work is done",
    "meeting": "We look at the results together",
    "results": "They confirmed the results",
}


@pages.get("/sales")
@access(GET="member")
def show() -> ResponseReturnValue:
    """All work that was agreed, and the form to note more; `client` in the URL chooses whose."""
    return _page(request.args)


@pages.post("/sales")
@access(POST="member")
def note() -> ResponseReturnValue:
    """Keep work that was agreed with a client."""
    try:
        number = _note(request.form)
    except Invalid as problem:
        return _page(request.form, {problem.field: problem.sentence}, status=400)
    return go("sales.show_sale", sale_id=number)


@pages.get("/sales/<int:sale_id>")
@access(GET="member")
def show_sale(sale_id: int) -> ResponseReturnValue:
    """One sale: its steps, and what was promised."""
    return _sale(g.network.sale(sale_id))


@pages.post("/sales/<int:sale_id>/step")
@access(POST="member")
def step(sale_id: int) -> ResponseReturnValue:
    """Keep the day of a step, or take it back when the day is empty; Undo brings results back with the work."""
    card = g.network.sale(sale_id)
    name: SaleStep | None = forms.one_of(request.form, "step", get_args(SaleStep))  # type: ignore[assignment]
    try:
        if name is None:
            raise Invalid("step", "Please say what happened.")
        g.network.note_sale_step(sale_id, name, forms.day(request.form, "day"))
        if results := forms.day(request.form, "results"):
            g.network.note_sale_step(sale_id, "results", results)
    except Invalid as problem:
        return _sale(card, problems={name or "page": problem.sentence}, status=400)
    fields = {"step": name, "day": getattr(card, f"{name}_on")}
    if name == "done" and card.results_on:  # they go when the work is not done after all
        fields["results"] = card.results_on
    say("It is noted.", undo=url_for("sales.step", sale_id=sale_id), fields=fields)
    return go("sales.show_sale", sale_id=sale_id)


@pages.post("/sales/<int:sale_id>/promise")
@access(POST="member")
def promise(sale_id: int) -> ResponseReturnValue:
    """Make a link for the client and show it, this once."""
    link = address("promise.show", token=g.network.send_promise(sale_id))
    card: SaleCard = g.network.sale(sale_id)
    message, to = g.network.promise_draft(sale_id, link), reached(Whose(person_id=card.client_id))
    return _sale(card, link=link, message=message, to=to)


@pages.post("/sales/<int:sale_id>/remove")
@access(POST="member")
def remove(sale_id: int) -> Response:
    """Take a sale back; Undo brings it back with its worth and its days."""
    card: SaleCard = g.network.sale(sale_id)
    g.network.remove_sale(sale_id)
    fields = {"client": card.client_id, "what": card.what, "agreed_on": card.agreed_on, "promised": card.promised}
    fields |= {"value": dollars(card.value_cents)} | {name: getattr(card, f"{name}_on") for name in STEPS}
    say("The sale is taken out.", undo=url_for("sales.note"), fields=fields)
    return go("sales.show")


def _note(form: forms.Form) -> int:
    client_id = forms.row(form, "client")
    if client_id is None:
        raise Invalid("client", "Please choose the client.")
    promised = forms.number(form, "promised", 0, PROMISED_MOST)
    told = SaleTold(
        what=forms.text(form, "what", limit=WHAT_CHARACTERS),
        agreed_on=forms.day(form, "agreed_on"),
        promised=int(promised or 0),
        value_cents=forms.cents(form, "value"),
    )
    if not told.what:
        raise Invalid("what", "Please say in a few words what was agreed, such as “new roof”.")
    number: int = g.network.note_sale(client_id, told)
    days: list[tuple[SaleStep, date | None]] = [(name, forms.day(form, name)) for name in STEPS]
    for name, day in days:
        if day is not None:
            g.network.note_sale_step(number, name, day)
    return number


def _page(form: forms.Form, problems: dict[str, str] | None = None, status: int = 200) -> ResponseReturnValue:
    clients = g.network.clients(limit=CHOICES_MOST).clients
    found: tuple[SaleCard, ...] = g.network.sales()
    return page(
        "sales.html",
        status=status,
        title="Work for clients",
        sales=found,
        clients=[("", "Choose"), *((card.client_id, card.name) for card in clients)],
        told={name: form.get(name, "") for name in ("client", "what", "agreed_on", "promised", "value")},
        today=g.network.today().isoformat(),
        promised_most=PROMISED_MOST,
        promised=sum(card.promised for card in found if card.results_on),
        delivered=sum(min(card.delivered, card.promised) for card in found if card.results_on),
        problems=problems or {},
    )


def _sale(card: SaleCard, *, status: int = 200, link: str = "", **told: Any) -> ResponseReturnValue:
    return page(
        "sale.html",
        status=status,
        title=card.what,
        sale=card,
        steps=[(name, title, getattr(card, f"{name}_on")) for name, title in STEPS.items()],
        today=g.network.today().isoformat(),
        link=link,
        picture_of_link=camera_picture(link) if link else "",
        **{"problems": {}, "message": None, "to": {}, **told},
    )
