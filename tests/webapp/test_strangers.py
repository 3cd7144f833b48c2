"""Nobody can see, change or even notice what belongs to another network; made from the app's own list of routes."""

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from matcher.answers.agenda import SaleTold
from matcher.answers.cared import CareTold
from matcher.answers.connected import ContactTold, TieTold
from matcher.answers.introduced import ROLES, IntroductionTold
from matcher.answers.invited import ApplicationTold
from matcher.answers.partners import Profile
from matcher.answers.posted import MailTold, SenderTold
from matcher.answers.programme import DealTold
from matcher.answers.referred import ReferralTold
from matcher.answers.thanked import GiftTold
from matcher.answers.told import Checked, ClientTold, NeedTold
from matcher.answers.whose import Whose
from matcher.facts import Fact, Nudge
from matcher.network import Network
from matcher.store import Store
from matcher.units import now_utc
from matcher.visitors.answering import apply
from matcher.visitors.taking_kits import accept_invite
from tests.webapp.conftest import MakeSettings, Town, settle_town
from tests.webapp.visitors import Visitor
from webapp import create_app
from webapp.serving import HOME

CANARY = "Zqxcanary"  # in everything that is Ana's; no other word holds it
LIST = (
    "Name,Address,City,State,Zip,Phone,Email,Website,Category,Odd\n"
    f"{CANARY} Roofing,{CANARY} Street 1,{CANARY}ville,AZ,85701,520-555-0101,{CANARY}@example.com,{CANARY}.example,"
    f"Roofer {CANARY},{CANARY}\n"
    f",no name {CANARY},,,,,,,,\n"
)
MISSING = 999_999
WORDS = {
    "form": "csv",
    "code": "plumber",
    "token": "x",
    "kind": "ask",
    "filename": "style.css",
}  # arguments that are no numbers
JSON = {  # bodies that the API accepts, so that it gets as far as looking
    "api.put_verdict": {"answer": "no"},
    "api.put_ruling": {"competes": True},
    "api.put_facts": {"tier": 2},
    "api.put_partnership": {"stage": "agreed"},
    "api.store_import": {"columns": {}},
    "api.put_understand": {"text": CANARY, "service": "roofer"},
    "api.post_outcome": {"kind": "give", "came_true": True},
    "api.put_motivation": {"wants": "more work"},
    "api.put_application_answer": {"answer": "no"},
    "api.post_ask": {"role": "first"},
    "api.post_connect_message": {
        "to_email": "a@example.com",
        "also_email": "b@example.com",
        "subject": "x",
        "body": "x",
    },
    "api.post_reminder": {"role": "first"},
    "api.post_report": {"role": "first"},
    "api.put_answer": {"role": "first", "answer": "no"},
    "api.put_introduction_result": {"result": "met"},
    "api.put_vetting": {"kind": "licence", "checked_on": "2026-03-02"},
    "api.put_room": {"room": 2},
    "api.put_plan": {"code": "learn_wants", "done": True},
    "api.put_client": {"name": "Mine"},
    "api.post_need": {"service": "roofer"},
    "api.put_need": {"service": "roofer"},
    "api.post_status": {"status": "dropped"},
    "api.post_partner": {"business_id": None},
    "api.post_journey": {"journey": "first_home"},
    "api.put_journey": {"complete": True},
    "api.put_contact": {"name": "Mine"},
    "api.put_tie": {"years": 3},
    "api.put_person_tie": {"years": 3},
    "api.put_referral": {"given": False, "business_id": 1, "prospect": "Joe"},
    "api.put_result": {"result": "won"},
    "api.put_thanks": {"kind": "at_once"},
    "api.post_business_gift": {"reward": "card"},
    "api.post_client_gift": {"reward": "card"},
    "api.put_business_care": {"refers": True},
    "api.put_client_care": {"refers": True},
    "api.put_step": {"step": "done", "on": "2026-03-03"},
    "api.put_tags": {"standing": "cold"},
    "api.post_mail": {"key": "x", "to_email": "a@example.com", "subject": "x", "body": "x"},
    "api.put_no_mail": {"email": "a@example.com"},
    "api.delete_person": {"name": "Mine"},
    "api.post_nudge": {"words": "x"},
    "api.put_programme_kit": {"name": "Mine"},
    "api.post_invite": {"whom": ""},
    "api.post_merge": {"ids": [1, 2]},
    "api.put_not_same": {"ids": [1, 2]},
    "api.put_workplace": {"business_id": None},
    "api.post_greeting": {"key": "0" * 64},
    "api.post_courted": {"key": "0" * 64},
    "api.post_same": {"left": "0" * 64, "joined": "1" * 64},
    "api.put_sender": {"name": "x", "email": "a@example.com", "postal_address": "x"},
}
QUERIES = {
    "api.delete_vetting": "?kind=licence",
    "api.delete_no_mail": "?email=a@example.com",
    "api.delete_thanks": "?kind=at_once",
    "api.delete_answer": "?role=first",
}  # that an operation does not do without
FORM = {
    **{"answer": "no", "competes": "no", "stage": "agreed", "reason": "", "outcome": "give:yes", "next": "/directory"},
    **{"status": "dropped", "service": "roofer", "begin": "first_home", "new-service": "roofer", "name": "Mine"},
    **{"kind": "licence", "result": "won", "reward": "card"},
    **{"kind": "licence", "role": "first", "result": "met"},
    "words": "x",
}
WITHOUT_WORDS = ("imports.problems", "api.get_outcomes", "api.get_fallbacks")  # nothing but numbers
ENDS_SESSIONS = ("security.", "settings.sign_out_everywhere")  # routes about signing in: they know no network
UNOBSERVED = {"web_session"}  # a session remembers its form's token


@dataclass(frozen=True)
class Walls:
    """Two networks: Ana's, where everything holds the canary, and Cleo's."""

    town: Town
    ids: dict[str, int]  # argument of a route -> the number of something that is Ana's


@pytest.fixture
def walls(make_settings: MakeSettings) -> Iterator[Walls]:
    """Ana has a business with a verdict, a client, an import with a problem and one that waits; Cleo has a home."""
    town = settle_town(create_app(make_settings()))
    store = town.accounts.store
    ana, cleo = Network(store, town.network), Network(store, town.other)
    town.accounts.rename_network(town.network, f"{CANARY} circle")
    ana.settle(HOME)
    cleo.settle(HOME)
    stored = ana.stage(f"{CANARY}.csv", LIST.encode()).import_id
    assert ana.store_import(stored).stored == 1
    ana.stage(f"{CANARY}-2.csv", LIST.replace("Roofing", "Paving").encode())
    (business,) = ana.directory().businesses
    assert CANARY in f"{business.name} {business.address} {business.place} {business.website}"
    verdict = ana.decide(business.business_id, "yes", f"{CANARY} is good")
    numbers = {"business_id": business.business_id, "import_id": stored, "verdict_id": verdict}
    ana.set_motivation(Profile(wants=f"{CANARY} clients"), business.business_id)
    numbers["outcome_id"] = ana.note_outcome(business.business_id, "give", True)
    numbers["occasion_id"] = ana.note_needs("first_home", ("moving_company",))
    numbers |= _invited(ana, store, business.business_id)
    contact = ContactTold(name=f"{CANARY} Lee", note=f"{CANARY} sings", business_id=business.business_id)
    numbers["person_id"] = ana.add_contact(contact)
    numbers["tie_id"] = ana.set_tie(
        TieTold(years=3), Whose(person_id=numbers["person_id"]), Whose(business.business_id)
    )
    ana.set_sender(SenderTold(name=CANARY, email=f"{CANARY}@example.com", postal_address=CANARY))
    mail = MailTold(key=CANARY, to_email=f"joe@{CANARY}.example", subject=CANARY, body=CANARY)
    numbers["mail_id"] = ana.approve_mail(mail)
    numbers |= _coaching(town, ana)
    twins = [ana.add_contact(ContactTold(name=f"{CANARY} Twin", email=f"twin@{CANARY}.example")) for _ in range(2)]
    numbers["merge_id"] = ana.merge(twins).merge_id
    numbers["roster_id"] = ana.read_pasted_roster(f"{CANARY} Club", f"{CANARY} Tiles").roster_id
    yield Walls(town, numbers)
    store.engine.dispose()


def _invited(ana: Network, store: Store, business_id: int) -> dict[str, int]:
    """A client who was sent a survey, a call that somebody answered, and something that was checked."""
    told = ClientTold(name=f"{CANARY} Miller", note=f"{CANARY} likes tea")
    client = ana.add_client(told, [NeedTold(wording=f"{CANARY} roof")], journey="first_home")
    ana.send_survey(client)
    card = ana.open_call("roofer", wording=f"Like {CANARY}")
    apply(store, card.token, ApplicationTold(business=f"{CANARY} Roofs", phone="520-555-0177"))
    ana.note_vetting(business_id, Checked(kind="licence", checked_on=date(2026, 3, 2), note=CANARY))
    theirs_too = _remembered(ana, client)
    application = ana.call(card.call_id).applications[0].application_id
    card_of, theirs = ana.client(client), {"client_id": client}
    theirs |= {"need_id": card_of.needs[0].need_id, "client's occasion_id": card_of.journeys[0].occasion_id}
    theirs |= _referred(ana, Whose(person_id=client), Whose(business_id))
    theirs |= {"call_id": card.call_id, "application_id": application}
    deal = DealTold(business_id=business_id, what=f"{CANARY} gutters", until_on=date(2199, 1, 1))
    theirs_too["deal_id"] = ana.add_deal(deal)
    return theirs | theirs_too | {"introduction_id": _introduced(ana, client, business_id)}


def _coaching(town: Town, ana: Network) -> dict[str, int]:
    """A programme of Ana's with an agent and a link that waits, and words of a coach to her."""
    kit = ana.make_kit({"name": f"{CANARY} first", "steps": [{"week": 1, "title": CANARY, "do": CANARY}]})
    dora = town.accounts.create_account("dora@example.com", now=now_utc())
    agent = town.accounts.create_network("Dora", dora, now=now_utc())
    accept_invite(town.accounts.store, ana.invite_agent(kit, town.ana), agent, CANARY)
    ana.invite_agent(kit, town.ana, CANARY)
    store = town.accounts.store
    with store.session(town.network, writes=True) as session:
        nudge = Nudge(network_id=town.network, words=CANARY, sent_at=now_utc())
        session.add(nudge)
        session.flush()
        numbers = {"nudge_id": nudge.id}
    return numbers | {"kit_id": kit, "agent_id": agent, "invite_id": ana.agent_invites()[0].invite_id}


def _introduced(ana: Network, client_id: int, business_id: int) -> int:
    """An introduction of that client to the business."""
    told = IntroductionTold(for_us=False, first=Whose(person_id=client_id), target=Whose(business_id=business_id))
    number = ana.draft_introduction(told)
    for role in ROLES:
        ana.ask(number, role)
        ana.note_answer(number, role, "yes")
    return number


def _referred(ana: Network, *sources: Whose) -> dict[str, int]:
    """A referral and a gift of sources whom Ana looks after."""
    numbers = {}
    for whose in sources:
        told = ReferralTold(given=False, whose=whose, prospect=f"{CANARY} Park", because=CANARY)
        numbers["referral_id"] = ana.add_referral(told)
        numbers["gift_id"] = ana.note_gift(whose, GiftTold(reward="card", note=CANARY))
        ana.set_care(whose, CareTold(post_to=f"{CANARY} Street 1"))
    return numbers


def _remembered(ana: Network, client: int) -> dict[str, int]:
    """Work agreed with a client, and a moment to ask them."""
    sale = ana.note_sale(client, SaleTold(what=f"{CANARY} roof", agreed_on=date(2026, 3, 2), promised=2))
    moment = ana.note_moment(Whose(person_id=client), "praise", f"{CANARY} is good")
    return {"sale_id": sale, "moment_id": moment, "touch_id": ana.note_touch(Whose(person_id=client), "call")}


def _rules(app: Flask, numbered: bool) -> Iterator[tuple[str, Rule]]:
    """(Method, rule) of every route, those with a number in them or the others."""
    for rule in app.url_map.iter_rules():
        if numbered == any("Number" in type(converter).__name__ for converter in rule._converters.values()):
            for method in sorted((rule.methods or set()) - {"OPTIONS"}):
                yield method, rule


def _path(rule: Rule, numbers: Callable[[str], int]) -> str:
    """A path of this route; KeyError names an argument that this test has to learn."""
    whose = "client's " if "/clients/journeys/" in rule.rule else ""
    values = {name: WORDS[name] if name in WORDS else numbers(whose + name) for name in rule.arguments}
    built = rule.build(values)
    assert built is not None
    return built[1]


def _call(visitor: Visitor, method: str, rule: Rule, path: str, token: str) -> TestResponse:
    headers = {"X-CSRFToken": token, "Referer": visitor.base_url + "/directory"}
    body = {"json": JSON[rule.endpoint]} if rule.endpoint in JSON else {"data": FORM if method == "POST" else None}
    path += QUERIES.get(rule.endpoint, "")
    return visitor.client.open(path, method=method, base_url=visitor.base_url, headers=headers, **body)


def _told(answer: TestResponse) -> str:
    """What an answer says, unpacked where it is packed."""
    if answer.is_json or "text" in answer.content_type:
        return answer.text
    if answer.content_type == "application/zip":
        with ZipFile(io.BytesIO(answer.data)) as packed:
            return "".join(packed.read(part).decode() for part in packed.namelist())
    return answer.get_data().hex()


def _state(town: Town) -> str:
    """A hash of every row of every table but the sessions."""
    digest = hashlib.sha256()
    with town.accounts.store.engine.connect() as connection:
        for table in Fact.metadata.sorted_tables:
            if table.name not in UNOBSERVED:
                rows = connection.execute(select(table).order_by(*table.primary_key.columns)).all()
                digest.update(repr((table.name, rows)).encode())
    return digest.hexdigest()


def test_a_stranger_cannot_tell_anothers_from_a_missing_one(walls: Walls) -> None:
    """On every route and method with a number: the same status and body as for a number that nobody has; no change."""
    cleo = walls.town.visitor("cleo")
    token = cleo.token("/imports")
    before = _state(walls.town)
    seen = 0
    for method, rule in _rules(walls.town.app, numbered=True):
        foreign = _call(cleo, method, rule, _path(rule, walls.ids.__getitem__), token)
        missing = _call(cleo, method, rule, _path(rule, lambda _: MISSING), token)
        about = f"{method} {rule.rule}"
        assert (foreign.status_code, foreign.data) == (missing.status_code, missing.data), about
        assert foreign.status_code == 404, about
        assert CANARY not in foreign.text + str(foreign.headers), about
        assert _state(walls.town) == before, about
        seen += 1
    assert seen >= 10


def test_the_owner_sees_what_the_stranger_does_not(walls: Walls) -> None:
    """The same routes answer Ana: the test above looks at things that are there."""
    ana = walls.town.visitor("ana")
    for method, rule in _rules(walls.town.app, numbered=True):
        if method == "GET":
            answer = ana.get(_path(rule, walls.ids.__getitem__))
            assert answer.status_code == 200, rule.rule
            assert CANARY in answer.text or rule.endpoint in WITHOUT_WORDS, rule.rule


def test_no_page_of_a_stranger_holds_a_word_of_anothers(walls: Walls) -> None:
    """No list, export, page or answer of the API that Cleo can get holds anything of Ana's."""
    cleo = walls.town.visitor("cleo")
    for method, rule in _rules(walls.town.app, numbered=False):
        if method == "GET":
            for query in ("", f"?q={CANARY[:4].lower()}", "?q=a&decided=yes&first=0"):
                answer = cleo.get(_path(rule, walls.ids.__getitem__) + query)
                told = _told(answer)
                assert CANARY.lower() not in told.lower(), f"{rule.rule}{query}"
                assert CANARY.encode().hex() not in told, f"{rule.rule}{query}"
                assert answer.status_code < 500, f"{rule.rule}{query}"


def test_nobody_signed_in_sees_or_changes_anything(walls: Walls) -> None:
    """A route with a number sends an anonymous visitor to sign in, whether the number is anybody's or not."""
    nobody = walls.town.visitor()
    token = nobody.token("/sign-in")
    before = _state(walls.town)
    for method, rule in _rules(walls.town.app, numbered=True):
        real = _call(nobody, method, rule, _path(rule, walls.ids.__getitem__), token)
        missing = _call(nobody, method, rule, _path(rule, lambda _: MISSING), token)
        about = f"{method} {rule.rule}"
        assert real.status_code == missing.status_code == (401 if rule.rule.startswith("/api/") else 303), about
        assert CANARY not in real.text + str(real.headers), about
    for method, rule in _rules(walls.town.app, numbered=False):
        if method == "GET":
            assert CANARY not in nobody.get(_path(rule, walls.ids.__getitem__)).text, rule.rule
    assert _state(walls.town) == before


def test_a_stranger_cannot_change_anothers_through_any_form(walls: Walls) -> None:
    """No POST, PUT or DELETE without a number in its path changes a row of Ana's network, whatever it says."""
    rows = _rows_of(walls.town, walls.town.network)
    forged = {**FORM, "network": walls.town.network, "network_id": walls.town.network, **walls.ids}
    forged |= {"client": walls.ids["client_id"], "need": walls.ids["need_id"], "c0-line": "x", "c0-name": "Mine"}
    cleo = walls.town.visitor("cleo")
    form = {**forged, "csrf_token": cleo.token("/imports")}
    for method, rule in _rules(walls.town.app, numbered=False):
        if method in ("POST", "PUT", "DELETE") and not rule.endpoint.startswith(ENDS_SESSIONS):
            path = _path(rule, walls.ids.__getitem__)
            cleo.client.open(path, method=method, base_url=cleo.base_url, data=form)
            assert _rows_of(walls.town, walls.town.network) == rows, rule.rule
    assert cleo.get("/imports").status_code == 200  # she was signed in all the time


def _rows_of(town: Town, network: int) -> str:
    """Every row that carries the number of a network."""
    found: list[object] = []
    with town.accounts.store.engine.connect() as connection:
        for table in Fact.metadata.sorted_tables:
            if "network_id" in table.columns:
                found += connection.execute(select(table).where(table.columns["network_id"] == network)).all()
        networks = Fact.metadata.tables["network"]
        found += connection.execute(select(networks).where(networks.columns["id"] == network)).all()
    return repr(found)


def test_somebody_without_a_network_gets_nothing(walls: Walls) -> None:
    """A member who has been taken out gets the same 404 everywhere as for a page that does not exist."""
    town = walls.town
    town.accounts.remove_member(town.network, town.bob)
    bob = town.visitor("bob")
    nothing = bob.get("/no-such-page").data
    for method, rule in _rules(town.app, numbered=True):
        if method == "GET" and not rule.rule.startswith("/api/"):
            answer = bob.get(_path(rule, walls.ids.__getitem__))
            assert (answer.status_code, answer.data) == (404, nothing), rule.rule
