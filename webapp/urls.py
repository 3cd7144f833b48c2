"""How URLs are read and made: numbers of rows, and rules that cost little until they are used."""

from collections.abc import Callable
from functools import cache
from typing import Any

from werkzeug.routing import IntegerConverter, Map, Rule

NUMBER_MAX = 2**31 - 1  # the largest number that a row can have
Build = Callable[..., tuple[str, str]]


class RowNumber(IntegerConverter):
    """The number of a row in a URL; one that no row can have is a missing page."""

    regex = r"\d{1,10}"

    def __init__(self, map: Map, max: int = NUMBER_MAX) -> None:
        super().__init__(map, max=max)


class LateRule(Rule):
    """A rule that learns to make its URL when one is first wanted.

    Werkzeug compiles two functions for each rule at once, which took three quarters of the start with 480 rules. Should
    it call the method otherwise one day, rules are compiled at once again, and nothing else changes.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Build:
        whole = super()._compile_builder

        @cache
        def compiled() -> Build:
            return whole(append_unknown)

        def build(rule: Rule, **values: Any) -> tuple[str, str]:
            return compiled()(rule, **values)

        return build
