"""The chapter of `Network` on words: what somebody's words mean, and what the owner has said that they mean."""

from collections.abc import Sequence
from dataclasses import replace

from matcher.answers.partners import Home, Understood
from matcher.answers.quick_note import QuickNote
from matcher.chapters.asking import Asking
from matcher.errors import Invalid
from matcher.facts import Wording
from matcher.knowledge import meaning
from matcher.knowledge.places import find_place_near
from matcher.knowledge.quick_add import read_line, read_lines
from matcher.readers.places import UNKNOWN
from matcher.store import wordings
from matcher.taxonomy import taxonomy


class Hearing(Asking):
    """Words in, services and clients out; nothing is kept but what the owner corrects."""

    def understand(self, text: str) -> Understood:
        """The services that somebody's words mean; what the owner has said about such words goes first."""
        return meaning.understand(text, self._told_wordings())

    def correct(self, text: str, service: str) -> str:
        """Remember that these words mean this service; gives the service that they meant by our word before, or ""."""
        if service not in taxonomy().services:
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
        return _at_home(read_line(text, self._told_wordings(), self.today()), self.home())

    def read_notes(self, text: str) -> Sequence[QuickNote]:
        """The same for one client a line; a line without a word is passed over."""
        home = self.home()
        return [_at_home(note, home) for note in read_lines(text, self._told_wordings(), self.today())]

    def _told_wordings(self) -> meaning.Corrections:
        with self._store.session(self.id) as session:
            return wordings.told(session)


def _at_home(note: QuickNote, home: Home | None) -> QuickNote:
    """The same when its place is the owner's own town, which no list of towns may have."""
    place = find_place_near(home, note.place_unknown) if note.place_unknown else None
    if place is None:
        return note
    asked = UNKNOWN.format(note.place_unknown)
    questions = tuple(question for question in note.questions if question != asked)
    return replace(note, place=place, place_unknown="", questions=questions)
