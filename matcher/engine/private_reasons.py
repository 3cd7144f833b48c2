"""The sentences of what only this network knows: what moves a business, and what came of things with it."""

from collections.abc import Callable, Mapping

from matcher.engine.case import Case, Told
from matcher.engine.words import of_hundred, sentence_start

TINY = 1e-9  # so that a share of exactly a quarter is still the first of four steps


def _times(case: Case, name: str, noun: str) -> str:
    """In words how often something came true: "2 of 3 requests", "none of 4 requests"."""
    came, cases = case.came_true(name)
    return f"{came or 'none'} of {cases} {noun}{'' if cases == 1 else 's'}"


def _sending(case: Case, _: float) -> Told:
    return "us", f"They sent you somebody on {_times(case, 'give', 'occasion')}.", "outcomes:give"


def _closing(case: Case, _: float) -> Told:
    came, cases = case.came_true("close")
    return "us", f"Of those they sent you, {came or 'none'} of {cases} became a client.", "outcomes:close"


def _keeping_promises(case: Case, _: float) -> Told:
    return "us", f"They kept {_times(case, 'promise', 'promise')}.", "outcomes:promise"


def _answers(case: Case, _: float) -> Told:
    return "them", f"They said yes to {_times(case, 'accept', 'request')}.", "outcomes:accept"


def _open_needs(case: Case, _: float) -> Told:
    count = round(case.figure("fills"))
    if case.figure("fills") <= 0:
        return "us", "They sell nothing that your clients wait for now.", "needs"
    needs = f"{count} open needs" if count > 1 else "an open need"
    return "us", f"They could fill {needs} of your clients.", "needs"


def _step(words: tuple[str, ...], share: float) -> str:
    """The words for a share, from those for a little to those for all of it."""
    return words[min(len(words) - 1, int(share * len(words)))]


def _vouching(case: Case, _: float) -> Told:
    how = _step(("with some care", "if asked", "gladly", "with your own name"), case.known("vouch") - TINY)
    return "both", f"You would vouch for them {how}.", "motivation:vouch_share"


def _wish(case: Case, _: float) -> Told:
    share = sentence_start(of_hundred(case.known("wish")))
    return "them", f"{share} of your clients are people whom they want to meet.", "motivation:wanted_markets"


def _reputation(case: Case, _: float) -> Told:
    how = ("Now and then somebody speaks well of", "People speak well of", "People speak very well of", "All recommend")
    return "us", f"{_step(how, case.known('reputation') - TINY)} them.", "motivation:reputation_share"


def _growth(_: Case, __: float) -> Told:
    return "them", "They want to grow.", "motivation:wants_to_grow"


def _room(_: Case, __: float) -> Told:
    return "them", "They have no room for more clients now.", "motivation:has_room"


def _rest(_: Case, __: float) -> Told:
    return "them", "You asked something of them not long ago.", "motivation:asked_on"


PRIVATE: Mapping[str, Callable[[Case, float], Told]] = {
    "sending": _sending,
    "closing": _closing,
    "keeping_promises": _keeping_promises,
    "open_needs": _open_needs,
    "vouching": _vouching,
    "wish": _wish,
    "reputation": _reputation,
    "growth": _growth,
    "room": _room,
    "rest": _rest,
    "answers": _answers,
}
