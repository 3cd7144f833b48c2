"""The chapter of `Network` on clients: who they are, what they go through, what they said they need."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from matcher.answers.covered import ClientCard, ClientList, NeedCard, Status
from matcher.answers.expected import Upcoming
from matcher.answers.partners import BusinessCard, Place
from matcher.answers.told import ClientTold, NeedTold, NewClient
from matcher.chapters.hearing import Hearing
from matcher.engine.flow import Flow, flow_of
from matcher.engine.forecast import Begun, Odds, in_words, odds
from matcher.errors import NotFound, naming
from matcher.knowledge.places import find_place_near
from matcher.known import our_journeys
from matcher.store import Session, businesses, client_lists, client_needs, clients, clock, made_one, programmes
from matcher.taxonomy import taxonomy

SHOWN = 50  # clients of one page
CHUNK = 500  # clients read at a time


class ClientBook(Hearing):
    """Clients and their needs: facts in, cards out."""

    def clients(
        self, text: str = "", grade: str = "", *, waiting: bool = False, first: int = 0, limit: int = SHOWN
    ) -> ClientList:
        """A page of clients by name, with their needs; `waiting`: only those with an open need."""
        with self._store.session(self.id) as session:
            ids = clients.find(session, text, grade, waiting=waiting)
            shown = _whole(session, ids[first : first + limit])
        return ClientList(clients=tuple(shown), total=len(ids))

    def whole_client_list(self, text: str = "", grade: str = "", *, waiting: bool = False) -> Iterator[ClientCard]:
        """All clients as `clients` narrows them, some in memory at a time."""
        with self._store.session(self.id) as session:
            ids = clients.find(session, text, grade, waiting=waiting)
            for first in range(0, len(ids), CHUNK):
                yield from _whole(session, ids[first : first + CHUNK])

    def client(self, client_id: int) -> ClientCard:
        """One client with all their needs, also dropped ones, and those that their journeys let us expect."""
        with self._store.session(self.id) as session:
            card = clients.card(session, client_id)
            whole = with_needs([card], client_needs.cards(session, {client_id: card}, dropped=True))
            flow, odds = self._odds(session, whole, clock.today(session))
            return replace(whole[0], expected=tuple(in_words(flow.taxonomy, one) for one in odds[0]))

    def upcoming(self, limit: int = SHOWN) -> Sequence[Upcoming]:
        """What our clients' journeys let us expect within 30 days and nobody has told us, the likeliest first."""
        flow, found = self._all_odds()
        coming = sorted(((card, one) for card, odds in found for one in odds), key=lambda pair: -pair[1].in_30)[:limit]
        return [
            Upcoming(client_id=card.client_id, client=card.name, need=in_words(flow.taxonomy, one))
            for card, one in coming
        ]

    def add_client(
        self,
        told: ClientTold,
        needs: Sequence[NeedTold] = (),
        *,
        journey: str = "",
        since: date | None = None,
        on: date | None = None,
    ) -> int:
        """Keep a client with what they need and go through, all or nothing, and give their number; `on`: heard then."""
        new = NewClient(told=told, needs=tuple(needs), journey=journey, since=since)
        client_lists.check(new, self.programme_services())
        day = self._day_told(on)
        with self._store.session(self.id, writes=True) as session:
            return client_lists.add(session, self.id, [new], day)[0]

    def add_clients(self, new: Sequence[NewClient], *, form: str = "") -> list[int]:
        """Keep several clients, all or nothing, and give their numbers; Invalid names which, as in "clients.2.name".

        `form`: by what a form is known again, so that it adds nobody twice; Conflict when it has added them already.
        """
        added = self.programme_services()
        for position, one in enumerate(new):
            with naming(f"clients.{position}"):
                client_lists.check(one, added)
        with self._store.session(self.id, writes=True) as session:
            return client_lists.add(session, self.id, new, clock.today(session), form=form)

    def clients_added_by(self, form: str) -> list[int]:
        """The numbers of the clients whom a form has added and who are still there, in its order."""
        with self._store.session(self.id) as session:
            return client_lists.added_by(session, form)

    def remove_clients(self, ids: Collection[int]) -> None:
        """Take several clients out that were just added; those that are gone already do no harm.

        Conflict when somebody else was merged into one of them, who would go as well.
        """
        with self._store.session(self.id, writes=True) as session:
            made_one.refuse_undo(session, ids)
            clients.remove_all(session, ids)

    def edit_client(self, client_id: int, told: ClientTold) -> ClientCard:
        """Keep what the owner now says of a client."""
        with self._store.session(self.id, writes=True) as session:
            clients.edit(session, client_id, told)
        return self.client(client_id)

    def remove_client(self, client_id: int) -> None:
        """Take a client out with all that we know of them."""
        with self._store.session(self.id, writes=True) as session:
            clients.remove(session, client_id)

    def find_place(self, text: str) -> Place | None:
        """The place that a ZIP code, a town or coordinates name, our own town first; None when unknown."""
        return find_place_near(self.home(), text)

    # -- journeys --------------------------------------------------------------------------------
    def begin_journey(
        self, client_id: int, journey: str, day_zero: date | None = None, *, needs: Collection[int] = ()
    ) -> int:
        """Keep that a client is on a journey, to which these needs belong, and give the occasion's number.

        Its day zero is today unless told; needs that are not this client's are passed over.
        """
        with self._store.session(self.id, writes=True) as session:
            occasion_id = clients.begin(session, self.id, client_id, journey, day_zero or clock.today(session))
            client_needs.belong(session, client_id, needs, occasion_id)
        return occasion_id

    def client_of_journey(self, occasion_id: int) -> int:
        """The number of the client who is on a journey."""
        with self._store.session(self.id) as session:
            return clients.whose(session, occasion_id)

    def complete_journey(self, occasion_id: int, *, done: bool = True) -> int:
        """Say that all a client needed on a journey is told, so that it teaches; gives the client's number."""
        with self._store.session(self.id, writes=True) as session:
            return clients.complete(session, occasion_id, done)

    def set_day_zero(self, occasion_id: int, day_zero: date) -> int:
        """Say from which day a journey counts, and give the client's number."""
        with self._store.session(self.id, writes=True) as session:
            return clients.set_day_zero(session, occasion_id, day_zero)

    def end_journey(self, occasion_id: int) -> int:
        """Forget that a client is on a journey, and give the client's number."""
        with self._store.session(self.id, writes=True) as session:
            return clients.stop(session, occasion_id)

    # -- needs -----------------------------------------------------------------------------------
    def add_need(self, client_id: int, told: NeedTold, *, on: date | None = None) -> int:
        """Keep a need of a client, heard today unless told, and give its number."""
        day = self._day_told(on)
        with self._store.session(self.id, writes=True) as session:
            return client_needs.add(session, self.id, clients.card(session, client_id), told, day)

    def edit_need(self, need_id: int, told: NeedTold) -> None:
        """Keep what the owner now says of a need."""
        with self._store.session(self.id, writes=True) as session:
            client_needs.edit(session, need_id, told)

    def remove_need(self, need_id: int) -> None:
        """Take a need back, as if nobody had told it."""
        with self._store.session(self.id, writes=True) as session:
            client_needs.remove(session, need_id)

    def need(self, need_id: int) -> NeedCard:
        """One need of a client."""
        found = self.needs_of_clients([need_id])
        if not found:
            raise NotFound(client_needs.GONE)
        return found[need_id]

    def needs_of_clients(self, ids: Collection[int]) -> Mapping[int, NeedCard]:
        """Some needs of clients by number, without those that are gone."""
        with self._store.session(self.id) as session:
            those = clients.cards(session, client_needs.whose(session, ids))
            cards = client_needs.cards(session, those, dropped=True)
        return {card.need_id: card for card in cards if card.need_id in ids}

    def set_need_status(
        self, need_id: int, status: Status, business_id: int | None = None, *, on: date | None = None
    ) -> NeedCard:
        """Say what became of a need, today unless told: introduced to a partner, filled by them, dropped or open."""
        day = self._day_told(on)
        if business_id is not None:
            self.business(business_id)
        with self._store.session(self.id, writes=True) as session:
            client_needs.move_along(session, need_id, status, business_id, day)
        return self.need(need_id)

    def pin_need(self, need_id: int, business_id: int | None) -> NeedCard:
        """Let the owner's own choice of partner stand for an open need; None lets us choose again."""
        if business_id is not None:
            self.business(business_id)
        with self._store.session(self.id, writes=True) as session:
            client_needs.pin(session, need_id, business_id)
        return self.need(need_id)

    def _all_odds(self) -> tuple[Flow, list[tuple[ClientCard, list[Odds]]]]:
        """All clients who are on a journey, with what it lets us expect."""
        with self._store.session(self.id) as session:
            found = {one: card for one, card in clients.cards(session).items() if card.journeys}
            whole = with_needs(list(found.values()), client_needs.cards(session, found, dropped=True))
            flow, odds = self._odds(session, whole, clock.today(session))
        return flow, list(zip(whole, odds, strict=True))

    def agreed_partners(self) -> Sequence[BusinessCard]:
        """All businesses with which a partnership is agreed, by name: those whom a need can be handed on to."""
        with self._store.session(self.id) as session:
            more = programmes.offering(session, programmes.added_services(session))
            return [
                replace(card, services={**card.services, **dict.fromkeys(more.get(card.business_id, ()), 1.0)})
                for card in businesses.partners(session)
                if card.stage == "agreed"
            ]

    def _odds(self, session: Session, cards: Sequence[ClientCard], today: date) -> tuple[Flow, list[list[Odds]]]:
        """The needs that the clients' journeys let us expect and that nobody has told, client by client."""
        home = businesses.home(session, self.id)
        sold = frozenset(home.services) if home else frozenset[str]()
        flow = our_journeys(session, flow_of(taxonomy()), sold, today)
        return flow, [odds(flow, _begun(one), today, sold.union(n.service for n in one.needs)) for one in cards]


def _begun(card: ClientCard) -> list[Begun]:
    return [
        Begun(occasion_id=j.occasion_id, journey=j.journey, day_zero=date.fromisoformat(j.day_zero))
        for j in card.journeys
    ]


def _whole(session: Session, ids: Sequence[int]) -> list[ClientCard]:
    """Clients in this order, each with their needs, but for those who were taken out meanwhile."""
    found = clients.cards(session, ids)
    return with_needs([found[one] for one in ids if one in found], client_needs.cards(session, found))


def with_needs(cards: Sequence[ClientCard], needs: Sequence[NeedCard]) -> list[ClientCard]:
    """Clients, each with those of the needs that are theirs."""
    theirs: dict[int, list[NeedCard]] = {card.client_id: [] for card in cards}
    for need in needs:
        theirs[need.client_id].append(need)
    return [replace(card, needs=tuple(theirs[card.client_id])) for card in cards]
