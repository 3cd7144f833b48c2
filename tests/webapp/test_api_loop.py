"""The whole loop over the API, with two people at browsers who have no account, and each way it can end early."""

from typing import Any

import pytest

from matcher.answers.partners import Filters
from tests.introduced import days_pass
from tests.webapp.conftest import Town
from tests.webapp.test_api import Program, _error
from tests.webapp.visitors import BASE_URL

SECRET = "CANARY, they once let us down"
ENDS = {"no": "declined", "later": "later", "silence": "silent", "withdraw": "withdrawn"}


class Loop:
    """An introduction of Ana's, in which each step is one operation of the API or one tap on a page."""

    def __init__(self, town: Town, body: dict[str, Any]) -> None:
        self.town, self.ana = town, Program(town)
        self.path = ""
        self.path = f"/introductions/{self.send('POST', '/introductions', **body)['introduction_id']}"

    def send(self, method: str, path: str, /, **body: Any) -> dict[str, Any]:
        """What an operation answers; a path that begins with a letter is a step of this introduction."""
        done = self.ana.send(method, path if path.startswith("/") else f"{self.path}/{path}", json=body)
        assert done.status_code == 200, done.text
        return done.json or {}

    def get(self, path: str = "") -> Any:
        """What the API says of this introduction, or of what else the path names."""
        return self.ana.get(path or self.path).json

    def link(self, role: str, step: str = "ask") -> str:
        """Ask one side, or ask them what came of it, and give the path of their link."""
        return str(self.send("POST", step, role=role)["link"]).removeprefix(BASE_URL)

    def tap(self, link: str, **fields: str) -> str:
        """Press a button behind a link, and give the page that follows."""
        nobody = self.town.visitor()
        answer = nobody.post(link, fields, form_on=link)
        assert answer.status_code == 303, answer.text
        return nobody.get(answer.location).text

    def agree(self) -> None:
        """Let both say yes, and make them known to each other."""
        for role in ("first", "target"):
            self.tap(self.link(role), answer="yes")
        assert self.send("POST", "connect")["stage"] == "connected"


@pytest.fixture
def shops(peopled: Town) -> list[int]:
    """Three businesses of the town; a partnership with the first one is agreed."""
    network = peopled.circle
    found = [one.business_id for one in network.directory(limit=3).businesses]
    network.set_stage(found[0], "agreed")
    return found


def _favour(town: Town, introducer: int, wanted: int) -> Loop:
    """An introduction in which a partner is to make us known to somebody."""
    return Loop(town, {"for_us": True, "first": {"business_id": introducer}, "target": {"business_id": wanted}})


@pytest.fixture
def loop(peopled: Town, shops: list[int]) -> Loop:
    """An introduction in which the partner is to make us known to another one."""
    return _favour(peopled, *shops[:2])


def test_from_suggestion_to_thanks_twice(peopled: Town, shops: list[int]) -> None:
    """A partner introduces us to whom was suggested; both say yes, work comes of it, and they are thanked twice."""
    (found,) = Program(peopled).get("/suggestions?limit=1").json["suggestions"]  # type: ignore[index]
    loop = _favour(peopled, shops[0], found["business_id"])
    loop.agree()
    stages = []
    for came in ("met", "won"):
        loop.tap(loop.link("target", "report"), outcome=came)
        stages.append(loop.get()["stage"])
    assert stages == ["met", "referral"]
    (referral,) = loop.get("/referrals?given=false")["referrals"]
    assert (referral["business_id"], referral["result"]) == (shops[0], "won")
    thanks = f"/referrals/{referral['referral_id']}"
    assert [due["kind"] for due in referral["owed"]] == ["at_once"]
    assert loop.send("PUT", f"{thanks}/thanks", kind="at_once")["owed"] == []
    closed = loop.send("PUT", "result", result="worked", value_cents=120_000)
    assert (closed["stage"], closed["result"]) == ("closed", "worked")
    assert [due["kind"] for due in loop.get(thanks)["owed"]] == ["again"]
    loop.send("PUT", f"{thanks}/thanks", kind="again")
    every = loop.get("/referrals")
    assert (every["total"], every["value_cents"], every["owed"]) == (1, 120_000, 0)
    assert all(loop.get(thanks)[day] for day in ("thanked_on", "thanked_again_on", "closed_on"))


@pytest.mark.parametrize("role", ["first", "target"])
@pytest.mark.parametrize("end", ENDS)
def test_it_ends_early_in_private(loop: Loop, role: str, end: str) -> None:
    """Whoever ends it, and however, only the owner's network learns of it; links die alike, and nothing goes on."""
    town, links = loop.town, [loop.link("first")]
    if role == "target":
        loop.tap(links[0], answer="yes")
        links.append(loop.link("target"))
    if end == "silence":
        days_pass(town.accounts.store, 14, town.network)
    elif end == "withdraw":
        loop.send("POST", "withdraw")
    else:
        assert SECRET not in loop.tap(links[-1], answer=end, words=SECRET)
    card = loop.get()
    assert (card["stage"], card["connected_on"]) == (ENDS[end], "")
    assert [asked["words"] for asked in card["asks"]][-1] == (SECRET if end in ("no", "later") else "")
    nobody, cleo = town.visitor(), Program(town, "cleo")
    assert len({nobody.get(link).data for link in (*links, "/ask/never-given")}) == 1
    assert (cleo.get(loop.path).status_code, cleo.get("/introductions").json) == (404, [])
    assert loop.get("/referrals")["total"] == 0
    assert loop.get("/outbox")["mails"] == []
    assert _error(loop.ana.get(f"{loop.path}/message")) == (409, "conflict", "")
    for step in ("connect", "report", "ask"):
        told = {} if step == "connect" else {"role": "target"}
        assert _error(loop.ana.send("POST", f"{loop.path}/{step}", json=told)) == (409, "conflict", "")


@pytest.mark.parametrize("end", ["no", "later"])
def test_a_private_no_stays_private(loop: Loop, shops: list[int], end: str) -> None:
    """Who had said yes learns nothing of the other's no: not from a new question, nor from its link or message."""
    loop.tap(loop.link("first"), answer="yes")
    target = loop.get()["target"]
    loop.tap(loop.link("target"), answer=end, words=SECRET)
    passed = _favour(loop.town, shops[0], shops[2]).send("POST", "ask", role="first")
    shown = loop.town.visitor().get(passed["link"].removeprefix(BASE_URL)).text
    for words in (SECRET, target["name"], "said no", "not now"):
        assert words not in passed["draft"]["text"]
        assert words not in shown.replace("Not now</button>", "")


@pytest.mark.parametrize("came", ["", "met", "won"], ids=["never met", "no referral came of it", "went nowhere"])
def test_it_comes_to_nothing(peopled: Town, came: str) -> None:
    """After two yeses it can still come to nothing, before or after work was agreed; another partner is then named."""
    network, ana = peopled.circle, Program(peopled)
    tried, other = network.directory(Filters(services=("plumber",)), limit=2).businesses
    for one in (tried, other):
        network.set_stage(one.business_id, "agreed")
    client = ana.send("POST", "/clients", json={"name": "Joe"}).json["client_id"]  # type: ignore[index]
    target = {"business_id": tried.business_id}
    loop = Loop(peopled, {"first": {"person_id": client}, "target": target, "service": "plumber"})
    loop.agree()
    for outcome in filter(None, (came, "nowhere")):
        loop.tap(loop.link("first", "report"), outcome=outcome)
    card = loop.get()
    assert (card["stage"], card["result"]) == ("closed", "nowhere")
    (referral,) = loop.get("/referrals?given=true")["referrals"]
    assert (referral["business_id"], referral["result"], referral["owed"]) == (tried.business_id, "nowhere", [])
    others = loop.get(f"/referrals/{referral['referral_id']}/fallbacks")
    assert others[0]["business_id"] == other.business_id
    assert tried.business_id not in {one["business_id"] for one in others}
