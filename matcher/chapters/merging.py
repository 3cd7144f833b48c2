"""The chapter of `Network` on people who are one: who seems to be, making them one, and where somebody works."""

from collections.abc import Mapping, Sequence

from matcher.answers.merged import DuplicateGroup, DuplicateList, Merged, PairReason, WorksAt
from matcher.chapters.client_book import ClientBook
from matcher.duplicates.columns import People
from matcher.duplicates.find import Group, duplicates
from matcher.duplicates.links import Firms, Workers, works_at
from matcher.store import Session, clock, merges, workplaces
from matcher.store import duplicates as compared

GROUPS_SHOWN = 20
MERGES_SHOWN = 20


class Merging(ClientBook):
    """People who are one: who seems to be, making them one and parting them again, and where somebody works."""

    def duplicates(self, *, first: int = 0, limit: int = GROUPS_SHOWN) -> DuplicateList:
        """Groups of people who seem to be one, the surest first; never two of whom the owner said that they are two."""
        with self._store.session(self.id) as session:
            everybody = compared.compared(session)
            at = {number: position for position, number in enumerate(everybody.ids)}
            apart = {(at[one], at[other]) for one, other in compared.not_same(session)}
            found = duplicates(_people(everybody), apart)
            listed = _groups(session, everybody.ids, found[first : first + limit])
        return DuplicateList(groups=listed, total=len(found), people=len(everybody.ids))

    def merge(self, ids: Sequence[int], choices: Mapping[str, int] | None = None, *, seen: str = "") -> Merged:
        """Make people one, with the values of those chosen by field; Conflict when they have changed since `seen`."""
        with self._store.session(self.id, writes=True) as session:
            done = merges.merge(session, self.id, ids, choices or {}, seen=seen, at=clock.now(session))
            return merges.answer(session, done.id)

    def undo_merge(self, merge_id: int) -> Merged:
        """Part people again as they were; twice does no harm, Conflict when they were made one with others since."""
        with self._store.session(self.id, writes=True) as session:
            merges.undo(session, merge_id, clock.now(session))
            return merges.answer(session, merge_id)

    def merges(self, limit: int = MERGES_SHOWN) -> Sequence[Merged]:
        """The last merges that can be undone, the newest first."""
        with self._store.session(self.id) as session:
            return merges.overview(session, limit)

    def tell_not_same(self, ids: Sequence[int]) -> None:
        """Keep that no two of these people are the same, so that they are not shown as one again."""
        with self._store.session(self.id, writes=True) as session:
            compared.tell_not_same(session, self.id, ids, clock.today(session))

    def forget_not_same(self, ids: Sequence[int]) -> None:
        """Forget that these people are not the same."""
        with self._store.session(self.id, writes=True) as session:
            compared.forget_not_same(session, ids)

    def workplaces(self) -> tuple[WorksAt, ...]:
        """Businesses where people seem to work, by e-mail domain and company name; kept only once the owner says so."""
        with self._store.session(self.id) as session:
            people, firms = workplaces.unplaced(session), workplaces.firms(session)
        workers = Workers(emails=people.emails, companies=people.companies, cities=people.cities)
        places = Firms(names=firms.names, websites=firms.websites, emails=firms.emails, cities=firms.cities)
        return tuple(
            WorksAt(
                person_id=people.ids[person],
                person=people.names[person],
                business_id=firms.ids[firm],
                business=firms.names[firm],
                reason=reason,
            )
            for person, firm, reason in works_at(workers, places)
        )

    def set_workplace(self, person_id: int, business_id: int | None) -> None:
        """Keep where somebody works, or that we do not know."""
        with self._store.session(self.id, writes=True) as session:
            workplaces.save(session, person_id, business_id)


def _people(everybody: compared.Compared) -> People:
    told = everybody.columns
    return People(
        names=told["name"],
        emails=[(main, *others) for main, others in zip(told["email"], told["other_emails"], strict=True)],
        phones=[(main, *others) for main, others in zip(told["phone"], told["other_phones"], strict=True)],
        companies=told["company"],
        streets=told["street"],
        cities=told["city"],
        postcodes=told["postcode"],
    )


def _groups(session: Session, ids: Sequence[int], found: Sequence[Group]) -> tuple[DuplicateGroup, ...]:
    members = [[ids[at] for at in group.members] for group in found]
    people = compared.seen(session, [number for group in members for number in group])
    return tuple(
        DuplicateGroup(
            people=tuple(people[number] for number in numbers),
            pairs=tuple(
                PairReason(one_id=ids[pair.one], other_id=ids[pair.other], chance=pair.chance, reason=pair.reason)
                for pair in group.pairs
            ),
            seen=mark,
        )
        for group, numbers, mark in zip(found, members, compared.marks(session, members), strict=True)
    )
