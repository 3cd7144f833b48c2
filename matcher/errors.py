"""The five ways in which a request can go wrong; each door maps them once."""

from collections.abc import Iterator
from contextlib import contextmanager


class MatcherError(Exception):
    """Something the user can put right; its text is one plain sentence that says how."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotFound(MatcherError):
    """What was asked for is not there, or belongs to somebody else: both look the same."""


class Invalid(MatcherError):
    """A value cannot be used; `field` names it."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class Conflict(MatcherError):
    """The request does not fit what has happened in the meantime."""


class NotAllowed(MatcherError):
    """This account may not do this."""


class Unavailable(MatcherError):
    """It cannot be done now; the sentence says when, or what has to change first."""


@contextmanager
def naming(part: str) -> Iterator[None]:
    """Say in which part of a whole a value cannot be used: within `naming("needs.0")`, "wording" is its wording."""
    try:
        yield
    except Invalid as problem:
        raise Invalid(f"{part}.{problem.field}", problem.sentence) from problem
