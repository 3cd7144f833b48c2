"""The chapter of `Network` on sources: who sends clients, what we give back, whom to ask, and what to say."""

from collections.abc import Sequence
from typing import Literal, get_args

from matcher.answers.cared import WhyNot
from matcher.answers.partners import BusinessCard
from matcher.answers.sources import Sources, TalkCard
from matcher.answers.whose import Whose
from matcher.chapters.client_book import ClientBook
from matcher.engine.sources import Known, sources
from matcher.errors import Invalid
from matcher.exchange.export import write_csv, write_xlsx
from matcher.knowledge.scripts import draft
from matcher.lists.referral_lists import source_rows
from matcher.store import Session, businesses, cares, clients, clock, people, referrals


class Sourcing(ClientBook):
    """Sources of referrals: answers only, but for the cause that the owner chooses."""

    def sources(self) -> Sources:
        """Who sends us clients, the strongest first; concentration, mix, balance, and how asking works."""
        with self._store.session(self.id) as session:
            cards, told = referrals.cards(session), cares.all_told(session)
            return sources(cards, _known(session), told, clock.today(session))

    def partners(self) -> Sequence[BusinessCard]:
        """All businesses with which there is a partnership that has not ended, by name."""
        with self._store.session(self.id) as session:
            return businesses.partners(session)

    def talk_card(self, whose: Whose, cause: WhyNot = "", tone: str = "warm") -> TalkCard:
        """What to say to a partner to whom we give more than we get; the cause is the one kept unless given."""
        home = self.home()
        with self._store.session(self.id) as session:
            somebody, kept = people.look_up(session, whose), cares.of(session, whose).why_not
        chosen = cause or kept
        if not chosen or chosen not in get_args(WhyNot):
            raise Invalid("cause", "Please choose first why they may not send anybody.")
        words = {"source": somebody.contact or somebody.name, "owner": home.name if home else ""}
        return TalkCard(cause=chosen, draft=draft(f"talk_{chosen}", tone, **words))

    def export_sources(self, form: Literal["csv", "xlsx"]) -> bytes:
        """All sources as a file: the same numbers as on the page."""
        write = write_csv if form == "csv" else write_xlsx
        return write(*source_rows(self.sources().sources))


def _known(session: Session) -> dict[Whose, Known]:
    """Everybody who could refer: our clients, and our partners."""
    found = {
        Whose(person_id=number): Known(kind="client", name=card.name, grade=card.grade)
        for number, card in clients.cards(session).items()
    }
    for card in businesses.partners(session):
        found[Whose(business_id=card.business_id)] = Known(kind="partner", name=card.name)
    return found
