"""What goes on around the demo's made-up owner: introductions, referrals, thanks. All names are invented."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from matcher.answers.agenda import SaleTold
from matcher.answers.cared import CareTold
from matcher.answers.connected import TieTold
from matcher.answers.introduced import IntroductionTold, Reply
from matcher.answers.referred import ReferralTold, Result
from matcher.answers.whose import Whose
from matcher.network import Network
from webapp.demo_clients import HANDYMAN, INSPECTIONS, MOVERS, PAINTER, PLUMBER, SECOND_PLUMBER, TITLE, WILLS
from webapp.demo_contacts import FRIEND

OKAFOR, TANAKA, WHITMAN = "Chidi and Laura Okafor", "Sam and Ellen Tanaka", "Grace Whitman"
JIMENEZ, RUIZ = "Walt and June Jimenez", "Dolores Ruiz"
CASTELLAN, LINDGREN, MENSAH = "Ruth Castellan", "The Lindgren family", "Ben and Kofi Mensah"
AS_PROMISED = "They came when they said they would, and left it clean."
Known = Mapping[str, Whose]  # by name


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Somebody who was sent on: by or to whom, and how many days ago it was told, closed and thanked for."""

    name: str  # of the source, or of whom we sent them to
    prospect: str
    told: int
    given: bool = False
    service: str = "mortgage_broker"
    result: Result = "open"
    dollars: int | None = None
    closed: int | None = None
    thanked: int | None = None
    thanked_again: int | None = None
    because: str = ""


SENT = (
    Sent(
        name=TITLE,
        prospect="Lena and Piotr Novak",
        told=62,
        result="done",
        dollars=3_600,
        closed=9,
        thanked=61,
        because="You ring people back on the same day.",
    ),
    Sent(name=WHITMAN, prospect="Teo Lindqvist", told=1),
    Sent(name=TANAKA, prospect="Ines Moreau", told=6, thanked=5),
    Sent(
        name=INSPECTIONS,
        prospect="Rosa Haddad",
        told=140,
        result="done",
        dollars=2_900,
        closed=42,
        thanked=139,
        thanked_again=40,
        because="You explain a loan so that one understands it.",
    ),
    Sent(
        name=TITLE,
        prospect="The Brightman sisters",
        told=260,
        result="done",
        dollars=3_200,
        closed=190,
        thanked=259,
        thanked_again=188,
        because="We have closed thirty loans together.",
    ),
    Sent(name=FRIEND, prospect="Jonah Petit", told=33, result="nowhere", closed=12, thanked=32, because="He asked me."),
    Sent(name=WILLS, prospect="Marguerite Olsen", told=25, given=True, service="estate_attorney"),
    Sent(name=MOVERS, prospect="Anders Holm", told=95, given=True, service="moving_company", result="done", closed=70),
    Sent(name=MOVERS, prospect="Kim and Joy Park", told=48, given=True, service="moving_company", result="won"),
    Sent(name=MOVERS, prospect="Bea Talbot", told=12, given=True, service="moving_company"),
    Sent(name=PAINTER, prospect=JIMENEZ, told=50, given=True, service="painter", result="nowhere", closed=20),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Two who are made known to each other: why, what each of them answered, and what came of it."""

    first: str
    target: str
    service: str = ""
    first_reason: str = ""
    target_reason: str = ""
    answers: tuple[Reply | None, ...] = ()  # None: they have not answered yet
    connected: bool = False
    worked: bool = False


MEETINGS = (
    Meeting(first=LINDGREN, target=HANDYMAN, service="handyman", first_reason=AS_PROMISED),
    Meeting(
        first=OKAFOR,
        target=HANDYMAN,
        service="handyman",
        first_reason=AS_PROMISED,
        answers=("yes", "yes"),
        connected=True,
        worked=True,
    ),
    Meeting(first=CASTELLAN, target=PAINTER, service="painter", answers=("later",)),
    Meeting(first=MENSAH, target=SECOND_PLUMBER, service="plumber", answers=("yes", "yes"), connected=True),
    Meeting(
        first=PLUMBER,
        target=PAINTER,
        first_reason="They come right after you, when the walls are closed again.",
        target_reason="They open walls that somebody has to paint.",
        answers=("yes", "yes"),
    ),
    Meeting(
        first=RUIZ,
        target=WILLS,
        service="estate_attorney",
        first_reason="She takes her time, and explains every page.",
        answers=("yes", None),
    ),
)
CARE = {
    TITLE: CareTold(rhythm_days=30, refers=True, asked_count=2),
    INSPECTIONS: CareTold(refers=True, asked_count=1),
    MOVERS: CareTold(rhythm_days=90, why_not="knows_not_how"),
}
MET = ((WILLS, TITLE), (HANDYMAN, PAINTER))  # partners who know each other


def go_round(network: Network, today: date) -> None:
    """Give the made-up owner's network what has gone on between its clients, partners and contacts."""
    known = _everybody(network)
    for name, told in CARE.items():
        network.set_care(known[name], told)
    for one, other in MET:
        network.set_tie(TieTold(years=3, worked_together=True), known[one], known[other])
    _agree_on_work(network, known, today)
    for sent in SENT:
        _refer(network, known[sent.name], sent, today)
    for meeting in MEETINGS:
        _introduce(network, known[meeting.first], known[meeting.target], meeting)
    network.note_moment(known[WHITMAN], "saved", "You saved us a summer of worry.", on=_ago(today, 2))
    network.note_touch(known[TITLE], "call", on=_ago(today, 33))
    network.note_touch(known[MOVERS], "meeting", on=_ago(today, 20))


def _everybody(network: Network) -> Known:
    """All clients, contacts and partners by name, asked for once, as the demo should open quickly."""
    clients = {one.name: Whose(person_id=one.client_id) for one in network.clients(limit=100).clients}
    contacts = {one.name: Whose(person_id=one.person_id) for one in network.contacts()}
    return clients | contacts | {one.name: Whose(one.business_id) for one in network.partners()}


def _agree_on_work(network: Network, known: Known, today: date) -> None:
    """Three loans: one long confirmed, one whose client has yet to introduce, one whose results are looked at soon."""
    whitman, tanaka, okafor = (known[name].person_id or 0 for name in (WHITMAN, TANAKA, OKAFOR))
    first = network.note_sale(whitman, SaleTold(what="the first mortgage", agreed_on=_ago(today, 170)))
    bath = network.note_sale(tanaka, SaleTold(what="the loan for the bath", agreed_on=_ago(today, 40), promised=3))
    home = network.note_sale(okafor, SaleTold(what="the first mortgage", agreed_on=_ago(today, 44), promised=3))
    for sale, done, results in ((first, 140, 125), (bath, 28, 3)):
        network.note_sale_step(sale, "done", _ago(today, done))
        network.note_sale_step(sale, "results", _ago(today, results))
    network.note_sale_step(home, "done", _ago(today, 4))
    network.note_sale_step(home, "meeting", today + timedelta(days=3))


def _refer(network: Network, whose: Whose, sent: Sent, today: date) -> None:
    number = network.add_referral(
        ReferralTold(
            given=sent.given,
            whose=whose,
            prospect=sent.prospect,
            service=sent.service,
            referred_on=_ago(today, sent.told),
            because=sent.because,
            asked_how="" if sent.given else "unasked",
            result=sent.result,
            value_cents=None if sent.dollars is None else 100 * sent.dollars,
            closed_on=None if sent.closed is None else _ago(today, sent.closed),
        )
    )
    if sent.thanked is not None:
        network.thank(number, on=_ago(today, sent.thanked))
    if sent.thanked_again is not None:
        network.thank(number, "again", on=_ago(today, sent.thanked_again))


def _introduce(network: Network, first: Whose, target: Whose, meeting: Meeting) -> None:
    """Draft an introduction and let it come as far as it is said to."""
    number = network.draft_introduction(
        IntroductionTold(
            for_us=False,
            first=first,
            target=target,
            service=meeting.service,
            first_reason=meeting.first_reason,
            target_reason=meeting.target_reason,
        )
    )
    for role, answer in zip(("first", "target"), meeting.answers, strict=False):
        network.ask(number, role)  # type: ignore[arg-type]
        if answer is not None:
            network.note_answer(number, role, answer)  # type: ignore[arg-type]
    if meeting.connected:
        network.connect(number)
    if meeting.worked:
        network.close_introduction(number, "worked", 42_000)


def _ago(today: date, days: int) -> date:
    return today - timedelta(days=days)
