"""The chapter of `Network` on words: what somebody's words mean, and what the owner has said that they mean."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from matcher.answers.partners import Home, ServiceGuess, Understood
from matcher.answers.programme import KitService
from matcher.answers.quick_note import NotedNeed, QuickNote
from matcher.chapters.asking import Asking
from matcher.coach_kit.services import Added, meant
from matcher.errors import Invalid
from matcher.facts import Wording
from matcher.knowledge import meaning
from matcher.knowledge.places import find_place_near
from matcher.knowledge.quick_add import read_line, read_lines
from matcher.readers.cues import CUE
from matcher.readers.needs import NOTHING, WHICH
from matcher.readers.places import UNKNOWN
from matcher.store import programmes, wordings
from matcher.taxonomy import taxonomy


class Hearing(Asking):
    """Words in, services and clients out; nothing is kept but what the owner corrects."""

    def programme_services(self) -> Mapping[str, KitService]:
        """Code -> service that the programme adds to ours, for this network alone."""
        with self._store.session(self.id) as session:
            return programmes.added_services(session)

    def understand(self, text: str) -> Understood:
        """The services that somebody's words mean; what the owner has said about such words goes first.

        What the programme adds goes before ours by its name, and after ours where its words merely stand among others.
        """
        told, added = self._told_wordings(), self.programme_services()
        found = meaning.understand(text, told)
        code = "" if found.told else _added_meant(text, found, added, told)
        if not code:
            return found
        guesses = (_called(code), *found.guesses[: meaning.GUESSES - 1])
        return replace(found, guesses=guesses, sure=True, sentence=f"This calls for: {added[code].name}.")

    def correct(self, text: str, service: str) -> str:
        """Remember that these words mean this service; gives the service that they meant by our word before, or ""."""
        if service not in taxonomy().services and service not in self.programme_services():
            raise Invalid("service", "Please choose one of the services in the list.")
        key = meaning.wording_key(meaning.readable(text))
        wording = Wording(network_id=self.id, key=key, service=service, told_at=self.now())
        with self._store.session(self.id, writes=True) as session:
            return wordings.keep(session, wording)

    def take_back(self, text: str) -> str:
        """Forget what the owner said that these words mean; gives the service they said, or "" for none."""
        key = meaning.wording_key(meaning.readable(text))
        with self._store.session(self.id, writes=True) as session:
            return wordings.forget(session, key)

    def read_note(self, text: str) -> QuickNote:
        """What one line says of a client, to be shown and corrected; nothing is kept."""
        told = self._told_wordings()
        note = read_line(text, told, self.today())
        return _with_added(_at_home(note, self.home()), self.programme_services(), told)

    def read_notes(self, text: str) -> Sequence[QuickNote]:
        """The same for one client a line; a line without a word is passed over."""
        home, added, told = self.home(), self.programme_services(), self._told_wordings()
        notes = read_lines(text, told, self.today())
        return [_with_added(_at_home(note, home), added, told) for note in notes]

    def _told_wordings(self) -> meaning.Corrections:
        with self._store.session(self.id) as session:
            return wordings.told(session)


def _added_meant(words: str, found: Understood | NotedNeed, added: Added, told: meaning.Corrections) -> str:
    """The service of the programme that words call for, by the owner's word first; "" when it is none or ours."""
    ours = found.guesses[0].service if found.sure and found.guesses else ""
    code = told.get(meaning.wording_key(words)) or meant(CUE.sub("", words, count=1), added, ours)
    return code if code in added else ""


def _called(code: str) -> ServiceGuess:
    return ServiceGuess(service=code, confidence=1.0, why="Your programme calls it so.")


def _with_added(note: QuickNote, added: Added, told: meaning.Corrections) -> QuickNote:
    """The same when some needs call for services that the programme adds; what was asked about them is settled."""
    needs: list[NotedNeed] = []
    settled: set[str] = set()
    for need in note.needs:
        if code := _added_meant(need.wording, need, added, told):
            settled.update(asked.format(need.wording) for asked in (WHICH, NOTHING))
            need = replace(need, guesses=(_called(code), *need.guesses[: meaning.GUESSES - 1]), sure=True)
        needs.append(need)
    questions = tuple(question for question in note.questions if question not in settled)
    return replace(note, needs=tuple(needs), questions=questions)


def _at_home(note: QuickNote, home: Home | None) -> QuickNote:
    """The same when its place is the owner's own town, which no list of towns may have."""
    place = find_place_near(home, note.place_unknown) if note.place_unknown else None
    if place is None:
        return note
    asked = UNKNOWN.format(note.place_unknown)
    questions = tuple(question for question in note.questions if question != asked)
    return replace(note, place=place, place_unknown="", questions=questions)
