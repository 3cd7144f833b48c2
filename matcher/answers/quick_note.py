"""What the owner looks at first: a client read from one line, a message in draft; nothing is kept or sent by itself."""

from dataclasses import dataclass

from matcher.answers.covered import ANY, Grade, Served, Wish
from matcher.answers.partners import Place, ServiceGuess, Understood


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedNeed:
    """One thing that the client needs: the first guess when we are sure, else a question with the guesses."""

    wording: str  # a part of the line, unchanged
    guesses: tuple[ServiceGuess, ...]  # surest first; empty when we have no idea
    sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickNote:
    """One client as typed in one line; what is empty or None was not said, or not understood."""

    text: str  # the line, without characters that nobody can see
    name: str = ""
    grade: Grade = ""
    markets: tuple[str, ...] = ()
    journey: str = ""
    day_zero: str = ""  # from which the journey's stages count, such as 2027-03-01
    place: Place | None = None
    place_unknown: str = ""  # a place that nobody knows, as typed
    needs: tuple[NotedNeed, ...] = ()
    needed_by: str = ""  # such as 2027-06-30
    wish: Wish = ANY
    value_cents: int | None = None  # a year
    email: str = ""
    phone: str = ""
    questions: tuple[str, ...] = ()  # what we could not read, as sentences


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to look through before it is sent."""

    subject: str  # one line
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What somebody said, whom that calls for, and what to write to them; nothing is kept or sent."""

    understood: Understood
    service: str = ""  # what it means, or may mean: the first guess
    served: Served | None = None  # whom the network has for it; None when we have no idea what it means
    draft: Draft | None = None  # to the client; None when there is nobody to name
