"""Queries on what clients need: heard, handed on to a partner, filled or dropped, and what that says of partners."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from math import sqrt

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from matcher.answers.covered import ClientCard, NeedCard, Status, Wish
from matcher.answers.told import WORDING_CHARACTERS, NeedTold
from matcher.coach_kit.services import NOTHING_ADDED, Added
from matcher.errors import Conflict, Invalid, NotFound
from matcher.facts import Business, Client, Need, Occasion
from matcher.store import programmes
from matcher.store.clients import check_day
from matcher.store.partnerships import keep
from matcher.taxonomy import taxonomy

CHUNK = 500  # ids in one IN list
GONE = "There is no such need. It may have been taken back already."
# Of a client, named or not; what a contact may lack is no client's need.
OF_CLIENTS = or_(Need.person_id.is_(None), Need.person_id.in_(select(Client.person_id)))
WITHIN_MOST_KM = 20_100.0  # half way round the Earth
Given = tuple[str, date]  # status of a need, and the day on which it was handed on


def add(session: Session, network_id: int, client: ClientCard, told: NeedTold, on: date) -> int:
    """Keep a need of a client and give its number; Invalid for what cannot be kept."""
    check(told, programmes.added_services(session))
    if told.occasion_id is not None and told.occasion_id not in {j.occasion_id for j in client.journeys}:
        raise NotFound("There is no such journey of this client.")
    need = Need(
        network_id=network_id, person_id=client.client_id, occasion_id=told.occasion_id, service="", heard_on=on
    )
    session.add(need)
    write(need, told)
    session.flush()
    return need.id


def edit(session: Session, need_id: int, told: NeedTold) -> None:
    """Keep what the owner now says of a need, also to which journey it belongs."""
    added = programmes.added_services(session)
    check(told, added)
    need = find(session, need_id)
    own = select(Occasion.id).where(Occasion.id == told.occasion_id, Occasion.person_id == need.person_id)
    if told.occasion_id is not None and session.scalar(own) is None:
        raise NotFound("There is no such journey of this client.")
    write(need, told, added)
    need.occasion_id = told.occasion_id


def belong(session: Session, client_id: int, ids: Collection[int], occasion_id: int) -> None:
    """Say to which journey some needs of a client belong; needs of others are passed over."""
    own = (Need.person_id == client_id, Need.id.in_(ids))
    session.execute(update(Need).where(*own).values(occasion_id=occasion_id))


def remove(session: Session, need_id: int) -> None:
    """Take a need back, as if nobody had told it."""
    session.delete(find(session, need_id))


def find(session: Session, need_id: int) -> Need:
    """One need of a client of the session's network; NotFound otherwise."""
    found = session.scalar(select(Need).where(Need.id == need_id, Need.person_id.is_not(None), OF_CLIENTS))
    if found is None:
        raise NotFound(GONE)
    return found


def whose(session: Session, ids: Collection[int]) -> set[int]:
    """The clients who have these needs; without needs that are gone."""
    query = select(Need.person_id).where(Need.id.in_(ids), Need.person_id.is_not(None), OF_CLIENTS)
    return {one for one in session.scalars(query) if one is not None}


def find_of_anybody(session: Session, need_id: int) -> Need:
    """One need of a client or of a contact, for whom somebody is introduced all the same; NotFound otherwise."""
    found = session.scalar(select(Need).where(Need.id == need_id, Need.person_id.is_not(None)))
    if found is None:
        raise NotFound(GONE)
    return found


def move_along(session: Session, need_id: int, status: Status, business_id: int | None, on: date) -> None:
    """Say what became of a client's need: introduced to a partner, filled by them, dropped, or open again."""
    move(session, find(session, need_id), status, business_id, on)


def move(session: Session, need: Need, status: Status, business_id: int | None, on: date) -> None:
    """The same for a need at hand, whosever it is."""
    partner = business_id or need.business_id
    if status in ("introduced", "filled") and partner is None:
        raise Invalid("business", "Please choose the partner first.")
    if status in ("introduced", "filled") and not need.service:
        raise Conflict("Please say first which service this need calls for.")
    if partner is not None and status != "open":
        keep(session, partner)
        if partner != need.business_id:
            need.introduced_on = None
        need.business_id = partner
    if status == "open":
        need.business_id = need.introduced_on = need.closed_on = None
    elif status == "introduced":
        need.introduced_on, need.closed_on = need.introduced_on or on, None
    else:
        need.closed_on = on
        need.introduced_on = need.introduced_on or (on if status == "filled" else None)
    need.status = status


def pin(session: Session, need_id: int, business_id: int | None) -> None:
    """Let the owner's own choice of partner stand for an open need; None lets us choose again."""
    need = find(session, need_id)
    if need.status != "open":
        raise Conflict("This need is not open any more. Open it again first.")
    if business_id is not None:
        keep(session, business_id)
    need.business_id = business_id


def cards(session: Session, clients: Mapping[int, ClientCard], *, dropped: bool = False) -> Sequence[NeedCard]:
    """Needs of these clients, the oldest first; without those that were dropped, unless asked for."""
    query = select(Need).where(Need.person_id.in_(clients) if len(clients) <= CHUNK else Need.person_id.is_not(None))
    needs = [
        need
        for need in session.scalars(query.order_by(Need.id))
        if need.person_id in clients and (dropped or need.status != "dropped")
    ]
    names = _names(session, {need.business_id for need in needs if need.business_id is not None})
    known = {"", *taxonomy().services}
    if not known.issuperset(need.service for need in needs):
        known |= programmes.added_services(session).keys()
    return [_card(need, clients[need.person_id or 0], names.get(need.business_id or 0, ""), known) for need in needs]


def given(session: Session) -> Mapping[int, Sequence[Given]]:
    """Business -> the needs that were handed on to it."""
    found: dict[int, list[Given]] = defaultdict(list)
    query = select(Need.business_id, Need.status, Need.introduced_on).where(Need.introduced_on.is_not(None), OF_CLIENTS)
    for row in session.execute(query.order_by(Need.id)):
        if row.business_id is not None:
            found[row.business_id].append((row.status, row.introduced_on))
    return found


def closings(session: Session) -> Mapping[int, tuple[date | None, date | None]]:
    """Need -> when it was handed on and when it was closed, for looking back."""
    query = select(Need.id, Need.introduced_on, Need.closed_on).where(Need.person_id.is_not(None))
    return {row.id: (row.introduced_on, row.closed_on) for row in session.execute(query)}


def usual_cents(service: str) -> int:
    """What an order of a service usually comes to: the geometric mean of its range, as everywhere."""
    found = taxonomy().services.get(service)
    return round(100 * sqrt(found.order_low_usd * found.order_high_usd)) if found else 0


def _names(session: Session, ids: Collection[int]) -> Mapping[int, str]:
    return {
        row.id: row.name
        for chunk in _chunks(sorted(ids))
        for row in session.execute(select(Business.id, Business.name).where(Business.id.in_(chunk)))
    }


def _chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))


def _card(need: Need, client: ClientCard, business: str, known: Collection[str]) -> NeedCard:
    return NeedCard(
        need_id=need.id,
        client_id=client.client_id,
        client=client.name,
        grade=client.grade,
        service=need.service if need.service in known else "",  # of a kit that is gone it is open again
        wording=need.wording,
        status=need.status,  # type: ignore[arg-type]
        heard_on=need.heard_on.isoformat(),
        needed_by=need.needed_by_on.isoformat() if need.needed_by_on else "",
        wish=Wish(tier=need.tier, language=need.language, within_km=need.within_km),
        lat=client.lat,
        lon=client.lon,
        value_cents=usual_cents(need.service) if need.value_cents is None else need.value_cents,
        value_assumed=need.value_cents is None,
        business_id=need.business_id,
        business=business,
        pinned=need.status == "open" and need.business_id is not None,
        occasion_id=need.occasion_id,
        introduced_on=need.introduced_on.isoformat() if need.introduced_on else "",
        closed_on=need.closed_on.isoformat() if need.closed_on else "",
    )


def write(need: Need, told: NeedTold, added: Added = NOTHING_ADDED) -> None:
    """Put into the columns what was told of a need; the same words without a service keep one of a kit that is gone."""
    wording = " ".join(told.wording.split())
    if told.service or wording != need.wording or need.service in taxonomy().services or need.service in added:
        need.service = told.service
    need.wording = wording
    need.needed_by_on, need.value_cents = told.needed_by, told.value_cents
    need.tier, need.language, need.within_km = told.wish.tier, told.wish.language, told.wish.within_km


def check(told: NeedTold, added: Added = NOTHING_ADDED) -> None:
    """Invalid for what cannot be kept; `added`: services beside ours."""
    if told.service and told.service not in taxonomy().services and told.service not in added:
        raise Invalid("service", "This is not a service we know. Please choose one from the list.")
    if not told.service and not told.wording.strip():
        raise Invalid("wording", "Please write what the client needs, or choose a service.")
    if len(told.wording) > WORDING_CHARACTERS:
        raise Invalid(
            "wording", f"Please keep what they said under {WORDING_CHARACTERS} characters; a sentence is enough."
        )
    check_day("needed_by", told.needed_by)
    if told.wish.tier not in (None, 1, 2, 3):
        raise Invalid("tier", "A price level is 1 (plain), 2 (middle) or 3 (premium).")
    if told.wish.language and not (len(told.wish.language) == 2 and told.wish.language.isalpha()):
        raise Invalid("language", "Please choose a language from the list.")
    if told.wish.within_km is not None and not 0 < told.wish.within_km <= WITHIN_MOST_KM:
        raise Invalid("within_km", "Please write a distance above 0, such as 20.")
    if told.value_cents is not None and not 0 <= told.value_cents < 2**31:
        raise Invalid("value", "Please write what the order is worth in dollars, such as 1200.")
