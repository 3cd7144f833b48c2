"""Queries on associations and their members: what a new list changes, and whom of them we know."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from itertools import count

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.answers.rosters import Known, KnownAs, MaybeSame, Member, MemberCard, RosterCard, RosterLine
from matcher.errors import Conflict, Invalid, NotFound
from matcher.facts import Business, Moment, Offer, Person, Roster, RosterMember
from matcher.facts.directory import plain_name
from matcher.knowledge.rosters import Compared, alike, business_sign, change, compared, key_of, phone_sign, web_sign
from matcher.names import fold
from matcher.store import businesses

NAME_CHARACTERS = 200  # of an association
CHANGED_CHARACTERS = 400
CHUNK = 500  # names in one IN list
LOST_SHARE = 0.5  # of the members: when more of them are missing we ask whether the list is whole (prior)
Offers = Mapping[str, tuple[float, str]]
PART = "More than half of the members are not on this list. If it is the whole list all the same, say so."


# -- lists read --------------------------------------------------------------------------------------
def read(session: Session, network_id: int, name: str, members: Sequence[Member], on: date, *, whole: bool) -> int:
    """Keep a list of an association's members beside the one before, and give the association's number.

    Conflict when more than half would be gone, unless the owner says that the list is whole.
    """
    roster, first = _opened(session, network_id, name, on)
    known = {one.key: one for one in _members(session, roster.id)}
    before = {key: _told(one) for key, one in known.items() if one.gone_in is None}
    found = compared(before, members)
    if not first and roster.read_on == on and _tells_nothing(found, before, members):
        return roster.id  # the same list once more, such as a form sent twice: its news stands
    if not whole and len(found.left) > LOST_SHARE * len(before):
        raise Conflict(PART)
    roster.read_on, roster.readings = on, 1 if first else roster.readings + 1
    for key, position in found.same.items():
        _change(known[key], members[position], roster.readings)
    for key in found.left:
        known[key].gone_on, known[key].gone_in = on, roster.readings
    for position in found.joined:
        _join(session, roster, known, members[position])
    session.flush()
    return roster.id


def join_up(session: Session, roster_id: int, left_key: str, joined_key: str) -> None:
    """Keep that one who left and one who joined are the same: they never left, and changed."""
    roster = _find(session, roster_id)
    left, joined = find_member(session, roster_id, left_key), find_member(session, roster_id, joined_key)
    if left.gone_in != roster.readings or joined.seen_in != roster.readings:
        raise NotFound("These two are not waiting to be told apart.")
    left.gone_on = left.gone_in = None
    _change(left, _told(joined), roster.readings)
    session.delete(joined)


def forget(session: Session, roster_id: int) -> None:
    """Take an association out, with all its members."""
    session.delete(_find(session, roster_id))


def find_member(session: Session, roster_id: int, key: str) -> RosterMember:
    """One member; NotFound otherwise."""
    own = (RosterMember.roster_id == roster_id, RosterMember.key == key)
    found = session.scalar(select(RosterMember).where(*own))
    if found is None:
        raise NotFound("There is no such member.")
    return found


def told_of(session: Session, roster_id: int, key: str) -> Member:
    """What the last list says of a member."""
    return _told(find_member(session, roster_id, key))


# -- lists shown -------------------------------------------------------------------------------------
def overview(session: Session) -> list[RosterLine]:
    """All associations by name."""
    size = select(func.count(RosterMember.key)).where(
        RosterMember.roster_id == Roster.id, RosterMember.gone_in.is_(None)
    )
    found = session.execute(select(Roster, size.scalar_subquery()).order_by(Roster.name))
    return [
        RosterLine(
            roster_id=one.id, name=one.name, read_on=one.read_on.isoformat(), readings=one.readings, members=members
        )
        for one, members in found
    ]


def card(session: Session, roster_id: int) -> RosterCard:
    """An association with what its last list tells, and whom we know of those who joined."""
    roster = _find(session, roster_id)
    members, now = _members(session, roster_id), roster.readings
    joined = [one for one in members if one.seen_in == now and now > 1]
    left = [_card(one) for one in members if one.gone_in == now]
    known = acquaintances(session, roster, [_told(one) for one in joined])
    new = [replace(_card(one), known=whom) for one, whom in zip(joined, known, strict=True)]
    return RosterCard(
        roster_id=roster.id,
        name=roster.name,
        read_on=roster.read_on.isoformat(),
        readings=now,
        members=sum(one.gone_in is None for one in members),
        joined=tuple(new),
        left=tuple(left),
        changed=tuple(_card(one) for one in members if one.changed_in == now and one.gone_in is None),
        maybe=tuple(_maybe(left, new)),
    )


def moment_words(roster_name: str) -> str:
    """How a moment says that somebody joined."""
    return f"Joined {roster_name}"


@dataclass(kw_only=True)
class _Circle:
    """Partners, people and businesses of the directory, to be looked up by what a member is known by."""

    by_sign: dict[tuple[str, ...], Known] = field(default_factory=dict)
    by_name: dict[str, Known] = field(default_factory=dict)

    def add(self, known: Known, member: Member) -> None:
        """Take somebody in; the first of two with the same sign stays."""
        for sign in (business_sign(member), web_sign(member), phone_sign(member)):
            if sign:
                self.by_sign.setdefault(sign, known)
        self.by_name.setdefault(fold(known.name), known)

    def find(self, member: Member) -> Known | None:
        """Who a member is, or may be."""
        people = [Member(business=member.person)] if member.person else []
        for one in (member, *people):
            for sign in (business_sign(one), web_sign(one), phone_sign(one)):
                if sign in self.by_sign:
                    return self.by_sign[sign]
        for name in filter(None, (member.business, member.person)):
            if near := alike(name, self.by_name):
                return replace(self.by_name[near], sure=False)
        return None


def acquaintances(session: Session, roster: Roster, members: Sequence[Member]) -> list[Known | None]:
    """Whom we know each member to be: a partner, a person of ours, a business of the directory of this very name."""
    circle, noted = _Circle(), _noted(session, roster)
    for one in businesses.partners(session):
        known = Known(kind="partner", name=one.name, sure=True, business_id=one.business_id)
        circle.add(known, Member(business=one.name, website=one.website, phone=one.phone))
    for person in session.scalars(select(Person).order_by(Person.id)):
        known = Known(kind="person", name=person.name, sure=True, person_id=person.id)
        circle.add(known, Member(business=person.name, phone=person.phone))
    listed = _listed(session, {one.business for one in members if one.business})
    found = [circle.find(one) or listed.get(fold(one.business)) for one in members]
    return [replace(one, noted=(one.business_id, one.person_id) in noted) if one else None for one in found]


# -- the rest ----------------------------------------------------------------------------------------
def court(session: Session, network_id: int, member: Member, key: str, *, offers: Offers, at: datetime) -> int:
    """Make a business of this network of a member, and give its number; one that stands already is kept.

    `offers` is service -> (how surely, who says so).
    """
    own = (Business.network_id == network_id, Business.key == key)
    found = session.scalar(select(Business.id).where(*own))
    if found is not None:
        return found
    businesses.changed(session, network_id)
    business = Business(
        network_id=network_id,
        key=key,
        name=member.business or member.person,
        category=member.category,
        website=member.website,
        phone=member.phone,
        edited_at=at,
        revision=businesses.revision(session, network_id),
    )
    session.add(business)
    session.flush()
    for service, (sure, source) in offers.items():
        session.add(
            Offer(network_id=network_id, business_id=business.id, service=service, confidence=sure, source=source)
        )
    return business.id


def _opened(session: Session, network_id: int, name: str, on: date) -> tuple[Roster, bool]:
    """The association of this name, made at its first list, and whether this is it."""
    called = " ".join(name.split())
    if not fold(called) or len(called) > NAME_CHARACTERS:
        raise Invalid("name", f"Please write the name of the association, up to {NAME_CHARACTERS} characters.")
    for one in session.scalars(select(Roster)):
        if fold(one.name) == fold(called):
            return one, False
    roster = Roster(network_id=network_id, name=called, read_on=on)
    session.add(roster)
    session.flush()
    return roster, True


def _find(session: Session, roster_id: int) -> Roster:
    found = session.scalar(select(Roster).where(Roster.id == roster_id))
    if found is None:
        raise NotFound("There is no such association.")
    return found


def _members(session: Session, roster_id: int) -> Sequence[RosterMember]:
    asked = select(RosterMember).where(RosterMember.roster_id == roster_id)
    return sorted(session.scalars(asked), key=lambda one: (fold(_told(one).name), one.key))


def _told(one: RosterMember) -> Member:
    return Member(business=one.business, person=one.person, category=one.category, website=one.website, phone=one.phone)


def _change(one: RosterMember, told: Member, reading: int) -> None:
    if sentence := change(_told(one), told):
        one.changed, one.changed_in = sentence[:CHANGED_CHARACTERS], reading
    for name, text in asdict(told).items():
        setattr(one, name, text)


def _join(session: Session, roster: Roster, known: dict[str, RosterMember], told: Member) -> None:
    """Keep a new member, or one who is back; the keys of others with the same name may be taken."""
    key = next(key for key in _keys(told) if key not in known or known[key].gone_in is not None)
    back = known.get(key)
    if back is not None:
        back.gone_on = back.gone_in = None
        back.seen_on, back.seen_in = roster.read_on, roster.readings
        return _change(back, told, roster.readings)
    known[key] = RosterMember(
        network_id=roster.network_id,
        roster_id=roster.id,
        key=key,
        seen_on=roster.read_on,
        seen_in=roster.readings,
        **asdict(told),
    )
    session.add(known[key])
    return None


def _keys(told: Member) -> Iterator[str]:
    """Keys that a member may have: by name, with all that is told of them, then with a number behind it."""
    yield key_of(told)
    whole = " ".join((told.person, told.phone, told.website, told.category))
    yield key_of(replace(told, person=whole))
    yield from (key_of(replace(told, person=f"{whole} {number}")) for number in count(2))


def _tells_nothing(found: Compared, before: Mapping[str, Member], members: Sequence[Member]) -> bool:
    """Whether a list has everybody of the one before, nobody else, and nothing new on anyone."""
    changes = (change(before[key], members[position]) for key, position in found.same.items())
    return not found.left and not found.joined and not any(changes)


def _card(one: RosterMember) -> MemberCard:
    told = _told(one)
    return MemberCard(
        key=one.key,
        name=told.name,
        member=told,
        seen_on=one.seen_on.isoformat(),
        gone_on=one.gone_on.isoformat() if one.gone_on else "",
        changed=one.changed,
    )


def _maybe(left: Sequence[MemberCard], joined: Sequence[MemberCard]) -> Iterable[MaybeSame]:
    """Those who left beside one who joined with nearly the same name."""
    by_name = {fold(one.member.business or one.member.person): one for one in joined}
    for one in left:
        if near := alike(one.member.business or one.member.person, by_name):
            yield MaybeSame(left=one, joined=by_name[near])


def _noted(session: Session, roster: Roster) -> set[tuple[int | None, int | None]]:
    same = (Moment.kind == "joined", Moment.wording == moment_words(roster.name))
    found = session.execute(select(Moment.business_id, Moment.person_id).where(*same))
    return {(row.business_id, row.person_id) for row in found}


def _listed(session: Session, names: Collection[str]) -> Mapping[str, Known]:
    """Businesses that the network can see and that bear one of these names, whatever its capitals and accents."""
    found: dict[str, Known] = {}
    wanted = sorted({plain_name(name) for name in names} - {""})
    kind: KnownAs = "directory"
    for start in range(0, len(wanted), CHUNK):
        asked = select(Business.id, Business.name).where(Business.folded.in_(wanted[start : start + CHUNK]))
        for row in session.execute(asked.order_by(Business.id)):
            found.setdefault(fold(row.name), Known(kind=kind, name=row.name, sure=True, business_id=row.id))
    return found
