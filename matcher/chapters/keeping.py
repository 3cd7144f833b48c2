"""The chapter of `Network` on what is kept of people: all of it in one file, or none of it anywhere."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace

from matcher.answers.held import BroughtBack, ErasePlan, Held, WholeFile
from matcher.answers.whole import Restored
from matcher.chapters.asking import Asking
from matcher.erasing import ERASING, signs_of
from matcher.errors import Invalid, NotFound
from matcher.exchange.network_file import BROKEN, read_network, write_network
from matcher.keys import derived, keyed_hash
from matcher.names import fold
from matcher.store import clock, erasures, held, traces, whole


class Keeping(Asking):
    """What is kept of people, whole or not at all."""

    def people_held(self, text: str = "") -> Sequence[Held]:
        """Everybody of whom a card is kept, clients and contacts, by name; those with every word of `text`."""
        with self._store.session(self.id) as session:
            return held.people(session, text)

    def person_file(self, person_id: int) -> WholeFile:
        """Everything that is held of a person, to hand over."""
        with self._store.session(self.id) as session:
            today = clock.today(session)
            return held.file_of(session, self.id, person_id, secret=self._store.secret, on=today)

    def export_person(self, person_id: int) -> bytes:
        """The same as a file in JSON."""
        return json.dumps(asdict(self.person_file(person_id)), ensure_ascii=False, indent=2).encode()

    def plan_erasing(self, person_id: int) -> ErasePlan:
        """What erasing a person would delete, black out and leave; nothing is done."""
        with self._store.session(self.id) as session:
            return erasures.planned(session, traces.find(session, self.id, person_id))

    def erase_person(self, person_id: int, name: str) -> ErasePlan:
        """Erase a person everywhere, for good, and say what that was; `name` is typed once more, or it is Invalid.

        Keyed hashes of their addresses and their name stay, so that no list brings them back unasked.
        """
        key, today = derived(self._store.secret, ERASING), self.today()
        with self._store.session(self.id, writes=True) as session:
            found = traces.find(session, self.id, person_id)
            if fold(name) != fold(found.people[0].name) and name.strip() != found.people[0].name:
                raise Invalid("name", "Please type their name as it is written above. Nobody is erased by mistake.")
            plan = erasures.planned(session, found)
            touched = erasures.erase(session, self.id, found)
            erasures.keep_signs(session, self.id, found, key, today)
        return replace(plan, name="", scrubbed=self._store.scrub(touched))

    # -- the whole network ------------------------------------------------------------------------
    def export_network(self) -> bytes:
        """Everything of this network in one file, for another installation; no passwords, links or accounts."""
        with self._store.session(self.id) as session:
            return write_network(whole.taken_out(session, self.id, self._mark()))

    def restore_network(self, content: bytes) -> Restored:
        """Bring a whole network into this empty one, all or nothing; Invalid for another file, Conflict when full."""
        read = read_network(content)
        try:
            with self._store.session(self.id, writes=True) as session:
                done = whole.bring_in(session, self.id, read, self._mark())
        except (ValueError, KeyError, TypeError, AttributeError, NotFound) as error:
            raise Invalid("file", BROKEN) from error
        self._store.count_anew()
        return done

    def _mark(self) -> str:
        """By what this installation's secret is known again; empty where it has none."""
        return keyed_hash(self._store.secret, "whole network", "the same secret") if self._store.secret else ""

    def bring_back(self, name: str = "", email: str = "", phone: str = "", company: str = "") -> BroughtBack:
        """Let lists bring somebody back who was erased; one of their signs is enough. NotFound when nobody has it."""
        key = derived(self._store.secret, ERASING)
        with self._store.session(self.id, writes=True) as session:
            people = erasures.bring_back(session, signs_of(name, email, (phone,), key, company=company))
        if not people:
            raise NotFound("Nobody with this name or these addresses was erased here.")
        return BroughtBack(people=people)
