"""`Network`: one owner's private network. Facts in, answers out; every door goes through it."""

from collections.abc import Mapping, Sequence
from typing import Literal

from matcher.answers import (
    BusinessCard,
    Explanation,
    Filters,
    Home,
    Imported,
    Listing,
    Picture,
    Preview,
    Shortlist,
)
from matcher.units import SHARED


class Network:
    """One owner's private network. Number 1, the shared directory, has no members and no private facts."""

    id: int
    name: str

    # -- home ------------------------------------------------------------------------------------
    def home(self) -> Home | None:
        """The owner's own business, or None before the first run is finished."""
        raise NotImplementedError

    def settle(self, home: Home) -> Home:
        """Store what the owner sells, to whom and where (the first run, and settings later)."""
        raise NotImplementedError

    # -- suggestions -----------------------------------------------------------------------------
    def suggestions(
        self, filters: Filters = Filters(), *, first: int = 0, limit: int = 20, home: Home | None = None
    ) -> Shortlist:
        """Ranked suggestions for the home business, or for a `home` that is only described, not stored."""
        raise NotImplementedError

    def why(self, business_id: int, *, home: Home | None = None) -> Explanation:
        """Why this business, or why not, and what would change it. NotFound for one that this network cannot see."""
        raise NotImplementedError

    def decide(self, business_id: int, answer: Literal["yes", "later", "no"], reason: str = "") -> int:
        """Keep a verdict (yes opens a courted partnership) and give its number; the same answer twice is one verdict."""
        raise NotImplementedError

    def undo_verdict(self, verdict_id: int) -> None:
        """Take a verdict back, with the courted partnership that it opened."""
        raise NotImplementedError

    def set_stage(self, business_id: int, stage: Literal["courted", "agreed", "paused", "ended"]) -> None:
        """Move a partnership along."""
        raise NotImplementedError

    def picture(self) -> Picture:
        """The network at a glance, with hollow seats for services that clients will need and nobody offers."""
        raise NotImplementedError

    # -- directory -------------------------------------------------------------------------------
    def business(self, business_id: int) -> BusinessCard:
        """One business that this network can see; NotFound otherwise."""
        raise NotImplementedError

    def directory(self, filters: Filters = Filters(), *, first: int = 0, limit: int = 50) -> Listing:
        """Businesses that this network can see, by name."""
        raise NotImplementedError

    # -- imports ---------------------------------------------------------------------------------
    def stage(self, file_name: str, content: bytes) -> Preview:
        """Keep a file and say what storing it would do. Invalid with one sentence when it cannot be read."""
        raise NotImplementedError

    def preview(self, import_id: int, columns: Mapping[int, str] | None = None) -> Preview:
        """The preview again, with columns as the user corrected them (position -> field, "" leaves it out)."""
        raise NotImplementedError

    def store_import(self, import_id: int, columns: Mapping[int, str] | None = None) -> Imported:
        """Store all rows of a staged file in one transaction; storing it again gives the first answer."""
        raise NotImplementedError

    def undo_import(self, import_id: int) -> Imported:
        """Take a whole import out again; businesses that the owner has since decided on stay."""
        raise NotImplementedError

    def imports(self) -> Sequence[Imported]:
        """All imports of this network, newest first, without their problems."""
        raise NotImplementedError

    def imported(self, import_id: int) -> Imported:
        """One import with its problems by line (the first 1,000) and how far it is."""
        raise NotImplementedError

    # -- export ----------------------------------------------------------------------------------
    def export(
        self,
        what: Literal["suggestions", "directory", "network"],
        form: Literal["csv", "xlsx"],
        filters: Filters = Filters(),
    ) -> bytes:
        """The whole filtered list as a file."""
        raise NotImplementedError


def open_network(database: str, network_id: int = SHARED) -> Network:
    """Open a network by its number in a database given by URL; creates and migrates the database if need be."""
    raise NotImplementedError
