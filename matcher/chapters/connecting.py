"""The chapter of `Network` on who knows whom: contacts, ties, who can introduce us, and whom we bring together."""

from collections.abc import Iterable, Mapping, Sequence

from matcher.answers.connected import (
    OWNER,
    ContactCard,
    ContactTold,
    KnownTie,
    MetPair,
    TieCard,
    TieTold,
    Unmet,
    UnmetList,
    WhoConnects,
)
from matcher.answers.whose import Somebody, Whose
from matcher.chapters.client_book import ClientBook
from matcher.engine.broker import Meeting, meetings, reasons
from matcher.engine.connectors import who_connects
from matcher.engine.index import Index
from matcher.engine.ties import in_words, one_with, strength
from matcher.known import circle_of, met
from matcher.live_index import live_index
from matcher.store import Session, clock, contacts, partnerships, people, ties

BROUGHT_TOGETHER = ("agreed", "courted")  # stages of the partners whom we make known to each other
MET_SHOWN = 50  # pairs who have met, of one page
PAIRS_SHOWN = 20


class Connecting(ClientBook):
    """Who knows whom: facts on people in, introducers and pairs who could meet out."""

    # -- contacts ----------------------------------------------------------------------------------
    def contacts(self, text: str = "") -> Sequence[ContactCard]:
        """The people we know who are no clients, by name; those with every word of `text`."""
        with self._store.session(self.id) as session:
            return contacts.cards(session, text)

    def contact(self, person_id: int) -> ContactCard:
        """One of them; NotFound for a client, too."""
        with self._store.session(self.id) as session:
            return contacts.card(session, person_id)

    def add_contact(self, told: ContactTold) -> int:
        """Keep a contact, perhaps as the face of a business, and give their number."""
        with self._store.session(self.id, writes=True) as session:
            return contacts.add(session, self.id, told)

    def edit_contact(self, person_id: int, told: ContactTold) -> ContactCard:
        """Keep what the owner now says of a contact."""
        with self._store.session(self.id, writes=True) as session:
            contacts.edit(session, person_id, told)
        return self.contact(person_id)

    def remove_contact(self, person_id: int) -> None:
        """Take a contact out, with whom they know, their links, and mail to them that has not gone."""
        with self._store.session(self.id, writes=True) as session:
            contacts.remove(session, person_id)

    # -- ties --------------------------------------------------------------------------------------
    def somebody(self, whose: Whose) -> Somebody:
        """A business or a person by name and how to reach them; NotFound for whom we cannot see."""
        with self._store.session(self.id) as session:
            return people.look_up(session, whose)

    def acquainted(self) -> Sequence[Somebody]:
        """Whom one may name when asked who knows somebody: our partners and contacts, by name."""
        with self._store.session(self.id) as session:
            partners = [Whose(b) for b, stage in partnerships.stages(session).items() if stage != "ended"]
            faces = ties.faces(session)
            alone = [c.person_id for c in contacts.cards(session) if faces.get(c.person_id) is None]
            found = people.look_up_all(
                session, [*partners, *map(Whose, faces.values()), *(Whose(None, p) for p in alone)]
            )
        return sorted(found.values(), key=lambda one: (one.name.casefold(), one.whose.business_id or 0))

    def ties(self, whose: Whose) -> tuple[TieCard, ...]:
        """Whom somebody knows, the owner first, then the strongest tie."""
        today = self.today()
        with self._store.session(self.id) as session:
            people.look_up(session, whose)
            known = ties.every(session, whose)
            others = [tie.other if tie.one == whose else tie.one for tie in known]
            named = people.look_up_all(session, [other for other in others if other != OWNER])
        cards = [
            TieCard(
                tie_id=tie.tie_id,
                business_id=other.business_id,
                person_id=other.person_id,
                name=named[other].name if other != OWNER else "",
                years=tie.told.years,
                contacts_a_year=tie.told.contacts_a_year,
                worked_together=tie.told.worked_together,
                would_vouch=tie.told.would_vouch,
                told_on=tie.told_on.isoformat(),
                strength_share=strength(tie.told, tie.told_on, today),
                sentence=in_words(tie.told),
            )
            for tie, other in zip(known, others, strict=True)
        ]
        return tuple(sorted(cards, key=lambda card: (bool(card.name), -card.strength_share, card.name)))

    def set_tie(self, told: TieTold, whose: Whose, other: Whose = OWNER) -> int:
        """Keep how well somebody knows the owner, or another; it counts from today. Gives the tie's number."""
        with self._store.session(self.id, writes=True) as session:
            return ties.save(session, self.id, whose, other, told, on=clock.today(session))

    def forget_tie(self, tie_id: int) -> KnownTie:
        """Forget that two know each other, and give what was known; its `other` is never the owner."""
        with self._store.session(self.id, writes=True) as session:
            return ties.forget(session, tie_id)

    def who_connects(self, whose: Whose) -> WhoConnects:
        """Who could introduce us to somebody, the best to ask first, and who was asked too often lately."""
        with self._store.session(self.id) as session:
            people.look_up(session, whose)
            goal = one_with(whose, ties.faces(session))
            circle = circle_of(session, self.id, goal, clock.today(session))
        return who_connects(circle, goal)

    # -- whom to bring together --------------------------------------------------------------------
    def bring_together(self, *, first: int = 0, limit: int = PAIRS_SHOWN) -> UnmetList:
        """Pairs of our partners who are not known to have met, by what the one who gains less would gain."""
        index = live_index(self._store).seen_by(self.id)
        with self._store.session(self.id) as session:
            ids = self._brought_together(session)
            known = {two for two in met(session) if two <= ids}
            found = meetings(index, self.id, sorted(ids), known)
            page = found[first : first + limit]
            pairs = [(two.first, two.second) for two in page] + [(min(two), max(two)) for two in known]
            named = people.look_up_all(session, {Whose(one) for two in pairs for one in two})
            alone = sum(card.business_id is None for card in contacts.cards(session))
        return UnmetList(
            pairs=tuple(_unmet(index, two, named, rank=first + at) for at, two in enumerate(page, 1)),
            total=len(found),
            partners=len(ids),
            met=len(known),
            met_pairs=_met_pairs(known, named),
            without_business=alone,
        )

    @staticmethod
    def _brought_together(session: Session) -> set[int]:
        """The partners, agreed or courted, and the businesses whose faces we know, unless we parted from them."""
        stages = partnerships.stages(session)
        faces = {business for business in ties.faces(session).values() if business not in stages}
        return faces.union(business for business, stage in stages.items() if stage in BROUGHT_TOGETHER)


def _met_pairs(known: Iterable[frozenset[int]], named: Mapping[Whose, Somebody]) -> tuple[MetPair, ...]:
    """Those who have met, by name, as far as a page shows them."""
    pairs = [sorted(two, key=lambda one: (named[Whose(one)].name.casefold(), one)) for two in known]
    found = [
        MetPair(
            first_business_id=one,
            first=named[Whose(one)].name,
            second_business_id=other,
            second=named[Whose(other)].name,
        )
        for one, other in pairs
    ]
    return tuple(sorted(found, key=lambda two: (two.first.casefold(), two.second.casefold()))[:MET_SHOWN])


def _unmet(index: Index, two: Meeting, named: Mapping[Whose, Somebody], *, rank: int) -> Unmet:
    one, other = named[Whose(two.first)], named[Whose(two.second)]
    first_reason, second_reason = reasons(index, two, one.name, other.name)
    return Unmet(
        rank=rank,
        first_business_id=two.first,
        first=one.name,
        first_contact=one.contact,
        first_a_year=two.first_a_year,
        first_reason=first_reason,
        second_business_id=two.second,
        second=other.name,
        second_contact=other.contact,
        second_a_year=two.second_a_year,
        second_reason=second_reason,
        weaker_a_year=two.weaker_a_year,
        distance_km=two.distance_km,
    )
