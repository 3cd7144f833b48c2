"""The API's side of introductions."""

from typing import Any

import pytest

from matcher.answers.connected import ContactTold
from matcher.answers.introduced import ROLES, ReportTold
from matcher.answers.told import ClientTold
from matcher.network import Network
from matcher.visitors.consenting import answer_ask, answer_report
from tests.webapp.conftest import Town
from tests.webapp.test_api import Program, _error, _json
from tests.webapp.test_mail_pages import SENDER
from tests.webapp.visitors import BASE_URL


def _drafted(town: Town, program: Program) -> str:
    """The path of a new introduction of a client to a business."""
    network = town.circle
    client = network.add_client(ClientTold(name="Joe"))
    business = network.suggestions(limit=1).suggestions[0].business_id
    body = {"first": {"person_id": client}, "target": {"business_id": business}, "first_reason": "They listen."}
    made = program.send("POST", "/introductions", json=body).json
    assert made is not None
    return f"/introductions/{made['introduction_id']}"


def test_the_list_as_files(peopled: Town) -> None:
    """Each form of the list has its own media type, and a stage narrows it as it narrows the list."""
    ana = Program(peopled)
    _drafted(peopled, ana)
    for form, kind in (("csv", "text/csv"), ("vcf", "text/vcard")):
        found = ana.get(f"/introductions/file?form={form}&stage=drafted")
        assert (found.mimetype, b"Joe" in found.data) == (kind, True)
        assert b"Joe" not in ana.get(f"/introductions/file?form={form}&stage=closed").data
        for path in ("/agenda/file", "/referrals/file"):
            assert ana.get(f"{path}?form={form}").mimetype == kind


def test_the_limit_is_a_setting(peopled: Town) -> None:
    """The owner sets how many introductions may be open at a time, within bounds; a member may only read it."""
    ana, bob, path = Program(peopled), Program(peopled, "bob"), "/settings/open-introductions"
    assert ana.get(path).json == {"most": 3}
    assert ana.send("PUT", path, json={"most": 5}).json == bob.get(path).json == {"most": 5}
    assert _error(bob.send("PUT", path, json={"most": 4}))[0] == 403
    assert _error(ana.send("PUT", path, json={"most": 11})) == (400, "invalid", "most")


def test_the_whole_loop(peopled: Town) -> None:
    """Drafted, asked twice, connected (taken back once), reported and closed, each step by one operation."""
    ana, store = Program(peopled), peopled.accounts.store
    path = _drafted(peopled, ana)
    for role in ("first", "target"):
        passed = ana.send("POST", f"{path}/ask", json={"role": role, "tone": "plain"}).json
        assert passed is not None
        assert passed["link"] in passed["draft"]["text"]
        answer_ask(store, passed["link"].removeprefix(f"{BASE_URL}/ask/"), "yes")
    assert "Joe" in ana.get(f"{path}/message?tone=plain").json["text"]  # type: ignore[index]
    for method, stage in (("POST", "connected"), ("DELETE", "agreed"), ("POST", "connected")):
        assert ana.send(method, f"{path}/connect").json["stage"] == stage  # type: ignore[index]
    passed = ana.send("POST", f"{path}/report", json={"role": "first"}).json
    assert passed is not None
    answer_report(store, passed["link"].removeprefix(f"{BASE_URL}/outcome/"), ReportTold(outcome="met"))
    closed = ana.send("PUT", f"{path}/result", json={"result": "worked", "value_cents": 5}).json
    network = Network(store, peopled.network)
    assert closed == ana.get(path).json == _json(network.introduction(int(path.rpartition("/")[2])))
    assert closed["stage"] == "closed"
    assert ana.get("/introductions?stage=closed").json == _json(network.introductions())
    assert ana.get("/introductions?stage=met").json == []


def test_the_message_to_both(peopled: Town) -> None:
    """GET tells to whom the message goes, POST lets it go to the addresses that were read, and to no others."""
    ana, network = Program(peopled), peopled.circle
    network.set_sender(SENDER)
    path = _drafted(peopled, ana)
    assert _error(ana.get(f"{path}/message"))[:2] == (409, "conflict")
    card = network.introduction(int(path.rpartition("/")[2]))
    network.edit_client(card.first.whose.person_id or 0, ClientTold(name="Joe", email="joe@example.com"))
    network.add_contact(ContactTold(name="Rosa", email="rosa@example.com", business_id=card.target.whose.business_id))
    for role in ROLES:
        ana.send("POST", f"{path}/ask", json={"role": role})
        ana.send("PUT", f"{path}/answer", json={"role": role, "answer": "yes"})
    shown = ana.get(f"{path}/message").json
    assert shown is not None
    body = {"subject": "You two", "body": "Meet.", "to_email": "joe@example.com", "also_email": "x@example.com"}
    assert _error(ana.send("POST", f"{path}/message", json=body))[:2] == (409, "conflict")
    sent = ana.send("POST", f"{path}/message", json=body | {"also_email": shown["target"]["email"]}).json
    assert sent == ana.get(f"{path}/message").json == _json(network.message_to_both(card.introduction_id))
    assert sent["mail"]["state"] == "queued"


def test_it_ends_early(peopled: Town) -> None:
    """A no told by phone ends it; what then makes no sense is a conflict with its sentence."""
    ana = Program(peopled)
    path = _drafted(peopled, ana)
    assert _error(ana.send("POST", f"{path}/connect")) == (409, "conflict", "")
    ana.send("POST", f"{path}/ask", json={"role": "first"})
    assert _error(ana.send("POST", f"{path}/remind", json={"role": "first"})) == (409, "conflict", "")
    said = ana.send("PUT", f"{path}/answer", json={"role": "first", "answer": "no", "words": "No."}).json
    assert said is not None
    assert (said["stage"], said["asks"][0]["words"]) == ("declined", "No.")
    assert _error(ana.send("POST", f"{path}/withdraw")) == (409, "conflict", "")
    assert _error(ana.send("PUT", f"{path}/result", json={"result": "met"})) == (409, "conflict", "")


def test_undo(peopled: Town) -> None:
    """DELETE takes back a noted answer, with a new link, and a withdrawal."""
    ana = Program(peopled)
    path = _drafted(peopled, ana)
    ana.send("POST", f"{path}/ask", json={"role": "first"})
    assert _error(ana.send("DELETE", f"{path}/answer?role=first")) == (409, "conflict", "")
    ana.send("PUT", f"{path}/answer", json={"role": "first", "answer": "no"})
    passed = ana.send("DELETE", f"{path}/answer?role=first").json
    assert passed is not None
    assert passed["link"] in passed["draft"]["text"]
    ana.send("POST", f"{path}/withdraw")
    assert ana.send("DELETE", f"{path}/withdraw").json["stage"] == "first_asked"  # type: ignore[index]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"first": {"person_id": 1}}, "target"),
        ({"first": {"person_id": 0}, "target": {"business_id": 2}}, "first.person_id"),
        ({"first": {"person_id": 1}, "target": {"business_id": 2}, "service": "zeppelin"}, "service"),
        ({"first": {}, "target": {"business_id": 2}}, "first"),
    ],
)
def test_what_makes_no_sense_is_refused(peopled: Town, body: dict[str, Any], field: str) -> None:
    """What is missing or unknown is refused by name."""
    assert _error(Program(peopled).send("POST", "/introductions", json=body)) == (400, "invalid", field)
