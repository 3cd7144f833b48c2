"""`Network`: one owner's private network. Facts in, answers out; every door goes through it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Literal

from matcher import intake, meaning
from matcher.alike import ranking_check
from matcher.answers import (
    BusinessCard,
    Check,
    Explanation,
    Filters,
    Home,
    Imported,
    Listing,
    Picture,
    Preview,
    Shortlist,
    Understood,
)
from matcher.engine.explain import explain
from matcher.engine.flow import flow_of
from matcher.engine.picture import Partner, picture
from matcher.engine.suggest import Question, suggest
from matcher.errors import Conflict, Invalid, NotFound
from matcher.exchange.export import write_csv, write_xlsx
from matcher.facts import Verdict, Wording
from matcher.lists import directory_rows, problem_rows, seat_rows, suggestion_rows
from matcher.live_index import live_index
from matcher.store import Session, Store, businesses, health, imports, partnerships, wordings
from matcher.taxonomy import taxonomy
from matcher.units import SHARED, now_utc

Answer = Literal["yes", "later", "no"]
Stage = Literal["courted", "agreed", "paused", "ended"]
Listed = Literal["suggestions", "directory", "network"]
Form = Literal["csv", "xlsx"]
ALL = Filters()
LATER_DAYS = 30  # after which a "later" comes back
REASON_LENGTH = 400  # characters of a verdict's reason
EXPORTED = 5_000  # suggestions in one exported list, as nobody calls more people


class Network:
    """One owner's private network. Number 1, the shared directory, has no members and no private facts."""

    def __init__(self, store: Store, network_id: int) -> None:
        self._store = store
        self.id = network_id

    def close(self) -> None:
        """Let go of the database."""
        self._store.engine.dispose()

    # -- home ------------------------------------------------------------------------------------
    def home(self) -> Home | None:
        """The owner's own business, or None before the first run is finished."""
        with self._store.session(self.id) as session:
            return businesses.home(session, self.id)

    def settle(self, home: Home) -> Home:
        """Store what the owner sells, to whom and where (the first run, and settings later)."""
        unknown = [code for code in home.services if code not in taxonomy().services]
        unknown += [code for code in home.markets if code not in taxonomy().markets]
        if unknown or not home.services:
            raise Invalid("services", "Please choose what you sell, and to whom, from the list.")
        with self._store.session(self.id, writes=True) as session:
            return replace(home, business_id=businesses.settle(session, self.id, home, now_utc()))

    # -- suggestions -----------------------------------------------------------------------------
    def suggestions(
        self, filters: Filters = ALL, *, first: int = 0, limit: int = 20, home: Home | None = None
    ) -> Shortlist:
        """Ranked suggestions for the home business, or for a `home` that is only described, not stored."""
        index = live_index(self._store).seen_by(self.id)
        with self._store.session(self.id) as session:
            question = self._question(session, filters, home)
            return suggest(index, question, partial(businesses.names, session), first=first, limit=limit)

    def why(self, business_id: int, *, home: Home | None = None) -> Explanation:
        """Why this business, or why not, and what would change it. NotFound for one that this network cannot see."""
        card = self.business(business_id)
        index = live_index(self._store).seen_by(self.id)
        if business_id not in index:
            raise NotFound("There is no such business to meet.")  # the owner's own, or one just taken out
        with self._store.session(self.id) as session:
            question = self._question(session, ALL, home)
        return explain(index, question, business_id, name=card.name, place=card.place)

    def _question(self, session: Session, filters: Filters, home: Home | None) -> Question:
        asked = home or businesses.home(session, self.id)
        if asked is None:
            raise Conflict("Please say first what you sell, to whom and where.")
        stages = partnerships.stages(session)
        return Question(
            home=asked,
            network_id=self.id,
            filters=filters,
            decided=partnerships.settled(session, now_utc().date()) | stages.keys(),
            trusted=[business for business, stage in stages.items() if stage == "agreed"],
            named=businesses.named(session, filters.text) if filters.text.strip() else None,
        )

    def decide(self, business_id: int, answer: Answer, reason: str = "") -> int:
        """Keep a verdict (yes opens a courted partnership) and give its number; the same twice is one verdict."""
        now = now_utc()
        verdict = Verdict(
            network_id=self.id,
            business_id=self.business(business_id).business_id,
            answer=answer,
            reason=" ".join(reason.split())[:REASON_LENGTH],
            given_at=now,
            until_on=now.date() + timedelta(days=LATER_DAYS) if answer == "later" else None,
        )
        with self._store.session(self.id, writes=True) as session:
            return partnerships.decide(session, verdict)

    def undo_verdict(self, verdict_id: int) -> None:
        """Take a verdict back, with the courted partnership that it opened."""
        with self._store.session(self.id, writes=True) as session:
            partnerships.undo(session, verdict_id, now_utc())

    def set_stage(self, business_id: int, stage: Stage) -> None:
        """Move a partnership along."""
        self.business(business_id)
        with self._store.session(self.id, writes=True) as session:
            partnerships.set_stage(session, self.id, business_id, stage, now_utc().date())

    def picture(self) -> Picture:
        """The network at a glance, with hollow seats for services that clients will need and nobody offers."""
        with self._store.session(self.id) as session:
            home = businesses.home(session, self.id)
            partners = [
                Partner(business_id=card.business_id, name=card.name, services=card.services, stage=card.stage or "")
                for card in businesses.partners(session)
            ]
        if home is None:
            raise Conflict("Please say first what you sell, to whom and where.")
        return picture(home, partners, flow_of(taxonomy()))

    # -- words -----------------------------------------------------------------------------------
    def understand(self, text: str) -> Understood:
        """The services that somebody's words mean; what the owner has said about such words goes first."""
        with self._store.session(self.id) as session:
            corrections = wordings.told(session)
        return meaning.understand(text, corrections)

    def correct(self, text: str, service: str) -> str:
        """Remember that these words mean this service; gives the service that they meant by our word before, or ""."""
        if service not in taxonomy().services:
            raise Invalid("service", "Please choose one of the services in the list.")
        key = meaning.wording_key(meaning.readable(text))
        wording = Wording(network_id=self.id, key=key, service=service, told_at=now_utc())
        with self._store.session(self.id, writes=True) as session:
            return wordings.keep(session, wording)

    def take_back(self, text: str) -> str:
        """Forget what the owner said that these words mean; gives the service they said, or "" for none."""
        key = meaning.wording_key(meaning.readable(text))
        with self._store.session(self.id, writes=True) as session:
            return wordings.forget(session, key)

    # -- directory -------------------------------------------------------------------------------
    def business(self, business_id: int) -> BusinessCard:
        """One business that this network can see; NotFound otherwise."""
        with self._store.session(self.id) as session:
            return businesses.card(session, business_id)

    def directory(self, filters: Filters = ALL, *, first: int = 0, limit: int = 50) -> Listing:
        """Businesses that this network can see, by name."""
        with self._store.session(self.id) as session:
            return businesses.listing(session, filters.text, _services_in(filters), first=first, limit=limit)

    # -- imports ---------------------------------------------------------------------------------
    def stage(self, file_name: str, content: bytes) -> Preview:
        """Keep a file and say what storing it would do. Invalid with one sentence when it cannot be read."""
        return intake.stage(self._store, self.id, file_name, content, now_utc())

    def preview(self, import_id: int, columns: Mapping[int, str] | None = None) -> Preview:
        """The preview again, with columns as the user corrected them (position -> field, "" leaves it out)."""
        return intake.preview(self._store, self.id, import_id, columns or {})

    def store_import(self, import_id: int, columns: Mapping[int, str] | None = None) -> Imported:
        """Store all rows of a staged file in one transaction; storing it again gives the first answer."""
        intake.store_rows(self._store, self.id, import_id, columns or {}, now_utc())
        self._store.count_anew()
        return self.imported(import_id)

    def undo_import(self, import_id: int) -> Imported:
        """Take a whole import out again; businesses that the owner has since decided on stay."""
        with self._store.session(self.id, writes=True) as session:
            imports.undo(session, import_id, now_utc())
        self._store.count_anew()
        return self.imported(import_id)

    def imports(self) -> Sequence[Imported]:
        """All imports of this network, newest first, without their problems."""
        with self._store.session(self.id) as session:
            return imports.overview(session, now_utc())

    def imported(self, import_id: int) -> Imported:
        """One import with its problems by line (the first 1,000) and how far it is."""
        with self._store.session(self.id) as session:
            return imports.answer(session, import_id, now_utc())

    # -- the installation ------------------------------------------------------------------------
    def check(self) -> Sequence[Check]:
        """Whether the database under this network is fit for use, and what suggestions rest on here."""
        return (*health.checks(self._store), ranking_check())

    # -- export ----------------------------------------------------------------------------------
    def export(self, what: Listed, form: Form, filters: Filters = ALL, *, home: Home | None = None) -> bytes:
        """The whole filtered list as a file."""
        write = write_csv if form == "csv" else write_xlsx
        if what == "suggestions":
            return write(*suggestion_rows(self.suggestions(filters, limit=EXPORTED, home=home).suggestions))
        if what == "network":
            return write(*seat_rows(self.picture()))
        with self._store.session(self.id) as session:
            return write(*directory_rows(businesses.whole_listing(session, filters.text, _services_in(filters))))

    def export_problems(self, import_id: int) -> bytes:
        """All problems and notes of an import by line, as CSV."""
        with self._store.session(self.id) as session:
            return write_csv(*problem_rows(imports.problems(session, import_id)))


def _services_in(filters: Filters) -> set[str]:
    """The services that a list is narrowed to: those chosen and all of the groups chosen; none means all."""
    in_groups = {service.code for service in taxonomy().services.values() if service.group in filters.groups}
    return in_groups.union(filters.services)


def open_network(database: str, network_id: int = SHARED) -> Network:
    """Open a network by its number in a database given by URL; creates and migrates the database if need be."""
    store = Store(database)
    store.upgrade()
    network = Network(store, network_id)
    try:
        with store.session() as session:
            if not businesses.network_exists(session, network_id):
                raise NotFound("There is no such network.")
    except NotFound:
        network.close()
        raise
    return network
