"""What counts in a score, for people to look up: every factor by its docstring, every number with its origin."""

from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Protocol

from matcher.answers import Factor, Kind
from matcher.engine import compete, value
from matcher.engine.constants import Constant
from matcher.engine.value import FEATURES


class Explained(Protocol):
    """A row of a table of small functions: its name, and the function whose docstring says what it means."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def values(self) -> Callable[..., object]:
        """The function."""


def factors() -> tuple[Factor, ...]:
    """The factors in the order of the score, then the numbers behind them."""
    found = [explained(feature, feature.weight) for feature in FEATURES]
    return (*found, *_numbers(value), *_numbers(compete))


def explained(row: Explained, weight: Constant, kind: Kind = "factor") -> Factor:
    """One row of a table in the words of its docstring, with its weight."""
    sentence = (row.values.__doc__ or "").strip()
    return Factor(name=row.name, sentence=sentence, weight=float(weight), source=weight.source, kind=kind)


def _numbers(module: ModuleType) -> Iterator[Factor]:
    """The constants of a module, those in its tables included."""
    for name, told in vars(module).items():
        for one in told if isinstance(told, tuple) else (told,):
            if isinstance(one, Constant) and name != "AS_IS":
                yield Factor(name=name, sentence=one.sentence, weight=float(one), source=one.source, kind="number")
