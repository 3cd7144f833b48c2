"""Reader of what the client needs: what follows “needs”, and what else calls for a service."""

import re
from collections.abc import Iterator

from matcher.answers.quick_note import NotedNeed
from matcher.names import lookup_key
from matcher.readers.cues import ALSO, CUE, FINDING, NEXT_THING, REFUSED, says_nothing
from matcher.readers.line import Clause
from matcher.readers.meanings import Meant, meaning, openings, thing_of
from matcher.readers.reading import Reading
from matcher.taxonomy import Journey, taxonomy

WHICH = "What does “{}” call for? Please choose the service."
NOTHING = "We know no service for “{}”. Please choose one, or leave it as it is written."
REMARK = "We did not understand “{}”. It stays in the note."
NO_NEED = "We read “{}” as no need. It stays in the note."
TRADE = "Is “{}” what they do, or what they need?"
ON_THE_WAY = 0.1  # confidence from which a guess is more than what every journey might call for (prior)
Part = tuple[int, int]


def read_needs(reading: Reading) -> None:
    """Each need with its own words; what is left over becomes a question, so that nothing is lost silently."""
    asks = CUE.search(reading.line.unread) is not None
    clauses = [clause for clause in reading.line.clauses() if _tells(reading, clause, asks=asks)]
    cued = [_is_cued(reading, clause) for clause in clauses]
    for number, clause in enumerate(clauses):
        part = reading.line.trimmed(clause.start, clause.end)
        if cued[number] or (clause.after == ":" and not any(cued)):
            _keep_asked(reading, part)
        else:
            _keep_told(reading, part, later=any(cued[number:]), others=any(cued))
    reading.needs = _once(reading.needs)
    empty = CUE.search(reading.line.unread)
    if not reading.needs and empty and not _refuses(reading.line.text, empty):
        reading.ask(REMARK, reading.line.text[empty.start() :].strip())


def _once(needs: list[NotedNeed]) -> list[NotedNeed]:
    """Without what is asked for later: of “can't hear well, wants hearing aids” the hearing aids."""
    asked = {need.guesses[0].service: at for at, need in enumerate(needs) if need.sure and CUE.search(need.wording)}
    return [need for at, need in enumerate(needs) if not need.sure or at >= asked.get(need.guesses[0].service, 0)]


def _tells(reading: Reading, clause: Clause, *, asks: bool) -> bool:
    """Whether a clause has more than words that say nothing by themselves, and than the journey; `asks` the line."""
    said = thing_of(reading, *reading.line.trimmed(clause.start, clause.end))
    cue = CUE.search(reading.line.unread, clause.start, clause.end)
    if cue is None and reading.journey and reading.journey.is_in(clause) and (asks or reading.journey.act):
        return False
    return not says_nothing(said)


def _is_cued(reading: Reading, clause: Clause) -> bool:
    """Whether a clause says “needs”, or goes on with “also”."""
    said = reading.line.unread[clause.start : clause.end]
    return CUE.search(said) is not None or re.match(r"\W*(?:also|plus)\b", said, re.IGNORECASE) is not None


def _keep_asked(reading: Reading, part: Part) -> None:
    """A clause that says “needs”: one need, or several with “and” between them; none when it says “does not need”."""
    if _is_refused(reading, part):
        return reading.ask(NO_NEED, reading.line.text[slice(*part)])
    parts = _parts(reading, part)
    for one in parts if _are_several(reading, parts) else [part]:
        _note(reading, one, meaning(reading, *one))


def _is_refused(reading: Reading, part: Part) -> bool:
    """Whether all that a clause says of needs is that there is none."""
    said = reading.line.text[slice(*part)]
    cues = list(CUE.finditer(said))
    return bool(cues) and all(_refuses(said, cue) for cue in cues)


def _refuses(said: str, cue: re.Match[str]) -> bool:
    """Whether a cue is taken back by the words before it: “doesn't need”; who doesn't find somebody still looks."""
    return REFUSED.search(said, 0, cue.start()) is not None and not FINDING.search(cue[0])


def _parts(reading: Reading, part: Part) -> list[Part]:
    """The pieces of a clause between “and”; all of it when its words together are the name of one service."""
    whole = thing_of(reading, *part)
    if any(taxonomy().spelled(said, 1) for said in openings(whole) if lookup_key(said)):
        return [part]
    return [piece for piece in _pieces(reading, *part) if piece[0] < piece[1]]


def _pieces(reading: Reading, start: int, end: int) -> Iterator[Part]:
    cue = CUE.search(reading.line.unread, start, end)
    for also in ALSO.finditer(reading.line.unread, cue.end() if cue else start, end):
        yield reading.line.trimmed(start, also.start())
        start = also.end()
    yield reading.line.trimmed(start, end)


def _are_several(reading: Reading, parts: list[Part]) -> bool:
    """Whether pieces are needs of their own: each begun anew with “a” or “someone”, or surely a service."""
    texts = [reading.line.rest(*part) for part in parts[1:]]
    return bool(texts) and (
        all(NEXT_THING.match(text) or taxonomy().spelled(text, 1) for text in texts)
        or all(meaning(reading, *part).sure for part in parts)
    )


def _keep_told(reading: Reading, part: Part, *, later: bool, others: bool) -> None:
    """A clause that asks for nothing: a need when it surely calls for a service; `later` somebody asks for something.

    “Joe, plumber, needs a bookkeeper” tells what Joe does; without anybody asking (`others`) a guess is better than
    nothing.
    """
    wording, said = reading.line.text[slice(*part)], reading.line.rest(*part)
    plain = re.sub(r"^(?:is|are|was)\s+(?:(?:a|an|the)\s+)?", "", said, flags=re.IGNORECASE)
    found, parts = meaning(reading, *part), _parts(reading, part)
    market = taxonomy().find_market(re.sub(r"\s+owners?$", "", plain, flags=re.IGNORECASE))
    if market and (later or plain != said):
        reading.markets += [market] if market not in reading.markets else []
    elif later and found.sure and taxonomy().spelled(plain, 1):
        reading.ask(TRADE, wording)
    elif plain != said:
        reading.ask(REMARK, wording)
    elif _are_several(reading, parts) and meaning(reading, *parts[0]).sure:
        _keep_asked(reading, part)
    elif found.sure or (found.guesses and not others):
        _note(reading, part, found)
    else:
        reading.ask(REMARK, wording)


def _on_the_way(journey: Journey, meant: Meant) -> Meant:
    """Only what the journey calls for: who “wants to start a bakery” needs no bakery."""
    called_for = {step.service for step in journey.steps}
    guesses = tuple(guess for guess in meant.guesses if guess.service in called_for and guess.confidence >= ON_THE_WAY)
    return Meant(guesses, meant.sure and guesses[:1] == meant.guesses[:1])


def _note(reading: Reading, part: Part, meant: Meant) -> None:
    wording = reading.line.text[slice(*part)]
    if reading.journey and reading.journey.act and part[0] <= reading.journey.start < part[1]:
        meant = _on_the_way(taxonomy().journeys[reading.journey.journey], meant)
        if not meant.guesses:
            return
    reading.needs.append(NotedNeed(wording=wording, guesses=meant.guesses, sure=meant.sure))
    if not meant.sure:
        reading.ask(WHICH if meant.guesses else NOTHING, wording)
