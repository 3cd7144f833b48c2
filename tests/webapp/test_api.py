"""The JSON API: what it answers, what it refuses, and that it keeps to its own document."""

import io
import json
import re
import time
from dataclasses import asdict
from typing import Any

import pytest
from click.testing import CliRunner
from schemathesis import GenerationMode
from werkzeug.test import TestResponse

from matcher.cli import switchboard
from matcher.units import now_utc
from tests.webapp.conftest import Town
from tests.webapp.made_requests import Owner
from webapp.api import PREFIX
from webapp.api.operation import operations
from webapp.demo_contacts import acquaint
from webapp.demo_loop import go_round

CASES, PATIENCE = 2, 15  # made-up requests for each operation; until it has once done what it is for
# What nothing made up can do, or luck alone: it takes a link, a key or a word that was given out, a file's form, a mail
# on its way, a partner or a sale at the right stage.
NEVER = {
    "delete_answer", "delete_coach", "delete_connection", "delete_deal", "delete_invite", "delete_needs",
    "delete_person", "get_coach",
    "get_connect_message", "get_import", "get_invitation", "get_sender", "get_why_not", "post_again",
    "post_arrived", "post_ask", "post_back", "post_connect_message", "post_connection", "post_courted",
    "post_deal", "post_greeting", "post_invitation", "post_kit_file", "post_mail", "post_network", "post_nudge",
    "post_read", "post_referral", "post_reminder", "post_same", "post_selling", "post_stop",
    "put_answer", "put_application_answer", "put_contact", "put_mark", "put_plan", "put_programme_kit",
    "put_question", "put_referral", "put_room", "put_version", "put_week", "store_import", "undo_import",
}  # fmt: skip
LIST = b"Business name,City,State,ZIP,Category\nAdobe Roofing,Tucson,AZ,85701,Roofer\n,Tucson,AZ,85701,\n"
PATIENCE_SECONDS = 60.0  # the longest wait for a small import, on a busy machine


@pytest.fixture
def lively(busy: Town) -> Town:
    """The made-up town where much has gone on between Ana, her clients, partners and contacts."""
    network = busy.circle
    acquaint(network)
    go_round(network, now_utc().date())
    return busy


class Program:
    """A program that has signed in and sends the token along."""

    def __init__(self, town: Town, name: str = "ana") -> None:
        self.visitor = town.visitor(name)
        self.headers = {"X-CSRFToken": self.get("/token").json["csrf_token"]}  # type: ignore[index]

    def get(self, path: str) -> TestResponse:
        """Ask."""
        return self.visitor.get(PREFIX + path)

    def send(self, method: str, path: str, **options: Any) -> TestResponse:
        """Change something."""
        base_url = self.visitor.base_url
        return self.visitor.client.open(
            PREFIX + path, method=method, headers=self.headers, base_url=base_url, **options
        )


def _json(answer: Any) -> Any:
    """An answer of the core as JSON gives it back."""
    plain = [asdict(one) for one in answer] if isinstance(answer, list | tuple) else asdict(answer)
    return json.loads(json.dumps(plain))


def _error(answer: TestResponse) -> tuple[int, str, str]:
    """Status, kind and field of a refusal; its sentence is one."""
    assert answer.json is not None
    error = answer.json["error"]
    assert set(error) == {"kind", "field", "sentence"}
    assert re.fullmatch(r"\S.*[.]", error["sentence"])
    return answer.status_code, error["kind"], error["field"]


def test_answers_are_those_of_the_core(peopled: Town) -> None:
    """Each GET is exactly what `Network` answers, field by field."""
    ana, network = Program(peopled), peopled.circle
    best = network.suggestions(limit=1).suggestions[0].business_id
    assert ana.get("/home").json == _json(network.home())
    assert ana.get("/suggestions?limit=7&first=3").json == _json(network.suggestions(first=3, limit=7))
    assert ana.get("/businesses?limit=5").json == _json(network.directory(limit=5))
    assert ana.get(f"/businesses/{best}").json == _json(network.business(best))
    assert ana.get(f"/businesses/{best}/why").json == _json(network.why(best))
    assert ana.get("/network").json == _json(network.picture())
    assert ana.get("/imports").json == _json(network.imports())
    assert ana.get("/one-sided?limit=5&first=2").json == _json(network.one_sided(first=2, limit=5))
    assert ana.get(f"/businesses/{best}/motivation").json == _json(network.motivation(best))


def test_the_command_prints_the_same(peopled: Town) -> None:
    """`switchboard suggest --json` and `why --json` print what the API answers."""
    url = str(peopled.accounts.store.url)
    ana = Program(peopled)
    best = ana.get("/suggestions?limit=1").json["suggestions"][0]["business_id"]  # type: ignore[index]
    for words, path in (
        (["suggest", "--limit", "4"], "/suggestions?limit=4"),
        (["why", str(best)], f"/businesses/{best}/why"),
        (["one-sided", "--limit", "4"], "/one-sided?limit=4"),
        (["motivation", str(best), "--grow"], f"/businesses/{best}/motivation"),
    ):
        options = ["--database", url, "--network", str(peopled.network), "--json"]
        printed = CliRunner().invoke(switchboard, [words[0], *options, *words[1:]], catch_exceptions=False)
        assert json.loads(printed.output) == ana.get(path).json


def test_filters_are_those_of_the_page(peopled: Town) -> None:
    """Groups, services, distance and name narrow the suggestions; the directory is searched by name."""
    ana = Program(peopled)
    law = ana.get("/suggestions?group=law&within_km=20&limit=200").json
    assert law is not None
    assert 0 < law["total"] == len(law["suggestions"])
    assert all(one["distance_km"] <= 20 for one in law["suggestions"])
    found = ana.get("/businesses?q=tamsel").json
    assert found is not None
    assert all("tamsel" in f"{one['name']} {one['place']}".lower() for one in found["businesses"])


def test_a_home_that_is_only_described(peopled: Town) -> None:
    """Suggestions for a business that is not stored: by what it sells, to whom and where."""
    ana = Program(peopled, "cleo")
    assert _error(ana.get("/suggestions")) == (409, "conflict", "")
    described = ana.get("/suggestions?sells=plumber&to=first_home_buyers")
    assert described.status_code == 200
    assert described.json is not None
    assert described.json["total"] > 0
    assert ana.get("/suggestions?sells=plumber&near=Tucson,+AZ&radius_km=15").json["total"] == 0  # type: ignore[index]
    assert _error(ana.get("/suggestions?sells=plumber&near=Zzyzxville")) == (400, "invalid", "near")


def test_describing_the_home(town: Town) -> None:
    """PUT stores what the owner sells; GET gives it back; a member may not."""
    ana = Program(town)
    assert _error(ana.get("/home")) == (404, "not_found", "")
    body = {
        "services": {"plumber": 1.0},
        "markets": ["first_home_buyers"],
        "name": "Ana's Pipes",
        "lat": 32.2,
        "lon": -111,
    }
    stored = ana.send("PUT", "/home", json=body)
    assert stored.status_code == 200
    assert ana.get("/home").json == stored.json == _json(town.circle.home())
    assert _error(Program(town, "bob").send("PUT", "/home", json=body)) == (403, "not_allowed", "")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"business_id": 1}, "business_id"),
        ({"network_id": 1}, "network_id"),
        ({"services": {}}, "services"),
        ({"services": {"nope": 1}}, "services.nope.[key]"),
        ({"name": ""}, "name"),
        ({"name": "a\nb"}, "name"),
        ({"name": 7}, "name"),
        ({"lat": 91}, "lat"),
        ({"tier": 2.5}, "tier"),
    ],
)
def test_a_body_is_held_to_its_fields(town: Town, change: dict[str, Any], field: str) -> None:
    """Unknown fields, unknown codes and values out of range are refused by name, and nothing is stored."""
    ana = Program(town)
    answer = ana.send("PUT", "/home", json={"services": {"plumber": 1.0}, "name": "X", **change})
    assert _error(answer) == (400, "invalid", field)
    assert town.circle.home() is None


def test_a_verdict_and_back(peopled: Town) -> None:
    """PUT keeps a verdict, DELETE takes it back with what it opened; both twice are once."""
    ana, network = Program(peopled), peopled.circle
    number = network.suggestions(limit=1).suggestions[0].business_id
    path = f"/businesses/{number}/verdict"
    first = ana.send("PUT", path, json={"answer": "yes", "reason": "met them"})
    assert first.json == ana.send("PUT", path, json={"answer": "yes", "reason": "met them"}).json
    assert (first.json["verdict"], first.json["stage"]) == ("yes", "courted")  # type: ignore[index]
    moved = ana.send("PUT", f"/businesses/{number}/partnership", json={"stage": "agreed"})
    assert moved.json["stage"] == "agreed"  # type: ignore[index]
    taken = [ana.send("DELETE", path) for _ in range(2)]
    assert [answer.json["verdict"] for answer in taken] == [None, None]  # type: ignore[index]
    assert taken[1].json == _json(network.business(number))


def test_what_moves_a_business_is_kept(peopled: Town) -> None:
    """PUT keeps the whole profile; never money is remembered until it is to be forgotten."""
    ana = Program(peopled)
    path = f"/businesses/{peopled.circle.suggestions(limit=1).suggestions[0].business_id}/motivation"
    told = {"wants": "Larger orders", "wanted_markets": ["engaged"], "vouch_share": 0.5, "asked_on": "2026-03-02"}
    kept = ana.send("PUT", path, json=told | {"reward": "money"}).json
    assert kept == ana.get(path).json
    assert {name: kept[name] for name in told} == told  # type: ignore[index]
    assert ana.send("PUT", path, json={"never_money": True, "reward": "money"}).json["reward"] == ""  # type: ignore[index]
    assert ana.send("PUT", path, json={"reward": "money"}).json["never_money"]  # type: ignore[index]
    assert ana.send("PUT", path, json={"reward": "money", "forget": True}).json["reward"] == "money"  # type: ignore[index]


def test_an_import_from_file_to_undo(town: Town) -> None:
    """A file is staged, stored, listed with its problems and taken out again."""
    ana = Program(town)
    preview = ana.send("POST", "/imports", data={"file": (io.BytesIO(LIST), "list.csv")}).json
    assert preview is not None
    path = f"/imports/{preview['import_id']}"
    assert (preview["rows"], ana.get(path).json["state"]) == (2, "staged")  # type: ignore[index]
    ana.send("POST", f"{path}/store", json={"columns": {"4": ""}})
    until = time.monotonic() + PATIENCE_SECONDS
    while (stored := ana.get(path).json)["state"] != "stored":  # type: ignore[index]
        assert time.monotonic() < until
    assert stored is not None
    assert [stored[name] for name in ("rows", "stored", "same", "problems")] == [2, 1, 0, 1]
    assert [one["line"] for one in stored["listed"]] == [3]
    assert ana.send("POST", f"{path}/undo").json["state"] == "undone"  # type: ignore[index]
    assert ana.get("/businesses").json == {"businesses": [], "total": 0}
    assert _error(ana.send("POST", f"{path}/store", json={})) == (409, "conflict", "")


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"name\n"])
def test_a_bad_file_is_refused(town: Town, content: bytes) -> None:
    """A file that cannot be read is 400 with one sentence, and is not kept."""
    ana = Program(town)
    assert _error(ana.send("POST", "/imports", data={"file": (io.BytesIO(content), "x.csv")})) == (
        400,
        "invalid",
        "file",
    )
    assert ana.get("/imports").json == []


def test_codes_are_looked_up_by_words(peopled: Town) -> None:
    """Services and markets are found by what people call them; without words all are listed."""
    ana = Program(peopled)
    found = ana.get("/services?q=my roof is leaking").json
    assert found is not None
    assert found[0]["code"] == "roofer"
    assert len(ana.get("/markets").json) >= 110  # type: ignore[arg-type]


def test_words_are_corrected_and_taken_back(peopled: Town) -> None:
    """GET says what words mean, PUT what they mean to the owner, DELETE takes that back; for one network alone."""
    ana, path = Program(peopled), "/understand?q=my roof is leaking"
    first = ana.get(path)
    assert first.json == _json(peopled.circle.understand("my roof is leaking"))
    told = ana.send("PUT", "/understand", json={"text": "My roof is leaking!", "service": "insulation"}).json
    assert told is not None
    assert (told["told"], told["guesses"][0]["service"]) == (True, "insulation")
    assert Program(peopled, "cleo").get(path).json == first.json
    assert [ana.send("DELETE", path).json for _ in range(2)] == [first.json] * 2
    for refused in (ana.get("/understand?q=?!"), ana.get("/understand?q=%F0%9F%99%82")):
        assert _error(refused) == (400, "invalid", "q")


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/understand", "q"),
        (f"/understand?q={'a' * 10_000}", "q"),
        ("/suggestions?limit=0", "limit"),
        ("/suggestions?limit=x", "limit"),
        ("/suggestions?limit=1&limit=2", "limit"),
        ("/suggestions?within_km=nan", "within_km"),
        ("/suggestions?service=nope", "service.0"),
        ("/suggestions?sort=phone", "sort"),
        ("/businesses?first=1000000000000", "first"),
        ("/businesses?q=a%00b", "q"),
        ("/home?x=1", "x"),
    ],
)
def test_a_query_is_held_to_its_arguments(peopled: Town, path: str, field: str) -> None:
    """Unknown arguments and values out of range are refused by name."""
    assert _error(Program(peopled).get(path)) == (400, "invalid", field)


def test_everything_but_the_document_needs_a_sign_in(town: Town) -> None:
    """Without a session each operation answers 401, before it looks at anything else."""
    nobody = town.visitor()
    assert nobody.get(f"{PREFIX}/openapi.json").status_code == 200
    for operation in operations():
        path = PREFIX + re.sub("<.*?>", "1", operation.path)
        answer = nobody.client.open(path, method=operation.method, base_url=nobody.base_url)
        assert _error(answer) == (401, "sign_in", ""), operation.name


def test_a_change_needs_the_token(town: Town) -> None:
    """A program that only has the cookie, as a page elsewhere would, changes nothing."""
    ana = town.visitor("ana")
    for operation in operations():
        if operation.method != "GET":
            path = PREFIX + re.sub("<.*?>", "1", operation.path)
            answer = ana.client.open(path, method=operation.method, base_url=ana.base_url, json={})
            assert _error(answer)[:2] == (400, "invalid"), operation.name


@pytest.mark.parametrize(
    ("method", "path", "options", "error"),
    [
        ("PUT", "/home", {"data": b"{}", "content_type": "text/plain"}, (415, "wrong_content")),
        ("PUT", "/home", {"data": b"{", "content_type": "application/json"}, (400, "invalid")),
        ("PUT", "/home", {"data": b"[" * 100_000, "content_type": "application/json"}, (400, "invalid")),
        ("PUT", "/home", {"data": b" " * 1_100_000, "content_type": "application/json"}, (413, "too_large")),
        ("POST", "/imports", {"json": {}}, (415, "wrong_content")),
        ("POST", "/imports", {"data": {"other": "x"}, "content_type": "multipart/form-data"}, (400, "invalid")),
        ("PATCH", "/home", {}, (405, "no_such_method")),
        ("GET", "/nothing", {}, (404, "not_found")),
        ("GET", "/businesses/99999999999", {}, (404, "not_found")),
    ],
)
def test_refusals_have_one_form(
    town: Town, method: str, path: str, options: dict[str, Any], error: tuple[int, str]
) -> None:
    """Whatever goes wrong, programs get a kind, a field and a sentence."""
    assert _error(Program(town).send(method, path, **options))[:2] == error


def test_the_document_is_whole(town: Town) -> None:
    """It is OpenAPI 3.1, names every operation once, and refers to nothing that is not in it or on another host."""
    document = town.visitor().get(f"{PREFIX}/openapi.json").json
    assert document is not None
    assert document["openapi"].startswith("3.1")
    told = [found["operationId"] for methods in document["paths"].values() for found in methods.values()]
    assert sorted(told) == sorted(operation.name for operation in operations())
    for reference in re.findall(r'"\$ref": "(.*?)"', json.dumps(document)):
        where = document
        for part in reference.removeprefix("#/").split("/"):
            where = where[part]


def test_the_document_says_its_limits(town: Town) -> None:
    """Limits of whole numbers and days, the lengths of a list and "one of two" stand in the words of JSON Schema."""
    document = town.visitor().get(f"{PREFIX}/openapi.json").json
    assert document is not None
    assert not re.findall(r'"(?:ge|gt|le|lt)": ', json.dumps(document))
    sale, touch, programme = (
        document["components"]["schemas"][name] for name in ("SaleBody", "TouchBody", "ProgrammeBody")
    )
    assert (sale["properties"]["promised"]["minimum"], sale["properties"]["promised"]["maximum"]) == (0, 20)
    assert [one["required"] for one in touch["oneOf"]] == [["business_id"], ["person_id"]]
    assert programme["properties"]["goal"]["enum"] == [100, 200]
    assert programme["properties"]["started_on"]["anyOf"][0]["pattern"] == "^(19|20|21)"


@pytest.mark.parametrize("day", ["0", "1577836800", "20260302", "2026-02-30"])
def test_a_day_is_written_as_a_day(town: Town, day: str) -> None:
    """Seconds, short forms and days that no month has are refused, in a URL and in a body."""
    ana = Program(town)
    assert _error(ana.get(f"/agenda?on={day}")) == (400, "invalid", "on")
    answer = ana.send("PUT", "/businesses/1/motivation", json={"asked_on": day})
    assert _error(answer) == (400, "invalid", "asked_on")


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_the_api_keeps_to_its_document(lively: Town, mode: GenerationMode) -> None:
    """What is made up from the document as it wants it is done, and nothing is answered that it does not describe."""
    owner = Owner(lively.visitor("ana"), mode)
    for operation in owner.operations():
        insisted = mode is GenerationMode.POSITIVE and operation.definition.raw["operationId"] not in NEVER
        owner.hold(operation, CASES, PATIENCE if insisted else 0)
    answered = owner.answered
    assert not [name for name, statuses in answered.items() if 401 in statuses]
    if mode is GenerationMode.POSITIVE:
        assert answered.keys() == {operation.name for operation in operations()}
        assert {name for name, statuses in answered.items() if 200 not in statuses} <= NEVER
