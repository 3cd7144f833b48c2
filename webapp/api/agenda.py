"""Operations on the agenda, on work agreed with clients, on moments to ask, and on being in touch."""

from dataclasses import dataclass

from flask import g

from matcher.answers.agenda import MomentCard, MomentFound, SaleCard, Task
from matcher.lists.agenda_lists import narrowed_tasks
from webapp.api.agenda_inputs import (
    AgendaQuery,
    KeyQuery,
    MarkBody,
    MomentBody,
    NoteBody,
    SaleBody,
    SalesQuery,
    StepBody,
    TouchBody,
)
from webapp.api.introducing import PassedOn
from webapp.api.operation import operation
from webapp.public import address


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A private link; it is told this once."""

    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """The number under which something was kept."""

    number: int


@operation("GET", "/agenda")
def get_agenda(query: AgendaQuery) -> tuple[Task, ...]:
    """What is to be done on a day, and why."""
    shown = query.shown()
    return narrowed_tasks(g.network.agenda(shown.on, ahead_days=shown.ahead_days), shown)


@operation("PUT", "/agenda/mark")
def put_mark(body: MarkBody) -> tuple[Task, ...]:
    """Keep that a task is done, or put it off (a week unless told); gives what is due today."""
    if body.done:
        g.network.do_task(body.key)
    else:
        g.network.put_off_task(body.key, body.until)
    return _today()


@operation("DELETE", "/agenda/mark")
def delete_mark(query: KeyQuery) -> tuple[Task, ...]:
    """Take back that a task is done or put off; nothing happens when it is not."""
    g.network.undo_task(query.key)
    return _today()


@operation("POST", "/agenda/calendar")
def post_calendar() -> Link:
    """Make a private link to the agenda as a calendar; the one before stops working."""
    return Link(link=address("agenda.feed", token=g.network.open_calendar()))


@operation("DELETE", "/agenda/calendar")
def delete_calendar() -> tuple[Task, ...]:
    """Let no link to the calendar work any more; gives what is due today."""
    g.network.close_calendar()
    return _today()


@operation("GET", "/sales")
def get_sales(query: SalesQuery) -> tuple[SaleCard, ...]:
    """Work agreed with clients, the newest first, with what was promised and delivered."""
    found: tuple[SaleCard, ...] = g.network.sales(query.client_id)
    return found


@operation("POST", "/sales")
def post_sale(body: SaleBody) -> SaleCard:
    """Keep work that was agreed with a client."""
    card: SaleCard = g.network.sale(g.network.note_sale(body.client_id, body.told()))
    return card


@operation("GET", "/sales/<int:sale_id>")
def get_sale(sale_id: int) -> SaleCard:
    """One sale."""
    card: SaleCard = g.network.sale(sale_id)
    return card


@operation("PUT", "/sales/<int:sale_id>/step")
def put_step(sale_id: int, body: StepBody) -> SaleCard:
    """Say when work was done, when the results are looked at, or were confirmed; null takes it back."""
    card: SaleCard = g.network.note_sale_step(sale_id, body.step, body.on)
    return card


@operation("POST", "/sales/<int:sale_id>/promise")
def post_promise(sale_id: int) -> PassedOn:
    """Make a link on which the client makes the promised introductions; the one before stops working."""
    link = address("promise.show", token=g.network.send_promise(sale_id))
    return PassedOn(link=link, draft=g.network.promise_draft(sale_id, link))


@operation("DELETE", "/sales/<int:sale_id>")
def delete_sale(sale_id: int) -> tuple[SaleCard, ...]:
    """Take a sale back, and give those of the same client that are left."""
    found: tuple[SaleCard, ...] = g.network.sales(g.network.remove_sale(sale_id))
    return found


@operation("POST", "/moments/read")
def read_moments(body: NoteBody) -> tuple[MomentFound, ...]:
    """The moments to ask that a note tells of; nothing is kept."""
    return tuple(g.network.find_moments(body.note))


@operation("GET", "/moments")
def get_moments() -> tuple[MomentCard, ...]:
    """All moments that were confirmed, the newest first."""
    found: tuple[MomentCard, ...] = g.network.moments()
    return found


@operation("POST", "/moments")
def post_moment(body: MomentBody) -> Noted:
    """Keep a moment to ask somebody; the same twice is one."""
    return Noted(number=g.network.note_moment(body.whose(), body.kind, body.wording, on=body.on))


@operation("DELETE", "/moments/<int:moment_id>")
def delete_moment(moment_id: int) -> tuple[MomentCard, ...]:
    """Take a moment back."""
    g.network.remove_moment(moment_id)
    return get_moments()  # type: ignore[no-any-return]


@operation("POST", "/touches")
def post_touch(body: TouchBody) -> Noted:
    """Keep that we were in touch with somebody."""
    return Noted(number=g.network.note_touch(body.whose(), body.kind, on=body.on))


@operation("DELETE", "/touches/<int:touch_id>")
def delete_touch(touch_id: int) -> tuple[Task, ...]:
    """Take back that we were in touch; what is due today."""
    g.network.remove_touch(touch_id)
    return _today()


def _today() -> tuple[Task, ...]:
    found: tuple[Task, ...] = g.network.agenda()
    return found
