"""The chapter of `Network` on associations: their lists of members, read now and then, and who joined since."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from matcher.answers.rosters import Member, RosterCard, RosterLine
from matcher.answers.whose import Whose
from matcher.chapters.suggesting import Suggesting
from matcher.erasing import ERASING, signs_of
from matcher.errors import Conflict
from matcher.exchange.directory import key_of as business_key
from matcher.exchange.industry import services_of_category
from matcher.exchange.roster_rows import pasted, read_members
from matcher.keys import derived
from matcher.store import Session, clock, erasures, outcomes, rosters, tasks


class Rosters(Suggesting):
    """Associations and who is in them."""

    def rosters(self) -> Sequence[RosterLine]:
        """All associations whose lists were read, by name."""
        with self._store.session(self.id) as session:
            return rosters.overview(session)

    def roster(self, roster_id: int) -> RosterCard:
        """One association: who joined, left and changed with the last list, and whom of those we know."""
        with self._store.session(self.id) as session:
            return rosters.card(session, roster_id)

    def read_roster(self, name: str, file_name: str, content: bytes, *, whole: bool = False) -> RosterCard:
        """Read an association's list of members and compare it with the one before.

        Conflict when more than half of the members are missing, unless the owner says that the list is whole.
        """
        members = read_members(file_name, content)
        with self._store.session(self.id, writes=True) as session:
            told = list(map(self._forgetful(session), members))
            roster_id = rosters.read(session, self.id, name, told, clock.today(session), whole=whole)
        return self.roster(roster_id)

    def read_pasted_roster(self, name: str, text: str, *, whole: bool = False) -> RosterCard:
        """The same for a list that was pasted: a table, or one name a line."""
        return self.read_roster(name, "pasted", pasted(text), whole=whole)

    def same_member(self, roster_id: int, left_key: str, joined_key: str) -> RosterCard:
        """Say that one who left and one who joined are the same."""
        with self._store.session(self.id, writes=True) as session:
            rosters.join_up(session, roster_id, left_key, joined_key)
        return self.roster(roster_id)

    def greet_member(self, roster_id: int, key: str, *, on: date | None = None) -> int:
        """Note the moment that somebody we know has joined, and give its number; Conflict for a stranger."""
        card = self.roster(roster_id)
        known = next((one.known for one in card.joined if one.key == key), None)
        if known is None:
            raise Conflict("We do not know this member yet. Court them first.")
        whose = Whose(known.business_id) if known.business_id is not None else Whose(person_id=known.person_id)
        with self._store.session(self.id, writes=True) as session:
            day = on or date.fromisoformat(card.read_on)
            words = rosters.moment_words(card.name)
            return tasks.note_moment(session, self.id, whose, kind="joined", wording=words, on=day)

    def court_member(self, roster_id: int, key: str) -> int:
        """Make a partner to court of a member, from the directory or new, and give the business's number.

        Conflict for one that is a partner already.
        """
        known = next((one.known for one in self.roster(roster_id).joined if one.key == key), None)
        if known and known.kind == "partner" and known.sure:
            raise Conflict("They are a partner of yours already. Note that they have joined.")
        now = self.now()
        with self._store.session(self.id, writes=True) as session:
            member = rosters.told_of(session, roster_id, key)
            business_id = known.business_id if known and known.kind == "directory" else None
            if business_id is None:
                offers = _offers(member)
                own_key = business_key(member.business or member.person, "", "", "")
                business_id = rosters.court(session, self.id, member, own_key, offers=offers, at=now)
            outcomes.move_along(session, self.id, business_id, "courted", clock.day_of(session, now))
        return business_id

    def forget_roster(self, roster_id: int) -> None:
        """Take an association out, with all its members; moments and partners stay."""
        with self._store.session(self.id, writes=True) as session:
            rosters.forget(session, roster_id)

    def _forgetful(self, session: Session) -> "Forgetful":
        """What leaves the names of erased people out of lists."""
        signs = erasures.erased(session)
        key = derived(self._store.secret, ERASING) if signs else b""
        return Forgetful(signs, key)


class Forgetful:
    """Leaves the person of a member out who was erased."""

    def __init__(self, signs: set[str], key: bytes) -> None:
        self._signs, self._key = signs, key

    def __call__(self, member: Member) -> Member:
        """The member, without the person if they were erased."""
        if not self._signs or not member.person:
            return member
        of_them = signs_of(member.person, "", (member.phone,), self._key)
        of_them |= signs_of(member.person, "", (), self._key, company=member.business)
        return replace(member, person="", phone="") if of_them & self._signs else member


def _offers(member: Member) -> dict[str, tuple[float, str]]:
    found = services_of_category(member.category) if member.category else {}
    return {service: (sure, "category") for service, sure in found.items()}
