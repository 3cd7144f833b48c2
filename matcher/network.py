"""`Network`: one owner's private network. Facts in, answers out; every door goes through it."""

from collections.abc import Mapping, Sequence

from matcher.answers.imported import About, Imported, Preview
from matcher.answers.partners import (
    Check,
)
from matcher.chapters.coaching import Coaching
from matcher.chapters.exporting import Exporting
from matcher.chapters.inviting import Inviting
from matcher.chapters.keeping import Keeping
from matcher.chapters.merging import Merging
from matcher.chapters.posting import Posting
from matcher.chapters.referring import Referring
from matcher.chapters.remembering import Remembering
from matcher.chapters.rosters import Rosters
from matcher.chapters.to_both import ToBoth
from matcher.errors import NotFound
from matcher.exchange.export import write_csv
from matcher.knowledge.alike import ranking_check
from matcher.lists import intake
from matcher.lists.answer_lists import problem_rows
from matcher.lists.list_kinds import kind_of
from matcher.live_index import speed_check
from matcher.store import (
    Store,
    businesses,
    clock,
    health,
    imports,
)
from matcher.units import SHARED


class Network(Exporting, Inviting, Referring, Remembering, Posting, ToBoth, Merging, Keeping, Rosters, Coaching):
    """One owner's private network. Number 1, the shared directory, has no members and no private facts."""

    # -- imports ---------------------------------------------------------------------------------
    def stage(self, file_name: str, content: bytes, about: About = "businesses") -> Preview:
        """Keep a file and say what storing it would do. Invalid with one sentence when it cannot be read."""
        return intake.stage(self._store, self.id, file_name, content, self.now(), about=about)

    def preview(self, import_id: int, columns: Mapping[int, str] | None = None) -> Preview:
        """The preview again, with columns as the user corrected them (position -> field, "" leaves it out)."""
        return intake.preview(self._store, self.id, import_id, columns or {})

    def store_import(self, import_id: int, columns: Mapping[int, str] | None = None) -> Imported:
        """Store all rows of a staged file in one transaction; storing it again gives the first answer."""
        intake.store_rows(self._store, self.id, import_id, columns or {}, self.now())
        self._store.count_anew()
        return self.imported(import_id)

    def undo_import(self, import_id: int) -> Imported:
        """Take a whole import out again; businesses that the owner has since decided on stay.

        Conflict when somebody of it was made one with somebody else since: nobody goes along unseen.
        """
        intake.undo(self._store, self.id, import_id, self.now())
        self._store.count_anew()
        return self.imported(import_id)

    def imports(self) -> Sequence[Imported]:
        """All imports of this network, newest first, without their problems."""
        with self._store.session(self.id) as session:
            return imports.overview(session, clock.now(session))

    def imported(self, import_id: int) -> Imported:
        """One import with its problems by line (the first 1,000) and how far it is."""
        with self._store.session(self.id) as session:
            return imports.answer(session, import_id, clock.now(session))

    # -- the installation ------------------------------------------------------------------------
    def check(self) -> Sequence[Check]:
        """Whether the database under this network is fit for use, and what suggestions rest on here."""
        return (*health.checks(self._store), ranking_check(), speed_check())

    def export_problems(self, import_id: int) -> bytes:
        """All problems and notes of an import by line, as CSV."""
        with self._store.session(self.id) as session:
            fields = kind_of(imports.find(session, import_id)).layout.fields
            return write_csv(*problem_rows(imports.problems(session, import_id), fields))


def open_network(database: str, network_id: int = SHARED, *, secret: str = "") -> Network:
    """Open a network by its number in a database given by URL; creates and migrates the database if need be."""
    store = Store(database, secret=secret)
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
