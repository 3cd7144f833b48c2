"""The other end of `Remembering`: a client who promised introductions, and a calendar that reads the agenda."""

from matcher.answers.agenda import CALENDAR_DAYS, MadeKnown, PromisePage
from matcher.chapters import giving
from matcher.engine.agenda import agenda
from matcher.engine.ask_rules import delivered
from matcher.errors import Conflict, Invalid, NotFound
from matcher.exchange.calendar import write_calendar
from matcher.facts import Referral
from matcher.lines import few_lines, one_line
from matcher.store import Session, Store, businesses, clock, diary, links, referrals, sales
from matcher.store.links import Purpose, Target
from matcher.units import now_utc

NAME_CHARACTERS = 200
REACH_CHARACTERS = 200
NEEDS_CHARACTERS = 1_000
ENOUGH = "You have made all the introductions that you promised. Thank you."


def read_promise(store: Store, token: str) -> PromisePage:
    """What the page of a promise shows; NotFound, the same for a link that is wrong, closed or too old."""
    target = _target(store, token, "promise")
    with store.session(target.network_id) as session:
        return _page(session, target)


def make_known(store: Store, token: str, told: MadeKnown) -> PromisePage:
    """Keep somebody whom the client introduces, as a referral from them; Conflict when all are made."""
    checked = _checked(told)
    target = _target(store, token, "promise")
    with store.session(target.network_id, writes=True) as session:
        links.look_up(session, token, "promise", now_utc())  # it may have been closed while we waited
        sale = sales.find(session, target.target_id, lock=True)
        page = _page(session, target)
        if page.delivered >= page.promised:
            raise Conflict(ENOUGH)
        referral = Referral(
            network_id=target.network_id,
            given=False,
            person_id=sale.person_id,
            sale_id=sale.id,
            prospect=checked.name,
            referred_on=clock.today(session),
            asked_how="written",
            note="\n".join(filter(None, (f"Reach them: {checked.reach}", checked.needs))),
        )
        referrals.add(session, referral)
        return _page(session, target)


def read_calendar(store: Store, token: str) -> bytes:
    """The agenda of a network as a calendar, for whoever has its link; NotFound when that is closed or wrong."""
    target = _target(store, token, "calendar")
    with store.session(target.network_id) as session:
        today = clock.today(session)
        tasks = agenda(giving.whole_diary(session, target.network_id), today, CALENDAR_DAYS)
    return write_calendar(tasks, target.network_id, today, now_utc())


def _target(store: Store, token: str, purpose: Purpose) -> Target:
    with store.session() as session:
        return links.look_up(session, token, purpose, now_utc())


def _page(session: Session, target: Target) -> PromisePage:
    home, known = businesses.home(session, target.network_id), diary.diary(session, target.network_id)
    work = next((work for work in known.works if work.sale_id == target.target_id), None)
    if home is None or work is None:
        raise NotFound(links.GONE)
    return PromisePage(business=home.name, what=work.what, promised=work.promised, delivered=delivered(known, work))


def _checked(told: MadeKnown) -> MadeKnown:
    name, reach = one_line("name", told.name, NAME_CHARACTERS), one_line("reach", told.reach, REACH_CHARACTERS)
    if not name:
        raise Invalid("name", "Please write who it is.")
    if not reach:
        raise Invalid("reach", "Please write how to reach them: a phone number or an e-mail address.")
    return MadeKnown(name=name, reach=reach, needs=few_lines("needs", told.needs, NEEDS_CHARACTERS))
