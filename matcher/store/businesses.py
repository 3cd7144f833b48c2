"""Queries on businesses: the directory, one card, the home business, columns for the engine."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from matcher.answers.partners import RADIUS_KM, BusinessCard, Home, Listing
from matcher.errors import NotFound
from matcher.facts import Business, Correction, DeclaredMarket, Network, Offer, Partnership
from matcher.facts.directory import plain_city, plain_name
from matcher.names import WORDS_MOST, fold
from matcher.store.corrections import corrected_card, laid_over, told
from matcher.store.partnerships import stages, standing_verdicts
from matcher.store.rulings import rulings
from matcher.units import SHARED

HOME_KEY = "home"  # the key of an owner's own business; keys of imported ones are hashes
CHUNK = 500  # ids in one IN list; SQLite takes 32,766, PostgreSQL plans best with few


def place_of(city: str, region: str) -> str:
    """City and region as one would write them on an envelope."""
    return ", ".join(part for part in (city.title() if city.isupper() else city, region) if part)


def card(session: Session, business_id: int) -> BusinessCard:
    """One business that the session's network can see; NotFound otherwise."""
    business = session.scalar(select(Business).where(Business.id == business_id))
    if business is None:
        raise NotFound("There is no such business.")
    return cards(session, [business])[0]


def cards(session: Session, businesses: Sequence[Business]) -> list[BusinessCard]:
    """The businesses with their offers, markets and what this network thinks of them."""
    if not businesses:
        return []
    ids = [business.id for business in businesses]
    offers, markets = offers_of(session, ids), markets_of(session, ids)
    verdicts, courses = standing_verdicts(session, ids), stages(session, ids)
    said, ruled, own_word = said_by(session, ids), rulings(session, ids), told(session, ids)
    found = [
        BusinessCard(
            business_id=b.id,
            name=b.name,
            services=offers.get(b.id, {}),
            markets=tuple(markets.get(b.id, ())),
            address=b.address,
            place=place_of(b.city, b.region),
            lat=b.lat,
            lon=b.lon,
            phone=b.phone,
            email=b.email,
            website=b.website,
            category=b.category,
            shared=b.network_id == SHARED,
            stage=courses.get(b.id),
            verdict=verdicts[b.id].answer if b.id in verdicts else None,
            verdict_reason=verdicts[b.id].reason if b.id in verdicts else "",
            verdict_id=verdicts[b.id].id if b.id in verdicts else None,
            said_by=said.get(b.id, {}),
            ruled=ruled[b.id].competes if b.id in ruled else None,
            ruled_because=ruled[b.id].reason if b.id in ruled else "",
            radius_km=b.radius_km,
            tier=b.tier,
            clients_a_year=b.clients_a_year,
            order_value_cents=b.order_value_cents,
        )
        for b in businesses
    ]
    return [corrected_card(b, own_word[b.business_id]) if b.business_id in own_word else b for b in found]


def listing(session: Session, text: str, services: Collection[str], *, first: int, limit: int) -> Listing:
    """A page of the directory by name; `text` is looked for in name, city and postcode."""
    conditions = _listed(session, text, services)
    total = session.scalar(select(func.count(Business.id)).where(*conditions)) or 0
    page = select(Business).where(*conditions).order_by(Business.folded, Business.id).offset(first).limit(limit)
    return Listing(businesses=tuple(cards(session, session.scalars(page).all())), total=total)


def whole_listing(session: Session, text: str, services: Collection[str]) -> Iterator[BusinessCard]:
    """The whole directory by name, read once from the beginning to the end, a chunk in memory at a time."""
    every = select(Business).where(*_listed(session, text, services)).order_by(Business.folded, Business.id)
    for part in session.scalars(every.execution_options(yield_per=CHUNK)).partitions():
        yield from cards(session, part)


def _listed(session: Session, text: str, services: Collection[str]) -> list[ColumnElement[bool]]:
    conditions = [Business.key != HOME_KEY, *_containing(text)]
    if services:
        offering = Business.id.in_(select(Offer.business_id).where(Offer.service.in_(services)))
        corrected = {one: facts.services for one, facts in told(session).items() if facts.services is not None}
        now = [one for one, codes in corrected.items() if not set(services).isdisjoint(codes)]
        conditions.append(or_(and_(offering, Business.id.not_in(corrected)), Business.id.in_(now)))
    return conditions


def _containing(text: str) -> list[ColumnElement[bool]]:
    return [
        or_(*_holding(word), Business.postcode.startswith(word, autoescape=True)) for word in text.split()[:WORDS_MOST]
    ]


def _holding(word: str) -> list[ColumnElement[bool]]:
    """That a word stands in name or city, as `names.holds` has it: signs alone are looked for as they are."""
    plain = fold(word)
    columns = (Business.folded, Business.folded_city) if plain else (Business.name, Business.city)
    return [column.contains(plain or word, autoescape=True) for column in columns]


def named(session: Session, text: str) -> set[int]:
    """Businesses in whose name, city or postcode every word of `text` occurs."""
    return set(session.scalars(select(Business.id).where(*_containing(text))))


def cards_of(session: Session, ids: Sequence[int]) -> list[BusinessCard]:
    """Those of these businesses that the session's network can see, by number."""
    return cards(session, session.scalars(select(Business).where(Business.id.in_(ids)).order_by(Business.id)).all())


def partners(session: Session) -> list[BusinessCard]:
    """All businesses with which the session's network has a partnership that has not ended."""
    open_with = select(Partnership.business_id).where(Partnership.stage != "ended")
    found = session.scalars(select(Business).where(Business.id.in_(open_with)).order_by(Business.folded, Business.id))
    return cards(session, found.all())


def network_exists(session: Session, network_id: int) -> bool:
    """Whether there is a network with this number."""
    return session.scalar(select(Network.id).where(Network.id == network_id)) is not None


def names(session: Session, ids: Sequence[int]) -> Mapping[int, tuple[str, str]]:
    """Name and place of each business."""
    found: dict[int, tuple[str, str]] = {}
    for start in range(0, len(ids), CHUNK):
        columns = select(Business.id, Business.name, Business.city, Business.region)
        for row in session.execute(columns.where(Business.id.in_(ids[start : start + CHUNK]))):
            found[row.id] = (row.name, place_of(row.city, row.region))
    for one, facts in told(session).items():
        if one in found and facts.place is not None:
            found[one] = (found[one][0], facts.place.name)
    return found


def offers_of(session: Session, ids: Sequence[int]) -> Mapping[int, Mapping[str, float]]:
    """What each business offers: service -> confidence (0-1), surest first."""
    found: dict[int, dict[str, float]] = defaultdict(dict)
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        query = select(Offer.business_id, Offer.service, Offer.confidence).where(Offer.business_id.in_(chunk))
        for row in session.execute(query.order_by(Offer.confidence.desc(), Offer.service)):
            found[row.business_id][row.service] = row.confidence
    return found


def said_by(session: Session, ids: Sequence[int]) -> Mapping[int, Mapping[str, str]]:
    """Who says what each business offers: service -> source."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for start in range(0, len(ids), CHUNK):
        query = select(Offer.business_id, Offer.service, Offer.source)
        for row in session.execute(query.where(Offer.business_id.in_(ids[start : start + CHUNK]))):
            found[row.business_id][row.service] = row.source
    return found


def markets_of(session: Session, ids: Sequence[int]) -> Mapping[int, Sequence[str]]:
    """The markets that each business says it serves."""
    found: dict[int, list[str]] = defaultdict(list)
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        query = select(DeclaredMarket).where(DeclaredMarket.business_id.in_(chunk)).order_by(DeclaredMarket.market)
        for row in session.scalars(query):
            found[row.business_id].append(row.market)
    return found


def home(session: Session, network_id: int) -> Home | None:
    """The owner's own business as the engine sees it; None before the first run is finished."""
    business = session.scalar(select(Business).where(Business.network_id == network_id, Business.key == HOME_KEY))
    if business is None:
        return None
    (seen,) = _homes(session, [business])
    return replace(seen, wants_to_grow=session.get_one(Network, network_id).wants_to_grow)


def corrected(session: Session) -> list[Home]:
    """Every business that the session's network has corrected, whole: the directory's facts with its own laid over."""
    said = told(session)
    about = select(Correction.business_id)
    found = session.scalars(select(Business).where(Business.id.in_(about)).order_by(Business.id)).all()
    return [replace(seen, **laid_over(said[b.id])) for b, seen in zip(found, _homes(session, found), strict=True)]


def _homes(session: Session, businesses: Sequence[Business]) -> list[Home]:
    """The businesses as the engine sees them."""
    ids = [business.id for business in businesses]
    offers, markets = offers_of(session, ids), markets_of(session, ids)
    return [
        Home(
            services=offers.get(b.id, {}),
            markets=tuple(markets.get(b.id, ())),
            name=b.name,
            business_id=b.id,
            place=b.city,
            lat=b.lat,
            lon=b.lon,
            radius_km=b.radius_km or RADIUS_KM,
            tier=b.tier,
            clients_a_year=b.clients_a_year,
            order_value_cents=b.order_value_cents,
        )
        for b in businesses
    ]


def settle(session: Session, network_id: int, told: Home, at: datetime) -> int:
    """Store the owner's own business as told (what it sells, to whom, where) and give its number."""
    business = session.scalar(select(Business).where(Business.network_id == network_id, Business.key == HOME_KEY))
    if business is None:
        business = Business(network_id=network_id, key=HOME_KEY, name=told.name, edited_at=at)
        session.add(business)
    business.name, business.city, business.lat, business.lon = told.name, told.place, told.lat, told.lon
    business.folded, business.folded_city = plain_name(told.name), plain_city(told.place)
    business.radius_km, business.tier, business.edited_at = told.radius_km, told.tier, at
    business.clients_a_year, business.order_value_cents = told.clients_a_year, told.order_value_cents
    session.flush()
    network = session.get_one(Network, network_id)
    network.home_id, network.wants_to_grow = business.id, told.wants_to_grow
    for table in (Offer, DeclaredMarket):
        session.execute(delete(table).where(table.business_id == business.id))
    for service, confidence in told.services.items():
        offer = Offer(
            network_id=network_id, business_id=business.id, service=service, confidence=confidence, source="owner"
        )
        session.add(offer)
    session.add_all(DeclaredMarket(network_id=network_id, business_id=business.id, market=m) for m in told.markets)
    changed(session, network_id)
    return business.id


def changed(session: Session, network_id: int) -> None:
    """Say that businesses of this network have changed, so that indexes are brought up to date."""
    session.execute(update(Network).where(Network.id == network_id).values(revision=Network.revision + 1))


def revision(session: Session, network_id: int) -> int:
    """Which state of this network's businesses the database holds."""
    return session.scalar(select(Network.revision).where(Network.id == network_id)) or 0


def made_at(session: Session) -> datetime:
    """When this database was made, which tells it from others."""
    return session.scalars(select(Network.created_at).where(Network.id == SHARED)).one()


def count(session: Session, network_id: int) -> int:
    """How many businesses a network holds itself, its home not counted."""
    own = (Business.network_id == network_id, Business.key != HOME_KEY)
    return session.scalar(select(func.count(Business.id)).where(*own)) or 0


def columns(
    session: Session, network_id: int, since: int | None = None
) -> tuple[Sequence[Any], Sequence[Any], Sequence[Any]]:
    """Businesses of one network as plain rows for the index, with their offers and markets, by id.

    All but the home business, or only those that changed after the revision `since`.
    Rows: (id, lat, lon, radius_km, tier, clients_a_year, order_value_cents), (business id, service, confidence),
    (business id, market).
    """
    own = [Business.network_id == network_id, Business.key != HOME_KEY]
    offered, declared = [Offer.network_id == network_id], [DeclaredMarket.network_id == network_id]
    if since is not None:
        own.append(Business.revision > since)
        changed_ids = select(Business.id).where(*own)
        offered.append(Offer.business_id.in_(changed_ids))
        declared.append(DeclaredMarket.business_id.in_(changed_ids))
    businesses = select(
        Business.id,
        Business.lat,
        Business.lon,
        Business.radius_km,
        Business.tier,
        Business.clients_a_year,
        Business.order_value_cents,
    ).where(*own)
    offers = select(Offer.business_id, Offer.service, Offer.confidence).where(*offered)
    markets = select(DeclaredMarket.business_id, DeclaredMarket.market).where(*declared)
    return (
        session.execute(businesses.order_by(Business.id)).all(),
        session.execute(offers.order_by(Offer.business_id, Offer.service)).all(),
        session.execute(markets.order_by(DeclaredMarket.business_id)).all(),
    )
