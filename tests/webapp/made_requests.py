"""Requests made up from the API's own document, sent by its signed-in owner, and how they were answered."""

from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS
from schemathesis.config import SchemathesisConfig

from tests.webapp.visitors import Visitor
from webapp.api import PREFIX
from webapp.urls import NUMBER_MAX

BUSINESSES = 440  # numbers up to this are tried of a business: most of the made-up town's, and some that are not there
OTHERS = 16  # and up to this of all else that has one
# A file's bytes, a place's name, a day that has been, what somebody said, a name of blanks, a need that is over, a
# partner who is none, a name that is to be typed again: no schema says which can be taken.
UNDERSTAND = {"get_understand", "put_understand", "delete_understand", "put_tags", "post_names"}
CLIENTS = {"post_client", "put_client", "read_client", "post_need", "put_need", "post_status", "post_partner"}
PEOPLE = {"post_contact", "put_contact", "put_tie", "put_person_tie", "post_introduction", "post_merge", "put_not_same"}
REFERRALS = {
    "post_referral", "put_referral", "put_result", "put_thanks", "post_business_gift", "post_client_gift",
    "put_business_care", "put_client_care",
}  # fmt: skip
COACHING = {
    "post_nudge", "post_programme_kit", "put_programme_kit", "post_invite", "post_invitation", "put_version",
    "post_kit_file",
}  # fmt: skip
DAYS = {"put_zone", "put_mark", "post_sale", "put_step", "post_promise", "post_moment", "post_touch", "post_deal"}
MAIL = {"post_mail", "put_sender", "put_no_mail", "delete_no_mail"}
FREE_TEXT = {
    "post_import", "post_network", "delete_person", "get_suggestions", "put_motivation", "post_needs", "post_call",
    "put_vetting", "get_heard", "get_overflow", "put_kit_contact", "post_roster", "post_pasted_roster", "put_plan",
    *UNDERSTAND, *CLIENTS, *PEOPLE, *REFERRALS, *COACHING, *DAYS, *MAIL,
}  # fmt: skip
NOT_NOW = ["404", "409", "429", "503"]  # of a right request; never 401
EXPECTED = {
    "positive_data_acceptance": {"expected-statuses": ["200", *NOT_NOW]},
    "negative_data_rejection": {"expected-statuses": ["400", "405", "413", "415", *NOT_NOW]},
}
PHASES = [Phase.generate]  # a failure is shown as it was found
ON_WORDS = ("positive_data_acceptance",)
BEEN = st.dates(date(2000, 1, 1), date(2025, 12, 31))  # days that could be told; others are tried as often

schemathesis.openapi.format("date", (BEEN | st.dates()).map(date.isoformat))


class Owner:
    """A program of an owner that makes requests up; `answered` counts statuses by operation."""

    def __init__(self, visitor: Visitor, mode: GenerationMode, *, repeatable: bool = True) -> None:
        self.visitor, self.mode, self.repeatable = visitor, mode, repeatable
        self.answered: dict[str, Counter[int]] = {}
        self.headers = {"X-CSRFToken": visitor.get(f"{PREFIX}/token").json["csrf_token"]}  # type: ignore[index]

    def operations(self) -> Iterator[Any]:
        """The operations of the document that something can be made up for; what takes things away comes last."""
        document = self.visitor.get(f"{PREFIX}/openapi.json").json
        assert document is not None
        schema: Any = schemathesis.openapi.from_dict(
            self._fitted(document), config=SchemathesisConfig.from_dict({"checks": EXPECTED})
        )
        schema.app = self.visitor.client.application
        found = [each.ok() for each in schema.get_all_operations()]
        for one in sorted(found, key=lambda one: one.method == "delete"):
            raw = one.definition.raw
            if self.mode is GenerationMode.POSITIVE or raw["parameters"] or "requestBody" in raw:  # else none is wrong
                yield one

    def hold(self, operation: Any, cases: int, patience: int = 0) -> None:
        """Try an operation in so many cases; the first answer that the document does not describe is raised.

        As long as it has not once done what it is for, it is tried in more cases, up to `patience`.
        """
        name = operation.definition.raw["operationId"]
        without: Any = CHECKS.get_by_names(ON_WORDS) if name in FREE_TEXT else []
        statuses = Counter[int]()

        @settings(
            max_examples=max(cases, patience),
            deadline=None,
            database=None,
            derandomize=self.repeatable,
            phases=PHASES,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=self.mode))
        def hold(case: Any) -> None:
            if statuses.total() < cases or 200 not in statuses:
                client = self.visitor.client  # has the cookie; `cookies` would be set for another host
                answer = case.call(base_url=self.visitor.base_url, headers=self.headers, session=client)
                statuses[answer.status_code] += 1
                case.validate_response(answer, excluded_checks=without)

        try:
            hold()
        finally:
            self.answered.setdefault(name, Counter()).update(statuses)

    def _fitted(self, document: dict[str, Any]) -> dict[str, Any]:
        """The document without what a sign-in needs, and with numbers that are often there when they are to be."""
        fitted = deepcopy(document)
        del fitted["components"]["securitySchemes"]
        for methods in fitted["paths"].values():
            for operation in methods.values():
                del operation["security"]
        if self.mode is GenerationMode.POSITIVE:
            _lower(fitted)
        return fitted


def fields_of(operation: dict[str, Any], schemas: dict[str, Any]) -> set[str]:
    """What the requests of an operation can hold, as the document tells; `schemas` are its components."""
    told = {one["name"] for one in operation["parameters"]}
    for content in operation.get("requestBody", {"content": {}})["content"].values():
        schema = content["schema"]
        told |= set((schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema)["properties"])
    return told


@schemathesis.check
def refusal_names_a_field(_: Any, response: Any, case: Any) -> None:
    """What is refused is a field that the operation has or that was sent; of a body without any, none."""
    if response.status_code == 400:
        named, body = response.json()["error"]["field"], case.body
        sent = {*(case.query or ()), *(body if isinstance(body, dict) else [""])}
        told = fields_of(case.operation.definition.raw, case.operation.schema.raw_schema["components"]["schemas"])
        if not any(named.startswith(one[:80]) for one in sent if one):
            assert named.partition(".")[0] in told | sent, f"{case.operation.label} names “{named}”"


def _lower(part: Any, name: str = "") -> None:
    """Numbers of rows stay below those that the town has, wherever they stand in a document."""
    if isinstance(part, dict):
        if part.get("maximum") == NUMBER_MAX:
            part["maximum"] = BUSINESSES if part.get("name", name) == "business_id" else OTHERS
        for key, value in part.items():
            within = key in ("anyOf", "items", "schema")
            _lower(value, part.get("name", name) if within else key)
    elif isinstance(part, list):
        for each in part:
            _lower(each, name)
