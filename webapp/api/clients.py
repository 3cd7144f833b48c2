"""Operations on clients: who they are, what they go through and what they need."""

from flask import g

from matcher.answers.covered import ClientCard, ClientList, NeedCard
from matcher.answers.quick_note import QuickNote
from webapp.api.client_inputs import (
    BegunBody,
    ClientBody,
    ClientsQuery,
    JourneyBody,
    LineBody,
    NeedBody,
    NewClientBody,
    PartnerBody,
    StatusBody,
)
from webapp.api.operation import operation


@operation("GET", "/clients")
def get_clients(query: ClientsQuery) -> ClientList:
    """Clients by name, with what they need."""
    found: ClientList = g.network.clients(
        query.q, query.grade, waiting=query.waiting, first=query.first, limit=query.limit
    )
    return found


@operation("POST", "/clients")
def post_client(body: NewClientBody) -> ClientCard:
    """Keep a client with what they need and go through, all or nothing."""
    needs = [need.told() for need in body.needs]
    return _client(g.network.add_client(body.told(), needs, journey=body.journey or "", since=body.since))


@operation("POST", "/clients/read")
def read_client(body: LineBody) -> QuickNote:
    """What one line says of a client, with what has to be asked; nothing is kept."""
    note: QuickNote = g.network.read_note(body.text)
    return note


@operation("GET", "/clients/<int:client_id>")
def get_client(client_id: int) -> ClientCard:
    """One client with all their needs, and those that their journeys let us expect."""
    return _client(client_id)


@operation("PUT", "/clients/<int:client_id>")
def put_client(client_id: int, body: ClientBody) -> ClientCard:
    """Say who a client is, instead of all that was said before; needs and journeys stay."""
    g.network.edit_client(client_id, body.told())
    return _client(client_id)


@operation("DELETE", "/clients/<int:client_id>")
def delete_client(client_id: int) -> ClientCard:
    """Take a client out with all that is theirs; the answer is what was there."""
    gone = _client(client_id)
    g.network.remove_client(client_id)
    return gone


@operation("POST", "/clients/<int:client_id>/needs")
def post_need(client_id: int, body: NeedBody) -> NeedCard:
    """Keep a need of a client."""
    return _need(g.network.add_need(client_id, body.told()))


@operation("PUT", "/needs/<int:need_id>")
def put_need(need_id: int, body: NeedBody) -> NeedCard:
    """Say what a client needs, instead of what was said before; what became of it stays."""
    g.network.edit_need(need_id, body.told())
    return _need(need_id)


@operation("DELETE", "/needs/<int:need_id>")
def delete_need(need_id: int) -> NeedCard:
    """Take a need back, as if nobody had told it; the answer is what was there."""
    gone = _need(need_id)
    g.network.remove_need(need_id)
    return gone


@operation("POST", "/needs/<int:need_id>/status")
def post_status(need_id: int, body: StatusBody) -> NeedCard:
    """Say what became of a need: introduced to a partner, filled by them, dropped, or open again."""
    need: NeedCard = g.network.set_need_status(need_id, body.status, body.business_id)
    return need


@operation("POST", "/needs/<int:need_id>/partner")
def post_partner(need_id: int, body: PartnerBody) -> NeedCard:
    """Choose the partner for an open need, or let go of the choice."""
    need: NeedCard = g.network.pin_need(need_id, body.business_id)
    return need


@operation("POST", "/clients/<int:client_id>/journeys")
def post_journey(client_id: int, body: BegunBody) -> ClientCard:
    """Keep that a client is on a journey."""
    g.network.begin_journey(client_id, body.journey, body.day_zero)
    return _client(client_id)


@operation("PUT", "/clients/journeys/<int:occasion_id>")
def put_journey(occasion_id: int, body: JourneyBody) -> ClientCard:
    """Say from which day a client's journey counts, or whether all that they needed on it is told."""
    client_id: int = g.network.client_of_journey(occasion_id)
    if body.day_zero is not None:
        g.network.set_day_zero(occasion_id, body.day_zero)
    if body.complete is not None:
        g.network.complete_journey(occasion_id, done=body.complete)
    return _client(client_id)


@operation("DELETE", "/clients/journeys/<int:occasion_id>")
def delete_journey(occasion_id: int) -> ClientCard:
    """Forget that a client is on a journey, but not what they said they need."""
    return _client(g.network.end_journey(occasion_id))


def _client(client_id: int) -> ClientCard:
    card: ClientCard = g.network.client(client_id)
    return card


def _need(need_id: int) -> NeedCard:
    card: NeedCard = g.network.need(need_id)
    return card
