"""Every refusal of the API names a field as its own document does, whatever the core or a page calls it."""

from typing import Any

from matcher.answers.agenda import SaleTold
from tests.webapp.conftest import Town
from tests.webapp.made_requests import fields_of
from tests.webapp.test_api import Program, _error
from webapp.api import PREFIX
from webapp.api.operation import OTHERWISE, operations
from webapp.demo_contacts import acquaint

FUTURE, PAST, STRANGER = "2199-12-31", "2001-01-01", 4  # a business of the town that is no partner
SALE = {"client_id": 1, "what": "a loan", "agreed_on": FUTURE}
DEAL = {"business_id": STRANGER, "what": "a free look"}
GIFT = {"reward": "card", "given_on": FUTURE}
REFERRAL = {"business_id": 1, "prospect": "Pat Doe", "given": False, "referred_on": FUTURE}
REFUSED: tuple[tuple[str, str, dict[str, Any] | None, str], ...] = (
    ("POST", "/sales", SALE, "agreed_on"),
    ("POST", "/deals", DEAL | {"until_on": PAST}, "until_on"),
    ("POST", "/deals", DEAL | {"until_on": FUTURE}, "business_id"),
    ("POST", "/referrals", REFERRAL, "referred_on"),
    ("POST", "/businesses/1/gifts", GIFT, "given_on"),
    ("PUT", "/businesses/1/ties", {"of_business_id": 1}, "business_id"),
    ("PUT", "/people/1/ties", {"of_person_id": 1}, "person_id"),
    ("POST", "/merges", {"ids": [1, 2], "choices": {"name": 3}}, "choices.name"),
    ("POST", "/rosters/pasted", {"name": "Chamber", "text": "  "}, "text"),
    ("GET", "/understand?q=%3F%21", None, "q"),
    ("GET", "/agenda?days=1_0", None, "days"),
    ("GET", "/businesses?limit=%201", None, "limit"),
)


def test_every_field_of_the_document_is_known(peopled: Town) -> None:
    """What an operation takes for the fields of its requests is what the document tells programs."""
    document: Any = peopled.visitor().get(f"{PREFIX}/openapi.json").json
    told = [one for methods in document["paths"].values() for one in methods.values()]
    schemas = document["components"]["schemas"]
    assert {one.name: one.fields for one in operations()} == {
        one["operationId"]: fields_of(one, schemas) for one in told
    }


def test_a_refusal_speaks_the_words_of_the_request(busy: Town) -> None:
    """What the core calls "on", "until" or "text" is named as the program has sent it."""
    acquaint(busy.circle)
    ana = Program(busy)
    for method, path, body, field in REFUSED:
        answer = ana.send(method, path, json=body)
        assert _error(answer) == (400, "invalid", field), path


def test_no_field_is_made_up(town: Town) -> None:
    """A name that no request of an operation has becomes one that it has, the file that it came in, or nothing."""
    for operation in operations():
        for core in (*OTHERWISE, "script", "nowhere.at_all"):
            field = operation.named(core).partition(".")[0]
            assert field in operation.fields | ({"file"} if operation.takes_file else {""}), operation.name


def test_a_sale_without_a_promise_is_no_wrong_field(peopled: Town) -> None:
    """A link to a promise that nobody made is a conflict with what was agreed, not with what was sent."""
    ana = Program(peopled)
    mia = ana.send("POST", "/clients", json={"name": "Mia Hart"}).json["client_id"]  # type: ignore[index]
    sale = peopled.circle.note_sale(mia, SaleTold(what="the loan", promised=0))
    assert _error(ana.send("POST", f"/sales/{sale}/promise"))[:2] == (409, "conflict")
