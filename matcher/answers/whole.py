"""A whole network as one file holds it, and what became of it when it was brought in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FORM, VERSION = "switchboard network", 1  # what the file calls itself; the version grows when it changes its meaning
Plain = Mapping[str, Any]  # column -> value, as JSON holds it


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """Everything of one network but secrets, with the numbers of where it comes from."""

    label: Plain  # form, version, the network's own columns, and by what the same secret is known again
    tables: Mapping[str, Sequence[Plain]]  # table -> its rows
    directory: Sequence[Plain]  # businesses of the shared directory that the rows speak of, with offers and markets


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was brought in with a whole network."""

    rows: int
    businesses_found: int  # of the directory there, in the directory here
    businesses_added: int  # the others, which are now the network's own
    notes: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """The same in words."""
        rows = "1 row is" if self.rows == 1 else f"{self.rows:,} rows are"
        found = f"Of the directory there, {self.businesses_found:,} businesses were found in the directory here"
        return (f"{rows} here.", f"{found}; {self.businesses_added:,} others are now your own.", *self.notes)
