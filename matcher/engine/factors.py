"""What counts in a score, for people to look up: every factor by its docstring, every number with its origin."""

from collections.abc import Callable, Iterator
from types import ModuleType

from matcher.answers.partners import Factor, Kind
from matcher.engine import compete, odds, value
from matcher.engine.constants import Constant
from matcher.engine.value import FEATURES


def factors() -> tuple[Factor, ...]:
    """The factors in the order of the score, then the numbers behind them."""
    found = [explained(feature.name, feature.factors, feature.weight) for feature in FEATURES]
    found += [explained(term.name, term.values, odds.PRIORS[term.weight], "odds") for term in odds.ODDS]
    return (*found, *_numbers(value), *_numbers(odds), *_numbers(compete))


def explained(name: str, function: Callable[..., object], weight: Constant, kind: Kind = "factor") -> Factor:
    """One row of a table in the words of its function's docstring, with its weight."""
    return Factor(
        name=name, sentence=(function.__doc__ or "").strip(), weight=float(weight), source=weight.source, kind=kind
    )


def _numbers(module: ModuleType) -> Iterator[Factor]:
    """The constants of a module, those in its tables included."""
    for name, told in vars(module).items():
        for one in told if isinstance(told, tuple) else (told,):
            if isinstance(one, Constant) and name != "AS_IS":
                yield Factor(name=name, sentence=one.sentence, weight=float(one), source=one.source, kind="number")
